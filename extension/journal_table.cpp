#include "extension/journal_table.hpp"

#include "extension/postgres_versions.hpp"
#include "extension/table_parts.hpp"

namespace slotguard {
namespace {

// As in booking_tables.cpp: `schema` is unset while the table is looked up, and any change counts then.
journal_table kept;
bool is_fresh = false;

void forget_relation(Datum, Oid changed) {
    if (kept.schema == InvalidOid || changed == InvalidOid || changed == kept.table ||
        changed == kept.by_event_id || changed == kept.sequence)
        is_fresh = false;
}
void forget(Datum, int, uint32) { is_fresh = false; }

void listen_for_changes() {
    static bool listening = false;
    if (listening)
        return;
    CacheRegisterRelcacheCallback(forget_relation, Datum{0});
    CacheRegisterSyscacheCallback(NAMESPACEOID, forget, Datum{0});
    CacheRegisterSyscacheCallback(SEQRELID, forget, Datum{0});
    listening = true;
}

/** Readers rely on numbers that grow in the order in which they are drawn, whoever draws them. */
Oid find_sequence(Relation table, AttrNumber event_id) {
    const Oid sequence = identity_sequence(table, event_id);
    const HeapTuple tuple = SearchSysCache1(SEQRELID, ObjectIdGetDatum(sequence));
    bool fits = false;
    if (HeapTupleIsValid(tuple)) {
        const FormData_pg_sequence& form = *reinterpret_cast<Form_pg_sequence>(GETSTRUCT(tuple));
        fits = form.seqcache == 1 && form.seqincrement == 1 && !form.seqcycle;
        ReleaseSysCache(tuple);
    }
    if (!fits)
        not_as_made(RelationGetNamespace(table), "the sequence of booking_events.event_id");
    return sequence;
}

/** Nobody has added a trigger, a rule, a policy, a constraint, an index, a column that must be filled in,
 *  or a precision: a row is written by writing it. */
bool is_plain(Relation table, const journal_table& journal) {
    const TupleDesc columns = RelationGetDescr(table);
    bool plain = !table->trigdesc && !table->rd_rules && !table->rd_rel->relrowsecurity &&
                 list_length(RelationGetIndexList(table)) == 1 &&
                 !(columns->constr &&
                   (columns->constr->num_check > 0 || columns->constr->has_generated_stored));
    for (AttrNumber number = 1; number <= columns->natts; ++number) {
        const FormData_pg_attribute& form = *TupleDescAttr(columns, number - 1);
        const bool is_always_given =
            number == journal.event_id || number == journal.event || number == journal.occurred_at;
        plain &= form.attisdropped || is_always_given || !(form.attnotnull || form.atthasdef);
        plain &= form.attisdropped || form.atttypmod == -1;
    }
    Relation index = index_open(journal.by_event_id, AccessShareLock);
    plain &= index->rd_index->indnatts == 1 && index->rd_index->indisunique &&
             index->rd_index->indimmediate;
    index_close(index, NoLock);
    return plain;
}

journal_table look_up(Oid schema) {
    static std::uint64_t generation = 0;
    Relation table = open_table(schema, "booking_events");
    journal_table found{};
    found.schema = schema;
    found.table = RelationGetRelid(table);
    found.owner = table->rd_rel->relowner;
    found.generation = ++generation;
    found.event_id = column(table, "event_id", INT8OID);
    found.event = column(table, "event", TEXTOID);
    found.session_id = column(table, "session_id", INT8OID);
    found.mentor_type = mentor_type_of(table);
    found.mentor_id = column(table, "mentor_id", InvalidOid);
    found.startup_id = column(table, "startup_id", INT8OID);
    found.starts_at = column(table, "starts_at", TIMESTAMPTZOID);
    found.ends_at = column(table, "ends_at", TIMESTAMPTZOID);
    found.previous_starts_at = column(table, "previous_starts_at", TIMESTAMPTZOID);
    found.occurred_at = column(table, "occurred_at", TIMESTAMPTZOID);
    found.detail = column(table, "detail", JSONBOID);
    refuse_relatives(table);
    found.by_event_id = index_on(table, {found.event_id});
    found.sequence = find_sequence(table, found.event_id);
    found.is_plain = is_plain(table, found);
    table_close(table, NoLock);
    return found;
}

} // namespace

const journal_table& lock_journal(Oid schema, LOCKMODE mode) {
    for (;;) {
        if (!is_fresh || kept.schema != schema) {
            listen_for_changes();
            is_fresh = true;
            kept.schema = InvalidOid;
            kept = look_up(schema);
        }
        LockRelationOid(kept.table, mode);
        LockRelationOid(kept.sequence, mode);
        // While we waited, somebody may have altered what we found.
        if (is_fresh)
            return kept;
    }
}

std::int64_t last_drawn_event_id(const journal_table& journal) {
    // Read as nextval() reads it, and not through a snapshot: what others draw is seen at once.
    Relation sequence = relation_open(journal.sequence, NoLock);
    const Buffer buffer = ReadBuffer(sequence, 0);
    LockBuffer(buffer, BUFFER_LOCK_SHARE);
    const Page page = BufferGetPage(buffer);
    const Item item = PageGetItem(page, PageGetItemId(page, FirstOffsetNumber));
    HeapTupleData tuple{};
    tuple.t_data = reinterpret_cast<HeapTupleHeader>(item);
    const FormData_pg_sequence_data& numbers =
        *reinterpret_cast<Form_pg_sequence_data>(GETSTRUCT(&tuple));
    const std::int64_t last = numbers.is_called ? numbers.last_value : numbers.last_value - 1;
    UnlockReleaseBuffer(buffer);
    relation_close(sequence, NoLock);
    return last;
}

} // namespace slotguard
