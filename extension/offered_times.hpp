// The starts that a mentor offers, whoever has booked them: hours, grid, time off, and the clock.
#pragma once

#include <optional>
#include <span>

#include "core/stretch.hpp"

#include "extension/mentor.hpp"

namespace slotguard {

/** The starts within one stretch of time, for sessions of one length. Valid as long as the record. */
class offered_times {
  public:
    /** The starts from that of `starts` on and before its end. */
    offered_times(mentor_record& record, elapsed length, interval starts);

    /** Whether the mentor has set hours: else there is no list, and any time may be asked for. */
    bool are_set() const { return record_.has_hours; }
    bool has(instant start) const;
    /** The first one at or after `from`. */
    std::optional<instant> next(instant from) const;

  private:
    /** Worked out when they are first asked for, and then kept. */
    std::span<const interval> stretches() const&;
    grid grid_of(interval stretch) const;
    /** The end of the time off that a session from `start` on would meet. */
    std::optional<instant> time_off_until(instant start) const;
    /** A local time that the clock shows twice is offered once, as it is read. */
    bool is_as_read(instant start) const;

    mentor_record& record_;
    elapsed length_;
    interval starts_;
    mutable std::optional<std::span<const interval>> stretches_;
};

} // namespace slotguard
