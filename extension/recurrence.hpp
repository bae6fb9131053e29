// The dates of a mentor's recurring hours: libical reads the RRULE, core/recurrence.hpp follows it.
#pragma once

#include "extension/mentor_clock.hpp"
#include "extension/palloc_list.hpp"
#include "extension/postgres_headers.hpp"

namespace slotguard {

struct recurrence;

/** A row of mentor_availability, its rule read once. */
struct recurring_hours {
    const char* rrule;
    const recurrence* rule; ///< null where `rrule` got past the trigger and can't be used
    TimeADT opens;
    TimeADT closes;     ///< at or before `opens`: on the next day
    DateADT valid_from; ///< DTSTART's date, an occurrence only if the rule matches it
    DateADT last_date;  ///< by valid_until and UNTIL, and by COUNT once that is used up
    int count;          ///< COUNT, or 0
};

/** 22023 for a rule that RFC 5545 does not allow, 0A000 for one that is not supported. */
void check_rule(const char* rrule);

/**
 * Reads a row's rule, into the current memory context. What the trigger would have refused is told
 * only when it is to be followed: a mentor has more than hours.
 */
recurring_hours read_hours(const char* rrule, TimeADT opens, TimeADT closes, DateADT valid_from,
                           DateADT valid_until, const mentor_clock& clock);

/**
 * Adds the dates from `first` to `last`, both included, on which `hours` open. As check_rule() where
 * they can't be followed.
 */
void add_occurrences(recurring_hours& hours, DateADT first, DateADT last,
                     palloc_list<DateADT>& dates);

} // namespace slotguard
