// Whether a session can be booked, by all rules, in the order in which a refusal names them. The call,
// the list and the alternatives all ask here.
#pragma once

#include <cstdint>
#include <optional>

#include "core/outcome.hpp"
#include "core/slot_state.hpp"

#include "extension/counted_sessions.hpp"
#include "extension/held_times.hpp"
#include "extension/offered_times.hpp"
#include "extension/slot_query.hpp"
#include "extension/taken_times.hpp"

namespace slotguard {

/** Why a session can't be booked. */
struct refusal {
    outcome why;
    booking_window window = booking_window::too_late;
    session_limit limit = session_limit::per_day; ///< for limit_reached
    bool only_too_near = false; ///< for mentor_unavailable: a buffer alone stands against it
    std::optional<std::int64_t> session_id = std::nullopt; ///< for already_yours
    std::optional<instant> expires_at = std::nullopt;      ///< for slot_held
};

/** Who wishes to book. A list is made for nobody: whatever stands in the way is another's then. */
struct wisher {
    std::int64_t startup_id;
    /** Whether only those of its sessions are named that row-level policies show to the caller. */
    bool minds_policies;
};

/** Judges the sessions of one mentor that start within one stretch of time. */
class slot_judge {
  public:
    slot_judge(const slot_query& query, interval starts, std::optional<wisher> wisher);

    /** What stands against a session from that start on; nothing where it can be booked. */
    std::optional<refusal> of_wish(instant start, local_time local);
    /** The same for a start that is one of offered(). */
    std::optional<refusal> of_offered(instant start, local_time local);

    const offered_times& offered() const& { return offered_; }
    /** After a refusal: whatever begins within this time, as `start` does, is refused too. */
    interval hopeless_around(instant start, const refusal& refused);
    /** The holds of who wishes to book that share time with a slot: a booking uses them up. */
    palloc_list<slot_hold> own_holds(instant start) { return held_.own(query_.slot_at(start)); }
    std::span<const slot_hold> expired_holds() & { return held_.expired(); }

  private:
    /** The mentor's sessions that share time with a wish. */
    struct rivals {
        const scheduled_session* others = nullptr;
        const scheduled_session* own = nullptr;
        bool only_too_near = false; ///< none of them, but one that leaves too little room

        bool none() const { return !others && !own; }
    };
    std::optional<refusal> of(instant start, local_time local, bool is_offered);
    rivals rivals_of(interval slot);
    std::optional<refusal> session_against(local_time local, const rivals& found);
    std::optional<refusal> hold_or_session_against(interval slot);
    std::optional<refusal> limit_on(instant start);
    std::optional<refusal> full_day_or_week(instant start);
    bool has_too_many();
    std::optional<interval> full_time_around(instant start, session_limit limit) const;
    bool is_own(const scheduled_session& session) const;
    bool is_shown(const scheduled_session& session) const;
    refusal name(const scheduled_session& rival) const;

    const slot_query& query_;
    interval starts_;
    std::optional<wisher> wisher_;
    offered_times offered_;
    taken_times taken_;
    held_times held_;
    std::optional<counted_sessions> counted_; ///< once it has been asked for
    std::optional<bool> has_too_many_;        ///< likewise: whether the startup's limit is reached
};

/** What the list says of a start. */
slot_state state_of(const std::optional<refusal>& refused);

} // namespace slotguard
