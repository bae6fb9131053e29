#include "extension/session_row.hpp"

namespace slotguard {

std::int64_t startup_number(const sessions_table& sessions, Datum value) {
    switch (sessions.startup_type) {
    case INT2OID: return DatumGetInt16(value);
    case INT4OID: return DatumGetInt32(value);
    default: return DatumGetInt64(value);
    }
}

Datum startup_datum(const sessions_table& sessions, std::int64_t startup_id) {
    switch (sessions.startup_type) {
    case INT2OID: return DirectFunctionCall1(int82, Int64GetDatum(startup_id));
    case INT4OID: return DirectFunctionCall1(int84, Int64GetDatum(startup_id));
    default: return Int64GetDatum(startup_id);
    }
}

std::optional<Datum> session_row::get(AttrNumber column) const {
    if (!slot_)
        return std::nullopt;
    bool is_null;
    const Datum value = slot_getattr(slot_, column, &is_null);
    return is_null ? std::nullopt : std::optional{value};
}

bool session_row::is_scheduled() const {
    const auto status = get(sessions_.status);
    return status && words_of(*status) == "scheduled";
}

bool session_row::agrees_in(AttrNumber column, const session_row& other) const {
    if (!slot_ || !other.slot_)
        return false;
    const FormData_pg_attribute& form = *TupleDescAttr(slot_->tts_tupleDescriptor, column - 1);
    const auto mine = get(column), theirs = other.get(column);
    return mine && theirs ? datum_image_eq(*mine, *theirs, form.attbyval, form.attlen)
                          : !mine && !theirs;
}

bool session_row::agrees_in_wish(const session_row& other) const {
    return agrees_in(sessions_.mentor_id, other) && agrees_in(sessions_.startup_id, other) &&
           agrees_in(sessions_.session_date, other) && agrees_in(sessions_.session_time, other) &&
           agrees_in(sessions_.duration, other) && agrees_in(sessions_.time_zone, other);
}

bool session_row::agrees_in_claim(const session_row& other) const {
    return agrees_in_wish(other) && agrees_in(sessions_.starts_at, other) &&
           agrees_in(sessions_.ends_at, other);
}

std::optional<local_time> session_row::local() const {
    const auto date = get(sessions_.session_date), time = get(sessions_.session_time);
    if (!date || !time || DATE_NOT_FINITE(DatumGetDateADT(*date)))
        return std::nullopt;
    return local_time_of(DatumGetDateADT(*date), DatumGetTimeADT(*time));
}

std::optional<interval> session_row::when() const {
    const auto starts_at = get(sessions_.starts_at), ends_at = get(sessions_.ends_at);
    if (!starts_at || !ends_at)
        return std::nullopt;
    return interval::make(DatumGetTimestampTz(*starts_at), DatumGetTimestampTz(*ends_at));
}

std::optional<claimed_time> session_row::claim() const {
    const auto mentor_id = get(sessions_.mentor_id), startup_id = get(sessions_.startup_id);
    const auto read_as = local();
    const auto stored = when();
    if (!mentor_id || !startup_id || !read_as || !stored)
        return std::nullopt;
    return claimed_time{.mentor_key = *mentor_id,
                        .startup_id = startup_number(sessions_, *startup_id),
                        .local = *read_as,
                        .when = *stored,
                        .around = {}};
}

std::optional<claimed_time> session_row::claim_with_buffers(const mentor_tables& mentors) const {
    std::optional<claimed_time> claimed = claim();
    if (claimed)
        claimed->around = recall_mentor(mentors, claimed->mentor_key).settings.around;
    return claimed;
}

} // namespace slotguard
