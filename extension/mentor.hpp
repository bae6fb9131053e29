// Who is booked: a mentor's key, clock and settings.
#pragma once

#include "core/booking_window.hpp"
#include "core/duration.hpp"

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"
#include "extension/postgres_headers.hpp"

namespace slotguard {

struct mentor {
    Oid key_type; ///< TEXTOID or UUIDOID
    Datum key;    ///< mentor_id in the type of the tables
    mentor_clock clock;
    elapsed slot_duration;
    Interval slot_duration_as_set; ///< as it stands in mentor_settings
    Interval minimum_notice;
    Interval booking_horizon;

    /** The starts that can be booked at `now`. */
    bookable_range bookable_at(instant now) const {
        return {.earliest = clock.moved(now, minimum_notice),
                .latest = clock.moved(now, booking_horizon)};
    }
};

/**
 * Reads a mentor's settings under `snapshot`; one without a row has the defaults.
 * 22P02 where the tables hold uuids and `mentor_id` is none.
 */
mentor read_mentor(const mentor_tables& tables, text* mentor_id, Snapshot snapshot);
/** The same for a key in the tables' own type. */
mentor read_mentor_by_key(const mentor_tables& tables, Datum key, Snapshot snapshot);

/** A session's length in microseconds; 22023 where it is not over zero and at most 24 hours. */
elapsed session_length_of(const Interval& duration);

} // namespace slotguard
