#include "extension/mentor_memory.hpp"

namespace slotguard {
namespace {

/** More than most sites have; with more, the backend forgets them all and begins again. */
constexpr long most_mentors = 4096;

/** Anybody may ask for anybody, by any name: long ones are read anew each time. */
constexpr std::size_t longest_name = 256;

struct remembered {
    uint64 hash; ///< of the key's bytes, and the place in the table
    mentor_record* record;
};

MemoryContext memory = nullptr; ///< of `mentors` and all that it points to
HTAB* mentors = nullptr;
/** Counts the messages. Callers may hold a record: it is thrown away by the next recall only. */
uint64 changes = 0;
uint64 changes_when_begun = 0;

bool changed_here = false; ///< whether this transaction has changed a mentor itself

void note_change(Datum, Oid) { ++changes; }

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

void begin_anew() {
    listen();
    if (memory)
        MemoryContextReset(memory);
    else
        memory =
            AllocSetContextCreate(TopMemoryContext, "slotguard mentors", ALLOCSET_DEFAULT_SIZES);
    mentors = nullptr;
    changes_when_begun = changes;
    HASHCTL control{};
    control.keysize = sizeof(uint64);
    control.entrysize = sizeof(remembered);
    control.hcxt = memory;
    mentors = hash_create("slotguard mentors", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
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
mentor_record* read_now(const mentor_tables& tables, Datum key) {
    lock_mentor_tables(tables);
    MemoryContext own =
        AllocSetContextCreate(CurrentMemoryContext, "slotguard mentor", ALLOCSET_SMALL_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(own);
    // A worker of a parallel query may take no snapshot of its own.
    const Snapshot snapshot =
        RegisterSnapshot(IsInParallelMode() ? GetActiveSnapshot() : GetLatestSnapshot());
    mentor_record* record = static_cast<mentor_record*>(palloc(sizeof(mentor_record)));
    *record = read_mentor(tables, datumCopy(key, false, key_length(tables)), snapshot);
    UnregisterSnapshot(snapshot);
    MemoryContextSwitchTo(caller);
    return record;
}

} // namespace

mentor_record& recall_mentor(const mentor_tables& tables, Datum key) {
    AcceptInvalidationMessages();
    if (!mentors || changes != changes_when_begun || hash_get_num_entries(mentors) >= most_mentors)
        begin_anew();
    const uint64 hash = hash_of(tables, key);
    const auto* found = static_cast<remembered*>(hash_search(mentors, &hash, HASH_FIND, nullptr));
    if (found && datum_image_eq(found->record->settings.key, key, false, key_length(tables)))
        return *found->record;

    mentor_record* record = read_now(tables, key);
    // A change that came in meanwhile may or may not be in what was read: it is not kept then.
    if (found || !is_worth_remembering(tables, key) || changed_here ||
        changes != changes_when_begun || IsInParallelMode())
        return *record;
    auto* place = static_cast<remembered*>(hash_search(mentors, &hash, HASH_ENTER, nullptr));
    place->record = record;
    MemoryContextSetParent(GetMemoryChunkContext(record), memory);
    return *record;
}

void remember_no_mentor_until_the_end() {
    listen();
    changed_here = true;
}

} // namespace slotguard
