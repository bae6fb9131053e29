#include "extension/booking_result.hpp"

namespace slotguard {
namespace {

/** The columns of booking_result, in the order of sql/slotguard.sql. */
enum column {
    outcome_column,
    session_id_column,
    mentor_id_column,
    startup_id_column,
    session_date_column,
    session_time_column,
    starts_at_column,
    ends_at_column,
    time_zone_column,
    replayed_column,
    hold_token_column,
    expires_at_column,
    message_column,
    hint_column,
    alternatives_column,
    column_count
};

Datum text_datum(std::string_view words) {
    return PointerGetDatum(cstring_to_text_with_len(words.data(), int(words.size())));
}

JsonbValue json_string(const char* words) {
    JsonbValue value;
    value.type = jbvString;
    value.val.string.val = const_cast<char*>(words);
    value.val.string.len = int(strlen(words));
    return value;
}

/** Times are written as to_jsonb() writes them: ISO 8601, instants in the session's time zone. */
void push_time(JsonbParseState** json, const char* name, Datum time, Oid type) {
    JsonbValue key = json_string(name);
    JsonbValue value = json_string(
        JsonEncodeDateTime(static_cast<char*>(palloc(MAXDATELEN + 1)), time, type, nullptr));
    pushJsonbValue(json, WJB_KEY, &key);
    pushJsonbValue(json, WJB_VALUE, &value);
}

Datum as_jsonb(const palloc_list<listed_slot>& slots) {
    JsonbParseState* json = nullptr;
    pushJsonbValue(&json, WJB_BEGIN_ARRAY, nullptr);
    for (const listed_slot& slot : slots.all()) {
        pushJsonbValue(&json, WJB_BEGIN_OBJECT, nullptr);
        // In the order in which jsonb keeps them, so that it has nothing to sort.
        push_time(&json, "ends_at", TimestampTzGetDatum(slot.ends_at), TIMESTAMPTZOID);
        push_time(&json, "starts_at", TimestampTzGetDatum(slot.starts_at), TIMESTAMPTZOID);
        push_time(&json, "session_date", DateADTGetDatum(date_of(slot.local)), DATEOID);
        push_time(&json, "session_time", TimeADTGetDatum(time_of(slot.local)), TIMEOID);
        pushJsonbValue(&json, WJB_END_OBJECT, nullptr);
    }
    return JsonbPGetDatum(JsonbValueToJsonb(pushJsonbValue(&json, WJB_END_ARRAY, nullptr)));
}

Datum make_lasting(Datum jsonb) {
    const MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
    const Datum kept = datumCopy(jsonb, false, -1);
    MemoryContextSwitchTo(caller);
    return kept;
}

bool are_same(const palloc_list<listed_slot>& slots, std::span<const listed_slot> others) {
    const auto all = slots.all();
    return std::equal(all.begin(), all.end(), others.begin(), others.end(),
                      [](const listed_slot& a, const listed_slot& b) {
                          return a.starts_at == b.starts_at && a.ends_at == b.ends_at &&
                                 a.local == b.local;
                      });
}

/** The alternatives of the last answer, none to begin with. Whoever comes too late for one slot is
 *  mostly offered the same times as the one before. */
struct last_alternatives {
    Datum as_jsonb = 0;
    std::array<listed_slot, most_alternatives> slots;
    std::size_t count = 0;
    pg_tz* zone = nullptr; ///< in which the instants are written
};

Datum alternatives_datum(const palloc_list<listed_slot>& slots) {
    static last_alternatives last;
    if (last.as_jsonb && last.zone == session_timezone &&
        are_same(slots, std::span{last.slots}.first(last.count)))
        return last.as_jsonb;
    const Datum made = as_jsonb(slots);
    const Datum kept = make_lasting(made);
    if (last.as_jsonb)
        pfree(DatumGetPointer(last.as_jsonb));
    last = {.as_jsonb = kept, .slots = {}, .count = slots.size(), .zone = session_timezone};
    std::copy(slots.all().begin(), slots.all().end(), last.slots.begin());
    return last.as_jsonb;
}

struct row {
    Datum values[column_count];
    bool nulls[column_count];

    void set(column at, Datum value) {
        values[at] = value;
        nulls[at] = false;
    }
};

void set_session(row& answer, const session_facts& session) {
    answer.set(mentor_id_column, PointerGetDatum(session.mentor_id));
    answer.set(startup_id_column, Int64GetDatum(session.startup_id));
    answer.set(session_date_column, DateADTGetDatum(date_of(session.local)));
    answer.set(session_time_column, TimeADTGetDatum(time_of(session.local)));
    answer.set(time_zone_column, text_datum(session.time_zone));
    if (session.when) {
        answer.set(starts_at_column, TimestampTzGetDatum(session.when->starts_at()));
        answer.set(ends_at_column, TimestampTzGetDatum(session.when->ends_at()));
    }
}

} // namespace

Datum pack(FunctionCallInfo fcinfo, const booking_answer& answer) {
    row packed;
    std::fill_n(packed.nulls, int(column_count), true);
    packed.set(outcome_column, text_datum(word(answer.what)));
    packed.set(message_column, text_datum(message(answer.what, answer.window, answer.limit)));
    packed.set(replayed_column, BoolGetDatum(answer.is_replayed));
    packed.set(alternatives_column, alternatives_datum(answer.alternatives));
    const std::string_view next_step = answer.hint ? answer.hint : hint(answer.what, answer.limit);
    if (!next_step.empty())
        packed.set(hint_column, text_datum(next_step));
    if (answer.hold_token)
        packed.set(hold_token_column, UUIDPGetDatum(&*answer.hold_token));
    if (answer.expires_at)
        packed.set(expires_at_column, TimestampTzGetDatum(*answer.expires_at));
    if (answer.session_id)
        packed.set(session_id_column, Int64GetDatum(*answer.session_id));
    if (answer.session)
        set_session(packed, *answer.session);

    TupleDesc columns = lookup_rowtype_tupdesc(get_func_rettype(fcinfo->flinfo->fn_oid), -1);
    if (columns->natts != column_count)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("type booking_result has %d attributes, not %d", columns->natts,
                       int(column_count)),
                errhint("Drop those that were added."));
    HeapTuple tuple = heap_form_tuple(columns, packed.values, packed.nulls);
    ReleaseTupleDesc(columns);
    return HeapTupleGetDatum(tuple);
}

} // namespace slotguard
