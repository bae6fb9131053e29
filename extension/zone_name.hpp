// Which texts name a time zone, asked before PostgreSQL is: it keeps for ever whatever it has loaded.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/**
 * Whether `name` can be nothing but the name of one of the zones that pg_timezone_names lists. PostgreSQL
 * follows POSIX's notation too ("XYZ+5"), of which there are endlessly many, and pg_tzset() keeps some
 * 24 KB of each until the backend ends. No text without a digit is such a notation.
 */
bool is_zone_name(const char* name);

} // namespace slotguard
