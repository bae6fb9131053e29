// book_session(): unpack the wish, let it be decided, write, answer.
#include "core/outcome.hpp"

#include "extension/booking_result.hpp"
#include "extension/call_arguments.hpp"
#include "extension/decision.hpp"
#include "extension/hold_store.hpp"

namespace slotguard {
namespace {

constexpr int longest_key = 255; // characters: it has to fit into an index
constexpr int longest_note = 2000;

/** The hold that a booking confirms, as far as it is still there. */
std::optional<mentors_hold> find_hold_of(const booking_tables& tables, const pg_uuid_t& token) {
    const Snapshot latest = open_latest_snapshot();
    const auto found = find_hold(tables.holds, token, latest);
    UnregisterSnapshot(latest);
    return found;
}

/** 22023 where the token is not of what is asked for. */
void check_is_of(const mentors_hold& held, const request& call) {
    const session_wish& wish = call.wish;
    if (held.hold.startup_id == wish.startup_id && held.hold.local == wish.local &&
        held.hold.when.length() == wish.when.length() &&
        is_same_mentor(call.tables.sessions, held.mentor_key, wish.who.key))
        return;
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("hold_token is of another slot than the one that is to be booked"),
            errhint("Pass the mentor, startup, date, time and duration that hold_slot() was called "
                    "with."));
}

/** What could be booked when the slot was held can be booked as long as it is, if it still lies ahead.
 *  Where the mentor has changed zone since, its date and time are another slot. */
void keep_window_of(const slot_hold& hold, request& call) {
    const instant now = GetCurrentTransactionStartTimestamp();
    if (!hold.is_live(GetCurrentTimestamp()) || hold.when != call.wish.when)
        return;
    const bookable_range then = call.wish.who.bookable_at(hold.created_at);
    call.bookable.earliest = std::min(call.bookable.earliest, std::max(then.earliest, now));
}

/** A slot that is no longer held for the caller and has gone to somebody else. */
void tell_expiry(const std::optional<mentors_hold>& held, decision& found) {
    const bool is_over = !held || !held->hold.is_live(found.looked_at);
    if (found.refused && is_over &&
        (found.refused->why == outcome::slot_taken || found.refused->why == outcome::slot_held))
        found.refused->why = outcome::hold_expired;
}

/** 22023 where the key was used for something else, 42501 where row-level policies hide its session. */
booking_answer replay(const request& call, text* mentor_id, const kept_booking& kept) {
    const session_wish& wish = call.wish;
    if (!is_shown_to_caller(call.tables.sessions, kept.session_id))
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("idempotency_key was used before for a session that the caller may not see"),
                errdetail("A row-level policy of mentor_startup_sessions hides it."),
                errhint("Pass a new key with each new request."));
    if (!is_same_mentor(call.tables.sessions, kept.mentor_key, wish.who.key) ||
        kept.local != wish.local || (call.named_length && *call.named_length != kept.when.length()))
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("idempotency_key was used before with other arguments"),
                errdetail("It belongs to session " INT64_FORMAT ".", kept.session_id),
                errhint("Repeat a call with the same arguments, and pass a new key with each new "
                        "request."));
    return {.what = outcome::booked,
            .session_id = kept.session_id,
            .session =
                session_facts{mentor_id, wish.startup_id, kept.local, kept.when, kept.time_zone},
            .is_replayed = true,
            .hint = kept.hint,
            .alternatives = {}};
}

/** The hold that is confirmed is used up even where the mentor's clock has taken it elsewhere. */
booking_answer write_session(const request& call, text* mentor_id, const decision& granted,
                             const std::optional<mentors_hold>& held) {
    booking_answer answer{.what = outcome::booked,
                          .session_id = insert_session(call.tables.sessions, call.wish),
                          .session = facts_of(call, mentor_id),
                          .alternatives = {}};
    sweep_holds(call.tables.holds, granted.own_holds.all());
    if (held)
        sweep_holds(call.tables.holds, std::span{&held->hold, 1});
    return answer;
}

booking_answer answer_to(const request& call, text* mentor_id, const decision& found,
                         const std::optional<mentors_hold>& held) {
    // Where the time is free, the INSERT itself asks.
    if (found.kept || found.refused)
        check_session_policy(call.tables.sessions, call.wish);
    if (found.kept)
        return replay(call, mentor_id, *found.kept);
    return found.refused ? refusal_answer(call, mentor_id, *found.refused)
                         : write_session(call, mentor_id, found, held);
}

void check_arguments(FunctionCallInfo fcinfo) {
    check_is_whole_wish(fcinfo);
    check_may_write("book_session()");
    check_length(fcinfo, 5, "idempotency_key", longest_key,
                 "Pass a new random one with each request, such as a UUID, and the same one when "
                 "you repeat it.");
    check_length(fcinfo, 7, "visitor_note", longest_note,
                 "Pass a few sentences for the mentor, or leave visitor_note out.");
}

/** The wish, and what is written beside it. */
request read_booking(FunctionCallInfo fcinfo, const booking_tables& tables) {
    request call = read_request(fcinfo, tables);
    if (!PG_ARGISNULL(5))
        call.wish.idempotency_key = PG_GETARG_DATUM(5);
    if (!PG_ARGISNULL(7))
        call.wish.visitor_note = PG_GETARG_DATUM(7);
    return call;
}

Datum book(FunctionCallInfo fcinfo) {
    check_arguments(fcinfo);
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_is_own_wish(fcinfo, tables);
    check_may_book(tables.sessions, !PG_ARGISNULL(5), !PG_ARGISNULL(7));
    for (;;) {
        request call = read_booking(fcinfo, tables);
        std::optional<mentors_hold> held;
        if (!PG_ARGISNULL(6) && (held = find_hold_of(tables, *PG_GETARG_UUID_P(6)))) {
            check_is_of(*held, call);
            keep_window_of(held->hold, call);
        }
        decision found = decide(call);
        if (found.is_outdated)
            continue;
        if (!PG_ARGISNULL(6))
            tell_expiry(held, found);
        return pack(fcinfo, answer_to(call, PG_GETARG_TEXT_PP(0), found, held));
    }
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(book_session);
Datum book_session(PG_FUNCTION_ARGS) { return slotguard::book(fcinfo); }
}
