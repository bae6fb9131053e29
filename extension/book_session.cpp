// book_session(): unpack the wish, judge it, queue for the slot, look again, write, answer.
#include "core/outcome.hpp"

#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/index_rows.hpp"
#include "extension/session_store.hpp"
#include "extension/slot_list.hpp"
#include "extension/slot_lock.hpp"

namespace slotguard {
namespace {

/** Why a wish can't be granted. */
struct refusal {
    outcome why;
    booking_window window = booking_window::too_late;
    std::optional<std::int64_t> session_id; ///< for already_yours
};

/** One call: what it wishes for, and where it looks. */
struct booking {
    const mentor_tables& tables;
    const sessions_table& sessions;
    session_wish wish;
    instant now;

    slot_query query(Snapshot snapshot) const {
        return {tables, sessions, wish.who, wish.when.length(), now, snapshot};
    }
};

/** A session that shares time with the wish: another startup's, if there is one. */
std::optional<scheduled_session> find_overlapping(const booking& call, Snapshot snapshot) {
    const auto around =
        find_sessions_around(call.sessions, call.wish.who, call.wish.when, snapshot);
    std::optional<scheduled_session> found;
    for (const scheduled_session& session : around.all())
        if (session.when.overlaps(call.wish.when) &&
            (!found || found->startup_id == call.wish.startup_id))
            found = session;
    return found;
}

/** What to tell this startup of a session that stands in its way. */
refusal name_rival(const booking& call, const scheduled_session& rival) {
    if (rival.startup_id != call.wish.startup_id ||
        !is_shown_to_caller(call.sessions, rival.session_id))
        return {outcome::slot_taken, {}, {}};
    if (rival.when == call.wish.when)
        return {outcome::already_yours, {}, rival.session_id};
    return {outcome::startup_busy, {}, {}};
}

/** What a look found. */
struct judgement {
    bool has_hours; ///< whether there can be alternatives
    std::optional<refusal> refused;
};

/** The rules in the order in which a refusal names them. */
judgement judge(const booking& call, Snapshot snapshot) {
    const instant starts_at = call.wish.when.starts_at();
    auto rival = find_session_at(call.sessions, call.wish, snapshot);
    if (rival)
        if (const refusal named = name_rival(call, *rival); named.why == outcome::already_yours)
            return {true, named};
    const booking_window window = call.wish.who.bookable_at(call.now).judge(starts_at);
    if (window != booking_window::inside)
        return {true, refusal{outcome::outside_booking_window, window, {}}};
    const slot_list list =
        list_slots(call.query(snapshot), *interval::make(starts_at, starts_at + 1));
    if (list.has_hours && list.slots.empty())
        return {true, refusal{outcome::mentor_unavailable, {}, {}}};
    const bool is_own = rival && rival->startup_id == call.wish.startup_id;
    if (list.has_hours && list.slots[0].state == slot_state::booked && (!rival || is_own))
        if (const auto overlapping = find_overlapping(call, snapshot))
            rival = overlapping;
    if (rival)
        return {list.has_hours, name_rival(call, *rival)};
    return {list.has_hours, std::nullopt};
}

/** A look under a snapshot that is taken now: after a lock, it sees all who held it before. */
judgement look(const booking& call) {
    const Snapshot latest = open_latest_snapshot();
    const judgement found = judge(call, latest);
    UnregisterSnapshot(latest);
    return found;
}

/**
 * Judges the wish; where nothing is against it, its slot is locked then. A refusal keeps no lock, and
 * needs no transaction id and no WAL.
 */
judgement judge_and_lock(const booking& call) {
    const slot_lock lock = lock_of_slot(call.sessions, call.wish.who.key, call.wish.local);
    bool is_locked = try_slot_lock(call.sessions, lock);
    judgement found = look(call);
    if (!found.refused && !is_locked) {
        // Somebody else is about to write this session: queue, and look at what came of it.
        is_locked = take_slot_lock(call.sessions, lock);
        found = look(call);
    }
    if (found.refused && is_locked)
        release_slot_lock(lock);
    return found;
}

void offer_alternatives(const booking& call, instant near, booking_answer& answer) {
    const Snapshot latest = open_latest_snapshot();
    answer.alternatives = nearest_available(call.query(latest), near);
    UnregisterSnapshot(latest);
}

void decide(const booking& call, booking_answer& answer) {
    const auto [has_hours, refused] = judge_and_lock(call);
    if (!refused) {
        answer.session_id = insert_session(call.sessions, call.wish);
        return;
    }
    answer.what = refused->why;
    answer.window = refused->window;
    answer.session_id = refused->session_id;
    if (has_hours && answer.what != outcome::already_yours)
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
                       {who, PG_GETARG_INT64(1), local, *interval::make(read_as, read_as + length)},
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
