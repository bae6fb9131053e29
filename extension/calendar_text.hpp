// A session as an iCalendar object (RFC 5545): libical builds the components and prints them, which
// escapes texts and folds lines.
#pragma once

#include "extension/clock_changes.hpp"

namespace slotguard {

struct calendar_event {
    const char* uid;
    const char* summary;     ///< in UTF-8
    const char* description; ///< likewise; nullptr for none
    std::int32_t sequence;
    bool is_cancelled;
    interval when;
    std::optional<instant> created_at;
    instant updated_at;
    mentor_clock clock; ///< on whose clock the times are written
};

/** The text, in UTF-8 and the current memory context. 22008 where a year is not between 1 and 9999. */
const char* calendar_text(const calendar_event& event);

} // namespace slotguard
