#include "extension/counted_sessions.hpp"

#include "extension/holds.hpp"
#include "extension/session_lookup.hpp"

namespace slotguard {
namespace {

/** The dates of these starts, in whole weeks where the mentor has a limit for the week. A clock that
 *  is changed meanwhile may show a date more on either side. */
day_span days_of(interval starts, const mentor& who) {
    const int beyond = who.clock.is_steady(starts) ? 0 : 1;
    const day_span days = {who.day_of(starts.starts_at()) - beyond,
                           who.day_of(starts.ends_at() - 1) + beyond};
    if (!who.limits.per_week)
        return days;
    return {week_of(days.first).first, week_of(days.last).last};
}

/** Surely holds all starts of these dates. Where the clock was put back across midnight, a date comes
 *  in two parts, and by a whole day where the date line was moved. */
interval starts_within(day_span days, const mentor_clock& clock) {
    return *interval::make(clock.reading_of(at_midnight(days.first)) - one_day,
                           clock.reading_of(at_midnight(days.last + 1)) + one_day);
}

} // namespace

counted_sessions counted_sessions::find(const slot_query& query, interval starts,
                                        std::optional<std::int64_t> startup_id) {
    const mentor& who = query.who;
    counted_sessions found;
    found.limits_ = who.limits;
    if (!who.limits.bind())
        return found;
    const interval window = starts_within(days_of(starts, who), who.clock);
    const auto counted =
        find_counted_starts(query.tables.sessions, who.key, window, query.but_for, query.snapshot);
    for (instant start : counted.all())
        found.dates_.add(who.day_of(start));
    const auto held = find_holds(query.tables.holds, who.key, window, query.snapshot);
    for (const slot_hold& hold : held.all())
        if (hold.is_live(query.now) && hold.startup_id != startup_id)
            found.dates_.add(who.day_of(hold.when.starts_at()));
    std::sort(found.dates_.all().begin(), found.dates_.all().end());
    return found;
}

} // namespace slotguard
