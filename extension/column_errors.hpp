// Errors that say which column they are about, in the fields that a form can read: schema, table, column.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

struct named_column {
    Relation table;
    AttrNumber column;
};

/** Of what was passed, not of a cancelled statement or a lack of memory. */
inline bool is_about_a_value(int code) {
    switch (ERRCODE_TO_CATEGORY(code)) {
    case ERRCODE_DATA_EXCEPTION:
    case ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION:
    case ERRCODE_FEATURE_NOT_SUPPORTED: return true;
    default: return false;
    }
}

inline void name_column(void* about) {
    const auto& named = *static_cast<const named_column*>(about);
    if (is_about_a_value(geterrcode()))
        errtablecol(named.table, named.column);
}

/** Does what reads or checks one column: whatever error that raises bears the column's name. */
template <typename Do> auto about_column(Relation table, AttrNumber column, Do check) {
    named_column named{table, column};
    ErrorContextCallback callback{
        .previous = error_context_stack, .callback = name_column, .arg = &named};
    error_context_stack = &callback;
    const auto result = check();
    error_context_stack = callback.previous;
    return result;
}

/** For ereport(): that it is about a column of mentor_startup_sessions, where the table is not open. */
inline int err_session_column(Oid schema, const char* column) {
    err_generic_string(PG_DIAG_SCHEMA_NAME, get_namespace_name(schema));
    err_generic_string(PG_DIAG_TABLE_NAME, "mentor_startup_sessions");
    return err_generic_string(PG_DIAG_COLUMN_NAME, column);
}

} // namespace slotguard
