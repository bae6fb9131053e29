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
    int count;          ///< COUNT, or 0 where there is none, or `last_date` says it all
    int counted;        ///< how many occurrences are before `counted_until`
    DateADT counted_until;
};

/**
 * How much of a rule one question may follow, in days looked at: about half a second. Anybody may ask
 * for the hours of anybody, and hours that never close are followed back to where they began.
 */
class work_budget {
  public:
    /** `mentor_id` is for the error; nullptr for hours that are nobody's yet. */
    explicit work_budget(const char* mentor_id) : mentor_id_{mentor_id} {}

    /** 54000, which names the mentor and the rule, where it is used up. */
    void spend(std::int64_t days, const char* rrule) {
        left_ -= days;
        if (left_ < 0)
            refuse(rrule);
    }

  private:
    static constexpr std::int64_t most_days = 8'000'000;

    [[noreturn]] void refuse(const char* rrule) const;

    const char* mentor_id_;
    std::int64_t left_ = most_days;
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
 * they can't be followed, 54000 where that would take too long.
 */
void add_occurrences(recurring_hours& hours, DateADT first, DateADT last, work_budget& budget,
                     palloc_list<DateADT>& dates);

} // namespace slotguard
