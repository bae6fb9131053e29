#include "extension/session_history.hpp"

namespace slotguard {
namespace {

bool is_cancelled(const sessions_table& sessions, const session_row& row) {
    const auto status = row.get(sessions.status);
    return status && words_of(*status) == word(session_status::cancelled);
}

void keep_sequence(const sessions_table& sessions, const session_row& before,
                   const session_row& after, changed_columns& changes) {
    const auto kept = before.get(sessions.calendar_sequence);
    std::int32_t sequence = kept ? DatumGetInt32(*kept) : 0;
    const bool is_news = !after.agrees_in_wish(before) ||
                         is_cancelled(sessions, before) != is_cancelled(sessions, after);
    if (is_news && sequence < PG_INT32_MAX)
        ++sequence;
    changes.set(sessions.calendar_sequence, Int32GetDatum(sequence));
}

void push_key(JsonbParseState** json, const char* name) {
    JsonbValue key;
    key.type = jbvString;
    key.val.string.val = const_cast<char*>(name);
    key.val.string.len = int(strlen(name));
    pushJsonbValue(json, WJB_KEY, &key);
}

void push_words(JsonbParseState** json, const char* name, const char* words) {
    push_key(json, name);
    JsonbValue value;
    value.type = jbvString;
    value.val.string.val = const_cast<char*>(words);
    value.val.string.len = int(strlen(words));
    pushJsonbValue(json, WJB_VALUE, &value);
}

/** ISO 8601, instants in UTC, whatever the writer's own settings are. */
void push_time(JsonbParseState** json, const char* name, Datum time, Oid type) {
    constexpr int utc = 0;
    push_words(json, name,
               JsonEncodeDateTime(static_cast<char*>(palloc(MAXDATELEN + 1)), time, type, &utc));
}

/** As PostgreSQL writes it by default, whatever the writer's intervalstyle is. */
const char* length_in_words(const Interval& length) {
    char* words = static_cast<char*>(palloc(MAXDATELEN + 1));
    pg_itm fields;
    interval2itm(length, &fields);
    EncodeInterval(&fields, INTSTYLE_POSTGRES, words);
    return words;
}

const char* mentor_in_words(const sessions_table& sessions, Datum mentor_id) {
    return sessions.mentor_type == UUIDOID
               ? DatumGetCString(DirectFunctionCall1(uuid_out, mentor_id))
               : TextDatumGetCString(mentor_id);
}

void push_startup(JsonbParseState** json, std::int64_t startup_id) {
    push_key(json, "startup_id");
    JsonbValue value;
    value.type = jbvNumeric;
    value.val.numeric = int64_to_numeric(startup_id);
    pushJsonbValue(json, WJB_VALUE, &value);
}

/** What the session is, as an answer would tell it; nothing where one of its columns is NULL. */
std::optional<Datum> as_booked(const sessions_table& sessions, const session_row& row) {
    for (AttrNumber column :
         {sessions.mentor_id, sessions.startup_id, sessions.session_date, sessions.session_time,
          sessions.duration, sessions.starts_at, sessions.ends_at, sessions.time_zone})
        if (!row.get(column))
            return std::nullopt;
    const auto value = [&](AttrNumber column) { return *row.get(column); };
    JsonbParseState* json = nullptr;
    pushJsonbValue(&json, WJB_BEGIN_OBJECT, nullptr);
    push_words(&json, "mentor_id", mentor_in_words(sessions, value(sessions.mentor_id)));
    push_startup(&json, startup_number(sessions, value(sessions.startup_id)));
    push_time(&json, "session_date", value(sessions.session_date), DATEOID);
    push_time(&json, "session_time", value(sessions.session_time), TIMEOID);
    push_words(&json, "duration", length_in_words(*DatumGetIntervalP(value(sessions.duration))));
    push_time(&json, "starts_at", value(sessions.starts_at), TIMESTAMPTZOID);
    push_time(&json, "ends_at", value(sessions.ends_at), TIMESTAMPTZOID);
    push_words(&json, "time_zone", TextDatumGetCString(value(sessions.time_zone)));
    return JsonbPGetDatum(JsonbValueToJsonb(pushJsonbValue(&json, WJB_END_OBJECT, nullptr)));
}

void keep_first_booking(const sessions_table& sessions, const session_row& before,
                        const session_row& after, changed_columns& changes) {
    auto booked = before.get(sessions.booked_as);
    const bool has_key = after.get(sessions.idempotency_key).has_value();
    if (!booked && before.get(sessions.idempotency_key) && !after.agrees_in_wish(before))
        booked = as_booked(sessions, before);
    if (booked && has_key)
        changes.set(sessions.booked_as, *booked);
    else if (after.get(sessions.booked_as))
        changes.set_null(sessions.booked_as);
}

} // namespace

void keep_history(const sessions_table& sessions, const session_row& before,
                  const session_row& after, changed_columns& changes) {
    if (before.is_there()) {
        keep_sequence(sessions, before, after, changes);
        keep_first_booking(sessions, before, after, changes);
    }
    if (after.get(sessions.cancellation_reason) && !is_cancelled(sessions, after))
        changes.set_null(sessions.cancellation_reason);
}

} // namespace slotguard
