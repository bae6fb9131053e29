// How full a mentor's days and weeks are, where the mentor takes only so many sessions in each.
#pragma once

#include "extension/palloc_list.hpp"
#include "extension/slot_query.hpp"

namespace slotguard {

/** The dates, on the mentor's clock of now, of all sessions but cancelled ones, and of what others hold:
 *  a place that somebody is filling in the form for is not given away. */
class counted_sessions {
  public:
    /** What the limits ask for about sessions that start within `starts`, for that startup, if for any;
     *  reads nothing where the mentor has set none. */
    static counted_sessions find(const slot_query& query, interval starts,
                                 std::optional<std::int64_t> startup_id);

    /** The limit that leaves no room for one more session on that date, the date of such a start. */
    std::optional<session_limit> limit_reached_on(day_number day) const {
        return reached_limit(limits_, dates_.all(), day);
    }

  private:
    session_limits limits_;
    palloc_list<day_number> dates_; ///< sorted
};

} // namespace slotguard
