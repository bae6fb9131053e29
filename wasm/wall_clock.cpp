// One zone's clock on the wall, by the browser's Intl.
#include "wasm/timestamp.hpp"

#include "wasm/fields.hpp"

#include "wasm/wall_clock.hpp"

namespace slotguard {
namespace {

/** In this century no clock was put back by more than three hours, nor twice within a week. */
constexpr elapsed near = 3 * one_hour;

std::string milliseconds(instant when) {
    // Intl drops what is below a millisecond, towards the past.
    return std::to_string(when / 1000 - (when % 1000 < 0 ? 1 : 0));
}

} // namespace

std::shared_ptr<wall_clock> wall_clock::of(const custom& how, const std::string& zone) {
    if (!ask({"offset", zone, "0"}))
        return nullptr;
    return std::shared_ptr<wall_clock>{new wall_clock{how, zone}};
}

std::string wall_clock::zone_in_words(instant when) const {
    return ask({"zoneName", how_.locale, zone_, milliseconds(when)}).value_or(zone_);
}

reading wall_clock::at(instant when) const {
    const auto seconds = ask({"offset", zone_, milliseconds(when)});
    const elapsed ahead = whole(seconds.value_or("0")).value_or(0) * one_second;
    const instant local = when + ahead;
    const elapsed time = (local % one_day + one_day) % one_day;
    return {local - time, ahead, static_cast<int>(time / one_second % 60)};
}

std::string wall_clock::in_style(std::string_view style, instant when) const {
    return ask({"format", how_.locale, how_.hour_cycle, zone_, style, milliseconds(when)})
        .value_or("");
}

std::string wall_clock::day(instant when) const { return in_style("day", when); }

std::string wall_clock::month(instant when) const { return in_style("month", when); }

std::string wall_clock::weekday(instant when, bool in_short) const {
    return in_style(in_short ? "weekdayShort" : "weekday", when);
}

std::string wall_clock::time(instant when, time_style style) const {
    std::string name = style.with_day ? "shortDay time" : "time";
    if (style.with_seconds)
        name += " seconds";
    if (style.with_offset)
        name += " offset";
    return in_style(name, when);
}

std::string wall_clock::range(instant from, instant to) const {
    std::string style = at(from).day == at(to).day ? "time" : "day time";
    if (shows_twice(from) || shows_twice(to))
        style += " offset";
    return ask({"range", how_.locale, how_.hour_cycle, zone_, style, milliseconds(from),
                milliseconds(to)})
        .value_or("");
}

bool wall_clock::put_back_near(instant from, instant to) const {
    return at(from - near).ahead > at(to + near).ahead;
}

bool wall_clock::shows_twice(instant when) const {
    const elapsed before = at(when - near).ahead;
    const elapsed after = at(when + near).ahead;
    const elapsed put_back = before - after;
    if (put_back <= 0)
        return false;
    const bool first_time = at(when).ahead == before;
    return first_time ? at(when + put_back).ahead == after : at(when - put_back).ahead == before;
}

std::string browser_zone() { return ask({"browserZone"}).value_or("UTC"); }

} // namespace slotguard
