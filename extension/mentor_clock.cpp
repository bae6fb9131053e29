#include <array>

#include "extension/mentor_clock.hpp"
#include "extension/zone_name.hpp"

namespace slotguard {
namespace {

[[noreturn]] void out_of_range() {
    ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range"),
            errhint("Pass a date between 4713 BC and 294276 AD."));
    pg_unreachable();
}

/** A stretch of instants, from `from` on and before `until`, in which a zone's clock is not changed. */
struct season {
    const pg_tz* zone;
    instant from;
    instant until;
    elapsed offset; ///< what to add to UTC

    bool covers(const pg_tz* asked, instant when) const {
        return zone == asked && from <= when && when < until;
    }
};

/**
 * No offset and no change of one is longer, so that a local time that lies so far within a season
 * is shown once only, and PostgreSQL, which looks for a change from a day before it on, finds none
 * that matters.
 */
constexpr elapsed margin = 2 * one_day;
/** How far back from an instant a season is followed: most last half a year. */
constexpr elapsed usual_season = 200 * one_day;
constexpr instant unix_epoch = (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;

constexpr pg_time_t unix_seconds(instant when) { return (when - unix_epoch) / USECS_PER_SEC; }
constexpr instant from_unix(pg_time_t seconds) { return unix_epoch + seconds * USECS_PER_SEC; }

/** The season of an instant, or as much of it as `usual_season` shows. */
season find_season(const pg_tz* zone, instant when) {
    pg_time_t from = unix_seconds(when - usual_season);
    for (;;) {
        pg_time_t change;
        long offset, next_offset;
        int is_summer, is_summer_next;
        const int changes = pg_next_dst_boundary(&from, &offset, &is_summer, &change, &next_offset,
                                                 &is_summer_next, zone);
        if (changes < 0)
            return {};
        const instant until = changes ? from_unix(change) : END_TIMESTAMP;
        if (until > when)
            return {zone, from_unix(from), until, offset * USECS_PER_SEC};
        from = change;
    }
}

/** What is known of the zones that were asked for last: a call asks for a few seasons, again and
 *  again. */
std::array<season, 8> known_seasons{};
std::size_t oldest_season = 0;

const season* season_of(const pg_tz* zone, instant when) {
    for (const season& known : known_seasons)
        if (known.covers(zone, when))
            return &known;
    // Far from the ends of PostgreSQL's calendar, so that no sum here can leave it.
    if (!IS_VALID_TIMESTAMP(when - 2 * usual_season) || !IS_VALID_TIMESTAMP(when + usual_season))
        return nullptr;
    const season found = find_season(zone, when);
    if (!found.covers(zone, when))
        return nullptr;
    season& place = known_seasons[oldest_season++ % known_seasons.size()];
    place = found;
    return &place;
}

/** The instant, if the clock is not changed within two days of it. */
std::optional<instant> plain_reading(const pg_tz* zone, local_time local) {
    const season* around = season_of(zone, local); // an offset is less than the margin
    if (!around || local - margin < around->from || local + margin >= around->until)
        return std::nullopt;
    return local - around->offset;
}

} // namespace

mentor_clock mentor_clock::in_zone(const char* name) {
    mentor_clock clock;
    clock.zone_ = is_zone_name(name) ? pg_tzset(name) : nullptr;
    if (!clock.zone_)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("time zone \"%s\" not recognized", name),
                errhint("Use a name of pg_timezone_names, such as 'Europe/Paris'."));
    return clock;
}

instant mentor_clock::reading_of(local_time local) const {
    if (const auto when = plain_reading(zone_, local))
        return *when;
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
    if (const season* around = season_of(zone_, when))
        return when + around->offset;
    pg_tm fields;
    fsec_t fraction;
    int seconds_west;
    local_time local;
    if (timestamp2tm(when, &seconds_west, &fields, &fraction, nullptr, zone_) != 0 ||
        tm2timestamp(&fields, fraction, nullptr, &local) != 0)
        out_of_range();
    return local;
}

bool mentor_clock::is_steady(interval meantime) const {
    const season* around = season_of(zone_, meantime.starts_at());
    return around && meantime.ends_at() <= around->until;
}

std::optional<instant> mentor_clock::instant_of(local_time local) const {
    const instant when = reading_of(local);
    if (local_of(when) != local)
        return std::nullopt;
    return when;
}

instant mentor_clock::moved(instant when, const Interval& by) const {
    // The months first and then the days, each on the calendar, as timestamptz_pl_interval() does.
    if (by.month != 0)
        when = moved_on_calendar(when, {.time = 0, .day = 0, .month = by.month});
    if (by.day != 0)
        when = moved_on_calendar(when, {.time = 0, .day = by.day, .month = 0});
    instant moved;
    if (__builtin_add_overflow(when, by.time, &moved) || !IS_VALID_TIMESTAMP(moved))
        out_of_range();
    return moved;
}

instant mentor_clock::moved_on_calendar(instant when, const Interval& by) const {
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
