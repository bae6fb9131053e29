// booking_events_after() and what goes with it: readers follow the journal by a cursor.
#include "core/journal_cursor.hpp"

#include "extension/call_arguments.hpp"
#include "extension/index_rows.hpp"
#include "extension/journal.hpp"
#include "extension/mentor.hpp"

namespace slotguard {
namespace {

constexpr int most_events = 10000;

/** The journal up to where it is settled, in a snapshot that was taken after that was found out: newer
 *  than the transaction's own, under every isolation level. */
struct settled_journal {
    const journal_table& journal;
    std::int64_t last_drawn; ///< at most; whoever stands beyond that comes from elsewhere
    std::int64_t settled;
    Snapshot snapshot;

    void close() const { UnregisterSnapshot(snapshot); }
};

settled_journal open_settled_journal(FunctionCallInfo fcinfo, const char* function) {
    if (RecoveryInProgress())
        ereport(ERROR, errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
                errmsg("cannot execute %s on a standby", function),
                errdetail("Only the primary knows which events may yet come before others."),
                errhint("Call it on the primary."));
    const journal_table& journal = lock_journal(schema_of_function(fcinfo), AccessShareLock);
    const std::int64_t settled = settled_event_id(journal);
    return {journal, last_drawn_event_id(journal), settled, open_latest_snapshot()};
}

void check_may(AclMode mode, const journal_table& journal, const char* privilege) {
    if (pg_class_aclcheck(journal.table, GetUserId(), mode) == ACLCHECK_OK ||
        (mode == ACL_SELECT &&
         pg_attribute_aclcheck_all(journal.table, GetUserId(), mode, ACLMASK_ALL) == ACLCHECK_OK))
        return;
    ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
            errmsg("permission denied for table booking_events"),
            errhint("GRANT %s ON %s.booking_events TO %s;", privilege,
                    quote_identifier(get_namespace_name(journal.schema)),
                    quote_identifier(GetUserNameFromId(GetUserId(), false))));
}

/** The journal's rows by their numbers, past policies: only where readers stand is asked so. */
index_rows scan(const settled_journal& at, StrategyNumber strategy, std::int64_t event_id) {
    const index_condition condition{1, strategy, INT8OID, Int64GetDatum(event_id)};
    const auto rows = index_rows::open(at.journal.table, at.journal.by_event_id, at.snapshot,
                                       std::span(&condition, 1));
    if (!rows)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("the index of booking_events is being replaced"),
                errhint("Call it once more."));
    return *rows;
}

journal_cursor cursor_at(const journal_table& journal, index_rows& rows) {
    return {DatumGetInt64(rows.get(journal.event_id)),
            DatumGetTimestampTz(rows.get(journal.occurred_at))};
}

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
    index_rows same = scan(at, BTEqualStrategyNumber, cursor.event_id);
    const bool is_there = same.next();
    const bool is_same = is_there && cursor_at(at.journal, same) == cursor;
    same.close();
    if (is_same)
        return;
    if (is_there)
        refuse_cursor("the cursor belongs to another journal");
    if (cursor.event_id > at.last_drawn)
        refuse_cursor("the cursor is ahead of the journal");
    index_rows earlier = scan(at, BTLessStrategyNumber, cursor.event_id);
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

SPIPlanPtr prepare_selection(const journal_table& journal) {
    Oid types[] = {INT8OID, INT8OID, INT4OID};
    const SPIPlanPtr plan = SPI_prepare(
        psprintf(
            "SELECT event_id, event, session_id, mentor_id::pg_catalog.text, startup_id, "
            "starts_at, ends_at, previous_starts_at, occurred_at, detail FROM %s.booking_events "
            "WHERE event_id OPERATOR(pg_catalog.>) $1 AND event_id OPERATOR(pg_catalog.<=) $2 "
            "ORDER BY event_id USING OPERATOR(pg_catalog.<) LIMIT $3",
            quote_identifier(get_namespace_name(journal.schema))),
        3, types);
    if (!plan)
        elog(ERROR, "can't prepare the reading of the journal: %s",
             SPI_result_code_string(SPI_result));
    return plan;
}

/** The events as the caller sees them, by privileges and policies. */
void select_events(const settled_journal& at, std::int64_t after, int most) {
    static SPIPlanPtr kept = nullptr;
    static std::uint64_t generation;
    if (!kept || generation != at.journal.generation) {
        // The one before is not freed: a statement that this one is nested in may be running it.
        kept = prepare_selection(at.journal);
        SPI_keepplan(kept);
        generation = at.journal.generation;
    }
    // Statistics know nothing of the newest events. Where the planner takes them for a few, it would
    // rather read all that follow and sort them, for each call of a reader that is far behind. (A sort that
    // a policy can't do without then looks so dear that it would be compiled.)
    const int settings = NewGUCNestLevel();
    for (const char* setting : {"enable_sort", "jit"})
        set_config_option(setting, "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
                          false);
    Datum values[] = {Int64GetDatum(after), Int64GetDatum(at.settled), Int32GetDatum(most)};
    SPI_execute_snapshot(kept, values, nullptr, at.snapshot, InvalidSnapshot, true, false, 0);
    AtEOXact_GUC(true, settings);
}

void put_rows(ReturnSetInfo* rows) {
    constexpr int event_id = 1, occurred_at = 9, columns = 10;
    for (uint64 i = 0; i < SPI_processed; ++i) {
        Datum values[1 + columns];
        bool nulls[1 + columns] = {};
        for (int number = 1; number <= columns; ++number)
            values[number] =
                SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, number, &nulls[number]);
        values[0] =
            as_text({DatumGetInt64(values[event_id]), DatumGetTimestampTz(values[occurred_at])});
        tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
    }
}

Datum read_events(FunctionCallInfo fcinfo) {
    const int most = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
    check_not_null(fcinfo, 1, "max_events");
    if (most < 1 || most > most_events)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("max_events %d is not between 1 and %d", most, most_events),
                errhint("Pass a number such as 100, and call it again for more."));
    InitMaterializedSRF(fcinfo, 0);
    const settled_journal at = open_settled_journal(fcinfo, "booking_events_after()");
    check_may(ACL_SELECT, at.journal, "SELECT");
    const std::int64_t after = place_of(fcinfo, at);
    SPI_connect();
    select_events(at, after, most);
    put_rows(reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo));
    SPI_finish();
    at.close();
    return Datum{0};
}

Datum latest_cursor(FunctionCallInfo fcinfo) {
    const settled_journal at = open_settled_journal(fcinfo, "latest_booking_cursor()");
    check_may(ACL_SELECT, at.journal, "SELECT");
    index_rows last = scan(at, BTLessEqualStrategyNumber, at.settled);
    ItemPointerData none;
    ItemPointerSetInvalid(&none);
    const bool is_there = last.previous_but(none);
    const journal_cursor cursor = is_there ? cursor_at(at.journal, last) : journal_cursor{};
    last.close();
    at.close();
    if (!is_there)
        PG_RETURN_NULL();
    return as_text(cursor);
}

/** The last event of those that are older, from the first on: it stays, so that whoever has read it
 *  can go on from there. None of those before it has a later instant, so that check_booking() knows
 *  from when on each session has its events. */
std::int64_t last_to_prune(const settled_journal& at, TimestampTz older_than) {
    journal_cursor last{.event_id = 0, .occurred_at = DT_NOBEGIN};
    index_rows events = scan(at, BTLessEqualStrategyNumber, at.settled);
    while (events.next()) {
        const journal_cursor event = cursor_at(at.journal, events);
        if (event.occurred_at >= older_than)
            break;
        if (event.occurred_at >= last.occurred_at)
            last = event;
    }
    events.close();
    return last.event_id;
}

std::int64_t delete_before(const settled_journal& at, std::int64_t event_id) {
    Oid types[] = {INT8OID};
    Datum values[] = {Int64GetDatum(event_id)};
    SPI_connect();
    const SPIPlanPtr plan = SPI_prepare(
        psprintf("DELETE FROM %s.booking_events WHERE event_id OPERATOR(pg_catalog.<) $1",
                 quote_identifier(get_namespace_name(at.journal.schema))),
        1, types);
    if (!plan)
        elog(ERROR, "can't prepare the pruning of the journal: %s",
             SPI_result_code_string(SPI_result));
    SPI_execute_snapshot(plan, values, nullptr, at.snapshot, InvalidSnapshot, false, true, 0);
    const auto deleted = std::int64_t(SPI_processed);
    SPI_finish();
    return deleted;
}

Datum prune(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "older_than");
    check_may_write("prune_booking_events()");
    const settled_journal at = open_settled_journal(fcinfo, "prune_booking_events()");
    check_may(ACL_SELECT, at.journal, "SELECT");
    check_may(ACL_DELETE, at.journal, "DELETE");
    // Some events would stay, between others that go.
    if (check_enable_rls(at.journal.table, InvalidOid, true) == RLS_ENABLED)
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("row-level policies of booking_events bind the caller"),
                errhint("Prune as the owner of the table."));
    const std::int64_t deleted = delete_before(at, last_to_prune(at, PG_GETARG_TIMESTAMPTZ(0)));
    at.close();
    return Int64GetDatum(deleted);
}

/** Writes that what was changed before this may be missing. For setup_booking(), under the lock that
 *  it makes the sessions' trigger with. */
Datum resume(FunctionCallInfo fcinfo) {
    const journal_table& journal = lock_journal(schema_of_function(fcinfo), RowExclusiveLock);
    if (!has_privs_of_role(GetUserId(), journal.owner))
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("must be owner of table booking_events"),
                errhint("setup_booking() calls this where it is needed."));
    // Not the start of the transaction: what got past the journal was written up to now.
    write_event(journal.schema,
                {.what = booking_event::resumed, .occurred_at = GetCurrentTimestamp()});
    PG_RETURN_VOID();
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(booking_events_after);
Datum booking_events_after(PG_FUNCTION_ARGS) { return slotguard::read_events(fcinfo); }

PG_FUNCTION_INFO_V1(latest_booking_cursor);
Datum latest_booking_cursor(PG_FUNCTION_ARGS) { return slotguard::latest_cursor(fcinfo); }

PG_FUNCTION_INFO_V1(prune_booking_events);
Datum prune_booking_events(PG_FUNCTION_ARGS) { return slotguard::prune(fcinfo); }

PG_FUNCTION_INFO_V1(resume_journal);
Datum resume_journal(PG_FUNCTION_ARGS) { return slotguard::resume(fcinfo); }
}
