#include "core/recurrence_rule.hpp"

#include <libical/ical.h>

#include "extension/recurrence.hpp"

namespace slotguard {
namespace {

constexpr const char* example = "Write a rule such as 'FREQ=WEEKLY;BYDAY=MO,WE'.";

const char* explain(rule_fault fault) {
    switch (fault) {
    case rule_fault::none: return "";
    case rule_fault::malformed: return "It is no list of NAME=VALUE parts of RFC 5545.";
    case rule_fault::repeated: return "This part stands in it twice.";
    case rule_fault::bad_value: return "RFC 5545 does not allow this value there.";
    case rule_fault::no_frequency: return "It has no FREQ.";
    case rule_fault::count_and_until: return "RFC 5545 allows COUNT or UNTIL, not both.";
    case rule_fault::frequency_unsupported: return "Only FREQ=DAILY and FREQ=WEEKLY are supported.";
    case rule_fault::part_unsupported:
        return "Only FREQ, INTERVAL, COUNT, UNTIL, WKST and BYDAY without numbers are supported.";
    }
    return "";
}

/** libical's reading; it expects upper case. */
icalrecurrencetype read_rule(const char* rrule) {
    char* text = pstrdup(rrule);
    for (char* letter = text; *letter; ++letter)
        *letter = pg_ascii_toupper(*letter);
    return icalrecurrencetype_from_string(text);
}

icaltimetype as_ical(DateADT date) {
    icaltimetype time = icaltime_null_time();
    j2date(date + POSTGRES_EPOCH_JDATE, &time.year, &time.month, &time.day);
    time.is_date = 1;
    return time;
}

DateADT as_date(const icaltimetype& time) {
    return date2j(time.year, time.month, time.day) - POSTGRES_EPOCH_JDATE;
}

/** The last local time at which an occurrence may start: UNTIL in the mentor's hours (inclusive). */
local_time last_start(const icaltimetype& until, const mentor_clock& clock) {
    const local_time midnight = at_midnight(as_date(until));
    if (until.is_date)
        return midnight + one_local_day - 1;
    const local_time told =
        midnight + ((until.hour * 60 + until.minute) * 60 + until.second) * USECS_PER_SEC;
    return icaltime_is_utc(until) ? clock.local_of(told) : told;
}

/**
 * Where libical is to begin. Given BYDAY, it takes for the first week the one of the day that it
 * finds next to DTSTART's in a week from Sunday on, whatever WKST says (3.0.16): every other Sunday
 * from a Tuesday would be the wrong one. From the first BYDAY of DTSTART's own week it counts right.
 */
DateADT first_week_of(const icalrecurrencetype& rule, DateADT valid_from) {
    if (rule.freq != ICAL_WEEKLY_RECURRENCE || rule.by_day[0] == ICAL_RECURRENCE_ARRAY_MAX)
        return valid_from;
    const auto is_listed = [&](DateADT date) {
        const auto* end =
            std::find(std::begin(rule.by_day), std::end(rule.by_day), ICAL_RECURRENCE_ARRAY_MAX);
        return std::find(std::begin(rule.by_day), end, icaltime_day_of_week(as_ical(date))) != end;
    };
    DateADT date =
        valid_from - (icaltime_day_of_week(as_ical(valid_from)) - rule.week_start + 7) % 7;
    while (!is_listed(date))
        ++date;
    return date;
}

} // namespace

void check_rule(const char* rrule) {
    const rule_verdict verdict = judge_rule(rrule);
    const bool unsupported = verdict.fault == rule_fault::frequency_unsupported ||
                             verdict.fault == rule_fault::part_unsupported;
    if (verdict.fault != rule_fault::none)
        ereport(
            ERROR,
            errcode(unsupported ? ERRCODE_FEATURE_NOT_SUPPORTED : ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("rrule \"%s\" can't be used: \"%.*s\"", rrule, int(verdict.part.size()),
                   verdict.part.data()),
            errdetail("%s", explain(verdict.fault)), errhint("%s", example));
    if (read_rule(rrule).freq == ICAL_NO_RECURRENCE)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("rrule \"%s\" can't be read", rrule), errhint("%s", example));
}

void add_occurrences(const recurring_hours& hours, const mentor_clock& clock, DateADT first,
                     DateADT last, palloc_list<DateADT>& dates) {
    first = Max(first, hours.valid_from);
    last = Min(last, hours.valid_until);
    if (first > last)
        return;
    check_rule(hours.rrule);
    icalrecurrencetype rule = read_rule(hours.rrule);
    const local_time until =
        icaltime_is_null_time(rule.until) ? DT_NOEND : last_start(rule.until, clock);
    rule.until = icaltime_null_time();
    // What libical begins with may lie before valid_from, where nothing counts.
    int left = rule.count > 0 ? rule.count : INT_MAX;
    rule.count = 0;
    const DateADT begin = first_week_of(rule, hours.valid_from);

    // From here to the free, nothing may raise an error, or libical's iterator would leak.
    dates.reserve(std::size_t(last - first) + 1);
    icalrecur_iterator* occurrences = icalrecur_iterator_new(rule, as_ical(begin));
    if (!occurrences)
        elog(ERROR, "libical can't follow rrule \"%s\"", hours.rrule);
    // Nor does it jump rightly within the first week.
    if (left == INT_MAX && first >= hours.valid_from + 7)
        icalrecur_iterator_set_start(occurrences, as_ical(first));
    for (;;) {
        const icaltimetype next = icalrecur_iterator_next(occurrences);
        if (icaltime_is_null_time(next))
            break;
        const DateADT date = as_date(next);
        if (date < hours.valid_from)
            continue;
        if (date > last || at_midnight(date) + hours.opens > until || left-- == 0)
            break;
        if (date >= first)
            dates.add(date);
    }
    icalrecur_iterator_free(occurrences);
}

} // namespace slotguard
