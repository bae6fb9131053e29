// How many sessions a mentor takes in a day and in a week, and whether that many are there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/civil_date.hpp"
#include "core/message.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** Dates from `first` to `last`, both included. */
struct day_span {
    day_number first;
    day_number last;
};

/** The week of ISO 8601 that a date lies in: Monday to Sunday. */
constexpr day_span week_of(day_number day) noexcept {
    constexpr day_number a_monday = 2; // 2000-01-03
    const day_number since = (day - a_monday) % 7;
    const day_number monday = day - (since < 0 ? since + 7 : since);
    return {monday, monday + 6};
}

/** What a mentor has set; nothing: no limit. */
struct session_limits {
    std::optional<std::int32_t> per_day;
    std::optional<std::int32_t> per_week;
    std::optional<std::int32_t> per_startup = std::nullopt; ///< open ones of one startup
    std::optional<std::int32_t> holds = std::nullopt;       ///< live ones, of all startups

    /** Whether a day or a week can be full. */
    constexpr bool bind() const noexcept { return per_day || per_week; }

    friend constexpr bool operator==(session_limits, session_limits) noexcept = default;
};

/** How many of these dates, which are sorted, lie in `span`. */
constexpr std::int64_t count_in(std::span<const day_number> sorted, day_span span) noexcept {
    return std::upper_bound(sorted.begin(), sorted.end(), span.last) -
           std::lower_bound(sorted.begin(), sorted.end(), span.first);
}

/** The limit that leaves no room for one more session on `day`, beside those on the dates `sorted`;
 *  the day's is told first. */
constexpr std::optional<session_limit>
reached_limit(session_limits limits, std::span<const day_number> sorted, day_number day) noexcept {
    if (limits.per_day && count_in(sorted, {day, day}) >= *limits.per_day)
        return session_limit::per_day;
    if (limits.per_week && count_in(sorted, week_of(day)) >= *limits.per_week)
        return session_limit::per_week;
    return std::nullopt;
}

} // namespace slotguard
