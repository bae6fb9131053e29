#include "wasm/timestamp.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

static_assert(parse_timestamp("1970-01-01T00:00:00+00:00") == 0);
static_assert(parse_timestamp("1970-01-02T00:00:00Z") == one_day);

constexpr instant december_1st = 1'796'119'200'000'000; // 2026-12-01 10:00 UTC

TEST(Timestamp, IsReadAsPostgreSqlWritesIt) {
    EXPECT_EQ(parse_timestamp("2026-12-01T10:00:00+00:00"), december_1st);
    EXPECT_EQ(parse_timestamp("2026-12-01T10:00:00.25+00:00"), december_1st + 250'000);
    EXPECT_EQ(parse_timestamp("2026-12-01T10:00:00.000001+00:00"), december_1st + 1);
}

TEST(Timestamp, OneInstantHasManySpellings) {
    for (const char* text :
         {"2026-12-01T15:45:00+05:45", "2026-12-01T05:30:00-04:30", "2026-12-02T00:00:00+14:00",
          "2026-12-01T10:19:32+00:19:32", "2026-12-01T12:00:00+02", "2026-12-01T10:00:00Z"})
        EXPECT_EQ(parse_timestamp(text), december_1st) << text;
}

TEST(Timestamp, WhatIsMalformedIsNothing) {
    for (const char* text :
         {"", "2026-12-01", "2026-12-01 10:00:00+00:00", "2026-12-01T10:00+00:00",
          "2026-12-01T10:00:00", "2026-12-01T10:00:00.+00:00", "2026-12-01T10:00:00.1234567+00:00",
          "2026-12-01T10:00:00+00:00 ", " 2026-12-01T10:00:00+00:00", "2026-12-01T10:00:00+0:00",
          "+2026-12-01T10:00:00Z", "12026-12-01T10:00:00Z", "2026-12-01T10:00:00+00:00 BC",
          "infinity", "-infinity", "2026-12-01T10:00:00*00:00", "2026-12-01T1O:00:00Z"})
        EXPECT_FALSE(parse_timestamp(text)) << text;
    EXPECT_FALSE(parse_timestamp({"2026-12-01T10:00:00Z\0", 21}));
}

TEST(Timestamp, WhatIsImpossibleIsNothing) {
    for (const char* text :
         {"2026-02-29T10:00:00Z", "2026-04-31T10:00:00Z", "2026-13-01T10:00:00Z",
          "2026-00-01T10:00:00Z", "2026-12-00T10:00:00Z", "2026-12-01T25:00:00Z",
          "2026-12-01T24:00:01Z", "2026-12-01T10:60:00Z", "2026-12-01T10:00:60Z",
          "2026-12-01T10:00:00+16:00", "2026-12-01T10:00:00+01:60", "0001-01-01T00:00:00Z"})
        EXPECT_FALSE(parse_timestamp(text)) << text;
    EXPECT_TRUE(parse_timestamp("2028-02-29T10:00:00Z"));
}

TEST(Timestamp, DatesAndTimesAreReadAloneToo) {
    EXPECT_EQ(parse_date("1970-01-02"), one_day);
    EXPECT_FALSE(parse_date("1970-1-2"));
    EXPECT_FALSE(parse_date("1970-01-02T"));
    EXPECT_EQ(parse_time("10:30:00"), 10 * one_hour + 30 * one_minute);
    EXPECT_EQ(parse_time("24:00:00"), one_day);
    EXPECT_FALSE(parse_time("24:30:00"));
    EXPECT_FALSE(parse_time("10:30"));
    EXPECT_FALSE(parse_time("10:30:00+00"));
}

TEST(Timestamp, WrittenBackItIsTheSameInstant) {
    for (const char* text : {"2026-12-01T10:00:00Z", "1969-12-31T23:59:59Z", "1000-01-01T00:00:00Z",
                             "2026-12-01T10:00:00.000001Z", "2028-02-29T23:59:59.900000Z"})
        EXPECT_EQ(utc_text(*parse_timestamp(text)), text);
    EXPECT_EQ(date_text(*parse_timestamp("1969-12-31T23:59:59Z")), "1969-12-31");
}

TEST(SlotKey, LeavesSecondsOutOnlyWhereTheyAreZero) {
    EXPECT_EQ(slot_key("2026-12-01", "10:00:00"), "2026-12-01T10:00");
    EXPECT_EQ(slot_key("2026-12-01", "10:00:30"), "2026-12-01T10:00:30");
    EXPECT_EQ(slot_key("2026-12-01", "10:00:00.5"), "2026-12-01T10:00:00.5");
    EXPECT_EQ(slot_key("2026-12-01", "10:00:01.00"), "2026-12-01T10:00:01.00");
}

} // namespace
} // namespace slotguard
