#include "extension/awaited_session.hpp"

namespace slotguard {
namespace {

/** A wait, as the callbacks below see it: they run when a longjmp has left the frames of the call, so
 *  nothing that they read lies on the stack. */
struct open_wait {
    SubTransactionId opened_in;
    open_wait* outer;
    awaited_session*
        session; ///< on the stack of the call: read only while the row is being written
};
open_wait* innermost = nullptr; ///< in the memory of the transaction

// An ERROR gives local code no chance to end a wait, so the end of the (sub)transaction does.

void forget_at_end(XactEvent event, void*) {
    if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
        innermost = nullptr;
}

void forget_on_subtransaction_abort(SubXactEvent event, SubTransactionId aborted, SubTransactionId,
                                    void*) {
    if (event != SUBXACT_EVENT_ABORT_SUB)
        return;
    while (innermost && innermost->opened_in >= aborted) {
        Assert(GetMemoryChunkContext(innermost) == TopTransactionContext);
        innermost = innermost->outer;
    }
}

/** A NULL, which would be somebody else's doing, equals nothing. */
struct row_reader {
    const session_row& row;

    bool is(AttrNumber column, Datum value) const { return row.get(column) == value; }
    bool is(AttrNumber column, std::string_view words) const {
        const auto value = row.get(column);
        return value && words_of(*value) == words;
    }
    bool lasts(AttrNumber column, elapsed length) const {
        const auto value = row.get(column);
        const Interval* duration = value ? DatumGetIntervalP(*value) : nullptr;
        return duration && duration->time == length && duration->day == 0 && duration->month == 0;
    }
};

bool is_to_the_letter(const sessions_table& sessions, const session_wish& wish,
                      const row_reader& row) {
    const int key_length = sessions.mentor_type == UUIDOID ? UUID_LEN : -1;
    const auto mentor_id = row.row.get(sessions.mentor_id);
    return mentor_id && datum_image_eq(*mentor_id, wish.who.key, false, key_length) &&
           row.is(sessions.startup_id, startup_datum(sessions, wish.startup_id)) &&
           row.is(sessions.session_date, DateADTGetDatum(date_of(wish.local))) &&
           row.is(sessions.session_time, TimeADTGetDatum(time_of(wish.local))) &&
           row.is(sessions.starts_at, TimestampTzGetDatum(wish.when.starts_at())) &&
           row.is(sessions.ends_at, TimestampTzGetDatum(wish.when.ends_at())) &&
           row.lasts(sessions.duration, wish.when.length()) &&
           row.is(sessions.time_zone, wish.who.clock.zone_name()) &&
           row.is(sessions.status, "scheduled") &&
           (!wish.idempotency_key ||
            row.is(sessions.idempotency_key, words_of(*wish.idempotency_key)));
}

} // namespace

void awaited_session::begin() {
    static bool listening = false;
    if (!listening) {
        RegisterXactCallback(forget_at_end, nullptr);
        RegisterSubXactCallback(forget_on_subtransaction_abort, nullptr);
        listening = true;
    }
    auto* wait =
        static_cast<open_wait*>(MemoryContextAlloc(TopTransactionContext, sizeof(open_wait)));
    *wait = {GetCurrentSubTransactionId(), innermost, this};
    innermost = wait;
}

void awaited_session::end() {
    open_wait* ended = innermost;
    innermost = ended->outer;
    pfree(ended);
}

bool is_awaited(const sessions_table& sessions, const session_row& row) {
    if (!innermost)
        return false;
    awaited_session& awaited = *innermost->session;
    if (awaited.session_id || awaited.sessions.table != sessions.table ||
        !is_to_the_letter(sessions, awaited.wish, {row}))
        return false;
    if (const auto session_id = row.get(sessions.session_id))
        awaited.session_id = DatumGetInt64(*session_id);
    return awaited.session_id.has_value();
}

} // namespace slotguard
