// Reads sessions by the indexes of the guard, as the owner would see them.
#include "extension/session_lookup.hpp"

#include "extension/booking_keys.hpp"
#include "extension/index_rows.hpp"
#include "extension/session_row.hpp"

namespace slotguard {

std::optional<interval> time_of_row(const sessions_table& sessions, index_rows& rows) {
    return interval::make(DatumGetTimestampTz(rows.get(sessions.starts_at)),
                          DatumGetTimestampTz(rows.get(sessions.ends_at)));
}

index_rows open_rows(const sessions_table& sessions, Oid sessions_table::*index, Snapshot snapshot,
                     std::span<const index_condition> conditions) {
    for (;;) {
        if (const auto rows =
                index_rows::open(sessions.table, sessions.*index, snapshot, conditions))
            return *rows;
        look_again(sessions);
    }
}

namespace {

scheduled_session session_in(const sessions_table& sessions, index_rows& rows, interval when) {
    return {.session_id = DatumGetInt64(rows.get(sessions.session_id)),
            .startup_id = startup_number(sessions, rows.get(sessions.startup_id)),
            .local = local_time_of(DatumGetDateADT(rows.get(sessions.session_date)),
                                   DatumGetTimeADT(rows.get(sessions.session_time))),
            .when = when};
}

/** The sessions of one mentor or startup that begin between two instants, neither included. */
index_rows open_sessions(const sessions_table& sessions, whose side, Datum key, instant after,
                         instant before, Snapshot snapshot) {
    const bool is_mentor = side == whose::mentor;
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, is_mentor ? sessions.mentor_type : sessions.startup_type, key},
        {2, BTLessStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(before)},
        {2, BTGreaterStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(after)}};
    return open_rows(sessions, is_mentor ? &sessions_table::by_mentor : &sessions_table::by_startup,
                     snapshot, conditions);
}

/**
 * The sessions of one mentor or startup that begin before a window's end and late enough to reach
 * into it, the latest first. PostgreSQL reads all of a page that a search asks for, and a full
 * calendar has 48 half-hours in a day where the first is mostly the only one wanted: there, for a
 * window that is no longer than a session, it asks for those nearby, and for the rest of the day if
 * need be.
 */
class sessions_backwards {
  public:
    sessions_backwards(const sessions_table& sessions, whose side, Datum key, interval window,
                       Snapshot snapshot)
        : sessions_{sessions}, side_{side}, key_{key}, snapshot_{snapshot},
          earliest_{window.starts_at() - one_day}, nearby_{window.starts_at() - 2 * one_hour},
          is_short_{window.length() <= one_hour}, has_more_{is_short_ && is_full()},
          rows_{open(has_more_ ? nearby_ : earliest_, window.ends_at())} {}

    /** The time of the next one but the row at `self`: which may be invalid, for none. */
    std::optional<interval> next(const ItemPointerData& self) {
        for (;;) {
            while (rows_.previous_but(self))
                if (const auto when = time_of_row(sessions_, rows_)) {
                    if (is_short_)
                        is_full() = when->starts_at() > nearby_;
                    return when;
                }
            if (!has_more_)
                return std::nullopt;
            is_full() = has_more_ = false;
            rows_.close();
            rows_ = open(earliest_, nearby_ + 1);
        }
    }
    index_rows& rows() & { return rows_; }
    void close() { rows_.close(); }

  private:
    /** Whether the last search of this side found one nearby: a guess at how the next one will do,
     *  which decides nothing else. */
    bool& is_full() const& {
        static bool mentors = false, startups = false;
        return side_ == whose::mentor ? mentors : startups;
    }

    index_rows open(instant after, instant before) const {
        return open_sessions(sessions_, side_, key_, after, before, snapshot_);
    }

    const sessions_table& sessions_;
    whose side_;
    Datum key_;
    Snapshot snapshot_;
    instant earliest_;
    instant nearby_;
    bool is_short_;
    bool has_more_;
    index_rows rows_;
};

} // namespace

palloc_list<scheduled_session> find_sessions(const sessions_table& sessions, whose side, Datum key,
                                             interval window, Snapshot snapshot) {
    ItemPointerData none;
    ItemPointerSetInvalid(&none);
    palloc_list<scheduled_session> found;
    sessions_backwards search{sessions, side, key, window, snapshot};
    // They are apart from each other, so whatever begins before one has ended by its start.
    for (instant reach = window.ends_at(); reach > window.starts_at();) {
        const auto when = search.next(none);
        if (!when)
            break;
        if (when->overlaps(window))
            found.add(session_in(sessions, search.rows(), *when));
        reach = std::min(reach, when->starts_at());
    }
    search.close();
    return found;
}

std::optional<interval> find_other_session(const sessions_table& sessions, whose side, Datum key,
                                           interval window, const ItemPointerData& self,
                                           Snapshot snapshot) {
    sessions_backwards search{sessions, side, key, window, snapshot};
    const auto found = search.next(self);
    search.close();
    return found && found->overlaps(window) ? found : std::nullopt;
}

std::optional<interval> find_overlap_near(const sessions_table& sessions, whose side, Datum key,
                                          interval around, elapsed gap, Snapshot snapshot) {
    std::optional<interval> longest; // the one that lasts longest of those that began so far
    bool longest_is_own = false;
    std::optional<interval> found;
    index_rows rows = open_sessions(sessions, side, key, around.starts_at() - one_day - gap,
                                    around.ends_at() + one_day + gap, snapshot);
    while (!found && rows.next()) {
        const auto when = time_of_row(sessions, rows);
        if (!when)
            continue;
        const bool is_own = rows.is_own();
        const elapsed apart = is_own || longest_is_own ? gap : 0;
        if (longest && longest->widened(0, apart).overlaps(*when))
            found = *longest;
        if (!longest || when->ends_at() > longest->ends_at()) {
            longest = when;
            longest_is_own = is_own;
        }
    }
    rows.close();
    return found;
}

palloc_list<instant> find_counted_starts(const sessions_table& sessions, Datum mentor_key,
                                         interval window, std::optional<std::int64_t> but_for,
                                         Snapshot snapshot) {
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.mentor_type, mentor_key},
        {2, BTLessStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(window.ends_at())},
        {2, BTGreaterEqualStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(window.starts_at())}};
    palloc_list<instant> found;
    for (auto index : {&sessions_table::by_mentor, &sessions_table::done_by_mentor}) {
        index_rows rows = open_rows(sessions, index, snapshot, conditions);
        while (rows.next())
            if (!but_for || DatumGetInt64(rows.get(sessions.session_id)) != *but_for)
                found.add(DatumGetTimestampTz(rows.get(sessions.starts_at)));
        rows.close();
    }
    return found;
}

bool has_open_sessions(const sessions_table& sessions, Datum mentor_key, std::int64_t startup_id,
                       std::int32_t how_many, instant now, Snapshot snapshot) {
    // A session lasts a day at most.
    const index_condition conditions[] = {
        {1, BTEqualStrategyNumber, sessions.startup_type, startup_datum(sessions, startup_id)},
        {2, BTGreaterStrategyNumber, TIMESTAMPTZOID, TimestampTzGetDatum(now - one_day)}};
    index_rows rows = open_rows(sessions, &sessions_table::by_startup, snapshot, conditions);
    std::int32_t count = 0;
    while (count < how_many && rows.next()) {
        const auto when = time_of_row(sessions, rows);
        count += when && when->ends_at() > now &&
                 is_same_mentor(sessions, rows.get(sessions.mentor_id), mentor_key);
    }
    rows.close();
    return count >= how_many;
}

palloc_list<scheduled_session> find_sessions_at(const sessions_table& sessions, Datum mentor_key,
                                                local_time first, local_time last,
                                                Snapshot snapshot) {
    const Oid key_type = sessions.mentor_type;
    const Datum first_date = DateADTGetDatum(date_of(first));
    const index_condition on_a_day[] = {
        {1, BTEqualStrategyNumber, key_type, mentor_key},
        {2, BTEqualStrategyNumber, DATEOID, first_date},
        {3, BTGreaterEqualStrategyNumber, TIMEOID, TimeADTGetDatum(time_of(first))},
        {3, BTLessEqualStrategyNumber, TIMEOID, TimeADTGetDatum(time_of(last))}};
    const index_condition on_days[] = {
        {1, BTEqualStrategyNumber, key_type, mentor_key},
        {2, BTGreaterEqualStrategyNumber, DATEOID, first_date},
        {2, BTLessEqualStrategyNumber, DATEOID, DateADTGetDatum(date_of(last))}};
    const bool is_a_day = date_of(first) == date_of(last);
    palloc_list<scheduled_session> found;
    index_rows rows = open_rows(sessions, &sessions_table::by_slot, snapshot,
                                is_a_day ? std::span<const index_condition>{on_a_day}
                                         : std::span<const index_condition>{on_days});
    while (rows.next())
        if (const auto when = time_of_row(sessions, rows))
            found.add(session_in(sessions, rows, *when));
    rows.close();
    return found;
}

} // namespace slotguard
