// Writes a row by an INSERT statement: the way that does whatever a table may ask for.
#pragma once

#include "extension/direct_insert.hpp"

namespace slotguard {

/** False where a trigger or rule dropped the row. The plan is kept for as long as `generation`, which
 *  changes whenever the table does, and the columns given stay the same. */
bool insert_by_statement(Relation table, std::uint64_t generation,
                         std::span<const column_value> row);

/** The statement, prepared inside SPI_connect(): PostgreSQL has put into it what the caller's policies ask. */
SPIPlanPtr prepare_insert(Relation table, std::span<const column_value> row);

} // namespace slotguard
