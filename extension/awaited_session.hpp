// The session that a call is writing, as the trigger of the table sees it come by: by this way its
// id comes back, so that booking needs no privilege but INSERT.
#pragma once

#include "extension/session_row.hpp"
#include "extension/session_store.hpp"

namespace slotguard {

/** Waits for one row. Calls nest where somebody's trigger books too; an ERROR ends the wait. */
struct awaited_session {
    const sessions_table& sessions;
    const session_wish& wish;
    std::optional<std::int64_t> session_id = std::nullopt; ///< once the row has come by

    void begin();
    void end();
};

/** Asked by the trigger of each row that is to be written: whether it is, to the letter, the one
 * that is awaited. Its instants are right then, and its half-hours are locked. */
bool is_awaited(const sessions_table& sessions, const session_row& row);

} // namespace slotguard
