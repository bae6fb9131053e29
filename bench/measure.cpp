#include "bench/measure.hpp"

#include <atomic>
#include <cstdlib>

namespace bench {

namespace {

/** What all clients of one run share. */
struct run {
    const way& asked;
    const situation& in;
    const std::chrono::sys_days first_day;
    std::atomic<long> next;
};

void prepare_client(const run& shared, PGconn* connection) {
    ask(connection, std::string{"SET synchronous_commit = "} + shared.in.synchronous_commit);
    prepare(connection, "book", shared.asked);
}

answered ask_for_the_next(run& shared, PGconn* connection) {
    const bool wins = !shared.asked.schema || everybody_wins(shared.in.wants);
    const wish wanted = wish_number(shared.next++, shared.in.wants, shared.first_day);
    const came came_of_it = call(connection, "book", shared.asked, wanted);
    if (came_of_it == (wins ? came::booked : came::refused))
        return answered::served;
    if (came_of_it != came::deadlocked || wins)
        fail(connection, std::string{shared.asked.name} + ": not what should have come of it");
    return answered::deadlocked;
}

long rows_of(PGconn* connection, const way& asked) {
    if (!asked.schema)
        return 0;
    return std::stol(ask(connection, std::string{"SELECT count(*) FROM "} + asked.schema +
                                         ".mentor_startup_sessions"));
}

} // namespace

std::string sessions_in(const situation& in) {
    const char* loaded = std::getenv("LOADED");
    return !in.loaded ? "0" : loaded ? loaded : "1000000";
}

std::string database_of(const way& asked, const situation& in) {
    return "slotguard_bench_" + sessions_in(in) +
           (asked.events == journal::off ? "_no_journal" : "");
}

rate measure(const way& asked, const situation& in, load by, slots_asked& next) {
    const std::string conninfo = "dbname=" + database_of(asked, in);
    PGconn* connection = connect(conninfo);
    const std::string schema = asked.schema ? asked.schema : "";
    if (!in.loaded && asked.schema)
        ask(connection, "SELECT begin_run('" + schema + "')");
    // So that no run pays for what an earlier one has left to be written.
    ask(connection, "CHECKPOINT");

    const long rows = rows_of(connection, asked);
    run shared{asked, in, first_day(connection), in.loaded ? next[schema] : 0};
    const auto [served, measured] =
        let_loose(conninfo, by,
                  {.prepare = [&](PGconn* client) { prepare_client(shared, client); },
                   .call = [&](PGconn* client) { return ask_for_the_next(shared, client); }});
    const long wins = everybody_wins(in.wants) ? served : 0;
    if (rows_of(connection, asked) != (asked.schema ? rows + wins : 0))
        fail(connection, std::string{asked.name} + ": the table does not hold what was told");
    if (in.loaded)
        next[schema] = shared.next;
    PQfinish(connection);
    return measured;
}

} // namespace bench
