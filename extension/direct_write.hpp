// What the executor needs to write rows of one table without a statement.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** An executor state for one table, as PostgreSQL's apply worker makes it, but for the indexes: whoever
 *  inserts opens them. The triggers of what is written fire at end_write(), which closes them too. */
EState* begin_write(Relation table, ResultRelInfo*& target);
void end_write(EState* state, ResultRelInfo* target);

} // namespace slotguard
