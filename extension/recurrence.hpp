// The dates of a mentor's recurring hours: libical reads the RRULE (RFC 5545, 3.3.10).
#pragma once

#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"
#include "extension/postgres_headers.hpp"

namespace slotguard {

/** Hours as they stand in mentor_availability. */
struct recurring_hours {
    const char* rrule;
    TimeADT opens;
    TimeADT closes;      ///< at or before `opens`: on the next day
    DateADT valid_from;  ///< DTSTART's date, an occurrence only if the rule matches it
    DateADT valid_until; ///< the last date, or DATE_NOEND
};

/** 22023 for a rule that RFC 5545 does not allow, 0A000 for one that is not supported. */
void check_rule(const char* rrule);

/** Adds the dates from `first` to `last`, both included, on which `hours` open. */
void add_occurrences(const recurring_hours& hours, const mentor_clock& clock, DateADT first,
                     DateADT last, palloc_list<DateADT>& dates);

} // namespace slotguard
