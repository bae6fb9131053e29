// What the journal says of a change: one word an event, in the column `event` of booking_events.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class booking_event {
    booked,        ///< a session is scheduled, or scheduled again
    cancelled,     ///< a session is called off
    rescheduled,   ///< a session is at another time, with another mentor or of another startup
    completed,     ///< a session took place
    no_show,       ///< nobody came
    deleted,       ///< a session's row is gone
    held,          ///< somebody is filling in the form for a slot
    released,      ///< and is not any more
    hours_changed, ///< a mentor's settings, hours or overrides are others
    truncated,     ///< all sessions' rows are gone
    resumed,       ///< what was written before, and not in the journal, nobody can tell
};

/** Every event, in the order of the enum. */
inline constexpr std::array all_booking_events{
    booking_event::booked,    booking_event::cancelled, booking_event::rescheduled,
    booking_event::completed, booking_event::no_show,   booking_event::deleted,
    booking_event::held,      booking_event::released,  booking_event::hours_changed,
    booking_event::truncated, booking_event::resumed,
};

/** The word that readers see in the column `event`. */
constexpr std::string_view word(booking_event what) noexcept {
    switch (what) {
    case booking_event::booked: return "booked";
    case booking_event::cancelled: return "cancelled";
    case booking_event::rescheduled: return "rescheduled";
    case booking_event::completed: return "completed";
    case booking_event::no_show: return "no_show";
    case booking_event::deleted: return "deleted";
    case booking_event::held: return "held";
    case booking_event::released: return "released";
    case booking_event::hours_changed: return "hours_changed";
    case booking_event::truncated: return "truncated";
    case booking_event::resumed: return "resumed";
    }
    return {};
}

/** What it is called that a session comes to be of this status; nothing for an unknown one. */
constexpr std::optional<booking_event> event_of_status(std::string_view status) noexcept {
    if (status == "scheduled")
        return booking_event::booked;
    for (booking_event what :
         {booking_event::cancelled, booking_event::completed, booking_event::no_show})
        if (word(what) == status)
            return what;
    return std::nullopt;
}

} // namespace slotguard
