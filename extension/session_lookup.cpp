// Reads sessions by unique_mentor_time_slot, as the owner would see them.
#include "extension/session_store.hpp"

#include "extension/index_rows.hpp"

namespace slotguard {
namespace {

std::int64_t startup_of(const sessions_table& sessions, Datum value) {
    switch (sessions.startup_type) {
    case INT2OID: return DatumGetInt16(value);
    case INT4OID: return DatumGetInt32(value);
    default: return DatumGetInt64(value);
    }
}

/** Nothing for a row whose instants were never filled in, as by a replica's or a bulk load's hand. */
std::optional<scheduled_session> session_in(const sessions_table& sessions, index_rows& rows) {
    const auto when = interval::make(DatumGetTimestampTz(rows.get(sessions.starts_at)),
                                     DatumGetTimestampTz(rows.get(sessions.ends_at)));
    if (!when)
        return std::nullopt;
    return scheduled_session{.session_id = DatumGetInt64(rows.get(sessions.session_id)),
                             .startup_id = startup_of(sessions, rows.get(sessions.startup_id)),
                             .local =
                                 at_midnight(DatumGetDateADT(rows.get(sessions.session_date))) +
                                 DatumGetTimeADT(rows.get(sessions.session_time)),
                             .when = *when};
}

} // namespace

std::optional<scheduled_session> find_session_at(const sessions_table& sessions,
                                                 const session_wish& wish, Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.mentor_type, wish.who.key},
        {2, BTEqualStrategyNumber, DATEOID, DateADTGetDatum(date_of(wish.local))},
        {3, BTEqualStrategyNumber, TIMEOID, TimeADTGetDatum(time_of(wish.local))}};
    index_rows rows = index_rows::open(sessions.table, sessions.by_slot, snapshot, conditions);
    std::optional<scheduled_session> found;
    if (rows.next())
        found = session_in(sessions, rows);
    rows.close();
    return found;
}

palloc_list<scheduled_session> find_sessions_around(const sessions_table& sessions,
                                                    const mentor& who, interval window,
                                                    Snapshot snapshot) {
    // A session lasts a day at most. One that was booked while the mentor lived in another zone
    // may stand at a local date that is two days off today's reading.
    const DateADT first = date_of(who.clock.local_of(window.starts_at())) - 3;
    const DateADT last = date_of(who.clock.local_of(window.ends_at())) + 2;
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.mentor_type, who.key},
        {2, BTGreaterEqualStrategyNumber, DATEOID, DateADTGetDatum(first)},
        {2, BTLessEqualStrategyNumber, DATEOID, DateADTGetDatum(last)}};
    palloc_list<scheduled_session> found;
    index_rows rows = index_rows::open(sessions.table, sessions.by_slot, snapshot, conditions);
    while (rows.next())
        if (const auto session = session_in(sessions, rows))
            found.add(*session);
    rows.close();
    return found;
}

} // namespace slotguard
