#include "extension/booking_keys.hpp"

#include "extension/column_errors.hpp"
#include "extension/mentor.hpp"
#include "extension/session_lookup.hpp"
#include "extension/session_row.hpp"

namespace slotguard {
namespace {

[[noreturn]] void refuse_booked_as(Oid schema, const char* name) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("column \"booked_as\" of the session has no \"%s\"", name),
            errdetail("It is filled in when a session is moved, and read when its idempotency "
                      "key is used again."),
            errhint("Set it to NULL, if somebody has changed it."),
            err_session_column(schema, "booked_as"));
    pg_unreachable();
}

/** Whether a text is no more than a date or a time in ISO 8601, its offset in digits: PostgreSQL would
 *  load the zone that any other text names, and keep it. */
bool is_numeric_time(std::string_view words) {
    if (words.ends_with(" BC"))
        words.remove_suffix(3);
    const auto letter = words.find('T');
    return words.find_first_not_of("0123456789-+:. ") == letter &&
           words.find_first_not_of("0123456789-+:. ", letter == words.npos ? letter : letter + 1) ==
               words.npos;
}

/** A text field of booked_as, read as `input` reads it. Whoever may insert a row may have written it:
 *  looked for in an array, a field would be sought beyond its end. */
Datum field(Oid schema, JsonbContainer* booked_as, const char* name, PGFunction input) {
    JsonbValue room;
    const JsonbValue* found =
        JsonContainerIsObject(booked_as)
            ? getKeyJsonValueFromContainer(booked_as, name, int(strlen(name)), &room)
            : nullptr;
    if (!found || found->type != jbvString)
        refuse_booked_as(schema, name);
    const char* words = pnstrdup(found->val.string.val, std::size_t(found->val.string.len));
    const bool is_time = input == timestamptz_in || input == date_in || input == time_in;
    if (is_time && !is_numeric_time(words))
        refuse_booked_as(schema, name);
    return DirectFunctionCall3(input, CStringGetDatum(words), ObjectIdGetDatum(InvalidOid),
                               Int32GetDatum(-1));
}

/** The booking as it was before the session was moved. */
void read_booked_as(const sessions_table& sessions, Datum value, kept_booking& kept) {
    JsonbContainer* booked_as = &DatumGetJsonbP(value)->root;
    const auto when = interval::make(
        DatumGetTimestampTz(field(sessions.schema, booked_as, "starts_at", timestamptz_in)),
        DatumGetTimestampTz(field(sessions.schema, booked_as, "ends_at", timestamptz_in)));
    if (!when)
        return;
    kept.when = *when;
    kept.local =
        local_time_of(DatumGetDateADT(field(sessions.schema, booked_as, "session_date", date_in)),
                      DatumGetTimeADT(field(sessions.schema, booked_as, "session_time", time_in)));
    kept.time_zone = TextDatumGetCString(field(sessions.schema, booked_as, "time_zone", textin));
    kept.mentor_key = field(sessions.schema, booked_as, "mentor_id",
                            sessions.mentor_type == UUIDOID ? uuid_in : textin);
}

const char* spelled(local_time local) {
    return DatumGetCString(DirectFunctionCall1(timestamp_out, TimestampGetDatum(local)));
}

const char* spelled_mentor(const sessions_table& sessions, Datum mentor_key) {
    return sessions.mentor_type == UUIDOID
               ? DatumGetCString(DirectFunctionCall1(uuid_out, mentor_key))
               : TextDatumGetCString(mentor_key);
}

const char* spelled_length(elapsed length) {
    const Interval interval = {.time = length, .day = 0, .month = 0};
    return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(&interval)));
}

/** Nothing where it has been moved back. */
const char* where_it_is(const sessions_table& sessions, const kept_booking& stands,
                        const kept_booking& booked) {
    const bool is_with_another = !is_same_mentor(sessions, stands.mentor_key, booked.mentor_key);
    if (stands.when == booked.when && stands.local == booked.local && !is_with_another)
        return nullptr;
    StringInfoData words;
    initStringInfo(&words);
    appendStringInfo(&words, "The session has been moved to %s (%s) since", spelled(stands.local),
                     stands.time_zone);
    if (is_with_another)
        appendStringInfo(&words, ", and is with %s", spelled_mentor(sessions, stands.mentor_key));
    if (stands.when.length() != booked.when.length())
        appendStringInfo(&words, ", and lasts %s", spelled_length(stands.when.length()));
    appendStringInfoChar(&words, '.');
    return words.data;
}

/** What the caller has to know of a booking that is not as it was. */
const char* what_became_of(const sessions_table& sessions, std::string_view status,
                           const kept_booking& stands, const kept_booking& booked) {
    if (status == "cancelled")
        return "The session has been cancelled since.";
    if (status == "completed")
        return "The session has taken place since.";
    if (status == "no_show")
        return "The session has been marked as missed since.";
    return where_it_is(sessions, stands, booked);
}

kept_booking booking_in(const sessions_table& sessions, index_rows& rows, interval when) {
    const int key_length = sessions.mentor_type == UUIDOID ? UUID_LEN : -1;
    kept_booking kept{.session_id = DatumGetInt64(rows.get(sessions.session_id)),
                      .mentor_key = datumCopy(rows.get(sessions.mentor_id), false, key_length),
                      .local = local_time_of(DatumGetDateADT(rows.get(sessions.session_date)),
                                             DatumGetTimeADT(rows.get(sessions.session_time))),
                      .when = when,
                      .time_zone = TextDatumGetCString(rows.get(sessions.time_zone)),
                      .hint = nullptr};
    const kept_booking stands = kept;
    if (!rows.is_null(sessions.booked_as))
        read_booked_as(sessions, rows.get(sessions.booked_as), kept);
    kept.hint = what_became_of(sessions, words_of(rows.get(sessions.status)), stands, kept);
    return kept;
}

} // namespace

std::optional<kept_booking> find_by_key(const sessions_table& sessions, std::int64_t startup_id,
                                        Datum idempotency_key, Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.startup_type, startup_datum(sessions, startup_id)},
        {2, BTEqualStrategyNumber, TEXTOID, idempotency_key}};
    index_rows rows = open_rows(sessions, &sessions_table::by_key, snapshot, conditions);
    std::optional<kept_booking> found;
    if (rows.next())
        if (const auto when = time_of_row(sessions, rows))
            found = booking_in(sessions, rows, *when);
    rows.close();
    return found;
}

bool is_same_mentor(const sessions_table& sessions, Datum one, Datum other) {
    if (sessions.mentor_type == UUIDOID)
        return datum_image_eq(one, other, false, UUID_LEN);
    return DatumGetBool(DirectFunctionCall2Coll(texteq, sessions.mentor_collation, one, other));
}

} // namespace slotguard
