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

/** A page has one locale, a visitor and a mentor; a few more cost little. */
constexpr std::size_t most_kept = 16;

/** The pattern of a style, null where it can't be had; each is worked out once. */
std::shared_ptr<const pattern> kept_pattern(const custom& how, std::string_view style) {
    struct entry {
        custom how;
        std::string_view style;
        std::shared_ptr<const pattern> made;
    };
    static std::vector<entry> kept;
    for (const entry& each : kept)
        if (each.style == style && each.how == how)
            return each.made;
    if (kept.size() == most_kept)
        kept.erase(kept.begin());
    auto made = pattern::of(how, style);
    kept.push_back(
        {how, style, made ? std::make_shared<const pattern>(std::move(*made)) : nullptr});
    return kept.back().made;
}

/** A zone is asked about once, in whatever locale it is shown; null where Intl does not know it. */
std::shared_ptr<zone_offsets> kept_offsets(const std::string& zone) {
    static std::vector<std::shared_ptr<zone_offsets>> kept;
    for (const auto& each : kept)
        if (each->zone() == zone)
            return each;
    if (!ask({"offset", zone, "0"}))
        return nullptr;
    if (kept.size() == most_kept)
        kept.erase(kept.begin());
    kept.push_back(std::make_shared<zone_offsets>(zone));
    return kept.back();
}

} // namespace

std::shared_ptr<wall_clock> wall_clock::of(const custom& how, const std::string& zone) {
    static std::vector<std::shared_ptr<wall_clock>> kept;
    for (const auto& clock : kept)
        if (clock->zone() == zone && clock->how_ == how)
            return clock;
    auto offsets = kept_offsets(zone);
    if (!offsets)
        return nullptr;
    if (kept.size() == most_kept)
        kept.erase(kept.begin());
    kept.emplace_back(new wall_clock{how, std::move(offsets)});
    return kept.back();
}

wall_clock::wall_clock(const custom& how, std::shared_ptr<zone_offsets> offsets)
    : how_{how}, offsets_{std::move(offsets)}, day_{kept_pattern(how, "day")}, time_{kept_pattern(
                                                                                   how, "time")} {}

std::string wall_clock::zone_in_words(instant when) const {
    return ask({"zoneName", how_.locale, zone(), milliseconds(when)}).value_or(zone());
}

reading wall_clock::at(instant when) const {
    const elapsed ahead = offsets_->ahead(when);
    const instant midnight = days_.midnight_before(when + ahead);
    const int seconds = static_cast<int>((when + ahead - midnight) / one_second);
    return {midnight, ahead, seconds / 60, seconds % 60};
}

std::string wall_clock::in_style(std::string_view style, instant when) const {
    return ask({"format", how_.locale, how_.hour_cycle, zone(), style, milliseconds(when)})
        .value_or("");
}

std::string wall_clock::day(instant when) const {
    if (!day_)
        return in_style("day", when);
    std::string text;
    day_->write(text, when + offsets_->ahead(when));
    return text;
}

const std::string& wall_clock::label(const reading& shown) const& {
    labels_.resize(one_day / one_minute);
    std::string& text = labels_[static_cast<std::size_t>(shown.minute)];
    if (text.empty()) {
        const instant local = shown.day + shown.minute * one_minute;
        if (time_)
            time_->write(text, local);
        else
            text = in_style("time", local - shown.ahead);
    }
    return text;
}

std::string wall_clock::month(instant when) const { return in_style("month", when); }

std::string wall_clock::weekday(instant when, bool in_short) const {
    return in_style(in_short ? "weekdayShort" : "weekday", when);
}

std::string wall_clock::time(instant when, time_style style) const {
    if (!style.with_day && !style.with_seconds && !style.with_offset)
        return label(at(when));
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
    return ask({"range", how_.locale, how_.hour_cycle, zone(), style, milliseconds(from),
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
