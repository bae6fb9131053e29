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

} // namespace

std::span<const scheduled_session> taken_times::near(interval slot) {
    if (!mentors_)
        mentors_ = earliest_first(find_sessions(query_.sessions, whose::mentor, query_.who.key,
                                                query_.who.around.kept_free_around(whole_time()),
                                                query_.snapshot));
    return overlapping(std::as_const(*mentors_).all(), query_.who.around.kept_free_around(slot));
}

const scheduled_session* taken_times::standing_at(local_time local) {
    if (!by_local_time_) {
        const mentor_clock& clock = query_.who.clock;
        // A clock that is changed between the two may show more than they span.
        const elapsed beyond = clock.is_steady(starts_) ? 0 : one_day;
        by_local_time_ = find_sessions_at(
            query_.sessions, query_.who.key, clock.local_of(starts_.starts_at()) - beyond,
            clock.local_of(starts_.ends_at() - 1) + beyond, query_.snapshot);
    }
    const auto all = std::as_const(*by_local_time_).all();
    const auto found = std::partition_point(
        all.begin(), all.end(), [local](const auto& session) { return session.local < local; });
    return found != all.end() && found->local == local ? &*found : nullptr;
}

const scheduled_session* taken_times::of_startup(std::int64_t startup_id, interval slot) {
    if (!startups_)
        startups_ = earliest_first(find_sessions(query_.sessions, whose::startup,
                                                 startup_datum(query_.sessions, startup_id),
                                                 whole_time(), query_.snapshot));
    const auto met = overlapping(std::as_const(*startups_).all(), slot);
    return met.empty() ? nullptr : &met.front();
}

instant taken_times::free_from(interval slot) {
    const elapsed gap = query_.who.around.gap();
    for (auto met = near(slot); !met.empty(); met = near(slot))
        slot = query_.slot_at(met.back().when.ends_at() + gap);
    return slot.starts_at();
}

} // namespace slotguard
