// One run of one way to book, and a look afterwards at whether the table holds what its clients were
// told.
#pragma once

#include <map>
#include <string>

#include "bench/clients.hpp"
#include "bench/situations.hpp"
#include "bench/ways.hpp"

namespace bench {

/** Of each loaded table, the first slot that no run has asked for yet. */
using slots_asked = std::map<std::string, long>;

/** How many sessions stand in the tables that a situation finds. */
std::string sessions_in(const situation& in);

std::string database_of(const way& asked, const situation& in);

rate measure(const way& asked, const situation& in, load by, slots_asked& next);

} // namespace bench
