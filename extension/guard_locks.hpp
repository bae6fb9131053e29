// The guard's queue: whoever is about to write a session locks the half-hours that it touches, call and
// plain writer alike, so that the last look sees all who came before.
#pragma once

#include <array>
#include <span>

#include "extension/booking_tables.hpp"
#include "extension/mentor_clock.hpp"

namespace slotguard {

/** The time that a scheduled session takes, of its mentor and of its startup. */
struct claimed_time {
    Datum mentor_key; ///< in the type of the table's mentor_id
    std::int64_t startup_id;
    local_time local; ///< session_date and session_time
    interval when;
    buffers around; ///< the mentor's
};

/** A place in the lock table. Two half-hours may share one (it is a 64-bit hash): that costs a wait,
 *  never a wrong answer. */
enum class guard_lock : uint64 {};

/**
 * The locks of a session, and of the time that it leaves: for its mentor each half-hour of UTC that
 * it touches with its buffers, for its startup each that it touches. Any two sessions that may not
 * stand beside each other share one.
 */
class guard_locks {
  public:
    void add_mentor_side(const sessions_table& sessions, const claimed_time& claim);
    void add_startup_side(const sessions_table& sessions, const claimed_time& claim);
    void add(const sessions_table& sessions, const claimed_time& claim) {
        add_mentor_side(sessions, claim);
        add_startup_side(sessions, claim);
    }

    /** For a call, the queue for the last place of a day and of a week, where the mentor has such
     *  limits. */
    void add_limits(const sessions_table& sessions, Datum mentor_key, session_limits limits,
                    day_number day);
    /** For a booking, the queue for the last open session that the startup may have with the mentor. */
    void add_sessions_of(const sessions_table& sessions, Datum mentor_key, std::int64_t startup_id);
    /** For a hold, the queue for the last one that the startup may have, and of the mentor. */
    void add_holds_of(const sessions_table& sessions, std::int64_t startup_id);
    void add_holds_with(const sessions_table& sessions, Datum mentor_key);
    /** Whoever else comes with the same key waits, and then sees what came of it. */
    void add_key(const sessions_table& sessions, std::int64_t startup_id, Datum idempotency_key);

    /** In the one order in which everybody takes them. */
    std::span<const guard_lock> in_order() &;

  private:
    /**
     * The two highest bits of a lock's number: mentors come first. Somebody's trigger may give a
     * cancelled time to the next startup on a list: it has the mentor's time then, and waits for the
     * startup's. So nobody may have a startup's time and wait for a mentor's. The limits come after
     * them: all calls for a day share one of them, whoever has it must wait for nobody's time. And
     * whoever has a key has all else that it needs.
     */
    enum class side : uint64 {
        mentor = 0,
        startup = uint64{1} << 62,
        limit = uint64{1} << 63,
        key = startup | limit
    };

    // A day that begins within a half-hour touches 49; the mentor's has a day's buffers on either side.
    static constexpr std::int64_t most_of_a_mentor = 3 * 48 + 1;
    static constexpr std::int64_t most_of_a_startup = 48 + 1;

    void add_half_hours(uint64 whose, half_hour_span hours, std::int64_t most, side which);
    void add_half_hour(uint64 whose, std::int64_t half_hour, side which);
    void add_lock(uint64 hash, side which);

    std::size_t count_ = 0;
    std::array<guard_lock, 2 * (most_of_a_mentor + 1 + most_of_a_startup + 2) + 4> locks_;
};

/**
 * Takes these locks in their order, waiting for whoever has them, until the end of the transaction.
 * Needs no transaction id, writes no WAL. A transaction that writes many sessions takes the table
 * instead as soon as nobody else writes to it, since the lock table is small; 54000 where it would
 * fill an eighth of the lock table before that. Returns how many were taken, from the front.
 */
std::size_t take_guard_locks(Oid table, std::span<const guard_lock> locks);

/** How many of the locks were taken, from the front, and whether that is all that is needed. */
struct lock_attempt {
    std::size_t taken;
    bool is_complete;
};
/** As take_guard_locks, but stops at the first lock that somebody else has. */
lock_attempt try_guard_locks(Oid table, std::span<const guard_lock> locks);

/** Gives back locks that were taken, where nothing was written under them. */
void release_guard_locks(std::span<const guard_lock> locks);

/** Whether this transaction has all of them, or the table. */
bool holds_guard_locks(Oid table, std::span<const guard_lock> locks);

} // namespace slotguard
