// Writes a row through the executor's own insertion, as logical replication does, where that does
// all that an INSERT statement would: it saves planning and starting one, a fifth of a booking.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** What a row holds in one column; a column that is left out has its default. */
struct column_value {
    AttrNumber column;
    Datum value;
};
inline constexpr std::size_t most_column_values = 16;

/**
 * Whether the table asks for nothing that only a statement does: no row-level policies for this
 * caller, no rules, no transition tables, no other module that wants to see what is accessed, and
 * only defaults of PostgreSQL's own. `generation` changes whenever the table does.
 */
bool can_insert_directly(Relation table, std::uint64_t generation);

/** What the writer knows of its row already, so that it is not asked once more; by OIDs. */
struct known_of_row {
    std::span<const Oid> triggers;   ///< what they would do has been done: they don't fire
    std::span<const Oid> in_indexes; ///< btrees of columns that the caller has looked into in this
                                     ///< transaction, and whose predicate holds for the row
    std::span<const Oid> out_of_indexes; ///< those whose predicate does not hold
};

struct written_row {
    ItemPointerData place;
    std::optional<Datum> id; ///< nothing where the table leaves it NULL
    /** Whether other rows were written meanwhile, by a function in a CHECK constraint, say: then
     *  what the writer has seen is not all that there is. */
    bool others_came_in;
};

/** Writes the row, with defaults for the columns left out; all other triggers fire, all constraints
 *  hold. `id` is the column to give back. Nothing where a trigger dropped the row. The caller has
 *  checked the privileges, and that can_insert_directly(). */
std::optional<written_row> insert_directly(Relation table, std::span<const column_value> row,
                                           AttrNumber id, const known_of_row& known = {});

/** Fires the BEFORE ROW triggers of an INSERT, but for those that are left out, on a row of all columns,
 *  as they may change it; false where one drops it. */
bool fire_before_insert(Relation table, std::span<const Oid> left_out, std::span<Datum> values,
                        std::span<bool> is_null);

} // namespace slotguard
