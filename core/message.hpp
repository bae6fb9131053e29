// What each outcome says to the visitor in English, and what the caller can do next.
#pragma once

#include <string_view>

#include "core/outcome.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** Why a time lies outside the booking window; inside where it does not. */
enum class booking_window { inside, too_late, too_early };

/** What a mentor takes only so many sessions in. */
enum class session_limit { per_day, per_week };

/**
 * The visitor's sentence for an outcome (`booking_result.message`).
 * `window` matters to outside_booking_window alone, and `limit` to limit_reached.
 */
constexpr std::string_view message(outcome what, booking_window window = booking_window::too_late,
                                   session_limit limit = session_limit::per_day) noexcept {
    switch (what) {
    case outcome::booked: return "Your session is booked.";
    case outcome::slot_taken:
        return "This time slot has already been booked by another startup. "
               "Please select a different time.";
    case outcome::already_yours: return "You have already booked this time slot.";
    case outcome::startup_busy: return "You already have another session at this time.";
    case outcome::mentor_unavailable: return "The mentor is not available at this time.";
    case outcome::outside_booking_window:
        return window == booking_window::too_early ? "This time cannot be booked yet."
                                                   : "This time can no longer be booked.";
    case outcome::limit_reached:
        return limit == session_limit::per_week ? "The mentor takes no more sessions in this week."
                                                : "The mentor takes no more sessions on this day.";
    case outcome::invalid_time: return "This time does not exist on that day.";
    case outcome::cancelled: return "Your session is cancelled.";
    case outcome::already_cancelled: return "This session had already been cancelled.";
    case outcome::not_found: return "There is no such session.";
    }
    return {};
}

/** The caller's next step (`booking_result.hint`); empty where none is needed. */
constexpr std::string_view hint(outcome what) noexcept {
    switch (what) {
    case outcome::slot_taken:
    case outcome::mentor_unavailable:
    case outcome::outside_booking_window:
    case outcome::limit_reached:
        return "Offer one of the alternatives, or list free times with available_slots().";
    case outcome::startup_busy: return "Cancel the other session first, or choose another time.";
    case outcome::invalid_time:
        return "The clock skips this time when summer time starts. Choose a later one.";
    case outcome::not_found: return "Pass the session_id that book_session() returned.";
    case outcome::booked:
    case outcome::already_yours:
    case outcome::cancelled:
    case outcome::already_cancelled: return {};
    }
    return {};
}

} // namespace slotguard
