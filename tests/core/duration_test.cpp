#include "core/duration.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr elapsed minute = one_hour / 60;

TEST(Duration, IsCountedInElapsedTimeAndADayIs24Hours) {
    EXPECT_EQ(elapsed_of(0, 0, 45 * minute), 45 * minute);
    EXPECT_EQ(elapsed_of(0, 2, one_hour), 49 * one_hour);
    EXPECT_EQ(elapsed_of(0, 1, -one_hour), 23 * one_hour);
    EXPECT_EQ(elapsed_of(0, 0, 0), 0);
}

TEST(Duration, MonthsHaveNoLength) {
    EXPECT_FALSE(elapsed_of(1, 0, 0));
    EXPECT_FALSE(elapsed_of(1, -29, 0));
    EXPECT_FALSE(elapsed_of(-1, 30, one_hour));
    EXPECT_FALSE(session_length(1, -30, one_hour));
}

TEST(Duration, WhatOverflowsIsNone) {
    constexpr auto most_days = std::numeric_limits<std::int32_t>::max();
    constexpr auto most_time = std::numeric_limits<std::int64_t>::max();
    EXPECT_FALSE(elapsed_of(0, most_days, 0));
    EXPECT_FALSE(elapsed_of(0, 1, most_time));
    EXPECT_FALSE(elapsed_of(0, -1, std::numeric_limits<std::int64_t>::min()));
    EXPECT_EQ(elapsed_of(0, 0, most_time), most_time);
}

TEST(Duration, ASessionLastsOverZeroAndAtMost24Hours) {
    EXPECT_FALSE(session_length(0, 0, 0));
    EXPECT_FALSE(session_length(0, 0, -minute));
    EXPECT_EQ(session_length(0, 0, 1), 1);
    EXPECT_EQ(session_length(0, 0, one_day), one_day);
    EXPECT_FALSE(session_length(0, 0, one_day + 1));
}

TEST(Duration, DaysAndHoursOfOneSessionAreAddedBeforeTheyAreJudged) {
    EXPECT_EQ(session_length(0, 1, 0), one_day);
    EXPECT_EQ(session_length(0, 2, -30 * one_hour), 18 * one_hour);
    EXPECT_EQ(session_length(0, -1, 25 * one_hour), one_hour);
    EXPECT_FALSE(session_length(0, 1, 1));
    EXPECT_FALSE(session_length(0, -1, one_day));
}

static_assert(session_length(0, 0, one_hour) == one_hour, "known when compiling");

} // namespace
} // namespace slotguard
