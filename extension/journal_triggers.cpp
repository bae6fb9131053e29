// What every writer of sessions, holds and mentors' tables passes last: the change goes into the journal.
#include "extension/journal.hpp"
#include "extension/session_row.hpp"
#include "extension/trigger_call.hpp"

namespace slotguard {
namespace {

std::optional<Datum> startup_of(const sessions_table& sessions, const session_row& row) {
    const auto startup_id = row.get(sessions.startup_id);
    return startup_id ? std::optional{Int64GetDatum(startup_number(sessions, *startup_id))}
                      : std::nullopt;
}

journal_entry entry_of(const sessions_table& sessions, const session_row& row, booking_event what) {
    return {.what = what,
            .session_id = row.get(sessions.session_id),
            .mentor_id = row.get(sessions.mentor_id),
            .mentor_type = sessions.mentor_type,
            .startup_id = startup_of(sessions, row),
            .starts_at = row.get(sessions.starts_at),
            .ends_at = row.get(sessions.ends_at),
            .previous_starts_at = std::nullopt,
            .detail = {}};
}

std::string_view status_of(const sessions_table& sessions, const session_row& row) {
    const auto status = row.get(sessions.status);
    return status ? words_of(*status) : std::string_view{};
}

/** Nothing where the row's status is none that we know, as somebody's replica may hold. */
std::optional<journal_entry> arrival(const sessions_table& sessions, const session_row& row) {
    const auto what = event_of_status(status_of(sessions, row));
    if (!what)
        return std::nullopt;
    journal_entry entry = entry_of(sessions, row, *what);
    if (const auto reason = row.get(sessions.cancellation_reason);
        reason && *what == booking_event::cancelled)
        entry.detail.add_words("reason", words_of(*reason));
    return entry;
}

/** Where and whose the session was, as far as that is another now. */
void add_what_was(journal_entry& entry, const sessions_table& sessions, const session_row& before,
                  const session_row& after) {
    const auto differs = [&](AttrNumber column) { return !before.agrees_in(column, after); };
    if (differs(sessions.starts_at) || differs(sessions.ends_at)) {
        entry.previous_starts_at = before.get(sessions.starts_at);
        if (const auto ends_at = before.get(sessions.ends_at))
            entry.detail.add_instant("previous_ends_at", *ends_at);
    }
    if (const auto mentor_id = before.get(sessions.mentor_id);
        mentor_id && differs(sessions.mentor_id))
        entry.detail.add_words("previous_mentor_id",
                               sessions.mentor_type == UUIDOID
                                   ? DatumGetCString(DirectFunctionCall1(uuid_out, *mentor_id))
                                   : words_of(*mentor_id));
    if (const auto startup_id = startup_of(sessions, before);
        startup_id && differs(sessions.startup_id))
        entry.detail.add_number("previous_startup_id", DatumGetInt64(*startup_id));
}

/** Nothing where readers would see the same session as before. The last event always tells the status:
 *  a cancelled session that gets another time is `cancelled` once more. */
std::optional<journal_entry> change(const sessions_table& sessions, const session_row& before,
                                    const session_row& after) {
    const bool has_status = after.agrees_in(sessions.status, before);
    if (has_status && after.agrees_in(sessions.mentor_id, before) &&
        after.agrees_in(sessions.startup_id, before) &&
        after.agrees_in(sessions.starts_at, before) && after.agrees_in(sessions.ends_at, before))
        return std::nullopt;
    std::optional<journal_entry> entry = arrival(sessions, after);
    if (!entry)
        return std::nullopt;
    if (entry->what == booking_event::booked && has_status)
        entry->what = booking_event::rescheduled;
    else if (entry->what == booking_event::booked)
        entry->detail.add_words("restored_from", status_of(sessions, before));
    add_what_was(*entry, sessions, before, after);
    return entry;
}

Datum journal_session_row(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "journal_session", TRIGGER_EVENT_AFTER);
    const sessions_table& sessions = find_sessions_table(fcinfo);
    check_is_on(call, sessions.table, "journal_session");
    const session_row before{sessions, old_slot(call)}, after{sessions, new_slot(call)};
    const bool is_same_session =
        before.is_there() && after.is_there() && after.agrees_in(sessions.session_id, before);
    if (is_same_session) {
        if (const auto entry = change(sessions, before, after))
            write_event(sessions.schema, *entry);
        return PointerGetDatum(nullptr);
    }
    if (before.is_there())
        write_event(sessions.schema, entry_of(sessions, before, booking_event::deleted));
    if (after.is_there())
        if (const auto entry = arrival(sessions, after))
            write_event(sessions.schema, *entry);
    return PointerGetDatum(nullptr);
}

std::optional<Datum> value_in(TupleTableSlot* slot, AttrNumber column) {
    bool is_null;
    const Datum value = slot_getattr(slot, column, &is_null);
    return is_null ? std::nullopt : std::optional{value};
}

bool differ_in(TupleTableSlot* one, TupleTableSlot* other, AttrNumber column) {
    const FormData_pg_attribute& form = *TupleDescAttr(one->tts_tupleDescriptor, column - 1);
    const auto mine = value_in(one, column), theirs = value_in(other, column);
    return mine && theirs ? !datum_image_eq(*mine, *theirs, form.attbyval, form.attlen)
                          : mine.has_value() != theirs.has_value();
}

/** The token is whoever holds the slot's own: it opens the hold, and is never told. */
void write_hold_event(const holds_table& holds, TupleTableSlot* row, booking_event what) {
    journal_entry entry{.what = what,
                        .session_id = std::nullopt,
                        .mentor_id = value_in(row, holds.mentor_id),
                        .mentor_type = holds.mentor_type,
                        .startup_id = value_in(row, holds.startup_id),
                        .starts_at = value_in(row, holds.starts_at),
                        .ends_at = value_in(row, holds.ends_at),
                        .previous_starts_at = std::nullopt,
                        .detail = {}};
    if (const auto id = value_in(row, holds.id))
        entry.detail.add_number("hold_id", DatumGetInt64(*id));
    if (const auto expires_at = value_in(row, holds.expires_at)) {
        if (what == booking_event::held)
            entry.detail.add_instant("expires_at", *expires_at);
        else if (DatumGetTimestampTz(*expires_at) <= GetCurrentTimestamp())
            entry.detail.add_true("expired");
    }
    write_event(holds.schema, entry);
}

Datum journal_hold_row(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "journal_hold", TRIGGER_EVENT_AFTER);
    const holds_table& holds = find_holds_table(fcinfo);
    check_is_on(call, holds.table, "journal_hold");
    TupleTableSlot *before = old_slot(call), *after = new_slot(call);
    const AttrNumber told[] = {holds.id,        holds.mentor_id, holds.startup_id,
                               holds.starts_at, holds.ends_at,   holds.expires_at};
    if (before && after && std::none_of(std::begin(told), std::end(told), [&](AttrNumber column) {
            return differ_in(before, after, column);
        }))
        return PointerGetDatum(nullptr);
    if (before)
        write_hold_event(holds, before, booking_event::released);
    if (after)
        write_hold_event(holds, after, booking_event::held);
    return PointerGetDatum(nullptr);
}

/** By its name, so that its other parts may be amiss. */
bool is_table(const TriggerData& call, Oid schema, const char* name) {
    return RelationGetNamespace(call.tg_relation) == schema &&
           strcmp(RelationGetRelationName(call.tg_relation), name) == 0;
}

bool is_of_mentors(const TriggerData& call, Oid schema) {
    return is_table(call, schema, "mentor_settings") ||
           is_table(call, schema, "mentor_availability") ||
           is_table(call, schema, "mentor_availability_overrides");
}

/** What it is called that a table of ours is emptied at once: of nobody in particular. */
std::optional<booking_event> event_of_truncation(const TriggerData& call, Oid schema) {
    if (is_table(call, schema, "mentor_startup_sessions"))
        return booking_event::truncated;
    if (is_table(call, schema, "slot_holds"))
        return booking_event::released;
    return is_of_mentors(call, schema) ? std::optional{booking_event::hours_changed} : std::nullopt;
}

Datum journal_truncated_table(FunctionCallInfo fcinfo) {
    if (!CALLED_AS_TRIGGER(fcinfo) ||
        !TRIGGER_FIRED_BY_TRUNCATE(reinterpret_cast<TriggerData*>(fcinfo->context)->tg_event))
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("journal_truncation() must be fired by TRUNCATE"),
                errhint("Run setup_booking(), which makes its trigger."));
    const TriggerData& call = *reinterpret_cast<TriggerData*>(fcinfo->context);
    const Oid schema = schema_of_function(fcinfo);
    const auto what = event_of_truncation(call, schema);
    if (!what)
        check_is_on(call, InvalidOid, "journal_truncation");
    write_event(schema, {.what = *what});
    return PointerGetDatum(nullptr);
}

Datum journal_mentors_row(FunctionCallInfo fcinfo) {
    const TriggerData& call = trigger_call(fcinfo, "journal_mentor_change", TRIGGER_EVENT_AFTER);
    const Oid schema = schema_of_function(fcinfo);
    if (!is_of_mentors(call, schema))
        check_is_on(call, InvalidOid, "journal_mentor_change");
    const Oid table = RelationGetRelid(call.tg_relation);
    const AttrNumber mentor_id = get_attnum(table, "mentor_id");
    TupleTableSlot *before = old_slot(call), *after = new_slot(call);
    const auto tell_of = [&](TupleTableSlot* row) {
        write_event(schema, {.what = booking_event::hours_changed,
                             .mentor_id = value_in(row, mentor_id),
                             .mentor_type = get_atttype(table, mentor_id)});
    };
    if (before && after) {
        bool is_another = false;
        for (AttrNumber column = 1; column <= before->tts_tupleDescriptor->natts; ++column)
            is_another |= differ_in(before, after, column);
        if (!is_another)
            return PointerGetDatum(nullptr);
    }
    if (before)
        tell_of(before);
    if (after && (!before || differ_in(before, after, mentor_id)))
        tell_of(after);
    return PointerGetDatum(nullptr);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(journal_session);
Datum journal_session(PG_FUNCTION_ARGS) { return slotguard::journal_session_row(fcinfo); }

PG_FUNCTION_INFO_V1(journal_truncation);
Datum journal_truncation(PG_FUNCTION_ARGS) { return slotguard::journal_truncated_table(fcinfo); }

PG_FUNCTION_INFO_V1(journal_hold);
Datum journal_hold(PG_FUNCTION_ARGS) { return slotguard::journal_hold_row(fcinfo); }

PG_FUNCTION_INFO_V1(journal_mentor_change);
Datum journal_mentor_change(PG_FUNCTION_ARGS) { return slotguard::journal_mentors_row(fcinfo); }
}
