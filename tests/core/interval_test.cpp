#include "core/interval.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr interval hours(int from, int to) {
    return *interval::make(from * one_hour, to * one_hour);
}

TEST(Interval, CannotBeEmptyOrEndBeforeItStarts) {
    EXPECT_FALSE(interval::make(10, 10));
    EXPECT_FALSE(interval::make(10, 9));
    EXPECT_TRUE(interval::make(10, 11));
}

TEST(Interval, KnowsItsEndsAndItsLength) {
    EXPECT_EQ(hours(9, 10).starts_at(), 9 * one_hour);
    EXPECT_EQ(hours(9, 10).ends_at(), 10 * one_hour);
    EXPECT_EQ(hours(9, 11).length(), 2 * one_hour);
}

TEST(Interval, TouchingIntervalsDoNotOverlap) {
    EXPECT_FALSE(hours(9, 10).overlaps(hours(10, 11)));
    EXPECT_FALSE(hours(10, 11).overlaps(hours(9, 10)));
}

TEST(Interval, ASharedMicrosecondIsAnOverlap) {
    const auto late = *interval::make(10 * one_hour - 1, 11 * one_hour);
    EXPECT_TRUE(hours(9, 10).overlaps(late));
    EXPECT_TRUE(late.overlaps(hours(9, 10)));
}

TEST(Interval, OneInsideAnotherOverlapsIt) {
    EXPECT_TRUE(hours(9, 12).overlaps(hours(10, 11)));
    EXPECT_TRUE(hours(10, 11).overlaps(hours(9, 12)));
    EXPECT_TRUE(hours(10, 11).overlaps(hours(10, 11)));
}

TEST(Interval, TouchingIntervalsJoinAndDistantOnesDoNot) {
    EXPECT_TRUE(hours(9, 10).joins(hours(10, 11)));
    EXPECT_TRUE(hours(10, 11).joins(hours(9, 10)));
    EXPECT_TRUE(hours(9, 11).joins(hours(10, 12)));
    EXPECT_FALSE(hours(9, 10).joins(hours(11, 12)));
}

TEST(Interval, ContainsItselfAndWhatFitsInside) {
    EXPECT_TRUE(hours(9, 12).contains(hours(9, 12)));
    EXPECT_TRUE(hours(9, 12).contains(hours(11, 12)));
    EXPECT_FALSE(hours(9, 12).contains(hours(11, 13)));
    EXPECT_FALSE(hours(10, 12).contains(hours(9, 11)));
}

} // namespace
} // namespace slotguard
