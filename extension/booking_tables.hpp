// The tables of the schema that the extension was installed in: found by that schema's OID, never
// through search_path, and kept per backend until PostgreSQL says that one of them changed.
#pragma once

#include <array>
#include <cstdint>

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** mentor_settings, mentor_availability and mentor_availability_overrides. */
struct mentor_tables {
    Oid schema;
    Oid mentor_type; ///< TEXTOID or UUIDOID
    struct {
        Oid table, by_mentor;
        AttrNumber time_zone, slot_duration, minimum_notice, booking_horizon;
        AttrNumber buffer_before, buffer_after;
        AttrNumber max_sessions_per_day, max_sessions_per_week, max_sessions_per_startup;
        AttrNumber max_holds;
    } settings;
    struct {
        Oid table, by_mentor;
        AttrNumber mentor_id, rrule, opens, closes, valid_from, valid_until;
    } availability;
    struct {
        Oid table, by_mentor;
        AttrNumber during, available;
    } overrides;
};

/** mentor_startup_sessions and the indexes that the decision rests on. */
struct sessions_table {
    Oid schema;
    Oid table;
    Oid by_slot;              ///< unique_mentor_time_slot
    Oid by_mentor;            ///< scheduled sessions by (mentor_id, starts_at)
    Oid by_startup;           ///< scheduled sessions by (startup_id, starts_at)
    Oid done_by_mentor;       ///< completed and no_show ones by (mentor_id, starts_at)
    Oid by_key;               ///< unique_idempotency_key: (startup_id, idempotency_key)
    Oid mentor_type;          ///< TEXTOID or UUIDOID
    Oid mentor_collation;     ///< the index's, which says what spellings are one mentor
    Oid key_collation;        ///< likewise, of one idempotency key
    Oid startup_type;         ///< INT2OID, INT4OID or INT8OID
    std::array<Oid, 3> guard; ///< its triggers, by their OIDs
    bool is_guarded;          ///< whether they are all there and enabled
    Oid sole_journal;       ///< its trigger that journals, where none of others fires after INSERT
    bool has_the_last_word; ///< whether no BEFORE trigger of others fires after it on INSERT
    bool is_prepared;       ///< whether that is so for UPDATE too: rows are stored as prepared
    bool is_alone_before;   ///< whether no BEFORE trigger of others fires on INSERT at all
    std::uint64_t generation; ///< another number each time that the tables were looked up anew
    AttrNumber session_id;    ///< `id`, or `session_id` where `id` is no bigint
    AttrNumber mentor_id, startup_id, session_date, session_time;
    AttrNumber duration, time_zone, starts_at, ends_at, status, updated_at;
    AttrNumber idempotency_key, booked_as, cancellation_reason, calendar_sequence, visitor_note;
};

/** slot_holds: the times that somebody is filling in the form for. */
struct holds_table {
    Oid schema;
    Oid table;
    Oid by_token;    ///< the primary key
    Oid by_mentor;   ///< by (mentor_id, starts_at)
    Oid by_startup;  ///< by startup_id
    Oid mentor_type; ///< TEXTOID or UUIDOID
    Oid owner;
    std::uint64_t generation; ///< as that of the sessions
    AttrNumber id, hold_token, mentor_id, startup_id, session_date, session_time, duration;
    AttrNumber time_zone, starts_at, ends_at, expires_at, created_at;
};

/** The schema where our tables stand: that of the function that is being called, or, where it is one of
 *  slotguard_internal, that of the extension. */
Oid schema_of_function(FunctionCallInfo fcinfo);

/**
 * The tables that stand beside the function that is being called.
 * 42P01 where there are none yet, 55000 where one of them is not as setup_booking() made it.
 */
const mentor_tables& find_mentor_tables(FunctionCallInfo fcinfo);
const sessions_table& find_sessions_table(FunctionCallInfo fcinfo);
const holds_table& find_holds_table(FunctionCallInfo fcinfo);

/** The schema of the trigger functions; InvalidOid where there is none. */
Oid find_internal_schema();

/** All of them, which agree on the mentors' key. */
struct booking_tables {
    const mentor_tables& mentors;
    const sessions_table& sessions;
    const holds_table& holds;
};

/** Finds them and locks the sessions until the end of the transaction, so that what was found stays
 *  true: whoever alters the table has to wait, or has been waited for. */
booking_tables lock_booking_tables(FunctionCallInfo fcinfo, LOCKMODE mode);

/** Looks up anew, into what the argument refers to: an index that was found has been replaced, as by
 *  REINDEX CONCURRENTLY, or is on its way out, which is 55000. */
void look_again(const sessions_table& sessions);
void look_again(const mentor_tables& mentors);
void look_again(const holds_table& holds);

/** Locks the mentors' tables before they are read, with the same promise; 55000 where their key
 *  changed its type meanwhile. */
void lock_mentor_tables(const mentor_tables& tables);

/** Locks slot_holds before it is read or written, with the same promise. */
void lock_holds_table(const holds_table& holds, LOCKMODE mode);

} // namespace slotguard
