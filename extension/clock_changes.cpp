#include <optional>

#include "extension/clock_changes.hpp"

namespace slotguard {
namespace {

constexpr instant unix_epoch = (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;

/** Rounded down, before 1970 too. */
constexpr pg_time_t unix_seconds(instant when) {
    const instant since = when - unix_epoch;
    return since / USECS_PER_SEC - (since % USECS_PER_SEC < 0 ? 1 : 0);
}
constexpr instant from_unix(pg_time_t seconds) { return unix_epoch + seconds * USECS_PER_SEC; }

const pg_tm& fields_at(pg_tz* zone, pg_time_t when) {
    const pg_tm* fields = pg_localtime(&when, zone);
    if (!fields)
        ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                errmsg("timestamp out of range"));
    return *fields;
}

/** The first change after an instant, if any. */
std::optional<clock_change> next_change(pg_tz* zone, instant after) {
    const pg_time_t from = unix_seconds(after);
    pg_time_t change;
    long offset_before, offset;
    int is_summer_before, is_summer;
    if (pg_next_dst_boundary(&from, &offset_before, &is_summer_before, &change, &offset, &is_summer,
                             zone) <= 0)
        return std::nullopt;
    return clock_change{.when = from_unix(change),
                        .offset_before = offset_before * USECS_PER_SEC,
                        .offset = offset * USECS_PER_SEC,
                        .is_summer = is_summer != 0,
                        .abbreviation = pstrdup(fields_at(zone, change).tm_zone)};
}

/** The last change of those after `after` until `when`. */
std::optional<clock_change> last_change(pg_tz* zone, instant after, instant when) {
    std::optional<clock_change> last;
    for (auto change = next_change(zone, after); change && change->when <= when;
         change = next_change(zone, change->when))
        last = change;
    return last;
}

/** How the clock has always stood. */
clock_change no_change_before(pg_tz* zone, instant when) {
    const pg_tm& fields = fields_at(zone, unix_seconds(when));
    const elapsed offset = fields.tm_gmtoff * USECS_PER_SEC;
    constexpr instant year_1 = (1721426 - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;
    const local_time since = when >= unix_epoch + one_day ? unix_epoch : year_1;
    return {.when = since - offset,
            .offset_before = offset,
            .offset = offset,
            .is_summer = fields.tm_isdst > 0,
            .abbreviation = pstrdup(fields.tm_zone)};
}

} // namespace

palloc_list<clock_change> find_clock_changes(const mentor_clock& clock, interval meantime) {
    pg_tz* zone = pg_tzset(clock.zone_name());
    const instant start = meantime.starts_at();
    // Most clocks have been changed within two years, some not since the age of the railways.
    constexpr instant before_railways = -200 * 365 * one_day;
    auto first = last_change(zone, start - 2 * 366 * one_day, start);
    if (!first && start > before_railways)
        first = last_change(zone, before_railways, start);
    palloc_list<clock_change> changes;
    changes.add(first ? *first : no_change_before(zone, start));
    for (auto change = next_change(zone, start);
         change && change->when <= meantime.ends_at() + one_day;
         change = next_change(zone, change->when))
        changes.add(*change);
    return changes;
}

bool is_shown_twice(const palloc_list<clock_change>& changes, instant when) {
    const auto all = changes.all();
    return std::any_of(all.begin(), all.end(), [when](const clock_change& change) {
        const elapsed put_back = change.offset_before - change.offset;
        return change.when - put_back <= when && when < change.when + put_back;
    });
}

} // namespace slotguard
