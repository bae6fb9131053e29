// cancel_session(): as the caller, by one UPDATE that locks the row before it decides.
#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/session_store.hpp"

namespace slotguard {
namespace {

constexpr const char* facts = "status::pg_catalog.text, mentor_id::pg_catalog.text, "
                              "startup_id::pg_catalog.int8, session_date, session_time, starts_at, "
                              "ends_at, time_zone";

bool run(const char* text, std::int64_t session_id) {
    Oid types[] = {INT8OID};
    Datum values[] = {Int64GetDatum(session_id)};
    if (SPI_execute_with_args(text, 1, types, values, nullptr, false, 1) < 0)
        elog(ERROR, "can't run %s: %s", text, SPI_result_code_string(SPI_result));
    return SPI_processed == 1;
}

/** A column of the statement's one row. The table is its owner's, who may have dropped a NOT NULL. */
Datum field(int number) {
    bool is_null;
    const Datum value =
        SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, number, &is_null);
    if (is_null)
        ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                errmsg("column \"%s\" of the session is null",
                       SPI_fname(SPI_tuptable->tupdesc, number)),
                errhint("Fill it in, then run setup_booking() again."));
    return value;
}

/** A text column, copied out of SPI's memory. */
const char* text_field(int number) {
    const std::string_view words = words_of(field(number));
    char* kept = static_cast<char*>(SPI_palloc(words.size() + 1));
    words.copy(kept, words.size());
    kept[words.size()] = '\0';
    return kept;
}

text* as_text(const char* words) {
    const Size length = VARHDRSZ + strlen(words);
    text* kept = static_cast<text*>(SPI_palloc(length));
    SET_VARSIZE(kept, length);
    memcpy(VARDATA(kept), words, length - VARHDRSZ);
    return kept;
}

session_facts read_facts() {
    return {.mentor_id = as_text(text_field(2)),
            .startup_id = DatumGetInt64(field(3)),
            .local = at_midnight(DatumGetDateADT(field(4))) + DatumGetTimeADT(field(5)),
            .when = interval::make(DatumGetTimestampTz(field(6)), DatumGetTimestampTz(field(7))),
            .time_zone = text_field(8)};
}

/** The statements of one cancellation. */
struct cancellation {
    const char* table;
    const char* id;
    std::int64_t session_id;

    bool update() const {
        return run(psprintf("UPDATE %s SET status = 'cancelled' WHERE %s OPERATOR(pg_catalog.=) $1"
                            " AND status::pg_catalog.text OPERATOR(pg_catalog.=) 'scheduled'"
                            " RETURNING %s",
                            table, id, facts),
                   session_id);
    }
    bool select(const char* how) const {
        return run(psprintf("SELECT %s FROM %s WHERE %s OPERATOR(pg_catalog.=) $1 %s", facts, table,
                            id, how),
                   session_id);
    }
};

bool is_scheduled() { return strcmp(text_field(1), "scheduled") == 0; }

/** What came of it; the statement that ran last has the session's row, unless there is none. */
outcome cancel(const cancellation& call) {
    if (call.update())
        return outcome::cancelled;
    if (!call.select(""))
        return outcome::not_found;
    // Somebody may have scheduled it again between the two: hold it, then look once more.
    if (is_scheduled() && (!call.select("FOR UPDATE") || is_scheduled())) {
        if (call.update())
            return outcome::cancelled;
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("permission denied to cancel session " INT64_FORMAT, call.session_id),
                errdetail("A row-level policy or a trigger of mentor_startup_sessions keeps it."),
                errhint("Let its UPDATE policies show the session to those who may cancel it."));
    }
    const char* status = text_field(1);
    if (strcmp(status, "cancelled") != 0)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("session " INT64_FORMAT " is %s and can't be cancelled", call.session_id,
                       status),
                errhint("Only a scheduled session can be cancelled."));
    return outcome::already_cancelled;
}

Datum cancel_and_answer(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "session_id");
    check_left_out(fcinfo, 1, "reason");
    check_may_write("cancel_session()");
    const std::int64_t session_id = PG_GETARG_INT64(0);
    booking_answer answer{
        .what = outcome::not_found, .session_id = session_id, .session = {}, .alternatives = {}};
    SPI_connect();
    const sessions_table& sessions = find_sessions_table(fcinfo);
    const cancellation call{
        psprintf("%s.mentor_startup_sessions",
                 quote_identifier(get_namespace_name(sessions.schema))),
        quote_identifier(get_attname(sessions.table, sessions.session_id, false)), session_id};
    answer.what = cancel(call);
    if (answer.what != outcome::not_found)
        answer.session = read_facts();
    SPI_finish();
    return pack(fcinfo, answer);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(cancel_session);
Datum cancel_session(PG_FUNCTION_ARGS) { return slotguard::cancel_and_answer(fcinfo); }
}
