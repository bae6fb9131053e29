// What a session's status may be, and what it may be changed to: for every writer.
#pragma once

#include "extension/session_row.hpp"

namespace slotguard {

/**
 * 23514 where the status is none of the four words, or may not follow the one before. A CHECK constraint
 * would do for the words, but PostgreSQL reads its expression anew in every statement, which is a
 * tenth of a booking.
 */
void check_status(const sessions_table& sessions, const session_row& before,
                  const session_row& after);

} // namespace slotguard
