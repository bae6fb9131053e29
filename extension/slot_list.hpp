// The list of slots: what available_slots shows, and by which book_session judges a wish.
#pragma once

#include "core/slot_state.hpp"

#include "extension/mentor.hpp"
#include "extension/palloc_list.hpp"
#include "extension/session_lookup.hpp"

namespace slotguard {

struct listed_slot {
    instant starts_at;
    instant ends_at;
    local_time local;
    slot_state state;

    interval when() const { return *interval::make(starts_at, ends_at); }
};

/** What a list is made for: one mentor, one length of session, one moment, one snapshot. */
struct slot_query {
    const mentor_tables& tables;
    const sessions_table& sessions;
    mentor who;
    elapsed length;
    instant now;
    Snapshot snapshot;
};

struct slot_list {
    bool has_hours;                 ///< false: the mentor has set no hours, so nothing is listed
    palloc_list<listed_slot> slots; ///< ordered by starts_at
};

/** Every slot that starts within `starts`, whatever its state. */
slot_list list_slots(const slot_query& query, interval starts);

/** Whether the mentor has set hours: else there is no list, and any time may be asked for. */
bool has_hours(const mentor_tables& tables, const mentor& who);

/** Whether the mentor's hours and time off offer that start, whoever has booked it. */
enum class offered { no, yes, no_hours_set };
offered is_offered(const slot_query& query, instant starts_at);

/** Up to five available slots nearest to `wish`, nearest first, at times when the startup has no
 *  session of its own. */
palloc_list<listed_slot> nearest_available(const slot_query& query, std::int64_t startup_id,
                                           instant wish);

/** The first `how_many` available slots that start after `after`. */
palloc_list<listed_slot> next_available(const slot_query& query, instant after,
                                        std::size_t how_many);

} // namespace slotguard
