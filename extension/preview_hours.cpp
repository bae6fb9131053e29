// preview_hours(): the next dates of a rule that is being written, by the code that follows the hours.
#include "extension/call_arguments.hpp"
#include "extension/recurrence.hpp"

namespace slotguard {
namespace {

/** After 400 years the calendar repeats itself: a rule that has matched no day by then is not worth more
 *  time of a server that anybody may ask. */
constexpr DateADT farthest = 146'097;
constexpr DateADT first_day_of_year_1 = -730'119;

[[noreturn]] void refuse(const char* what, const char* hint) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", what),
            errhint("%s", hint));
    pg_unreachable();
}

const char* spelled(DateADT date) {
    return DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date)));
}

/** As the constraints of mentor_availability, by their names: hours_open_before_midnight,
 *  hours_have_a_first_day, hours_end_after_they_begin. */
void check_row(TimeADT opens, DateADT valid_from, DateADT valid_until) {
    if (opens >= USECS_PER_DAY)
        refuse("opens is 24:00", "Write '00:00', of the next day.");
    if (DATE_NOT_FINITE(valid_from) || valid_from < first_day_of_year_1)
        refuse(psprintf("valid_from %s is no day of the year 1 or later", spelled(valid_from)),
               "Pass a date such as '2027-01-31'.");
    if (valid_until < valid_from)
        refuse(psprintf("valid_until %s is before valid_from %s", spelled(valid_until),
                        spelled(valid_from)),
               "Pass a later date, or leave valid_until out.");
}

recurring_hours read_arguments(FunctionCallInfo fcinfo) {
    constexpr const char* names[] = {"rrule", "opens",    "closes",   "valid_from",
                                     nullptr, "how_many", "time_zone"};
    for (int at = 0; at < int(lengthof(names)); ++at)
        if (names[at])
            check_not_null(fcinfo, at, names[at]);
    const char* rrule = text_to_cstring(PG_GETARG_TEXT_PP(0));
    const TimeADT opens = PG_GETARG_TIMEADT(1), closes = PG_GETARG_TIMEADT(2);
    const DateADT valid_from = PG_GETARG_DATEADT(3);
    const DateADT valid_until = PG_ARGISNULL(4) ? DATEVAL_NOEND : PG_GETARG_DATEADT(4);
    check_rule(rrule);
    check_row(opens, valid_from, valid_until);
    return read_hours(rrule, opens, closes, valid_from, valid_until,
                      mentor_clock::in_zone(text_to_cstring(PG_GETARG_TEXT_PP(6))));
}

/** The first dates, looked for in ever longer spans: most rules are done with the first one. */
palloc_list<DateADT> first_dates(recurring_hours& hours, std::size_t how_many) {
    const std::int64_t end =
        std::min<std::int64_t>(std::int64_t{hours.valid_from} + farthest, last_listed_date);
    work_budget budget{nullptr};
    palloc_list<DateADT> dates;
    std::int64_t first = hours.valid_from;
    for (std::int64_t span = 32; dates.size() < how_many && first <= end; span *= 4) {
        const std::int64_t last = std::min(first + span - 1, end);
        add_occurrences(hours, DateADT(first), DateADT(last), budget, dates);
        first = last + 1;
    }
    dates.shorten(std::min(dates.size(), how_many));
    return dates;
}

Datum preview(FunctionCallInfo fcinfo) {
    recurring_hours hours = read_arguments(fcinfo);
    const int how_many = count_argument(fcinfo, 5);
    InitMaterializedSRF(fcinfo, 0);
    ReturnSetInfo* rows = reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo);
    const palloc_list<DateADT> dates = first_dates(hours, std::size_t(how_many));
    for (DateADT date : dates.all()) {
        Datum values[] = {DateADTGetDatum(date), TimeADTGetDatum(hours.opens),
                          TimeADTGetDatum(hours.closes)};
        bool nulls[lengthof(values)] = {};
        tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
    }
    return Datum{0};
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(preview_hours);
Datum preview_hours(PG_FUNCTION_ARGS) { return slotguard::preview(fcinfo); }
}
