// English: the bodies are core's messages, those that SQL answers with.
#pragma once

#include "wasm/phrases.hpp"

namespace slotguard::english {

constexpr std::string_view title(outcome what) noexcept {
    switch (what) {
    case outcome::booked: return "Booked";
    case outcome::slot_taken: return "This time is taken";
    case outcome::already_yours: return "Already booked by you";
    case outcome::startup_busy: return "You have another session then";
    case outcome::slot_held: return "Someone is booking this time";
    case outcome::mentor_unavailable: return "The mentor is not available";
    case outcome::outside_booking_window: return "Not open for booking";
    case outcome::limit_reached: return "No more sessions";
    case outcome::invalid_time: return "No such time";
    case outcome::held: return "Held for you";
    case outcome::hold_expired: return "No longer held for you";
    case outcome::released: return "Released";
    case outcome::cancelled: return "Cancelled";
    case outcome::already_cancelled: return "Already cancelled";
    case outcome::not_found: return "Not found";
    case outcome::rescheduled: return "Moved";
    }
    return {};
}

constexpr std::string_view body(outcome what, booking_window window, session_limit limit) noexcept {
    // The page has the free times beside this sentence, SQL's caller has not.
    if (what == outcome::slot_taken)
        return "This time slot is no longer available. Please select another time.";
    return message(what, window, limit);
}

constexpr std::string_view state(slot_state state) noexcept {
    switch (state) {
    case slot_state::available: return "available";
    case slot_state::booked: return "already booked";
    // By whom, the list can't say: it may be the reader.
    case slot_state::held: return "being booked right now";
    case slot_state::closed: return "not open for booking";
    }
    return {};
}

inline constexpr phrases words{
    .language = "en",
    .title = title,
    .body = body,
    .state = state,
    .in_the_past = "in the past",
    .today = "Today, {day}",
    .tomorrow = "Tomorrow, {day}",
    .day_and_time = "{day}, {time}",
    .slot = "{when}, time zone {zone}, {state}",
    .slot_of_other_zone = "{when}, time zone {zone}, "
                          "which is {mentor_when} for the mentor, time zone {mentor_zone}, {state}",
};
static_assert(says_everything(words));

} // namespace slotguard::english
