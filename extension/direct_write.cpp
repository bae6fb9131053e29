#include "extension/direct_write.hpp"

#include "extension/postgres_versions.hpp"

namespace slotguard {

EState* begin_write(Relation table, ResultRelInfo*& target) {
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
    AfterTriggerBeginQuery();
    return state;
}

void end_write(EState* state, ResultRelInfo* target) {
    AfterTriggerEndQuery(state);
    ExecCloseIndices(target);
    ExecResetTupleTable(state->es_tupleTable, false);
    FreeExecutorState(state);
    CommandCounterIncrement();
}

} // namespace slotguard
