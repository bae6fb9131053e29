// What a session keeps of its past: how often calendars were told of a change, what it was booked as,
// and why it was cancelled. The trigger keeps it, whoever writes, and whatever the writer sets.
#pragma once

#include "extension/changed_columns.hpp"
#include "extension/session_row.hpp"

namespace slotguard {

/**
 * Sets calendar_sequence, booked_as and cancellation_reason in a row on its way into the table.
 * - calendar_sequence grows where the session moves, is cancelled, or comes back from that: a calendar
 *   that has the session takes in only what has a higher one (RFC 5545, 3.8.7.4).
 * - booked_as is what a session with an idempotency key was before its first move: a retry of the
 *   booking is answered so.
 * - cancellation_reason goes with the cancellation.
 */
void keep_history(const sessions_table& sessions, const session_row& before,
                  const session_row& after, changed_columns& changes);

} // namespace slotguard
