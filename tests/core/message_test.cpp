#include "core/message.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

bool is_sentence(std::string_view text) {
    return text.size() > 1 && text.front() >= 'A' && text.front() <= 'Z' && text.back() == '.';
}

TEST(Message, EveryOutcomeSaysAWholeSentence) {
    for (outcome what : all_outcomes)
        for (booking_window window : {booking_window::too_late, booking_window::too_early})
            EXPECT_TRUE(is_sentence(message(what, window))) << word(what);
}

TEST(Message, NoTwoOutcomesSayTheSame) {
    std::set<std::string_view> said;
    for (outcome what : all_outcomes)
        EXPECT_TRUE(said.insert(message(what)).second) << word(what);
}

TEST(Message, TooEarlyIsToldFromTooLate) {
    EXPECT_EQ(message(outcome::outside_booking_window, booking_window::too_early),
              "This time cannot be booked yet.");
    EXPECT_EQ(message(outcome::outside_booking_window, booking_window::too_late),
              "This time can no longer be booked.");
}

TEST(Message, TheWindowMattersToNoOtherOutcome) {
    for (outcome what : all_outcomes) {
        if (what == outcome::outside_booking_window)
            continue;
        EXPECT_EQ(message(what, booking_window::too_early),
                  message(what, booking_window::too_late));
    }
}

TEST(Message, AFullDayIsToldFromAFullWeek) {
    EXPECT_EQ(message(outcome::limit_reached, {}, session_limit::per_day),
              "The mentor takes no more sessions on this day.");
    EXPECT_EQ(message(outcome::limit_reached, {}, session_limit::per_week),
              "The mentor takes no more sessions in this week.");
}

TEST(Message, TooManyHoldsAreToldFromAFullDay) {
    EXPECT_EQ(message(outcome::limit_reached, {}, session_limit::holds),
              "You hold as many time slots as you can at once. "
              "Please book or release one of them first.");
    EXPECT_EQ(hint(outcome::limit_reached, session_limit::holds),
              "Call release_hold() for one of them, or wait until it expires.");
}

TEST(Message, EachLimitHasASentenceAndAHintOfItsOwn) {
    for (session_limit limit : all_session_limits) {
        EXPECT_TRUE(is_sentence(hint(outcome::limit_reached, limit))) << word(limit);
        for (session_limit other : all_session_limits)
            EXPECT_EQ(limit == other, message(outcome::limit_reached, {}, limit) ==
                                          message(outcome::limit_reached, {}, other));
        // Where no other time can be had, none is offered.
        EXPECT_EQ(leaves_other_times(limit),
                  hint(outcome::limit_reached, limit).starts_with("Offer"));
    }
}

TEST(Message, TheLimitMattersToNoOtherOutcome) {
    for (outcome what : all_outcomes) {
        if (what == outcome::limit_reached)
            continue;
        for (session_limit limit : all_session_limits) {
            EXPECT_EQ(message(what, {}, limit), message(what));
            EXPECT_EQ(hint(what, limit), hint(what));
        }
    }
}

TEST(Message, ALostRaceIsToldInTheWordsThatCallersKnow) {
    EXPECT_EQ(message(outcome::slot_taken), "This time slot has already been booked by another "
                                            "startup. Please select a different time.");
}

TEST(Message, AHintIsASentenceOrNothing) {
    for (outcome what : all_outcomes)
        EXPECT_TRUE(hint(what).empty() || is_sentence(hint(what))) << word(what);
}

TEST(Message, EachRefusalHintsAtTheNextStep) {
    for (outcome what :
         {outcome::slot_taken, outcome::startup_busy, outcome::slot_held, outcome::hold_expired,
          outcome::mentor_unavailable, outcome::outside_booking_window, outcome::limit_reached,
          outcome::invalid_time, outcome::not_found})
        EXPECT_FALSE(hint(what).empty()) << word(what);
}

} // namespace
} // namespace slotguard
