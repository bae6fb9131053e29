#include <cstdlib>
#include <optional>

#include <libical/ical.h>

#include "extension/calendar_text.hpp"

namespace slotguard {
namespace {

/** The zone whose clock the times are written on. */
struct written_zone {
    const char* name;                        ///< nothing: UTC
    std::span<const clock_change> changes{}; ///< its clock in the meantime

    bool is_utc() const { return !name; }
};

/** PostgreSQL follows POSIX's notations too; a reader knows names of places at best. */
bool is_plain_name(std::string_view name) {
    return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "/_+-") == name.npos;
}

/** Many readers take offsets for hours and minutes, so one with seconds, as before railways, is not
 *  trusted to them. */
constexpr bool is_whole_minutes(elapsed offset) { return offset % one_minute == 0; }

/**
 * The mentor's zone, or UTC where local times would be misread: a time that the clock shows twice is
 * the first of the two by RFC 5545 (3.3.5), and not by PostgreSQL, nor by all readers.
 */
written_zone zone_for(const calendar_event& event, palloc_list<clock_change>& changes) {
    const char* name = event.clock.zone_name();
    if (strcmp(name, "UTC") == 0 || !is_plain_name(name) ||
        is_shown_twice(changes, event.when.starts_at()) ||
        is_shown_twice(changes, event.when.ends_at()))
        return {nullptr};
    // How the clock stood before the first change matters to nobody.
    if (!is_whole_minutes(changes[0].offset_before))
        changes[0].offset_before = changes[0].offset;
    const auto all = changes.all();
    const bool is_readable = std::all_of(all.begin(), all.end(), [](const clock_change& change) {
        return is_whole_minutes(change.offset_before) && is_whole_minutes(change.offset);
    });
    return is_readable ? written_zone{name, all} : written_zone{nullptr};
}

icaltimetype as_calendar_time(local_time local, bool is_utc) {
    const DateADT date = date_of(local);
    const auto seconds = int(time_of(local) / USECS_PER_SEC);
    icaltimetype told = icaltime_null_time();
    j2date(date + POSTGRES_EPOCH_JDATE, &told.year, &told.month, &told.day);
    told.hour = seconds / 3600;
    told.minute = seconds / 60 % 60;
    told.second = seconds % 60;
    told.is_date = 0;
    told.zone = is_utc ? icaltimezone_get_utc_timezone() : nullptr;
    return told;
}

icaltimetype in_utc(instant when) { return as_calendar_time(when, true); }

constexpr instant midnight_of(int julian_day) {
    return (julian_day - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;
}
/** iCalendar has four digits for a year; a day is left on either side for the zone. */
constexpr instant first_instant = midnight_of(1721426 + 1); // 0001-01-02
constexpr instant last_instant = midnight_of(5373484 - 1);  // 9999-12-30

/** When a row was written matters less than that it can be read. */
icaltimetype stamp(instant when) { return in_utc(std::clamp(when, first_instant, last_instant)); }

/** All times of an event, worked out before libical allocates anything. */
struct written_times {
    icaltimetype starts_at, ends_at, updated_at;
    std::optional<icaltimetype> created_at;
};

written_times times_of(const calendar_event& event, const written_zone& zone) {
    const auto written = [&](instant when) {
        return zone.is_utc() ? in_utc(when) : as_calendar_time(event.clock.local_of(when), false);
    };
    // A session may end within a second: it is given the whole of it, so that it has a length.
    const instant last = event.when.ends_at() + USECS_PER_SEC - 1;
    return {.starts_at = written(event.when.starts_at()),
            .ends_at = written(last),
            .updated_at = stamp(event.updated_at),
            .created_at =
                event.created_at ? std::optional{stamp(*event.created_at)} : std::nullopt};
}

/** TZID says on whose clock a time is written. */
icalproperty* on_the_clock_of(const written_zone& zone, icalproperty* time) {
    if (!zone.is_utc())
        icalproperty_add_parameter(time, icalparameter_new_tzid(zone.name));
    return time;
}

/** RFC 5545, 3.6.5: the onset is written on the clock as it stood before. */
icalcomponent* observance(const clock_change& change) {
    return icalcomponent_vanew(
        change.is_summer ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT,
        icalproperty_new_dtstart(as_calendar_time(change.local_before(), false)),
        icalproperty_new_tzoffsetfrom(int(change.offset_before / USECS_PER_SEC)),
        icalproperty_new_tzoffsetto(int(change.offset / USECS_PER_SEC)),
        icalproperty_new_tzname(change.abbreviation), nullptr);
}

icalcomponent* time_zone(const written_zone& zone) {
    icalcomponent* made =
        icalcomponent_vanew(ICAL_VTIMEZONE_COMPONENT, icalproperty_new_tzid(zone.name), nullptr);
    for (const clock_change& change : zone.changes)
        icalcomponent_add_component(made, observance(change));
    return made;
}

icalcomponent* session(const calendar_event& event, const written_zone& zone,
                       const written_times& times) {
    icalcomponent* made = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(event.uid),
        icalproperty_new_sequence(event.sequence),
        icalproperty_new_status(event.is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED),
        icalproperty_new_dtstamp(times.updated_at), icalproperty_new_lastmodified(times.updated_at),
        icalproperty_new_summary(event.summary),
        on_the_clock_of(zone, icalproperty_new_dtstart(times.starts_at)),
        on_the_clock_of(zone, icalproperty_new_dtend(times.ends_at)), nullptr);
    if (event.description)
        icalcomponent_add_property(made, icalproperty_new_description(event.description));
    if (times.created_at)
        icalcomponent_add_property(made, icalproperty_new_created(*times.created_at));
    return made;
}

icalcomponent* calendar(const calendar_event& event, const written_zone& zone,
                        const written_times& times) {
    icalcomponent* made =
        icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                            icalproperty_new_prodid("-//slotguard//slotguard//EN"),
                            icalproperty_new_method(ICAL_METHOD_PUBLISH), nullptr);
    if (!zone.is_utc())
        icalcomponent_add_component(made, time_zone(zone));
    icalcomponent_add_component(made, session(event, zone, times));
    return made;
}

/** Nothing where memory is short. No ERROR may be raised before libical's own memory is freed. */
const char* print(const calendar_event& event, const written_zone& zone) {
    const written_times times = times_of(event, zone);
    icalcomponent* tree = calendar(event, zone, times);
    char* printed = icalcomponent_as_ical_string_r(tree);
    icalcomponent_free(tree);
    icalmemory_free_ring();
    if (!printed)
        return nullptr;
    const Size length = strlen(printed) + 1;
    auto* kept = static_cast<char*>(palloc_extended(length, MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE));
    if (kept)
        memcpy(kept, printed, length);
    std::free(printed);
    return kept;
}

void check_years(interval when) {
    if (when.starts_at() < first_instant || when.ends_at() > last_instant)
        ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                errmsg("the session is not between the years 1 and 9999"),
                errdetail("iCalendar can't write other years."));
}

} // namespace

const char* calendar_text(const calendar_event& event) {
    check_years(event.when);
    palloc_list<clock_change> changes = find_clock_changes(event.clock, event.when);
    const char* text = print(event, zone_for(event, changes));
    if (!text)
        ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
    return text;
}

} // namespace slotguard
