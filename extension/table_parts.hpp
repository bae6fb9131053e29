// The parts that a table of ours is looked up by: each is found, or refused by its name.
#pragma once

#include <initializer_list>

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** 55000: `what` is missing or altered. */
[[noreturn]] void not_as_made(Oid schema, const char* what);

/** Opens a plain table by name, 42P01 where there is none; a view in its place would run its owner's
 *  code with our eyes. */
Relation open_table(Oid schema, const char* name);

/** Rows of a partition or a child are in indexes of its own, where no neighbour of theirs is. */
void refuse_relatives(Relation table);

/** The column's number; it is of that type, unless InvalidOid is passed. */
AttrNumber column(Relation table, const char* name, Oid type);

/** TEXTOID or UUIDOID: that of the column mentor_id. */
Oid mentor_type_of(Relation table);

bool is_usable_btree(Relation index);

/** A whole (not partial) B-tree that begins with these columns. */
Oid index_on(Relation table, std::initializer_list<AttrNumber> columns);

} // namespace slotguard
