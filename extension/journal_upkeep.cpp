// prune_booking_events() and resume_journal(): what the owner of the journal does to it.
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/settled_journal.hpp"

namespace slotguard {
namespace {

/** The last event of those that are older, from the first on: it stays, so that whoever has read it
 *  can go on from there. None of those before it has a later instant, so that check_booking() knows
 *  from when on each session has its events. */
std::int64_t last_to_prune(const settled_journal& at, TimestampTz older_than) {
    journal_cursor last{.event_id = 0, .occurred_at = DT_NOBEGIN};
    index_rows events =
        at.scan({{1, BTLessEqualStrategyNumber, INT8OID, Int64GetDatum(at.settled)}});
    while (events.next()) {
        const journal_cursor event = at.cursor_of(events);
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
    const settled_journal at = settled_journal::open(fcinfo, "prune_booking_events()");
    at.check_may(ACL_SELECT, "SELECT");
    at.check_may(ACL_DELETE, "DELETE");
    // Some events would stay, between others that go.
    if (check_enable_rls(at.journal.table, InvalidOid, true) == RLS_ENABLED)
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("row-level policies of booking_events bind the caller"),
                errhint("Prune as a role that they do not bind: the table's owner, unless they are "
                        "forced, or one with BYPASSRLS."));
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
PG_FUNCTION_INFO_V1(prune_booking_events);
Datum prune_booking_events(PG_FUNCTION_ARGS) { return slotguard::prune(fcinfo); }

PG_FUNCTION_INFO_V1(resume_journal);
Datum resume_journal(PG_FUNCTION_ARGS) { return slotguard::resume(fcinfo); }
}
