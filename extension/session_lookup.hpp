// Which scheduled sessions stand where: read past privileges and policies.
#pragma once

#include <cstdint>
#include <optional>

#include "extension/booking_tables.hpp"
#include "extension/index_rows.hpp"
#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

/** A scheduled session as it stands in the table. */
struct scheduled_session {
    std::int64_t session_id;
    std::int64_t startup_id;
    local_time local;
    interval when;
};

constexpr interval interval_of(const scheduled_session& session) { return session.when; }

/** The rows that one of the table's indexes finds. Asked at every use: one that is not valid may lack
 *  rows. */
index_rows open_rows(const sessions_table& sessions, Oid sessions_table::*index, Snapshot snapshot,
                     std::span<const index_condition> conditions);

/** Nothing for a row whose instants were never filled in, as by a replica's or a bulk load's hand. */
std::optional<interval> time_of_row(const sessions_table& sessions, index_rows& rows);

/** Whose sessions: of a mentor, or of a startup. */
enum class whose { mentor, startup };

/**
 * The sessions that share time with `window`, the latest first. `key` is in the type of the table's
 * mentor_id or startup_id. Sessions of one mentor, as of one startup, are apart from each other, so
 * the first that ends too early ends the search.
 */
palloc_list<scheduled_session> find_sessions(const sessions_table& sessions, whose side, Datum key,
                                             interval window, Snapshot snapshot);

/** The time of the last of them but the row at `self`; nothing where there is no other. */
std::optional<interval> find_other_session(const sessions_table& sessions, whose side, Datum key,
                                           interval window, const ItemPointerData& self,
                                           Snapshot snapshot);

/**
 * A session near `around` that another one reaches into: one that overlaps it, or, where this
 * transaction wrote one of the two, that leaves less than `gap` between them. Sessions that are apart
 * from each other need no such look; it is for rows that may have hidden others from one another.
 */
std::optional<interval> find_overlap_near(const sessions_table& sessions, whose side, Datum key,
                                          interval around, elapsed gap, Snapshot snapshot);

/** The starts within `window` of all a mentor's sessions but cancelled ones, and but for the one that is
 *  named, if any; in no order. */
palloc_list<instant> find_counted_starts(const sessions_table& sessions, Datum mentor_key,
                                         interval window, std::optional<std::int64_t> but_for,
                                         Snapshot snapshot);

/** Whether a startup has so many scheduled sessions with a mentor that end after `now`. */
bool has_open_sessions(const sessions_table& sessions, Datum mentor_key, std::int64_t startup_id,
                       std::int32_t how_many, instant now, Snapshot snapshot);

/** The sessions that `unique_mentor_time_slot` holds for a mentor from one date and time to another, both
 *  included, at whatever instants; in the order of their dates and times. */
palloc_list<scheduled_session> find_sessions_at(const sessions_table& sessions, Datum mentor_key,
                                                local_time first, local_time last,
                                                Snapshot snapshot);

} // namespace slotguard
