#include "wasm/filling.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

constexpr auto rightwards = direction::left_to_right;
constexpr auto leftwards = direction::right_to_left;

std::string isolated(std::string_view text, direction which_way) {
    std::string sentence;
    append_isolated(sentence, text, which_way);
    return sentence;
}

std::string apart(std::string_view text) { return "\u2068" + std::string{text} + "\u2069"; }

TEST(Filling, EachNameIsFilledOnceAndTextIsLeftAlone) {
    EXPECT_EQ(filled("{a}, {b}", {{"a", "{b}"}, {"b", "2"}}, rightwards), "{b}, 2");
    EXPECT_EQ(filled("no names", {{"a", "1"}}, rightwards), "no names");
    EXPECT_EQ(filled("{a}{a}", {{"a", "1"}}, rightwards), "11");
    EXPECT_EQ(filled("an open {brace", {{"brace", "1"}}, rightwards), "an open ");
}

TEST(Filling, WhatIsNotFilledIsNamed) {
    const std::vector<filling> given{{"a", "1"}};
    EXPECT_EQ(unfilled("{a} {b} {c}", given), "b");
    EXPECT_EQ(unfilled("{a}", given), "");
    EXPECT_EQ(unfilled("none", given), "");
}

TEST(Filling, WhatRunsTheOtherWayIsIsolated) {
    for (const char* text : {"10:00 GMT+2", "Ada", "Zürich", "Київ", "東京", "नमस्ते"})
        EXPECT_EQ(isolated(text, leftwards), apart(text)) << text;
    for (const char* text : {"ישראל", "القاهرة", "Ada (القاهرة)"})
        EXPECT_EQ(isolated(text, rightwards), apart(text)) << text;
}

TEST(Filling, WhatRunsAlongOrHasNoDirectionIsNot) {
    for (const char* text : {"10:00", "١٠:٠٠", "القاهرة", "10:00 – 10:30", "٣٠ د", "", "…"})
        EXPECT_EQ(isolated(text, leftwards), text) << text;
    for (const char* text : {"10:00 GMT+2", "Zürich", "東京", "10:00 – 10:30", "١٠:٠٠"})
        EXPECT_EQ(isolated(text, rightwards), text) << text;
}

} // namespace
} // namespace slotguard
