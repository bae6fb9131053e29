// Measures a reader that follows the journal while writers book: how many events they make and it takes in a
// second, and how far it lags behind them, in events and in time.
//
// Usage: follow WRITERS SECONDS
// The database slotguard_bench_steps is made by bench/run.sh.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "bench/clients.hpp"

using namespace bench;

namespace {

const std::string database = "dbname=slotguard_bench_steps";

// What lies between is what the reader has not got yet; the writers' transactions that have not ended are
// among it. Its age is that of the transaction that made the event.
constexpr const char* read_on =
    "SELECT cursor, event_id, extract(epoch FROM clock_timestamp() - occurred_at) * 1000,"
    " pg_sequence_last_value('booking_events_event_id_seq') - event_id"
    " FROM booking_events_after($1, 1000)";

struct reader {
    PGconn* connection = connect(database);
    std::string cursor = ask(connection, "SELECT latest_booking_cursor()");
    long events = 0;
    std::vector<double> ages; ///< milliseconds, of each event when it was got
    std::vector<double> lags; ///< events, after each answer that had some

    /** How many events came. */
    int read() {
        const char* const given[] = {cursor.c_str()};
        PGresult* result =
            PQexecParams(connection, read_on, 1, nullptr, given, nullptr, nullptr, 0);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            fail(connection, read_on);
        const int count = PQntuples(result);
        for (int row = 0; row < count; ++row)
            ages.push_back(std::atof(PQgetvalue(result, row, 2)));
        if (count > 0) {
            lags.push_back(std::atof(PQgetvalue(result, count - 1, 3)));
            cursor = PQgetvalue(result, count - 1, 0);
        }
        PQclear(result);
        events += count;
        return count;
    }
};

double mean(const std::vector<double>& of) {
    double sum = 0;
    for (double one : of)
        sum += one;
    return of.empty() ? 0 : sum / double(of.size());
}

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

task writers(std::atomic<long>& next, std::chrono::sys_days day) {
    const way& asked = ways[first_call];
    return {.prepare =
                [&](PGconn* client) {
                    ask(client, "SET synchronous_commit = off");
                    prepare(client, "book", asked);
                },
            .call =
                [&next, &asked, day](PGconn* client) {
                    if (call(client, "book", asked, spread_wish(next++, false, day)) !=
                        came::booked)
                        fail(client, "a writer was refused");
                    return answered::served;
                }};
}

/** Every event of the journal, from the first on. */
double read_all() {
    reader one;
    one.cursor = ask(one.connection, "SELECT cursor FROM booking_events_after(NULL, 1)");
    const double began = now();
    while (one.read() > 0)
        ;
    return double(one.events) / (now() - began);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: follow WRITERS SECONDS\n");
        return 2;
    }
    const load by{.clients = std::atoi(arguments[1]), .seconds = std::atof(arguments[2])};
    PGconn* connection = connect(database);
    ask(connection, "SELECT begin_steps('public')");
    ask(connection, "CHECKPOINT");
    std::atomic<long> next{0};
    const task booking = writers(next, first_day(connection));
    const rate unread = let_loose(database, by, booking).measured;

    reader follower;
    std::atomic<bool> over{false};
    std::thread following{[&] {
        while (!over)
            follower.read();
    }};
    const double began = now();
    const finished_run followed = let_loose(database, by, booking);
    const double written = now() - began;
    over = true;
    following.join();
    const long left = followed.served - follower.events;
    const double stopped = now();
    while (follower.read() > 0)
        ;
    const double caught_up = now() - stopped;
    if (follower.events != followed.served)
        fail(follower.connection, "the reader has not got each event once");

    std::printf("\nfollow, %d writers\n  %-44s %9s\n", by.clients, "", "events/s");
    std::printf("  %-44s %9.0f\n", "written while nobody reads", unread.served);
    std::printf("  %-44s %9.0f\n", "written while one reader follows", followed.measured.served);
    std::printf("  %-44s %9.0f\n", "read by it", double(follower.events - left) / written);
    std::printf("  %-44s %9.0f\n", "read by one alone, from the first event on", read_all());
    std::printf(
        "  lag on average: %.0f events drawn beyond what was read, %.1f ms from the start of "
        "its transaction to the reader\n",
        mean(follower.lags), mean(follower.ages));
    std::printf("  when the writers stopped: %ld events not read yet, got in %.1f ms\n", left,
                caught_up * 1000);
    PQfinish(connection);
}
