#include "core/stretch.hpp"

#include <algorithm>
#include <limits>
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

constexpr elapsed step = 50 * one_minute;

TEST(Grid, StartsAreCountedFromTheStretchsBeginning) {
    constexpr grid starts{hours(9, 17), step, one_hour};
    EXPECT_EQ(starts.first_start(0), 9 * one_hour);
    EXPECT_EQ(starts.first_start(9 * one_hour), 9 * one_hour);
    EXPECT_EQ(starts.first_start(9 * one_hour + 1), 9 * one_hour + step);
    EXPECT_EQ(starts.first_start(9 * one_hour + step), 9 * one_hour + step);
    EXPECT_EQ(starts.first_start(12 * one_hour), 9 * one_hour + 4 * step);
    EXPECT_TRUE(starts.has(9 * one_hour + step));
    EXPECT_FALSE(starts.has(9 * one_hour + step + 1));
    EXPECT_FALSE(starts.has(8 * one_hour + 10 * one_minute));
}

TEST(Grid, ALongerSessionBeginsAtEachStepWhereItFits) {
    constexpr grid starts{hours(9, 12), one_hour, 2 * one_hour};
    EXPECT_EQ(starts.first_start(10 * one_hour), 10 * one_hour);
    EXPECT_EQ(starts.first_start(10 * one_hour + 1), std::nullopt);
    EXPECT_EQ((grid{hours(9, 12), one_hour, 3 * one_hour}.first_start(0)), 9 * one_hour);
    EXPECT_EQ((grid{hours(9, 12), one_hour, 3 * one_hour + 1}.first_start(0)), std::nullopt);
}

TEST(Grid, TimesBeforeTheEpochHaveTheSameGrid) {
    EXPECT_EQ((grid{hours(-9, -1), one_hour, 1}.first_start(-9 * one_hour + 1)), -8 * one_hour);
    EXPECT_EQ((grid{hours(-1, 9), 2 * one_hour, 1}.first_start(0)), one_hour);
}

TEST(Grid, NoStepLeavesTheCalendar) {
    constexpr instant last = std::numeric_limits<instant>::max();
    constexpr grid starts{*interval::make(std::numeric_limits<instant>::min(), last), one_day,
                          one_day};
    EXPECT_EQ(starts.first_start(last), std::nullopt);
    EXPECT_EQ(starts.first_start(last - one_day - one_hour), std::nullopt);
    EXPECT_TRUE(starts.first_start(0));
}

TEST(Overlapping, FindsThoseThatShareTimeAndNoneThatTouches) {
    const std::vector times{hours(9, 10), hours(11, 12), hours(12, 14), hours(20, 21)};
    const auto found = [&](interval window) {
        const auto some = overlapping(std::span<const interval>{times}, window);
        return std::vector<interval>{some.begin(), some.end()};
    };
    EXPECT_EQ(found(hours(10, 11)), std::vector<interval>{});
    EXPECT_EQ(found(hours(9, 11)), (std::vector{hours(9, 10)}));
    EXPECT_EQ(found(hours(11, 13)), (std::vector{hours(11, 12), hours(12, 14)}));
    EXPECT_EQ(found(hours(13, 30)), (std::vector{hours(12, 14), hours(20, 21)}));
    EXPECT_EQ(found(hours(21, 30)), std::vector<interval>{});
}

} // namespace
} // namespace slotguard
