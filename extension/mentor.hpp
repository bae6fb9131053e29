// Who is booked: a mentor's key, clock, settings and hours, kept per backend until they change.
#pragma once

#include "core/booking_window.hpp"
#include "core/duration.hpp"
#include "core/limits.hpp"

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"
#include "extension/postgres_headers.hpp"
#include "extension/recurrence.hpp"

namespace slotguard {

/** What a mentor has set. */
struct mentor {
    Datum key;    ///< mentor_id in the type of the tables
    Oid key_type; ///< text or uuid
    mentor_clock clock;
    elapsed slot_duration;
    Interval slot_duration_as_set; ///< as it stands in mentor_settings
    Interval minimum_notice;
    Interval booking_horizon;
    buffers around; ///< kept free around each session
    session_limits limits;

    /** The date on which a session counts that begins then. */
    day_number day_of(instant starts_at) const { return date_of(clock.local_of(starts_at)); }

    /** The starts that can be booked at `now`. */
    bookable_range bookable_at(instant now) const {
        return {.earliest = clock.moved(now, minimum_notice),
                .latest = clock.moved(now, booking_horizon)};
    }
};

/** All that the tables say of a mentor. */
struct mentor_record {
    mentor settings; ///< the defaults for a mentor without a row
    bool has_hours;  ///< whether there is a row of hours of either kind
    palloc_list<recurring_hours> rules;
    palloc_list<interval> extra_hours; ///< in no order
    palloc_list<interval> time_off;    ///< sorted and apart from each other
    instant time_off_from;             ///< what was over by then is not among it

    /** The stretches of `known`, sorted and apart from each other: see find_stretches(). */
    palloc_list<interval> stretches;
    std::optional<interval> known;
};

/**
 * What is committed of a mentor, and what this transaction has changed itself, whatever its
 * snapshot: rules bind by what they are now. Valid until the next call of this function.
 */
mentor_record& recall_mentor(const mentor_tables& tables, Datum key);

/** The same, for questions about times from `from` on: time off of long ago is read for one question, and not
 *  remembered. */
mentor_record& recall_mentor_from(const mentor_tables& tables, Datum key, instant from);

/** mentor_id in the type of the tables; 22P02 where they hold uuids and it is none. */
Datum mentor_key(const mentor_tables& tables, text* mentor_id);

/** The same of what a caller passes; 22023 where it is longer than 255 characters. */
Datum mentor_argument(const mentor_tables& tables, text* mentor_id);

/** 22023 where a mentor's key is longer than an index holds in any encoding: 255 characters. */
bool check_mentor_key(Datum key, Oid key_type);

/** The mentor's key as text, for errors. */
const char* spelled_key(const mentor& who);

/** The settings alone, by value, for the caller's own key. */
inline mentor settings_of(const mentor_tables& tables, Datum key) {
    mentor who = recall_mentor(tables, key).settings;
    who.key = key;
    return who;
}

/** Whether the mentor's settings are still those of `who`. */
bool has_settings(const mentor_tables& tables, const mentor& who);

/** The words of a text value, without a copy unless it is compressed. */
inline std::string_view words_of(Datum value) {
    const text* words = DatumGetTextPP(value);
    return {VARDATA_ANY(words), std::size_t(VARSIZE_ANY_EXHDR(words))};
}

/** A session's length in microseconds; 22023 where it is not over zero and at most 24 hours. */
elapsed session_length_of(const Interval& duration);

} // namespace slotguard
