// reason_against(): the rule that would now refuse a session which is booked already, for the advice
// of check_booking(). The same judge as book_session()'s, which looks past the session itself.
#include "extension/call_arguments.hpp"
#include "extension/judgement.hpp"

namespace slotguard {
namespace {

/** The word for a rule; nullptr where what refuses is no rule of the mentor's, or only that the time
 *  has come near: that happens to every session. */
const char* word_of(const refusal& refused) {
    if (refused.why == outcome::mentor_unavailable)
        return refused.only_too_near ? "buffer" : "hours";
    if (refused.why == outcome::limit_reached)
        return refused.limit == session_limit::per_day ? "max_sessions_per_day"
                                                       : "max_sessions_per_week";
    if (refused.why == outcome::outside_booking_window &&
        refused.window == booking_window::too_early)
        return "booking_horizon";
    return nullptr;
}

/** Argument 0 is the mentor, 1 the session, 2 and 3 its instants. */
Datum find_reason(FunctionCallInfo fcinfo) {
    const booking_tables tables = lock_booking_tables(fcinfo, AccessShareLock);
    const instant starts_at = PG_GETARG_TIMESTAMPTZ(2), ends_at = PG_GETARG_TIMESTAMPTZ(3);
    const auto when = interval::make(starts_at, ends_at);
    // A longer one is no session, and would be followed through all hours there are.
    if (!when || TIMESTAMP_NOT_FINITE(starts_at) || TIMESTAMP_NOT_FINITE(ends_at) ||
        when->length() > one_day)
        PG_RETURN_NULL();
    const mentor who =
        settings_of(tables.mentors, mentor_key(tables.mentors, PG_GETARG_TEXT_PP(0)));
    const slot_query query{.tables = tables,
                           .who = who,
                           .length = when->length(),
                           .now = DT_NOEND, // no hold refuses a session that is there
                           .bookable = who.bookable_at(GetCurrentTransactionStartTimestamp()),
                           .snapshot = GetActiveSnapshot(),
                           .but_for = PG_GETARG_INT64(1)};
    const instant start = when->starts_at();
    slot_judge judge{query, *interval::make(start, start + 1), std::nullopt};
    const auto refused = judge.of_wish(start, who.clock.local_of(start));
    const char* word = refused ? word_of(*refused) : nullptr;
    if (!word)
        PG_RETURN_NULL();
    return CStringGetTextDatum(word);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(reason_against);
Datum reason_against(PG_FUNCTION_ARGS) { return slotguard::find_reason(fcinfo); }
}
