// The few statements that write sessions, and ask what the caller may see.
#pragma once

#include <cstdint>
#include <optional>

#include "core/interval.hpp"

#include "extension/guard_locks.hpp"
#include "extension/mentor.hpp"

namespace slotguard {

/** A session that somebody wishes for. */
struct session_wish {
    mentor who;
    std::int64_t startup_id;
    local_time local; ///< session_date and session_time
    interval when;
    std::optional<Datum> idempotency_key = std::nullopt;
    std::optional<Datum> visitor_note = std::nullopt; ///< for the mentor; no answer tells it

    claimed_time claim() const { return {who.key, startup_id, local, when, who.around}; }
};

/** Whether the caller may see that session: always, unless row-level policies bind the caller. */
bool is_shown_to_caller(const sessions_table& sessions, std::int64_t session_id);

/** 42501 where row-level policies bind the caller and would refuse the session: asked before anything about
 *  the startup is reported. */
void check_session_policy(const sessions_table& sessions, const session_wish& wish);

/**
 * Writes the session as the caller, and gives its id. Hold the guard's locks, and have seen under
 * them that the time is free. 42501 without the privilege or against a policy.
 */
std::int64_t insert_session(const sessions_table& sessions, const session_wish& wish);

/** 55000: nothing is told that was not written. */
[[noreturn]] void session_changed_on_its_way();

/** 42501 where the caller lacks INSERT on a column that a booking fills: those of a key and of a note only
 *  where there is one. */
void check_may_book(const sessions_table& sessions, bool with_key, bool with_note);

/** 42501 where the caller lacks UPDATE on a column that a move changes. */
void check_may_move(const sessions_table& sessions);

} // namespace slotguard
