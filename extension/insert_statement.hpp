// Writes a row by an INSERT statement: the way that does whatever a table may ask for.
#pragma once

#include "extension/direct_insert.hpp"

namespace slotguard {

/** False where a trigger or rule dropped the row. The plan is kept for as long as `generation`, which
 *  changes whenever the table does, and the columns given stay the same. */
bool insert_by_statement(Relation table, std::uint64_t generation,
                         std::span<const column_value> row);

/** The same for a row that is there already, by one of the table's keys: it stays as it is. PostgreSQL
 *  asks the policies before the keys, so this is 42501 where the caller might not have written it. */
void insert_if_new(Relation table, std::span<const column_value> row);

} // namespace slotguard
