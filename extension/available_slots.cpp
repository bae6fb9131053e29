// available_slots() and next_available_slots(): the list, as rows.
#include "core/slot_state.hpp"

#include "extension/call_arguments.hpp"
#include "extension/slot_list.hpp"

namespace slotguard {
namespace {

constexpr int most_days = 400;

void put_rows(FunctionCallInfo fcinfo, const palloc_list<listed_slot>& slots) {
    InitMaterializedSRF(fcinfo, 0);
    ReturnSetInfo* rows = reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo);
    for (const listed_slot& slot : slots.all()) {
        const std::string_view state = word(slot.state);
        Datum values[] = {
            DateADTGetDatum(date_of(slot.local)), TimeADTGetDatum(time_of(slot.local)),
            TimestampTzGetDatum(slot.starts_at), TimestampTzGetDatum(slot.ends_at),
            PointerGetDatum(cstring_to_text_with_len(state.data(), int(state.size())))};
        bool nulls[lengthof(values)] = {};
        tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
    }
}

elapsed length_argument(FunctionCallInfo fcinfo, int at, const mentor& who) {
    return PG_ARGISNULL(at) ? who.slot_duration : session_length_of(*PG_GETARG_INTERVAL_P(at));
}

/** What both calls ask for: argument 0 is the mentor, 3 the duration. */
slot_query query_of(FunctionCallInfo fcinfo) {
    const booking_tables tables = lock_booking_tables(fcinfo, AccessShareLock);
    const mentor who =
        settings_of(tables.mentors, mentor_argument(tables.mentors, PG_GETARG_TEXT_PP(0)));
    return {.tables = tables,
            .who = who,
            .length = length_argument(fcinfo, 3, who),
            .now = GetCurrentStatementStartTimestamp(),
            .bookable = who.bookable_at(GetCurrentTransactionStartTimestamp()),
            .snapshot = GetActiveSnapshot()};
}

/** A mentor who changes settings, the zone perhaps, while the list is made has it made anew. */
template <typename List> Datum list_by_settings_of_now(FunctionCallInfo fcinfo, List list) {
    for (;;) {
        const slot_query query = query_of(fcinfo);
        const palloc_list<listed_slot> slots = list(query);
        if (has_settings(query.tables.mentors, query.who)) {
            put_rows(fcinfo, slots);
            return Datum{0};
        }
    }
}

void check_span(DateADT from, DateADT to) {
    if (DATE_NOT_FINITE(from) || DATE_NOT_FINITE(to) || std::int64_t{to} - from >= most_days)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("from_date and to_date span more than %d days", most_days),
                errhint("Ask for a shorter span, or call next_available_slots()."));
    if (to > last_listed_date)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("to_date %s is after the year 9999",
                       DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(to)))),
                errhint("Ask for dates within the mentor's booking_horizon."));
}

/** The slots of the dates `from` to `to`, both included, on the mentor's clock. */
palloc_list<listed_slot> slots_of_dates(const slot_query& query, DateADT from, DateADT to) {
    const local_time first = local_time_of(from, 0);
    const local_time end = local_time_of(to, 0) + one_local_day;
    // A clock change at midnight can move a day's edge: take a little more, then look at the date.
    const instant earliest = query.who.clock.reading_of(first) - 2 * one_hour;
    const instant latest = query.who.clock.reading_of(end) + 2 * one_hour;
    palloc_list<listed_slot> slots;
    const palloc_list<listed_slot> listed = list_slots(query, *interval::make(earliest, latest));
    for (const listed_slot& slot : listed.all())
        if (slot.local >= first && slot.local < end)
            slots.add(slot);
    return slots;
}

Datum list_available(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "mentor_id");
    check_not_null(fcinfo, 1, "from_date");
    check_not_null(fcinfo, 2, "to_date");
    const DateADT from = PG_GETARG_DATEADT(1);
    const DateADT to = PG_GETARG_DATEADT(2);
    check_span(from, to);
    return list_by_settings_of_now(fcinfo, [=](const slot_query& query) {
        return from <= to ? slots_of_dates(query, from, to) : palloc_list<listed_slot>{};
    });
}

Datum list_next(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "mentor_id");
    check_not_null(fcinfo, 1, "after");
    check_not_null(fcinfo, 2, "how_many");
    const int how_many = count_argument(fcinfo, 2);
    const instant after = PG_GETARG_TIMESTAMPTZ(1);
    return list_by_settings_of_now(fcinfo, [=](const slot_query& query) {
        return next_available(query, after, std::size_t(how_many));
    });
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(available_slots);
Datum available_slots(PG_FUNCTION_ARGS) { return slotguard::list_available(fcinfo); }

PG_FUNCTION_INFO_V1(next_available_slots);
Datum next_available_slots(PG_FUNCTION_ARGS) { return slotguard::list_next(fcinfo); }
}
