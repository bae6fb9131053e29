#include "extension/hold_store.hpp"

#include "extension/direct_delete.hpp"
#include "extension/direct_insert.hpp"
#include "extension/index_rows.hpp"
#include "extension/insert_policy.hpp"
#include "extension/insert_statement.hpp"
#include "extension/owner_rights.hpp"

namespace slotguard {
namespace {

pg_uuid_t new_token() { return *DatumGetUUIDP(DirectFunctionCall1(gen_random_uuid, Datum{0})); }

slot_hold new_hold(const session_wish& wish, instant expires_at) {
    return {.token = new_token(),
            .startup_id = wish.startup_id,
            .local = wish.local,
            .when = wish.when,
            .created_at = GetCurrentTransactionStartTimestamp(),
            .expires_at = expires_at};
}

[[noreturn]] void was_changed_on_its_way() {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("the hold can't be written as it is asked for"),
            errdetail("A trigger or rule of slot_holds changes, drops or keeps it."),
            errhint("Let it leave the holds as they are."));
    pg_unreachable();
}

/** Nothing is told that was not written. */
void check_is_written(const holds_table& holds, const slot_hold& wanted) {
    const Snapshot latest = open_latest_snapshot();
    const auto written = find_hold(holds, wanted.token, latest);
    UnregisterSnapshot(latest);
    if (!written || written->hold.startup_id != wanted.startup_id ||
        written->hold.when != wanted.when || written->hold.expires_at != wanted.expires_at)
        was_changed_on_its_way();
}

std::array<column_value, 10> row_of(const holds_table& holds, const session_wish& wish,
                                    const slot_hold& hold) {
    auto* duration = static_cast<Interval*>(palloc0(sizeof(Interval)));
    duration->time = hold.when.length();
    auto* token = static_cast<pg_uuid_t*>(palloc(sizeof(pg_uuid_t)));
    *token = hold.token;
    return {{{holds.hold_token, UUIDPGetDatum(token)},
             {holds.mentor_id, wish.who.key},
             {holds.startup_id, Int64GetDatum(hold.startup_id)},
             {holds.session_date, DateADTGetDatum(date_of(hold.local))},
             {holds.session_time, TimeADTGetDatum(time_of(hold.local))},
             {holds.duration, IntervalPGetDatum(duration)},
             {holds.time_zone, CStringGetTextDatum(wish.who.clock.zone_name())},
             {holds.starts_at, TimestampTzGetDatum(hold.when.starts_at())},
             {holds.ends_at, TimestampTzGetDatum(hold.when.ends_at())},
             {holds.expires_at, TimestampTzGetDatum(hold.expires_at)}}};
}

} // namespace

slot_hold insert_hold(const holds_table& holds, const session_wish& wish, instant expires_at) {
    const slot_hold hold = new_hold(wish, expires_at);
    const auto row = row_of(holds, wish, hold);
    lock_holds_table(holds, RowExclusiveLock);
    Relation table = table_open(holds.table, NoLock);
    const bool is_written = can_insert_directly(table, holds.generation)
                                ? insert_directly(table, row, holds.id).has_value()
                                : insert_by_statement(table, holds.generation, row);
    table_close(table, NoLock);
    if (!is_written)
        was_changed_on_its_way();
    check_is_written(holds, hold);
    return hold;
}

void check_hold_policy(const holds_table& holds, const session_wish& wish, instant expires_at) {
    if (check_enable_rls(holds.table, InvalidOid, true) != RLS_ENABLED)
        return;
    const auto row = row_of(holds, wish, new_hold(wish, expires_at));
    lock_holds_table(holds, RowExclusiveLock);
    Relation table = table_open(holds.table, NoLock);
    check_insert_policy(table, row, {});
    table_close(table, NoLock);
}

void check_may_hold(const holds_table& holds) {
    const Oid caller = GetUserId();
    if (pg_class_aclcheck(holds.table, caller, ACL_INSERT) == ACLCHECK_OK)
        return;
    for (AttrNumber column : {holds.hold_token, holds.mentor_id, holds.startup_id,
                              holds.session_date, holds.session_time, holds.duration,
                              holds.time_zone, holds.starts_at, holds.ends_at, holds.expires_at})
        if (pg_attribute_aclcheck(holds.table, column, caller, ACL_INSERT) != ACLCHECK_OK)
            ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                    errmsg("permission denied for table slot_holds"),
                    errdetail("hold_slot() writes the hold as its caller."),
                    errhint("GRANT INSERT ON %s.slot_holds TO %s;",
                            quote_identifier(get_namespace_name(holds.schema)),
                            quote_identifier(GetUserNameFromId(caller, false))));
}

void sweep_holds(const holds_table& holds, std::span<const slot_hold> which) {
    if (which.empty())
        return;
    lock_holds_table(holds, RowExclusiveLock);
    const owner_rights caller = owner_rights::begin(holds.owner, holds.schema);
    Relation table = table_open(holds.table, NoLock);
    for (const slot_hold& hold : which)
        delete_directly(table, hold.place, LockWaitSkip);
    table_close(table, NoLock);
    caller.end();
}

bool take_away_hold(const holds_table& holds, const slot_hold& hold) {
    lock_holds_table(holds, RowExclusiveLock);
    const owner_rights caller = owner_rights::begin(holds.owner, holds.schema);
    Relation table = table_open(holds.table, NoLock);
    const deletion came_of_it = delete_directly(table, hold.place, LockWaitBlock);
    table_close(table, NoLock);
    caller.end();
    if (came_of_it == deletion::left)
        was_changed_on_its_way();
    return came_of_it == deletion::done;
}

} // namespace slotguard
