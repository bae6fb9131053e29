#include <utility>

#include "extension/taken_times.hpp"

#include "core/stretch.hpp"

#include "extension/session_row.hpp"

namespace slotguard {
namespace {

palloc_list<scheduled_session> earliest_first(palloc_list<scheduled_session> sessions) {
    std::reverse(sessions.all().begin(), sessions.all().end());
    return sessions;
}

void leave_out(std::optional<std::int64_t> session_id, palloc_list<scheduled_session>& sessions) {
    if (!session_id)
        return;
    const auto all = sessions.all();
    const auto is_it = [=](const auto& session) { return session.session_id == *session_id; };
    sessions.shorten(std::size_t(std::remove_if(all.begin(), all.end(), is_it) - all.begin()));
}

palloc_list<scheduled_session> by_local_time(const palloc_list<scheduled_session>& sessions) {
    palloc_list<scheduled_session> sorted;
    sorted.reserve(sessions.size());
    for (const scheduled_session& session : sessions.all())
        sorted.add(session);
    std::sort(sorted.all().begin(), sorted.all().end(),
              [](const auto& a, const auto& b) { return a.local < b.local; });
    return sorted;
}

/** How far a session's instant may lie from the one that its mentor's clock of now gives to its date
 *  and time. */
constexpr elapsed farthest_from_local_time = 2 * farthest_from_utc;

} // namespace

/** Whether one look, a little wider, costs less than one into each index. */
bool taken_times::reads_once() const { return starts_.length() > 4 * farthest_from_local_time; }

void taken_times::read_mentors() {
    if (mentors_)
        return;
    const interval window = query_.who.around.kept_free_around(whole_time());
    const elapsed beyond = reads_once() ? farthest_from_local_time : 0;
    mentors_ = earliest_first(find_sessions(query_.tables.sessions, whose::mentor, query_.who.key,
                                            window.widened(beyond, beyond), query_.snapshot));
    leave_out(query_.but_for, *mentors_);
}

std::span<const scheduled_session> taken_times::near(interval slot) & {
    read_mentors();
    return overlapping(std::as_const(*mentors_).all(), query_.who.around.kept_free_around(slot));
}

void taken_times::read_by_local_time() {
    if (by_local_time_)
        return;
    if (reads_once()) {
        read_mentors();
        by_local_time_ = by_local_time(*mentors_);
        return;
    }
    const mentor_clock& clock = query_.who.clock;
    // A clock that is changed between the two may show more than they span.
    const elapsed beyond = clock.is_steady(starts_) ? 0 : one_day;
    by_local_time_ = find_sessions_at(
        query_.tables.sessions, query_.who.key, clock.local_of(starts_.starts_at()) - beyond,
        clock.local_of(starts_.ends_at() - 1) + beyond, query_.snapshot);
    leave_out(query_.but_for, *by_local_time_);
}

const scheduled_session* taken_times::standing_at(local_time local) & {
    read_by_local_time();
    const auto all = std::as_const(*by_local_time_).all();
    const auto found = std::partition_point(
        all.begin(), all.end(), [local](const auto& session) { return session.local < local; });
    return found != all.end() && found->local == local ? &*found : nullptr;
}

const scheduled_session* taken_times::of_startup(std::int64_t startup_id, interval slot) & {
    if (!startups_) {
        startups_ = earliest_first(find_sessions(query_.tables.sessions, whose::startup,
                                                 startup_datum(query_.tables.sessions, startup_id),
                                                 whole_time(), query_.snapshot));
        leave_out(query_.but_for, *startups_);
    }
    const auto met = overlapping(std::as_const(*startups_).all(), slot);
    return met.empty() ? nullptr : &met.front();
}

std::optional<interval> taken_times::blocked_around(interval slot) {
    auto met = near(slot);
    if (met.empty())
        return std::nullopt;
    const elapsed gap = query_.who.around.gap();
    const instant first = met.front().when.starts_at() - gap - query_.length + 1;
    for (; !met.empty(); met = near(slot)) {
        const instant free_at = met.back().when.ends_at() + gap;
        // Sessions that overlap each other, written past the guard, may end in another order than they
        // start: then there is no way on.
        if (free_at <= slot.starts_at())
            break;
        slot = query_.slot_at(free_at);
    }
    return interval::make(first, slot.starts_at());
}

} // namespace slotguard
