#include "extension/counted_sessions.hpp"

namespace slotguard {
namespace {

/** Surely holds all starts of these dates. Where the clock was put back across midnight, a date comes
 *  in two parts, and by a whole day where the date line was moved. */
interval starts_within(day_span days, const mentor_clock& clock) {
    return *interval::make(clock.reading_of(at_midnight(days.first)) - one_day,
                           clock.reading_of(at_midnight(days.last + 1)) + one_day);
}

} // namespace

counted_sessions counted_sessions::find(const sessions_table& sessions, const mentor& who,
                                        day_span days, Snapshot snapshot) {
    counted_sessions found;
    found.limits_ = who.limits;
    if (!who.limits.bind())
        return found;
    if (who.limits.per_week)
        days = {week_of(days.first).first, week_of(days.last).last};
    const auto starts =
        find_counted_starts(sessions, who.key, starts_within(days, who.clock), snapshot);
    for (instant start : starts.all())
        found.dates_.add(who.day_of(start));
    std::sort(found.dates_.all().begin(), found.dates_.all().end());
    return found;
}

} // namespace slotguard
