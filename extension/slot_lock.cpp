#include "extension/slot_lock.hpp"

namespace slotguard {
namespace {

/** pg_advisory_lock uses 1 and 2 here, so an application's advisory locks and ours never meet. */
constexpr uint16 our_kind_of_advisory_lock = 0x51;

/** How many slots a transaction locks before it tries for the table, and again after as many. */
constexpr std::uint64_t bulk = 256;

std::uint64_t locks_taken = 0; ///< in this transaction

void forget_at_end(XactEvent event, void*) {
    if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
        locks_taken = 0;
}

void listen_for_end() {
    static bool listening = false;
    if (listening)
        return;
    RegisterXactCallback(forget_at_end, nullptr);
    listening = true;
}

/** Whether all other writers are shut out, so that slots need no locks. The lock manager knows it
 *  best: a lock that was taken in a rolled back savepoint is gone. */
bool has_table_to_itself(Oid table) {
    if (locks_taken < bulk)
        return false;
    return CheckRelationOidLockedByMe(table, ShareRowExclusiveLock, true) ||
           (locks_taken % bulk == 0 && ConditionalLockRelationOid(table, ShareRowExclusiveLock));
}

LOCKTAG tag_of(slot_lock slot) {
    const uint64 key = uint64(slot);
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, uint32(key >> 32), uint32(key),
                         our_kind_of_advisory_lock);
    return tag;
}

bool take(slot_lock slot, bool or_give_up) {
    listen_for_end();
    const LOCKTAG tag = tag_of(slot);
    const bool is_taken =
        LockAcquire(&tag, ExclusiveLock, false, or_give_up) != LOCKACQUIRE_NOT_AVAIL;
    locks_taken += is_taken;
    return is_taken;
}

} // namespace

slot_lock lock_of_slot(const sessions_table& sessions, Datum mentor_key, local_time local) {
    // The column's own hash under the index's collation: spellings that the index takes for one
    // mentor have to share a lock.
    TypeCacheEntry* type =
        lookup_type_cache(sessions.mentor_type, TYPECACHE_HASH_EXTENDED_PROC_FINFO);
    const uint64 mentor =
        DatumGetUInt64(FunctionCall2Coll(&type->hash_extended_proc_finfo, sessions.mentor_collation,
                                         mentor_key, UInt64GetDatum(sessions.table)));
    return slot_lock{hash_combine64(mentor, uint64(local))};
}

void take_slot_locks(const sessions_table& sessions, std::span<slot_lock> locks) {
    std::sort(locks.begin(), locks.end());
    for (slot_lock lock : locks)
        take_slot_lock(sessions, lock);
}

bool try_slot_lock(const sessions_table& sessions, slot_lock lock) {
    return !has_table_to_itself(sessions.table) && take(lock, true);
}

bool take_slot_lock(const sessions_table& sessions, slot_lock lock) {
    return !has_table_to_itself(sessions.table) && take(lock, false);
}

void release_slot_lock(slot_lock lock) {
    const LOCKTAG tag = tag_of(lock);
    LockRelease(&tag, ExclusiveLock, false);
    --locks_taken;
}

} // namespace slotguard
