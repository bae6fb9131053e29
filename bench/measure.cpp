// Measures calls per second of several ways to book, in turn in one run, with medians.
//
// Usage: measure CONNINFO CLIENTS SECONDS ROUNDS [SITUATION]
// SITUATION picks those whose name contains it.
// The database has to be made by bench/ways.sql.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <libpq-fe.h>

namespace {

using clock_type = std::chrono::steady_clock;

/** One way to book, as a statement of ($1 mentor, $2 startup, $3 date, $4 time). */
struct way {
    const char* name;
    const char* statement;
    bool takes_arguments;
};

constexpr std::array ways{
    way{"empty round trip", "SELECT 1", false},
    way{"founding: plain INSERT, error 23505",
        "INSERT INTO founding.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, $4)",
        true},
    way{"PL/pgSQL with EXCEPTION, SELECT * FROM", "SELECT * FROM founding.book($1, $2, $3, $4)", true},
    way{"PL/pgSQL with EXCEPTION, outcome alone", "SELECT (founding.book($1, $2, $3, $4)).outcome",
        true},
    way{"book_session, SELECT * FROM", "SELECT * FROM book_session($1, $2, $3, $4)", true},
    way{"book_session, outcome alone", "SELECT (book_session($1, $2, $3, $4)).outcome", true},
};
constexpr std::size_t founding = 1;

/** What is asked of each way. */
struct situation {
    const char* name;
    const char* synchronous_commit;
    const char* losing_mentor; ///< everybody wants one slot of this mentor; nullptr: all win
};

constexpr std::array situations{
    situation{"win, synchronous_commit = off", "off", nullptr},
    situation{"win, synchronous_commit = on", "on", nullptr},
    situation{"refusal, a mentor without hours", "off", "taken"},
    situation{"refusal, a mentor with hours (five alternatives)", "off", "taken with hours"},
};

[[noreturn]] void fail(PGconn* connection, const char* what) {
    std::fprintf(stderr, "bench: %s: %s", what, PQerrorMessage(connection));
    std::exit(1);
}

PGconn* connect(const char* conninfo) {
    PGconn* connection = PQconnectdb(conninfo);
    if (PQstatus(connection) != CONNECTION_OK)
        fail(connection, "can't connect");
    return connection;
}

std::string ask(PGconn* connection, const std::string& statement) {
    PGresult* result = PQexec(connection, statement.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail(connection, statement.c_str());
    const std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    PQclear(result);
    return answer;
}

/** A slot that nobody has asked for: half-hours of a thousand mentors, day after day. */
struct slot {
    char mentor[32];
    char date[16];
    char time[16];
};

slot slot_number(long number, const std::vector<std::string>& dates) {
    slot wanted;
    const long half_hour = number / 1000;
    std::snprintf(wanted.mentor, sizeof wanted.mentor, "mentor %ld", number % 1000);
    std::snprintf(wanted.date, sizeof wanted.date, "%s",
                  dates.at(std::size_t(half_hour / 48)).c_str());
    std::snprintf(wanted.time, sizeof wanted.time, "%02ld:%02ld", half_hour % 48 / 2,
                  half_hour % 2 * 30);
    return wanted;
}

/** Whether the answer is the one that the situation should bring: a number that lies is none. */
bool is_expected(const PGresult* result, const way& asked, bool wins) {
    const ExecStatusType status = PQresultStatus(result);
    if (!asked.takes_arguments)
        return status == PGRES_TUPLES_OK;
    if (status == PGRES_FATAL_ERROR)
        return !wins && std::strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "23505") == 0;
    if (status == PGRES_COMMAND_OK)
        return wins;
    return std::strcmp(PQgetvalue(result, 0, 0), wins ? "booked" : "slot_taken") == 0;
}

struct run {
    const char* conninfo;
    const way& asked;
    const situation& in;
    const std::vector<std::string>& dates;
    std::atomic<long> next{0};
    std::atomic<bool> over{false};
    std::atomic<long> calls{0};
};

void be_a_client(run& shared) {
    PGconn* connection = connect(shared.conninfo);
    ask(connection, std::string{"SET synchronous_commit = "} + shared.in.synchronous_commit);
    PQclear(PQprepare(connection, "book", shared.asked.statement, 0, nullptr));
    long calls = 0;
    while (!shared.over.load(std::memory_order_relaxed)) {
        const slot wanted = slot_number(shared.in.losing_mentor ? 0 : shared.next++, shared.dates);
        const char* const arguments[] = {shared.in.losing_mentor ? shared.in.losing_mentor
                                                                 : wanted.mentor,
                                         "2", wanted.date, wanted.time};
        PGresult* result = PQexecPrepared(connection, "book", shared.asked.takes_arguments ? 4 : 0,
                                          arguments, nullptr, nullptr, 0);
        if (!is_expected(result, shared.asked, !shared.in.losing_mentor))
            fail(connection, shared.asked.name);
        PQclear(result);
        ++calls;
    }
    shared.calls += calls;
    PQfinish(connection);
}

double calls_per_second(const char* conninfo, const way& asked, const situation& in, int clients,
                        double seconds, const std::vector<std::string>& dates) {
    PGconn* connection = connect(conninfo);
    ask(connection, "SELECT begin_run()");
    ask(connection, "CHECKPOINT");
    PQfinish(connection);

    run shared{.conninfo = conninfo, .asked = asked, .in = in, .dates = dates};
    std::vector<std::thread> threads;
    const auto began = clock_type::now();
    for (int i = 0; i < clients; ++i)
        threads.emplace_back(be_a_client, std::ref(shared));
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    shared.over = true;
    for (std::thread& thread : threads)
        thread.join();
    const std::chrono::duration<double> took = clock_type::now() - began;
    return double(shared.calls) / took.count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 5 && count != 6) {
        std::fprintf(stderr, "usage: measure CONNINFO CLIENTS SECONDS ROUNDS [SITUATION]\n");
        return 2;
    }
    const char* conninfo = arguments[1];
    const int clients = std::atoi(arguments[2]);
    const double seconds = std::atof(arguments[3]);
    const int rounds = std::atoi(arguments[4]);

    PGconn* connection = connect(conninfo);
    std::vector<std::string> dates;
    for (int day = 1; day <= 360; ++day)
        dates.push_back(ask(connection, "SELECT current_date + " + std::to_string(day)));
    PQfinish(connection);

    std::printf("%d clients, prepared statements, %g s a run, median of %d rounds taken in turn\n\n",
                clients, seconds, rounds);
    for (const situation& in : situations) {
        if (count == 6 && !std::strstr(in.name, arguments[5]))
            continue;
        std::array<std::vector<double>, ways.size()> rates;
        for (int round = 0; round < rounds; ++round)
            for (std::size_t i = 0; i < ways.size(); ++i)
                rates[i].push_back(
                    calls_per_second(conninfo, ways[i], in, clients, seconds, dates));
        std::printf("%s\n", in.name);
        for (std::size_t i = 0; i < ways.size(); ++i)
            std::printf("  %-38s %8.0f calls/s  %5.2f of founding  %5.2f of empty\n", ways[i].name,
                        median(rates[i]), median(rates[i]) / median(rates[founding]),
                        median(rates[i]) / median(rates[0]));
        std::printf("\n");
        std::fflush(stdout);
    }
}
