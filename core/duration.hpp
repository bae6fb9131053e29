// How long a session lasts: over zero, at most a day, in elapsed time.
#pragma once

#include <cstdint>
#include <optional>

#include "core/interval.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/**
 * The elapsed microseconds of an SQL interval, a day being 24 hours whatever the clock does.
 * Nothing where it holds months, whose length depends on the calendar, or overflows.
 */
constexpr std::optional<elapsed> elapsed_of(std::int32_t months, std::int32_t days,
                                            std::int64_t microseconds) noexcept {
    elapsed total = 0;
    if (months != 0 || __builtin_mul_overflow(elapsed{days}, one_day, &total) ||
        __builtin_add_overflow(total, microseconds, &total))
        return std::nullopt;
    return total;
}

/** A session's length: as elapsed_of, and nothing where it is not over zero and at most 24 hours. */
constexpr std::optional<elapsed> session_length(std::int32_t months, std::int32_t days,
                                                std::int64_t microseconds) noexcept {
    const std::optional<elapsed> total = elapsed_of(months, days, microseconds);
    if (!total || *total <= 0 || *total > one_day)
        return std::nullopt;
    return total;
}

} // namespace slotguard
