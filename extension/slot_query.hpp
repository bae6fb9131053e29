// What is asked of the list of slots, and of the judge of one wish.
#pragma once

#include <cstdint>
#include <optional>

#include "extension/mentor.hpp"

namespace slotguard {

/** One mentor, one length of session, one moment, one snapshot. */
struct slot_query {
    booking_tables tables;
    mentor who;
    elapsed length;
    instant now;             ///< by which holds have expired
    bookable_range bookable; ///< of this moment
    Snapshot snapshot;
    /** A session that is looked past, as if it were not there. */
    std::optional<std::int64_t> but_for = std::nullopt;

    interval slot_at(instant start) const { return *interval::make(start, start + length); }
};

} // namespace slotguard
