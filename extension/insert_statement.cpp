#include "extension/insert_statement.hpp"

namespace slotguard {
namespace {

/** The statement for one of our tables that was prepared last. */
struct kept_statement {
    Oid table;
    std::uint64_t generation;
    std::array<AttrNumber, most_column_values> columns;
    std::size_t column_count;
    SPIPlanPtr plan;
};
std::array<kept_statement, 4> kept{};

/** How many of our statements run now, each in a trigger of the one before. Those that an ERROR ended
 *  are counted until the transaction ends, which costs no more than a plan that is not kept. */
int running = 0;

void forget_running(XactEvent event, void*) {
    if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
        running = 0;
}

void listen_for_end() {
    static bool listening = false;
    if (!listening)
        RegisterXactCallback(forget_running, nullptr);
    listening = true;
}

/** A further table, as after ours were made anew, takes the places in turn. */
kept_statement& statement_of(Oid table) {
    static std::size_t turn = 0;
    for (kept_statement& statement : kept)
        if (statement.table == table)
            return statement;
    return kept[turn++ % kept.size()];
}

bool is_for(const kept_statement& statement, Oid table, std::uint64_t generation,
            std::span<const column_value> row) {
    return statement.plan && statement.table == table && statement.generation == generation &&
           std::equal(
               row.begin(), row.end(), statement.columns.begin(),
               statement.columns.begin() + std::ptrdiff_t(statement.column_count),
               [](const column_value& given, AttrNumber column) { return given.column == column; });
}

void keep(kept_statement& statement, SPIPlanPtr plan, Oid table, std::uint64_t generation,
          std::span<const column_value> row) {
    SPI_keepplan(plan);
    if (statement.plan)
        SPI_freeplan(statement.plan);
    statement = {.table = table,
                 .generation = generation,
                 .columns = {},
                 .column_count = row.size(),
                 .plan = plan};
    std::transform(row.begin(), row.end(), statement.columns.begin(),
                   [](const column_value& given) { return given.column; });
}

void run(SPIPlanPtr plan, std::span<const column_value> row) {
    Datum values[most_column_values];
    std::transform(row.begin(), row.end(), values,
                   [](const column_value& given) { return given.value; });
    SPI_execute_snapshot(plan, values, nullptr, GetLatestSnapshot(), InvalidSnapshot, false, true,
                         0);
}

} // namespace

SPIPlanPtr prepare_insert(Relation table, std::span<const column_value> row) {
    const Oid oid = RelationGetRelid(table);
    Oid types[most_column_values];
    StringInfoData names, parameters;
    initStringInfo(&names);
    initStringInfo(&parameters);
    int count = 0;
    for (const column_value& given : row) {
        types[count] = get_atttype(oid, given.column);
        appendStringInfo(&names, "%s%s", count ? ", " : "",
                         quote_identifier(get_attname(oid, given.column, false)));
        appendStringInfo(&parameters, "%s$%d", count ? ", " : "", count + 1);
        ++count;
    }
    const char* name = quote_qualified_identifier(get_namespace_name(RelationGetNamespace(table)),
                                                  RelationGetRelationName(table));
    const SPIPlanPtr plan =
        SPI_prepare(psprintf("INSERT INTO %s (%s) VALUES (%s)", name, names.data, parameters.data),
                    count, types);
    if (!plan)
        elog(ERROR, "can't prepare an insertion into %s: %s", name,
             SPI_result_code_string(SPI_result));
    return plan;
}

bool insert_by_statement(Relation table, std::uint64_t generation,
                         std::span<const column_value> row) {
    listen_for_end();
    const Oid oid = RelationGetRelid(table);
    kept_statement& statement = statement_of(oid);
    SPI_connect();
    SPIPlanPtr plan = statement.plan;
    if (!is_for(statement, oid, generation, row)) {
        plan = prepare_insert(table, row);
        // A statement that this one is nested in may be running the kept plan.
        if (running == 0)
            keep(statement, plan, oid, generation, row);
    }
    ++running;
    run(plan, row);
    running = std::max(running - 1, 0);
    const bool is_written = SPI_processed == 1;
    SPI_finish();
    return is_written;
}

} // namespace slotguard
