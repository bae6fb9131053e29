#include <utility>

#include "core/stretch.hpp"

#include "extension/mentor_hours.hpp"

namespace slotguard {
namespace {

/** Longest possible occurrence: a day, and an hour or more where the clock is put back. */
constexpr elapsed longest_occurrence = 27 * one_hour;

/** The date that the clock shows. The first and the last days of PostgreSQL's calendar are taken for
 *  those beside them: local times, and hours that end a day later, would leave it. */
DateADT date_shown(const mentor_clock& clock, instant when) {
    constexpr elapsed edge = 5 * one_day;
    return date_of(
        clock.local_of(std::clamp<instant>(when, MIN_TIMESTAMP + edge, END_TIMESTAMP - edge)));
}

void add_hours_of(recurring_hours& rule, const mentor_clock& clock, DateADT first, DateADT last,
                  work_budget& budget, palloc_list<interval>& hours) {
    palloc_list<DateADT> dates;
    add_occurrences(rule, first, last, budget, dates);
    for (DateADT date : dates.all()) {
        const DateADT closing_date = rule.closes <= rule.opens ? date + 1 : date;
        const instant opens = clock.reading_of(at_midnight(date) + rule.opens);
        const instant closes = clock.reading_of(at_midnight(closing_date) + rule.closes);
        if (const auto open = interval::make(opens, closes))
            hours.add(*open);
    }
}

/** Joined hours from local date `first` on; those that share no time with the window are dropped. */
palloc_list<interval> stretches_from(DateADT first, mentor_record& record, interval window,
                                     work_budget& budget) {
    palloc_list<interval> hours;
    const mentor_clock& clock = record.settings.clock;
    const DateADT last = date_shown(clock, window.ends_at()) + 1;
    for (recurring_hours& rule : record.rules.all())
        add_hours_of(rule, clock, first, last, budget, hours);
    for (interval extra : record.extra_hours.all())
        hours.add(extra);
    hours.shorten(join_hours(hours.all()));

    std::size_t kept = 0;
    for (interval stretch : hours.all())
        if (stretch.overlaps(window))
            hours[kept++] = stretch;
    hours.shorten(kept);
    return hours;
}

/** The earliest start of hours that lead up to `begins_at` without a gap and recur on the dates `first`
 *  to `last`, or are extra; `begins_at` itself where there are none. */
instant start_among(DateADT first, DateADT last, instant begins_at, mentor_record& record,
                    work_budget& budget) {
    palloc_list<interval> hours;
    const mentor_clock& clock = record.settings.clock;
    for (recurring_hours& rule : record.rules.all())
        add_hours_of(rule, clock, first, last, budget, hours);
    const instant earliest = clock.reading_of(at_midnight(first));
    for (interval extra : record.extra_hours.all())
        if (extra.ends_at() >= earliest && extra.starts_at() <= begins_at)
            hours.add(extra);
    hours.shorten(join_hours(hours.all()));
    for (interval stretch : hours.all())
        if (stretch.starts_at() <= begins_at && begins_at <= stretch.ends_at())
            return stretch.starts_at();
    return begins_at;
}

DateADT first_valid_date(const mentor_record& record) {
    DateADT earliest = DATEVAL_NOEND;
    for (const recurring_hours& rule : record.rules.all())
        earliest = Min(earliest, rule.valid_from);
    return earliest;
}

/**
 * Where a stretch begins that begins at `begins_at` as far as the hours of `first` and later dates tell.
 * Who is open day and night may be so for thousands of years, and anybody may ask for the last of them:
 * so what was followed back is forgotten on the way.
 */
instant follow_back(instant begins_at, DateADT first, mentor_record& record, work_budget& budget) {
    constexpr int most_days = 16384;
    const DateADT earliest = first_valid_date(record);
    const mentor_clock& clock = record.settings.clock;
    MemoryContext on_the_way =
        AllocSetContextCreate(CurrentMemoryContext, "slotguard hours", ALLOCSET_DEFAULT_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(on_the_way);
    // Hours of the day before `first` may run on into a stretch that begins soon after it.
    for (int days = 8;
         first > earliest && begins_at <= clock.reading_of(at_midnight(first)) + longest_occurrence;
         days = Min(days * 4, most_days)) {
        const DateADT last = first - 1;
        first = Max(first - days, earliest);
        begins_at = start_among(first, last, begins_at, record, budget);
        MemoryContextReset(on_the_way);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(on_the_way);
    return begins_at;
}

palloc_list<interval> work_out_stretches(mentor_record& record, interval window,
                                         work_budget& budget) {
    constexpr int days_back = 2; // what began before that has ended, unless it goes on and on
    const DateADT window_date = date_shown(record.settings.clock, window.starts_at());
    const DateADT first = Max(window_date - days_back, Min(first_valid_date(record), window_date));
    palloc_list<interval> stretches = stretches_from(first, record, window, budget);
    if (!stretches.empty()) {
        interval& head = stretches[0];
        head =
            *interval::make(follow_back(head.starts_at(), first, record, budget), head.ends_at());
    }
    return stretches;
}

/** A backend may remember thousands of mentors, so long lists are worked out anew for each question. */
constexpr std::size_t most_kept = 2048;

/** More than was asked for: the next question is mostly about the days nearby. */
interval with_days_nearby(interval window) {
    const instant from = std::max<instant>(window.starts_at() - 8 * one_day, MIN_TIMESTAMP);
    const instant to =
        window.ends_at() + std::clamp<elapsed>(END_TIMESTAMP - window.ends_at(), 0, 64 * one_day);
    return *interval::make(from, to);
}

void keep(mentor_record& record, std::span<const interval> stretches, interval window) {
    const MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(&record));
    record.known.reset();
    record.stretches.shorten(0);
    record.stretches.reserve(stretches.size());
    for (interval stretch : stretches)
        record.stretches.add(stretch);
    record.known = window;
    MemoryContextSwitchTo(caller);
}

} // namespace

std::span<const interval> find_stretches(mentor_record& record, interval window) {
    if (!record.known || !record.known->contains(window)) {
        const interval wide = with_days_nearby(window);
        work_budget budget{spelled_key(record.settings)};
        const palloc_list<interval> found = work_out_stretches(record, wide, budget);
        if (found.size() > most_kept)
            return overlapping(std::as_const(found).all(), window);
        keep(record, found.all(), wide);
    }
    return overlapping(std::as_const(record.stretches).all(), window);
}

} // namespace slotguard
