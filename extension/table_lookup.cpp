#include "extension/table_lookup.hpp"

#include "extension/guard_triggers.hpp"
#include "extension/table_parts.hpp"

namespace slotguard {
namespace {

Oid index_by_mentor(Relation table) {
    return index_on(table, {column(table, "mentor_id", InvalidOid)});
}

/** Whether the condition is: status = 'scheduled', or another word, whatever string type the column
 *  has. */
bool compares_status_with(const char* wanted, const Node* condition, AttrNumber status) {
    if (!IsA(condition, OpExpr))
        return false;
    const OpExpr* comparison = reinterpret_cast<const OpExpr*>(condition);
    if (comparison->opno != TextEqualOperator)
        return false;
    const Node* column = static_cast<const Node*>(linitial(comparison->args));
    if (IsA(column, RelabelType))
        column = reinterpret_cast<const Node*>(reinterpret_cast<const RelabelType*>(column)->arg);
    const Node* word = static_cast<const Node*>(lsecond(comparison->args));
    if (!IsA(column, Var) || !IsA(word, Const))
        return false;
    const Const* constant = reinterpret_cast<const Const*>(word);
    return reinterpret_cast<const Var*>(column)->varattno == status && !constant->constisnull &&
           strcmp(TextDatumGetCString(constant->constvalue), wanted) == 0;
}

/** Which sessions an index of ours holds. */
enum class held { scheduled, done, with_a_key };

bool asks_whether_not_null(const Node* condition, AttrNumber column) {
    if (!IsA(condition, NullTest))
        return false;
    const NullTest* test = reinterpret_cast<const NullTest*>(condition);
    return test->nulltesttype == IS_NOT_NULL && IsA(test->arg, Var) &&
           reinterpret_cast<const Var*>(test->arg)->varattno == column;
}

/** Whether the predicate is: status = 'scheduled', or: status = 'completed' OR status = 'no_show', or:
 *  idempotency_key IS NOT NULL. `column` is the one that it asks. */
bool holds_just_those(Relation index, held which, AttrNumber column) {
    const List* predicate = RelationGetIndexPredicate(index);
    if (list_length(predicate) != 1)
        return false;
    const Node* condition = static_cast<const Node*>(linitial(predicate));
    if (which == held::scheduled)
        return compares_status_with("scheduled", condition, column);
    if (which == held::with_a_key)
        return asks_whether_not_null(condition, column);
    if (!IsA(condition, BoolExpr))
        return false;
    const BoolExpr* either = reinterpret_cast<const BoolExpr*>(condition);
    return either->boolop == OR_EXPR && list_length(either->args) == 2 &&
           compares_status_with("completed", static_cast<Node*>(linitial(either->args)), column) &&
           compares_status_with("no_show", static_cast<Node*>(lsecond(either->args)), column);
}

/** Whether the index's columns are compared as their types compare. */
bool has_default_operators(Relation index) {
    for (int i = 0; i < IndexRelationGetNumberOfKeyAttributes(index); ++i) {
        const Oid type = TupleDescAttr(RelationGetDescr(index), i)->atttypid;
        if (index->rd_opfamily[i] != get_opclass_family(GetDefaultOpClass(type, BTREE_AM_OID)))
            return false;
    }
    return true;
}

/** Opens an index by name, and the one that bears the name by then: REINDEX CONCURRENTLY may give it
 *  to another while we wait. */
Relation open_index(Oid schema, const char* name) {
    for (;;) {
        const Oid oid = get_relname_relid(name, schema);
        if (!OidIsValid(oid) || get_rel_relkind(oid) != RELKIND_INDEX)
            not_as_made(schema, psprintf("index \"%s\"", name));
        Relation index = try_relation_open(oid, AccessShareLock);
        if (index && get_relname_relid(name, schema) == oid)
            return index;
        if (index)
            relation_close(index, AccessShareLock);
    }
}

/** An index of ours, on these columns in this order; its predicate asks `asked`. */
Relation open_guard_index(Relation table, const char* name, held which,
                          std::initializer_list<AttrNumber> columns, AttrNumber asked) {
    const Oid schema = RelationGetNamespace(table);
    Relation index = open_index(schema, name);
    const FormData_pg_index& form = *index->rd_index;
    bool fits = is_usable_btree(index) && form.indrelid == RelationGetRelid(table) &&
                form.indnkeyatts == int(columns.size()) && has_default_operators(index) &&
                holds_just_those(index, which, asked);
    for (int i = 0; fits && i < form.indnkeyatts; ++i)
        fits = form.indkey.values[i] == columns.begin()[i] && index->rd_indoption[i] == 0;
    if (!fits)
        not_as_made(schema, psprintf("index \"%s\"", name));
    return index;
}

/** An index by mentor has to take the same spellings for one mentor as unique_mentor_time_slot. */
Oid find_index_of_mentors(Relation table, const sessions_table& sessions, const char* name,
                          held which) {
    Relation index = open_guard_index(table, name, which, {sessions.mentor_id, sessions.starts_at},
                                      sessions.status);
    const bool agrees = index->rd_indcollation[0] == sessions.mentor_collation;
    const Oid found = RelationGetRelid(index);
    index_close(index, NoLock);
    if (!agrees)
        not_as_made(sessions.schema, psprintf("index \"%s\"", name));
    return found;
}

/** One of the indexes that decide: whatever is in it twice is refused at once. */
Relation open_unique_index(Relation table, const char* name, held which,
                           std::initializer_list<AttrNumber> columns, AttrNumber asked) {
    Relation index = open_guard_index(table, name, which, columns, asked);
    if (!index->rd_index->indisunique || !index->rd_index->indimmediate)
        not_as_made(RelationGetNamespace(table), psprintf("index \"%s\"", name));
    return index;
}

void find_guard_indexes(Relation table, sessions_table& sessions) {
    Relation by_slot = open_unique_index(
        table, "unique_mentor_time_slot", held::scheduled,
        {sessions.mentor_id, sessions.session_date, sessions.session_time}, sessions.status);
    sessions.by_slot = RelationGetRelid(by_slot);
    sessions.mentor_collation = by_slot->rd_indcollation[0];
    index_close(by_slot, NoLock);
    Relation by_key = open_unique_index(table, "unique_idempotency_key", held::with_a_key,
                                        {sessions.startup_id, sessions.idempotency_key},
                                        sessions.idempotency_key);
    sessions.by_key = RelationGetRelid(by_key);
    sessions.key_collation = by_key->rd_indcollation[1];
    index_close(by_key, NoLock);

    sessions.by_mentor = find_index_of_mentors(table, sessions, "mentor_startup_sessions_by_mentor",
                                               held::scheduled);
    sessions.done_by_mentor = find_index_of_mentors(
        table, sessions, "mentor_startup_sessions_done_by_mentor", held::done);
    Relation by_startup =
        open_guard_index(table, "mentor_startup_sessions_by_startup", held::scheduled,
                         {sessions.startup_id, sessions.starts_at}, sessions.status);
    sessions.by_startup = RelationGetRelid(by_startup);
    index_close(by_startup, NoLock);
}

} // namespace

mentor_tables look_up_mentor_tables(Oid schema) {
    mentor_tables found{};
    found.schema = schema;

    Relation settings = open_table(schema, "mentor_settings");
    found.mentor_type = mentor_type_of(settings);
    found.settings = {.table = RelationGetRelid(settings),
                      .by_mentor = index_by_mentor(settings),
                      .time_zone = column(settings, "time_zone", TEXTOID),
                      .slot_duration = column(settings, "slot_duration", INTERVALOID),
                      .minimum_notice = column(settings, "minimum_notice", INTERVALOID),
                      .booking_horizon = column(settings, "booking_horizon", INTERVALOID),
                      .buffer_before = column(settings, "buffer_before", INTERVALOID),
                      .buffer_after = column(settings, "buffer_after", INTERVALOID),
                      .max_sessions_per_day = column(settings, "max_sessions_per_day", INT4OID),
                      .max_sessions_per_week = column(settings, "max_sessions_per_week", INT4OID),
                      .max_sessions_per_startup =
                          column(settings, "max_sessions_per_startup", INT4OID),
                      .max_holds = column(settings, "max_holds", INT4OID)};
    table_close(settings, NoLock);

    Relation availability = open_table(schema, "mentor_availability");
    found.availability = {.table = RelationGetRelid(availability),
                          .by_mentor = index_by_mentor(availability),
                          .mentor_id = column(availability, "mentor_id", found.mentor_type),
                          .rrule = column(availability, "rrule", TEXTOID),
                          .opens = column(availability, "opens", TIMEOID),
                          .closes = column(availability, "closes", TIMEOID),
                          .valid_from = column(availability, "valid_from", DATEOID),
                          .valid_until = column(availability, "valid_until", DATEOID)};
    table_close(availability, NoLock);

    Relation overrides = open_table(schema, "mentor_availability_overrides");
    column(overrides, "mentor_id", found.mentor_type);
    found.overrides = {.table = RelationGetRelid(overrides),
                       .by_mentor = index_by_mentor(overrides),
                       .during = column(overrides, "during", TSTZRANGEOID),
                       .available = column(overrides, "available", BOOLOID)};
    table_close(overrides, NoLock);
    return found;
}

sessions_table look_up_sessions_table(Oid schema) {
    static std::uint64_t generation = 0;
    Relation table = open_table(schema, "mentor_startup_sessions");
    sessions_table found{};
    found.schema = schema;
    found.table = RelationGetRelid(table);
    found.generation = ++generation;
    found.mentor_type = mentor_type_of(table);
    found.mentor_id = column(table, "mentor_id", InvalidOid);
    found.startup_id = column(table, "startup_id", InvalidOid);
    found.startup_type = get_atttype(found.table, found.startup_id);
    if (found.startup_type != INT2OID && found.startup_type != INT4OID)
        column(table, "startup_id", INT8OID);
    const AttrNumber id = get_attnum(found.table, "id");
    const bool id_is_bigint = id != InvalidAttrNumber && get_atttype(found.table, id) == INT8OID;
    found.session_id = id_is_bigint ? id : column(table, "session_id", INT8OID);
    found.session_date = column(table, "session_date", DATEOID);
    found.session_time = column(table, "session_time", TIMEOID);
    found.duration = column(table, "duration", INTERVALOID);
    found.time_zone = column(table, "time_zone", TEXTOID);
    found.starts_at = column(table, "starts_at", TIMESTAMPTZOID);
    found.ends_at = column(table, "ends_at", TIMESTAMPTZOID);
    found.status = column(table, "status", InvalidOid);
    if (get_atttype(found.table, found.status) != VARCHAROID)
        column(table, "status", TEXTOID);
    found.updated_at = column(table, "updated_at", TIMESTAMPTZOID);
    found.idempotency_key = column(table, "idempotency_key", TEXTOID);
    found.booked_as = column(table, "booked_as", JSONBOID);
    found.cancellation_reason = column(table, "cancellation_reason", TEXTOID);
    found.calendar_sequence = column(table, "calendar_sequence", INT4OID);
    found.visitor_note = column(table, "visitor_note", TEXTOID);
    refuse_relatives(table);
    find_guard_indexes(table, found);
    find_guard_triggers(table, found);
    table_close(table, NoLock);
    return found;
}

holds_table look_up_holds_table(Oid schema) {
    static std::uint64_t generation = 0;
    Relation table = open_table(schema, "slot_holds");
    holds_table found{};
    found.schema = schema;
    found.table = RelationGetRelid(table);
    found.owner = table->rd_rel->relowner;
    found.generation = ++generation;
    found.mentor_type = mentor_type_of(table);
    found.id = column(table, "id", INT8OID);
    found.hold_token = column(table, "hold_token", UUIDOID);
    found.mentor_id = column(table, "mentor_id", InvalidOid);
    found.startup_id = column(table, "startup_id", INT8OID);
    found.session_date = column(table, "session_date", DATEOID);
    found.session_time = column(table, "session_time", TIMEOID);
    found.duration = column(table, "duration", INTERVALOID);
    found.time_zone = column(table, "time_zone", TEXTOID);
    found.starts_at = column(table, "starts_at", TIMESTAMPTZOID);
    found.ends_at = column(table, "ends_at", TIMESTAMPTZOID);
    found.expires_at = column(table, "expires_at", TIMESTAMPTZOID);
    found.created_at = column(table, "created_at", TIMESTAMPTZOID);
    refuse_relatives(table);
    found.by_token = index_on(table, {found.hold_token});
    found.by_mentor = index_on(table, {found.mentor_id, found.starts_at});
    found.by_startup = index_on(table, {found.startup_id});
    table_close(table, NoLock);
    return found;
}

} // namespace slotguard
