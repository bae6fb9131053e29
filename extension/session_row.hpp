// A row of mentor_startup_sessions as a trigger sees it: as it is to be written, or as it stands.
#pragma once

#include <optional>

#include "extension/guard_locks.hpp"
#include "extension/mentor.hpp"

namespace slotguard {

/** startup_id as a number, whatever integer type the column has; and back: 22003 where it is out of
 *  that type's range. */
std::int64_t startup_number(const sessions_table& sessions, Datum value);
Datum startup_datum(const sessions_table& sessions, std::int64_t startup_id);

class session_row {
  public:
    /** `slot` is nullptr where there is no such row: nothing is read from it then. */
    session_row(const sessions_table& sessions, TupleTableSlot* slot)
        : sessions_{sessions}, slot_{slot} {}

    bool is_there() const { return slot_; }
    std::optional<Datum> get(AttrNumber column) const;
    bool is_scheduled() const;

    /** Whether both hold the same in that column. */
    bool agrees_in(AttrNumber column, const session_row& other) const;
    /** In whom the session is with, when and how long by the mentor's clock. */
    bool agrees_in_wish(const session_row& other) const;
    /** And in the instants. */
    bool agrees_in_claim(const session_row& other) const;

    /** Date and time: nothing where one of them is NULL, or the date infinite. */
    std::optional<local_time> local() const;
    /** The stored instants: nothing where they are NULL, or no interval. */
    std::optional<interval> when() const;
    /** What the row claims if it is scheduled, by its stored instants; without buffers, which belong
     *  to its mentor. Nothing where one of its columns is NULL. */
    std::optional<claimed_time> claim() const;
    std::optional<claimed_time> claim_with_buffers(const mentor_tables& mentors) const;

  private:
    const sessions_table& sessions_;
    TupleTableSlot* slot_;
};

} // namespace slotguard
