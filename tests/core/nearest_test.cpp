#include "core/nearest.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

std::vector<instant> nearest_of(std::vector<instant> starts, instant wish,
                                std::size_t how_many = most_alternatives) {
    const auto found = nearest_first(starts, wish, how_many);
    return {found.begin(), found.end()};
}

TEST(Nearest, ComesFirstAndTheEarlierOfTwoThatAreAsNear) {
    EXPECT_EQ(nearest_of({40, 10, 21, 19, 35}, 20), (std::vector<instant>{19, 21, 10, 35, 40}));
}

TEST(Nearest, AreAsManyAsAreWanted) {
    EXPECT_EQ(nearest_of({1, 2, 3, 4, 5, 6, 7}, 7), (std::vector<instant>{7, 6, 5, 4, 3}));
    EXPECT_EQ(nearest_of({1, 2, 3, 4, 5, 6, 7}, 7, 2), (std::vector<instant>{7, 6}));
}

TEST(Nearest, AreAllWhereThereAreFewer) {
    EXPECT_EQ(nearest_of({}, 7), (std::vector<instant>{}));
    EXPECT_EQ(nearest_of({3}, 7), (std::vector<instant>{3}));
    EXPECT_EQ(nearest_of({9, 6}, 7), (std::vector<instant>{6, 9}));
}

TEST(Nearest, DistanceHasNoDirection) {
    EXPECT_EQ(distance(3, 10), 7);
    EXPECT_EQ(distance(10, 3), 7);
    EXPECT_EQ(distance(-3, 4), 7);
    EXPECT_EQ(distance(5, 5), 0);
}

} // namespace
} // namespace slotguard
