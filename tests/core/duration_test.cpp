// core/duration.hpp: which SQL intervals are the length of a session.
#include "core/duration.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

using namespace slotguard;

static_assert(elapsed_of(0, 1, 0) == one_day);
static_assert(session_length(0, 0, one_hour) == one_hour);

TEST(Duration, ADayCountsAsTwentyFourHours) {
    EXPECT_EQ(session_length(0, 1, 0), one_day);
    EXPECT_EQ(session_length(0, 1, -one_hour), 23 * one_hour);
}

TEST(Duration, MonthsHaveNoLength) {
    EXPECT_FALSE(elapsed_of(1, 0, 0));
    EXPECT_FALSE(session_length(1, -29, 0));
    EXPECT_FALSE(session_length(-1, 31, 0));
}

TEST(Duration, ASessionIsOverZeroAndAtMostADay) {
    EXPECT_FALSE(session_length(0, 0, 0));
    EXPECT_FALSE(session_length(0, 0, -1));
    EXPECT_EQ(session_length(0, 0, 1), 1);
    EXPECT_EQ(session_length(0, 0, one_day), one_day);
    EXPECT_FALSE(session_length(0, 0, one_day + 1));
    EXPECT_FALSE(session_length(0, -1, one_hour));
}

TEST(Duration, WhatOverflowsIsNoLength) {
    EXPECT_FALSE(elapsed_of(0, std::numeric_limits<std::int32_t>::max(), 0));
    EXPECT_FALSE(elapsed_of(0, 1, std::numeric_limits<std::int64_t>::max()));
    EXPECT_FALSE(elapsed_of(0, std::numeric_limits<std::int32_t>::min(), -1));
}
