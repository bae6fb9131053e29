#include "extension/guard_locks.hpp"

#include "extension/mentor.hpp"
#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

/** pg_advisory_lock uses 1 and 2 here, so an application's advisory locks and ours never meet. */
constexpr uint16 our_kind_of_advisory_lock = 0x51;

/** How many half-hours a transaction locks before it tries for the table, and again after as many. */
constexpr std::uint64_t bulk = 256;

std::uint64_t locks_taken = 0; ///< in this transaction, as far as it was not rolled back

/** How many there were when a savepoint was set: what it rolls back gives its locks back. */
struct savepoint {
    std::uint64_t locks_taken;
    savepoint* outer;
};
savepoint* innermost = nullptr; ///< in the memory of the transaction

void forget_at_end(XactEvent event, void*) {
    if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT && event != XACT_EVENT_PREPARE)
        return;
    locks_taken = 0;
    innermost = nullptr;
}

void follow_savepoints(SubXactEvent event, SubTransactionId, SubTransactionId, void*) {
    if (event == SUBXACT_EVENT_START_SUB) {
        auto* set =
            static_cast<savepoint*>(MemoryContextAlloc(TopTransactionContext, sizeof(savepoint)));
        *set = {locks_taken, innermost};
        innermost = set;
    } else if (event == SUBXACT_EVENT_COMMIT_SUB || event == SUBXACT_EVENT_ABORT_SUB) {
        // One that was set before we listened had no locks of ours before it.
        if (event == SUBXACT_EVENT_ABORT_SUB)
            locks_taken = innermost ? innermost->locks_taken : 0;
        if (innermost) {
            savepoint* released = innermost;
            innermost = released->outer;
            pfree(released);
        }
    }
}

void listen_for_end() {
    static bool listening = false;
    if (listening)
        return;
    RegisterXactCallback(forget_at_end, nullptr);
    RegisterSubXactCallback(follow_savepoints, nullptr);
    listening = true;
}

/** Every writer has RowExclusiveLock on the table, which this one shuts out. The lock manager knows
 *  best what is held: a lock that was taken in a rolled back savepoint is gone. */
bool has_table(Oid table) { return CheckRelationOidLockedByMe(table, ShareRowExclusiveLock, true); }

/** Whether all other writers are shut out, so that half-hours need no locks. */
bool has_table_to_itself(Oid table) {
    if (locks_taken < bulk)
        return false;
    return has_table(table) ||
           (locks_taken % bulk == 0 && ConditionalLockRelationOid(table, ShareRowExclusiveLock));
}

LOCKTAG tag_of(guard_lock lock) {
    const uint64 key = uint64(lock);
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, uint32(key >> 32), uint32(key),
                         our_kind_of_advisory_lock);
    return tag;
}

/** Leaves room to others, bulk loads among them, who would fail with "out of shared memory". */
void check_room() {
    const std::uint64_t places =
        std::uint64_t(max_locks_per_xact) * std::uint64_t(MaxBackends + max_prepared_xacts);
    if (locks_taken < bulk || locks_taken < places / 8)
        return;
    ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
            errmsg("one transaction writes more sessions than the lock table has room for"),
            errdetail("The table mentor_startup_sessions could not be locked instead: others write "
                      "to it."),
            errhint("Run LOCK TABLE mentor_startup_sessions IN SHARE ROW EXCLUSIVE MODE before the "
                    "first row, or write fewer sessions in a transaction."));
}

bool take(guard_lock lock, bool or_give_up) {
    check_room();
    const LOCKTAG tag = tag_of(lock);
    const LockAcquireResult result = LockAcquire(&tag, ExclusiveLock, false, or_give_up);
    locks_taken += result == LOCKACQUIRE_OK;
    return result != LOCKACQUIRE_NOT_AVAIL;
}

uint64 hash_of_mentor(const sessions_table& sessions, Datum key) {
    // The column's own hash under the index's collation: spellings that the index takes for one
    // mentor have to share a lock.
    TypeCacheEntry* type =
        lookup_type_cache(sessions.mentor_type, TYPECACHE_HASH_EXTENDED_PROC_FINFO);
    return DatumGetUInt64(FunctionCall2Coll(&type->hash_extended_proc_finfo,
                                            sessions.mentor_collation, key,
                                            UInt64GetDatum(sessions.table)));
}

uint64 hash_of_startup(const sessions_table& sessions, std::int64_t startup_id) {
    return hash_bytes_extended(reinterpret_cast<const unsigned char*>(&startup_id),
                               sizeof startup_id, ~uint64{sessions.table});
}

} // namespace

void guard_locks::add_half_hours(uint64 whose, half_hour_span hours, std::int64_t most,
                                 side which) {
    // A session that lasts longer got past us; whoever moves or deletes it must not fail for it.
    const std::int64_t last = std::min(hours.last, hours.first + most - 1);
    for (std::int64_t half_hour = hours.first; half_hour <= last; ++half_hour)
        add_half_hour(whose, half_hour, which);
}

void guard_locks::add_half_hour(uint64 whose, std::int64_t half_hour, side which) {
    add_lock(hash_combine64(whose, uint64(half_hour)), which);
}

void guard_locks::add_lock(uint64 hash, side which) {
    constexpr uint64 highest_bits = uint64(side::key);
    locks_[count_++] = guard_lock{(hash & ~highest_bits) | uint64(which)};
}

void guard_locks::add_mentor_side(const sessions_table& sessions, const claimed_time& claim) {
    const uint64 mentor = hash_of_mentor(sessions, claim.mentor_key);
    const half_hour_span hours = half_hours_touched(claim.around.with(claim.when));
    add_half_hours(mentor, hours, most_of_a_mentor, side::mentor);
    // unique_mentor_time_slot knows no zones: two sessions with one date and time share this lock,
    // whatever zones their writers gave them. In UTC it is one of those above.
    if (const std::int64_t local = half_hour_of(claim.local);
        local < hours.first || local > hours.last)
        add_half_hour(mentor, local, side::mentor);
}

void guard_locks::add_startup_side(const sessions_table& sessions, const claimed_time& claim) {
    add_half_hours(hash_of_startup(sessions, claim.startup_id), half_hours_touched(claim.when),
                   most_of_a_startup, side::startup);
}

void guard_locks::add_limits(const sessions_table& sessions, Datum mentor_key,
                             session_limits limits, day_number day) {
    if (!limits.bind())
        return;
    const uint64 mentor = hash_of_mentor(sessions, mentor_key);
    if (limits.per_day)
        add_lock(hash_combine64(mentor, uint64(day)), side::limit);
    if (limits.per_week) // told from the day's: a week is known by its Monday
        add_lock(hash_combine64(~mentor, uint64(week_of(day).first)), side::limit);
}

void guard_locks::add_sessions_of(const sessions_table& sessions, Datum mentor_key,
                                  std::int64_t startup_id) {
    add_lock(hash_combine64(hash_of_mentor(sessions, mentor_key),
                            ~hash_of_startup(sessions, startup_id)),
             side::limit);
}

void guard_locks::add_holds_with(const sessions_table& sessions, Datum mentor_key) {
    add_lock(hash_combine64(~hash_of_mentor(sessions, mentor_key), uint64{PG_INT64_MAX}),
             side::limit);
}

void guard_locks::add_holds_of(const sessions_table& sessions, std::int64_t startup_id) {
    add_lock(~hash_of_startup(sessions, startup_id), side::limit);
}

void guard_locks::add_key(const sessions_table& sessions, std::int64_t startup_id,
                          Datum idempotency_key) {
    // As for mentors: spellings that the index takes for one key have to share a lock.
    const Datum hash = DirectFunctionCall2Coll(hashtextextended, sessions.key_collation,
                                               idempotency_key, UInt64GetDatum(0));
    add_lock(hash_combine64(hash_of_startup(sessions, startup_id), DatumGetUInt64(hash)),
             side::key);
}

std::span<const guard_lock> guard_locks::in_order() & {
    const auto first = locks_.begin(), last = first + std::ptrdiff_t(count_);
    std::sort(first, last);
    count_ = std::size_t(std::unique(first, last) - first);
    return {locks_.data(), count_};
}

lock_attempt try_guard_locks(Oid table, std::span<const guard_lock> locks) {
    listen_for_end();
    std::size_t taken = 0;
    for (guard_lock lock : locks) {
        if (has_table_to_itself(table))
            return {taken, true};
        if (!take(lock, true))
            return {taken, false};
        ++taken;
    }
    return {taken, true};
}

std::size_t take_guard_locks(Oid table, std::span<const guard_lock> locks) {
    listen_for_end();
    std::size_t taken = 0;
    for (; taken < locks.size() && !has_table_to_itself(table); ++taken)
        take(locks[taken], false);
    return taken;
}

void release_guard_locks(std::span<const guard_lock> locks) {
    for (guard_lock lock : locks) {
        const LOCKTAG tag = tag_of(lock);
        LockRelease(&tag, ExclusiveLock, false);
        locks_taken -= locks_taken > 0 && !holds_lock(tag, ExclusiveLock);
    }
}

bool holds_guard_locks(Oid table, std::span<const guard_lock> locks) {
    return std::all_of(locks.begin(), locks.end(),
                       [](guard_lock lock) {
                           const LOCKTAG tag = tag_of(lock);
                           return holds_lock(tag, ExclusiveLock);
                       }) ||
           has_table(table);
}

} // namespace slotguard
