#include "extension/slot_lock.hpp"

namespace slotguard {
namespace {

/** pg_advisory_lock uses 1 and 2 here, so an application's advisory locks and ours never meet. */
constexpr uint16 our_kind_of_advisory_lock = 0x51;

/** The column's own hash under the index's collation: spellings that the index takes for one key
 *  have to share a lock. */
uint64 hash_of_mentor(const sessions_table& sessions, const mentor& who) {
    TypeCacheEntry* type = lookup_type_cache(who.key_type, TYPECACHE_HASH_EXTENDED_PROC_FINFO);
    return DatumGetUInt64(FunctionCall2Coll(&type->hash_extended_proc_finfo,
                                            sessions.mentor_collation, who.key,
                                            UInt64GetDatum(sessions.table)));
}

} // namespace

void lock_slot(const sessions_table& sessions, const session_wish& wish) {
    const uint64 key = hash_combine64(hash_of_mentor(sessions, wish.who), uint64(wish.local));
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, uint32(key >> 32), uint32(key),
                         our_kind_of_advisory_lock);
    LockAcquire(&tag, ExclusiveLock, false, false);
}

} // namespace slotguard
