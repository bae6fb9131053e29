#include "bench/calendars.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench {

namespace {

// Has nothing else to do: it is the mentor that it lacks.
constexpr const char* idle_startup = "15000";
constexpr const char* late = "21:00";

std::array<const char*, 4> arguments(about what, const calendar& of) {
    switch (what) {
    case about::nothing: return {};
    case about::thirty_days: return {of.mentor.c_str(), of.first_day.c_str(), of.last_day.c_str()};
    case about::first_free: return {of.mentor.c_str(), of.first_day.c_str()};
    case about::taken_time:
        return {of.mentor.c_str(), idle_startup, of.taken_date.c_str(), of.taken_time.c_str()};
    case about::late_time: return {of.mentor.c_str(), idle_startup, of.taken_date.c_str(), late};
    }
    __builtin_unreachable();
}

constexpr int number_of_arguments(about what) {
    return what == about::nothing       ? 0
           : what == about::first_free  ? 2
           : what == about::thirty_days ? 3
                                        : 4;
}

bool is_expected(const PGresult* result, about what) {
    const int rows = PQntuples(result);
    switch (what) {
    case about::nothing: return rows == 1;
    case about::thirty_days: return rows > 200;
    case about::first_free: return rows == 5;
    case about::taken_time: return std::strcmp(PQgetvalue(result, 0, 0), "slot_taken") == 0;
    case about::late_time: return std::strcmp(PQgetvalue(result, 0, 0), "mentor_unavailable") == 0;
    }
    __builtin_unreachable();
}

PGresult* answer_to(PGconn* connection, const question& asked, const calendar& of) {
    PGresult* result = PQexecPrepared(connection, asked.name, number_of_arguments(asked.what),
                                      arguments(asked.what, of).data(), nullptr, nullptr, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail(connection, asked.name);
    if (!is_expected(result, asked.what))
        fail(connection,
             std::string{asked.name} + ", " + of.mentor + ": not what should come of it");
    return result;
}

bool have_same_rows(const PGresult* a, const PGresult* b) {
    if (PQntuples(a) != PQntuples(b) || PQnfields(a) != PQnfields(b))
        return false;
    for (int row = 0; row < PQntuples(a); ++row)
        for (int column = 0; column < PQnfields(a); ++column)
            if (std::strcmp(PQgetvalue(a, row, column), PQgetvalue(b, row, column)) != 0)
                return false;
    return true;
}

void check_list(PGconn* connection, const question& asked, const calendar& of) {
    PGresult* ours = answer_to(connection, questions[list_by_slotguard], of);
    PGresult* theirs = answer_to(connection, asked, of);
    if (!have_same_rows(ours, theirs))
        fail(connection,
             std::string{asked.name} + ", " + of.mentor + ": other rows than slotguard");
    PQclear(ours);
    PQclear(theirs);
}

void check_alternatives(PGconn* connection, const question& asked, const calendar& of) {
    PGresult* result = answer_to(connection, asked, of);
    const int alternatives = PQfnumber(result, "alternatives");
    const std::string named = alternatives < 0 ? "" : PQgetvalue(result, 0, alternatives);
    PQclear(result);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = named.find("session_date", at)) != named.npos; ++at)
        ++count;
    if (alternatives >= 0 && count != 5)
        fail(connection, std::string{asked.name} + ", " + of.mentor + ": not five alternatives");
}

} // namespace

std::vector<calendar> read_calendars(PGconn* connection) {
    PGresult* result = PQexec(connection, "SELECT mentor_id, time_zone, first_day, first_day + 29,"
                                          " taken_date, taken_time FROM calendars ORDER BY number");
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail(connection, "calendars");
    std::vector<calendar> all;
    for (int row = 0; row < PQntuples(result); ++row)
        all.push_back({PQgetvalue(result, row, 0), PQgetvalue(result, row, 1),
                       PQgetvalue(result, row, 2), PQgetvalue(result, row, 3),
                       PQgetvalue(result, row, 4), PQgetvalue(result, row, 5)});
    PQclear(result);
    return all;
}

void prepare(PGconn* connection, const question& asked) {
    PGresult* result = PQprepare(connection, asked.name, asked.statement, 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail(connection, asked.name);
    PQclear(result);
}

void call(PGconn* connection, const question& asked, const calendar& of) {
    PQclear(answer_to(connection, asked, of));
}

void check_answers(PGconn* connection, const calendar& of) {
    ask(connection, "BEGIN"); // one moment for all: what is closed changes with it
    for (const question& asked : questions)
        if (asked.what == about::thirty_days)
            check_list(connection, asked, of);
        else if (is_refused(asked.what))
            check_alternatives(connection, asked, of);
    ask(connection, "COMMIT");
}

} // namespace bench
