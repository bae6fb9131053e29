#include "extension/direct_insert.hpp"

namespace slotguard {
namespace {

#if PG_VERSION_NUM >= 160000
void init_range_table(EState* state, RangeTblEntry* entry) {
    List* permissions = NIL;
    addRTEPermissionInfo(&permissions, entry);
    ExecInitRangeTable(state, list_make1(entry), permissions);
}
bool walk(Node* node, bool (*visit)(Node*, void*), void* context) {
    return expression_tree_walker(node, visit, context);
}
#else
bool walk(Node* node, bool (*visit)(Node*, void*), void* context) {
    // Declared with a C prototype that says nothing of its arguments.
    const auto visitor = reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(visit));
    return expression_tree_walker(node, visitor, context);
}
void init_range_table(EState* state, RangeTblEntry* entry) {
    ExecInitRangeTable(state, list_make1(entry));
}
#endif

struct column_default {
    AttrNumber column;
    ExprState* value;
};

/** What the table asks for, found out once for each of its generations. */
struct table_demands {
    std::uint64_t generation;
    MemoryContext memory; ///< of `defaults` and all that they point to
    column_default* defaults;
    int default_count;
    bool only_known_defaults;
};
table_demands known{};

bool is_anothers_function(Oid function, void*) { return function >= FirstNormalObjectId; }

bool calls_anothers_function(Node* node, void* context) {
    if (!node)
        return false;
    return check_functions_in_node(node, is_anothers_function, context) ||
           walk(node, calls_anothers_function, context);
}

void add_default(Relation table, int place) {
    const FormData_pg_attribute& column = *TupleDescAttr(RelationGetDescr(table), place);
    if (column.attisdropped || column.attgenerated)
        return;
    // A domain's own default and its checks can change without the table's knowing, and a type
    // with a precision or a length asks for a conversion.
    known.only_known_defaults &=
        get_typtype(column.atttypid) != TYPTYPE_DOMAIN && column.atttypmod == -1;
    Node* value = build_column_default(table, place + 1);
    if (!value)
        return;
    // So can another's function, which planning may fold into a constant: look before.
    known.only_known_defaults &= !calls_anothers_function(value, nullptr);
    Expr* planned = expression_planner(reinterpret_cast<Expr*>(value));
    known.defaults[known.default_count++] = {AttrNumber(place + 1), ExecInitExpr(planned, nullptr)};
}

void find_out_demands(Relation table, std::uint64_t generation) {
    if (known.memory)
        MemoryContextReset(known.memory);
    else
        known.memory =
            AllocSetContextCreate(TopMemoryContext, "slotguard defaults", ALLOCSET_SMALL_SIZES);
    known.generation = 0;
    known.default_count = 0;
    known.only_known_defaults = true;
    const MemoryContext caller = MemoryContextSwitchTo(known.memory);
    const int columns = RelationGetNumberOfAttributes(table);
    known.defaults = static_cast<column_default*>(palloc(columns * sizeof(column_default)));
    for (int place = 0; place < columns; ++place)
        add_default(table, place);
    MemoryContextSwitchTo(caller);
    known.generation = generation;
}

/** Takes the guard's triggers out of the copy of the table's triggers that the executor works with. */
void leave_out_guard(TriggerDesc* triggers, const sessions_table& sessions) {
    int kept = 0;
    bool before_row = false, after_row = false;
    for (int i = 0; i < triggers->numtriggers; ++i) {
        const Trigger& trigger = triggers->triggers[i];
        if (std::find(sessions.guard.begin(), sessions.guard.end(), trigger.tgoid) !=
            sessions.guard.end())
            continue;
        const bool is_of_each_row =
            TRIGGER_FOR_ROW(trigger.tgtype) && TRIGGER_FOR_INSERT(trigger.tgtype);
        before_row |= is_of_each_row && TRIGGER_FOR_BEFORE(trigger.tgtype);
        after_row |= is_of_each_row && TRIGGER_FOR_AFTER(trigger.tgtype);
        triggers->triggers[kept++] = trigger;
    }
    triggers->numtriggers = kept;
    triggers->trig_insert_before_row = before_row;
    triggers->trig_insert_after_row = after_row;
}

/** An executor state for one table, as PostgreSQL's apply worker makes it. */
EState* begin_insert(Relation table, ResultRelInfo*& target) {
    EState* state = CreateExecutorState();
    const MemoryContext caller = MemoryContextSwitchTo(state->es_query_cxt);
    RangeTblEntry* entry = makeNode(RangeTblEntry);
    entry->rtekind = RTE_RELATION;
    entry->relid = RelationGetRelid(table);
    entry->relkind = table->rd_rel->relkind;
    entry->rellockmode = RowExclusiveLock;
    init_range_table(state, entry);
    target = makeNode(ResultRelInfo);
    InitResultRelInfo(target, table, 1, nullptr, 0);
    state->es_opened_result_relations = lappend(state->es_opened_result_relations, target);
    state->es_output_cid = GetCurrentCommandId(true);
    state->es_snapshot = GetActiveSnapshot();
    MemoryContextSwitchTo(caller);
    ExecOpenIndices(target, false);
    AfterTriggerBeginQuery();
    return state;
}

void end_insert(EState* state, ResultRelInfo* target) {
    AfterTriggerEndQuery(state);
    ExecCloseIndices(target);
    ExecResetTupleTable(state->es_tupleTable, false);
    FreeExecutorState(state);
    CommandCounterIncrement();
}

TupleTableSlot* fill_slot(EState* state, Relation table, std::span<const column_value> row) {
    TupleTableSlot* slot = ExecInitExtraTupleSlot(state, RelationGetDescr(table), &TTSOpsVirtual);
    ExecClearTuple(slot);
    std::fill_n(slot->tts_isnull, slot->tts_tupleDescriptor->natts, true);
    std::fill_n(slot->tts_values, slot->tts_tupleDescriptor->natts, Datum{0});
    const auto set = [slot](AttrNumber column, Datum value, bool is_null) {
        slot->tts_values[column - 1] = value;
        slot->tts_isnull[column - 1] = is_null;
    };
    for (const column_value& given : row)
        set(given.column, given.value, false);
    for (const column_default& left_out : std::span(known.defaults, known.default_count)) {
        if (!slot->tts_isnull[left_out.column - 1])
            continue;
        bool is_null;
        const Datum value =
            ExecEvalExprSwitchContext(left_out.value, GetPerTupleExprContext(state), &is_null);
        set(left_out.column, value, is_null);
    }
    return ExecStoreVirtualTuple(slot);
}

/** A scheduled session belongs into the partial indexes of the guard and not into that of the ones
 *  that are done, whose predicates say just that and were looked at when they were found: preparing
 *  and asking them is a tenth of a booking. */
void leave_out_known_predicates(ResultRelInfo* target, const sessions_table& sessions) {
    for (int i = 0; i < target->ri_NumIndices; ++i) {
        const Oid index = RelationGetRelid(target->ri_IndexRelationDescs[i]);
        IndexInfo* how = target->ri_IndexRelationInfo[i];
        if (index == sessions.by_slot || index == sessions.by_mentor ||
            index == sessions.by_startup)
            how->ii_Predicate = NIL;
        else if (index == sessions.done_by_mentor)
            how->ii_ReadyForInserts = false;
    }
}

} // namespace

bool can_insert_directly(Relation table, std::uint64_t generation) {
    const TriggerDesc* triggers = table->trigdesc;
    if (table->rd_rules || (triggers && triggers->trig_insert_new_table) ||
        ExecutorCheckPerms_hook ||
        check_enable_rls(RelationGetRelid(table), InvalidOid, true) != RLS_NONE)
        return false;
    if (known.generation != generation)
        find_out_demands(table, generation);
    return known.only_known_defaults;
}

std::optional<written_row> insert_directly(Relation table, const sessions_table& sessions,
                                           std::span<const column_value> row, guard how) {
    ResultRelInfo* target;
    EState* state = begin_insert(table, target);
    if (how == guard::has_been_asked) {
        leave_out_guard(target->ri_TrigDesc, sessions);
        leave_out_known_predicates(target, sessions);
    }
    ExecBSInsertTriggers(state, target);
    TupleTableSlot* slot = fill_slot(state, table, row);
    ItemPointerSetInvalid(&slot->tts_tid);
    ExecSimpleRelationInsert(target, state, slot);
    std::optional<written_row> written;
    if (ItemPointerIsValid(&slot->tts_tid)) {
        bool is_null;
        const Datum session_id = slot_getattr(slot, sessions.session_id, &is_null);
        written = {.place = slot->tts_tid,
                   .session_id = is_null ? std::nullopt : std::optional{session_id},
                   .others_came_in = GetCurrentCommandId(false) != state->es_output_cid};
    }
    ExecASInsertTriggers(state, target, nullptr);
    end_insert(state, target);
    return written;
}

} // namespace slotguard
