#include "core/buffers.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr buffers around{.before = 10 * one_minute, .after = 5 * one_minute};
constexpr interval session = *interval::make(one_hour, 2 * one_hour);

constexpr interval that_begins(instant starts_at) {
    return *interval::make(starts_at, starts_at + one_hour);
}

static_assert(buffers{}.with(session) == session);
static_assert(buffers{}.kept_free_around(session) == session);

TEST(Buffers, WidenASessionOnEachSide) {
    EXPECT_EQ(around.with(session),
              *interval::make(one_hour - around.before, 2 * one_hour + around.after));
}

TEST(Buffers, BetweenTwoSessionsLieTheBufferAfterOneAndTheBufferBeforeTheOther) {
    const instant soonest = session.ends_at() + around.after + around.before;
    EXPECT_FALSE(around.kept_free_around(session).overlaps(that_begins(soonest)));
    EXPECT_TRUE(around.kept_free_around(session).overlaps(that_begins(soonest - 1)));
}

TEST(Buffers, StandInTheWayIfAndOnlyIfTheWidenedSessionsOverlap) {
    for (instant start = 0; start < 4 * one_hour; start += one_minute) {
        const interval other = that_begins(start);
        EXPECT_EQ(around.kept_free_around(session).overlaps(other),
                  around.with(session).overlaps(around.with(other)))
            << start;
    }
}

} // namespace
} // namespace slotguard
