#include "extension/status_change.hpp"

namespace slotguard {
namespace {

[[noreturn]] void refuse_unknown(std::string_view text) {
    constexpr int most = 100; // it is read by people
    const int length = pg_mbcliplen(text.data(), int(text.size()), most);
    ereport(ERROR, errcode(ERRCODE_CHECK_VIOLATION),
            errmsg("status \"%.*s\" is unknown", length, text.data()),
            errhint("A session is scheduled, completed, cancelled or no_show."));
    pg_unreachable();
}

/** What to run instead; nothing where the row has no id. */
const char* way_back(const sessions_table& sessions, const session_row& row) {
    const auto session_id = row.get(sessions.session_id);
    if (!session_id)
        return "Set status to 'scheduled' first.";
    return psprintf("Book it again first: UPDATE %s.mentor_startup_sessions SET status = "
                    "'scheduled' WHERE %s = " INT64_FORMAT ";",
                    quote_identifier(get_namespace_name(sessions.schema)),
                    quote_identifier(get_attname(sessions.table, sessions.session_id, false)),
                    DatumGetInt64(*session_id));
}

[[noreturn]] void refuse_change(const sessions_table& sessions, const session_row& row,
                                session_status from, session_status to) {
    ereport(ERROR, errcode(ERRCODE_CHECK_VIOLATION),
            errmsg("a session that is %s can't become %s", word(from).data(), word(to).data()),
            errdetail(from == session_status::cancelled
                          ? "Its time was given back, and may be somebody else's by now."
                          : "It is over, and there is no time to give back."),
            errhint("%s", way_back(sessions, row)));
    pg_unreachable();
}

} // namespace

void check_status(const sessions_table& sessions, const session_row& before,
                  const session_row& after) {
    const auto set = after.get(sessions.status);
    if (!set)
        return; // left to NOT NULL
    const auto to = status_from_word(words_of(*set));
    if (!to)
        refuse_unknown(words_of(*set));
    // One that got past us, as by a replica's hand, may be mended to any.
    const auto was = before.get(sessions.status);
    const auto from = was ? status_from_word(words_of(*was)) : std::nullopt;
    if (from && !can_become(*from, *to))
        refuse_change(sessions, before, *from, *to);
}

} // namespace slotguard
