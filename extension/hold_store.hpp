// The few statements that write holds.
#pragma once

#include <span>

#include "extension/holds.hpp"
#include "extension/session_store.hpp"

namespace slotguard {

/** Writes a hold as the caller. 42501 without the privilege or against a policy. */
slot_hold insert_hold(const holds_table& holds, const session_wish& wish, instant expires_at);

/** 42501 where the caller lacks INSERT on a column that a hold fills. */
void check_may_hold(const holds_table& holds);

/** What to do about a hold that somebody else is deleting at this moment: leave it to them, as whoever
 *  has the guard's locks must, or wait for them. */
enum class meeting_locked { passes, waits };

/** Deletes these holds as the owner of their table; tells how many it deleted. */
std::uint64_t delete_holds(const holds_table& holds, std::span<const slot_hold> which,
                           meeting_locked how);

} // namespace slotguard
