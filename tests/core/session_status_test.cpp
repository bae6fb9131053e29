#include "core/session_status.hpp"

#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

using enum session_status;

static_assert(can_become(scheduled, completed) && can_become(scheduled, no_show) &&
              can_become(scheduled, cancelled));
static_assert(can_become(completed, no_show) && can_become(no_show, completed));
static_assert(can_become(completed, scheduled) && can_become(no_show, scheduled) &&
              can_become(cancelled, scheduled));
static_assert(!can_become(completed, cancelled) && !can_become(no_show, cancelled));
static_assert(!can_become(cancelled, completed) && !can_become(cancelled, no_show));

TEST(SessionStatus, EveryWordLeadsBackToItsStatus) {
    for (session_status status : all_session_statuses)
        EXPECT_EQ(status_from_word(word(status)), status) << word(status);
}

TEST(SessionStatus, TheListIsInTheOrderOfTheEnumAndEndsWhereTheWordsEnd) {
    for (std::size_t index = 0; index < all_session_statuses.size(); ++index)
        EXPECT_EQ(static_cast<std::size_t>(all_session_statuses[index]), index);
    EXPECT_EQ(word(static_cast<session_status>(all_session_statuses.size())), "");
}

TEST(SessionStatus, WhatIsNotExactlyAWordIsNone) {
    for (std::string_view text : {"", "Scheduled", "scheduled ", "canceled", "no show", "booked"})
        EXPECT_FALSE(status_from_word(text)) << text;
}

TEST(SessionStatus, WhateverASessionIsItCanStaySo) {
    for (session_status status : all_session_statuses)
        EXPECT_TRUE(can_become(status, status)) << word(status);
}

TEST(SessionStatus, EveryStatusCanBecomeScheduledAgain) {
    for (session_status status : all_session_statuses)
        EXPECT_TRUE(can_become(status, scheduled)) << word(status);
}

/** The row of docs/reference.md that says what may follow a status. */
std::string row_of_the_reference(session_status from) {
    std::ifstream page{SLOTGUARD_ROOT "/docs/reference.md"};
    const std::string head = "| `" + std::string{word(from)} + "` becomes |";
    for (std::string line; std::getline(page, line);)
        if (line.starts_with(head))
            return line.substr(head.size());
    return {};
}

TEST(SessionStatus, TheReferenceHasTheSameTable) {
    for (session_status from : all_session_statuses) {
        std::string expected;
        for (session_status to : all_session_statuses)
            if (to != from && can_become(from, to))
                expected += (expected.empty() ? " `" : ", `") + std::string{word(to)} + "`";
        EXPECT_EQ(row_of_the_reference(from).substr(0, expected.size() + 2), expected + " |")
            << word(from);
    }
}

} // namespace
} // namespace slotguard
