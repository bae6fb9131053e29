// When a mentor can be booked at all: recurring hours and extra hours, as stretches of instants.
#pragma once

#include "core/stretch.hpp"

#include "extension/mentor.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {

/**
 * The stretches that share time with `window`, sorted and apart from each other; valid until the
 * next call for this record, in the current memory context. One that began before the window is followed
 * back to its start, where its grid begins. More than was asked for is worked out, and kept in the record
 * unless it is long.
 */
std::span<const interval> find_stretches(mentor_record& record, interval window);

} // namespace slotguard
