#include "wasm/languages/languages.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

TEST(Languages, EachSaysEverything) {
    for (const phrases* words : all_languages)
        EXPECT_TRUE(says_everything(*words)) << words->language;
}

TEST(Languages, NoneHasTheSameSentenceForTwoOutcomes) {
    for (const phrases* words : all_languages) {
        std::set<std::string_view> bodies, titles;
        for (outcome what : all_outcomes) {
            EXPECT_TRUE(bodies.insert(words->body(what, {}, {})).second)
                << words->language << ' ' << word(what);
            EXPECT_TRUE(titles.insert(words->title(what)).second)
                << words->language << ' ' << word(what);
        }
    }
}

TEST(Languages, EachTellsTooEarlyFromTooLate) {
    for (const phrases* words : all_languages)
        EXPECT_NE(words->body(outcome::outside_booking_window, booking_window::too_early, {}),
                  words->body(outcome::outside_booking_window, booking_window::too_late, {}))
            << words->language;
}

TEST(Languages, EachTellsAFullDayFromAFullWeek) {
    for (const phrases* words : all_languages)
        EXPECT_NE(words->body(outcome::limit_reached, {}, session_limit::per_day),
                  words->body(outcome::limit_reached, {}, session_limit::per_week))
            << words->language;
}

TEST(Languages, NoneForgetsAPartOfAPattern) {
    for (const phrases* words : all_languages)
        for (auto [pattern, parts] :
             {std::pair{words->today, "{day}"}, std::pair{words->tomorrow, "{day}"},
              std::pair{words->day_and_time, "{day} {time}"},
              std::pair{words->slot, "{when} {zone} {state}"},
              std::pair{words->slot_of_other_zone,
                        "{when} {zone} {mentor_when} {mentor_zone} {state}"}}) {
            std::string_view rest = parts;
            for (auto end = rest.find('}'); end != rest.npos; end = rest.find('}')) {
                const auto part = rest.substr(rest.find('{'), end - rest.find('{') + 1);
                EXPECT_NE(pattern.find(part), pattern.npos) << words->language << ' ' << part;
                rest.remove_prefix(end + 1);
            }
        }
}

TEST(Languages, ATagIsAnsweredByItsBaseLanguageAndAtLastInEnglish) {
    EXPECT_EQ(language_for("de").language, "de");
    EXPECT_EQ(language_for("de-AT").language, "de");
    EXPECT_EQ(language_for("de-Latn-CH").language, "de");
    EXPECT_EQ(language_for("en-GB").language, "en");
    EXPECT_EQ(language_for("fr-CA").language, "en");
    EXPECT_EQ(language_for("deu").language, "en");
    EXPECT_EQ(language_for("").language, "en");
}

TEST(Languages, EnglishIsTheDatabasesEnglishButForTheSlotThatIsTaken) {
    for (outcome what : all_outcomes) {
        if (what == outcome::slot_taken)
            continue;
        EXPECT_EQ(english::body(what, booking_window::too_early, session_limit::per_week),
                  message(what, booking_window::too_early, session_limit::per_week));
    }
    EXPECT_EQ(english::body(outcome::slot_taken, {}, {}),
              "This time slot is no longer available. Please select another time.");
}

TEST(Say, FillsEachNameOnceAndLeavesTextAlone) {
    EXPECT_EQ(say("{a}, {b}", {{"a", "{b}"}, {"b", "2"}}), "{b}, 2");
    EXPECT_EQ(say("no names", {{"a", "1"}}), "no names");
    EXPECT_EQ(say("{a}{a}", {{"a", "1"}}), "11");
    EXPECT_EQ(say("an open {brace", {{"brace", "1"}}), "an open ");
}

} // namespace
} // namespace slotguard
