// One run of one way: clients that ask as fast as they can for some seconds, and a look afterwards
// at whether the table holds what they were told.
#pragma once

#include <map>
#include <string>

#include "bench/situations.hpp"
#include "bench/ways.hpp"

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

/** Of each loaded table, the first slot that no run has asked for yet. */
using slots_asked = std::map<std::string, long>;

/** How many sessions stand in the tables that a situation finds. */
std::string sessions_in(const situation& in);

std::string database_of(const situation& in);

rate measure(const way& asked, const situation& in, load by, slots_asked& next);

} // namespace bench
