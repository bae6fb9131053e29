// What others are filling in the form for, as it stands against a mentor's times in one snapshot.
#pragma once

#include <optional>

#include "extension/holds.hpp"
#include "extension/slot_query.hpp"

namespace slotguard {

/** The live holds of a mentor about the slots that start within one stretch of time. They are read
 *  when they are first asked for. */
class held_times {
  public:
    /** `startup_id` is the one who wishes to book, whose own holds are never in its way. */
    held_times(const slot_query& query, interval starts, std::optional<std::int64_t> startup_id)
        : query_{query}, starts_{starts}, startup_id_{startup_id} {}

    /** What others' holds are to a slot. */
    struct rivals {
        std::optional<instant>
            expire_at;              ///< when the last of those is over that share time with it
        bool only_too_near = false; ///< none of them, but one that leaves too little room
    };
    rivals against(interval slot);

    /** The startup's own that share time with a slot. */
    palloc_list<slot_hold> own(interval slot);
    /** Those nearby that are over, and still in the table. */
    std::span<const slot_hold> expired() &;

  private:
    using holds = palloc_list<slot_hold>;

    void read();
    std::span<const slot_hold> live() &;
    bool is_own(const slot_hold& hold) const { return startup_id_ == hold.startup_id; }

    const slot_query& query_;
    interval starts_;
    std::optional<std::int64_t> startup_id_;
    bool are_read_ = false;
    holds live_; ///< in the order of their starts
    holds expired_;
};

} // namespace slotguard
