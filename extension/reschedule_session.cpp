// reschedule_session(): as the caller. Look without a lock, lock the row, decide under the guard's locks
// of the old and the new time, write, answer. What is refused keeps its old time.
#include "core/outcome.hpp"

#include "extension/booking_result.hpp"
#include "extension/call_arguments.hpp"
#include "extension/callers_session.hpp"
#include "extension/decision.hpp"
#include "extension/hold_store.hpp"

namespace slotguard {
namespace {

/** One call: which session, and where to. */
struct move {
    const booking_tables tables;
    const callers_session session;
    const std::int64_t session_id;
    const local_time local;
    const std::optional<elapsed> named_length;
};

move read_move(FunctionCallInfo fcinfo, const booking_tables& tables) {
    const std::int64_t session_id = PG_GETARG_INT64(0);
    return {.tables = tables,
            .session = callers_session{tables.sessions, session_id},
            .session_id = session_id,
            .local = local_time_of(PG_GETARG_DATEADT(1), PG_GETARG_TIMEADT(2)),
            .named_length = PG_ARGISNULL(3)
                                ? std::nullopt
                                : std::optional{session_length_of(*PG_GETARG_INTERVAL_P(3))}};
}

[[noreturn]] void is_over(const move& call, const session_as_read& found) {
    ereport(
        ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
        errmsg("session " INT64_FORMAT " is %s and can't be moved", call.session_id, found.status),
        errhint("Only a scheduled session can be moved."));
    pg_unreachable();
}

[[noreturn]] void is_kept(const move& call) {
    ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
            errmsg("permission denied to move session " INT64_FORMAT, call.session_id),
            errdetail("A row-level policy or a trigger of mentor_startup_sessions keeps it."),
            errhint("Let its UPDATE policies show the session to those who may move it."));
    pg_unreachable();
}

booking_answer answer_of(const move& call, outcome what,
                         const std::optional<session_facts>& facts) {
    return {.what = what, .session_id = call.session_id, .session = facts, .alternatives = {}};
}

booking_answer replay(const move& call, const session_facts& session) {
    booking_answer answer = answer_of(call, outcome::rescheduled, session);
    answer.is_replayed = true;
    return answer;
}

/** The wish to have the session elsewhere, by the settings that its mentor has now. */
request request_of(const move& call, const session_facts& session) {
    const mentor_tables& mentors = call.tables.mentors;
    const mentor who = settings_of(mentors, mentor_key(mentors, session.mentor_id));
    const elapsed own_length = session.when ? session.when->length() : who.slot_duration;
    const interval when =
        lasting(who.clock.reading_of(call.local), call.named_length.value_or(own_length));
    request wished{.tables = call.tables,
                   .wish = {who, session.startup_id, call.local, when},
                   .bookable = who.bookable_at(GetCurrentTransactionStartTimestamp()),
                   .named_length = call.named_length,
                   .moved_session = call.session_id};
    if (session.when)
        wished.leaves =
            claimed_time{who.key, session.startup_id, session.local, *session.when, who.around};
    return wished;
}

/** A retry finds it there; the clock may skip the time that is asked for, and then it stands nowhere. */
bool stands_there(const request& wished, const session_facts& session) {
    return session.when == wished.wish.when &&
           wished.wish.who.clock.local_of(wished.wish.when.starts_at()) == wished.wish.local;
}

/** Everybody who changes a session has the row first, and the guard's locks then. */
std::optional<session_as_read> lock_row(const move& call) {
    if (const auto locked = call.session.lock("FOR NO KEY UPDATE"))
        return locked;
    if (call.session.look())
        is_kept(call);
    return std::nullopt; // deleted meanwhile
}

/** Nothing is told that was not written: other people's triggers may have changed it. */
bool is_as_wished(const session_facts& written, const request& wished) {
    return written.when == wished.wish.when && written.local == wished.wish.local &&
           written.startup_id == wished.wish.startup_id &&
           is_same_mentor(wished.tables.sessions,
                          mentor_key(wished.tables.mentors, written.mentor_id),
                          wished.wish.who.key);
}

booking_answer write_move(const move& call, const request& wished, const decision& granted) {
    const session_wish& wish = wished.wish;
    Interval length = {.time = wish.when.length(), .day = 0, .month = 0};
    const assignment changes[] = {
        {"session_date", DATEOID, DateADTGetDatum(date_of(wish.local))},
        {"session_time", TIMEOID, TimeADTGetDatum(time_of(wish.local))},
        {"duration", INTERVALOID, IntervalPGetDatum(&length)},
        {"time_zone", TEXTOID, CStringGetTextDatum(wish.who.clock.zone_name())}};
    if (!call.tables.sessions.is_guarded || !call.tables.sessions.is_prepared)
        session_changed_on_its_way();
    const auto written = call.session.update(changes);
    if (!written)
        is_kept(call);
    if (!is_as_wished(written->facts, wished))
        session_changed_on_its_way();
    sweep_holds(call.tables.holds, granted.own_holds.all());
    return answer_of(call, outcome::rescheduled, written->facts);
}

booking_answer refuse(const move& call, const request& wished, const session_facts& session,
                      const refusal& refused) {
    booking_answer answer = refusal_answer(wished, session.mentor_id, refused);
    if (!answer.session_id)
        answer.session_id = call.session_id;
    return answer;
}

/** What comes of it without a lock; nothing where it may be granted. */
std::optional<booking_answer> answer_without_lock(const move& call, const request& wished,
                                                  const session_facts& session) {
    const decision found = look(wished);
    if (!found.refused)
        return std::nullopt;
    return refuse(call, wished, session, *found.refused);
}

booking_answer move_session(const move& call) {
    bool is_locked = false;
    for (auto found = call.session.look();;) {
        if (!found)
            return answer_of(call, outcome::not_found, std::nullopt);
        if (found->is(session_status::cancelled))
            return answer_of(call, outcome::already_cancelled, found->facts);
        if (!found->is(session_status::scheduled))
            is_over(call, *found);
        const request wished = request_of(call, found->facts);
        if (stands_there(wished, found->facts))
            return replay(call, found->facts);
        if (!is_locked) {
            if (const auto refused = answer_without_lock(call, wished, found->facts))
                return *refused;
            found = lock_row(call);
            is_locked = true;
            continue;
        }
        const decision decided = decide(wished);
        if (decided.is_outdated)
            continue;
        return decided.refused ? refuse(call, wished, found->facts, *decided.refused)
                               : write_move(call, wished, decided);
    }
}

Datum reschedule(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "session_id");
    check_not_null(fcinfo, 1, "session_date");
    check_not_null(fcinfo, 2, "session_time");
    check_may_write("reschedule_session()");
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_may_move(tables.sessions);
    return pack(fcinfo, move_session(read_move(fcinfo, tables)));
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(reschedule_session);
Datum reschedule_session(PG_FUNCTION_ARGS) { return slotguard::reschedule(fcinfo); }
}
