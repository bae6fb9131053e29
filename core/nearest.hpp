// The alternatives that a refused visitor is offered: the free starts nearest to the wish.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "core/interval.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** How many alternatives a refusal names at most. */
inline constexpr std::size_t most_alternatives = 5;

constexpr elapsed distance(instant a, instant b) noexcept { return a < b ? b - a : a - b; }

/**
 * Moves the `most_alternatives` slots nearest to `wish` to the front, nearest first, the earlier of
 * two that are as near; returns how many there are.
 */
template <typename Slot>
constexpr std::size_t nearest_first(std::span<Slot> slots, instant wish) noexcept {
    const std::size_t count = std::min(slots.size(), most_alternatives);
    std::partial_sort(slots.begin(), slots.begin() + static_cast<std::ptrdiff_t>(count),
                      slots.end(), [wish](const Slot& a, const Slot& b) {
                          const elapsed to_a = distance(a.starts_at, wish);
                          const elapsed to_b = distance(b.starts_at, wish);
                          return to_a != to_b ? to_a < to_b : a.starts_at < b.starts_at;
                      });
    return count;
}

} // namespace slotguard
