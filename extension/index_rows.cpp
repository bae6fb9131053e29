#include "extension/index_rows.hpp"

#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

struct known_comparison {
    Oid type;
    StrategyNumber strategy;
    RegProcedure function;
};
constexpr known_comparison known_comparisons[] = {
    {TEXTOID, BTEqualStrategyNumber, F_TEXTEQ},
    {UUIDOID, BTEqualStrategyNumber, F_UUID_EQ},
    {INT2OID, BTEqualStrategyNumber, F_INT2EQ},
    {INT4OID, BTEqualStrategyNumber, F_INT4EQ},
    {INT8OID, BTEqualStrategyNumber, F_INT8EQ},
    {INT8OID, BTLessStrategyNumber, F_INT8LT},
    {INT8OID, BTLessEqualStrategyNumber, F_INT8LE},
    {INT8OID, BTGreaterStrategyNumber, F_INT8GT},
    {DATEOID, BTEqualStrategyNumber, F_DATE_EQ},
    {DATEOID, BTGreaterEqualStrategyNumber, F_DATE_GE},
    {DATEOID, BTLessEqualStrategyNumber, F_DATE_LE},
    {TIMEOID, BTGreaterEqualStrategyNumber, F_TIME_GE},
    {TIMEOID, BTLessEqualStrategyNumber, F_TIME_LE},
    {TIMESTAMPTZOID, BTLessStrategyNumber, F_TIMESTAMPTZ_LT},
    {TIMESTAMPTZOID, BTGreaterStrategyNumber, F_TIMESTAMPTZ_GT},
    {TIMESTAMPTZOID, BTGreaterEqualStrategyNumber, F_TIMESTAMPTZ_GE},
};

RegProcedure comparison(Oid type, StrategyNumber strategy) {
    for (const known_comparison& known : known_comparisons)
        if (known.type == type && known.strategy == strategy)
            return known.function;
    elog(ERROR, "no comparison for type %u and strategy %d", type, strategy);
    pg_unreachable();
}

} // namespace

std::optional<index_rows> index_rows::open(Oid table, Oid index, Snapshot snapshot,
                                           std::span<const index_condition> conditions) {
    index_rows rows;
    rows.index_ = index_open(index, AccessShareLock);
    if (!rows.index_->rd_index->indislive || !rows.index_->rd_index->indisvalid) {
        index_close(rows.index_, NoLock);
        return std::nullopt;
    }
    rows.table_ = table_open(table, NoLock);
    ScanKeyData keys[4];
    if (conditions.size() > lengthof(keys))
        elog(ERROR, "too many conditions for an index");
    int count = 0;
    for (const index_condition& condition : conditions)
        ScanKeyEntryInitialize(&keys[count++], 0, condition.column, condition.strategy, InvalidOid,
                               rows.index_->rd_indcollation[condition.column - 1],
                               comparison(condition.type, condition.strategy), condition.value);
    rows.slot_ = table_slot_create(rows.table_, nullptr);
    // Under SERIALIZABLE a scan would lock the pages that it reads against writers of other sessions,
    // and fail them and us with 40001. What we look at is newer than the transaction's snapshot, and
    // is guarded by locks of our own: so the scan shows all, and we choose.
    rows.shown_ = IsolationIsSerializable() ? snapshot : nullptr;
    rows.scan_ =
        begin_index_scan(rows.table_, rows.index_, rows.shown_ ? SnapshotAny : snapshot, count);
    index_rescan(rows.scan_, keys, count, nullptr, 0);
    return rows;
}

bool index_rows::move(ScanDirection direction, const ItemPointerData* skipped) {
    // Pointers are compared only where both are valid, as a PostgreSQL with assertions demands.
    const auto is_skipped = [skipped](ItemPointer place) {
        return skipped && ItemPointerEquals(place, const_cast<ItemPointer>(skipped));
    };
    for (;;) {
        if (!scan_->xs_heap_continue) {
            const ItemPointer place = index_getnext_tid(scan_, direction);
            if (!place)
                return false;
            if (is_skipped(place))
                continue;
        }
        // A row that was updated in its page is found by the place of its first version.
        if (index_fetch_heap(scan_, slot_) && !is_skipped(&slot_->tts_tid) &&
            (!shown_ || table_tuple_satisfies_snapshot(table_, slot_, shown_)))
            return true;
    }
}

bool index_rows::next() { return move(ForwardScanDirection, nullptr); }

bool index_rows::previous_but(const ItemPointerData& skipped) {
    return move(BackwardScanDirection, &skipped);
}

bool index_rows::is_own() const {
    bool is_null;
    const Datum writer = slot_getsysattr(slot_, MinTransactionIdAttributeNumber, &is_null);
    return TransactionIdIsCurrentTransactionId(DatumGetTransactionId(writer));
}

Datum index_rows::get(AttrNumber column) {
    bool is_null;
    const Datum value = slot_getattr(slot_, column, &is_null);
    if (is_null)
        ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                errmsg("column \"%s\" of table \"%s\" is null",
                       NameStr(TupleDescAttr(slot_->tts_tupleDescriptor, column - 1)->attname),
                       RelationGetRelationName(table_)),
                errhint("Fill it in, then run setup_booking() again."), err_column(column));
    return value;
}

bool index_rows::is_null(AttrNumber column) { return slot_attisnull(slot_, column); }

void index_rows::close() {
    index_endscan(scan_);
    ExecDropSingleTupleTableSlot(slot_);
    index_close(index_, NoLock);
    table_close(table_, NoLock);
}

} // namespace slotguard
