// hold_slot() and release_hold(): a slot is kept while somebody fills in the form for it.
#include "extension/booking_result.hpp"
#include "extension/call_arguments.hpp"
#include "extension/claims.hpp"
#include "extension/decision.hpp"
#include "extension/hold_store.hpp"

namespace slotguard {
namespace {

constexpr elapsed longest_hold = one_hour;

/** 22023 where it is not over zero and at most an hour. */
elapsed read_hold_for(const Interval& hold_for) {
    const auto length = elapsed_of(hold_for.month, hold_for.day, hold_for.time);
    if (!length || *length <= 0 || *length > longest_hold)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("hold_for %s is not over zero and at most 1 hour",
                       DatumGetCString(
                           DirectFunctionCall1(interval_out, IntervalPGetDatum(&hold_for)))),
                errhint("Pass a time such as '5 minutes'."));
    return *length;
}

booking_answer held_answer(const request& call, text* mentor_id, const slot_hold& hold,
                           bool is_replayed) {
    return {.what = outcome::held,
            .session_id = {},
            .session = facts_of(call, mentor_id),
            .is_replayed = is_replayed,
            .hold_token = hold.token,
            .expires_at = hold.expires_at,
            .alternatives = {}};
}

const slot_hold* find_own(const request& call, const decision& granted) {
    for (const slot_hold& hold : granted.own_holds.all())
        if (hold.when == call.wish.when)
            return &hold;
    return nullptr;
}

/** Those that the look has come by, and what is left of the mentor's times that have passed: nobody would
 *  come by there again. */
void sweep_expired(const request& call, decision& found) {
    const Snapshot latest = open_latest_snapshot();
    const auto earliest = find_earliest_holds(call.tables.holds, call.wish.who.key, latest);
    UnregisterSnapshot(latest);
    for (const slot_hold& hold : earliest.all())
        if (!hold.is_live(found.looked_at))
            found.expired.add(hold);
    sweep_holds(call.tables.holds, found.expired.all());
}

booking_answer answer_to(const request& call, text* mentor_id, decision& found, elapsed hold_for) {
    const instant expires_at = GetCurrentTimestamp() + hold_for;
    const slot_hold* own = find_own(call, found);
    // Where the slot is free, the INSERT itself asks.
    if (found.refused || own)
        check_hold_policy(call.tables.holds, call.wish, expires_at);
    if (found.refused)
        return refusal_answer(call, mentor_id, *found.refused);
    if (own)
        return held_answer(call, mentor_id, *own, true);
    sweep_expired(call, found);
    const slot_hold hold = insert_hold(call.tables.holds, call.wish, expires_at);
    end_turn(found);
    return held_answer(call, mentor_id, hold, false);
}

Datum hold(FunctionCallInfo fcinfo) {
    check_is_whole_wish(fcinfo);
    check_not_null(fcinfo, 5, "hold_for");
    check_may_write("hold_slot()");
    const elapsed hold_for = read_hold_for(*PG_GETARG_INTERVAL_P(5));
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    check_is_own_wish(fcinfo, tables);
    check_may_hold(tables.holds);
    for (;;) {
        request call = read_request(fcinfo, tables);
        call.is_for_hold = true;
        decision found = decide(call);
        if (!found.is_outdated)
            return pack(fcinfo, answer_to(call, PG_GETARG_TEXT_PP(0), found, hold_for));
    }
}

/** The mentor's key as the answer spells it. */
text* mentor_id_of(const holds_table& holds, Datum mentor_key) {
    if (holds.mentor_type == UUIDOID)
        return cstring_to_text(DatumGetCString(DirectFunctionCall1(uuid_out, mentor_key)));
    return DatumGetTextPP(mentor_key);
}

/** The live hold of that token, which is gone now; nothing where the caller has none, or none any more. */
std::optional<mentors_hold> take_away(const booking_tables& tables, const pg_uuid_t& token) {
    const holds_table& holds = tables.holds;
    const request_claims claims = request_claims::read(tables.sessions);
    for (;;) {
        CHECK_FOR_INTERRUPTS();
        const Snapshot latest = open_latest_snapshot();
        const auto found = find_hold(holds, token, latest);
        UnregisterSnapshot(latest);
        if (!found || !found->hold.is_live(GetCurrentTimestamp()) ||
            !claims.are_of(found->mentor_key, found->hold.startup_id))
            return std::nullopt;
        if (take_away_hold(holds, found->hold))
            return found;
        // Somebody has confirmed, released or changed it meanwhile: look what came of that.
    }
}

Datum release(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "hold_token");
    check_may_write("release_hold()");
    const booking_tables tables = lock_booking_tables(fcinfo, AccessShareLock);
    const auto found = take_away(tables, *PG_GETARG_UUID_P(0));
    booking_answer answer{
        .what = outcome::not_found, .session_id = {}, .session = {}, .alternatives = {}};
    if (!found)
        return pack(fcinfo, answer);
    const auto& [held, mentor_key, time_zone] = *found;
    answer.what = outcome::released;
    answer.session = session_facts{mentor_id_of(tables.holds, mentor_key), held.startup_id,
                                   held.local, held.when, time_zone};
    return pack(fcinfo, answer);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(hold_slot);
Datum hold_slot(PG_FUNCTION_ARGS) { return slotguard::hold(fcinfo); }

PG_FUNCTION_INFO_V1(release_hold);
Datum release_hold(PG_FUNCTION_ARGS) { return slotguard::release(fcinfo); }
}
