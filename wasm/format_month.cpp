// A month as a calendar shows it: weeks as the locale begins them, each day with its free times.
#include "wasm/timestamp.hpp"

#include <map>

#include "core/civil_date.hpp"

#include "wasm/say.hpp"
#include "wasm/visitor.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

constexpr int days_in_week = 7;

struct month {
    instant first;
    int length;
};

month read_month(fields& from) {
    const std::string_view given = from.text("month");
    const auto first = given.size() == 7 ? parse_date(std::string{given} + "-01") : std::nullopt;
    if (!first)
        from.complain("month", "a month such as \"2026-12\"", given);
    const std::chrono::year_month_day date{
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::microseconds>{
            std::chrono::microseconds{first.value_or(0)}})};
    const int year = static_cast<int>(date.year());
    return {first.value_or(0), days_in_month(year, static_cast<int>(unsigned(date.month())))};
}

/** How many times are free on each date. */
std::map<instant, int> read_free_times(joined_fields& from, complaint& wrong) {
    fields counted{from, {}, wrong};
    const int count = static_cast<int>(counted.whole_number("days"));
    std::map<instant, int> free;
    for (int index = 0; index < count && !from.at_end() && !wrong.made(); ++index) {
        fields day{from, {"days", index}, wrong};
        const auto date = parse_date(day.date("date"));
        const int times = static_cast<int>(day.whole_number("slots"));
        free[date.value_or(0)] += times;
    }
    return free;
}

/** From 1, which is Monday, as Intl.Locale has it. */
int weekday_from_1(instant day) {
    constexpr int of_day_zero = 4; // 1970-01-01 was a Thursday
    const int days = static_cast<int>((day / one_day % days_in_week + days_in_week) % days_in_week);
    return (days + of_day_zero - 1) % days_in_week + 1;
}

void add_day(answer& to, instant day, int free, const visitor& who, const wall_clock& calendar) {
    const bool today = who.clock->at(who.now).day == day;
    const std::string in_words = heading(day, calendar.day(day), who);
    const std::string number =
        ask({"number", who.how.locale, date_text(day).substr(8)}).value_or("");
    to.add(date_text(day));
    to.add(number);
    to.add(in_words);
    to.add(counted(*who.words, who.how.locale, "slots.day_with_free_times", free,
                   {{"day", in_words}}));
    to.add(std::to_string(free));
    to.add(today ? "true" : "");
}

} // namespace

answer format_month(joined_fields& asked) {
    complaint wrong;
    fields given{asked, {}, wrong};
    const month shown = read_month(given);
    const std::map<instant, int> free = read_free_times(asked, wrong);
    const auto who = read_visitor(asked, std::nullopt, wrong);
    if (!who)
        return wrong.as_answer();

    // A date is in words the same in every zone; this clock shows it as it is.
    const auto calendar = clock_of(who->how, {"options.timeZone", "UTC"}, wrong);
    if (!calendar)
        return wrong.as_answer();
    const int first_weekday =
        static_cast<int>(whole(ask({"firstDay", who->locale}).value_or("1")).value_or(1));
    const int blanks = (weekday_from_1(shown.first) - first_weekday + days_in_week) % days_in_week;
    answer month;
    month.add(calendar->month(shown.first));
    month.add(std::to_string(first_weekday));
    for (int weekday = 0; weekday < days_in_week; ++weekday)
        for (bool in_short : {true, false}) // the week of 1970-01-05, a Monday
            month.add(calendar->weekday((4 + first_weekday - 1 + weekday) * one_day, in_short));
    month.add(std::to_string(blanks));
    for (int day = 0; day < shown.length; ++day) {
        const auto counted_day = free.find(shown.first + day * one_day);
        add_day(month, shown.first + day * one_day,
                counted_day == free.end() ? 0 : counted_day->second, *who, *calendar);
    }
    return month;
}

} // namespace slotguard
