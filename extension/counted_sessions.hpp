// How full a mentor's days and weeks are, where the mentor takes only so many sessions in each.
#pragma once

#include "extension/mentor.hpp"
#include "extension/session_lookup.hpp"

namespace slotguard {

/** The dates, on the mentor's clock of now, of all sessions but cancelled ones. */
class counted_sessions {
  public:
    /** What the limits ask for on the dates of `days`; reads nothing where there are none. */
    static counted_sessions find(const sessions_table& sessions, const mentor& who, day_span days,
                                 Snapshot snapshot);

    /** The limit that leaves no room for one more session on that date, one of `days`. */
    std::optional<session_limit> limit_reached_on(day_number day) const {
        return reached_limit(limits_, dates_.all(), day);
    }

  private:
    session_limits limits_;
    palloc_list<day_number> dates_; ///< sorted
};

} // namespace slotguard
