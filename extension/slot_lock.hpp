// The queue for one slot: callers who want the same one line up here, before the last look.
#pragma once

#include "extension/session_store.hpp"

namespace slotguard {

/**
 * Locks the wish's mentor, date and time until the end of the transaction, waiting for whoever has
 * it. Needs no transaction id, writes no WAL. Two slots may share a lock (it is a 64-bit hash):
 * that costs a wait, never a wrong answer.
 */
void lock_slot(const sessions_table& sessions, const session_wish& wish);

} // namespace slotguard
