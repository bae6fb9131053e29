// The four words of a session's status, and which of them may follow which: for every writer.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class session_status { scheduled, completed, cancelled, no_show };

/** Every status, in the order of the enum. */
inline constexpr std::array all_session_statuses{
    session_status::scheduled, session_status::completed, session_status::cancelled,
    session_status::no_show};

/** The word in `mentor_startup_sessions.status`. */
constexpr std::string_view word(session_status status) noexcept {
    switch (status) {
    case session_status::scheduled: return "scheduled";
    case session_status::completed: return "completed";
    case session_status::cancelled: return "cancelled";
    case session_status::no_show: return "no_show";
    }
    return {};
}

/** The status that `text` names, or nothing: words are exact and lower case. */
constexpr std::optional<session_status> status_from_word(std::string_view text) noexcept {
    for (session_status status : all_session_statuses)
        if (word(status) == text)
            return status;
    return std::nullopt;
}

/**
 * Whether a session of one status can be set to another. What is over can be corrected: the mentor
 * may have taken a late startup for one that never came. Everything else goes by way of `scheduled`,
 * where the guard looks whether the time is still free.
 */
constexpr bool can_become(session_status from, session_status to) noexcept {
    using enum session_status;
    switch (from) {
    case scheduled: return true;
    case completed: return to != cancelled;
    case no_show: return to != cancelled;
    case cancelled: return to == cancelled || to == scheduled;
    }
    return false;
}

} // namespace slotguard
