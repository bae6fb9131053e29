// book_session(): unpack the wish, judge it, queue for the half-hours, look again, write, answer.
#include "core/outcome.hpp"

#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/guard_locks.hpp"
#include "extension/index_rows.hpp"
#include "extension/judgement.hpp"
#include "extension/session_store.hpp"

namespace slotguard {
namespace {

/** One call: what it wishes for, and where it looks. */
struct booking {
    booking_tables tables;
    session_wish wish;
    bookable_range bookable;

    slot_query query(Snapshot snapshot) const {
        return {.tables = tables,
                .who = wish.who,
                .length = wish.when.length(),
                .now = GetCurrentTimestamp(),
                .bookable = bookable,
                .snapshot = snapshot};
    }
};

/** A look under a snapshot that is taken now: after a lock, it sees all who held it before. */
std::optional<refusal> look(const booking& call) {
    const Snapshot latest = open_latest_snapshot();
    const slot_query query = call.query(latest);
    const instant start = call.wish.when.starts_at();
    slot_judge judge{query, *interval::make(start, start + 1), wisher{call.wish.startup_id, true}};
    const std::optional<refusal> found = judge.of_wish(start, call.wish.local);
    UnregisterSnapshot(latest);
    return found;
}

/** What came of a wish. */
struct judgement {
    std::optional<refusal> refused; ///< nothing where it can be granted
    /** The mentor has changed settings in the meantime, the zone perhaps: what was asked for may be
     *  another time now. */
    bool is_outdated;
};

/** The half-hours of a wish that can be granted are locked, so that it stays so. A refused call leaves no
 *  lock behind, and has waited for nobody unless the time looked free. */
judgement judge_and_lock(const booking& call) {
    const session_wish& wish = call.wish;
    guard_locks queue;
    queue.add(call.tables.sessions, wish.claim());
    queue.add_limits(call.tables.sessions, wish.who.key, wish.who.limits,
                     wish.who.day_of(wish.when.starts_at()));
    const std::span<const guard_lock> locks = queue.in_order();
    auto [taken, is_complete] = try_guard_locks(call.tables.sessions.table, locks);
    std::optional<refusal> refused = look(call);
    if (!refused && !is_complete) {
        // Somebody else is about to write in these half-hours, or on this day: queue, and look at
        // what came of it.
        taken += take_guard_locks(call.tables.sessions.table, locks.subspan(taken));
        refused = look(call);
    }
    const bool is_outdated = !has_settings(call.tables.mentors, call.wish.who);
    if (refused || is_outdated)
        release_guard_locks(locks.first(taken));
    return {refused, is_outdated};
}

/** What the caller asks for, by the mentor's settings of now. */
booking read_wish(FunctionCallInfo fcinfo, const booking_tables& tables) {
    const mentor who =
        settings_of(tables.mentors, mentor_key(tables.mentors, PG_GETARG_TEXT_PP(0)));
    const elapsed length =
        PG_ARGISNULL(4) ? who.slot_duration : session_length_of(*PG_GETARG_INTERVAL_P(4));
    const local_time local = local_time_of(PG_GETARG_DATEADT(2), PG_GETARG_TIMEADT(3));
    return {tables,
            {who, PG_GETARG_INT64(1), local, lasting(who.clock.reading_of(local), length)},
            who.bookable_at(GetCurrentTransactionStartTimestamp())};
}

/** A time that the mentor's clock skips is refused before anything else is asked. */
judgement decide(const booking& call) {
    const session_wish& wish = call.wish;
    if (wish.who.clock.local_of(wish.when.starts_at()) != wish.local)
        return {.refused = refusal{outcome::invalid_time}, .is_outdated = false};
    return judge_and_lock(call);
}

palloc_list<listed_slot> find_alternatives(const booking& call) {
    const Snapshot latest = open_latest_snapshot();
    const palloc_list<listed_slot> found =
        nearest_available(call.query(latest), call.wish.startup_id, call.wish.when.starts_at());
    UnregisterSnapshot(latest);
    return found;
}

booking_answer answer_to(const booking& call, text* mentor_id,
                         const std::optional<refusal>& refused) {
    const session_wish& wish = call.wish;
    const bool exists = !refused || refused->why != outcome::invalid_time;
    booking_answer answer{.what = outcome::booked,
                          .session_id = {},
                          .session = session_facts{mentor_id, wish.startup_id, wish.local,
                                                   exists ? std::optional{wish.when} : std::nullopt,
                                                   wish.who.clock.zone_name()},
                          .alternatives = {}};
    if (!refused) {
        answer.session_id = insert_session(call.tables.sessions, wish);
        return answer;
    }
    answer.what = refused->why;
    answer.window = refused->window;
    answer.limit = refused->limit;
    answer.session_id = refused->session_id;
    if (answer.what != outcome::already_yours)
        answer.alternatives = find_alternatives(call);
    return answer;
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
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_may_book(tables.sessions);
    for (;;) {
        const booking call = read_wish(fcinfo, tables);
        const judgement found = decide(call);
        if (!found.is_outdated)
            return pack(fcinfo, answer_to(call, PG_GETARG_TEXT_PP(0), found.refused));
    }
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(book_session);
Datum book_session(PG_FUNCTION_ARGS) { return slotguard::book(fcinfo); }
}
