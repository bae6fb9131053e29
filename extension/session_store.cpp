// Writes sessions as the caller: policies, rules and other people's triggers apply.
#include "extension/session_store.hpp"

#include "extension/awaited_session.hpp"
#include "extension/direct_insert.hpp"
#include "extension/insert_policy.hpp"
#include "extension/insert_statement.hpp"
#include "extension/journal.hpp"
#include "extension/overlap_guard.hpp"

namespace slotguard {
namespace {

/** The call has seen under the guard's locks that the time is free, and nobody else has a say in the
 *  row before it is written: the guard's triggers would look for the same things once more. */
std::int64_t insert_past_guard(Relation table, const sessions_table& sessions,
                               const session_wish& wish, std::span<const column_value> row) {
    // A scheduled session belongs into the partial indexes of the guard and not into that of the
    // ones that are done, and one with a key into that of the keys: their predicates say just that,
    // and were looked at when they were found.
    const Oid in[] = {sessions.by_slot, sessions.by_mentor, sessions.by_startup, sessions.by_key};
    const Oid out[] = {sessions.done_by_mentor, sessions.by_key};
    const bool has_key = wish.idempotency_key.has_value();
    std::array<Oid, 4> done_here{sessions.sole_journal};
    std::copy(sessions.guard.begin(), sessions.guard.end(), done_here.begin() + 1);
    const auto written = insert_directly(table, row, sessions.session_id,
                                         {.triggers = done_here,
                                          .in_indexes = std::span{in}.first(has_key ? 4 : 3),
                                          .out_of_indexes = std::span{out}.first(has_key ? 1 : 2)});
    if (!written || !written->id)
        session_changed_on_its_way();
    if (written->others_came_in)
        check_written_session(table, sessions, wish.claim(), written->place, wish.who.clock);
    if (OidIsValid(sessions.sole_journal))
        write_event(sessions.schema, {.what = booking_event::booked,
                                      .session_id = *written->id,
                                      .mentor_id = wish.who.key,
                                      .mentor_type = sessions.mentor_type,
                                      .startup_id = Int64GetDatum(wish.startup_id),
                                      .starts_at = TimestampTzGetDatum(wish.when.starts_at()),
                                      .ends_at = TimestampTzGetDatum(wish.when.ends_at()),
                                      .previous_starts_at = std::nullopt,
                                      .detail = {}});
    return DatumGetInt64(*written->id);
}

/** Other people's triggers, policies or rules take part: the guard's own triggers have the last
 *  word, and hand the id back. */
std::int64_t insert_and_await(Relation table, const sessions_table& sessions,
                              const session_wish& wish, std::span<const column_value> row,
                              bool directly) {
    awaited_session awaited{.sessions = sessions, .wish = wish};
    awaited.begin();
    const bool is_written = directly ? insert_directly(table, row, sessions.session_id).has_value()
                                     : insert_by_statement(table, sessions.generation, row);
    awaited.end();
    if (!is_written || !awaited.session_id)
        session_changed_on_its_way();
    return *awaited.session_id;
}

} // namespace

void session_changed_on_its_way() {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("the session can't be written as it is asked for"),
            errdetail(
                "A trigger or rule of mentor_startup_sessions changes or drops it, or a trigger of "
                "the guard is missing, disabled or not the last one."),
            errhint("See check_booking()."));
    pg_unreachable();
}

namespace {

/** The columns of a booking that have a value, in memory of the current context. */
struct session_values {
    column_value all[most_column_values];
    std::size_t count;

    std::span<const column_value> row() const& { return {all, count}; }
    std::span<const column_value> row() && = delete;
};

session_values values_of(const sessions_table& sessions, const session_wish& wish) {
    auto* duration = static_cast<Interval*>(palloc0(sizeof(Interval)));
    duration->time = wish.when.length();
    session_values values{{{sessions.mentor_id, wish.who.key},
                           {sessions.startup_id, startup_datum(sessions, wish.startup_id)},
                           {sessions.session_date, DateADTGetDatum(date_of(wish.local))},
                           {sessions.session_time, TimeADTGetDatum(time_of(wish.local))},
                           {sessions.duration, IntervalPGetDatum(duration)},
                           {sessions.time_zone, CStringGetTextDatum(wish.who.clock.zone_name())},
                           {sessions.starts_at, TimestampTzGetDatum(wish.when.starts_at())},
                           {sessions.ends_at, TimestampTzGetDatum(wish.when.ends_at())},
                           {sessions.status, CStringGetTextDatum("scheduled")}},
                          9}; // those above, whatever is asked for
    if (wish.idempotency_key)
        values.all[values.count++] = {sessions.idempotency_key, *wish.idempotency_key};
    if (wish.visitor_note)
        values.all[values.count++] = {sessions.visitor_note, *wish.visitor_note};
    return values;
}

} // namespace

void check_session_policy(const sessions_table& sessions, const session_wish& wish) {
    if (check_enable_rls(sessions.table, InvalidOid, true) != RLS_ENABLED)
        return;
    const session_values values = values_of(sessions, wish);
    Relation table = table_open(sessions.table, RowExclusiveLock);
    check_insert_policy(table, values.row(), sessions.guard);
    table_close(table, NoLock);
}

std::int64_t insert_session(const sessions_table& sessions, const session_wish& wish) {
    const session_values values = values_of(sessions, wish);
    const std::span<const column_value> row = values.row();
    if (!sessions.is_guarded || !sessions.has_the_last_word)
        session_changed_on_its_way();
    Relation table = table_open(sessions.table, RowExclusiveLock);
    const bool directly = can_insert_directly(table, sessions.generation);
    const std::int64_t session_id = directly && sessions.is_alone_before
                                        ? insert_past_guard(table, sessions, wish, row)
                                        : insert_and_await(table, sessions, wish, row, directly);
    table_close(table, NoLock);
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
        psprintf("SELECT FROM %s.mentor_startup_sessions WHERE %s OPERATOR(pg_catalog.=) $1",
                 quote_identifier(get_namespace_name(sessions.schema)),
                 quote_identifier(get_attname(sessions.table, sessions.session_id, false))),
        1, types);
    SPI_execute_snapshot(plan, values, nullptr, GetLatestSnapshot(), InvalidSnapshot, true, false,
                         1);
    const bool is_shown = SPI_processed == 1;
    SPI_finish();
    return is_shown;
}

namespace {

/** 42501 where the caller has the right neither to the table nor to each of the columns. */
void check_may_write_columns(const sessions_table& sessions, AclMode right, const char* name,
                             const char* call, std::initializer_list<AttrNumber> columns) {
    const Oid caller = GetUserId();
    if (pg_class_aclcheck(sessions.table, caller, right) == ACLCHECK_OK)
        return;
    for (AttrNumber column : columns)
        if (pg_attribute_aclcheck(sessions.table, column, caller, right) != ACLCHECK_OK)
            ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                    errmsg("permission denied for table mentor_startup_sessions"),
                    errdetail("%s writes the session as its caller.", call),
                    errhint("GRANT %s ON %s.mentor_startup_sessions TO %s;", name,
                            quote_identifier(get_namespace_name(sessions.schema)),
                            quote_identifier(GetUserNameFromId(caller, false))));
}

} // namespace

void check_may_book(const sessions_table& sessions, bool with_key, bool with_note) {
    check_may_write_columns(sessions, ACL_INSERT, "INSERT", "book_session()",
                            {sessions.mentor_id, sessions.startup_id, sessions.session_date,
                             sessions.session_time, sessions.duration, sessions.time_zone,
                             sessions.starts_at, sessions.ends_at, sessions.status,
                             with_key ? sessions.idempotency_key : sessions.status,
                             with_note ? sessions.visitor_note : sessions.status});
}

void check_may_move(const sessions_table& sessions) {
    check_may_write_columns(
        sessions, ACL_UPDATE, "UPDATE", "reschedule_session()",
        {sessions.session_date, sessions.session_time, sessions.duration, sessions.time_zone});
}

} // namespace slotguard
