#include "core/limits.hpp"

#include <array>
#include <type_traits>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

static_assert(std::is_trivially_destructible_v<session_limits>);
static_assert(!session_limits{}.bind());

constexpr session_limits per_day(int limit) { return {.per_day = limit, .per_week = std::nullopt}; }
constexpr session_limits per_week(int limit) {
    return {.per_day = std::nullopt, .per_week = limit};
}

static_assert(per_day(0).bind());
static_assert(per_week(3).bind());
static_assert(!session_limits{.per_day = {}, .per_week = {}, .per_startup = 1, .holds = 1}.bind());

constexpr day_number monday = 2; // 2000-01-03
constexpr std::array three_on_monday_two_on_sunday{monday, monday, monday, monday + 6, monday + 6};

std::optional<session_limit> reached(session_limits limits, day_number day) {
    return reached_limit(limits, three_on_monday_two_on_sunday, day);
}

TEST(Limits, AWeekIsMondayToSundayBeforeAndAfterTheEpoch) {
    for (day_number begin = monday - 7 * 1000; begin <= monday + 7 * 1000; begin += 7)
        for (day_number day = begin; day < begin + 7; ++day) {
            EXPECT_EQ(week_of(day).first, begin) << day;
            EXPECT_EQ(week_of(day).last, begin + 6) << day;
        }
}

TEST(Limits, AWeekGoesOnAcrossTheYearsEnd) {
    constexpr day_number thursday_2026_12_31 = 9861, friday_2027_01_01 = 9862;
    EXPECT_EQ(week_of(thursday_2026_12_31).first, 9858); // 2026-12-28
    EXPECT_EQ(week_of(friday_2027_01_01).first, 9858);
    EXPECT_EQ(week_of(friday_2027_01_01).last, 9864); // 2027-01-03
}

TEST(Limits, WithoutLimitsNothingIsFull) { EXPECT_FALSE(reached({}, monday)); }

TEST(Limits, ADayIsFullWithAsManyAsTheLimit) {
    EXPECT_FALSE(reached(per_day(4), monday));
    EXPECT_EQ(reached(per_day(3), monday), session_limit::per_day);
    EXPECT_EQ(reached(per_day(2), monday), session_limit::per_day);
    EXPECT_FALSE(reached(per_day(1), monday + 1));
}

TEST(Limits, AWeekCountsItsMondayAndItsSundayAndNoOtherDay) {
    EXPECT_EQ(reached(per_week(5), monday + 3), session_limit::per_week);
    EXPECT_FALSE(reached(per_week(6), monday + 3));
    EXPECT_FALSE(reached(per_week(1), monday - 1));
    EXPECT_FALSE(reached(per_week(1), monday + 7));
}

TEST(Limits, TheDayIsToldBeforeTheWeek) {
    EXPECT_EQ(reached({3, 5}, monday), session_limit::per_day);
    EXPECT_EQ(reached({4, 5}, monday), session_limit::per_week);
}

TEST(Limits, ALimitOfZeroTakesNone) {
    EXPECT_EQ(reached(per_day(0), monday + 1), session_limit::per_day);
    EXPECT_EQ(reached(per_week(0), monday + 70), session_limit::per_week);
}

} // namespace
} // namespace slotguard
