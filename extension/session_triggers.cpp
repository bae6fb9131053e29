// What every writer of a session passes, plain ones too: zone and instants are filled in, and the
// slots that the row leaves and takes are locked before the unique index decides.
#include "extension/awaited_session.hpp"
#include "extension/booking_tables.hpp"
#include "extension/mentor.hpp"
#include "extension/mentor_memory.hpp"
#include "extension/recurrence.hpp"
#include "extension/session_store.hpp"
#include "extension/slot_lock.hpp"

namespace slotguard {
namespace {

TriggerData* trigger_call(FunctionCallInfo fcinfo, const char* name) {
    if (!CALLED_AS_TRIGGER(fcinfo))
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() can only be called as a trigger", name));
    TriggerData* call = reinterpret_cast<TriggerData*>(fcinfo->context);
    if (!TRIGGER_FIRED_BEFORE(call->tg_event) || !TRIGGER_FIRED_FOR_ROW(call->tg_event))
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() must be fired BEFORE and FOR EACH ROW", name),
                errhint("Run setup_booking(), which makes its trigger."));
    return call;
}

/** Anybody may put these functions on a table of theirs, whose columns are not what ours are. */
void check_is_on(const TriggerData& call, Oid table, const char* name) {
    if (RelationGetRelid(call.tg_relation) != table)
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() belongs to another table than \"%s\"", name,
                       RelationGetRelationName(call.tg_relation)),
                errhint("Drop this trigger."));
}

/** Nothing for a DELETE. */
HeapTuple new_row(const TriggerData& call) {
    if (TRIGGER_FIRED_BY_DELETE(call.tg_event))
        return nullptr;
    return TRIGGER_FIRED_BY_UPDATE(call.tg_event) ? call.tg_newtuple : call.tg_trigtuple;
}

/** Nothing for an INSERT. */
HeapTuple old_row(const TriggerData& call) {
    return TRIGGER_FIRED_BY_INSERT(call.tg_event) ? nullptr : call.tg_trigtuple;
}

/** A row as it is to be written, and as it stood before. */
class session_row {
  public:
    session_row(const sessions_table& sessions, const TriggerData& call)
        : sessions_{sessions}, columns_{RelationGetDescr(call.tg_relation)}, row_{new_row(call)},
          old_{old_row(call)} {}

    HeapTuple tuple() const { return row_; }
    TupleDesc columns() const { return columns_; }
    bool is_update() const { return row_ && old_; }

    std::optional<Datum> get(AttrNumber column) const { return read(row_, column); }
    std::optional<Datum> before(AttrNumber column) const { return read(old_, column); }

    /** Whether the UPDATE leaves that column as it was. */
    bool keeps(AttrNumber column) const {
        const FormData_pg_attribute& form = *TupleDescAttr(columns_, column - 1);
        const auto is = get(column), was = before(column);
        return is && was ? datum_image_eq(*is, *was, form.attbyval, form.attlen) : !is && !was;
    }
    /** Whether it leaves all that the instants depend on. */
    bool keeps_its_time() const {
        return keeps_its_slot() && keeps(sessions_.duration) && keeps(sessions_.time_zone);
    }
    bool keeps_its_slot() const {
        return is_update() && keeps(sessions_.mentor_id) && keeps(sessions_.session_date) &&
               keeps(sessions_.session_time);
    }

    /** The lock of the slot that the row takes, or took before: nothing where it is not scheduled.
     */
    std::optional<slot_lock> slot() const { return slot_of(row_); }
    std::optional<slot_lock> slot_before() const { return slot_of(old_); }

    void set(AttrNumber column, Datum value) {
        numbers_[count_] = column;
        values_[count_++] = value;
    }
    HeapTuple with_changes() {
        const bool nulls[most_changes] = {};
        return count_ ? heap_modify_tuple_by_cols(row_, columns_, count_, numbers_, values_,
                                                  const_cast<bool*>(nulls))
                      : row_;
    }

  private:
    static constexpr int most_changes = 6;

    std::optional<Datum> read(HeapTuple tuple, AttrNumber column) const {
        if (!tuple)
            return std::nullopt;
        bool is_null;
        const Datum value = heap_getattr(tuple, column, columns_, &is_null);
        return is_null ? std::nullopt : std::optional{value};
    }

    std::optional<slot_lock> slot_of(HeapTuple tuple) const {
        const auto mentor_id = read(tuple, sessions_.mentor_id);
        const auto date = read(tuple, sessions_.session_date);
        const auto time = read(tuple, sessions_.session_time);
        const auto status = read(tuple, sessions_.status);
        if (!mentor_id || !date || !time || !status || words_of(*status) != "scheduled")
            return std::nullopt;
        return lock_of_slot(sessions_, *mentor_id,
                            at_midnight(DatumGetDateADT(*date)) + DatumGetTimeADT(*time));
    }

    const sessions_table& sessions_;
    TupleDesc columns_;
    HeapTuple row_;
    HeapTuple old_;
    int count_ = 0;
    int numbers_[most_changes];
    Datum values_[most_changes];
};

/** The zone that the row names; the mentor's, where it names none or comes from another mentor. */
mentor_clock clock_of(FunctionCallInfo fcinfo, const sessions_table& sessions,
                      const session_row& row, Datum mentor_id) {
    const auto named = row.get(sessions.time_zone);
    const bool follows_mentor =
        row.is_update() && !row.keeps(sessions.mentor_id) && row.keeps(sessions.time_zone);
    if (named && !follows_mentor)
        return mentor_clock::in_zone(TextDatumGetCString(*named));
    const booking_tables tables = lock_booking_tables(fcinfo, RowExclusiveLock);
    return recall_mentor(tables.mentors, mentor_id).settings.clock;
}

[[noreturn]] void refuse_skipped_time(DateADT date, TimeADT time, const char* zone) {
    ereport(ERROR, errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
            errmsg("local time %s %s does not exist in time zone \"%s\"",
                   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date))),
                   DatumGetCString(DirectFunctionCall1(time_out, TimeADTGetDatum(time))), zone),
            errdetail("The clock skips it when summer time starts."),
            errhint("Choose a later time."));
    pg_unreachable();
}

/** A CHECK constraint would do, but PostgreSQL reads its expression anew in every statement, which
 *  is a tenth of a booking. */
void check_status(const sessions_table& sessions, const session_row& row) {
    const auto value = row.get(sessions.status);
    if (!value)
        return;
    for (std::string_view known : {"scheduled", "completed", "cancelled", "no_show"})
        if (words_of(*value) == known)
            return;
    ereport(ERROR, errcode(ERRCODE_CHECK_VIOLATION),
            errmsg("status \"%s\" is unknown", TextDatumGetCString(*value)),
            errhint("A session is scheduled, completed, cancelled or no_show."));
}

/** Fills in zone and instants; a row with a NULL among its keys is left to its NOT NULL. */
void fill_in(FunctionCallInfo fcinfo, const sessions_table& sessions, session_row& row) {
    const auto mentor_id = row.get(sessions.mentor_id);
    const auto date = row.get(sessions.session_date);
    const auto time = row.get(sessions.session_time);
    const auto duration = row.get(sessions.duration);
    if (!mentor_id || !date || !time || !duration)
        return;
    const mentor_clock clock = clock_of(fcinfo, sessions, row, *mentor_id);
    const elapsed length = session_length_of(*DatumGetIntervalP(*duration));
    const auto starts_at =
        clock.instant_of(local_time_of(DatumGetDateADT(*date), DatumGetTimeADT(*time)));
    if (!starts_at)
        refuse_skipped_time(DatumGetDateADT(*date), DatumGetTimeADT(*time), clock.zone_name());
    if (DatumGetTimeADT(*time) == USECS_PER_DAY) { // 24:00 is the next day's 00:00, and one key
        row.set(sessions.session_date, DateADTGetDatum(DatumGetDateADT(*date) + 1));
        row.set(sessions.session_time, TimeADTGetDatum(0));
    }
    row.set(sessions.time_zone, CStringGetTextDatum(clock.zone_name()));
    row.set(sessions.starts_at, TimestampTzGetDatum(*starts_at));
    row.set(sessions.ends_at, TimestampTzGetDatum(*starts_at + length));
}

/** An UPDATE that leaves the time alone leaves the instants too: no later change of tzdata can
 *  stand in the way of a cancellation. */
void keep_instants(const sessions_table& sessions, session_row& row) {
    for (AttrNumber column : {sessions.starts_at, sessions.ends_at})
        if (const auto was = row.before(column); was && !row.keeps(column))
            row.set(column, *was);
}

/** Locks the slot that the row leaves and the one that it takes: whoever cancels holds the row
 *  first and the slot then, as everybody who changes a session does. */
void lock_slots(const sessions_table& sessions, const session_row& row) {
    if (row.keeps_its_slot() && row.keeps(sessions.status))
        return;
    slot_lock locks[2];
    std::size_t count = 0;
    for (const auto& slot : {row.slot_before(), row.slot()})
        if (slot)
            locks[count++] = *slot;
    take_slot_locks(sessions, {locks, count});
}

Datum prepare(FunctionCallInfo fcinfo) {
    const TriggerData* call = trigger_call(fcinfo, "prepare_session");
    const sessions_table& sessions = find_sessions_table(fcinfo);
    check_is_on(*call, sessions.table, "prepare_session");
    session_row row{sessions, *call};
    if (!row.tuple()) {
        lock_slots(sessions, row);
        return PointerGetDatum(call->tg_trigtuple);
    }
    if (!row.is_update() && is_awaited(sessions, row.tuple(), row.columns()))
        return PointerGetDatum(row.tuple());
    check_status(sessions, row);
    if (row.keeps_its_time())
        keep_instants(sessions, row);
    else
        fill_in(fcinfo, sessions, row);
    lock_slots(sessions, row);
    if (row.is_update())
        row.set(sessions.updated_at, TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()));
    return PointerGetDatum(row.with_changes());
}

Datum check_availability_rule(FunctionCallInfo fcinfo) {
    const TriggerData* call = trigger_call(fcinfo, "check_availability");
    const auto& hours = find_mentor_tables(fcinfo).availability;
    check_is_on(*call, hours.table, "check_availability");
    if (!new_row(*call))
        return PointerGetDatum(call->tg_trigtuple);
    bool is_null;
    const Datum rrule =
        heap_getattr(new_row(*call), hours.rrule, RelationGetDescr(call->tg_relation), &is_null);
    if (!is_null)
        check_rule(TextDatumGetCString(rrule));
    return PointerGetDatum(new_row(*call));
}

/** Tells every backend, this one included, that what it remembers of mentors is old. PostgreSQL
 *  delivers the message with the commit, and to this transaction with the next command. */
Datum announce(FunctionCallInfo fcinfo) {
    const TriggerData* call = trigger_call(fcinfo, "announce_mentor_change");
    CacheInvalidateRelcache(call->tg_relation);
    remember_no_mentor_until_the_end();
    return PointerGetDatum(new_row(*call) ? new_row(*call) : old_row(*call));
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(announce_mentor_change);
Datum announce_mentor_change(PG_FUNCTION_ARGS) { return slotguard::announce(fcinfo); }

PG_FUNCTION_INFO_V1(prepare_session);
Datum prepare_session(PG_FUNCTION_ARGS) { return slotguard::prepare(fcinfo); }

PG_FUNCTION_INFO_V1(check_availability);
Datum check_availability(PG_FUNCTION_ARGS) { return slotguard::check_availability_rule(fcinfo); }
}
