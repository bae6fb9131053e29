#include "core/half_hours.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

static_assert(half_hour_of(0) == 0);
static_assert(half_hour_of(half_an_hour - 1) == 0);
static_assert(half_hour_of(half_an_hour) == 1);

constexpr half_hour_span touched(instant starts_at, instant ends_at) {
    return half_hours_touched(*interval::make(starts_at, ends_at));
}

TEST(HalfHours, ASessionThatEndsOnTheHalfHourDoesNotTouchTheNext) {
    EXPECT_EQ(touched(0, half_an_hour).last, 0);
    EXPECT_EQ(touched(0, half_an_hour + 1).last, 1);
}

TEST(HalfHours, TimesBeforeTheEpochAreCountedDownwards) {
    EXPECT_EQ(half_hour_of(-1), -1);
    EXPECT_EQ(half_hour_of(-half_an_hour), -1);
    EXPECT_EQ(half_hour_of(-half_an_hour - 1), -2);
    EXPECT_EQ(touched(-half_an_hour, half_an_hour).first, -1);
    EXPECT_EQ(touched(-half_an_hour, half_an_hour).last, 0);
}

TEST(HalfHours, ADayTouchesFortyEightOrFortyNine) {
    EXPECT_EQ(touched(0, one_day).last, 47);
    EXPECT_EQ(touched(one_minute, one_minute + one_day).last, 48);
}

TEST(HalfHours, TwoSessionsThatShareAnInstantShareAHalfHour) {
    for (instant start = -2 * one_hour; start < 2 * one_hour; start += 7 * one_minute)
        for (elapsed length = one_minute; length < 2 * one_hour; length += 11 * one_minute) {
            const interval fixed = *interval::make(-one_minute, half_an_hour + one_minute);
            const interval moving = *interval::make(start, start + length);
            const auto a = half_hours_touched(fixed), b = half_hours_touched(moving);
            EXPECT_TRUE(!fixed.overlaps(moving) || (a.first <= b.last && b.first <= a.last))
                << start << " " << length;
        }
}

} // namespace
} // namespace slotguard
