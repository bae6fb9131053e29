#include "bench/session.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace bench {

void fail(PGconn* connection, const std::string& what) {
    std::fprintf(stderr, "bench: %s: %s\n", what.c_str(), PQerrorMessage(connection));
    std::exit(1);
}

PGconn* connect(const std::string& conninfo) {
    PGconn* connection = PQconnectdb(conninfo.c_str());
    if (PQstatus(connection) != CONNECTION_OK)
        fail(connection, "can't connect");
    return connection;
}

std::string ask(PGconn* connection, const std::string& statement) {
    PGresult* result = PQexec(connection, statement.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail(connection, statement);
    const std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    PQclear(result);
    return answer;
}

std::chrono::sys_days first_day(PGconn* connection) {
    const std::string days = ask(connection, "SELECT first_day() - date '1970-01-01'");
    return std::chrono::sys_days{std::chrono::days{std::stol(days)}};
}

void prepare(PGconn* connection, const char* name, const way& asked) {
    PGresult* result = PQprepare(connection, name, asked.statement, 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail(connection, asked.name);
    PQclear(result);
}

namespace {

bool equals(const char* text, const char* other) {
    return text && other && std::strcmp(text, other) == 0;
}

came judge(PGconn* connection, const PGresult* result, const way& asked) {
    const ExecStatusType status = PQresultStatus(result);
    const char* error = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    switch (asked.answers) {
    case answer::nothing:
        if (status == PGRES_TUPLES_OK)
            return came::booked;
        break;
    case answer::error:
        if (status == PGRES_COMMAND_OK)
            return came::booked;
        if (equals(error, asked.refusal))
            return came::refused;
        if (equals(error, "40P01") && asked.may_deadlock)
            return came::deadlocked;
        break;
    case answer::outcome:
        if (status != PGRES_TUPLES_OK || PQntuples(result) != 1)
            break;
        if (equals(PQgetvalue(result, 0, 0), "booked"))
            return came::booked;
        if (equals(PQgetvalue(result, 0, 0), asked.refusal))
            return came::refused;
        std::fprintf(stderr, "bench: it answered %s\n", PQgetvalue(result, 0, 0));
        break;
    }
    fail(connection, asked.name);
}

} // namespace

/** Its arguments, as many as it takes. */
std::vector<const char*> arguments(given takes, const wish& wanted) {
    if (takes == given::nothing)
        return {};
    std::vector<const char*> all{wanted.mentor, wanted.startup, wanted.date, wanted.time};
    if (takes == given::slot_and_instants)
        all.insert(all.end(), {wanted.starts_at, wanted.ends_at});
    if (takes == given::slot_and_key)
        all.push_back(wanted.key);
    return all;
}

came call(PGconn* connection, const char* name, const way& asked, const wish& wanted) {
    const std::vector<const char*> values = arguments(asked.takes, wanted);
    PGresult* result =
        PQexecPrepared(connection, name, int(values.size()), values.data(), nullptr, nullptr, 0);
    const came came_of_it = judge(connection, result, asked);
    PQclear(result);
    return came_of_it;
}

double processor_time(int pid) {
    const std::string file = "/proc/" + std::to_string(pid) + "/schedstat";
    double nanoseconds = 0;
    if (!(std::ifstream{file} >> nanoseconds)) {
        std::fprintf(stderr, "bench: can't read %s\n", file.c_str());
        std::exit(1);
    }
    return nanoseconds / 1000;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace bench
