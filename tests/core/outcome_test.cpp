#include "core/outcome.hpp"

#include <cstdint>
#include <set>
#include <string_view>
#include <type_traits>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

TEST(Outcome, EveryWordLeadsBackToItsOutcome) {
    for (outcome what : all_outcomes)
        EXPECT_EQ(outcome_from_word(word(what)), what) << word(what);
}

TEST(Outcome, NoTwoShareAWord) {
    std::set<std::string_view> words;
    for (outcome what : all_outcomes)
        EXPECT_TRUE(words.insert(word(what)).second) << word(what);
}

TEST(Outcome, TheListIsInTheOrderOfTheEnum) {
    for (std::size_t index = 0; index < all_outcomes.size(); ++index)
        EXPECT_EQ(static_cast<std::size_t>(all_outcomes[index]), index);
}

TEST(Outcome, TheListEndsWhereTheWordsEnd) {
    const auto beyond = static_cast<outcome>(all_outcomes.size());
    EXPECT_EQ(word(beyond), "");
}

TEST(Outcome, WordsAreLowerCaseAndUnderscores) {
    for (outcome what : all_outcomes)
        for (char letter : word(what))
            EXPECT_TRUE((letter >= 'a' && letter <= 'z') || letter == '_') << word(what);
}

TEST(Outcome, WhatIsNotExactlyAWordIsNone) {
    for (std::string_view text : {"", "Booked", "booked ", "book", "bookedd", "no_show"})
        EXPECT_FALSE(outcome_from_word(text)) << text;
    EXPECT_FALSE(outcome_from_word({"booked\0", 7}));
}

} // namespace
} // namespace slotguard
