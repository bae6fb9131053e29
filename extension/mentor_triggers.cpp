// What writers of a mentor's settings and hours pass.
#include "extension/booking_tables.hpp"
#include "extension/mentor_memory.hpp"
#include "extension/recurrence.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

Datum check_availability_rule(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "check_availability", TRIGGER_EVENT_BEFORE);
    const auto& hours = find_mentor_tables(fcinfo).availability;
    check_is_on(call, hours.table, "check_availability");
    const HeapTuple row = new_tuple(call);
    if (!row)
        return PointerGetDatum(call.tg_trigtuple);
    bool is_null;
    const Datum rrule =
        heap_getattr(row, hours.rrule, RelationGetDescr(call.tg_relation), &is_null);
    if (!is_null)
        check_rule(TextDatumGetCString(rrule));
    return PointerGetDatum(row);
}

/** Tells every backend, this one included, that what it remembers of mentors is old. PostgreSQL
 *  delivers the message with the commit, and to this transaction with the next command. */
Datum announce(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "announce_mentor_change", TRIGGER_EVENT_BEFORE);
    CacheInvalidateRelcache(call.tg_relation);
    remember_no_mentor_until_the_end();
    return PointerGetDatum(new_tuple(call) ? new_tuple(call) : call.tg_trigtuple);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(announce_mentor_change);
Datum announce_mentor_change(PG_FUNCTION_ARGS) { return slotguard::announce(fcinfo); }

PG_FUNCTION_INFO_V1(check_availability);
Datum check_availability(PG_FUNCTION_ARGS) { return slotguard::check_availability_rule(fcinfo); }
}
