// Dates of the Gregorian calendar, carried on into the past as RFC 5545 and PostgreSQL do.
#pragma once

#include <cstdint>
#include <type_traits>

#include "core/pure_cpp.hpp"

namespace slotguard {

/** Days since 2000-01-01, as PostgreSQL counts dates. */
using day_number = std::int64_t;

struct civil_date {
    std::int64_t year; ///< astronomical: 0 is 1 BC
    int month;         ///< from 1
    int day;           ///< from 1

    friend constexpr bool operator==(const civil_date&, const civil_date&) = default;
};
static_assert(std::is_trivially_destructible_v<civil_date>);

constexpr std::int64_t floor_division(std::int64_t value, std::int64_t by) noexcept {
    return value / by - (value % by < 0 ? 1 : 0);
}

constexpr bool is_leap_year(std::int64_t year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_in_year(std::int64_t year) noexcept { return is_leap_year(year) ? 366 : 365; }

constexpr int days_in_month(std::int64_t year, int month) noexcept {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

namespace calendar {
// Years are counted from March on, so that a leap day is a year's last; the whole calendar comes
// again every 400 years. The method is Howard Hinnant's: "chrono-compatible low-level date algorithms".
inline constexpr std::int64_t days_in_400_years = 146097;
inline constexpr std::int64_t march_of_year_zero = -730425; ///< 0000-03-01

constexpr std::int64_t days_before_month(int months_since_march) noexcept {
    return (153 * months_since_march + 2) / 5;
}
} // namespace calendar

constexpr day_number day_of(civil_date date) noexcept {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_division(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year =
        calendar::days_before_month((date.month + 9) % 12) + date.day - 1;
    return calendar::march_of_year_zero + era * calendar::days_in_400_years + year_of_era * 365 +
           year_of_era / 4 - year_of_era / 100 + day_of_year;
}

constexpr civil_date civil_date_of(day_number day) noexcept {
    const std::int64_t days = day - calendar::march_of_year_zero;
    const std::int64_t era = floor_division(days, calendar::days_in_400_years);
    const std::int64_t day_of_era = days - era * calendar::days_in_400_years;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year =
        int(day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
    const int months = (5 * day_of_year + 2) / 153;
    const int month = months < 10 ? months + 3 : months - 9;
    return {.year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
            .month = month,
            .day = day_of_year - int(calendar::days_before_month(months)) + 1};
}

/** From 0, which is Monday. */
constexpr int weekday_of(day_number day) noexcept {
    constexpr int of_day_zero = 5; // 2000-01-01 was a Saturday
    return int((day % 7 + 7 + of_day_zero) % 7);
}

} // namespace slotguard
