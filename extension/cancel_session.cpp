// cancel_session(): as the caller, by one UPDATE that locks the row before it decides.
#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/call_arguments.hpp"
#include "extension/callers_session.hpp"

namespace slotguard {
namespace {

constexpr int longest_reason = 1000; // characters

/** One call: the session, and why it is cancelled, if that is told. */
struct cancellation {
    const callers_session session;
    const std::int64_t session_id;
    const std::optional<Datum> reason;

    /** The reason's column is left alone where there is none, so that a right to change the status
     *  is enough. */
    std::optional<session_as_read> write() const {
        const assignment changes[] = {
            {"status", TEXTOID, CStringGetTextDatum(word(session_status::cancelled).data())},
            {"cancellation_reason", TEXTOID, reason.value_or(0)}};
        return session.update(std::span{changes}.first(reason ? 2 : 1));
    }
};

[[noreturn]] void is_kept(std::int64_t session_id) {
    ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
            errmsg("permission denied to cancel session " INT64_FORMAT, session_id),
            errdetail("A row-level policy or a trigger of mentor_startup_sessions keeps it."),
            errhint("Let its UPDATE policies show the session to those who may cancel it."));
    pg_unreachable();
}

/** What came of it, and of which session. */
struct cancelled_session {
    outcome what;
    std::optional<session_facts> facts;
};

cancelled_session cancel(const cancellation& call) {
    if (const auto cancelled = call.write())
        return {outcome::cancelled, cancelled->facts};
    auto found = call.session.look();
    if (!found)
        return {outcome::not_found, std::nullopt};
    // Somebody may have scheduled it again between the two: hold it, then look once more.
    if (found->is(session_status::scheduled)) {
        if (const auto locked = call.session.lock("FOR UPDATE"))
            found = locked;
        if (found->is(session_status::scheduled)) {
            if (const auto cancelled = call.write())
                return {outcome::cancelled, cancelled->facts};
            is_kept(call.session_id);
        }
    }
    if (!found->is(session_status::cancelled))
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("session " INT64_FORMAT " is %s and can't be cancelled", call.session_id,
                       found->status),
                errhint("Only a scheduled session can be cancelled."));
    return {outcome::already_cancelled, found->facts};
}

Datum cancel_and_answer(FunctionCallInfo fcinfo) {
    check_not_null(fcinfo, 0, "session_id");
    check_length(fcinfo, 1, "reason", longest_reason,
                 "Pass a sentence such as 'The founder is ill.', or leave reason out.");
    check_may_write("cancel_session()");
    const std::int64_t session_id = PG_GETARG_INT64(0);
    const sessions_table& sessions = find_sessions_table(fcinfo);
    const cancellation call{.session = callers_session{sessions, session_id},
                            .session_id = session_id,
                            .reason =
                                PG_ARGISNULL(1) ? std::nullopt : std::optional{PG_GETARG_DATUM(1)}};
    const auto [what, facts] = cancel(call);
    return pack(fcinfo,
                {.what = what, .session_id = session_id, .session = facts, .alternatives = {}});
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(cancel_session);
Datum cancel_session(PG_FUNCTION_ARGS) { return slotguard::cancel_and_answer(fcinfo); }
}
