// What stands against a mentor's times in one snapshot: sessions, and what the unique index holds.
#pragma once

#include <optional>
#include <span>

#include "extension/session_lookup.hpp"
#include "extension/slot_query.hpp"

namespace slotguard {

/** What stands against the slots that start within one stretch of time. Each index is read when it is
 *  first asked for. */
class taken_times {
  public:
    taken_times(const slot_query& query, interval starts) : query_{query}, starts_{starts} {}

    /** The mentor's sessions that share time with `slot` or are too near to it, in order. */
    std::span<const scheduled_session> near(interval slot) &;

    /** The session that stands in `unique_mentor_time_slot` at that date and time, at whatever
     *  instant: where the mentor changed zone, say. */
    const scheduled_session* standing_at(local_time local) &;

    /** A session of that startup, with whatever mentor, that shares time with `slot`. Always the same
     *  startup, for one object. */
    const scheduled_session* of_startup(std::int64_t startup_id, interval slot) &;

    /** The starts about that of `slot` from which it would meet the mentor's sessions, as it does where
     *  it stands; nothing where it meets none. */
    std::optional<interval> blocked_around(interval slot);

  private:
    using sessions = palloc_list<scheduled_session>;

    bool reads_once() const;
    void read_mentors();
    void read_by_local_time();

    /** From the first slot's start to the end of the last one. */
    interval whole_time() const { return starts_.widened(0, query_.length - 1); }

    const slot_query& query_;
    interval starts_;
    std::optional<sessions> mentors_;
    std::optional<sessions> by_local_time_;
    std::optional<sessions> startups_;
};

} // namespace slotguard
