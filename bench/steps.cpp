// Compares replays, holds and moves with what the founding table offers for them, in turn in one run, by
// steps per second, each with synchronous_commit off and on.
//
// Usage: steps CLIENTS SECONDS ROUNDS [SITUATION]
// SITUATION picks those whose name contains it. The database slotguard_bench_steps is made by bench/run.sh.
#include "bench/steps.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/clients.hpp"
#include "bench/ratios.hpp"

using namespace bench;

namespace {

const std::string database = "dbname=slotguard_bench_steps";

/** What each asked for, whoever asks. */
asked_step asked_for(target wanted, long number, std::chrono::sys_days first_day) {
    const long nth = number % mentors;
    asked_step made{};
    static_cast<wish&>(made) = spread_wish(number, false, first_day);
    // A startup holds only so many slots: each is another's.
    if (wanted == target::free_slot)
        std::snprintf(made.startup, sizeof made.startup, "%u", unsigned(2 * startups + number));
    else if (wanted == target::booked_slot)
        static_cast<wish&>(made) =
            wish_for(("mentor " + std::to_string(nth)).c_str(), nth + 1, 0, first_day);
    else if (wanted == target::taken_slot || wanted == target::held_slot)
        static_cast<wish&>(made) = wish_for("mentor 0", startups + 1 + number % startups,
                                            wanted == target::held_slot ? 2 : 0, first_day);
    std::snprintf(made.key, sizeof made.key, "request %ld", nth);
    std::snprintf(made.session_id, sizeof made.session_id, "%ld", nth + 1);
    return made;
}

bool is_as_expected(const PGresult* result, const char* expected) {
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        return expected && state && std::strcmp(state, expected) == 0;
    }
    if (!expected)
        return std::strcmp(PQcmdTuples(const_cast<PGresult*>(result)), "1") == 0;
    return PQntuples(result) == 1 && std::strcmp(PQgetvalue(result, 0, 0), expected) == 0;
}

/** Runs the statements of a step, one after the other. */
answered take(PGconn* client, const step& taken, asked_step asked, const asked_step& next) {
    for (std::size_t i = 0; i < taken.statements.size(); ++i) {
        const statement& said = taken.statements[i];
        const values given = said.given(asked);
        PGresult* result = PQexecPrepared(client, std::to_string(i).c_str(), int(given.size()),
                                          given.data(), nullptr, nullptr, 0);
        if (!is_as_expected(result, said.expected))
            fail(client, std::string{taken.name} + ": not what should have come of it, but " +
                             (PQntuples(result) ? PQgetvalue(result, 0, 0) : "an error"));
        if (const int column = PQfnumber(result, "hold_token"); column >= 0)
            std::snprintf(asked.token, sizeof asked.token, "%s", PQgetvalue(result, 0, column));
        PQclear(result);
        if (said.text == founding_insert.text)
            asked = next; // the second INSERT of two takes another slot
    }
    return answered::served;
}

void prepare_client(PGconn* client, const step& taken, const char* synchronous_commit) {
    ask(client, std::string{"SET synchronous_commit = "} + synchronous_commit);
    for (std::size_t i = 0; i < taken.statements.size(); ++i) {
        PGresult* result =
            PQprepare(client, std::to_string(i).c_str(), taken.statements[i].text, 0, nullptr);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            fail(client, taken.name);
        PQclear(result);
    }
}

rate measure(const step& taken, load by, const char* synchronous_commit) {
    PGconn* connection = connect(database);
    if (taken.schema)
        ask(connection, std::string{"SELECT begin_steps('"} + taken.schema + "')");
    ask(connection, "CHECKPOINT");
    const std::chrono::sys_days day = first_day(connection);
    PQfinish(connection);
    std::atomic<long> next{0};
    const auto call = [&](PGconn* client) {
        const long number = next.fetch_add(2); // room for a second slot
        return take(client, taken, asked_for(taken.wanted, number, day),
                    asked_for(taken.wanted, number + 1, day));
    };
    return let_loose(
               database, by,
               {.prepare =
                    [&](PGconn* client) { prepare_client(client, taken, synchronous_commit); },
                .call = call})
        .measured;
}

void compare(const step_situation& in, const char* synchronous_commit, load by, int rounds) {
    std::vector<std::vector<double>> rates(in.steps.size()), processor(in.steps.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < in.steps.size(); ++i) {
            const rate measured = measure(in.steps[i], by, synchronous_commit);
            rates[i].push_back(measured.served);
            processor[i].push_back(measured.processor);
        }
    std::printf("\n%s, commit %s\n  %-35s %8s %9s  %-20s  %s\n", in.name, synchronous_commit, "",
                "steps/s", "µs*", "of founding", "of empty");
    for (std::size_t i = 0; i < in.steps.size(); ++i) {
        std::printf("  %-35s %8.0f %8.1f", in.steps[i].name, median(rates[i]),
                    median(processor[i]));
        print_ratio(ratio(rates[i], rates[1]), in.steps[i].aim);
        print_ratio(ratio(rates[i], rates[0]), 0);
        std::printf("\n");
    }
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4 && count != 5) {
        std::fprintf(stderr, "usage: steps CLIENTS SECONDS ROUNDS [SITUATION]\n");
        return 2;
    }
    const load by{.clients = std::atoi(arguments[1]), .seconds = std::atof(arguments[2])};
    const int rounds = std::atoi(arguments[3]);
    std::printf(
        "\n%d clients, prepared statements, %g s a run, medians of %d rounds taken in turn\n"
        "* how long the server's processes had a processor for one step\n",
        by.clients, by.seconds, rounds);
    for (const step_situation& in : step_situations)
        if (count == 4 || std::strstr(in.name, arguments[4]))
            for (const char* synchronous_commit : {"off", "on"})
                compare(in, synchronous_commit, by, rounds);
}
