// What every writer of a session passes first, plain ones too: zone and instants are filled in, and
// the half-hours that the row leaves and takes are locked, before any index or the guard decides.
#include "extension/awaited_session.hpp"
#include "extension/booking_tables.hpp"
#include "extension/changed_columns.hpp"
#include "extension/column_errors.hpp"
#include "extension/guard_locks.hpp"
#include "extension/mentor.hpp"
#include "extension/session_history.hpp"
#include "extension/session_row.hpp"
#include "extension/status_change.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

/** One row on its way into the table. */
struct row_change {
    const booking_tables tables;
    Relation table;
    session_row before;
    session_row after;
    changed_columns changes{};

    /** Whether an UPDATE leaves the time as it was, and books nothing anew. */
    bool keeps_its_time() const {
        return before.is_there() && after.agrees_in_wish(before) &&
               (before.is_scheduled() || !after.is_scheduled());
    }
    bool frees_its_time() const { return before.is_scheduled() && !after.is_scheduled(); }
    bool has_new_key() const {
        return after.get(tables.sessions.idempotency_key) &&
               !(before.is_there() && after.agrees_in(tables.sessions.idempotency_key, before) &&
                 after.agrees_in(tables.sessions.startup_id, before));
    }
};

/** The zone that the row names; the mentor's, where it names none or comes from another mentor. */
mentor_clock clock_of(const row_change& row, const mentor_clock& mentors) {
    const sessions_table& sessions = row.tables.sessions;
    const auto named = row.after.get(sessions.time_zone);
    const bool follows_mentor = row.before.is_there() &&
                                !row.after.agrees_in(sessions.mentor_id, row.before) &&
                                row.after.agrees_in(sessions.time_zone, row.before);
    if (named && !follows_mentor)
        return mentor_clock::in_zone(TextDatumGetCString(*named));
    return mentors;
}

[[noreturn]] void refuse_skipped_time(DateADT date, TimeADT time, const char* zone) {
    ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
            errmsg("local time %s %s does not exist in time zone \"%s\"",
                   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date))),
                   DatumGetCString(DirectFunctionCall1(time_out, TimeADTGetDatum(time))), zone),
            errdetail("The clock skips it when summer time starts."),
            errhint("Choose a later time."));
    pg_unreachable();
}

/** Fills in zone and instants, and tells what the row claims if it is scheduled; a row with a NULL
 *  among its keys is left to its NOT NULL. */
std::optional<claimed_time> fill_in(row_change& row) {
    const sessions_table& sessions = row.tables.sessions;
    const auto mentor_id = row.after.get(sessions.mentor_id);
    const auto startup_id = row.after.get(sessions.startup_id);
    const auto date = row.after.get(sessions.session_date);
    const auto time = row.after.get(sessions.session_time);
    const auto duration = row.after.get(sessions.duration);
    if (!mentor_id || !startup_id || !date || !time || !duration)
        return std::nullopt;
    about_column(row.table, sessions.mentor_id,
                 [&] { return check_mentor_key(*mentor_id, sessions.mentor_type); });
    // What is wrong with the mentor's own rows is said of those.
    const mentor who = settings_of(row.tables.mentors, *mentor_id);
    const auto clock =
        about_column(row.table, sessions.time_zone, [&] { return clock_of(row, who.clock); });
    const auto length = about_column(row.table, sessions.duration, [&] {
        return session_length_of(*DatumGetIntervalP(*duration));
    });
    const auto local = about_column(row.table, sessions.session_date, [&] {
        return local_time_of(DatumGetDateADT(*date), DatumGetTimeADT(*time));
    });
    const interval when = about_column(row.table, sessions.session_time, [&] {
        const auto starts_at = clock.instant_of(local);
        if (!starts_at)
            refuse_skipped_time(DatumGetDateADT(*date), DatumGetTimeADT(*time), clock.zone_name());
        return lasting(*starts_at, length);
    });
    if (DatumGetTimeADT(*time) == USECS_PER_DAY) { // 24:00 is the next day's 00:00, and one key
        row.changes.set(sessions.session_date, DateADTGetDatum(date_of(local)));
        row.changes.set(sessions.session_time, TimeADTGetDatum(time_of(local)));
    }
    row.changes.set(sessions.time_zone, CStringGetTextDatum(clock.zone_name()));
    row.changes.set(sessions.starts_at, TimestampTzGetDatum(when.starts_at()));
    row.changes.set(sessions.ends_at, TimestampTzGetDatum(when.ends_at()));
    return claimed_time{.mentor_key = *mentor_id,
                        .startup_id = startup_number(sessions, *startup_id),
                        .local = local,
                        .when = when,
                        .around = who.around};
}

/** An UPDATE that leaves the time alone leaves the instants too: no later change of tzdata can
 *  stand in the way of a cancellation. */
void keep_instants(row_change& row) {
    const sessions_table& sessions = row.tables.sessions;
    for (AttrNumber column : {sessions.starts_at, sessions.ends_at})
        if (const auto was = row.before.get(column);
            was && !row.after.agrees_in(column, row.before))
            row.changes.set(column, *was);
}

/** Locks what the row leaves and what it takes, in one order. An UPDATE holds its row by now, so
 *  everybody who changes a session has the row first and the half-hours then. */
void lock_half_hours(const row_change& row, const std::optional<claimed_time>& taken) {
    const sessions_table& sessions = row.tables.sessions;
    guard_locks locks;
    if (row.before.is_scheduled() && (!row.keeps_its_time() || row.frees_its_time()))
        if (const auto left = row.before.claim_with_buffers(row.tables.mentors))
            locks.add(sessions, *left);
    if (taken && row.after.is_scheduled())
        locks.add(sessions, *taken);
    const auto startup_id = row.after.get(sessions.startup_id);
    if (startup_id && row.has_new_key())
        locks.add_key(sessions, startup_number(sessions, *startup_id),
                      *row.after.get(sessions.idempotency_key));
    take_guard_locks(sessions.table, locks.in_order());
}

Datum prepare(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "prepare_session", TRIGGER_EVENT_BEFORE);
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    const sessions_table& sessions = tables.sessions;
    check_is_on(call, sessions.table, "prepare_session");
    row_change row{
        tables, call.tg_relation, {sessions, old_slot(call)}, {sessions, new_slot(call)}};
    const HeapTuple tuple = new_tuple(call);
    if (!tuple) {
        lock_half_hours(row, std::nullopt);
        return PointerGetDatum(call.tg_trigtuple);
    }
    if (!row.before.is_there() && is_awaited(sessions, row.after))
        return PointerGetDatum(tuple);
    about_column(row.table, sessions.status, [&] {
        check_status(sessions, row.before, row.after);
        return true;
    });
    if (!row.keeps_its_time())
        lock_half_hours(row, fill_in(row));
    else if (row.frees_its_time() || row.has_new_key())
        lock_half_hours(row, std::nullopt);
    if (row.keeps_its_time())
        keep_instants(row);
    keep_history(sessions, row.before, row.after, row.changes);
    if (row.before.is_there())
        row.changes.set(sessions.updated_at,
                        TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()));
    return PointerGetDatum(row.changes.put_into(tuple, RelationGetDescr(call.tg_relation)));
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(prepare_session);
Datum prepare_session(PG_FUNCTION_ARGS) { return slotguard::prepare(fcinfo); }
}
