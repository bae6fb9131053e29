// Deletes a row where it lies. A DELETE statement would look for it first: under SERIALIZABLE that locks
// the pages it reads against strangers, and a row that is gone by then is 40001 from REPEATABLE READ on.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

enum class deletion {
    done,
    left,   ///< a BEFORE trigger wants it to stay
    missed, ///< somebody else has changed or deleted it, or is about to and is not waited for
};

/** Deletes that version of a row, which some snapshot has shown; its triggers fire. A rule is not asked,
 *  as by PostgreSQL's own foreign keys and replication. The caller has locked the table, and acts as
 *  who may delete. */
deletion delete_directly(Relation table, ItemPointerData place, LockWaitPolicy if_locked);

} // namespace slotguard
