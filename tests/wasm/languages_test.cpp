#include "wasm/languages.hpp"

#include <gtest/gtest.h>

namespace slotguard {
namespace {

TEST(Languages, EnglishIsThereFromTheStart) {
    EXPECT_EQ(english().tag(), "en");
    EXPECT_EQ(english().find("outcomes.booked.title"), "Booked");
    EXPECT_EQ(missing_phrase(english()), "");
}

TEST(Languages, WhatIsNoPhraseIsNothing) {
    for (const char* path : {"", "outcomes", "outcomes.booked", "outcomes.lost.title"})
        EXPECT_EQ(english().find(path), "") << path;
}

TEST(Languages, OneThatIsNotWholeIsToldByWhatIsMissing) {
    language other{"xx", direction::left_to_right};
    EXPECT_NE(missing_phrase(other), "");
    other = english();
    EXPECT_EQ(missing_phrase(other), "");
}

TEST(Languages, PluralFormsOtherThanOtherMayBeMissing) {
    EXPECT_TRUE(is_rare_plural_form("page.free_times.one"));
    EXPECT_FALSE(is_rare_plural_form("page.free_times.other"));
    EXPECT_FALSE(is_rare_plural_form("page.free_times"));
}

TEST(Languages, ATagIsAnsweredByItsBaseLanguageAndAtLastInEnglish) {
    language_to_fill("de", direction::left_to_right);
    language_to_fill("pt-BR", direction::left_to_right);
    for (auto [tag, answered] :
         {std::pair{"de", "de"}, {"de-AT", "de"}, {"de-Latn-CH", "de"}, {"en-GB", "en"},
          {"pt", "pt-BR"}, {"pt-PT", "pt-BR"}, {"pt-BR", "pt-BR"}, {"fr-CA", "en"}, {"deu", "en"},
          {"", "en"}})
        EXPECT_EQ(language_for(tag).tag(), answered) << tag;
}

TEST(Languages, ThePackToLoadIsFoundTheSameWay) {
    for (auto [tag, pack] : {std::pair{"de-AT", "de"}, {"en-GB", "en"}, {"tlh", "en"}})
        EXPECT_EQ(language_to_load(tag), pack) << tag;
}

TEST(Languages, APhraseSaysWhatItIsFilledWith) {
    EXPECT_EQ(english().say("slots.today", {{"day", "Monday"}}), "Today, Monday");
}

} // namespace
} // namespace slotguard
