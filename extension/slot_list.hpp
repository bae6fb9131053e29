// The list of slots, and the ways through it: from one end to the other, the next, the nearest.
#pragma once

#include "core/slot_state.hpp"

#include "extension/palloc_list.hpp"
#include "extension/slot_query.hpp"

namespace slotguard {

struct listed_slot {
    instant starts_at;
    instant ends_at;
    local_time local;
    slot_state state;
};

/** Every slot that starts within `starts`, whatever its state, in order; none where the mentor has set
 *  no hours. */
palloc_list<listed_slot> list_slots(const slot_query& query, interval starts);

/** Up to five slots nearest to `wish`, nearest first, each of which that startup could book. */
palloc_list<listed_slot> nearest_available(const slot_query& query, std::int64_t startup_id,
                                           instant wish);

/** The first `how_many` available slots that start after `after`. */
palloc_list<listed_slot> next_available(const slot_query& query, instant after,
                                        std::size_t how_many);

} // namespace slotguard
