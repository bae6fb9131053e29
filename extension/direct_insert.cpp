#include "extension/direct_insert.hpp"

#include "extension/direct_write.hpp"
#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

struct column_default {
    AttrNumber column;
    ExprState* value;
};

/** What a table asks for, found out once for each of its generations. */
struct table_demands {
    Oid table;
    std::uint64_t generation;
    MemoryContext memory; ///< of `defaults` and all that they point to
    column_default* defaults;
    int default_count;
    ExprState**
        checks; ///< its CHECK constraints, ready to be asked; nullptr where that is left to the
                ///< executor, which reads them anew for each row: an eighth of a hold
    bool only_known_defaults;
};
/** Of our tables that rows are written into; a further one, as after they were made anew, takes the
 *  places in turn. */
std::array<table_demands, 4> kept{};

table_demands& demands_of(Oid table) {
    static std::size_t turn = 0;
    for (table_demands& demands : kept)
        if (demands.table == table)
            return demands;
    return kept[turn++ % kept.size()];
}

bool is_anothers_function(Oid function, void*) { return function >= FirstNormalObjectId; }

/** Which can be replaced without the table's knowing, as a domain can change. */
bool calls_anothers_function(Node* node, void* context) {
    if (!node)
        return false;
    return IsA(node, CoerceToDomain) ||
           check_functions_in_node(node, is_anothers_function, context) ||
           walk_expression(node, calls_anothers_function, context);
}

void add_default(table_demands& demands, Relation table, int place) {
    const FormData_pg_attribute& column = *TupleDescAttr(RelationGetDescr(table), place);
    if (column.attisdropped || column.attgenerated)
        return;
    // A domain's own default and its checks can change without the table's knowing, and a type
    // with a precision or a length asks for a conversion.
    demands.only_known_defaults &=
        get_typtype(column.atttypid) != TYPTYPE_DOMAIN && column.atttypmod == -1;
    Node* value = build_column_default(table, place + 1);
    if (!value)
        return;
    // So can another's function, which planning may fold into a constant: look before.
    demands.only_known_defaults &= !calls_anothers_function(value, nullptr);
    Expr* planned = expression_planner(reinterpret_cast<Expr*>(value));
    demands.defaults[demands.default_count++] = {AttrNumber(place + 1),
                                                 ExecInitExpr(planned, nullptr)};
}

ExprState** prepare_checks(Relation table) {
    const TupleConstr* constraints = RelationGetDescr(table)->constr;
    if (!constraints || constraints->num_check == 0)
        return nullptr;
    auto** checks = static_cast<ExprState**>(palloc(constraints->num_check * sizeof(ExprState*)));
    for (int i = 0; i < constraints->num_check; ++i) {
        Node* check = static_cast<Node*>(stringToNode(constraints->check[i].ccbin));
        if (calls_anothers_function(check, nullptr))
            return nullptr;
        checks[i] = ExecInitExpr(expression_planner(reinterpret_cast<Expr*>(check)), nullptr);
    }
    return checks;
}

void find_out(table_demands& demands, Relation table, std::uint64_t generation) {
    if (demands.memory)
        MemoryContextReset(demands.memory);
    else
        demands.memory =
            AllocSetContextCreate(TopMemoryContext, "slotguard defaults", ALLOCSET_SMALL_SIZES);
    demands = {
        .table = RelationGetRelid(table), .memory = demands.memory, .only_known_defaults = true};
    const MemoryContext caller = MemoryContextSwitchTo(demands.memory);
    const int columns = RelationGetNumberOfAttributes(table);
    demands.defaults = static_cast<column_default*>(palloc(columns * sizeof(column_default)));
    for (int place = 0; place < columns; ++place)
        add_default(demands, table, place);
    demands.checks = prepare_checks(table);
    MemoryContextSwitchTo(caller);
    demands.generation = generation;
}

bool is_among(Oid wanted, std::span<const Oid> oids) {
    return std::find(oids.begin(), oids.end(), wanted) != oids.end();
}

/** Takes triggers out of the copy of the table's triggers that the executor works with. */
void leave_out_triggers(TriggerDesc* triggers, std::span<const Oid> left_out) {
    int count = 0;
    bool before_row = false, after_row = false;
    for (int i = 0; i < triggers->numtriggers; ++i) {
        const Trigger& trigger = triggers->triggers[i];
        if (is_among(trigger.tgoid, left_out))
            continue;
        const bool is_of_each_row =
            TRIGGER_FOR_ROW(trigger.tgtype) && TRIGGER_FOR_INSERT(trigger.tgtype);
        before_row |= is_of_each_row && TRIGGER_FOR_BEFORE(trigger.tgtype);
        after_row |= is_of_each_row && TRIGGER_FOR_AFTER(trigger.tgtype);
        triggers->triggers[count++] = trigger;
    }
    triggers->numtriggers = count;
    triggers->trig_insert_before_row = before_row;
    triggers->trig_insert_after_row = after_row;
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
    const table_demands& demands = demands_of(RelationGetRelid(table));
    for (const column_default& left_out : std::span(demands.defaults, demands.default_count)) {
        if (!slot->tts_isnull[left_out.column - 1])
            continue;
        bool is_null;
        const Datum value =
            ExecEvalExprSwitchContext(left_out.value, GetPerTupleExprContext(state), &is_null);
        set(left_out.column, value, is_null);
    }
    return ExecStoreVirtualTuple(slot);
}

/** What is needed to add a row to a btree of columns alone. BuildIndexInfo() copies the predicate as well, to
 *  be prepared and asked: a tenth of a booking. */
IndexInfo* columns_alone(Relation index) {
    const FormData_pg_index& form = *index->rd_index;
    IndexInfo* how = makeNode(IndexInfo);
    how->ii_NumIndexAttrs = form.indnatts;
    how->ii_NumIndexKeyAttrs = form.indnkeyatts;
    std::copy_n(form.indkey.values, form.indnatts, how->ii_IndexAttrNumbers);
    how->ii_Unique = form.indisunique;
    how->ii_ReadyForInserts = form.indisready;
    how->ii_Am = index->rd_rel->relam;
    how->ii_Context = CurrentMemoryContext;
    return how;
}

/** As ExecOpenIndices(), but for what is known of the row. Nobody rebuilds or drops an index beside a writer
 *  who has locked its table, but with an AccessExclusiveLock on it in the end: so a reader's lock is enough,
 *  which the caller has on those that it knows, having looked into them. */
void open_indexes(EState* state, ResultRelInfo* target, const known_of_row& known) {
    const MemoryContext caller = MemoryContextSwitchTo(state->es_query_cxt);
    List* indexes = RelationGetIndexList(target->ri_RelationDesc);
    const int most = list_length(indexes);
    target->ri_IndexRelationDescs = static_cast<Relation*>(palloc(most * sizeof(Relation)));
    target->ri_IndexRelationInfo = static_cast<IndexInfo**>(palloc(most * sizeof(IndexInfo*)));
    int count = 0;
    for (int i = 0; i < most; ++i) {
        const Oid oid = list_nth_oid(indexes, i);
        if (is_among(oid, known.out_of_indexes))
            continue;
        const bool is_known = is_among(oid, known.in_indexes);
        Relation index = index_open(oid, is_known ? AccessShareLock : RowExclusiveLock);
        target->ri_IndexRelationDescs[count] = index;
        target->ri_IndexRelationInfo[count++] = is_known || index->rd_index->indisprimary
                                                    ? columns_alone(index)
                                                    : BuildIndexInfo(index);
    }
    target->ri_NumIndices = count;
    MemoryContextSwitchTo(caller);
}

/** Those that stay locked as the caller has locked them; the others are closed with the state. */
void close_known_indexes(ResultRelInfo* target, const known_of_row& known) {
    for (int i = 0; i < target->ri_NumIndices; ++i) {
        Relation& index = target->ri_IndexRelationDescs[i];
        if (!is_among(RelationGetRelid(index), known.in_indexes))
            continue;
        index_close(index, NoLock);
        index = nullptr;
    }
}

} // namespace

bool can_insert_directly(Relation table, std::uint64_t generation) {
    const TriggerDesc* triggers = table->trigdesc;
    if (table->rd_rules || (triggers && triggers->trig_insert_new_table) ||
        ExecutorCheckPerms_hook ||
        check_enable_rls(RelationGetRelid(table), InvalidOid, true) == RLS_ENABLED)
        return false;
    table_demands& demands = demands_of(RelationGetRelid(table));
    if (demands.table != RelationGetRelid(table) || demands.generation != generation)
        find_out(demands, table, generation);
    return demands.only_known_defaults;
}

std::optional<written_row> insert_directly(Relation table, std::span<const column_value> row,
                                           AttrNumber id, const known_of_row& known) {
    ResultRelInfo* target;
    EState* state = begin_write(table, target);
    give_checks(target, demands_of(RelationGetRelid(table)).checks);
    if (!known.triggers.empty())
        leave_out_triggers(target->ri_TrigDesc, known.triggers);
    open_indexes(state, target, known);
    ExecBSInsertTriggers(state, target);
    TupleTableSlot* slot = fill_slot(state, table, row);
    ItemPointerSetInvalid(&slot->tts_tid);
    ExecSimpleRelationInsert(target, state, slot);
    close_known_indexes(target, known);
    std::optional<written_row> written;
    if (ItemPointerIsValid(&slot->tts_tid)) {
        bool is_null;
        const Datum value = slot_getattr(slot, id, &is_null);
        written = {.place = slot->tts_tid,
                   .id = is_null ? std::nullopt : std::optional{value},
                   .others_came_in = GetCurrentCommandId(false) != state->es_output_cid};
    }
    ExecASInsertTriggers(state, target, nullptr);
    end_write(state, target);
    return written;
}

namespace {

TupleTableSlot* store_row(EState* state, Relation table, std::span<Datum> values,
                          std::span<bool> is_null) {
    TupleTableSlot* slot = ExecInitExtraTupleSlot(state, RelationGetDescr(table), &TTSOpsVirtual);
    ExecClearTuple(slot);
    std::copy(values.begin(), values.end(), slot->tts_values);
    std::copy(is_null.begin(), is_null.end(), slot->tts_isnull);
    return ExecStoreVirtualTuple(slot);
}

void take_row(TupleTableSlot* slot, std::span<Datum> values, std::span<bool> is_null) {
    slot_getallattrs(slot);
    for (std::size_t place = 0; place < values.size(); ++place) {
        const FormData_pg_attribute& column = *TupleDescAttr(slot->tts_tupleDescriptor, int(place));
        is_null[place] = slot->tts_isnull[place];
        values[place] = is_null[place]
                            ? Datum{0}
                            : datumCopy(slot->tts_values[place], column.attbyval, column.attlen);
    }
}

} // namespace

bool fire_before_insert(Relation table, std::span<const Oid> left_out, std::span<Datum> values,
                        std::span<bool> is_null) {
    if (!table->trigdesc || !table->trigdesc->trig_insert_before_row)
        return true;
    ResultRelInfo* target;
    EState* state = begin_write(table, target);
    leave_out_triggers(target->ri_TrigDesc, left_out);
    bool is_kept = true;
    if (target->ri_TrigDesc->trig_insert_before_row) {
        TupleTableSlot* slot = store_row(state, table, values, is_null);
        is_kept = ExecBRInsertTriggers(state, target, slot);
        if (is_kept)
            take_row(slot, values, is_null);
    }
    end_write(state, target);
    return is_kept;
}

} // namespace slotguard
