// The few statements that read and write sessions.
#pragma once

#include <cstdint>
#include <optional>

#include "core/interval.hpp"

#include "extension/mentor.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

/** A session that somebody wishes for. */
struct session_wish {
    mentor who;
    std::int64_t startup_id;
    local_time local; ///< session_date and session_time
    interval when;
};

/** A scheduled session as it stands in the table. */
struct scheduled_session {
    std::int64_t session_id;
    std::int64_t startup_id;
    local_time local;
    interval when;
};

/** The scheduled session in `unique_mentor_time_slot` for the wish's mentor, date and time. */
std::optional<scheduled_session> find_session_at(const sessions_table& sessions,
                                                 const session_wish& wish, Snapshot snapshot);

/** A mentor's scheduled sessions near `window`, in no order: all that share time with it, or stand
 *  at a local date and time of it, and some more. */
palloc_list<scheduled_session> find_sessions_around(const sessions_table& sessions,
                                                    const mentor& who, interval window,
                                                    Snapshot snapshot);

/** Whether the caller may see that session: always, unless row-level policies bind the caller. */
bool is_shown_to_caller(const sessions_table& sessions, std::int64_t session_id);

/**
 * Writes the session as the caller, and gives its id. Hold the slot's lock, and have
 * seen under it that the slot is free. 42501 without the privilege or against a policy.
 */
std::int64_t insert_session(const sessions_table& sessions, const session_wish& wish);

/** startup_id in the type of the table's column; 22003 where it is out of that type's range. */
Datum startup_datum(const sessions_table& sessions, std::int64_t startup_id);

/** 42501 where the caller lacks INSERT on a column that a booking fills. */
void check_may_book(const sessions_table& sessions);

} // namespace slotguard
