// What came of a call, and its one word: the same in SQL, JSON, C++ and on the page.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class outcome {
    booked,
    slot_taken,
    already_yours,
    startup_busy,
    slot_held,
    mentor_unavailable,
    outside_booking_window,
    limit_reached,
    invalid_time,
    held,
    hold_expired,
    released,
    cancelled,
    already_cancelled,
    not_found,
    rescheduled,
};

/** Every outcome, in the order of the enum. */
inline constexpr std::array all_outcomes{
    outcome::booked,
    outcome::slot_taken,
    outcome::already_yours,
    outcome::startup_busy,
    outcome::slot_held,
    outcome::mentor_unavailable,
    outcome::outside_booking_window,
    outcome::limit_reached,
    outcome::invalid_time,
    outcome::held,
    outcome::hold_expired,
    outcome::released,
    outcome::cancelled,
    outcome::already_cancelled,
    outcome::not_found,
    outcome::rescheduled,
};

/** The word that callers see in `booking_result.outcome`. */
constexpr std::string_view word(outcome what) noexcept {
    switch (what) {
    case outcome::booked: return "booked";
    case outcome::slot_taken: return "slot_taken";
    case outcome::already_yours: return "already_yours";
    case outcome::startup_busy: return "startup_busy";
    case outcome::slot_held: return "slot_held";
    case outcome::mentor_unavailable: return "mentor_unavailable";
    case outcome::outside_booking_window: return "outside_booking_window";
    case outcome::limit_reached: return "limit_reached";
    case outcome::invalid_time: return "invalid_time";
    case outcome::held: return "held";
    case outcome::hold_expired: return "hold_expired";
    case outcome::released: return "released";
    case outcome::cancelled: return "cancelled";
    case outcome::already_cancelled: return "already_cancelled";
    case outcome::not_found: return "not_found";
    case outcome::rescheduled: return "rescheduled";
    }
    return {};
}

/** The outcome that `text` names, or nothing: words are exact and lower case. */
constexpr std::optional<outcome> outcome_from_word(std::string_view text) noexcept {
    for (outcome what : all_outcomes)
        if (word(what) == text)
            return what;
    return std::nullopt;
}

} // namespace slotguard
