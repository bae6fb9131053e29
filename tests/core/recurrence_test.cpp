#include "core/recurrence.hpp"

#include <string>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr day_number date(int year, int month, int day) {
    return day_of({.year = year, .month = month, .day = day});
}

std::string told(day_number day) {
    const civil_date date = civil_date_of(day);
    return std::to_string(date.month) + "/" + std::to_string(date.day);
}

/** "5/1 5/3": the days of the period that holds `day`. */
std::string days_around(const recurrence& rule, day_number day) {
    std::string days;
    const period_days around = rule.days_of(rule.period_of(day));
    for (day_number found : around.all())
        days += (days.empty() ? "" : " ") + told(found);
    return days;
}

recurrence every(frequency freq) {
    recurrence rule;
    rule.every = freq;
    return rule;
}

TEST(Recurrence, PeriodsFollowEachOtherWithoutAGap) {
    for (frequency freq :
         {frequency::daily, frequency::weekly, frequency::monthly, frequency::yearly})
        for (int week_start = 0; week_start < 7; ++week_start) {
            recurrence rule = every(freq);
            rule.week_start = week_start;
            for (day_number day = date(-1, 11, 1); day < date(5, 2, 1); ++day) {
                const auto period = rule.period_of(day);
                ASSERT_LE(rule.first_day_of(period), day);
                ASSERT_GT(rule.first_day_of(period + 1), day);
            }
        }
}

TEST(Recurrence, AWeekBeginsOnItsFirstDay) {
    recurrence rule = every(frequency::weekly);
    for (int week_start = 0; week_start < 7; ++week_start) {
        rule.week_start = week_start;
        EXPECT_EQ(weekday_of(rule.first_day_of(rule.period_of(date(2027, 5, 5)))), week_start);
    }
}

TEST(Recurrence, TheNextPeriodIsInStepWithTheFirst) {
    recurrence rule = every(frequency::monthly);
    rule.interval = 5;
    const day_number start = date(2027, 1, 20);
    const auto first = rule.period_of(start);
    EXPECT_EQ(rule.period_from(start, date(2020, 1, 1)), first);
    EXPECT_EQ(rule.period_from(start, date(2027, 1, 31)), first);
    EXPECT_EQ(rule.period_from(start, date(2027, 2, 1)), first + 5);
    EXPECT_EQ(rule.period_from(start, date(2027, 6, 30)), first + 5);
    EXPECT_EQ(rule.period_from(start, date(2027, 7, 1)), first + 10);
}

TEST(Recurrence, PlacesCountFromEitherEnd) {
    place_set places;
    EXPECT_TRUE(places.empty());
    places.add(2);
    places.add(-366);
    EXPECT_FALSE(places.empty());
    EXPECT_TRUE(places.has(2, 30));
    EXPECT_FALSE(places.has(29, 30));
    EXPECT_TRUE(places.has(1, 366));
    EXPECT_FALSE(places.has(1, 365));
}

TEST(Recurrence, AWeekdayWithoutNumberIsListedBesideOnesWithNumbers) {
    recurrence rule = every(frequency::monthly);
    rule.weekdays = 1 << 0;   // MO
    rule.add_numbered(1, 1);  // 1TU
    rule.add_numbered(1, -1); // -1TU
    EXPECT_EQ(days_around(rule, date(2027, 5, 1)), "5/3 5/4 5/10 5/17 5/24 5/25 5/31");
}

TEST(Recurrence, NumbersOfWeekdaysCountWithinTheMonthOnlyWhereMonthsAreNamed) {
    recurrence rule = every(frequency::yearly);
    rule.add_numbered(4, 1); // 1FR
    EXPECT_EQ(days_around(rule, date(2027, 5, 1)), "1/1");
    rule.months = 1 << 5 | 1 << 6;
    EXPECT_EQ(days_around(rule, date(2027, 5, 1)), "5/7 6/4");
}

TEST(Recurrence, TheFiftyThirdWeekdayIsThereInSomeYearsOnly) {
    recurrence rule = every(frequency::yearly);
    rule.add_numbered(4, 53); // 53FR
    EXPECT_EQ(days_around(rule, date(2027, 1, 1)), "12/31");
    EXPECT_EQ(days_around(rule, date(2026, 1, 1)), "");
    rule.numbered[4] = {};
    rule.add_numbered(4, -53);
    EXPECT_EQ(days_around(rule, date(2027, 1, 1)), "1/1");
    EXPECT_EQ(days_around(rule, date(2026, 1, 1)), "");
}

TEST(Recurrence, DaysOfTheMonthLimitDaysOfTheWeek) {
    recurrence rule = every(frequency::yearly);
    rule.add_numbered(0, 1); // 1MO
    rule.month_days.add(4);
    EXPECT_EQ(days_around(rule, date(2027, 1, 1)), "1/4");
    EXPECT_EQ(days_around(rule, date(2026, 1, 1)), "");
}

TEST(Recurrence, ADayThatIsNamedTwiceCountsOnce) {
    recurrence rule = every(frequency::monthly);
    rule.month_days.add(31);
    rule.month_days.add(-1);
    rule.positions.add(-2);
    EXPECT_EQ(days_around(rule, date(2027, 5, 1)), "");
    rule.month_days.add(1);
    EXPECT_EQ(days_around(rule, date(2027, 5, 1)), "5/1");
}

TEST(Recurrence, AYearHasRoomForAllItsDays) {
    const period_days days = every(frequency::yearly).days_of(2000);
    EXPECT_EQ(days.all().size(), 366u);
}

TEST(Recurrence, WhatNoPartSaysIsTakenFromTheFirstDay) {
    const day_number start = date(2027, 5, 7); // a Friday
    const auto begun = [&](recurrence rule) {
        rule.begin_on(start);
        return days_around(rule, start);
    };
    EXPECT_EQ(begun(every(frequency::daily)), "5/7");
    EXPECT_EQ(begun(every(frequency::weekly)), "5/7");
    EXPECT_EQ(begun(every(frequency::monthly)), "5/7");
    EXPECT_EQ(begun(every(frequency::yearly)), "5/7");
    recurrence in_months = every(frequency::yearly);
    in_months.months = 1 << 1 | 1 << 7;
    EXPECT_EQ(begun(in_months), "1/7 7/7");
    recurrence on_days = every(frequency::yearly);
    on_days.month_days.add(29);
    EXPECT_EQ(begun(on_days), "1/29 3/29 4/29 5/29 6/29 7/29 8/29 9/29 10/29 11/29 12/29");
}

} // namespace
} // namespace slotguard
