// Reads a mentor from the three tables.
#include "extension/mentor.hpp"

#include "core/stretch.hpp"

#include "extension/index_rows.hpp"
#include "extension/mentor_memory.hpp"

namespace slotguard {
namespace {

constexpr Interval no_time{.time = 0, .day = 0, .month = 0};
constexpr Interval half_hour_interval{.time = 30 * USECS_PER_MINUTE, .day = 0, .month = 0};
/** As the column's default, and enough for a rush: nobody keeps all of a mentor's times from others. */
constexpr std::int32_t default_max_holds = 50;
constexpr Interval a_year{.time = 0, .day = 0, .month = MONTHS_PER_YEAR};

mentor with_defaults(Datum key, Oid key_type) {
    return {
        .key = key,
        .key_type = key_type,
        .clock = mentor_clock::in_zone("UTC"),
        .slot_duration = half_hour_interval.time,
        .slot_duration_as_set = half_hour_interval,
        .minimum_notice = no_time,
        .booking_horizon = a_year,
        .around = {},
        .limits = {.per_day = {}, .per_week = {}, .per_startup = {}, .holds = default_max_holds}};
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

/** 22023 where mentor_settings holds what its trigger would not let in. */
elapsed buffer_of(index_rows& settings, AttrNumber column) {
    const Datum value = settings.get(column);
    const Interval& set = *DatumGetIntervalP(value);
    const std::optional<elapsed> length = elapsed_of(set.month, set.day, set.time);
    if (!length || *length < 0 || *length > longest_buffer)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("buffer %s is not between 0 and 24 hours",
                       DatumGetCString(DirectFunctionCall1(interval_out, value))),
                errhint("Set buffer_before and buffer_after anew in mentor_settings."),
                settings.err_column(column));
    return *length;
}

std::optional<std::int32_t> limit_of(index_rows& settings, AttrNumber column) {
    return settings.is_null(column) ? std::nullopt
                                    : std::optional{DatumGetInt32(settings.get(column))};
}

/** The rows of one mentor in one of the tables. */
template <typename Columns>
index_rows open_rows(const mentor_tables& tables, const Columns& columns,
                     std::span<const index_condition> is_theirs, Snapshot snapshot) {
    for (;;) {
        if (const auto rows =
                index_rows::open(columns.table, columns.by_mentor, snapshot, is_theirs))
            return *rows;
        look_again(tables);
    }
}

void read_settings(const mentor_tables& tables, std::span<const index_condition> is_theirs,
                   Snapshot snapshot, mentor& who) {
    const auto& columns = tables.settings;
    index_rows rows = open_rows(tables, columns, is_theirs, snapshot);
    if (rows.next()) {
        who.clock = mentor_clock::in_zone(TextDatumGetCString(rows.get(columns.time_zone)));
        who.slot_duration_as_set = *DatumGetIntervalP(rows.get(columns.slot_duration));
        // A shorter step would make lists of millions.
        who.slot_duration = std::max(session_length_of(who.slot_duration_as_set), one_minute);
        who.minimum_notice = *DatumGetIntervalP(rows.get(columns.minimum_notice));
        who.booking_horizon = *DatumGetIntervalP(rows.get(columns.booking_horizon));
        who.around = {.before = buffer_of(rows, columns.buffer_before),
                      .after = buffer_of(rows, columns.buffer_after)};
        who.limits = {.per_day = limit_of(rows, columns.max_sessions_per_day),
                      .per_week = limit_of(rows, columns.max_sessions_per_week),
                      .per_startup = limit_of(rows, columns.max_sessions_per_startup),
                      .holds = limit_of(rows, columns.max_holds)};
    }
    rows.close();
}

void read_rules(const mentor_tables& tables, std::span<const index_condition> is_theirs,
                Snapshot snapshot, mentor_record& record) {
    const auto& columns = tables.availability;
    index_rows rows = open_rows(tables, columns, is_theirs, snapshot);
    while (rows.next())
        record.rules.add(read_hours(
            TextDatumGetCString(rows.get(columns.rrule)), DatumGetTimeADT(rows.get(columns.opens)),
            DatumGetTimeADT(rows.get(columns.closes)),
            DatumGetDateADT(rows.get(columns.valid_from)),
            rows.is_null(columns.valid_until) ? DATEVAL_NOEND
                                              : DatumGetDateADT(rows.get(columns.valid_until)),
            record.settings.clock));
    rows.close();
    record.has_hours |= !record.rules.empty();
}

/** All of them are read whenever a mentor is: 100,000 take 25 ms, and 1.6 MB. */
constexpr int most_overrides = 100'000;

void check_room(const mentor& who, int overrides) {
    if (overrides > most_overrides)
        ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                errmsg("mentor \"%s\" has more than %d rows in mentor_availability_overrides",
                       spelled_key(who), most_overrides),
                errhint("Delete those that are over."));
}

void read_overrides(const mentor_tables& tables, std::span<const index_condition> is_theirs,
                    Snapshot snapshot, mentor_record& record) {
    const auto& columns = tables.overrides;
    // A range is copied to be read, and there may be many: what is remembered is the two instants.
    MemoryContext of_a_row =
        AllocSetContextCreate(CurrentMemoryContext, "slotguard override", ALLOCSET_SMALL_SIZES);
    index_rows rows = open_rows(tables, columns, is_theirs, snapshot);
    for (int count = 1; rows.next(); ++count) {
        check_room(record.settings, count);
        record.has_hours = true;
        const bool is_extra = DatumGetBool(rows.get(columns.available));
        const MemoryContext caller = MemoryContextSwitchTo(of_a_row);
        const auto during = as_interval(rows.get(columns.during));
        MemoryContextSwitchTo(caller);
        MemoryContextReset(of_a_row);
        if (during && (is_extra || during->ends_at() > record.time_off_from))
            (is_extra ? record.extra_hours : record.time_off).add(*during);
    }
    rows.close();
    MemoryContextDelete(of_a_row);
}

} // namespace

mentor_record read_mentor(const mentor_tables& tables, Datum key, Snapshot snapshot,
                          instant time_off_from) {
    const index_condition is_theirs[] = {{1, BTEqualStrategyNumber, tables.mentor_type, key}};
    mentor_record record{.settings = with_defaults(key, tables.mentor_type),
                         .has_hours = false,
                         .rules = {},
                         .extra_hours = {},
                         .time_off = {},
                         .time_off_from = time_off_from,
                         .stretches = {},
                         .known = {}};
    read_settings(tables, is_theirs, snapshot, record.settings);
    read_rules(tables, is_theirs, snapshot, record);
    read_overrides(tables, is_theirs, snapshot, record);
    record.time_off.shorten(join_hours(record.time_off.all()));
    return record;
}

const char* spelled_key(const mentor& who) {
    return who.key_type == UUIDOID ? DatumGetCString(DirectFunctionCall1(uuid_out, who.key))
                                   : TextDatumGetCString(who.key);
}

bool has_settings(const mentor_tables& tables, const mentor& who) {
    const mentor& now = recall_mentor(tables, who.key).settings;
    const auto is_same = [](const Interval& a, const Interval& b) {
        return a.time == b.time && a.day == b.day && a.month == b.month;
    };
    return now.clock == who.clock && now.slot_duration == who.slot_duration &&
           now.around == who.around && now.limits == who.limits &&
           is_same(now.minimum_notice, who.minimum_notice) &&
           is_same(now.booking_horizon, who.booking_horizon);
}

elapsed session_length_of(const Interval& duration) {
    const std::optional<elapsed> length =
        session_length(duration.month, duration.day, duration.time);
    if (!length)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("duration %s is not over zero and at most 24 hours",
                       DatumGetCString(
                           DirectFunctionCall1(interval_out, IntervalPGetDatum(&duration)))),
                errdetail("A day counts as 24 hours; months have no fixed length."),
                errhint("Pass a duration such as '45 minutes'."));
    return *length;
}

bool check_mentor_key(Datum key, Oid key_type) {
    constexpr int most = 255;
    if (key_type == UUIDOID)
        return true;
    const std::string_view words = words_of(key);
    if (pg_mbstrlen_with_len(words.data(), int(words.size())) > most)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("mentor_id is longer than %d characters", most),
                errhint("Pass the mentor_id of a mentor."));
    return true;
}

Datum mentor_key(const mentor_tables& tables, text* mentor_id) {
    if (tables.mentor_type == UUIDOID)
        return DirectFunctionCall1(uuid_in, CStringGetDatum(text_to_cstring(mentor_id)));
    return PointerGetDatum(mentor_id);
}

Datum mentor_argument(const mentor_tables& tables, text* mentor_id) {
    check_mentor_key(PointerGetDatum(mentor_id), TEXTOID);
    return mentor_key(tables, mentor_id);
}

} // namespace slotguard
