// What the list of slots says of a start, in the words of `available_slots`.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class slot_state {
    available, ///< book_session would book it
    booked,    ///< a scheduled session shares time with it
    held,      ///< somebody is filling in the form for it
    closed,    ///< past, too soon or too far ahead, a limit reached, or within a buffer
};

/** Every state, in the order of the enum. */
inline constexpr std::array all_slot_states{slot_state::available, slot_state::booked,
                                            slot_state::held, slot_state::closed};

/** The word that callers see in the column `state`. */
constexpr std::string_view word(slot_state state) noexcept {
    switch (state) {
    case slot_state::available: return "available";
    case slot_state::booked: return "booked";
    case slot_state::held: return "held";
    case slot_state::closed: return "closed";
    }
    return {};
}

/** The state that `text` names, or nothing: words are exact and lower case. */
constexpr std::optional<slot_state> slot_state_from_word(std::string_view text) noexcept {
    for (slot_state state : all_slot_states)
        if (word(state) == text)
            return state;
    return std::nullopt;
}

} // namespace slotguard
