#include "extension/mentor_clock.hpp"

namespace slotguard {
namespace {

[[noreturn]] void out_of_range() {
    ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range"),
            errhint("Pass a date between 4713 BC and 294276 AD."));
    pg_unreachable();
}

/**
 * A stretch in which one zone's clock is never changed, with a margin on either side that is longer
 * than any offset: so a local time of it can be told from an instant by adding the offset alone.
 * Most questions of a call are about one zone and one season.
 */
struct season {
    const pg_tz* zone;
    instant from;
    instant until;
    elapsed offset;

    bool covers(const pg_tz* asked, instant when) const {
        return zone == asked && from <= when && when < until;
    }
};
season last_season{};

constexpr elapsed margin = 8 * one_day;
constexpr instant unix_epoch = (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;

season season_around(const pg_tz* zone, instant when) {
    const pg_time_t begins = (when - unix_epoch) / USECS_PER_SEC - 2 * margin / USECS_PER_SEC;
    pg_time_t change;
    long offset, next_offset;
    int is_summer, is_summer_next;
    const int changes = pg_next_dst_boundary(&begins, &offset, &is_summer, &change, &next_offset,
                                             &is_summer_next, zone);
    if (changes < 0)
        return {};
    const instant end = changes ? unix_epoch + change * USECS_PER_SEC : END_TIMESTAMP;
    return {zone, unix_epoch + begins * USECS_PER_SEC + margin, end - margin,
            offset * USECS_PER_SEC};
}

/** What to add to UTC, if the clock isn't changed about `when`, which may be local or an instant. */
std::optional<elapsed> steady_offset(const pg_tz* zone, instant when) {
    if (!IS_VALID_TIMESTAMP(when - 2 * margin) || !IS_VALID_TIMESTAMP(when + 2 * margin))
        return std::nullopt;
    if (!last_season.covers(zone, when))
        last_season = season_around(zone, when);
    return last_season.covers(zone, when) ? std::optional{last_season.offset} : std::nullopt;
}

} // namespace

mentor_clock mentor_clock::in_zone(const char* name) {
    mentor_clock clock;
    clock.zone_ = pg_tzset(name);
    if (!clock.zone_)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("time zone \"%s\" not recognized", name),
                errhint("Use a name of pg_timezone_names, such as 'Europe/Paris'."));
    return clock;
}

instant mentor_clock::reading_of(local_time local) const {
    if (const auto offset = steady_offset(zone_, local))
        return local - *offset;
    pg_tm fields;
    fsec_t fraction;
    instant when;
    if (timestamp2tm(local, nullptr, &fields, &fraction, nullptr, nullptr) != 0)
        out_of_range();
    int seconds_west = DetermineTimeZoneOffset(&fields, zone_);
    if (tm2timestamp(&fields, fraction, &seconds_west, &when) != 0)
        out_of_range();
    return when;
}

local_time mentor_clock::local_of(instant when) const {
    if (const auto offset = steady_offset(zone_, when))
        return when + *offset;
    pg_tm fields;
    fsec_t fraction;
    int seconds_west;
    local_time local;
    if (timestamp2tm(when, &seconds_west, &fields, &fraction, nullptr, zone_) != 0 ||
        tm2timestamp(&fields, fraction, nullptr, &local) != 0)
        out_of_range();
    return local;
}

std::optional<instant> mentor_clock::instant_of(local_time local) const {
    const instant when = reading_of(local);
    if (local_of(when) != local)
        return std::nullopt;
    return when;
}

instant mentor_clock::moved(instant when, const Interval& by) const {
    if (by.time == 0 && by.day == 0 && by.month == 0)
        return when;
    const Datum local = DirectFunctionCall2(
        timestamp_pl_interval, TimestampGetDatum(local_of(when)), IntervalPGetDatum(&by));
    return reading_of(DatumGetTimestamp(local));
}

local_time local_time_of(DateADT date, TimeADT time) {
    if (DATE_NOT_FINITE(date))
        ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                errmsg("session_date is infinite"), errhint("Pass a date such as '2027-05-03'."));
    local_time local;
    if (!IS_VALID_DATE(date) || __builtin_mul_overflow(local_time{date}, one_local_day, &local) ||
        !IS_VALID_TIMESTAMP(local + time))
        out_of_range();
    return local + time;
}

interval lasting(instant starts_at, elapsed length) {
    if (!IS_VALID_TIMESTAMP(starts_at + length))
        out_of_range();
    return *interval::make(starts_at, starts_at + length);
}

} // namespace slotguard
