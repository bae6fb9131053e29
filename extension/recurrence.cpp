#include "core/recurrence.hpp"
#include "core/recurrence_rule.hpp"

#include <libical/ical.h>

#include "extension/recurrence.hpp"

namespace slotguard {
namespace {

struct explanation {
    const char* detail;
    const char* example;
};

explanation explain(rule_fault fault) {
    constexpr const char* weekly = "FREQ=WEEKLY;BYDAY=MO,WE";
    switch (fault) {
    case rule_fault::none: return {"", weekly};
    case rule_fault::malformed: return {"It is no list of NAME=VALUE parts of RFC 5545.", weekly};
    case rule_fault::repeated: return {"This part stands in it twice.", weekly};
    case rule_fault::bad_value: return {"RFC 5545 does not allow this value there.", weekly};
    case rule_fault::too_large:
        return {"INTERVAL can be 32767 at most, COUNT 10000.", "FREQ=WEEKLY;INTERVAL=2;COUNT=10"};
    case rule_fault::too_many_values:
        return {"BYMONTH can have 12 values at most, BYMONTHDAY 31, BYDAY and BYSETPOS 366.",
                "FREQ=MONTHLY;BYMONTHDAY=1,15"};
    case rule_fault::no_frequency: return {"It has no FREQ.", weekly};
    case rule_fault::count_and_until:
        return {"RFC 5545 allows COUNT or UNTIL, not both.", "FREQ=DAILY;COUNT=10"};
    case rule_fault::numbered_weekday:
        return {"Only FREQ=MONTHLY and FREQ=YEARLY have weekdays with numbers.",
                "FREQ=MONTHLY;BYDAY=1MO"};
    case rule_fault::month_day_in_week:
        return {"RFC 5545 does not allow BYMONTHDAY with FREQ=WEEKLY.",
                "FREQ=MONTHLY;BYMONTHDAY=1,15"};
    case rule_fault::lone_set_position:
        return {"RFC 5545 allows BYSETPOS only beside BYDAY, BYMONTHDAY or BYMONTH.",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"};
    case rule_fault::frequency_unsupported:
        return {"Hours recur by days or more: FREQ can be DAILY, WEEKLY, MONTHLY or YEARLY.",
                "FREQ=DAILY"};
    case rule_fault::part_unsupported:
        return {"Supported are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS "
                "and WKST.",
                weekly};
    }
    return {"", weekly};
}

/** libical's reading, or ICAL_NO_RECURRENCE; it expects upper case, and a rule that was judged. */
icalrecurrencetype read_by_libical(const char* rrule) {
    char* text = pstrdup(rrule);
    for (char* letter = text; *letter; ++letter)
        *letter = pg_ascii_toupper(*letter);
    const icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    pfree(text);
    return rule;
}

/** The values of a list that libical ends with a mark of its own, unless the list is full. */
template <std::size_t N> std::span<const short> values_of(const short (&list)[N]) {
    const std::span<const short> all{list};
    const auto end = std::find(all.begin(), all.end(), short(ICAL_RECURRENCE_ARRAY_MAX));
    return {all.begin(), end};
}

/** From 0, which is Monday, as libical has 1 for Sunday and 2 for Monday. */
constexpr int weekday_from(int libical) { return (libical + 5) % 7; }

frequency frequency_of(const icalrecurrencetype& rule) {
    return rule.freq == ICAL_DAILY_RECURRENCE     ? frequency::daily
           : rule.freq == ICAL_WEEKLY_RECURRENCE  ? frequency::weekly
           : rule.freq == ICAL_MONTHLY_RECURRENCE ? frequency::monthly
                                                  : frequency::yearly;
}

/** What libical read, as core/recurrence.hpp follows it. */
recurrence as_recurrence(const icalrecurrencetype& read) {
    recurrence rule;
    rule.every = frequency_of(read);
    rule.interval = read.interval;
    rule.week_start = weekday_from(read.week_start);
    for (short month : values_of(read.by_month))
        rule.months |= std::uint16_t(1 << month);
    for (short day : values_of(read.by_month_day))
        rule.month_days.add(day);
    for (short day : values_of(read.by_day)) {
        const int weekday = weekday_from(icalrecurrencetype_day_day_of_week(day));
        if (const int place = icalrecurrencetype_day_position(day))
            rule.add_numbered(weekday, place);
        else
            rule.weekdays |= std::uint8_t(1 << weekday);
    }
    for (short position : values_of(read.by_set_pos))
        rule.positions.add(position);
    return rule;
}

/** The last date on which hours that open at `opens` may do so by UNTIL, which is included. */
DateADT last_date_until(const icaltimetype& until, TimeADT opens, const mentor_clock& clock) {
    const DateADT date =
        DateADT(day_of({.year = until.year, .month = until.month, .day = until.day}));
    if (until.is_date)
        return date;
    const local_time told =
        at_midnight(date) + ((until.hour * 60 + until.minute) * 60 + until.second) * USECS_PER_SEC;
    const local_time here = icaltime_is_utc(until) ? clock.local_of(told) : told;
    return time_of(here) < opens ? date_of(here) - 1 : date_of(here);
}

/** A text for an error, which is read by people: of a long one the beginning. */
const char* in_short(std::string_view text) {
    constexpr int most = 200;
    const int length = pg_mbcliplen(text.data(), int(text.size()), most);
    return psprintf("%.*s%s", length, text.data(), std::size_t(length) < text.size() ? "..." : "");
}

} // namespace

void check_rule(const char* rrule) {
    const rule_verdict verdict = judge_rule(rrule);
    const explanation why = explain(verdict.fault);
    const bool unsupported = verdict.fault == rule_fault::frequency_unsupported ||
                             verdict.fault == rule_fault::part_unsupported;
    if (verdict.fault != rule_fault::none)
        ereport(
            ERROR,
            errcode(unsupported ? ERRCODE_FEATURE_NOT_SUPPORTED : ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("rrule \"%s\" can't be used: \"%s\"", in_short(rrule), in_short(verdict.part)),
            errdetail("%s", why.detail), errhint("Write a rule such as '%s'.", why.example));
    if (read_by_libical(rrule).freq == ICAL_NO_RECURRENCE)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("rrule \"%s\" can't be read by libical", in_short(rrule)),
                errhint("Write a rule such as '%s'.", why.example));
}

recurring_hours read_hours(const char* rrule, TimeADT opens, TimeADT closes, DateADT valid_from,
                           DateADT valid_until, const mentor_clock& clock) {
    recurring_hours hours{.rrule = rrule,
                          .rule = nullptr,
                          .opens = opens,
                          .closes = closes,
                          .valid_from = valid_from,
                          .last_date = valid_until,
                          .count = 0,
                          .counted = 0,
                          .counted_until = valid_from};
    if (judge_rule(rrule).fault != rule_fault::none)
        return hours;
    const icalrecurrencetype read = read_by_libical(rrule);
    if (read.freq == ICAL_NO_RECURRENCE)
        return hours;
    auto* rule = static_cast<recurrence*>(palloc(sizeof(recurrence)));
    *rule = as_recurrence(read);
    rule->begin_on(valid_from);
    hours.rule = rule;
    hours.count = read.count;
    if (!icaltime_is_null_time(read.until))
        hours.last_date = Min(valid_until, last_date_until(read.until, opens, clock));
    return hours;
}

namespace {

/** Gives the days from `first` to `last` on which the rule matches, until `take` wants no more. */
template <typename Take>
void follow(const recurring_hours& hours, std::int64_t period, day_number first, day_number last,
            work_budget& budget, Take take) {
    const recurrence& rule = *hours.rule;
    for (; rule.first_day_of(period) <= last; period += rule.interval) {
        CHECK_FOR_INTERRUPTS();
        budget.spend(rule.first_day_of(period + 1) - rule.first_day_of(period), hours.rrule);
        const period_days days = rule.days_of(period);
        for (day_number day : days.all())
            if (day >= first && (day > last || !take(day)))
                return;
    }
}

/** Counts on as far as `last`: COUNT counts from the first day on, and each of them once. */
void count_as_far_as(recurring_hours& hours, DateADT last, work_budget& budget) {
    if (!hours.count || last < hours.counted_until)
        return;
    const day_number first = hours.counted_until;
    follow(hours, hours.rule->period_from(hours.valid_from, first), first, last, budget,
           [&hours](day_number day) {
               hours.counted_until = DateADT(day + 1);
               if (++hours.counted < hours.count)
                   return true;
               hours.last_date = DateADT(day);
               hours.count = 0;
               return false;
           });
    if (hours.count)
        hours.counted_until = last + 1;
}

} // namespace

void work_budget::refuse(const char* rrule) const {
    ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
            mentor_id_ ? errmsg("the hours of mentor \"%s\" take too long to follow", mentor_id_)
                       : errmsg("the hours take too long to follow"),
            errdetail("%lld days were looked at, at last by rrule \"%s\".",
                      static_cast<long long>(most_days), in_short(rrule)),
            errhint("Give the rows a later valid_from, write fewer of them, or ask for earlier "
                    "dates."));
    pg_unreachable();
}

void add_occurrences(recurring_hours& hours, DateADT first, DateADT last, work_budget& budget,
                     palloc_list<DateADT>& dates) {
    first = Max(first, hours.valid_from);
    if (first > Min(last, hours.last_date))
        return;
    if (!hours.rule)
        check_rule(hours.rrule);
    count_as_far_as(hours, Min(last, hours.last_date), budget);
    last = Min(last, hours.last_date);
    follow(hours, hours.rule->period_from(hours.valid_from, first), first, last, budget,
           [&dates](day_number day) {
               dates.add(DateADT(day));
               return true;
           });
}

} // namespace slotguard
