// What PostgreSQL declares otherwise in one of its major versions, under one name for all.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

#if PG_VERSION_NUM >= 180000
inline void init_range_table(EState* state, RangeTblEntry* entry) {
    List* permissions = NIL;
    addRTEPermissionInfo(&permissions, entry);
    ExecInitRangeTable(state, list_make1(entry), permissions, bms_make_singleton(1));
}
inline bool fire_before_delete(EState* state, EPQState* recheck, ResultRelInfo* target,
                               ItemPointer place) {
    return ExecBRDeleteTriggers(state, recheck, target, place, nullptr, nullptr, nullptr, nullptr,
                                false);
}
#elif PG_VERSION_NUM >= 160000
inline void init_range_table(EState* state, RangeTblEntry* entry) {
    List* permissions = NIL;
    addRTEPermissionInfo(&permissions, entry);
    ExecInitRangeTable(state, list_make1(entry), permissions);
}
inline bool fire_before_delete(EState* state, EPQState* recheck, ResultRelInfo* target,
                               ItemPointer place) {
    return ExecBRDeleteTriggers(state, recheck, target, place, nullptr, nullptr, nullptr, nullptr);
}
#else
inline void init_range_table(EState* state, RangeTblEntry* entry) {
    ExecInitRangeTable(state, list_make1(entry));
}
inline bool fire_before_delete(EState* state, EPQState* recheck, ResultRelInfo* target,
                               ItemPointer place) {
    return ExecBRDeleteTriggers(state, recheck, target, place, nullptr, nullptr);
}
#endif

#if PG_VERSION_NUM >= 180000
inline IndexScanDesc begin_index_scan(Relation table, Relation index, Snapshot snapshot, int keys) {
    return index_beginscan(table, index, snapshot, nullptr, keys, 0);
}
/** A CHECK constraint can be left unenforced, so they are the executor's to prepare. */
inline void give_checks(ResultRelInfo*, ExprState**) {}
#else
inline IndexScanDesc begin_index_scan(Relation table, Relation index, Snapshot snapshot, int keys) {
    return index_beginscan(table, index, snapshot, keys, 0);
}
inline void give_checks(ResultRelInfo* target, ExprState** checks) {
    target->ri_ConstraintExprs = checks;
}
#endif

#if PG_VERSION_NUM >= 170000
inline bool holds_lock(const LOCKTAG& tag, LOCKMODE mode) {
    return LockHeldByMe(&tag, mode, false);
}
inline Oid identity_sequence(Relation table, AttrNumber column) {
    return getIdentitySequence(table, column, true);
}
inline JsonLexContext* lexer_of(char* json) {
    return makeJsonLexContextCstringLen(nullptr, json, strlen(json), GetDatabaseEncoding(), false);
}
#else
inline bool holds_lock(const LOCKTAG& tag, LOCKMODE mode) { return LockHeldByMe(&tag, mode); }
inline Oid identity_sequence(Relation table, AttrNumber column) {
    return getIdentitySequence(RelationGetRelid(table), column, true);
}
inline JsonLexContext* lexer_of(char* json) {
    return makeJsonLexContextCstringLen(json, int(strlen(json)), GetDatabaseEncoding(), false);
}
#endif

using node_visitor = bool (*)(Node*, void*);

#if PG_VERSION_NUM >= 160000
inline void init_recheck(EPQState* recheck, EState* state) {
    EvalPlanQualInit(recheck, state, nullptr, NIL, -1, NIL);
}
inline AclResult may_create_in(Oid schema) {
    return object_aclcheck(NamespaceRelationId, schema, GetUserId(), ACL_CREATE);
}
inline bool walk_expression(Node* node, node_visitor visit, void* context) {
    return expression_tree_walker(node, visit, context);
}
#else
inline void init_recheck(EPQState* recheck, EState* state) {
    EvalPlanQualInit(recheck, state, nullptr, NIL, -1);
}
inline AclResult may_create_in(Oid schema) {
    return pg_namespace_aclcheck(schema, GetUserId(), ACL_CREATE);
}
inline bool walk_expression(Node* node, node_visitor visit, void* context) {
    // Declared with a C prototype that says nothing of its arguments.
    const auto visitor = reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(visit));
    return expression_tree_walker(node, visitor, context);
}
#endif

} // namespace slotguard
