// Times written back for JavaScript.
#include "wasm/timestamp.hpp"

namespace slotguard {
namespace {

void append_digits(std::string& text, elapsed number, elapsed highest_place) {
    for (elapsed place = highest_place; place > 0; place /= 10)
        text += static_cast<char>('0' + number / place % 10);
}

std::chrono::sys_days day_of(instant when) {
    const std::chrono::microseconds since_1970{when};
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::microseconds>{since_1970});
}

} // namespace

std::string date_text(instant when) {
    const std::chrono::year_month_day date{day_of(when)};
    std::string text;
    append_digits(text, static_cast<int>(date.year()), 1000);
    text += '-';
    append_digits(text, static_cast<unsigned>(date.month()), 10);
    text += '-';
    append_digits(text, static_cast<unsigned>(date.day()), 10);
    return text;
}

std::string utc_text(instant when) {
    const elapsed time = when - day_of(when).time_since_epoch().count() * one_day;
    std::string text = date_text(when);
    text += 'T';
    append_digits(text, time / one_hour, 10);
    text += ':';
    append_digits(text, time / one_minute % 60, 10);
    text += ':';
    append_digits(text, time / one_second % 60, 10);
    if (const elapsed micros = time % one_second; micros != 0) {
        text += '.';
        append_digits(text, micros, 100'000);
    }
    return text + 'Z';
}

std::string slot_key(std::string_view session_date, std::string_view session_time) {
    constexpr std::string_view no_seconds = ":00";
    std::string key{session_date};
    key += 'T';
    key += session_time;
    if (session_time.size() == 8 && key.ends_with(no_seconds))
        key.resize(key.size() - no_seconds.size());
    return key;
}

} // namespace slotguard
