#include "core/journal_cursor.hpp"

#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST(JournalCursor, WhatIsWrittenIsReadAgain) {
    for (std::int64_t event_id : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, least, most})
        for (std::int64_t occurred_at :
             {std::int64_t{0}, std::int64_t{846'763'200'123'456}, least, most}) {
            const journal_cursor cursor{event_id, occurred_at};
            const written_cursor text = written(cursor);
            EXPECT_EQ(cursor_from_text(text.text()), cursor) << text.text();
        }
}

TEST(JournalCursor, AnotherInstantIsAnotherCursor) {
    const written_cursor one = written({7, 1}), other = written({7, 2});
    EXPECT_NE(one.text(), other.text());
}

TEST(JournalCursor, WhatNobodyWroteIsNone) {
    for (std::string_view text :
         {"", "-", "7", "7-", "-7", "7-8-", "7-8 ", " 7-8", "+7-8", "07-8", "7-08", "7--0", "x-8",
          "7-x", "7_8", "9223372036854775808-1", "1-9223372036854775808"})
        EXPECT_FALSE(cursor_from_text(text)) << text;
    EXPECT_FALSE(cursor_from_text(std::string_view("7-8\0", 4)));
    EXPECT_FALSE(cursor_from_text(std::string(1000, '1') + "-1"));
}

} // namespace
} // namespace slotguard
