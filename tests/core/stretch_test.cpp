#include "core/stretch.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr interval hours(int from, int to) {
    return *interval::make(from * one_hour, to * one_hour);
}

std::vector<interval> joined(std::vector<interval> list) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(join_hours(list)), list.end());
    return list;
}

TEST(Stretch, HoursThatTouchOrOverlapAreOne) {
    EXPECT_EQ(joined({hours(9, 10), hours(10, 12)}), (std::vector{hours(9, 12)}));
    EXPECT_EQ(joined({hours(9, 11), hours(10, 12)}), (std::vector{hours(9, 12)}));
    EXPECT_EQ(joined({hours(9, 12), hours(10, 11)}), (std::vector{hours(9, 12)}));
    EXPECT_EQ(joined({hours(9, 10), hours(9, 10)}), (std::vector{hours(9, 10)}));
}

TEST(Stretch, HoursApartStayApart) {
    EXPECT_EQ(joined({hours(9, 10), hours(11, 12)}), (std::vector{hours(9, 10), hours(11, 12)}));
}

TEST(Stretch, NoHoursAreNoStretch) { EXPECT_TRUE(joined({}).empty()); }

TEST(Stretch, TheOrderInWhichHoursAreToldDoesNotMatter) {
    std::vector<interval> told{hours(1, 3), hours(2, 4), hours(4, 5), hours(7, 8), hours(7, 9)};
    const auto earlier = [](interval a, interval b) {
        return a.starts_at() != b.starts_at() ? a.starts_at() < b.starts_at()
                                              : a.ends_at() < b.ends_at();
    };
    do
        EXPECT_EQ(joined(told), (std::vector{hours(1, 5), hours(7, 9)}));
    while (std::next_permutation(told.begin(), told.end(), earlier));
}

TEST(Stretch, StartsAreCountedFromItsBeginning) {
    constexpr elapsed step = 50 * one_hour / 60;
    constexpr interval stretch = hours(9, 17);
    EXPECT_EQ(first_start(stretch, step, 0), 9 * one_hour);
    EXPECT_EQ(first_start(stretch, step, 9 * one_hour), 9 * one_hour);
    EXPECT_EQ(first_start(stretch, step, 9 * one_hour + 1), 9 * one_hour + step);
    EXPECT_EQ(first_start(stretch, step, 9 * one_hour + step), 9 * one_hour + step);
    EXPECT_EQ(first_start(stretch, step, 12 * one_hour), 9 * one_hour + 4 * step);
}

TEST(Stretch, TimesBeforeTheEpochHaveTheSameGrid) {
    EXPECT_EQ(first_start(hours(-9, -1), one_hour, -9 * one_hour + 1), -8 * one_hour);
    EXPECT_EQ(first_start(hours(-1, 9), 2 * one_hour, 0), one_hour);
}

TEST(Stretch, ASlotOverlapsAnyOfOthersInWhateverOrder) {
    const std::vector<interval> others{hours(15, 16), hours(9, 10)};
    EXPECT_TRUE(overlaps_any(hours(9, 11), others));
    EXPECT_TRUE(overlaps_any(hours(14, 16), others));
    EXPECT_FALSE(overlaps_any(hours(10, 15), others));
    EXPECT_FALSE(overlaps_any(hours(9, 11), {}));
}

} // namespace
} // namespace slotguard
