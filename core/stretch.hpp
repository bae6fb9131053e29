// A mentor's hours as stretches, what stands in them, and the grid of starts in each (rule 1 of the
// reference).
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

/** A list of times may hold more than their intervals: it says by this name where those are. */
constexpr interval interval_of(interval time) noexcept { return time; }

/**
 * The first of `times` that ends after `when`, so the first that can share time with what begins
 * then. They are sorted and apart from each other, as join_hours() leaves them.
 */
template <typename Time>
constexpr auto first_that_ends_after(std::span<const Time> times, instant when) noexcept {
    return std::partition_point(times.begin(), times.end(), [when](const Time& time) {
        return interval_of(time).ends_at() <= when;
    });
}

/** Those of `times`, sorted and apart from each other, that share an instant with `window`. */
template <typename Time>
constexpr std::span<const Time> overlapping(std::span<const Time> times, interval window) noexcept {
    const auto first = first_that_ends_after(times, window.starts_at());
    auto last = first;
    while (last != times.end() && interval_of(*last).starts_at() < window.ends_at())
        ++last;
    return {first, last};
}

/** The starts that a mentor offers in one stretch: in steps from its start, each with room for a
 *  session of `length` before its end. */
struct grid {
    interval stretch;
    elapsed step;
    elapsed length;

    /** The first start at or after `from`. */
    constexpr std::optional<instant> first_start(instant from) const noexcept {
        // Unsigned: between the ends of PostgreSQL's calendar lies more than an int64 holds.
        const std::uint64_t width = std::uint64_t(step);
        const std::uint64_t past = from <= stretch.starts_at()
                                       ? 0
                                       : std::uint64_t(from) - std::uint64_t(stretch.starts_at());
        const std::uint64_t steps = past / width + (past % width != 0);
        const std::uint64_t room =
            std::uint64_t(stretch.ends_at()) - std::uint64_t(stretch.starts_at());
        if (std::uint64_t(length) > room || steps > (room - std::uint64_t(length)) / width)
            return std::nullopt;
        return instant(std::uint64_t(stretch.starts_at()) + steps * width);
    }
    constexpr bool has(instant start) const noexcept { return first_start(start) == start; }
};

} // namespace slotguard
