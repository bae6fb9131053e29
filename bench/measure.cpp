#include "bench/measure.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "bench/session.hpp"

namespace bench {

namespace {

using clock_type = std::chrono::steady_clock;

struct run {
    const std::string conninfo;
    const way& asked;
    const situation& in;
    std::chrono::sys_days first_day{};
    std::atomic<long> next{0};
    std::atomic<bool> over{false};
    std::atomic<long> served{0};
    std::atomic<long> deadlocked{0};
};

void be_a_client(run& shared) {
    PGconn* connection = connect(shared.conninfo);
    ask(connection, std::string{"SET synchronous_commit = "} + shared.in.synchronous_commit);
    prepare(connection, "book", shared.asked);
    const bool wins = !shared.asked.schema || everybody_wins(shared.in.wants);
    long served = 0;
    while (!shared.over.load(std::memory_order_relaxed)) {
        const wish wanted = wish_number(shared.next++, shared.in.wants, shared.first_day);
        const came came_of_it = call(connection, "book", shared.asked, wanted);
        if (came_of_it == (wins ? came::booked : came::refused))
            ++served;
        else if (came_of_it == came::deadlocked && !wins)
            ++shared.deadlocked;
        else
            fail(connection, std::string{shared.asked.name} + ": not what should have come of it");
    }
    shared.served += served;
    PQfinish(connection);
}

/** Lets the clients loose; the seconds that it took, until the last of them had its answer. */
double let_loose(run& shared, load by) {
    std::vector<std::thread> threads;
    const auto began = clock_type::now();
    for (int i = 0; i < by.clients; ++i)
        threads.emplace_back(be_a_client, std::ref(shared));
    std::this_thread::sleep_for(std::chrono::duration<double>(by.seconds));
    shared.over = true;
    for (std::thread& thread : threads)
        thread.join();
    return std::chrono::duration<double>(clock_type::now() - began).count();
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

std::string database_of(const situation& in) { return "slotguard_bench_" + sessions_in(in); }

rate measure(const way& asked, const situation& in, load by, slots_asked& next) {
    run shared{.conninfo = "dbname=" + database_of(in), .asked = asked, .in = in};
    PGconn* connection = connect(shared.conninfo);
    shared.first_day = first_day(connection);
    const std::string schema = asked.schema ? asked.schema : "";
    if (in.loaded)
        shared.next = next[schema];
    else if (asked.schema)
        ask(connection, "SELECT begin_run('" + schema + "')");
    // So that no run pays for what an earlier one has left to be written.
    ask(connection, "CHECKPOINT");

    const long rows = rows_of(connection, asked);
    const double took = let_loose(shared, by);
    const long wins = everybody_wins(in.wants) ? shared.served.load() : 0;
    if (asked.schema && rows_of(connection, asked) != rows + wins)
        fail(connection, std::string{asked.name} + ": the table does not hold what was told");
    if (in.loaded)
        next[schema] = shared.next;
    PQfinish(connection);
    return {double(shared.served) / took, shared.deadlocked};
}

} // namespace bench
