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

/** Sorts `starts` so that those nearest to `wish` come first, the earlier of two that are as near, and
 *  returns as many of them as there are, `how_many` at most. */
constexpr std::span<const instant> nearest_first(std::span<instant> starts, instant wish,
                                                 std::size_t how_many) noexcept {
    const std::size_t count = std::min(starts.size(), how_many);
    std::partial_sort(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(count),
                      starts.end(), [wish](instant a, instant b) {
                          const elapsed to_a = distance(a, wish), to_b = distance(b, wish);
                          return to_a != to_b ? to_a < to_b : a < b;
                      });
    return starts.first(count);
}

} // namespace slotguard
