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

void append_date(std::string& text, std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    append_digits(text, static_cast<int>(date.year()), 1000);
    text += '-';
    append_digits(text, static_cast<unsigned>(date.month()), 10);
    text += '-';
    append_digits(text, static_cast<unsigned>(date.day()), 10);
}

} // namespace

std::string date_text(instant when) {
    std::string text;
    append_date(text, day_of(when));
    return text;
}

void append_utc_text(std::string& to, instant when) {
    const std::chrono::sys_days day = day_of(when);
    const elapsed time = when - day.time_since_epoch().count() * one_day;
    append_date(to, day);
    to += 'T';
    append_digits(to, time / one_hour, 10);
    to += ':';
    append_digits(to, time / one_minute % 60, 10);
    to += ':';
    append_digits(to, time / one_second % 60, 10);
    if (const elapsed micros = time % one_second; micros != 0) {
        to += '.';
        append_digits(to, micros, 100'000);
    }
    to += 'Z';
}

std::string utc_text(instant when) {
    std::string text;
    append_utc_text(text, when);
    return text;
}

void append_slot_key(std::string& to, std::string_view session_date,
                     std::string_view session_time) {
    constexpr std::string_view no_seconds = ":00";
    if (session_time.size() == 8 && session_time.ends_with(no_seconds))
        session_time.remove_suffix(no_seconds.size());
    to += session_date;
    to += 'T';
    to += session_time;
}

std::string slot_key(std::string_view session_date, std::string_view session_time) {
    std::string key;
    append_slot_key(key, session_date, session_time);
    return key;
}

} // namespace slotguard
