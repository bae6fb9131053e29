#include "core/stretch.hpp"

#include "extension/mentor_hours.hpp"

#include "extension/index_rows.hpp"
#include "extension/recurrence.hpp"

namespace slotguard {
namespace {

/** Longest possible occurrence: a day, and an hour or more where the clock is put back. */
constexpr elapsed longest_occurrence = 27 * one_hour;

palloc_list<recurring_hours> read_rules(const mentor_tables& tables, const mentor& who,
                                        Snapshot snapshot) {
    palloc_list<recurring_hours> rules;
    const auto& columns = tables.availability;
    const index_condition is_theirs[] = {{1, BTEqualStrategyNumber, who.key_type, who.key}};
    index_rows rows = index_rows::open(columns.table, columns.by_mentor, snapshot, is_theirs);
    while (rows.next())
        rules.add({.rrule = TextDatumGetCString(rows.get(columns.rrule)),
                   .opens = DatumGetTimeADT(rows.get(columns.opens)),
                   .closes = DatumGetTimeADT(rows.get(columns.closes)),
                   .valid_from = DatumGetDateADT(rows.get(columns.valid_from)),
                   .valid_until = rows.is_null(columns.valid_until)
                                      ? DATEVAL_NOEND
                                      : DatumGetDateADT(rows.get(columns.valid_until))});
    rows.close();
    return rules;
}

/** A tstzrange as a half-open interval; its bounds are continuous, so (a,b] moves by a microsecond. */
std::optional<interval> as_interval(Datum range) {
    RangeBound lower, upper;
    bool empty;
    range_deserialize(lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO),
                      DatumGetRangeTypeP(range), &lower, &upper, &empty);
    if (empty)
        return std::nullopt;
    const instant from = lower.infinite ? DT_NOBEGIN : DatumGetTimestampTz(lower.val);
    const instant to = upper.infinite ? DT_NOEND : DatumGetTimestampTz(upper.val);
    const bool moves_from = !lower.inclusive && !TIMESTAMP_NOT_FINITE(from);
    const bool moves_to = upper.inclusive && !TIMESTAMP_NOT_FINITE(to);
    return interval::make(from + moves_from, to + moves_to);
}

struct overrides {
    bool any = false;
    palloc_list<interval> extra_hours;
    palloc_list<interval> time_off;
};

overrides read_overrides(const mentor_tables& tables, const mentor& who, Snapshot snapshot) {
    overrides found;
    const auto& columns = tables.overrides;
    const index_condition is_theirs[] = {{1, BTEqualStrategyNumber, who.key_type, who.key}};
    index_rows rows = index_rows::open(columns.table, columns.by_mentor, snapshot, is_theirs);
    while (rows.next()) {
        found.any = true;
        if (const auto during = as_interval(rows.get(columns.during)))
            (DatumGetBool(rows.get(columns.available)) ? found.extra_hours : found.time_off)
                .add(*during);
    }
    rows.close();
    return found;
}

void add_hours_of(const recurring_hours& rule, const mentor_clock& clock, DateADT first,
                  DateADT last, palloc_list<interval>& hours) {
    palloc_list<DateADT> dates;
    add_occurrences(rule, clock, first, last, dates);
    for (DateADT date : dates.all()) {
        const DateADT closing_date = rule.closes <= rule.opens ? date + 1 : date;
        const instant opens = clock.reading_of(at_midnight(date) + rule.opens);
        const instant closes = clock.reading_of(at_midnight(closing_date) + rule.closes);
        if (const auto open = interval::make(opens, closes))
            hours.add(*open);
    }
}

/** Joined hours from local date `first` on; those that end before the window are dropped. */
palloc_list<interval> stretches_from(DateADT first, std::span<const recurring_hours> rules,
                                     std::span<const interval> extra_hours, const mentor& who,
                                     interval window) {
    palloc_list<interval> hours;
    const DateADT last = date_of(who.clock.local_of(window.ends_at())) + 1;
    for (const recurring_hours& rule : rules)
        add_hours_of(rule, who.clock, first, last, hours);
    for (interval extra : extra_hours)
        hours.add(extra);
    hours.shorten(join_hours(hours.all()));

    std::size_t kept = 0;
    for (interval stretch : hours.all())
        if (stretch.overlaps(window))
            hours[kept++] = stretch;
    hours.shorten(kept);
    return hours;
}

} // namespace

mentor_hours read_hours(const mentor_tables& tables, const mentor& who, interval window,
                        Snapshot snapshot) {
    const palloc_list<recurring_hours> rules = read_rules(tables, who, snapshot);
    const overrides one_off = read_overrides(tables, who, snapshot);
    mentor_hours found{};
    found.are_set = !rules.empty() || one_off.any;
    found.time_off = one_off.time_off;

    DateADT earliest = DATEVAL_NOEND;
    for (const recurring_hours& rule : rules.all())
        earliest = Min(earliest, rule.valid_from);
    const DateADT window_date = date_of(who.clock.local_of(window.starts_at()));
    for (int days_back = 2;; days_back *= 4) {
        const DateADT first = window_date - days_back;
        found.stretches =
            stretches_from(first, rules.all(), one_off.extra_hours.all(), who, window);
        // Hours of the day before `first` may run on into a stretch that begins soon after it.
        const bool may_begin_earlier =
            !found.stretches.empty() &&
            found.stretches[0].starts_at() <=
                who.clock.reading_of(at_midnight(first)) + longest_occurrence;
        if (!may_begin_earlier || first <= earliest)
            return found;
    }
}

} // namespace slotguard
