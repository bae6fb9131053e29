#include "bench/clients.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace bench {

namespace {

struct run {
    const std::string& conninfo;
    const task& each;
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
    shared.each.prepare(connection);
    mine.server = PQbackendPID(connection);
    while (!shared.over.load(std::memory_order_relaxed))
        switch (shared.each.call(connection)) {
        case answered::served: ++mine.served; break;
        case answered::deadlocked: ++mine.deadlocked; break;
        }
    mine.processor = processor_time(mine.server);
    PQfinish(connection);
}

void sleep_for(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

} // namespace

/**
 * What is measured begins when the clients are warm (a new connection has plans to make and catalogues
 * to read), and ends when the last of them has its answer.
 */
finished_run let_loose(const std::string& conninfo, load by, const task& each) {
    run shared{.conninfo = conninfo, .each = each};
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
    return {all.served,
            {served / took.count(), (all.processor - before.processor) / served, all.deadlocked}};
}

} // namespace bench
