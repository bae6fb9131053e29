// What every call checks before it looks at anything: its arguments, and whether it may write.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** 22004 where argument `at` is NULL. */
inline void check_not_null(FunctionCallInfo fcinfo, int at, const char* name) {
    if (!PG_ARGISNULL(at))
        return;
    ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", name),
            errhint("Pass a value for %s.", name));
}

/** 22004 where one of the first four arguments is NULL: whom, for whom, and when. */
inline void check_is_whole_wish(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "mentor_id");
    check_not_null(fcinfo, 1, "startup_id");
    check_not_null(fcinfo, 2, "session_date");
    check_not_null(fcinfo, 3, "session_time");
}

/** 0A000 where argument `at` is given, though it can't be honoured yet: never silently ignored. */
inline void check_left_out(FunctionCallInfo fcinfo, int at, const char* name) {
    if (PG_ARGISNULL(at))
        return;
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("%s is not supported yet", name),
            errhint("Leave %s out.", name));
}

/** 22023 where a text that is given is empty, or longer than `most` characters. */
inline void check_length(FunctionCallInfo fcinfo, int at, const char* name, int most,
                         const char* hint) {
    if (PG_ARGISNULL(at))
        return;
    const text* words = PG_GETARG_TEXT_PP(at);
    const int length = pg_mbstrlen_with_len(VARDATA_ANY(words), int(VARSIZE_ANY_EXHDR(words)));
    if (length == 0 || length > most)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                length == 0 ? errmsg("%s is empty", name)
                            : errmsg("%s is longer than %d characters", name, most),
                errhint("%s", hint));
}

/** How many rows a caller asks for; 22023 where it is more than a list gives. */
inline int count_argument(FunctionCallInfo fcinfo, int at) {
    constexpr int most_rows = 1000;
    const int how_many = PG_GETARG_INT32(at);
    if (how_many < 0 || how_many > most_rows)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("how_many is %d", how_many),
                errhint("Pass a number from 0 to %d.", most_rows));
    return how_many;
}

/** No list goes further than 9999-12-31: hours that never close have to be followed back to their start. */
inline constexpr DateADT last_listed_date = 2'921'939;

/** 25006 in a read-only transaction, which every one on a standby is. */
inline void check_may_write(const char* function) {
    if (!XactReadOnly)
        return;
    ereport(ERROR, errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
            errmsg("cannot execute %s in a read-only transaction", function),
            errhint("Call it in a READ WRITE transaction, on the primary."));
}

} // namespace slotguard
