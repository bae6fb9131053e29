#include "core/booking_window.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr bookable_range from_9_to_17{9 * one_hour, 17 * one_hour};

TEST(BookingWindow, BothItsEndsCanBeBooked) {
    EXPECT_EQ(from_9_to_17.judge(9 * one_hour), booking_window::inside);
    EXPECT_EQ(from_9_to_17.judge(17 * one_hour), booking_window::inside);
}

TEST(BookingWindow, AMicrosecondBeforeItIsTooLateToBook) {
    EXPECT_EQ(from_9_to_17.judge(9 * one_hour - 1), booking_window::too_late);
}

TEST(BookingWindow, AMicrosecondAfterItIsTooEarlyToBook) {
    EXPECT_EQ(from_9_to_17.judge(17 * one_hour + 1), booking_window::too_early);
}

TEST(BookingWindow, WhereTheNoticeIsLongerThanTheHorizonNothingIsInside) {
    constexpr bookable_range never{10 * one_hour, 9 * one_hour};
    for (int hour = 8; hour <= 11; ++hour)
        EXPECT_NE(never.judge(hour * one_hour), booking_window::inside) << hour;
}

} // namespace
} // namespace slotguard
