#include "extension/judgement.hpp"

#include "extension/session_row.hpp"

namespace slotguard {
namespace {

/** What stands beside the wish on the mentor's side. */
struct mentor_side {
    std::optional<scheduled_session> others; ///< another startup's session that shares time with it
    std::optional<scheduled_session> own;    ///< one of this startup
    bool lacks_room = false;                 ///< a buffer reaches into it
};

mentor_side look_at_mentor(const booking& call, Snapshot snapshot) {
    const session_wish& wish = call.wish;
    mentor_side found;
    for (const scheduled_session& session :
         find_sessions(call.sessions, whose::mentor, wish.who.key,
                       wish.who.around.kept_free_around(wish.when), snapshot)
             .all())
        if (!session.when.overlaps(wish.when))
            found.lacks_room = true;
        else
            (session.startup_id == wish.startup_id ? found.own : found.others) = session;
    return found;
}

/** A session of the startup's own is told of only where the caller may see it. */
refusal name_own(const booking& call, const scheduled_session& session) {
    if (!is_shown_to_caller(call.sessions, session.session_id))
        return {outcome::slot_taken};
    return {outcome::startup_busy};
}

/** The very session that is wished for, if this startup has it. */
std::optional<refusal> find_very_session(const booking& call, const mentor_side& mentor) {
    if (!mentor.own || mentor.own->when != call.wish.when ||
        !is_shown_to_caller(call.sessions, mentor.own->session_id))
        return std::nullopt;
    return refusal{.why = outcome::already_yours, .session_id = mentor.own->session_id};
}

/** Whether hours, time off and buffers leave room; a session in the way is named as such. */
bool is_available(const booking& call, const mentor_side& mentor, Snapshot snapshot) {
    if (mentor.lacks_room && !mentor.others && !mentor.own)
        return false;
    return is_offered(call.query(snapshot), call.wish.when.starts_at()) != offered::no;
}

/** What another session holds: the mentor's time, the date and time, or the startup's time. */
std::optional<refusal> find_rival(const booking& call, const mentor_side& mentor,
                                  Snapshot snapshot) {
    const session_wish& wish = call.wish;
    if (mentor.others)
        return refusal{outcome::slot_taken};
    if (mentor.own)
        return name_own(call, *mentor.own);
    // Where the mentor changed zone, a date and time may stand for another instant.
    if (const auto rival = find_session_at(call.sessions, wish.who.key, wish.local, snapshot))
        return rival->startup_id == wish.startup_id ? name_own(call, *rival)
                                                    : refusal{outcome::slot_taken};
    const auto own =
        find_sessions(call.sessions, whose::startup, startup_datum(call.sessions, wish.startup_id),
                      wish.when, snapshot);
    if (!own.empty())
        return name_own(call, own[0]);
    return std::nullopt;
}

} // namespace

std::optional<refusal> judge(const booking& call, Snapshot snapshot) {
    const mentor_side mentor = look_at_mentor(call, snapshot);
    if (const auto very_session = find_very_session(call, mentor))
        return very_session;
    const booking_window window =
        call.wish.who.bookable_at(call.now).judge(call.wish.when.starts_at());
    if (window != booking_window::inside)
        return refusal{.why = outcome::outside_booking_window, .window = window};
    if (!is_available(call, mentor, snapshot))
        return refusal{outcome::mentor_unavailable};
    return find_rival(call, mentor, snapshot);
}

} // namespace slotguard
