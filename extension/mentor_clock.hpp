// A mentor's wall clock: local times and instants, by PostgreSQL's own time zone code.
#pragma once

#include <optional>

#include "core/interval.hpp"

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** Microseconds since 2000-01-01 00:00 on somebody's wall clock: PostgreSQL's `timestamp`. */
using local_time = Timestamp;

/** The farthest that a session's clock may stand from UTC, as in PostgreSQL's own input of time. */
inline constexpr elapsed farthest_from_utc = 16 * one_hour;

inline constexpr elapsed one_local_day = USECS_PER_DAY;

constexpr local_time at_midnight(DateADT date) { return date * USECS_PER_DAY; }
constexpr DateADT date_of(local_time local) {
    return DateADT(local / USECS_PER_DAY - (local % USECS_PER_DAY < 0 ? 1 : 0));
}
constexpr TimeADT time_of(local_time local) { return local - at_midnight(date_of(local)); }

class mentor_clock {
  public:
    /** 22023 where PostgreSQL knows no zone of that name. */
    static mentor_clock in_zone(const char* name);

    /** The name as PostgreSQL spells it: "Europe/Paris". */
    const char* zone_name() const { return pg_get_timezone_name(zone_); }

    /** As AT TIME ZONE reads it: a skipped time is moved on, a repeated one is standard time. */
    instant reading_of(local_time local) const;
    local_time local_of(instant when) const;
    /** The instant that the clock shows as `local`; nothing where it skips that time. */
    std::optional<instant> instant_of(local_time local) const;

    /** Whether the clock is surely not changed in the meantime; where it can't be told, it may be. */
    bool is_steady(interval meantime) const;

    /** `when` moved as PostgreSQL's `timestamptz + interval` does where this is the session's zone:
     *  months and days on the calendar, the time part as it elapses. */
    instant moved(instant when, const Interval& by) const;

    friend bool operator==(const mentor_clock&, const mentor_clock&) = default;

  private:
    instant moved_on_calendar(instant when, const Interval& by) const;

    pg_tz* zone_;
};

/** 22008 where the date is infinite or too far away to be a timestamp. 24:00 is the next day's 00:00. */
local_time local_time_of(DateADT date, TimeADT time);

/** 22008 where the end is too far away to be a timestamp. */
interval lasting(instant starts_at, elapsed length);

} // namespace slotguard
