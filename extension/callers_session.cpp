#include "extension/callers_session.hpp"

#include "extension/column_errors.hpp"
#include "extension/mentor.hpp"

namespace slotguard {
namespace {

constexpr const char* columns = "status::pg_catalog.text, mentor_id::pg_catalog.text, "
                                "startup_id::pg_catalog.int8, session_date, session_time, "
                                "starts_at, ends_at, time_zone";

/** A column of the statement's one row. The table is its owner's, who may have dropped a NOT NULL. */
Datum field(Oid schema, int number) {
    bool is_null;
    const Datum value =
        SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, number, &is_null);
    if (is_null)
        ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                errmsg("column \"%s\" of the session is null",
                       SPI_fname(SPI_tuptable->tupdesc, number)),
                errhint("Fill it in, then run setup_booking() again."),
                err_session_column(schema, SPI_fname(SPI_tuptable->tupdesc, number)));
    return value;
}

/** A text column, copied out of SPI's memory. */
const char* text_field(Oid schema, int number) {
    const std::string_view words = words_of(field(schema, number));
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

session_as_read read_row(Oid schema) {
    const auto text_at = [schema](int number) { return text_field(schema, number); };
    const auto at = [schema](int number) { return field(schema, number); };
    return {
        .status = text_at(1),
        .facts = {.mentor_id = as_text(text_at(2)),
                  .startup_id = DatumGetInt64(at(3)),
                  .local = at_midnight(DatumGetDateADT(at(4))) + DatumGetTimeADT(at(5)),
                  .when = interval::make(DatumGetTimestampTz(at(6)), DatumGetTimestampTz(at(7))),
                  .time_zone = text_at(8)}};
}

/** Its plan: planning takes longer than all else that a move does. PostgreSQL makes it anew where the tables,
 *  the caller or the policies that bind are others. */
SPIPlanPtr plan_of(const char* statement, int count, Oid* types) {
    struct kept_plan {
        const char* statement;
        SPIPlanPtr plan;
    };
    // All statements of one schema have room here, six for each set of claims; those of a further one are planned each time, since a
    // plan in use by whoever calls us from a trigger can't be thrown away.
    static std::array<kept_plan, 32> kept{};
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const kept_plan& one) {
        return !one.statement || strcmp(one.statement, statement) == 0;
    });
    if (found != kept.end() && found->statement)
        return found->plan;
    const SPIPlanPtr plan = SPI_prepare(statement, count, types);
    if (!plan)
        elog(ERROR, "can't prepare %s: %s", statement, SPI_result_code_string(SPI_result));
    if (found != kept.end()) {
        SPI_keepplan(plan);
        *found = {MemoryContextStrdup(TopMemoryContext, statement), plan};
    }
    return plan;
}

} // namespace

callers_session::callers_session(const sessions_table& sessions, std::int64_t session_id)
    : schema_{sessions.schema}, table_{psprintf(
                                    "%s.mentor_startup_sessions",
                                    quote_identifier(get_namespace_name(sessions.schema)))},
      id_{quote_identifier(get_attname(sessions.table, sessions.session_id, false))},
      session_id_{session_id}, claims_{request_claims::read(sessions)} {}

std::optional<session_as_read> callers_session::look() const { return lock(""); }

std::optional<session_as_read> callers_session::lock(const char* strength) const {
    return run(psprintf("SELECT %s FROM %s WHERE %s OPERATOR(pg_catalog.=) $1%s %s", columns,
                        table_, id_, claims_.condition(2), strength));
}

std::optional<session_as_read> callers_session::update(std::span<const assignment> changes) const {
    StringInfoData statement;
    initStringInfo(&statement);
    appendStringInfo(&statement, "UPDATE %s SET ", table_);
    int number = 1;
    for (const assignment& change : changes) {
        appendStringInfo(&statement, "%s%s = $%d", number > 1 ? ", " : "", change.column,
                         number + 1);
        ++number;
    }
    appendStringInfo(&statement,
                     " WHERE %s OPERATOR(pg_catalog.=) $1"
                     " AND status::pg_catalog.text OPERATOR(pg_catalog.=) 'scheduled'%s"
                     " RETURNING %s",
                     id_, claims_.condition(number + 1), columns);
    return run(statement.data, changes);
}

std::optional<session_as_read> callers_session::run(const char* statement,
                                                    std::span<const assignment> changes) const {
    constexpr std::size_t most = 6;
    Oid types[most + request_claims::most_parameters] = {INT8OID};
    Datum values[most + request_claims::most_parameters] = {Int64GetDatum(session_id_)};
    if (changes.size() >= most)
        elog(ERROR, "too many columns for a change of a session");
    int count = 1;
    for (const assignment& change : changes) {
        types[count] = change.type;
        values[count++] = change.value;
    }
    count = claims_.add_parameters(types, values, count);
    SPI_connect();
    if (SPI_execute_plan(plan_of(statement, count, types), values, nullptr, false, 1) < 0)
        elog(ERROR, "can't run %s: %s", statement, SPI_result_code_string(SPI_result));
    const auto found = SPI_processed == 1 ? std::optional{read_row(schema_)} : std::nullopt;
    SPI_finish();
    return found;
}

} // namespace slotguard
