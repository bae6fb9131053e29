// The times that somebody is filling in the form for: read past privileges and policies, as sessions are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

/** A hold as it stands in the table. */
struct slot_hold {
    pg_uuid_t token;
    std::int64_t startup_id;
    local_time local; ///< session_date and session_time
    interval when;
    instant created_at;
    instant expires_at;
    ItemPointerData place{}; ///< in its table, as it was read

    /** Nothing is to be done for it to end. */
    bool is_live(instant now) const { return now < expires_at; }
};

/** How many slots a startup holds at once. */
inline constexpr std::size_t most_live_holds = 5;

/** A mentor's holds that share time with `window`, live ones and others, in the order of their starts. */
palloc_list<slot_hold> find_holds(const holds_table& holds, Datum mentor_key, interval window,
                                  Snapshot snapshot);

/** Of a mentor's holds those that begin first, and no more than are worth a look by the way. */
palloc_list<slot_hold> find_earliest_holds(const holds_table& holds, Datum mentor_key,
                                           Snapshot snapshot);

/** Whether so many of a mentor's times ahead are held at `now`, by whomever: holds that are not committed yet
 *  count, and so do those that are being released. */
bool has_live_holds(const holds_table& holds, Datum mentor_key, std::int32_t how_many, instant now);

palloc_list<slot_hold> find_holds_of_startup(const holds_table& holds, std::int64_t startup_id,
                                             Snapshot snapshot);

/** A hold, and the mentor that it is with. */
struct mentors_hold {
    slot_hold hold;
    Datum mentor_key;
    const char* time_zone; ///< in which its date and time were read
};
std::optional<mentors_hold> find_hold(const holds_table& holds, const pg_uuid_t& token,
                                      Snapshot snapshot);

} // namespace slotguard
