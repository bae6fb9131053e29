// Mentors whom this backend has read already. PostgreSQL's own relation-cache messages say when to
// forget them: the trigger announce_mentor_change() sends one whenever a row of theirs changes.
#pragma once

#include "extension/mentor.hpp"

namespace slotguard {

/** Reads a mentor from the tables, into the current memory context, but for time off that was over by then. */
mentor_record read_mentor(const mentor_tables& tables, Datum key, Snapshot snapshot,
                          instant time_off_from);

/** Until this transaction ends: it changes mentors, and may yet take that back. */
void remember_no_mentor_until_the_end();

} // namespace slotguard
