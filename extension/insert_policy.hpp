// Row-level policies of an INSERT, asked before anything is reported that a refused caller may not know.
#pragma once

#include "extension/direct_insert.hpp"

namespace slotguard {

/**
 * 42501 where row-level policies bind the caller and refuse that row, as an INSERT of it would end; it
 * is not written. As an INSERT asks them, the policies see the row as BEFORE triggers leave it: those
 * of others are fired, `own_triggers` are not, and columns that are left out have their defaults. No
 * number is drawn from a sequence: a column that would have one is NULL for the policies.
 */
void check_insert_policy(Relation table, std::span<const column_value> row,
                         std::span<const Oid> own_triggers);

} // namespace slotguard
