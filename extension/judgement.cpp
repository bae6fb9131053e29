#include "extension/judgement.hpp"

#include "extension/session_store.hpp"

namespace slotguard {

slot_judge::slot_judge(const slot_query& query, interval starts, std::optional<wisher> wisher)
    : query_{query}, starts_{starts}, wisher_{wisher},
      offered_{recall_mentor_from(query.tables.mentors, query.who.key, starts.starts_at()),
               query.length, starts},
      taken_{query, starts}, held_{query, starts,
                                   wisher ? std::optional{wisher->startup_id} : std::nullopt} {}

std::optional<refusal> slot_judge::of_wish(instant start, local_time local) {
    // Anybody may ask for any time, and hours far away are long to follow: so the window comes first.
    const bool is_near = query_.bookable.judge(start) == booking_window::inside;
    return of(start, local, is_near && (!offered_.are_set() || offered_.has(start)));
}

std::optional<refusal> slot_judge::of_offered(instant start, local_time local) {
    return of(start, local, true);
}

/** Whether the mentor offers it is told beforehand: what a policy runs to show a session to the caller
 *  may make this backend forget the mentor. */
std::optional<refusal> slot_judge::of(instant start, local_time local, bool is_offered) {
    const interval slot = query_.slot_at(start);
    const rivals found = rivals_of(slot);
    if (found.own && found.own->when == slot && is_shown(*found.own))
        return refusal{.why = outcome::already_yours, .session_id = found.own->session_id};
    if (const booking_window window = query_.bookable.judge(start);
        window != booking_window::inside)
        return refusal{.why = outcome::outside_booking_window, .window = window};
    if (!is_offered)
        return refusal{outcome::mentor_unavailable};
    // A buffer is the reason only where no session is: one may hold the date and time, too.
    if (found.only_too_near && !taken_.standing_at(local))
        return refusal{.why = outcome::mentor_unavailable, .only_too_near = true};
    if (const auto rival = session_against(local, found))
        return rival;
    if (const auto rival = hold_or_session_against(slot))
        return rival;
    return limit_on(start);
}

/** A session of the mentor's, or the one that stands at that date and time. */
std::optional<refusal> slot_judge::session_against(local_time local, const rivals& found) {
    if (found.others)
        return refusal{outcome::slot_taken};
    const auto* standing = taken_.standing_at(local);
    if (standing && !is_own(*standing))
        return refusal{outcome::slot_taken};
    if (found.own || standing)
        return name(found.own ? *found.own : *standing);
    return std::nullopt;
}

/** Where no session of the mentor's is in the way: somebody's hold, or the startup itself, elsewhere. */
std::optional<refusal> slot_judge::hold_or_session_against(interval slot) {
    const held_times::rivals holders = held_.against(slot);
    if (holders.only_too_near)
        return refusal{.why = outcome::mentor_unavailable, .only_too_near = true};
    if (wisher_)
        if (const auto* rival = taken_.of_startup(wisher_->startup_id, slot))
            return name(*rival);
    if (holders.expire_at)
        return refusal{.why = outcome::slot_held, .expires_at = holders.expire_at};
    return std::nullopt;
}

/** The mentor's day or week, where it is full, or the startup, where it has as many as it may. */
std::optional<refusal> slot_judge::limit_on(instant start) {
    if (const auto full = full_day_or_week(start))
        return full;
    if (has_too_many())
        return refusal{.why = outcome::limit_reached, .limit = session_limit::per_startup};
    return std::nullopt;
}

/** A session that is moved is one that the startup has already. */
bool slot_judge::has_too_many() {
    const auto& most = query_.who.limits.per_startup;
    if (!most || !wisher_ || query_.but_for)
        return false;
    if (!has_too_many_)
        has_too_many_ = has_open_sessions(query_.tables.sessions, query_.who.key,
                                          wisher_->startup_id, *most, query_.now, query_.snapshot);
    return *has_too_many_;
}

std::optional<refusal> slot_judge::full_day_or_week(instant start) {
    const mentor& who = query_.who;
    if (!who.limits.bind())
        return std::nullopt;
    if (!counted_)
        counted_ = counted_sessions::find(
            query_, starts_, wisher_ ? std::optional{wisher_->startup_id} : std::nullopt);
    const auto limit = counted_->limit_reached_on(who.day_of(start));
    if (!limit)
        return std::nullopt;
    return refusal{.why = outcome::limit_reached, .limit = *limit};
}

slot_judge::rivals slot_judge::rivals_of(interval slot) {
    rivals found;
    const auto near = taken_.near(slot);
    for (const scheduled_session& session : near)
        if (session.when.overlaps(slot))
            (is_own(session) ? found.own : found.others) = &session;
    found.only_too_near = found.none() && !near.empty();
    return found;
}

bool slot_judge::is_own(const scheduled_session& session) const {
    return wisher_ && wisher_->startup_id == session.startup_id;
}

bool slot_judge::is_shown(const scheduled_session& session) const {
    return !wisher_->minds_policies ||
           is_shown_to_caller(query_.tables.sessions, session.session_id);
}

/** A session of the startup's own is told of only where the caller may see it. */
refusal slot_judge::name(const scheduled_session& rival) const {
    return {is_own(rival) && is_shown(rival) ? outcome::startup_busy : outcome::slot_taken};
}

interval slot_judge::hopeless_around(instant start, const refusal& refused) {
    const interval alone = *interval::make(start, start + 1);
    if (refused.why == outcome::outside_booking_window)
        return alone;
    if (refused.why == outcome::limit_reached && !leaves_other_times(refused.limit))
        return starts_;
    if (refused.why == outcome::limit_reached)
        return full_time_around(start, refused.limit).value_or(alone);
    return taken_.blocked_around(query_.slot_at(start)).value_or(alone);
}

/** The day or week of `start`; nothing where the clock is changed meanwhile. */
std::optional<interval> slot_judge::full_time_around(instant start, session_limit limit) const {
    const day_number day = query_.who.day_of(start);
    const auto [first, last] = limit == session_limit::per_week ? week_of(day) : day_span{day, day};
    const mentor_clock& clock = query_.who.clock;
    const auto full = interval::make(clock.reading_of(at_midnight(first)),
                                     clock.reading_of(at_midnight(last + 1)));
    return full && clock.is_steady(*full) ? full : std::nullopt;
}

slot_state state_of(const std::optional<refusal>& refused) {
    if (!refused)
        return slot_state::available;
    if (refused->why == outcome::slot_held)
        return slot_state::held;
    const bool is_booked = refused->why == outcome::slot_taken ||
                           refused->why == outcome::startup_busy ||
                           refused->why == outcome::already_yours;
    return is_booked ? slot_state::booked : slot_state::closed;
}

} // namespace slotguard
