// booking_events_after() and latest_booking_cursor(): readers follow the journal by a cursor.
#include "extension/call_arguments.hpp"
#include "extension/mentor.hpp"
#include "extension/settled_journal.hpp"

namespace slotguard {
namespace {

constexpr int most_events = 10000;

Datum as_text(journal_cursor cursor) {
    const written_cursor made = written(cursor);
    return PointerGetDatum(cstring_to_text_with_len(made.text().data(), int(made.text().size())));
}

[[noreturn]] void refuse_cursor(const char* why) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", why),
            errdetail("A cursor is what booking_events_after() or latest_booking_cursor() gave, in "
                      "this database."),
            errhint("Take latest_booking_cursor(), read the tables anew, and follow the journal "
                    "from there."));
    pg_unreachable();
}

[[noreturn]] void was_pruned() {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("events after this cursor were pruned"),
            errdetail("prune_booking_events() has deleted them before they were read from here."),
            errhint("Take latest_booking_cursor(), read the tables anew, and follow the journal "
                    "from there."));
    pg_unreachable();
}

/** The event that the cursor names has to be there still: then nothing that came after it was pruned
 *  unread, and the numbers mean what they meant. */
void check_is_there(const settled_journal& at, journal_cursor cursor) {
    index_rows same =
        at.scan({{1, BTEqualStrategyNumber, INT8OID, Int64GetDatum(cursor.event_id)}});
    const bool is_there = same.next();
    const bool is_same = is_there && at.cursor_of(same) == cursor;
    same.close();
    if (is_same)
        return;
    if (is_there)
        refuse_cursor("the cursor belongs to another journal");
    if (cursor.event_id > at.last_drawn)
        refuse_cursor("the cursor is ahead of the journal");
    index_rows earlier =
        at.scan({{1, BTLessStrategyNumber, INT8OID, Int64GetDatum(cursor.event_id)}});
    const bool is_among_others = earlier.next();
    earlier.close();
    if (is_among_others)
        refuse_cursor("the cursor belongs to another journal");
    was_pruned();
}

/** The number after which the caller reads on: 0 from the beginning. */
std::int64_t place_of(FunctionCallInfo fcinfo, const settled_journal& at) {
    if (PG_ARGISNULL(0))
        return 0;
    const auto cursor = cursor_from_text(words_of(PG_GETARG_DATUM(0)));
    if (!cursor)
        refuse_cursor("the cursor can't be read");
    check_is_there(at, *cursor);
    return cursor->event_id;
}

/** The rows of an answer, as they are put into it. */
class answered_events {
  public:
    explicit answered_events(FunctionCallInfo fcinfo) {
        InitMaterializedSRF(fcinfo, 0);
        rows_ = reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo);
    }
    /** The journal's columns, in the order of sql/journal.sql. */
    void add(std::span<const NullableDatum> columns) {
        constexpr int event_id = 0, occurred_at = 8;
        Datum values[1 + most];
        bool nulls[1 + most] = {};
        values[0] = as_text({DatumGetInt64(columns[event_id].value),
                             DatumGetTimestampTz(columns[occurred_at].value)});
        for (std::size_t i = 0; i < most; ++i) {
            values[1 + i] = columns[i].value;
            nulls[1 + i] = columns[i].isnull;
        }
        tuplestore_putvalues(rows_->setResult, rows_->setDesc, values, nulls);
    }
    static constexpr std::size_t most = 10;

  private:
    ReturnSetInfo* rows_;
};

/** Straight from the index: as for all that is read past policies, no predicate lock of a SERIALIZABLE
 *  reader fails a writer, and no writer fails the reader. */
void scan_events(const settled_journal& at, std::int64_t after, int most, answered_events& answer) {
    const journal_table& journal = at.journal;
    const AttrNumber columns[] = {
        journal.event_id,    journal.event,     journal.session_id, journal.mentor_id,
        journal.startup_id,  journal.starts_at, journal.ends_at,    journal.previous_starts_at,
        journal.occurred_at, journal.detail};
    index_rows rows = at.scan({{1, BTGreaterStrategyNumber, INT8OID, Int64GetDatum(after)},
                               {1, BTLessEqualStrategyNumber, INT8OID, Int64GetDatum(at.settled)}});
    for (int told = 0; told < most && rows.next(); ++told) {
        NullableDatum values[std::size(columns)];
        for (std::size_t i = 0; i < std::size(columns); ++i) {
            const bool is_null = rows.is_null(columns[i]);
            values[i] = {is_null ? Datum{0} : rows.get(columns[i]), is_null};
            if (columns[i] == journal.mentor_id && !is_null && journal.mentor_type == UUIDOID)
                values[i].value = CStringGetTextDatum(
                    DatumGetCString(DirectFunctionCall1(uuid_out, values[i].value)));
        }
        answer.add(values);
    }
    rows.close();
}

/** By a statement, which row-level policies bind. */
void select_events(const settled_journal& at, std::int64_t after, int most,
                   answered_events& answer) {
    Oid types[] = {INT8OID, INT8OID, INT4OID};
    Datum values[] = {Int64GetDatum(after), Int64GetDatum(at.settled), Int32GetDatum(most)};
    SPI_connect();
    const SPIPlanPtr plan = SPI_prepare(
        psprintf("SELECT event_id, event, session_id, mentor_id::pg_catalog.text, startup_id, "
                 "starts_at, ends_at, previous_starts_at, occurred_at, detail FROM "
                 "%s.booking_events "
                 "WHERE event_id OPERATOR(pg_catalog.>) $1 AND event_id OPERATOR(pg_catalog.<=) $2 "
                 "ORDER BY event_id USING OPERATOR(pg_catalog.<) LIMIT $3",
                 quote_identifier(get_namespace_name(at.journal.schema))),
        3, types);
    if (!plan)
        elog(ERROR, "can't prepare the reading of the journal: %s",
             SPI_result_code_string(SPI_result));
    SPI_execute_snapshot(plan, values, nullptr, at.snapshot, InvalidSnapshot, true, false, 0);
    for (uint64 i = 0; i < SPI_processed; ++i) {
        NullableDatum columns[answered_events::most];
        for (std::size_t number = 0; number < std::size(columns); ++number)
            columns[number].value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc,
                                                  int(number) + 1, &columns[number].isnull);
        answer.add(columns);
    }
    SPI_finish();
}

Datum read_events(FunctionCallInfo fcinfo) {
    const int most = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
    check_not_null(fcinfo, 1, "max_events");
    if (most < 1 || most > most_events)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("max_events %d is not between 1 and %d", most, most_events),
                errhint("Pass a number such as 100, and call it again for more."));
    answered_events answer{fcinfo};
    const settled_journal at = settled_journal::open(fcinfo, "booking_events_after()");
    at.check_may(ACL_SELECT, "SELECT");
    const std::int64_t after = place_of(fcinfo, at);
    // As PostgreSQL itself tells whether policies bind the caller; with row_security off, its statement
    // is refused.
    if (check_enable_rls(at.journal.table, InvalidOid, true) == RLS_ENABLED)
        select_events(at, after, most, answer);
    else
        scan_events(at, after, most, answer);
    at.close();
    return Datum{0};
}

Datum latest_cursor(FunctionCallInfo fcinfo) {
    const settled_journal at = settled_journal::open(fcinfo, "latest_booking_cursor()");
    at.check_may(ACL_SELECT, "SELECT");
    index_rows last = at.scan({{1, BTLessEqualStrategyNumber, INT8OID, Int64GetDatum(at.settled)}});
    ItemPointerData none;
    ItemPointerSetInvalid(&none);
    const bool is_there = last.previous_but(none);
    const journal_cursor cursor = is_there ? at.cursor_of(last) : journal_cursor{};
    last.close();
    at.close();
    if (!is_there)
        PG_RETURN_NULL();
    return as_text(cursor);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(booking_events_after);
Datum booking_events_after(PG_FUNCTION_ARGS) { return slotguard::read_events(fcinfo); }

PG_FUNCTION_INFO_V1(latest_booking_cursor);
Datum latest_booking_cursor(PG_FUNCTION_ARGS) { return slotguard::latest_cursor(fcinfo); }
}
