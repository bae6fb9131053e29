// THE decision for every writer: no two scheduled sessions of a mentor, nor of a startup, share an
// instant. Checked after the row is in its place, under the locks that prepare_session() took.
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

/** Whether the instants are what date, time, zone and length say. */
bool is_in_time(const sessions_table& sessions, const session_row& row, const claimed_time& claim) {
    const auto zone = row.get(sessions.time_zone), duration = row.get(sessions.duration);
    if (!zone || !duration)
        is_incomplete();
    const mentor_clock clock = mentor_clock::in_zone(TextDatumGetCString(*zone));
    return clock.instant_of(claim.local) == claim.when.starts_at() &&
           session_length_of(*DatumGetIntervalP(*duration)) == claim.when.length();
}

/** A row of the statement that has been changed or deleted since has no say any more: the newer one
 *  is checked for itself. */
bool is_superseded(const TriggerData& call) {
    return !table_tuple_satisfies_snapshot(call.tg_relation, new_slot(call), SnapshotSelf);
}

/** The mentor's or the startup's session that stands in the way of `claim`, other than itself. */
std::optional<scheduled_session> first_other(const palloc_list<scheduled_session>& sessions,
                                             const TriggerData& call) {
    ItemPointer self = &new_slot(call)->tts_tid;
    for (const scheduled_session& session : sessions.all()) {
        ItemPointerData place = session.place;
        if (!ItemPointerEquals(&place, self))
            return session;
    }
    return std::nullopt;
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

struct conflict {
    const TriggerData& call;
    interval when; ///< of the session that is there already
    const mentor_clock clock;

    int names_constraint() const {
        return errtableconstraint(call.tg_relation, call.tg_trigger->tgname);
    }
};

const char* spelled_key(const sessions_table& sessions, Datum key) {
    return sessions.mentor_type == UUIDOID ? DatumGetCString(DirectFunctionCall1(uuid_out, key))
                                           : TextDatumGetCString(key);
}

constexpr const char* next_step =
    "Choose another time, or call book_session(), which answers with the nearest free times.";

[[noreturn]] void mentor_is_booked(const conflict& with, const char* mentor, const buffers& around,
                                   bool lacks_room) {
    const auto spelled = [](elapsed length) {
        const Interval buffer{.time = length, .day = 0, .month = 0};
        return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(&buffer)));
    };
    ereport(ERROR, errcode(ERRCODE_EXCLUSION_VIOLATION), with.names_constraint(),
            errmsg("conflicting session violates exclusion constraint \"%s\"",
                   with.call.tg_trigger->tgname),
            lacks_room
                ? errdetail("Mentor %s is booked from %s, and keeps %s free before and %s "
                            "after each session.",
                            mentor, spoken(with.when, with.clock), spelled(around.before),
                            spelled(around.after))
                : errdetail("Mentor %s is booked from %s.", mentor, spoken(with.when, with.clock)),
            errhint(next_step));
    pg_unreachable();
}

[[noreturn]] void startup_is_busy(const conflict& with, std::int64_t startup_id) {
    ereport(ERROR, errcode(ERRCODE_EXCLUSION_VIOLATION), with.names_constraint(),
            errmsg("conflicting session violates exclusion constraint \"%s\"",
                   with.call.tg_trigger->tgname),
            errdetail("Startup " INT64_FORMAT " has a session from %s.", startup_id,
                      spoken(with.when, with.clock)),
            errhint(next_step));
    pg_unreachable();
}

/** One row that has been written, on its way past the guard. */
struct written_session {
    const TriggerData& call;
    const booking_tables tables;
    session_row row;
    session_row before;

    /** Nothing where the row books nothing new. */
    std::optional<claimed_time> new_claim() const {
        if (!row.is_scheduled() || (before.is_scheduled() && row.agrees_in_claim(before)) ||
            is_superseded(call))
            return std::nullopt;
        const auto claim = row.claim(tables.mentors);
        if (!claim)
            is_incomplete();
        return claim;
    }
    mentor_clock clock() const {
        return mentor_clock::in_zone(TextDatumGetCString(*row.get(tables.sessions.time_zone)));
    }
};

written_session written(FunctionCallInfo fcinfo, const char* name) {
    const TriggerData& call = trigger_call(fcinfo, name, TRIGGER_EVENT_AFTER);
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_is_on(call, tables.sessions.table, name);
    return {call, tables, {tables.sessions, new_slot(call)}, {tables.sessions, old_slot(call)}};
}

Datum check_mentor(FunctionCallInfo fcinfo) {
    const written_session session = written(fcinfo, "check_mentor_is_free");
    const sessions_table& sessions = session.tables.sessions;
    const auto claim = session.new_claim();
    if (!claim)
        return PointerGetDatum(nullptr);
    // The buffers may have changed since they were locked. That is as if the row had been written
    // before the change, so what has to be locked is the time itself.
    claimed_time bare = *claim;
    bare.around = {};
    guard_locks locks;
    locks.add_mentor_side(sessions, bare);
    if (!is_in_time(sessions, session.row, *claim) ||
        !holds_guard_locks(sessions.table, locks.in_order()))
        was_changed_after_locking();

    const Snapshot latest = open_latest_snapshot();
    const auto rival =
        first_other(find_sessions_of_mentor(sessions, claim->mentor_key,
                                            claim->around.kept_free_around(claim->when), latest),
                    session.call);
    UnregisterSnapshot(latest);
    if (rival)
        mentor_is_booked({session.call, rival->when, session.clock()},
                         spelled_key(sessions, claim->mentor_key), claim->around,
                         !rival->when.overlaps(claim->when));
    return PointerGetDatum(nullptr);
}

Datum check_startup(FunctionCallInfo fcinfo) {
    const written_session session = written(fcinfo, "check_startup_is_free");
    const sessions_table& sessions = session.tables.sessions;
    const auto claim = session.new_claim();
    if (!claim)
        return PointerGetDatum(nullptr);
    guard_locks locks;
    locks.add_startup_side(sessions, *claim);
    if (!holds_guard_locks(sessions.table, locks.in_order()))
        was_changed_after_locking();

    const Snapshot latest = open_latest_snapshot();
    const auto rival = first_other(
        find_sessions_of_startup(sessions, claim->startup_id, claim->when, latest), session.call);
    UnregisterSnapshot(latest);
    if (rival)
        startup_is_busy({session.call, rival->when, session.clock()}, claim->startup_id);
    return PointerGetDatum(nullptr);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(check_mentor_is_free);
Datum check_mentor_is_free(PG_FUNCTION_ARGS) { return slotguard::check_mentor(fcinfo); }

PG_FUNCTION_INFO_V1(check_startup_is_free);
Datum check_startup_is_free(PG_FUNCTION_ARGS) { return slotguard::check_startup(fcinfo); }
}
