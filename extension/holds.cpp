// Reads slot_holds by its indexes, as its owner would see it.
#include "extension/holds.hpp"

#include "extension/index_rows.hpp"

namespace slotguard {
namespace {

/** Most sites hold nothing most of the time, and then the table has no page to look at. */
bool is_empty(const holds_table& holds) {
    Relation table = table_open(holds.table, NoLock);
    const bool has_no_page = RelationGetNumberOfBlocks(table) == 0;
    table_close(table, NoLock);
    return has_no_page;
}

index_rows open_holds(const holds_table& holds, Oid holds_table::*index, Snapshot snapshot,
                      std::span<const index_condition> conditions) {
    for (;;) {
        if (const auto rows = index_rows::open(holds.table, holds.*index, snapshot, conditions))
            return *rows;
        look_again(holds);
    }
}

/** Whether date and time can be told: local_time_of() fails for others. */
bool is_in_reach(DateADT date) {
    return !DATE_IS_NOBEGIN(date) && date < TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE;
}

/** Nothing for a row that no call has written: whoever looks at one day would not find what begins
 *  more than a day before it. */
std::optional<slot_hold> hold_in(const holds_table& holds, index_rows& rows) {
    const auto when = interval::make(DatumGetTimestampTz(rows.get(holds.starts_at)),
                                     DatumGetTimestampTz(rows.get(holds.ends_at)));
    const DateADT date = DatumGetDateADT(rows.get(holds.session_date));
    // From or to infinity is less than nothing: the difference has gone round.
    if (!when || when->length() <= 0 || when->length() > one_day || !is_in_reach(date))
        return std::nullopt;
    return slot_hold{.token = *DatumGetUUIDP(rows.get(holds.hold_token)),
                     .startup_id = DatumGetInt64(rows.get(holds.startup_id)),
                     .local = local_time_of(date, DatumGetTimeADT(rows.get(holds.session_time))),
                     .when = *when,
                     .created_at = DatumGetTimestampTz(rows.get(holds.created_at)),
                     .expires_at = DatumGetTimestampTz(rows.get(holds.expires_at)),
                     .place = rows.place()};
}

} // namespace

palloc_list<slot_hold> find_holds(const holds_table& holds, Datum mentor_key, interval window,
                                  Snapshot snapshot) {
    palloc_list<slot_hold> found;
    lock_holds_table(holds, AccessShareLock);
    if (is_empty(holds))
        return found;
    // A hold lasts a day at most.
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, holds.mentor_type, mentor_key},
        {2, BTLessStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(window.ends_at())},
        {2, BTGreaterStrategyNumber, TIMESTAMPTZOID,
         TimestampTzGetDatum(window.starts_at() - one_day)}};
    index_rows rows = open_holds(holds, &holds_table::by_mentor, snapshot, conditions);
    while (rows.next())
        if (const auto hold = hold_in(holds, rows); hold && hold->when.overlaps(window))
            found.add(*hold);
    rows.close();
    return found;
}

palloc_list<slot_hold> find_earliest_holds(const holds_table& holds, Datum mentor_key,
                                           Snapshot snapshot) {
    constexpr std::size_t most = 100;
    palloc_list<slot_hold> found;
    lock_holds_table(holds, AccessShareLock);
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, holds.mentor_type, mentor_key}};
    index_rows rows = open_holds(holds, &holds_table::by_mentor, snapshot, conditions);
    while (found.size() < most && rows.next())
        if (const auto hold = hold_in(holds, rows))
            found.add(*hold);
    rows.close();
    return found;
}

bool has_live_holds(const holds_table& holds, Datum mentor_key, std::int32_t how_many,
                    instant now) {
    SnapshotData written;
    InitDirtySnapshot(written);
    lock_holds_table(holds, AccessShareLock);
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, holds.mentor_type, mentor_key},
        {2, BTGreaterStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(now - one_day)}};
    index_rows rows = open_holds(holds, &holds_table::by_mentor, &written, conditions);
    std::int32_t count = 0;
    while (count < how_many && rows.next()) {
        const auto hold = hold_in(holds, rows);
        count += hold && hold->is_live(now);
    }
    rows.close();
    return count >= how_many;
}

palloc_list<slot_hold> find_holds_of_startup(const holds_table& holds, std::int64_t startup_id,
                                             Snapshot snapshot) {
    palloc_list<slot_hold> found;
    lock_holds_table(holds, AccessShareLock);
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, INT8OID, Int64GetDatum(startup_id)}};
    index_rows rows = open_holds(holds, &holds_table::by_startup, snapshot, conditions);
    while (rows.next())
        if (const auto hold = hold_in(holds, rows))
            found.add(*hold);
    rows.close();
    return found;
}

std::optional<mentors_hold> find_hold(const holds_table& holds, const pg_uuid_t& token,
                                      Snapshot snapshot) {
    std::optional<mentors_hold> found;
    lock_holds_table(holds, AccessShareLock);
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, UUIDOID, UUIDPGetDatum(&token)}};
    index_rows rows = open_holds(holds, &holds_table::by_token, snapshot, conditions);
    if (rows.next())
        if (const auto hold = hold_in(holds, rows)) {
            const int key_length = holds.mentor_type == UUIDOID ? UUID_LEN : -1;
            found = {*hold, datumCopy(rows.get(holds.mentor_id), false, key_length),
                     TextDatumGetCString(rows.get(holds.time_zone))};
        }
    rows.close();
    return found;
}

} // namespace slotguard
