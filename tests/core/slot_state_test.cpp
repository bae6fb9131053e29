#include "core/slot_state.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

TEST(SlotState, EveryWordLeadsBackToItsState) {
    for (slot_state state : all_slot_states)
        EXPECT_EQ(slot_state_from_word(word(state)), state) << word(state);
}

TEST(SlotState, NoTwoShareAWord) {
    std::set<std::string_view> words;
    for (slot_state state : all_slot_states)
        EXPECT_TRUE(words.insert(word(state)).second) << word(state);
}

TEST(SlotState, TheListIsInTheOrderOfTheEnumAndWhole) {
    for (std::size_t index = 0; index < all_slot_states.size(); ++index)
        EXPECT_EQ(static_cast<std::size_t>(all_slot_states[index]), index);
    EXPECT_EQ(word(static_cast<slot_state>(all_slot_states.size())), "");
}

TEST(SlotState, WhatIsNotExactlyAWordIsNone) {
    for (std::string_view text : {"", "Available", " available", "free"})
        EXPECT_FALSE(slot_state_from_word(text)) << text;
}

} // namespace
} // namespace slotguard
