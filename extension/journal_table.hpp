// The journal's table, booking_events: found beside our functions, kept per backend until it changes.
#pragma once

#include <cstdint>

#include "extension/postgres_headers.hpp"

namespace slotguard {

struct journal_table {
    Oid schema;
    Oid table;
    Oid by_event_id; ///< the primary key's index
    Oid sequence;    ///< of event_id
    Oid owner;
    Oid mentor_type;          ///< TEXTOID or UUIDOID
    std::uint64_t generation; ///< another number each time that the table was looked up anew
    bool is_plain;            ///< whether there is nothing beside our columns and the primary key
    AttrNumber event_id, event, session_id, mentor_id, startup_id, starts_at, ends_at;
    AttrNumber previous_starts_at, occurred_at, detail;
};

/**
 * Finds and locks the journal of that schema, and the sequence of its numbers, until the end of the
 * transaction, so that what was found stays true. 42P01 where there is none, 55000 where it is not
 * as setup_booking() made it: a sequence that caches would give numbers out of order.
 */
const journal_table& lock_journal(Oid schema, LOCKMODE mode);

/** The highest event_id that was drawn so far, by anybody, whether committed or not. */
std::int64_t last_drawn_event_id(const journal_table& journal);

} // namespace slotguard
