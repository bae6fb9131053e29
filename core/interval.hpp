// A half-open stretch of time, [starts_at, ends_at), in microseconds of one clock.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "core/pure_cpp.hpp"

namespace slotguard {

/** Microseconds since an epoch of the caller's choice (PostgreSQL's in the extension). */
using instant = std::int64_t;
/** Elapsed microseconds. */
using elapsed = std::int64_t;

inline constexpr elapsed one_minute = 60'000'000;
inline constexpr elapsed one_hour = 60 * one_minute;
inline constexpr elapsed one_day = 24 * one_hour;

class interval {
  public:
    /** Nothing where the end is not after the start: an empty or negative interval can't be built. */
    static constexpr std::optional<interval> make(instant starts_at, instant ends_at) noexcept {
        if (ends_at <= starts_at)
            return std::nullopt;
        return interval{starts_at, ends_at};
    }

    constexpr instant starts_at() const noexcept { return starts_at_; }
    constexpr instant ends_at() const noexcept { return ends_at_; }
    constexpr elapsed length() const noexcept { return ends_at_ - starts_at_; }

    /** Whether both share an instant; intervals that touch do not. */
    constexpr bool overlaps(interval other) const noexcept {
        return starts_at_ < other.ends_at_ && other.starts_at_ < ends_at_;
    }
    /** Whether both share an instant or touch: such hours are one stretch. */
    constexpr bool joins(interval other) const noexcept {
        return starts_at_ <= other.ends_at_ && other.starts_at_ <= ends_at_;
    }
    constexpr bool contains(interval other) const noexcept {
        return starts_at_ <= other.starts_at_ && other.ends_at_ <= ends_at_;
    }

    /** This and the time before and after it: neither is negative. */
    constexpr interval widened(elapsed before, elapsed after) const noexcept {
        return interval{starts_at_ - before, ends_at_ + after};
    }

    friend constexpr bool operator==(interval, interval) noexcept = default;

  private:
    constexpr interval(instant starts_at, instant ends_at) noexcept
        : starts_at_{starts_at}, ends_at_{ends_at} {}

    instant starts_at_;
    instant ends_at_;
};
static_assert(std::is_trivially_destructible_v<interval>);
static_assert(std::is_trivially_copyable_v<interval>);

} // namespace slotguard
