// The half-hours that a session touches. Two sessions that share an instant share one: that is what
// the guard's locks rest on. Longer steps would make neighbours wait for each other's commit, and
// shorter ones would take more locks.
#pragma once

#include <cstdint>

#include "core/interval.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

inline constexpr elapsed half_an_hour = one_hour / 2;

/** Half-hours counted from the epoch, negative before it; from `first` to `last`, both included. */
struct half_hour_span {
    std::int64_t first;
    std::int64_t last;
};

/** The half-hour that an instant lies in. */
constexpr std::int64_t half_hour_of(instant when) noexcept {
    return when / half_an_hour - (when % half_an_hour < 0 ? 1 : 0);
}

/** Half-open, so a session that ends on the half-hour does not touch the next one. */
constexpr half_hour_span half_hours_touched(interval when) noexcept {
    return {half_hour_of(when.starts_at()), half_hour_of(when.ends_at() - 1)};
}

} // namespace slotguard
