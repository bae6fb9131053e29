// One connection, and what it is asked. A question that fails ends the bench: a figure beside an
// error would be none.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "bench/ways.hpp"
#include "bench/wish.hpp"

namespace bench {

[[noreturn]] void fail(PGconn* connection, const std::string& what);

PGconn* connect(const std::string& conninfo);

/** The first column of the first row, or an empty text. */
std::string ask(PGconn* connection, const std::string& statement);

/** The day that half-hours are counted from, as bench/ways.sql has set it. */
std::chrono::sys_days first_day(PGconn* connection);

/** Prepares what `call` executes. */
void prepare(PGconn* connection, const char* name, const way& asked);

/** What a statement is given of a wish. */
std::vector<const char*> arguments(given takes, const wish& wanted);

enum class came { booked, refused, deadlocked };

/** Asks, and says what came of it; an answer that no such call should get ends the bench. */
came call(PGconn* connection, const char* name, const way& asked, const wish& wanted);

/** How long a server process of this machine has had a processor, in microseconds. */
double processor_time(int pid);

double median(std::vector<double> values);

} // namespace bench
