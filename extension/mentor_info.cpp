// mentor_info(): what a booking page has to know of a mentor; the defaults for one without settings.
#include "extension/call_arguments.hpp"
#include "extension/mentor.hpp"

namespace slotguard {
namespace {

Datum describe_mentor(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "mentor_id");
    const mentor_tables& tables = find_mentor_tables(fcinfo);
    const mentor who = settings_of(tables, mentor_argument(tables, PG_GETARG_TEXT_PP(0)));
    TupleDesc columns;
    if (get_call_result_type(fcinfo, nullptr, &columns) != TYPEFUNC_COMPOSITE)
        elog(ERROR, "mentor_info() must return a row");
    Datum values[] = {PG_GETARG_DATUM(0), CStringGetTextDatum(who.clock.zone_name()),
                      IntervalPGetDatum(&who.slot_duration_as_set),
                      IntervalPGetDatum(&who.minimum_notice),
                      IntervalPGetDatum(&who.booking_horizon)};
    if (columns->natts != lengthof(values))
        elog(ERROR, "mentor_info() must return %d columns", int(lengthof(values)));
    bool nulls[lengthof(values)] = {};
    return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(columns), values, nulls));
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(mentor_info);
Datum mentor_info(PG_FUNCTION_ARGS) { return slotguard::describe_mentor(fcinfo); }
}
