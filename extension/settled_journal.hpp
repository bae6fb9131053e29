// The journal up to where it is settled, as readers and whoever prunes it see it.
#pragma once

#include "core/journal_cursor.hpp"

#include "extension/index_rows.hpp"
#include "extension/journal.hpp"

namespace slotguard {

/** In a snapshot that was taken after it was found out up to where it is settled: newer than the
 *  transaction's own, under every isolation level. */
struct settled_journal {
    const journal_table& journal;
    std::int64_t last_drawn; ///< at most; whoever stands beyond that comes from elsewhere
    std::int64_t settled;
    Snapshot snapshot;

    /** 25006 on a standby: `function` is named. */
    static settled_journal open(FunctionCallInfo fcinfo, const char* function);
    void close() const { UnregisterSnapshot(snapshot); }

    /** 42501 where the caller has not that privilege. */
    void check_may(AclMode mode, const char* privilege) const;

    /** Rows by their numbers, past policies; the index's first column is event_id. */
    index_rows scan(std::initializer_list<index_condition> conditions) const;
    journal_cursor cursor_of(index_rows& rows) const;
};

} // namespace slotguard
