#include "extension/settled_journal.hpp"

#include "extension/booking_tables.hpp"

namespace slotguard {

settled_journal settled_journal::open(FunctionCallInfo fcinfo, const char* function) {
    if (RecoveryInProgress())
        ereport(ERROR, errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
                errmsg("cannot execute %s on a standby", function),
                errdetail("Only the primary knows which events may yet come before others."),
                errhint("Call it on the primary."));
    const journal_table& found = lock_journal(schema_of_function(fcinfo), AccessShareLock);
    const std::int64_t settled = settled_event_id(found);
    return {found, last_drawn_event_id(found), settled, open_latest_snapshot()};
}

void settled_journal::check_may(AclMode mode, const char* privilege) const {
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

index_rows settled_journal::scan(std::initializer_list<index_condition> conditions) const {
    for (;;) {
        const auto rows = index_rows::open(journal.table, journal.by_event_id, snapshot,
                                           {conditions.begin(), conditions.size()});
        if (rows)
            return *rows;
        // REINDEX CONCURRENTLY has put another in its place: find that one.
        lock_journal(journal.schema, AccessShareLock);
    }
}

journal_cursor settled_journal::cursor_of(index_rows& rows) const {
    return {DatumGetInt64(rows.get(journal.event_id)),
            DatumGetTimestampTz(rows.get(journal.occurred_at))};
}

} // namespace slotguard
