// THE decision for every writer: no two scheduled sessions of a mentor, nor of a startup, share an
// instant. Checked after the row is in its place, under the locks that prepare_session() took.
#include "extension/overlap_guard.hpp"

#include "extension/index_rows.hpp"
#include "extension/session_lookup.hpp"
#include "extension/session_row.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

[[noreturn]] void is_incomplete(Relation sessions) {
    ereport(ERROR, errcode(ERRCODE_NOT_NULL_VIOLATION),
            errmsg("a scheduled session has a NULL among its columns, or ends before it begins"),
            errhint("Give it a mentor, a startup, a date, a time and a duration; see "
                    "check_booking()."),
            errtable(sessions));
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

/** On somebody's clock: "2027-03-01 10:00:00 to 2027-03-01 11:00:00 (Europe/Paris)". */
const char* spelled(interval when, const mentor_clock& clock) {
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

/** Raises what a driver knows an exclusion constraint's violation by: code, name and words. */
[[noreturn]] void refuse(Relation table, const char* constraint, const char* detail) {
    ereport(ERROR, errcode(ERRCODE_EXCLUSION_VIOLATION), errtableconstraint(table, constraint),
            errmsg("conflicting session violates exclusion constraint \"%s\"", constraint),
            errdetail_internal("%s", detail),
            errhint("Choose another time, or call book_session(), which answers with the nearest "
                    "free times."));
    pg_unreachable();
}

/** A scheduled session that was written. */
struct written_session {
    Relation table;
    const sessions_table& sessions;
    ItemPointerData place;
    claimed_time claim;
    /** Whether the row was changed or deleted since. Its own time is then that of its newer version,
     *  if that claims the same, and is checked here; and while it stood unchecked, a neighbour that
     *  it overlapped may have been hidden behind it from another row. */
    bool is_superseded = false;

    /** Another session that stands in the way, by what is committed now and what this transaction has
     *  written up to here. */
    std::optional<interval> find_rival(whose side, Datum key, elapsed gap) const {
        const Snapshot latest = open_latest_snapshot();
        const auto rival = is_superseded
                               ? find_overlap_near(sessions, side, key, claim.when, gap, latest)
                               : find_other_session(sessions, side, key,
                                                    claim.when.widened(gap, gap), place, latest);
        UnregisterSnapshot(latest);
        return rival;
    }
};

/** `clock` gives the clock that spells the times: asked for only where there is something to spell. */
template <typename Clock> void check_mentor_side(const written_session& written, Clock clock) {
    const auto& [mentor_key, startup_id, local, when, around] = written.claim;
    const auto rival = written.find_rival(whose::mentor, mentor_key, around.gap());
    if (!rival)
        return;
    const char* detail =
        psprintf("Mentor %s is booked from %s", spelled_key(written.sessions, mentor_key),
                 spelled(*rival, clock()));
    refuse(written.table, "no_overlapping_sessions",
           rival->overlaps(when) || written.is_superseded
               ? psprintf("%s.", detail)
               : psprintf("%s, and keeps %s free before and %s after each session.", detail,
                          spelled(around.before), spelled(around.after)));
}

template <typename Clock> void check_startup_side(const written_session& written, Clock clock) {
    const std::int64_t startup_id = written.claim.startup_id;
    const auto rival =
        written.find_rival(whose::startup, startup_datum(written.sessions, startup_id), 0);
    if (rival)
        refuse(written.table, "no_overlapping_startup_sessions",
               psprintf("Startup " INT64_FORMAT " has a session from %s.", startup_id,
                        spelled(*rival, clock())));
}

/** A row on its way past one of the guard's triggers. */
struct row_event {
    const TriggerData& call;
    const booking_tables tables;
    session_row row;
    session_row before;

    mentor_clock clock() const {
        const auto zone = row.get(tables.sessions.time_zone);
        if (!zone)
            is_incomplete(call.tg_relation);
        return mentor_clock::in_zone(TextDatumGetCString(*zone));
    }
    bool is_superseded() const {
        return !table_tuple_satisfies_snapshot(call.tg_relation, new_slot(call), SnapshotSelf);
    }
    /** Nothing where the row books nothing new. */
    std::optional<written_session> new_session() const {
        if (!row.is_scheduled() || (before.is_scheduled() && row.agrees_in_claim(before)))
            return std::nullopt;
        const auto claim = row.claim();
        if (!claim)
            is_incomplete(call.tg_relation);
        return written_session{call.tg_relation, tables.sessions, new_slot(call)->tts_tid, *claim,
                               is_superseded()};
    }
    /** Whether nobody can have changed the row after it was prepared and locked. */
    bool is_stored_as_prepared() const {
        return tables.sessions.is_prepared &&
               SessionReplicationRole != SESSION_REPLICATION_ROLE_REPLICA;
    }
    bool holds(guard_locks&& locks) const {
        return holds_guard_locks(tables.sessions.table, locks.in_order());
    }
    /** Whether the instants are what date, time, zone and length say. */
    bool is_in_time(const claimed_time& claim) const {
        const auto duration = row.get(tables.sessions.duration);
        if (!duration)
            is_incomplete(call.tg_relation);
        return clock().instant_of(claim.local) == claim.when.starts_at() &&
               session_length_of(*DatumGetIntervalP(*duration)) == claim.when.length();
    }
};

row_event event_of(FunctionCallInfo fcinfo, const char* name) {
    const TriggerData& call = trigger_call(fcinfo, name, TRIGGER_EVENT_AFTER);
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_is_on(call, tables.sessions.table, name);
    return {call, tables, {tables.sessions, new_slot(call)}, {tables.sessions, old_slot(call)}};
}

Datum check_mentor(FunctionCallInfo fcinfo) {
    const row_event event = event_of(fcinfo, "check_mentor_is_free");
    auto written = event.new_session();
    if (!written)
        return PointerGetDatum(nullptr);
    if (!event.is_stored_as_prepared()) {
        // The buffers may have changed since they were locked. That is as if the row had been
        // written before the change, so what has to be locked is the time itself.
        guard_locks locks;
        locks.add_mentor_side(written->sessions, written->claim);
        if (!event.is_in_time(written->claim) || !event.holds(std::move(locks)))
            was_changed_after_locking();
    }
    written->claim.around =
        recall_mentor(event.tables.mentors, written->claim.mentor_key).settings.around;
    check_mentor_side(*written, [&] { return event.clock(); });
    return PointerGetDatum(nullptr);
}

Datum check_startup(FunctionCallInfo fcinfo) {
    const row_event event = event_of(fcinfo, "check_startup_is_free");
    const auto written = event.new_session();
    if (!written)
        return PointerGetDatum(nullptr);
    if (!event.is_stored_as_prepared()) {
        guard_locks locks;
        locks.add_startup_side(written->sessions, written->claim);
        if (!event.holds(std::move(locks)))
            was_changed_after_locking();
    }
    check_startup_side(*written, [&] { return event.clock(); });
    return PointerGetDatum(nullptr);
}

} // namespace

void check_written_session(Relation table, const sessions_table& sessions,
                           const claimed_time& claim, ItemPointerData place,
                           const mentor_clock& clock) {
    const written_session written{table, sessions, place, claim};
    check_mentor_side(written, [&] { return clock; });
    check_startup_side(written, [&] { return clock; });
}

} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(check_mentor_is_free);
Datum check_mentor_is_free(PG_FUNCTION_ARGS) { return slotguard::check_mentor(fcinfo); }

PG_FUNCTION_INFO_V1(check_startup_is_free);
Datum check_startup_is_free(PG_FUNCTION_ARGS) { return slotguard::check_startup(fcinfo); }
}
