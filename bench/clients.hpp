// Clients that ask as fast as they can for some seconds, and how many of their calls were served.
#pragma once

#include <functional>
#include <string>

#include "bench/session.hpp"

namespace bench {

struct load {
    int clients;
    double seconds;
};

struct rate {
    double served;    ///< calls a second
    double processor; ///< of the server, microseconds a call
    long deadlocked;  ///< calls that ended in 40P01, so were not served
};

enum class answered { served, deadlocked };

/** What each client does, on a connection of its own; both end the bench where something is amiss. */
struct task {
    std::function<void(PGconn*)> prepare;
    std::function<answered(PGconn*)> call;
};

struct finished_run {
    long served; ///< of all calls, also of those before the clients were warm
    rate measured;
};

finished_run let_loose(const std::string& conninfo, load by, const task& each);

} // namespace bench
