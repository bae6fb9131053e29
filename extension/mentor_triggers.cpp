// What writers of a mentor's settings and hours pass.
#include "extension/booking_tables.hpp"
#include "extension/column_errors.hpp"
#include "extension/index_rows.hpp"
#include "extension/mentor_memory.hpp"
#include "extension/recurrence.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

/** Whoever asks for a mentor's hours follows all of them. */
constexpr int most_rows = 200;

std::optional<Datum> column_of(const TriggerData& call, HeapTuple row, AttrNumber number) {
    bool is_null;
    const Datum value = heap_getattr(row, number, RelationGetDescr(call.tg_relation), &is_null);
    return is_null ? std::nullopt : std::optional{value};
}

/** Whether the row is one more of that mentor's. */
bool is_new_key(const TriggerData& call, AttrNumber number, Datum key, Oid type) {
    if (!TRIGGER_FIRED_BY_UPDATE(call.tg_event))
        return true;
    const auto was = column_of(call, call.tg_trigtuple, number);
    return !was || !datum_image_eq(*was, key, false, type == UUIDOID ? UUID_LEN : -1);
}

/** Counts what is committed and what this transaction has written, its running statement too. Who writes at
 *  the same time can bring in a few rows more: what they cost is bounded where they are followed. */
void check_room(const TriggerData& call, const mentor_tables& tables, Datum mentor_id) {
    const auto& hours = tables.availability;
    if (!is_new_key(call, hours.mentor_id, mentor_id, tables.mentor_type))
        return;
    const index_condition is_theirs[] = {{1, BTEqualStrategyNumber, tables.mentor_type, mentor_id}};
    auto rows = index_rows::open(hours.table, hours.by_mentor, SnapshotSelf, is_theirs);
    int count = 0;
    while (rows && count < most_rows && rows->next())
        ++count;
    if (rows)
        rows->close();
    if (count == most_rows)
        ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                errmsg("mentor \"%s\" has %d rows of hours, and can have no more",
                       tables.mentor_type == UUIDOID
                           ? DatumGetCString(DirectFunctionCall1(uuid_out, mentor_id))
                           : TextDatumGetCString(mentor_id),
                       most_rows),
                errhint("Write rules that stand for more days, such as "
                        "'FREQ=WEEKLY;BYDAY=MO,WE', or delete rows that are over."),
                errtablecol(call.tg_relation, hours.mentor_id));
}

/** A row whose valid_until is 'infinity', which is how others write that it has none. */
HeapTuple without_an_end(const TriggerData& call, HeapTuple row, AttrNumber valid_until) {
    int column = valid_until;
    Datum value{};
    bool is_null = true;
    return heap_modify_tuple_by_cols(row, RelationGetDescr(call.tg_relation), 1, &column, &value,
                                     &is_null);
}

Datum check_availability_rule(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "check_availability", TRIGGER_EVENT_BEFORE);
    const mentor_tables& tables = find_mentor_tables(fcinfo);
    const auto& hours = tables.availability;
    check_is_on(call, hours.table, "check_availability");
    const HeapTuple row = new_tuple(call);
    if (!row)
        return PointerGetDatum(call.tg_trigtuple);
    const auto column = [&](AttrNumber number) { return column_of(call, row, number); };
    if (const auto rrule = column(hours.rrule))
        about_column(call.tg_relation, hours.rrule, [&] {
            check_rule(TextDatumGetCString(*rrule));
            return true;
        });
    if (const auto mentor_id = column(hours.mentor_id))
        check_room(call, tables, *mentor_id);
    const auto valid_until = column(hours.valid_until);
    const bool never_ends = valid_until && DATE_IS_NOEND(DatumGetDateADT(*valid_until));
    return PointerGetDatum(never_ends ? without_an_end(call, row, hours.valid_until) : row);
}

/** The key as its table's owner has typed it: calls say elsewhere that it is not the sessions' type. */
void check_key_of(const TriggerData& call) {
    const HeapTuple row = new_tuple(call);
    const AttrNumber number = get_attnum(RelationGetRelid(call.tg_relation), "mentor_id");
    if (!row || number == InvalidAttrNumber ||
        SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA)
        return;
    const Oid type = get_atttype(RelationGetRelid(call.tg_relation), number);
    const auto mentor_id = column_of(call, row, number);
    if (mentor_id && type == TEXTOID && is_new_key(call, number, *mentor_id, type))
        about_column(call.tg_relation, number, [&] { return check_mentor_key(*mentor_id, type); });
}

/** Tells every backend, this one included, that what it remembers of mentors is old. PostgreSQL
 *  delivers the message with the commit, and to this transaction with the next command. */
Datum announce(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "announce_mentor_change", TRIGGER_EVENT_BEFORE);
    check_key_of(call);
    CacheInvalidateRelcache(call.tg_relation);
    remember_no_mentor_until_the_end();
    return PointerGetDatum(new_tuple(call) ? new_tuple(call) : call.tg_trigtuple);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(announce_mentor_change);
Datum announce_mentor_change(PG_FUNCTION_ARGS) { return slotguard::announce(fcinfo); }

PG_FUNCTION_INFO_V1(check_availability);
Datum check_availability(PG_FUNCTION_ARGS) { return slotguard::check_availability_rule(fcinfo); }
}
