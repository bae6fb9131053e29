#include "extension/decision.hpp"

#include "extension/claims.hpp"
#include "extension/guard_locks.hpp"
#include "extension/index_rows.hpp"

namespace slotguard {
namespace {

constexpr refusal too_many_holds{.why = outcome::limit_reached,
                                 .limit = session_limit::mentor_holds};

bool has_too_many_holds(const request& call, instant now) {
    const mentor& who = call.wish.who;
    return who.limits.holds && has_live_holds(call.tables.holds, who.key, *who.limits.holds, now);
}

bool has_it_already(const request& call, decision& found) {
    const auto own = found.own_holds.all();
    return std::any_of(own.begin(), own.end(),
                       [&](const slot_hold& hold) { return hold.when == call.wish.when; });
}

/** The startup's live holds and the mentor's are counted where it wants one more; the one that it has of that
 *  very slot is told again instead. */
void look_at_holds_of(const request& call, Snapshot snapshot, decision& found) {
    const auto all = find_holds_of_startup(call.tables.holds, call.wish.startup_id, snapshot);
    std::size_t live = 0;
    for (const slot_hold& hold : all.all())
        hold.is_live(found.looked_at) ? void(++live) : found.expired.add(hold);
    if (has_it_already(call, found))
        return;
    if (live >= most_live_holds)
        found.refused = refusal{.why = outcome::limit_reached, .limit = session_limit::holds};
    else if (has_too_many_holds(call, found.looked_at))
        found.refused = too_many_holds;
}

/**
 * Whoever holds a time of the mentor counts alone until the hold is written, and no longer: it is counted from
 * then on, though it is not committed, so nobody waits for the end of another's transaction.
 */
void count_alone(const request& call, decision& found) {
    if (!call.is_for_hold || !call.wish.who.limits.holds || has_it_already(call, found))
        return;
    guard_locks turn;
    turn.add_holds_with(call.tables.sessions, call.wish.who.key);
    const auto lock = turn.in_order();
    // Who has the whole table has taken none, and has none to give back.
    if (take_guard_locks(call.tables.sessions.table, lock) > 0)
        found.turn = lock.front();
    if (has_too_many_holds(call, GetCurrentTimestamp())) {
        found.refused = too_many_holds;
        end_turn(found);
    }
}

bool is_skipped_by_the_clock(const session_wish& wish) {
    return wish.who.clock.local_of(wish.when.starts_at()) != wish.local;
}

void judge(const request& call, const slot_query& query, decision& found) {
    // A time that the mentor's clock skips is refused before anything else is asked.
    if (is_skipped_by_the_clock(call.wish)) {
        found.refused = refusal{outcome::invalid_time};
        return;
    }
    const instant start = call.wish.when.starts_at();
    slot_judge judge{query, *interval::make(start, start + 1), wisher{call.wish.startup_id, true}};
    found.refused = judge.of_wish(start, call.wish.local);
    if (found.refused)
        return;
    found.own_holds = judge.own_holds(start);
    if (!call.is_for_hold)
        return;
    for (const slot_hold& hold : judge.expired_holds())
        found.expired.add(hold);
    look_at_holds_of(call, query.snapshot, found);
}

guard_locks locks_of(const request& call) {
    const session_wish& wish = call.wish;
    const sessions_table& sessions = call.tables.sessions;
    guard_locks queue;
    queue.add(sessions, wish.claim());
    if (call.leaves)
        queue.add(sessions, *call.leaves);
    queue.add_limits(sessions, wish.who.key, wish.who.limits,
                     wish.who.day_of(wish.when.starts_at()));
    if (wish.who.limits.per_startup && !call.is_for_hold && !call.moved_session)
        queue.add_sessions_of(sessions, wish.who.key, wish.startup_id);
    if (call.is_for_hold)
        queue.add_holds_of(sessions, wish.startup_id);
    if (wish.idempotency_key)
        queue.add_key(sessions, wish.startup_id, *wish.idempotency_key);
    return queue;
}

} // namespace

void check_is_own_wish(FunctionCallInfo fcinfo, const booking_tables& tables) {
    request_claims::read(tables.sessions)
        .check_wish(mentor_argument(tables.mentors, PG_GETARG_TEXT_PP(0)), PG_GETARG_INT64(1));
}

request read_request(FunctionCallInfo fcinfo, const booking_tables& tables) {
    const mentor who =
        settings_of(tables.mentors, mentor_argument(tables.mentors, PG_GETARG_TEXT_PP(0)));
    const auto named =
        PG_ARGISNULL(4) ? std::nullopt : std::optional{session_length_of(*PG_GETARG_INTERVAL_P(4))};
    const local_time local = local_time_of(PG_GETARG_DATEADT(2), PG_GETARG_TIMEADT(3));
    const interval when = lasting(who.clock.reading_of(local), named.value_or(who.slot_duration));
    return {.tables = tables,
            .wish = {who, PG_GETARG_INT64(1), local, when},
            .bookable = who.bookable_at(GetCurrentTransactionStartTimestamp()),
            .named_length = named};
}

slot_query request::query(Snapshot snapshot) const {
    return {.tables = tables,
            .who = wish.who,
            .length = wish.when.length(),
            .now = GetCurrentTimestamp(),
            .bookable = bookable,
            .snapshot = snapshot,
            .but_for = moved_session};
}

/** Under a snapshot that is taken now: after a lock, it sees all who held it before. */
decision look(const request& call) {
    const Snapshot latest = open_latest_snapshot();
    const slot_query query = call.query(latest);
    decision found{.looked_at = query.now};
    if (call.wish.idempotency_key)
        found.kept = find_by_key(call.tables.sessions, call.wish.startup_id,
                                 *call.wish.idempotency_key, latest);
    if (!found.kept)
        judge(call, query, found);
    UnregisterSnapshot(latest);
    return found;
}

decision decide(const request& call) {
    guard_locks queue = locks_of(call);
    const std::span<const guard_lock> locks = queue.in_order();
    const Oid table = call.tables.sessions.table;
    auto [taken, is_complete] = try_guard_locks(table, locks);
    decision found = look(call);
    if (found.is_granted() && !is_complete) {
        // Somebody else is about to write in these half-hours, on this day or under this key: queue,
        // and look at what came of it.
        taken += take_guard_locks(table, locks.subspan(taken));
        found = look(call);
    }
    found.is_outdated = !has_settings(call.tables.mentors, call.wish.who);
    if (found.is_granted())
        count_alone(call, found);
    if (!found.is_granted())
        release_guard_locks(locks.first(taken));
    return found;
}

void end_turn(decision& found) {
    if (found.turn)
        release_guard_locks({&*found.turn, 1});
    found.turn.reset();
}

palloc_list<listed_slot> find_alternatives(const request& call) {
    const Snapshot latest = open_latest_snapshot();
    const palloc_list<listed_slot> found =
        nearest_available(call.query(latest), call.wish.startup_id, call.wish.when.starts_at());
    UnregisterSnapshot(latest);
    return found;
}

session_facts facts_of(const request& call, text* mentor_id) {
    const session_wish& wish = call.wish;
    return {mentor_id, wish.startup_id, wish.local,
            is_skipped_by_the_clock(wish) ? std::nullopt : std::optional{wish.when},
            wish.who.clock.zone_name()};
}

booking_answer refusal_answer(const request& call, text* mentor_id, const refusal& refused) {
    booking_answer answer{.what = refused.why,
                          .window = refused.window,
                          .limit = refused.limit,
                          .session_id = refused.session_id,
                          .session = facts_of(call, mentor_id),
                          .expires_at = refused.expires_at,
                          .alternatives = {}};
    const bool is_in_the_way =
        answer.what != outcome::already_yours &&
        (answer.what != outcome::limit_reached || leaves_other_times(answer.limit));
    if (is_in_the_way)
        answer.alternatives = find_alternatives(call);
    return answer;
}

} // namespace slotguard
