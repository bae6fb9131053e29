// THE decision for every writer: no two scheduled sessions of a mentor, nor of a startup, share an
// instant. Checked after the row is in its place, under the locks that prepare_session() took.
#include "extension/overlap_guard.hpp"

#include "extension/guard_locks.hpp"
#include "extension/index_rows.hpp"
#include "extension/session_lookup.hpp"
#include "extension/session_row.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

[[noreturn]] void is_incomplete() {
    ereport(ERROR, errcode(ERRCODE_NOT_NULL_VIOLATION),
            errmsg("a scheduled session has a NULL among its columns, or ends before it begins"),
            errhint("Give it a mentor, a startup, a date, a time and a duration; see "
                    "check_booking()."));
    pg_unreachable();
}

[[noreturn]] void was_changed_after_locking() {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("the session's time was not prepared by the trigger \"zz_prepare_session\""),
            errdetail("Another trigger changed the row after it, or it is missing or disabled."),
            errhint("Rename that trigger so that it fires before \"zz_prepare_session\", or run "
                    "setup_booking(); see check_booking()."));
    pg_unreachable();
}

/** A row of the statement that has been changed or deleted since has no say any more: the newer one
 *  is checked for itself. */
bool is_superseded(const TriggerData& call) {
    return !table_tuple_satisfies_snapshot(call.tg_relation, new_slot(call), SnapshotSelf);
}

/** On somebody's clock: "2027-03-01 10:00:00 to 2027-03-01 11:00:00 (Europe/Paris)". */
const char* spoken(interval when, const mentor_clock& clock) {
    const auto local = [&](instant at) {
        return DatumGetCString(
            DirectFunctionCall1(timestamp_out, TimestampGetDatum(clock.local_of(at))));
    };
    return psprintf("%s to %s (%s)", local(when.starts_at()), local(when.ends_at()),
                    clock.zone_name());
}

const char* spelled(elapsed length) {
    const Interval buffer{.time = length, .day = 0, .month = 0};
    return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(&buffer)));
}

const char* spelled_key(const sessions_table& sessions, Datum key) {
    return sessions.mentor_type == UUIDOID ? DatumGetCString(DirectFunctionCall1(uuid_out, key))
                                           : TextDatumGetCString(key);
}

/** Raises what a driver finds an exclusion constraint's violation by: code, name and words. */
[[noreturn]] void refuse(Relation table, const char* constraint, const char* detail) {
    ereport(ERROR, errcode(ERRCODE_EXCLUSION_VIOLATION), errtableconstraint(table, constraint),
            errmsg("conflicting session violates exclusion constraint \"%s\"", constraint),
            errdetail_internal("%s", detail),
            errhint("Choose another time, or call book_session(), which answers with the nearest "
                    "free times."));
    pg_unreachable();
}

/** A session that has been written: what it claims, where it stands, and how to spell times. */
struct written_session {
    Relation table;
    const sessions_table& sessions;
    claimed_time claim;
    ItemPointerData place;
    mentor_clock clock;

    /** The first of these that is not itself. */
    std::optional<interval> first_other(const palloc_list<scheduled_session>& found) const {
        for (const scheduled_session& session : found.all()) {
            ItemPointerData mine = place, its = session.place;
            if (!ItemPointerEquals(&mine, &its))
                return session.when;
        }
        return std::nullopt;
    }
};

void check_mentor_side(const written_session& written) {
    const claimed_time& claim = written.claim;
    const Snapshot latest = open_latest_snapshot();
    const auto rival = written.first_other(find_sessions_of_mentor(
        written.sessions, claim.mentor_key, claim.around.kept_free_around(claim.when), latest));
    UnregisterSnapshot(latest);
    if (!rival)
        return;
    const char* detail =
        psprintf("Mentor %s is booked from %s", spelled_key(written.sessions, claim.mentor_key),
                 spoken(*rival, written.clock));
    refuse(written.table, "no_overlapping_sessions",
           rival->overlaps(claim.when)
               ? psprintf("%s.", detail)
               : psprintf("%s, and keeps %s free before and %s after each session.", detail,
                          spelled(claim.around.before), spelled(claim.around.after)));
}

void check_startup_side(const written_session& written) {
    const claimed_time& claim = written.claim;
    const Snapshot latest = open_latest_snapshot();
    const auto rival = written.first_other(
        find_sessions_of_startup(written.sessions, claim.startup_id, claim.when, latest));
    UnregisterSnapshot(latest);
    if (rival)
        refuse(written.table, "no_overlapping_startup_sessions",
               psprintf("Startup " INT64_FORMAT " has a session from %s.", claim.startup_id,
                        spoken(*rival, written.clock)));
}

/** A row on its way past the guard. */
struct row_event {
    const TriggerData& call;
    const booking_tables tables;
    session_row row;
    session_row before;

    /** Nothing where the row books nothing new. */
    std::optional<written_session> new_session() const {
        if (!row.is_scheduled() || (before.is_scheduled() && row.agrees_in_claim(before)) ||
            is_superseded(call))
            return std::nullopt;
        const auto claim = row.claim(tables.mentors);
        const auto zone = row.get(tables.sessions.time_zone);
        if (!claim || !zone)
            is_incomplete();
        return written_session{call.tg_relation, tables.sessions, *claim, new_slot(call)->tts_tid,
                               mentor_clock::in_zone(TextDatumGetCString(*zone))};
    }
};

row_event event_of(FunctionCallInfo fcinfo, const char* name) {
    const TriggerData& call = trigger_call(fcinfo, name, TRIGGER_EVENT_AFTER);
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_is_on(call, tables.sessions.table, name);
    return {call, tables, {tables.sessions, new_slot(call)}, {tables.sessions, old_slot(call)}};
}

/** Whether the instants are what date, time, zone and length say. */
bool is_in_time(const session_row& row, const written_session& written) {
    const auto duration = row.get(written.sessions.duration);
    if (!duration)
        is_incomplete();
    return written.clock.instant_of(written.claim.local) == written.claim.when.starts_at() &&
           session_length_of(*DatumGetIntervalP(*duration)) == written.claim.when.length();
}

Datum check_mentor(FunctionCallInfo fcinfo) {
    const row_event event = event_of(fcinfo, "check_mentor_is_free");
    const auto written = event.new_session();
    if (!written)
        return PointerGetDatum(nullptr);
    // The buffers may have changed since they were locked. That is as if the row had been written
    // before the change, so what has to be locked is the time itself.
    claimed_time bare = written->claim;
    bare.around = {};
    guard_locks locks;
    locks.add_mentor_side(written->sessions, bare);
    if (!is_in_time(event.row, *written) ||
        !holds_guard_locks(written->sessions.table, locks.in_order()))
        was_changed_after_locking();
    check_mentor_side(*written);
    return PointerGetDatum(nullptr);
}

Datum check_startup(FunctionCallInfo fcinfo) {
    const auto written = event_of(fcinfo, "check_startup_is_free").new_session();
    if (!written)
        return PointerGetDatum(nullptr);
    guard_locks locks;
    locks.add_startup_side(written->sessions, written->claim);
    if (!holds_guard_locks(written->sessions.table, locks.in_order()))
        was_changed_after_locking();
    check_startup_side(*written);
    return PointerGetDatum(nullptr);
}

} // namespace

void check_written_session(Relation table, const sessions_table& sessions,
                           const claimed_time& claim, ItemPointerData place,
                           const mentor_clock& clock) {
    const written_session written{table, sessions, claim, place, clock};
    check_mentor_side(written);
    check_startup_side(written);
}

} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(check_mentor_is_free);
Datum check_mentor_is_free(PG_FUNCTION_ARGS) { return slotguard::check_mentor(fcinfo); }

PG_FUNCTION_INFO_V1(check_startup_is_free);
Datum check_startup_is_free(PG_FUNCTION_ARGS) { return slotguard::check_startup(fcinfo); }
}
