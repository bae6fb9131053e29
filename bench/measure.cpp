#include "bench/measure.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "bench/session.hpp"

namespace bench {

namespace {

struct run {
    const std::string conninfo;
    const way& asked;
    const situation& in;
    std::chrono::sys_days first_day{};
    std::atomic<long> next{0};
    std::atomic<bool> over{false};
};

/** What came of the calls of one client, on a line of the cache for itself. */
struct alignas(64) tally {
    std::atomic<long> served{0};
    std::atomic<long> deadlocked{0};
    std::atomic<int> server{0};       ///< its process
    std::atomic<double> processor{0}; ///< that this process has had until the last answer
};

/** What came of the calls of all. */
struct total {
    long served = 0;
    long deadlocked = 0;
    double processor = 0;
};

total sum(const std::vector<tally>& tallies) {
    total all;
    for (const tally& one : tallies) {
        all.served += one.served;
        all.deadlocked += one.deadlocked;
        if (one.server)
            all.processor += one.processor > 0 ? one.processor.load() : processor_time(one.server);
    }
    return all;
}

void be_a_client(run& shared, tally& mine) {
    PGconn* connection = connect(shared.conninfo);
    ask(connection, std::string{"SET synchronous_commit = "} + shared.in.synchronous_commit);
    prepare(connection, "book", shared.asked);
    mine.server = PQbackendPID(connection);
    const bool wins = !shared.asked.schema || everybody_wins(shared.in.wants);
    while (!shared.over.load(std::memory_order_relaxed)) {
        const wish wanted = wish_number(shared.next++, shared.in.wants, shared.first_day);
        const came came_of_it = call(connection, "book", shared.asked, wanted);
        if (came_of_it == (wins ? came::booked : came::refused))
            ++mine.served;
        else if (came_of_it == came::deadlocked && !wins)
            ++mine.deadlocked;
        else
            fail(connection, std::string{shared.asked.name} + ": not what should have come of it");
    }
    mine.processor = processor_time(mine.server);
    PQfinish(connection);
}

void sleep_for(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

struct finished_run {
    total all;
    rate measured;
};

/**
 * Lets the clients loose. What is measured begins when they are warm (a new connection has plans to
 * make and catalogues to read), and ends when the last of them has its answer.
 */
finished_run let_loose(run& shared, load by) {
    std::vector<tally> tallies(std::size_t(by.clients));
    std::vector<std::thread> threads;
    for (tally& mine : tallies)
        threads.emplace_back(be_a_client, std::ref(shared), std::ref(mine));
    sleep_for(by.seconds / 4);
    const total before = sum(tallies);
    const auto began = std::chrono::steady_clock::now();
    sleep_for(by.seconds);
    shared.over = true;
    for (std::thread& thread : threads)
        thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const total all = sum(tallies);
    // Where nobody was served, as if one had been: the others' ratios to it stay finite.
    const double served = double(std::max(1L, all.served - before.served));
    return {all,
            {served / took.count(), (all.processor - before.processor) / served, all.deadlocked}};
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
    const auto [all, measured] = let_loose(shared, by);
    const long wins = everybody_wins(in.wants) ? all.served : 0;
    if (rows_of(connection, asked) != (asked.schema ? rows + wins : 0))
        fail(connection, std::string{asked.name} + ": the table does not hold what was told");
    if (in.loaded)
        next[schema] = shared.next;
    PQfinish(connection);
    return measured;
}

} // namespace bench
