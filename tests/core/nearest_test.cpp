// core/nearest.hpp: the alternatives, nearest first.
#include "core/nearest.hpp"

#include <vector>

#include <gtest/gtest.h>

using namespace slotguard;

namespace {

struct start {
    instant starts_at;
    friend bool operator==(start, start) = default;
};

std::vector<start> nearest(std::vector<start> slots, instant wish) {
    slots.resize(nearest_first(std::span{slots}, wish));
    return slots;
}

} // namespace

TEST(Nearest, TheNearestComeFirstOnBothSides) {
    EXPECT_EQ(nearest({{10}, {40}, {55}, {70}}, 50), (std::vector<start>{{55}, {40}, {70}, {10}}));
}

TEST(Nearest, OfTwoAsNearTheEarlierComesFirst) {
    EXPECT_EQ(nearest({{60}, {40}}, 50), (std::vector<start>{{40}, {60}}));
}

TEST(Nearest, FiveAreEnough) {
    EXPECT_EQ(nearest({{1}, {2}, {3}, {4}, {5}, {6}, {7}}, 7).size(), most_alternatives);
    EXPECT_EQ(nearest({{1}, {2}, {3}, {4}, {5}, {6}, {7}}, 7).back(), (start{3}));
}

TEST(Nearest, NoneIsNoMistake) { EXPECT_TRUE(nearest({}, 7).empty()); }
