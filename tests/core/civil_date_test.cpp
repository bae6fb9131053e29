#include "core/civil_date.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

static_assert(day_of({.year = 2000, .month = 1, .day = 1}) == 0);
static_assert(civil_date_of(0) == civil_date{.year = 2000, .month = 1, .day = 1});

TEST(CivilDate, EveryDayOfEightHundredYearsAgreesWithTheStandardLibrary) {
    const std::chrono::sys_days epoch{std::chrono::year{2000} / 1 / 1};
    for (day_number day = -146097; day <= 146097; ++day) {
        const std::chrono::sys_days same = epoch + std::chrono::days{day};
        const std::chrono::year_month_day told{same};
        const civil_date date = civil_date_of(day);
        ASSERT_EQ(date.year, int(told.year())) << day;
        ASSERT_EQ(date.month, int(unsigned(told.month()))) << day;
        ASSERT_EQ(date.day, int(unsigned(told.day()))) << day;
        ASSERT_EQ(day_of(date), day);
        ASSERT_EQ(weekday_of(day), int(std::chrono::weekday{same}.iso_encoding()) - 1) << day;
    }
}

TEST(CivilDate, DatesFarAwayComeBackAsTheyWere) {
    for (std::int64_t year : {-4712, -400, -1, 0, 1, 4, 9999, 294276, 5874897})
        for (int month = 1; month <= 12; ++month) {
            const civil_date last{.year = year, .month = month, .day = days_in_month(year, month)};
            EXPECT_EQ(civil_date_of(day_of(last)), last) << year << '-' << month;
            EXPECT_EQ(civil_date_of(day_of(last) + 1).day, 1) << year << '-' << month;
        }
}

TEST(CivilDate, CenturiesAreLeapYearsOnlyEveryFourHundredYears) {
    EXPECT_TRUE(is_leap_year(2000) && is_leap_year(2024) && is_leap_year(0) && is_leap_year(-4));
    EXPECT_FALSE(is_leap_year(1900) || is_leap_year(2100) || is_leap_year(2023));
    EXPECT_EQ(days_in_month(2100, 2), 28);
    EXPECT_EQ(days_in_year(2000), 366);
}

} // namespace
} // namespace slotguard
