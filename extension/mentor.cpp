#include "extension/mentor.hpp"

#include "extension/index_rows.hpp"

namespace slotguard {
namespace {

constexpr Interval no_time{.time = 0, .day = 0, .month = 0};
constexpr Interval half_an_hour{.time = 30 * USECS_PER_MINUTE, .day = 0, .month = 0};
constexpr Interval a_year{.time = 0, .day = 0, .month = MONTHS_PER_YEAR};

mentor with_defaults(Oid key_type, Datum key) {
    return {.key_type = key_type,
            .key = key,
            .clock = mentor_clock::in_zone("UTC"),
            .slot_duration = half_an_hour.time,
            .slot_duration_as_set = half_an_hour,
            .minimum_notice = no_time,
            .booking_horizon = a_year};
}

} // namespace

elapsed session_length_of(const Interval& duration) {
    const std::optional<elapsed> length =
        session_length(duration.month, duration.day, duration.time);
    if (!length)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("duration %s is not over zero and at most 24 hours",
                       DatumGetCString(DirectFunctionCall1(interval_out,
                                                           IntervalPGetDatum(&duration)))),
                errdetail("A day counts as 24 hours; months have no fixed length."),
                errhint("Pass a duration such as '45 minutes'."));
    return *length;
}

mentor read_mentor_by_key(const mentor_tables& tables, Datum key, Snapshot snapshot) {
    mentor found = with_defaults(tables.mentor_type, key);
    const index_condition is_theirs[] = {{1, BTEqualStrategyNumber, tables.mentor_type, key}};
    const auto& columns = tables.settings;
    index_rows rows = index_rows::open(columns.table, columns.by_mentor, snapshot, is_theirs);
    if (rows.next()) {
        found.clock = mentor_clock::in_zone(TextDatumGetCString(rows.get(columns.time_zone)));
        found.slot_duration_as_set = *DatumGetIntervalP(rows.get(columns.slot_duration));
        found.slot_duration = session_length_of(found.slot_duration_as_set);
        found.minimum_notice = *DatumGetIntervalP(rows.get(columns.minimum_notice));
        found.booking_horizon = *DatumGetIntervalP(rows.get(columns.booking_horizon));
    }
    rows.close();
    return found;
}

mentor read_mentor(const mentor_tables& tables, text* mentor_id, Snapshot snapshot) {
    const Datum key = tables.mentor_type == UUIDOID
                          ? DirectFunctionCall1(uuid_in, CStringGetDatum(text_to_cstring(mentor_id)))
                          : PointerGetDatum(mentor_id);
    return read_mentor_by_key(tables, key, snapshot);
}

} // namespace slotguard
