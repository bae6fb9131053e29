// When a mentor can be booked at all: recurring hours and one-off overrides, as instants.
#pragma once

#include "core/stretch.hpp"

#include "extension/mentor.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

struct mentor_hours {
    bool are_set; ///< false: no hours of either kind, so any time can be booked and none is listed
    palloc_list<interval> stretches; ///< sorted, apart from each other, each whole from its start
    palloc_list<interval> time_off;  ///< in no order
};

/**
 * The stretches that share time with `window`, and the time off within it, under `snapshot`.
 * A stretch that began before the window is followed back to its start, where its grid begins.
 */
mentor_hours read_hours(const mentor_tables& tables, const mentor& who, interval window,
                        Snapshot snapshot);

} // namespace slotguard
