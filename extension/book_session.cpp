// book_session(): unpack the wish, judge it, queue for the half-hours, look again, write, answer.
#include "core/outcome.hpp"

#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/guard_locks.hpp"
#include "extension/index_rows.hpp"
#include "extension/judgement.hpp"

namespace slotguard {
namespace {

/** A look under a snapshot that is taken now: after a lock, it sees all who held it before. */
std::optional<refusal> look(const booking& call) {
    const Snapshot latest = open_latest_snapshot();
    const std::optional<refusal> found = judge(call, latest);
    UnregisterSnapshot(latest);
    return found;
}

/** Nothing where the wish can be granted: its half-hours are locked then, so it stays so. A refused call
 *  leaves no lock behind, and has waited for nobody unless the time looked free. */
std::optional<refusal> judge_and_lock(const booking& call) {
    guard_locks half_hours;
    half_hours.add(call.sessions, call.wish.claim());
    const std::span<const guard_lock> locks = half_hours.in_order();
    auto [taken, is_complete] = try_guard_locks(call.sessions.table, locks);
    std::optional<refusal> refused = look(call);
    if (!refused && !is_complete) {
        // Somebody else is about to write in these half-hours: queue, and look at what came of it.
        taken += take_guard_locks(call.sessions.table, locks.subspan(taken));
        refused = look(call);
    }
    if (refused)
        release_guard_locks(locks.first(taken));
    return refused;
}

void offer_alternatives(const booking& call, instant near, booking_answer& answer) {
    if (!has_hours(call.tables, call.wish.who))
        return;
    const Snapshot latest = open_latest_snapshot();
    answer.alternatives = nearest_available(call.query(latest), call.wish.startup_id, near);
    UnregisterSnapshot(latest);
}

void decide(const booking& call, booking_answer& answer) {
    const std::optional<refusal> refused = judge_and_lock(call);
    if (!refused) {
        answer.session_id = insert_session(call.sessions, call.wish);
        return;
    }
    answer.what = refused->why;
    answer.window = refused->window;
    answer.session_id = refused->session_id;
    if (answer.what != outcome::already_yours)
        offer_alternatives(call, call.wish.when.starts_at(), answer);
}

void check_arguments(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "mentor_id");
    check_not_null(fcinfo, 1, "startup_id");
    check_not_null(fcinfo, 2, "session_date");
    check_not_null(fcinfo, 3, "session_time");
    check_left_out(fcinfo, 5, "idempotency_key");
    check_left_out(fcinfo, 6, "hold_token");
    check_may_write("book_session()");
}

Datum book(FunctionCallInfo fcinfo) {
    check_arguments(fcinfo);
    const auto [tables, sessions] = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_may_book(sessions);

    const mentor who = settings_of(tables, mentor_key(tables, PG_GETARG_TEXT_PP(0)));
    const elapsed length =
        PG_ARGISNULL(4) ? who.slot_duration : session_length_of(*PG_GETARG_INTERVAL_P(4));
    const local_time local = local_time_of(PG_GETARG_DATEADT(2), PG_GETARG_TIMEADT(3));
    const std::optional<instant> starts_at = who.clock.instant_of(local);
    const instant read_as = starts_at ? *starts_at : who.clock.reading_of(local);
    const booking call{tables,
                       sessions,
                       {who, PG_GETARG_INT64(1), local, lasting(read_as, length)},
                       GetCurrentTransactionStartTimestamp()};
    booking_answer answer{
        .what = starts_at ? outcome::booked : outcome::invalid_time,
        .session_id = {},
        .session = session_facts{PG_GETARG_TEXT_PP(0), call.wish.startup_id, local,
                                 starts_at ? std::optional{call.wish.when} : std::nullopt,
                                 who.clock.zone_name()},
        .alternatives = {}};
    if (starts_at)
        decide(call, answer);
    else
        offer_alternatives(call, read_as, answer);
    return pack(fcinfo, answer);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(book_session);
Datum book_session(PG_FUNCTION_ARGS) { return slotguard::book(fcinfo); }
}
