// The few statements that write holds.
#pragma once

#include <span>

#include "extension/holds.hpp"
#include "extension/session_store.hpp"

namespace slotguard {

/** Writes a hold as the caller. 42501 without the privilege or against a policy. */
slot_hold insert_hold(const holds_table& holds, const session_wish& wish, instant expires_at);

/** 42501 where row-level policies bind the caller and would refuse such a hold: asked before anything about
 *  the startup is reported. */
void check_hold_policy(const holds_table& holds, const session_wish& wish, instant expires_at);

/** 42501 where the caller lacks INSERT on a column that a hold fills. */
void check_may_hold(const holds_table& holds);

/** Deletes these holds as the owner of their table, and waits for nobody: who has the guard's locks may
 *  not. What somebody else is changing or deleting at this moment is left to them. */
void sweep_holds(const holds_table& holds, std::span<const slot_hold> which);

/** Deletes this one as the owner of the table, after whoever is at it. False where it is no longer what it
 *  was; 55000 where a trigger keeps it. */
bool take_away_hold(const holds_table& holds, const slot_hold& hold);

} // namespace slotguard
