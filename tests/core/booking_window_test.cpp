// core/booking_window.hpp: too late, too early, or just right.
#include "core/booking_window.hpp"

#include <gtest/gtest.h>

using namespace slotguard;

constexpr bookable_range range{.earliest = 100, .latest = 200};
static_assert(range.judge(150) == booking_window::inside);

TEST(BookingWindow, BothEndsAreInside) {
    EXPECT_EQ(range.judge(100), booking_window::inside);
    EXPECT_EQ(range.judge(200), booking_window::inside);
}

TEST(BookingWindow, BeforeItIsTooLateToBookAndAfterItTooEarly) {
    EXPECT_EQ(range.judge(99), booking_window::too_late);
    EXPECT_EQ(range.judge(201), booking_window::too_early);
}

TEST(BookingWindow, NoticeLongerThanTheHorizonLeavesNothing) {
    constexpr bookable_range none{.earliest = 200, .latest = 100};
    EXPECT_EQ(none.judge(150), booking_window::too_late);
    EXPECT_EQ(none.judge(250), booking_window::too_early);
}
