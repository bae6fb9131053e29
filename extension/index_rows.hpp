// The rows of a table that an index finds, read through the access methods: past privileges and
// row-level policies, as PostgreSQL's own foreign keys read, and without running anybody's code.
#pragma once

#include <optional>
#include <span>

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** One condition: the index's column (from 1), a B-tree strategy, and what to compare with. */
struct index_condition {
    AttrNumber column;
    StrategyNumber strategy;
    Oid type; ///< of the column
    Datum value;
};

/** An open scan. Nothing to unwind: after an ERROR PostgreSQL closes what is open. */
class index_rows {
  public:
    /** The table is locked by the caller already. `snapshot` has to stay registered or active for as
     *  long as rows are read. Nothing where the index is not valid: it is on its way out, or another
     *  one has taken its place. */
    static std::optional<index_rows> open(Oid table, Oid index, Snapshot snapshot,
                                          std::span<const index_condition> conditions);

    bool next();
    /** From the end, and without fetching the row at `skipped`. */
    bool previous_but(const ItemPointerData& skipped);
    /** Whether this transaction wrote the current row. */
    bool is_own() const;
    /** A column of the current row; valid until the next one. */
    Datum get(AttrNumber column);
    bool is_null(AttrNumber column);
    /** For ereport(): that it is about a column of the table. */
    int err_column(AttrNumber column) const { return errtablecol(table_, column); }
    /** Where the current row lies: this version of it. */
    ItemPointerData place() const { return slot_->tts_tid; }

    void close();

  private:
    /** The next row that the snapshot shows, but for the one at `skipped`, if any. */
    bool move(ScanDirection direction, const ItemPointerData* skipped);

    Relation table_;
    Relation index_;
    IndexScanDesc scan_;
    TupleTableSlot* slot_;
    Snapshot shown_; ///< what the scan itself does not filter by; nullptr where it does
};

/** What is committed now, and what this transaction has written itself so far: under every
 *  isolation level. Registered; given back by PostgreSQL after an ERROR, else by the caller. */
inline Snapshot open_latest_snapshot() {
    CommandCounterIncrement();
    return RegisterSnapshot(GetLatestSnapshot());
}

} // namespace slotguard
