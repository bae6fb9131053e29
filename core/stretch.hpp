// A mentor's hours as stretches, and the grid of starts in each (rule 1 of the reference).
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

#include "core/interval.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/**
 * Sorts `hours` and joins those that touch or overlap, in place.
 * Returns how many stretches are left at its front; they are sorted and apart from each other.
 */
constexpr std::size_t join_hours(std::span<interval> hours) noexcept {
    if (hours.empty())
        return 0;
    std::sort(hours.begin(), hours.end(),
              [](interval a, interval b) { return a.starts_at() < b.starts_at(); });
    std::size_t last = 0;
    for (interval next : hours.subspan(1)) {
        if (hours[last].joins(next))
            hours[last] = *interval::make(hours[last].starts_at(),
                                          std::max(hours[last].ends_at(), next.ends_at()));
        else
            hours[++last] = next;
    }
    return last + 1;
}

/** The first grid start of `stretch` at or after `from`; steps count from the stretch's start. */
constexpr instant first_start(interval stretch, elapsed step, instant from) noexcept {
    if (from <= stretch.starts_at())
        return stretch.starts_at();
    // Unsigned: between the ends of PostgreSQL's calendar lies more than an int64 holds.
    const std::uint64_t width = std::uint64_t(step);
    const std::uint64_t past = std::uint64_t(from) - std::uint64_t(stretch.starts_at());
    return instant(std::uint64_t(stretch.starts_at()) + (past + width - 1) / width * width);
}

/** Whether `slot` shares an instant with one of `others`, which are in no order. */
constexpr bool overlaps_any(interval slot, std::span<const interval> others) noexcept {
    return std::any_of(others.begin(), others.end(),
                       [slot](interval other) { return slot.overlaps(other); });
}

} // namespace slotguard
