// session_ics(): a session as a calendar file, read as the caller.
#include "core/session_status.hpp"

#include "extension/booking_tables.hpp"
#include "extension/calendar_text.hpp"
#include "extension/claims.hpp"
#include "extension/column_errors.hpp"
#include "extension/mentor.hpp"
#include "extension/zone_name.hpp"

namespace slotguard {
namespace {

/** The columns of a session that a calendar is told of, as the caller may read them. */
struct calendar_row {
    const char* mentor_id;
    const char* status;
    const char* time_zone;
    interval when;
    std::optional<instant> created_at;
    instant updated_at;
    std::int32_t sequence;
    char* note; ///< nullptr where there is none, or none that the caller may read
};

/** The one row of a statement. */
class row_reader {
  public:
    explicit row_reader(Oid schema) : schema_{schema} {}

    std::optional<Datum> get(int number) const {
        bool is_null;
        const Datum value = SPI_getbinval(row_, columns_, number, &is_null);
        return is_null ? std::nullopt : std::optional{value};
    }
    Datum need(int number) const {
        const auto value = get(number);
        if (!value)
            ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                    errmsg("column \"%s\" of the session is null", SPI_fname(columns_, number)),
                    errhint("Fill it in, then run setup_booking() again."),
                    err_session_column(schema_, SPI_fname(columns_, number)));
        return *value;
    }
    instant time(int number) const { return DatumGetTimestampTz(need(number)); }

  private:
    Oid schema_;
    HeapTuple row_ = SPI_tuptable->vals[0];
    TupleDesc columns_ = SPI_tuptable->tupdesc;
};

/** The note is between the two who meet: whoever may read the rest and not the note has a file without. */
bool may_read_note(const sessions_table& sessions) {
    const Oid caller = GetUserId();
    return pg_class_aclcheck(sessions.table, caller, ACL_SELECT) == ACLCHECK_OK ||
           pg_attribute_aclcheck(sessions.table, sessions.visitor_note, caller, ACL_SELECT) ==
               ACLCHECK_OK;
}

std::optional<calendar_row> read_row(const sessions_table& sessions, std::int64_t session_id) {
    const request_claims claims = request_claims::read(sessions);
    Oid types[1 + request_claims::most_parameters] = {INT8OID};
    Datum values[1 + request_claims::most_parameters] = {Int64GetDatum(session_id)};
    const int count = claims.add_parameters(types, values, 1);
    const char* statement = psprintf(
        "SELECT mentor_id::pg_catalog.text, status::pg_catalog.text, time_zone, starts_at, "
        "ends_at, created_at, updated_at, calendar_sequence, %s "
        "FROM %s.mentor_startup_sessions WHERE %s OPERATOR(pg_catalog.=) $1%s",
        may_read_note(sessions) ? "visitor_note" : "NULL::pg_catalog.text",
        quote_identifier(get_namespace_name(sessions.schema)),
        quote_identifier(get_attname(sessions.table, sessions.session_id, false)),
        claims.condition(2));
    if (SPI_execute_with_args(statement, count, types, values, nullptr, true, 1) < 0)
        elog(ERROR, "can't run %s: %s", statement, SPI_result_code_string(SPI_result));
    if (SPI_processed != 1)
        return std::nullopt;
    const row_reader row{sessions.schema};
    const auto when = interval::make(row.time(4), row.time(5));
    const auto created_at = row.get(6), sequence = row.get(8), note = row.get(9);
    if (!when)
        return std::nullopt;
    return calendar_row{.mentor_id = TextDatumGetCString(row.need(1)),
                        .status = TextDatumGetCString(row.need(2)),
                        .time_zone = TextDatumGetCString(row.need(3)),
                        .when = *when,
                        .created_at = created_at ? std::optional{DatumGetTimestampTz(*created_at)}
                                                 : std::nullopt,
                        .updated_at = row.time(7),
                        .sequence = sequence ? DatumGetInt32(*sequence) : 0, // in an adopted column
                        .note = note ? TextDatumGetCString(*note) : nullptr};
}

/**
 * As a UUID (RFC 9562, version 8): the same for the life of the session and in a restored dump, and
 * another one on every site, since no two have booked their sessions at the same instants.
 */
const char* uid_of(std::int64_t session_id, const calendar_row& row) {
    const char* name = psprintf("slotguard session " INT64_FORMAT " of " INT64_FORMAT, session_id,
                                row.created_at.value_or(0));
    const Datum hash = DirectFunctionCall1(sha256_bytea, PointerGetDatum(cstring_to_text(name)));
    auto* bytes = reinterpret_cast<unsigned char*>(VARDATA_ANY(DatumGetByteaPP(hash)));
    bytes[6] = (bytes[6] & 0x0F) | 0x80;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    StringInfoData uid;
    initStringInfo(&uid);
    for (int at = 0; at < UUID_LEN; ++at)
        appendStringInfo(&uid, "%s%02x", at == 4 || at == 6 || at == 8 || at == 10 ? "-" : "",
                         bytes[at]);
    return uid.data;
}

/** RFC 5545 has no control characters in a text but the tab; a line may end in any of the usual ways. */
char* without_controls(char* text) {
    char* kept = text;
    for (const char* letter = text; *letter; ++letter) {
        const auto code = static_cast<unsigned char>(*letter);
        if (code == '\r' && letter[1] == '\n')
            continue;
        const bool is_control = (code < 0x20 && code != '\t') || code == 0x7F;
        *kept++ = code == '\r' || code == '\n' ? '\n' : is_control ? ' ' : *letter;
    }
    *kept = '\0';
    return text;
}

/** Calendars are in UTF-8, whatever the database is in. */
const char* in_utf8(char* text) {
    return without_controls(pg_server_to_any(text, int(strlen(text)), PG_UTF8));
}

const char* in_server_encoding(const char* text) {
    return pg_any_to_server(const_cast<char*>(text), int(strlen(text)), PG_UTF8);
}

/** UTC for what names no zone, as a table that was adopted may hold it. */
mentor_clock clock_of(const char* zone) {
    return mentor_clock::in_zone(is_zone_name(zone) ? zone : "UTC");
}

Datum write_calendar(FunctionCallInfo fcinfo) {
    const std::int64_t session_id = PG_GETARG_INT64(0);
    const sessions_table& sessions = find_sessions_table(fcinfo);
    const MemoryContext callers = CurrentMemoryContext;
    SPI_connect();
    const auto row = read_row(sessions, session_id);
    if (!row) {
        SPI_finish();
        PG_RETURN_NULL();
    }
    const char* text = in_server_encoding(
        calendar_text({.uid = uid_of(session_id, *row),
                       .summary = in_utf8(psprintf("Session with %s", row->mentor_id)),
                       .description = row->note ? in_utf8(row->note) : nullptr,
                       .sequence = std::max(row->sequence, 0),
                       .is_cancelled = row->status == word(session_status::cancelled),
                       .when = row->when,
                       .created_at = row->created_at,
                       .updated_at = row->updated_at,
                       .clock = clock_of(row->time_zone)}));
    MemoryContextSwitchTo(callers);
    const Datum answer = CStringGetTextDatum(text);
    SPI_finish();
    return answer;
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(session_ics);
Datum session_ics(PG_FUNCTION_ARGS) { return slotguard::write_calendar(fcinfo); }
}
