#include "extension/insert_policy.hpp"

#include "extension/postgres_versions.hpp"
#include "extension/insert_statement.hpp"
#include "extension/palloc_list.hpp"

namespace slotguard {
namespace {

/** A value for each column of the table, dropped ones included. */
struct whole_row {
    std::span<Datum> values;
    std::span<bool> is_null;
};

bool is_nextval(Oid function, void*) { return function == F_NEXTVAL; }

bool draws_a_number(Node* node, void* context) {
    if (!node)
        return false;
    return IsA(node, NextValueExpr) || check_functions_in_node(node, is_nextval, context) ||
           walk_expression(node, draws_a_number, context);
}

void fill_default(whole_row& row, EState* state, Relation table, int place) {
    Node* value = build_column_default(table, place + 1);
    if (!value || draws_a_number(value, nullptr))
        return;
    ExprState* ready = ExecPrepareExpr(reinterpret_cast<Expr*>(value), state);
    bool is_null;
    const Datum found = ExecEvalExpr(ready, GetPerTupleExprContext(state), &is_null);
    const FormData_pg_attribute& column = *TupleDescAttr(RelationGetDescr(table), place);
    if (!is_null)
        row.values[place] = datumCopy(found, column.attbyval, column.attlen);
    row.is_null[place] = is_null;
}

whole_row with_defaults(Relation table, std::span<const column_value> given) {
    const TupleDesc columns = RelationGetDescr(table);
    const auto count = std::size_t(columns->natts);
    whole_row row{{static_cast<Datum*>(palloc0(count * sizeof(Datum))), count},
                  {static_cast<bool*>(palloc(count * sizeof(bool))), count}};
    std::fill(row.is_null.begin(), row.is_null.end(), true);
    for (const column_value& value : given) {
        row.values[std::size_t(value.column - 1)] = value.value;
        row.is_null[std::size_t(value.column - 1)] = false;
    }
    EState* state = CreateExecutorState();
    for (int place = 0; place < columns->natts; ++place) {
        const FormData_pg_attribute& column = *TupleDescAttr(columns, place);
        if (row.is_null[std::size_t(place)] && !column.attisdropped && !column.attgenerated)
            fill_default(row, state, table, place);
    }
    FreeExecutorState(state);
    return row;
}

/** The WithCheckOptions that PostgreSQL puts into an INSERT of such a row by this caller: which policies
 *  are the caller's, and how they are combined, is left to it. */
List* policies_of(Relation table, std::span<const column_value> row) {
    const List* sources = SPI_plan_get_plan_sources(prepare_insert(table, row));
    const auto* source = static_cast<const CachedPlanSource*>(linitial(sources));
    List* found = NIL;
    ListCell* cell;
    foreach (cell, source->query_list) {
        const Query* query = lfirst_node(Query, cell);
        if (query->commandType != CMD_INSERT)
            continue;
        ListCell* option_cell;
        foreach (option_cell, query->withCheckOptions) {
            auto* option = lfirst_node(WithCheckOption, option_cell);
            if (option->kind == WCO_RLS_INSERT_CHECK)
                found = lappend(found, option->qual);
        }
    }
    return found;
}

/** One column of the row under its own name, type and collation, from a parameter. */
void append_column(StringInfo statement, const FormData_pg_attribute& column, int number) {
    appendStringInfo(statement, "%s$%d", number > 1 ? ", " : "", number);
    if (OidIsValid(column.attcollation) && column.attcollation != get_typcollation(column.atttypid))
        appendStringInfo(statement, " COLLATE %s", generate_collation_name(column.attcollation));
    appendStringInfo(statement, " AS %s", quote_identifier(NameStr(column.attname)));
}

/** A question that has one row where all policies let the row in. */
struct policy_question {
    StringInfoData statement;
    palloc_list<Oid> types;
    palloc_list<Datum> values;
    palloc_list<char> nulls;
};

policy_question question_of(Relation table, const whole_row& row, List* policies) {
    policy_question question{};
    initStringInfo(&question.statement);
    appendStringInfoString(&question.statement, "SELECT FROM (SELECT ");
    const TupleDesc columns = RelationGetDescr(table);
    for (int place = 0; place < columns->natts; ++place) {
        const FormData_pg_attribute& column = *TupleDescAttr(columns, place);
        if (column.attisdropped)
            continue;
        question.types.add(column.atttypid);
        question.values.add(row.values[std::size_t(place)]);
        question.nulls.add(row.is_null[std::size_t(place)] ? 'n' : ' ');
        append_column(&question.statement, column, int(question.types.size()));
    }
    const char* name = RelationGetRelationName(table);
    appendStringInfo(&question.statement, ") AS %s WHERE true", quote_identifier(name));
    List* context = deparse_context_for(name, RelationGetRelid(table));
    ListCell* cell;
    foreach (cell, policies)
        appendStringInfo(
            &question.statement, " AND (%s)",
            deparse_expression(static_cast<Node*>(lfirst(cell)), context, true, false));
    return question;
}

bool is_let_in(Relation table, const whole_row& row, List* policies) {
    policy_question question = question_of(table, row, policies);
    const SPIPlanPtr plan = SPI_prepare(question.statement.data, int(question.types.size()),
                                        question.types.all().data());
    if (!plan)
        elog(ERROR, "can't prepare the policies of %s: %s", RelationGetRelationName(table),
             SPI_result_code_string(SPI_result));
    SPI_execute_snapshot(plan, question.values.all().data(), question.nulls.all().data(),
                         GetLatestSnapshot(), InvalidSnapshot, false, true, 1);
    return SPI_processed == 1;
}

} // namespace

void check_insert_policy(Relation table, std::span<const column_value> row,
                         std::span<const Oid> own_triggers) {
    if (check_enable_rls(RelationGetRelid(table), InvalidOid, true) != RLS_ENABLED)
        return;
    SPI_connect();
    whole_row whole = with_defaults(table, row);
    const bool is_kept = fire_before_insert(table, own_triggers, whole.values, whole.is_null);
    // What a trigger drops, an INSERT would not write: that is reported where it is tried.
    const bool is_refused = is_kept && !is_let_in(table, whole, policies_of(table, row));
    SPI_finish();
    if (is_refused)
        ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                errmsg("new row violates row-level security policy for table \"%s\"",
                       RelationGetRelationName(table)),
                errtable(table));
}

} // namespace slotguard
