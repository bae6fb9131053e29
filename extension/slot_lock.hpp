// The queue for one slot: whoever is about to write a session of it lines up here, call and plain
// writer alike, so that the last look sees all who came before.
#pragma once

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"

namespace slotguard {

/** A slot's place in the lock table. Two slots may share one (it is a 64-bit hash): that costs a
 *  wait, never a wrong answer. */
enum class slot_lock : uint64 {};

/** `mentor_key` is in the type of the table's mentor_id. */
slot_lock lock_of_slot(const sessions_table& sessions, Datum mentor_key, local_time local);

/**
 * Takes these locks in one order for all, waiting for whoever has them, until the end of the
 * transaction. Needs no transaction id, writes no WAL. A transaction that writes many sessions takes
 * the table instead as soon as nobody else writes to it, since the lock table is small.
 */
void take_slot_locks(const sessions_table& sessions, std::span<slot_lock> locks);

/** Takes one lock, if nobody has it or waiting for whoever has. False where none was taken: somebody
 *  has it, or the transaction has the table to itself. */
bool try_slot_lock(const sessions_table& sessions, slot_lock lock);
bool take_slot_lock(const sessions_table& sessions, slot_lock lock);

/** Gives back a lock that was taken, where nothing was written under it. */
void release_slot_lock(slot_lock lock);

} // namespace slotguard
