// Reads sessions by the indexes of the guard, as the owner would see them.
#include "extension/session_lookup.hpp"

#include "extension/index_rows.hpp"
#include "extension/session_row.hpp"

namespace slotguard {
namespace {

/** Nothing for a row whose instants were never filled in, as by a replica's or a bulk load's hand. */
std::optional<scheduled_session> session_in(const sessions_table& sessions, index_rows& rows) {
    const auto when = interval::make(DatumGetTimestampTz(rows.get(sessions.starts_at)),
                                     DatumGetTimestampTz(rows.get(sessions.ends_at)));
    if (!when)
        return std::nullopt;
    return scheduled_session{.session_id = DatumGetInt64(rows.get(sessions.session_id)),
                             .startup_id = startup_number(sessions, rows.get(sessions.startup_id)),
                             .local =
                                 local_time_of(DatumGetDateADT(rows.get(sessions.session_date)),
                                               DatumGetTimeADT(rows.get(sessions.session_time))),
                             .when = *when,
                             .place = rows.place()};
}

/** Asked at every use: an index that is not valid may lack rows. */
index_rows open_rows(const sessions_table& sessions, Oid sessions_table::*index, Snapshot snapshot,
                     std::span<const index_condition> conditions) {
    for (;;) {
        if (const auto rows =
                index_rows::try_open(sessions.table, sessions.*index, snapshot, conditions))
            return *rows;
        look_again(sessions);
    }
}

palloc_list<scheduled_session> find_overlapping(const sessions_table& sessions,
                                                Oid sessions_table::*index, Oid key_type, Datum key,
                                                interval window, Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, key_type, key},
        {2, BTLessStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(window.ends_at())},
        {2, BTGreaterStrategyNumber, TIMESTAMPTZOID,
         TimestampTzGetDatum(window.starts_at() - one_day)}};
    palloc_list<scheduled_session> found;
    index_rows rows = open_rows(sessions, index, snapshot, conditions);
    while (rows.next(BackwardScanDirection)) {
        const auto session = session_in(sessions, rows);
        if (!session)
            continue;
        // They are apart from each other, so whatever begins before this one has ended by then.
        if (session->when.ends_at() <= window.starts_at())
            break;
        found.add(*session);
    }
    rows.close();
    return found;
}

} // namespace

palloc_list<scheduled_session> find_sessions_of_mentor(const sessions_table& sessions,
                                                       Datum mentor_key, interval window,
                                                       Snapshot snapshot) {
    return find_overlapping(sessions, &sessions_table::by_mentor, sessions.mentor_type, mentor_key,
                            window, snapshot);
}

palloc_list<scheduled_session> find_sessions_of_startup(const sessions_table& sessions,
                                                        std::int64_t startup_id, interval window,
                                                        Snapshot snapshot) {
    return find_overlapping(sessions, &sessions_table::by_startup, sessions.startup_type,
                            startup_datum(sessions, startup_id), window, snapshot);
}

std::optional<scheduled_session> find_session_at(const sessions_table& sessions, Datum mentor_key,
                                                 local_time local, Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.mentor_type, mentor_key},
        {2, BTEqualStrategyNumber, DATEOID, DateADTGetDatum(date_of(local))},
        {3, BTEqualStrategyNumber, TIMEOID, TimeADTGetDatum(time_of(local))}};
    index_rows rows = open_rows(sessions, &sessions_table::by_slot, snapshot, conditions);
    std::optional<scheduled_session> found;
    if (rows.next())
        found = session_in(sessions, rows);
    rows.close();
    return found;
}

palloc_list<local_time> find_local_times(const sessions_table& sessions, Datum mentor_key,
                                         DateADT first, DateADT last, Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.mentor_type, mentor_key},
        {2, BTGreaterEqualStrategyNumber, DATEOID, DateADTGetDatum(first)},
        {2, BTLessEqualStrategyNumber, DATEOID, DateADTGetDatum(last)}};
    palloc_list<local_time> found;
    index_rows rows = open_rows(sessions, &sessions_table::by_slot, snapshot, conditions);
    while (rows.next())
        found.add(local_time_of(DatumGetDateADT(rows.get(sessions.session_date)),
                                DatumGetTimeADT(rows.get(sessions.session_time))));
    rows.close();
    return found;
}

} // namespace slotguard
