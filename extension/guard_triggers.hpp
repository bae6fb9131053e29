// Which triggers the sessions' table has: whether the guard's are there and enabled, and what those of
// others leave to a call.
#pragma once

#include "extension/booking_tables.hpp"

namespace slotguard {

/** Fills in what `sessions` says of triggers. They fire in the order of their names, in which the
 *  relation cache holds them. */
void find_guard_triggers(Relation table, sessions_table& sessions);

} // namespace slotguard
