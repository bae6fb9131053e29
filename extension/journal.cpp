#include "extension/journal.hpp"

#include "extension/insert_statement.hpp"
#include "extension/owner_rights.hpp"
#include "extension/postgres_versions.hpp"
#include "extension/table_parts.hpp"

namespace slotguard {
namespace {

/** The guard's locks use 0x51 here, and pg_advisory_lock 1 and 2. */
constexpr uint16 our_kind_of_advisory_lock = 0x52;

/** A lock that all may share, and that says: my transaction draws numbers above `mark`, and has not
 *  ended. */
LOCKTAG tag_of(std::int64_t mark) {
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, uint32(uint64(mark) >> 32), uint32(mark),
                         our_kind_of_advisory_lock);
    return tag;
}
std::int64_t mark_of(const LOCKTAG& tag) {
    return std::int64_t(uint64{tag.locktag_field2} << 32 | tag.locktag_field3);
}
bool is_mark(const LOCKTAG& tag) {
    return tag.locktag_lockmethodid == USER_LOCKMETHOD && tag.locktag_type == LOCKTAG_ADVISORY &&
           tag.locktag_field1 == MyDatabaseId && tag.locktag_field4 == our_kind_of_advisory_lock;
}

/** Before the first number of a transaction is drawn: it is above the mark, since the mark is read
 *  first. The lock manager knows best whether the lock is still held, after a savepoint was rolled
 *  back or a transaction has ended. */
void hold_readers_back(const journal_table& journal) {
    static Oid sequence = InvalidOid;
    static std::int64_t mark;
    if (sequence == journal.sequence) {
        const LOCKTAG tag = tag_of(mark);
        if (holds_lock(tag, ShareLock))
            return;
    }
    mark = last_drawn_event_id(journal);
    sequence = journal.sequence;
    const LOCKTAG tag = tag_of(mark);
    LockAcquire(&tag, ShareLock, false, false);
}

/** The columns of an entry that have a value. */
class entry_row {
  public:
    void add(AttrNumber column, std::optional<Datum> value) {
        if (value)
            columns_[count_++] = {column, *value};
    }
    std::span<const column_value> all() const& { return {columns_, count_}; }

  private:
    column_value columns_[10];
    std::size_t count_ = 0;
};

entry_row row_of(const journal_table& journal, journal_entry& entry) {
    const std::string_view event = word(entry.what);
    entry_row row;
    row.add(journal.event,
            PointerGetDatum(cstring_to_text_with_len(event.data(), int(event.size()))));
    row.add(journal.session_id, entry.session_id);
    row.add(journal.mentor_id, entry.mentor_id);
    row.add(journal.startup_id, entry.startup_id);
    row.add(journal.starts_at, entry.starts_at);
    row.add(journal.ends_at, entry.ends_at);
    row.add(journal.previous_starts_at, entry.previous_starts_at);
    row.add(journal.occurred_at, TimestampTzGetDatum(entry.occurred_at));
    row.add(journal.detail, entry.detail.as_jsonb());
    return row;
}

/** Where there is nothing else to be done: an executor's state would cost as much again as the row. */
void insert_plainly(const journal_table& journal, Relation table, entry_row row) {
    const Datum event_id = Int64GetDatum(nextval_internal(journal.sequence, false));
    row.add(journal.event_id, event_id);
    TupleTableSlot* slot = MakeSingleTupleTableSlot(RelationGetDescr(table), &TTSOpsVirtual);
    std::fill_n(slot->tts_isnull, slot->tts_tupleDescriptor->natts, true);
    for (const column_value& given : row.all()) {
        slot->tts_values[given.column - 1] = given.value;
        slot->tts_isnull[given.column - 1] = false;
    }
    ExecStoreVirtualTuple(slot);
    simple_table_tuple_insert(table, slot);
    Relation index = index_open(journal.by_event_id, RowExclusiveLock);
    Datum key = event_id;
    bool is_null = false;
    index_insert(index, &key, &is_null, &slot->tts_tid, table, UNIQUE_CHECK_YES, false,
                 BuildIndexInfo(index));
    index_close(index, RowExclusiveLock);
    ExecDropSingleTupleTableSlot(slot);
}

/** Triggers, defaults and constraints of the journal run as its owner. */
void insert_as_owner(const journal_table& journal, Relation table, const entry_row& row) {
    const owner_rights caller = owner_rights::begin(journal.owner, journal.schema);
    if (can_insert_directly(table, journal.generation))
        insert_directly(table, row.all(), journal.event_id);
    else
        insert_by_statement(table, journal.generation, row.all());
    caller.end();
}

JsonbValue json_string(std::string_view words) {
    JsonbValue value;
    value.type = jbvString;
    value.val.string.val = const_cast<char*>(words.data());
    value.val.string.len = int(words.size());
    return value;
}

} // namespace

void event_detail::push(const char* name, JsonbValue& value) {
    if (!object_)
        pushJsonbValue(&object_, WJB_BEGIN_OBJECT, nullptr);
    JsonbValue key = json_string(name);
    pushJsonbValue(&object_, WJB_KEY, &key);
    pushJsonbValue(&object_, WJB_VALUE, &value);
}

void event_detail::add_words(const char* name, std::string_view words) {
    JsonbValue value = json_string(words);
    push(name, value);
}

void event_detail::add_number(const char* name, std::int64_t number) {
    JsonbValue value;
    value.type = jbvNumeric;
    value.val.numeric = int64_to_numeric(number);
    push(name, value);
}

void event_detail::add_true(const char* name) {
    JsonbValue value;
    value.type = jbvBool;
    value.val.boolean = true;
    push(name, value);
}

void event_detail::add_instant(const char* name, Datum when) {
    const int utc = 0;
    add_words(name, JsonEncodeDateTime(static_cast<char*>(palloc(MAXDATELEN + 1)), when,
                                       TIMESTAMPTZOID, &utc));
}

std::optional<Datum> event_detail::as_jsonb() {
    if (!object_)
        return std::nullopt;
    return JsonbPGetDatum(JsonbValueToJsonb(pushJsonbValue(&object_, WJB_END_OBJECT, nullptr)));
}

void write_event(Oid schema, journal_entry entry) {
    const journal_table& journal = lock_journal(schema, RowExclusiveLock);
    if (entry.mentor_id && entry.mentor_type != journal.mentor_type)
        not_as_made(schema, "column \"mentor_id\" of table \"booking_events\"");
    hold_readers_back(journal);
    const entry_row row = row_of(journal, entry);
    Relation table = table_open(journal.table, NoLock);
    // A plain journal runs no code and asks for no privilege, so nobody's rights are needed.
    if (journal.is_plain)
        insert_plainly(journal, table, row);
    else
        insert_as_owner(journal, table, row);
    table_close(table, NoLock);
}

std::int64_t settled_event_id(const journal_table& journal) {
    // In this order: whoever draws a number up to `settled` has its lock by now, and has it until
    // what it wrote is there to be seen.
    std::int64_t settled = last_drawn_event_id(journal);
    const LockData* locks = GetLockStatusData();
    for (const LockInstanceData& lock : std::span(locks->locks, std::size_t(locks->nelements)))
        if (is_mark(lock.locktag) && (lock.holdMask & LOCKBIT_ON(ShareLock)))
            settled = std::min(settled, mark_of(lock.locktag));
    return settled;
}

} // namespace slotguard
