// Idempotency keys: what a startup has booked under one already.
#pragma once

#include <cstdint>
#include <optional>

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"

namespace slotguard {

/** A booking that a key was used for, as it was first answered. */
struct kept_booking {
    std::int64_t session_id;
    Datum mentor_key;
    local_time local; ///< session_date and session_time
    interval when;
    const char* time_zone;
    /** What became of it since; nullptr where it stands as it was booked. */
    const char* hint;
};

/** Past policies: what may be reported of it is asked afterwards. */
std::optional<kept_booking> find_by_key(const sessions_table& sessions, std::int64_t startup_id,
                                        Datum idempotency_key, Snapshot snapshot);

/** Whether both keys are one mentor, as unique_mentor_time_slot compares them. */
bool is_same_mentor(const sessions_table& sessions, Datum one, Datum other);

} // namespace slotguard
