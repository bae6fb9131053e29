// When a zone's clock is changed, and how: by PostgreSQL's own time zone data.
#pragma once

#include "core/interval.hpp"

#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

/** From `when` on the clock stands `offset` away from UTC. */
struct clock_change {
    instant when;
    elapsed offset_before;
    elapsed offset;
    bool is_summer;
    const char* abbreviation; ///< "CEST"

    local_time local_before() const { return when + offset_before; } ///< as the clock shows it then
};

/**
 * The change by which the clock came to stand as it does at the start of `meantime`, and each after
 * that until a day after its end. Where there was none before, one that changes nothing, early enough.
 */
palloc_list<clock_change> find_clock_changes(const mentor_clock& clock, interval meantime);

/** Whether the clock shows the local time of `when` a second time, before or after it. */
bool is_shown_twice(const palloc_list<clock_change>& changes, instant when);

} // namespace slotguard
