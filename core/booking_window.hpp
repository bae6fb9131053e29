// Whether a start can still, and can already, be booked: notice and horizon.
#pragma once

#include "core/interval.hpp"
#include "core/message.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** The starts that can be booked at one moment: from `earliest` to `latest`, both included. */
struct bookable_range {
    instant earliest; ///< now and the mentor's minimum_notice
    instant latest;   ///< now and the mentor's booking_horizon

    constexpr booking_window judge(instant starts_at) const noexcept {
        if (starts_at < earliest)
            return booking_window::too_late;
        return starts_at > latest ? booking_window::too_early : booking_window::inside;
    }
};

} // namespace slotguard
