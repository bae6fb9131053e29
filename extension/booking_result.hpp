// Packs an answer into the composite type booking_result: the same words for every caller.
#pragma once

#include <cstdint>
#include <optional>

#include "core/message.hpp"
#include "core/outcome.hpp"

#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"
#include "extension/postgres_headers.hpp"
#include "extension/slot_list.hpp"

namespace slotguard {

/** The session or the wish that an answer speaks of. */
struct session_facts {
    text* mentor_id;
    std::int64_t startup_id;
    local_time local;
    std::optional<interval> when; ///< nothing where the clock skips that time
    const char* time_zone;
};

struct booking_answer {
    outcome what;
    booking_window window = booking_window::too_late; ///< for outside_booking_window
    session_limit limit = session_limit::per_day;     ///< for limit_reached
    std::optional<std::int64_t> session_id;
    std::optional<session_facts> session; ///< nothing for not_found
    bool is_replayed = false;
    const char* hint = nullptr; ///< instead of the outcome's own
    std::optional<pg_uuid_t> hold_token = std::nullopt;
    std::optional<instant> expires_at = std::nullopt;
    palloc_list<listed_slot> alternatives;
};

/** The answer as the calling function's result. */
Datum pack(FunctionCallInfo fcinfo, const booking_answer& answer);

} // namespace slotguard
