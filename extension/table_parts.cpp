#include "extension/table_parts.hpp"

namespace slotguard {
namespace {

[[noreturn]] void not_set_up(Oid schema, const char* table) {
    ereport(ERROR, errcode(ERRCODE_UNDEFINED_TABLE),
            errmsg("table \"%s.%s\" does not exist", get_namespace_name(schema), table),
            errdetail("slotguard works in the schema that it was installed in."),
            errhint("Run SELECT * FROM %s.setup_booking();",
                    quote_identifier(get_namespace_name(schema))));
    pg_unreachable();
}

/** Whether the index is a whole (not partial) B-tree that begins with these columns. */
bool begins_with(Relation index, std::initializer_list<AttrNumber> columns) {
    const FormData_pg_index& form = *index->rd_index;
    bool fits = is_usable_btree(index) && form.indnkeyatts >= int(columns.size()) &&
                heap_attisnull(index->rd_indextuple, Anum_pg_index_indpred, nullptr);
    int at = 0;
    for (AttrNumber column : columns) {
        fits = fits && form.indkey.values[at] == column && index->rd_indoption[at] == 0;
        ++at;
    }
    return fits;
}

/** InvalidOid where there is none. */
Oid find_index_on(Relation table, std::initializer_list<AttrNumber> columns) {
    ListCell* cell;
    foreach (cell, RelationGetIndexList(table)) {
        Relation index = index_open(lfirst_oid(cell), AccessShareLock);
        const bool fits = begins_with(index, columns);
        index_close(index, NoLock);
        if (fits)
            return lfirst_oid(cell);
    }
    return InvalidOid;
}

} // namespace

void not_as_made(Oid schema, const char* what) {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("%s is missing or not as setup_booking() makes it", what),
            errdetail("Without it a booking can't be decided safely."),
            errhint("See SELECT * FROM %s.check_booking() WHERE NOT ok;",
                    quote_identifier(get_namespace_name(schema))));
    pg_unreachable();
}

Relation open_table(Oid schema, const char* name) {
    const Oid oid = get_relname_relid(name, schema);
    if (!OidIsValid(oid))
        not_set_up(schema, name);
    Relation table = table_open(oid, AccessShareLock);
    if (table->rd_rel->relkind != RELKIND_RELATION)
        not_as_made(schema, psprintf("table \"%s\"", name));
    return table;
}

void refuse_relatives(Relation table) {
    const Oid oid = RelationGetRelid(table);
    if (table->rd_rel->relispartition || has_superclass(oid) ||
        (table->rd_rel->relhassubclass && find_inheritance_children(oid, NoLock) != NIL))
        not_as_made(RelationGetNamespace(table),
                    psprintf("table \"%s\", which is a partition or inherited,",
                             RelationGetRelationName(table)));
}

AttrNumber column(Relation table, const char* name, Oid type) {
    const AttrNumber number = get_attnum(RelationGetRelid(table), name);
    // A generated column is not there yet when the triggers that have to know it fire.
    if (number == InvalidAttrNumber ||
        (OidIsValid(type) && get_atttype(RelationGetRelid(table), number) != type) ||
        TupleDescAttr(RelationGetDescr(table), number - 1)->attgenerated)
        not_as_made(RelationGetNamespace(table), psprintf("column \"%s\" of table \"%s\"", name,
                                                          RelationGetRelationName(table)));
    return number;
}

Oid mentor_type_of(Relation table) {
    const Oid type = get_atttype(RelationGetRelid(table), column(table, "mentor_id", InvalidOid));
    if (type != TEXTOID && type != UUIDOID)
        column(table, "mentor_id", TEXTOID);
    return type;
}

bool is_usable_btree(Relation index) {
    const FormData_pg_index& form = *index->rd_index;
    return form.indisvalid && form.indisready && form.indislive &&
           index->rd_rel->relam == BTREE_AM_OID;
}

Oid index_on(Relation table, std::initializer_list<AttrNumber> columns) {
    // REINDEX CONCURRENTLY may have replaced one while we looked: its message is in by then.
    for (int look = 1; look <= 2; ++look)
        if (const Oid found = find_index_on(table, columns); OidIsValid(found))
            return found;
    const AttrNumber first = *columns.begin();
    not_as_made(RelationGetNamespace(table),
                psprintf("an index on %s of table \"%s\"",
                         NameStr(TupleDescAttr(RelationGetDescr(table), first - 1)->attname),
                         RelationGetRelationName(table)));
}

} // namespace slotguard
