#include "extension/mentor_memory.hpp"

namespace slotguard {
namespace {

/** Room for some ten thousand mentors of few hours. Where more is held, the backend forgets them all
 *  and begins again: visitors choose whom they ask for, and a backend may live for days. */
constexpr Size most_bytes = 16 * 1024 * 1024;

/** How long ago time off was over that is not remembered: who asks for such days is told of it all the same. */
constexpr elapsed long_over = 32 * one_day;

/** Anybody may ask for anybody, by any name: long ones are read anew each time. */
constexpr std::size_t longest_name = 256;

struct remembered {
    uint64 hash; ///< of the key's bytes, and the place in the table
    mentor_record* record;
    Size bytes; ///< of its memory context, as far as they are counted in `bytes_held`
};

MemoryContext memory = nullptr; ///< of `mentors` and all that it points to
HTAB* mentors = nullptr;
Size bytes_held = 0;
remembered* last_recalled = nullptr; ///< its stretches may have grown since
std::array<Oid, 3> tables_read{};    ///< which `mentors` were read from
/** Counts the messages. Callers may hold a record: it is thrown away by the next recall only. */
uint64 changes = 0;
uint64 changes_when_begun = 0;

bool changed_here = false; ///< whether this transaction has changed a mentor itself

/** Of other tables' messages, which DDL and autovacuum send all day, nothing here depends. */
void note_change(Datum, Oid relation) {
    changes += relation == InvalidOid ||
               std::find(tables_read.begin(), tables_read.end(), relation) != tables_read.end();
}

void note_end(XactEvent event, void*) {
    if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
        changed_here = false;
}

void listen() {
    static bool listening = false;
    if (listening)
        return;
    CacheRegisterRelcacheCallback(note_change, Datum{0});
    RegisterXactCallback(note_end, nullptr);
    listening = true;
}

std::array<Oid, 3> tables_of(const mentor_tables& tables) {
    return {tables.settings.table, tables.availability.table, tables.overrides.table};
}

void begin_anew(const mentor_tables& tables) {
    listen();
    if (memory)
        MemoryContextReset(memory);
    else
        memory =
            AllocSetContextCreate(TopMemoryContext, "slotguard mentors", ALLOCSET_DEFAULT_SIZES);
    mentors = nullptr;
    last_recalled = nullptr;
    bytes_held = 0;
    tables_read = tables_of(tables);
    changes_when_begun = changes;
    HASHCTL control{};
    control.keysize = sizeof(uint64);
    control.entrysize = sizeof(remembered);
    control.hcxt = memory;
    mentors = hash_create("slotguard mentors", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/** Counts what a mentor's memory has grown by. */
void count_bytes(remembered& place) {
    const Size bytes =
        sizeof(remembered) + MemoryContextMemAllocated(GetMemoryChunkContext(place.record), false);
    bytes_held += bytes - place.bytes;
    place.bytes = bytes;
}

/** Whether what is remembered can't be gone on with. */
bool is_over(const mentor_tables& tables) {
    return !mentors || changes != changes_when_begun || bytes_held > most_bytes ||
           tables_read != tables_of(tables);
}

int key_length(const mentor_tables& tables) {
    return tables.mentor_type == UUIDOID ? UUID_LEN : -1;
}

uint64 hash_of(const mentor_tables& tables, Datum key) {
    if (tables.mentor_type == UUIDOID)
        return hash_bytes_extended(DatumGetUUIDP(key)->data, UUID_LEN, 0);
    const text* words = DatumGetTextPP(key);
    return hash_bytes_extended(reinterpret_cast<const unsigned char*>(VARDATA_ANY(words)),
                               int(VARSIZE_ANY_EXHDR(words)), 0);
}

bool is_worth_remembering(const mentor_tables& tables, Datum key) {
    return tables.mentor_type == UUIDOID || words_of(key).size() <= longest_name;
}

/** Reads into a context of its own that is freed with the caller's after an ERROR. */
mentor_record* read_now(const mentor_tables& tables, Datum key, instant time_off_from) {
    lock_mentor_tables(tables);
    MemoryContext own =
        AllocSetContextCreate(CurrentMemoryContext, "slotguard mentor", ALLOCSET_SMALL_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(own);
    // A worker of a parallel query may take no snapshot of its own.
    const Snapshot snapshot =
        RegisterSnapshot(IsInParallelMode() ? GetActiveSnapshot() : GetLatestSnapshot());
    mentor_record* record = static_cast<mentor_record*>(palloc(sizeof(mentor_record)));
    *record =
        read_mentor(tables, datumCopy(key, false, key_length(tables)), snapshot, time_off_from);
    UnregisterSnapshot(snapshot);
    MemoryContextSwitchTo(caller);
    return record;
}

} // namespace

mentor_record& recall_mentor(const mentor_tables& tables, Datum key) {
    AcceptInvalidationMessages();
    if (last_recalled)
        count_bytes(*last_recalled);
    if (is_over(tables))
        begin_anew(tables);
    const uint64 hash = hash_of(tables, key);
    auto* found = static_cast<remembered*>(hash_search(mentors, &hash, HASH_FIND, nullptr));
    if (found && datum_image_eq(found->record->settings.key, key, false, key_length(tables))) {
        last_recalled = found;
        return *found->record;
    }

    mentor_record* record =
        read_now(tables, key, GetCurrentTransactionStartTimestamp() - long_over);
    // A change that came in meanwhile may or may not be in what was read: it is not kept then.
    if (found || !is_worth_remembering(tables, key) || changed_here ||
        changes != changes_when_begun || IsInParallelMode())
        return *record;
    auto* place = static_cast<remembered*>(hash_search(mentors, &hash, HASH_ENTER, nullptr));
    place->record = record;
    place->bytes = 0;
    MemoryContextSetParent(GetMemoryChunkContext(record), memory);
    last_recalled = place;
    return *record;
}

mentor_record& recall_mentor_from(const mentor_tables& tables, Datum key, instant from) {
    mentor_record& record = recall_mentor(tables, key);
    return from >= record.time_off_from ? record : *read_now(tables, key, DT_NOBEGIN);
}

void remember_no_mentor_until_the_end() {
    listen();
    changed_here = true;
}

} // namespace slotguard
