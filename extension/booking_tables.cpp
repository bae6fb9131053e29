#include "extension/booking_tables.hpp"

#include "extension/table_lookup.hpp"
#include "extension/table_parts.hpp"

namespace slotguard {
namespace {

// What was found last. An invalidation can arrive while a table is looked up: `schema` is unset
// until that is done, and any change counts then.
mentor_tables kept_mentor_tables;
sessions_table kept_sessions_table;
holds_table kept_holds_table;
bool mentor_tables_are_fresh = false;
bool holds_table_is_fresh = false;
bool sessions_table_is_fresh = false;

bool is_among(Oid changed, std::initializer_list<Oid> relations) {
    return changed == InvalidOid ||
           std::find(relations.begin(), relations.end(), changed) != relations.end();
}

void forget_tables(Datum, Oid changed) {
    const mentor_tables& mentors = kept_mentor_tables;
    if (mentors.schema == InvalidOid ||
        is_among(changed, {mentors.settings.table, mentors.settings.by_mentor,
                           mentors.availability.table, mentors.availability.by_mentor,
                           mentors.overrides.table, mentors.overrides.by_mentor}))
        mentor_tables_are_fresh = false;
    const sessions_table& sessions = kept_sessions_table;
    if (sessions.schema == InvalidOid ||
        is_among(changed, {sessions.table, sessions.by_slot, sessions.by_mentor,
                           sessions.by_startup, sessions.done_by_mentor, sessions.by_key}))
        sessions_table_is_fresh = false;
    const holds_table& holds = kept_holds_table;
    if (holds.schema == InvalidOid ||
        is_among(changed, {holds.table, holds.by_token, holds.by_mentor, holds.by_startup}))
        holds_table_is_fresh = false;
}
void forget_all(Datum, int, uint32) { forget_tables(0, InvalidOid); }

constexpr const char* internal_schema_name = "slotguard_internal";

/** The schema of the extension that the function belongs to: steps and trigger functions stand in one of
 *  their own, and work on the tables of the other. */
Oid schema_of_extension_of(Oid function) {
    const Oid extension = getExtensionOfObject(ProcedureRelationId, function);
    Relation extensions = table_open(ExtensionRelationId, AccessShareLock);
    ScanKeyData key;
    ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
                ObjectIdGetDatum(extension));
    const SysScanDesc scan =
        systable_beginscan(extensions, ExtensionOidIndexId, true, nullptr, 1, &key);
    const HeapTuple found = systable_getnext(scan);
    const Oid schema =
        found ? reinterpret_cast<Form_pg_extension>(GETSTRUCT(found))->extnamespace : InvalidOid;
    systable_endscan(scan);
    table_close(extensions, AccessShareLock);
    return schema;
}

/** Found once for all that stand in slotguard_internal. */
struct internal_schema {
    Oid internal;
    Oid schema; ///< of the tables
};
internal_schema kept_internal_schema;

Oid find_schema_of(Oid function) {
    const Oid schema = get_func_namespace(function);
    if (OidIsValid(schema) && schema == kept_internal_schema.internal)
        return kept_internal_schema.schema;
    const char* name = get_namespace_name(schema);
    if (!name || strcmp(name, internal_schema_name) != 0)
        return schema;
    const Oid of_tables = schema_of_extension_of(function);
    if (OidIsValid(of_tables))
        kept_internal_schema = {schema, of_tables};
    return of_tables;
}

// The schemas of the functions that were called last, by the functions' OIDs.
struct function_schema {
    Oid function;
    Oid schema;
};
std::array<function_schema, 16> kept_schemas;

void forget_schemas(Datum, int, uint32) {
    kept_schemas = {};
    kept_internal_schema = {};
}

void listen_for_changes() {
    static bool listening = false;
    if (listening)
        return;
    CacheRegisterRelcacheCallback(forget_tables, Datum{0});
    CacheRegisterSyscacheCallback(NAMESPACEOID, forget_all, Datum{0});
    CacheRegisterSyscacheCallback(PROCOID, forget_schemas, Datum{0});
    listening = true;
}

const mentor_tables& mentor_tables_of(Oid schema) {
    if (!mentor_tables_are_fresh || kept_mentor_tables.schema != schema) {
        listen_for_changes();
        mentor_tables_are_fresh = true;
        kept_mentor_tables.schema = InvalidOid;
        kept_mentor_tables = look_up_mentor_tables(schema);
    }
    return kept_mentor_tables;
}

const sessions_table& sessions_table_of(Oid schema) {
    if (!sessions_table_is_fresh || kept_sessions_table.schema != schema) {
        listen_for_changes();
        sessions_table_is_fresh = true;
        kept_sessions_table.schema = InvalidOid;
        kept_sessions_table = look_up_sessions_table(schema);
    }
    return kept_sessions_table;
}

const holds_table& holds_table_of(Oid schema) {
    if (!holds_table_is_fresh || kept_holds_table.schema != schema) {
        listen_for_changes();
        holds_table_is_fresh = true;
        kept_holds_table.schema = InvalidOid;
        kept_holds_table = look_up_holds_table(schema);
    }
    return kept_holds_table;
}

} // namespace

Oid schema_of_function(FunctionCallInfo fcinfo) {
    listen_for_changes();
    const Oid function = fcinfo->flinfo->fn_oid;
    function_schema& kept = kept_schemas[function % kept_schemas.size()];
    if (kept.function != function)
        kept = {function, find_schema_of(function)};
    return kept.schema;
}

Oid find_internal_schema() { return get_namespace_oid(internal_schema_name, true); }

const mentor_tables& find_mentor_tables(FunctionCallInfo fcinfo) {
    return mentor_tables_of(schema_of_function(fcinfo));
}

const sessions_table& find_sessions_table(FunctionCallInfo fcinfo) {
    return sessions_table_of(schema_of_function(fcinfo));
}

const holds_table& find_holds_table(FunctionCallInfo fcinfo) {
    return holds_table_of(schema_of_function(fcinfo));
}

booking_tables lock_booking_tables(FunctionCallInfo fcinfo, LOCKMODE mode) {
    for (;;) {
        const booking_tables found{find_mentor_tables(fcinfo), find_sessions_table(fcinfo),
                                   find_holds_table(fcinfo)};
        LockRelationOid(found.sessions.table, mode);
        // While we waited, somebody may have altered what we found.
        if (!mentor_tables_are_fresh || !sessions_table_is_fresh || !holds_table_is_fresh)
            continue;
        if (found.holds.mentor_type != found.sessions.mentor_type)
            not_as_made(found.sessions.schema, "column \"mentor_id\" of table \"slot_holds\"");
        if (found.mentors.mentor_type != found.sessions.mentor_type)
            not_as_made(found.sessions.schema,
                        "column \"mentor_id\" of table \"mentor_startup_sessions\"");
        return found;
    }
}

void look_again(const sessions_table& sessions) {
    Assert(&sessions == &kept_sessions_table);
    AcceptInvalidationMessages();
    sessions_table_is_fresh = false;
    sessions_table_of(sessions.schema);
}

void look_again(const mentor_tables& mentors) {
    Assert(&mentors == &kept_mentor_tables);
    AcceptInvalidationMessages();
    mentor_tables_are_fresh = false;
    lock_mentor_tables(mentors);
}

void look_again(const holds_table& holds) {
    Assert(&holds == &kept_holds_table);
    AcceptInvalidationMessages();
    holds_table_is_fresh = false;
    holds_table_of(holds.schema);
}

void lock_mentor_tables(const mentor_tables& tables) {
    const Oid key_type = tables.mentor_type;
    for (Oid table : {tables.settings.table, tables.availability.table, tables.overrides.table})
        LockRelationOid(table, AccessShareLock);
    // Looking up anew locks what it finds, and renews `tables`, which is what we keep.
    while (!mentor_tables_are_fresh)
        mentor_tables_of(tables.schema);
    if (tables.mentor_type != key_type)
        not_as_made(tables.schema, "column \"mentor_id\" of the mentors' tables");
}

void lock_holds_table(const holds_table& holds, LOCKMODE mode) {
    const Oid key_type = holds.mentor_type;
    LockRelationOid(holds.table, mode);
    while (!holds_table_is_fresh) {
        holds_table_of(holds.schema);
        LockRelationOid(holds.table, mode);
    }
    if (holds.mentor_type != key_type)
        not_as_made(holds.schema, "column \"mentor_id\" of table \"slot_holds\"");
}

} // namespace slotguard
