// The guard: no two scheduled sessions of a mentor, nor of a startup, share an instant.
#pragma once

#include "extension/guard_locks.hpp"

namespace slotguard {

/**
 * Looks for sessions beside one that has just been written at `place`, under the guard's locks:
 * 23P01 with the constraint's name where it overlaps one of its mentor or of its startup.
 * `clock` spells the times in the message.
 */
void check_written_session(Relation table, const sessions_table& sessions,
                           const claimed_time& claim, ItemPointerData place,
                           const mentor_clock& clock);

} // namespace slotguard
