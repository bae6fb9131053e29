// core/stretch.hpp: hours joined into stretches, and the grid of starts in one.
#include "core/stretch.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

using namespace slotguard;

namespace {

interval hours(instant from, instant to) { return *interval::make(from, to); }

std::vector<interval> joined(std::vector<interval> given) {
    given.erase(given.begin() + std::ptrdiff_t(join_hours(given)), given.end());
    return given;
}

} // namespace

TEST(Stretch, TouchingAndOverlappingHoursAreOneStretch) {
    EXPECT_EQ(joined({hours(10, 12), hours(12, 14)}), (std::vector{hours(10, 14)}));
    EXPECT_EQ(joined({hours(11, 13), hours(10, 12)}), (std::vector{hours(10, 13)}));
    EXPECT_EQ(joined({hours(10, 20), hours(12, 14)}), (std::vector{hours(10, 20)}));
}

TEST(Stretch, HoursApartStayApartAndAreSorted) {
    EXPECT_EQ(joined({hours(20, 22), hours(10, 12)}), (std::vector{hours(10, 12), hours(20, 22)}));
    EXPECT_TRUE(joined({}).empty());
}

TEST(Stretch, JoiningLosesAndAddsNoInstant) {
    std::mt19937 random{7};
    for (int round = 0; round < 500; ++round) {
        std::vector<interval> given;
        for (int i = 0; i < 8; ++i) {
            const instant from = instant(random() % 50);
            given.push_back(hours(from, from + 1 + instant(random() % 10)));
        }
        const std::vector<interval> stretches = joined(given);
        for (instant at = 0; at < 70; ++at) {
            const interval one = hours(at, at + 1);
            EXPECT_EQ(overlaps_any(one, given), overlaps_any(one, stretches));
        }
        for (std::size_t i = 1; i < stretches.size(); ++i)
            EXPECT_LT(stretches[i - 1].ends_at(), stretches[i].starts_at());
    }
}

TEST(Stretch, TheGridCountsFromTheStretchWhereverOneAsks) {
    const interval stretch = hours(100, 200);
    EXPECT_EQ(first_start(stretch, 30, 0), 100);
    EXPECT_EQ(first_start(stretch, 30, 100), 100);
    EXPECT_EQ(first_start(stretch, 30, 101), 130);
    EXPECT_EQ(first_start(stretch, 30, 130), 130);
    EXPECT_EQ(first_start(stretch, 30, 199), 220);
}

TEST(Stretch, TouchingTimeOffIsNotInTheWay) {
    const std::vector off{hours(10, 20), hours(40, 50)};
    EXPECT_FALSE(overlaps_any(hours(20, 40), off));
    EXPECT_TRUE(overlaps_any(hours(19, 21), off));
    EXPECT_TRUE(overlaps_any(hours(0, 100), off));
}
