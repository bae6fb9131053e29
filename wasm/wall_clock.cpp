// One zone's clock on the wall, by the browser's Intl.
#include "wasm/timestamp.hpp"

#include <cstdlib>
#include <utility>
#include <vector>

#include "wasm/wall_clock.hpp"

using emscripten::val;

namespace slotguard {
namespace {

/** In this century no clock was put back by more than three hours, nor twice within a week. */
constexpr elapsed near = 3 * one_hour;

constexpr std::size_t most_kept_clocks = 16;

val intl_format(const std::string& locale, const val& options) {
    return construct(val::global("Intl")["DateTimeFormat"], val(locale), options);
}

std::string formatted(const val& format, instant when) {
    return format.call<std::string>("format", static_cast<double>(when) / 1000);
}

/** Digits and their order must be known here, so the locale is fixed: `12/1/2026, 10:00:00`. */
val reader_of(const std::string& zone) {
    val options = bare_object();
    for (const char* part : {"year", "month", "day", "hour", "minute", "second"})
        options.set(part, val("numeric"));
    options.set("hourCycle", val("h23"));
    options.set("timeZone", zone);
    return intl_format("en-US", options);
}

val day_of(const wall_clock::custom& how, const std::string& zone) {
    val options = bare_object();
    options.set("weekday", val("long"));
    options.set("day", val("numeric"));
    options.set("month", val("long"));
    options.set("year", val("numeric"));
    options.set("timeZone", zone);
    return intl_format(how.locale, options);
}

val time_of(const wall_clock::custom& how, const std::string& zone, time_style style) {
    val options = bare_object();
    // Asked for "numeric", Intl would write both 9:05 and 09:05 MESZ in one German list.
    options.set("hour", val(how.hour_cycle == "h23" ? "2-digit" : "numeric"));
    options.set("minute", val("2-digit"));
    if (style.with_seconds)
        options.set("second", val("2-digit"));
    if (style.with_offset)
        options.set("timeZoneName", val("short"));
    if (style.with_day) {
        options.set("weekday", val("short"));
        options.set("day", val("numeric"));
        options.set("month", val("short"));
    }
    options.set("hourCycle", how.hour_cycle);
    options.set("timeZone", zone);
    return intl_format(how.locale, options);
}

/** The next number in the text from `*next` on, which moves past it. */
int number_from(const char** next) {
    while (**next != '\0' && (**next < '0' || **next > '9'))
        ++*next;
    char* end = nullptr;
    const long number = std::strtol(*next, &end, 10);
    *next = end;
    return static_cast<int>(number);
}

} // namespace

wall_clock::wall_clock(const custom& how, const std::string& zone, val reader, val day)
    : how_{how}, zone_{zone}, reader_{std::move(reader)}, day_{std::move(day)} {}

std::shared_ptr<wall_clock> wall_clock::of(const custom& how, const std::string& zone) {
    static std::vector<std::shared_ptr<wall_clock>> kept;
    for (const auto& clock : kept)
        if (clock->zone_ == zone && clock->how_.locale == how.locale &&
            clock->how_.hour_cycle == how.hour_cycle)
            return clock;
    val reader = reader_of(zone);
    val day = day_of(how, zone);
    if (reader.isUndefined() || day.isUndefined())
        return nullptr;
    if (kept.size() == most_kept_clocks)
        kept.erase(kept.begin());
    kept.emplace_back(new wall_clock{how, zone, std::move(reader), std::move(day)});
    return kept.back();
}

reading wall_clock::at(instant when) const {
    const std::string text = formatted(reader_, when);
    const char* next = text.c_str();
    const int month = number_from(&next);
    const int day = number_from(&next);
    const int year = number_from(&next);
    const int hour = number_from(&next);
    const int minute = number_from(&next);
    const int second = number_from(&next);
    const std::chrono::sys_days date = std::chrono::year{year} /
                                       std::chrono::month{static_cast<unsigned>(month)} /
                                       std::chrono::day{static_cast<unsigned>(day)};
    const instant midnight = date.time_since_epoch().count() * one_day;
    const elapsed time = hour * one_hour + minute * one_minute + second * one_second;
    const elapsed below_second = (when % one_second + one_second) % one_second;
    return {midnight, midnight + time - (when - below_second), second};
}

std::string wall_clock::day(instant when) const { return formatted(day_, when); }

std::string wall_clock::time(instant when, time_style style) {
    const unsigned which = style.with_day + 2u * style.with_seconds + 4u * style.with_offset;
    auto& format = times_[which];
    if (!format)
        format = time_of(how_, zone_, style);
    return formatted(*format, when);
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

std::string browser_zone() {
    const val format = val::global("Intl")["DateTimeFormat"].new_();
    return format.call<val>("resolvedOptions")["timeZone"].as<std::string>();
}

} // namespace slotguard
