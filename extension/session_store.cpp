// Writes sessions as the caller, through SPI: policies, rules and other people's triggers apply.
#include "extension/session_store.hpp"

namespace slotguard {
namespace {

/** What an insert_session waits to hear from the trigger: the id of this very row. Calls nest
 *  where somebody's trigger books too. */
struct awaited_row {
    const session_wish* wish;
    Oid table;
    SubTransactionId opened_in;
    awaited_row* outer;
    bool answered;
    std::int64_t session_id;
};
awaited_row* awaited = nullptr;

// An ERROR gives local code no chance to take a wait back, so the end of the (sub)transaction does.

void forget_on_abort(XactEvent event, void*) {
    if (event == XACT_EVENT_ABORT)
        awaited = nullptr;
}

void forget_on_subtransaction_abort(SubXactEvent event, SubTransactionId aborted,
                                    SubTransactionId, void*) {
    if (event == SUBXACT_EVENT_ABORT_SUB)
        while (awaited && awaited->opened_in >= aborted)
            awaited = awaited->outer;
}

void await(awaited_row& row) {
    static bool listening = false;
    if (!listening) {
        RegisterXactCallback(forget_on_abort, nullptr);
        RegisterSubXactCallback(forget_on_subtransaction_abort, nullptr);
        listening = true;
    }
    awaited = &row;
}

Datum startup_datum(const sessions_table& sessions, std::int64_t startup_id) {
    switch (sessions.startup_type) {
    case INT2OID: return DirectFunctionCall1(int82, Int64GetDatum(startup_id));
    case INT4OID: return DirectFunctionCall1(int84, Int64GetDatum(startup_id));
    default: return Int64GetDatum(startup_id);
    }
}

constexpr int column_count = 8;

const char* insert_statement(const sessions_table& sessions) {
    return psprintf("INSERT INTO %s.mentor_startup_sessions (mentor_id, startup_id, session_date,"
                    " session_time, duration, time_zone, starts_at, ends_at, status)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'scheduled')",
                    quote_identifier(get_namespace_name(sessions.schema)));
}

SPIPlanPtr insert_plan(const sessions_table& sessions) {
    static SPIPlanPtr kept = nullptr;
    static std::uint64_t generation = 0;
    if (kept && generation == sessions.generation)
        return kept;
    Oid types[column_count] = {sessions.mentor_type, sessions.startup_type, DATEOID,
                               TIMEOID,              INTERVALOID,           TEXTOID,
                               TIMESTAMPTZOID,       TIMESTAMPTZOID};
    SPIPlanPtr plan = SPI_prepare(insert_statement(sessions), column_count, types);
    if (!plan || SPI_keepplan(plan) != 0)
        elog(ERROR, "can't prepare the insertion of a session: %s",
             SPI_result_code_string(SPI_result));
    if (kept)
        SPI_freeplan(kept);
    kept = plan;
    generation = sessions.generation;
    return kept;
}

bool lasts(Datum duration, elapsed length) {
    const Interval& as_set = *DatumGetIntervalP(duration);
    return as_set.time == length && as_set.day == 0 && as_set.month == 0;
}

/** The answer that the trigger gave about the row that was written. */
std::int64_t awaited_session_id() {
    if (SPI_processed != 1)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("the session was not written"),
                errdetail("A trigger or rule of mentor_startup_sessions dropped it."),
                errhint("See check_booking()."));
    if (!awaited->answered)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("the session was not written as it was asked for"),
                errdetail("Another trigger changed the session, or the trigger "
                          "\"zz_prepare_session\" is missing or disabled."),
                errhint("See check_booking()."));
    return awaited->session_id;
}

} // namespace

bool is_awaited(const sessions_table& sessions, HeapTuple row, TupleDesc columns) {
    if (!awaited || awaited->answered || awaited->table != sessions.table)
        return false;
    // A NULL would be somebody else's doing, and differs from what was asked for.
    bool has_null = false;
    const auto get = [&](AttrNumber column) {
        bool is_null;
        const Datum value = heap_getattr(row, column, columns, &is_null);
        has_null |= is_null;
        return value;
    };
    const auto is_text = [&](AttrNumber column, std::string_view words) {
        const Datum value = get(column);
        return !has_null && words_of(value) == words;
    };
    const session_wish& wish = *awaited->wish;
    const int key_length = sessions.mentor_type == UUIDOID ? UUID_LEN : -1;
    const Datum mentor_id = get(sessions.mentor_id);
    const bool is_it =
        get(sessions.session_date) == DateADTGetDatum(date_of(wish.local)) &&
        get(sessions.session_time) == TimeADTGetDatum(time_of(wish.local)) &&
        get(sessions.startup_id) == startup_datum(sessions, wish.startup_id) &&
        get(sessions.starts_at) == TimestampTzGetDatum(wish.when.starts_at()) &&
        get(sessions.ends_at) == TimestampTzGetDatum(wish.when.ends_at()) &&
        is_text(sessions.time_zone, wish.who.clock.zone_name()) &&
        is_text(sessions.status, "scheduled") &&
        datum_image_eq(mentor_id, wish.who.key, false, key_length) &&
        lasts(get(sessions.duration), wish.when.length());
    const Datum session_id = get(sessions.session_id);
    if (!is_it || has_null)
        return false;
    awaited->session_id = DatumGetInt64(session_id);
    awaited->answered = true;
    return true;
}

std::int64_t insert_session(const sessions_table& sessions, const session_wish& wish) {
    Interval duration = {.time = wish.when.length(), .day = 0, .month = 0};
    Datum values[column_count] = {wish.who.key,
                                  startup_datum(sessions, wish.startup_id),
                                  DateADTGetDatum(date_of(wish.local)),
                                  TimeADTGetDatum(time_of(wish.local)),
                                  IntervalPGetDatum(&duration),
                                  CStringGetTextDatum(wish.who.clock.zone_name()),
                                  TimestampTzGetDatum(wish.when.starts_at()),
                                  TimestampTzGetDatum(wish.when.ends_at())};
    awaited_row row = {&wish, sessions.table, GetCurrentSubTransactionId(), awaited, false, 0};
    SPI_connect();
    const SPIPlanPtr plan = insert_plan(sessions);
    await(row);
    // A fresh snapshot also under REPEATABLE READ: the lock that is held says that whoever had
    // this slot before is visible in it.
    const int result = SPI_execute_snapshot(plan, values, nullptr, GetLatestSnapshot(),
                                            InvalidSnapshot, false, true, 0);
    if (result != SPI_OK_INSERT)
        elog(ERROR, "can't insert a session: %s", SPI_result_code_string(result));
    const std::int64_t session_id = awaited_session_id();
    awaited = row.outer;
    SPI_finish();
    return session_id;
}

bool is_shown_to_caller(const sessions_table& sessions, std::int64_t session_id) {
    if (check_enable_rls(sessions.table, InvalidOid, true) != RLS_ENABLED)
        return true;
    const Oid caller = GetUserId();
    if (pg_class_aclcheck(sessions.table, caller, ACL_SELECT) != ACLCHECK_OK &&
        pg_attribute_aclcheck(sessions.table, sessions.session_id, caller, ACL_SELECT) !=
            ACLCHECK_OK)
        return false;
    Oid types[] = {INT8OID};
    Datum values[] = {Int64GetDatum(session_id)};
    SPI_connect();
    const SPIPlanPtr plan = SPI_prepare(
        psprintf("SELECT FROM %s.mentor_startup_sessions WHERE %s = $1",
                 quote_identifier(get_namespace_name(sessions.schema)),
                 quote_identifier(get_attname(sessions.table, sessions.session_id, false))),
        1, types);
    SPI_execute_snapshot(plan, values, nullptr, GetLatestSnapshot(), InvalidSnapshot, true, false, 1);
    const bool is_shown = SPI_processed == 1;
    SPI_finish();
    return is_shown;
}

void check_may_book(const sessions_table& sessions) {
    const Oid caller = GetUserId();
    if (pg_class_aclcheck(sessions.table, caller, ACL_INSERT) == ACLCHECK_OK)
        return;
    for (AttrNumber column : {sessions.mentor_id, sessions.startup_id, sessions.session_date,
                              sessions.session_time, sessions.duration, sessions.time_zone,
                              sessions.starts_at, sessions.ends_at, sessions.status})
        if (pg_attribute_aclcheck(sessions.table, column, caller, ACL_INSERT) != ACLCHECK_OK)
            ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                    errmsg("permission denied for table mentor_startup_sessions"),
                    errdetail("book_session() writes the session as its caller."),
                    errhint("GRANT INSERT ON %s.mentor_startup_sessions TO %s;",
                            quote_identifier(get_namespace_name(sessions.schema)),
                            quote_identifier(GetUserNameFromId(caller, false))));
}

} // namespace slotguard
