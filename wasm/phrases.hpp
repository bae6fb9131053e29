// What a language must be able to say. A new language is one more file in wasm/languages/ and
// one more line in its table; nothing else asks which language it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/message.hpp"
#include "core/outcome.hpp"
#include "core/slot_state.hpp"

namespace slotguard {

/**
 * The words of one language. The functions are switches over core's enums, so a new outcome or
 * state does not compile until each language speaks of it. In the patterns, `{name}` stands for
 * what `say` is given under that name.
 */
struct phrases {
    std::string_view language; ///< BCP 47 tag, e.g. `de`
    std::string_view (*title)(outcome);
    std::string_view (*body)(outcome, booking_window, session_limit);
    std::string_view (*state)(slot_state);
    std::string_view in_the_past;        ///< a closed slot that has begun
    std::string_view today;              ///< heading: {day}
    std::string_view tomorrow;           ///< heading: {day}
    std::string_view day_and_time;       ///< {day} {time}
    std::string_view slot;               ///< {when} {zone} {state}
    std::string_view slot_of_other_zone; ///< {when} {zone} {mentor_when} {mentor_zone} {state}
};
static_assert(std::is_trivially_destructible_v<phrases>);

/** A name in a pattern and what stands there when it is said. */
struct filling {
    std::string_view name;
    std::string_view text;
};

/** The pattern with each `{name}` filled in once: text that holds braces itself stays text. */
template <std::size_t count>
std::string say(std::string_view pattern, const filling (&fillings)[count]) {
    std::string said;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        const auto close = pattern.find('}', open);
        said += pattern.substr(0, open);
        if (close == std::string_view::npos)
            break;
        for (const filling& each : fillings)
            if (each.name == pattern.substr(open + 1, close - open - 1))
                said += each.text;
        pattern.remove_prefix(close + 1);
    }
    return said;
}

constexpr bool has_each_body(const phrases& words, outcome what) noexcept {
    for (booking_window window : {booking_window::too_late, booking_window::too_early})
        for (session_limit limit : all_session_limits)
            if (words.body(what, window, limit).empty())
                return false;
    return true;
}

/** Whether the language has a word for everything; asked of each language as it compiles. */
constexpr bool says_everything(const phrases& words) noexcept {
    for (outcome what : all_outcomes)
        if (words.title(what).empty() || !has_each_body(words, what))
            return false;
    for (slot_state state : all_slot_states)
        if (words.state(state).empty())
            return false;
    return !words.language.empty() && !words.in_the_past.empty() && !words.today.empty() &&
           !words.tomorrow.empty() && !words.day_and_time.empty() && !words.slot.empty() &&
           !words.slot_of_other_zone.empty();
}

} // namespace slotguard
