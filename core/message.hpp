// What each outcome says to the visitor in English, and what the caller can do next.
#pragma once

#include <array>
#include <string_view>

#include "core/outcome.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** Why a time lies outside the booking window; inside where it does not. */
enum class booking_window { inside, too_late, too_early };

/** What there is only so much of: sessions in a mentor's day or week, open ones of one startup with a mentor,
 *  time slots that one startup holds at once, and those that are held of one mentor. */
enum class session_limit { per_day, per_week, per_startup, holds, mentor_holds };

/** Every limit, in the order of the enum. */
inline constexpr std::array all_session_limits{session_limit::per_day, session_limit::per_week,
                                               session_limit::per_startup, session_limit::holds,
                                               session_limit::mentor_holds};

/** Its name in the words of each language, and for a limit that a mentor sets the end of its column's. */
constexpr std::string_view word(session_limit limit) noexcept {
    switch (limit) {
    case session_limit::per_day: return "per_day";
    case session_limit::per_week: return "per_week";
    case session_limit::per_startup: return "per_startup";
    case session_limit::holds: return "holds";
    case session_limit::mentor_holds: return "mentor_holds";
    }
    return {};
}

/** Whether another time can be had where this one is refused for it. */
constexpr bool leaves_other_times(session_limit limit) noexcept {
    return limit == session_limit::per_day || limit == session_limit::per_week;
}

constexpr std::string_view limit_message(session_limit limit) noexcept {
    switch (limit) {
    case session_limit::per_day: return "The mentor takes no more sessions on this day.";
    case session_limit::per_week: return "The mentor takes no more sessions in this week.";
    case session_limit::per_startup:
        return "You have as many sessions with this mentor as you can have at once.";
    case session_limit::mentor_holds:
        return "Too many people are booking with this mentor right now. "
               "Please try again in a few minutes.";
    case session_limit::holds:
        return "You hold as many time slots as you can at once. "
               "Please book or release one of them first.";
    }
    return {};
}

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
    case outcome::slot_held: return "Someone else is booking this time slot right now.";
    case outcome::mentor_unavailable: return "The mentor is not available at this time.";
    case outcome::outside_booking_window:
        return window == booking_window::too_early ? "This time cannot be booked yet."
                                                   : "This time can no longer be booked.";
    case outcome::limit_reached: return limit_message(limit);
    case outcome::invalid_time: return "This time does not exist on that day.";
    case outcome::held: return "This time slot is held for you.";
    case outcome::hold_expired:
        return "This time slot is no longer held for you, and somebody else has it now. "
               "Please select a different time.";
    case outcome::released: return "This time slot is free again.";
    case outcome::cancelled: return "Your session is cancelled.";
    case outcome::already_cancelled: return "This session had already been cancelled.";
    case outcome::not_found: return "There is no such session or hold.";
    case outcome::rescheduled: return "Your session is moved.";
    }
    return {};
}

/** The caller's next step (`booking_result.hint`); empty where none is needed. */
constexpr std::string_view hint(outcome what,
                                session_limit limit = session_limit::per_day) noexcept {
    switch (what) {
    case outcome::limit_reached:
        if (limit == session_limit::holds)
            return "Call release_hold() for one of them, or wait until it expires.";
        if (limit == session_limit::per_startup)
            return "Cancel one of the startup's sessions with this mentor, or wait until one is "
                   "over.";
        if (limit == session_limit::mentor_holds)
            return "Wait until one of the mentor's holds is booked, is released or expires.";
        [[fallthrough]];
    case outcome::slot_taken:
    case outcome::mentor_unavailable:
    case outcome::outside_booking_window:
    case outcome::hold_expired:
        return "Offer one of the alternatives, or list free times with available_slots().";
    case outcome::slot_held: return "Offer one of the alternatives, or try again after expires_at.";
    case outcome::held: return "Pass hold_token to book_session() before expires_at.";
    case outcome::startup_busy: return "Cancel the other session first, or choose another time.";
    case outcome::invalid_time:
        return "The clock skips this time when summer time starts. Choose a later one.";
    case outcome::not_found:
        return "Pass the session_id that book_session() returned, or the hold_token of "
               "hold_slot().";
    case outcome::booked:
    case outcome::already_yours:
    case outcome::released:
    case outcome::rescheduled:
    case outcome::cancelled:
    case outcome::already_cancelled: return {};
    }
    return {};
}

} // namespace slotguard
