// The days of a recurrence rule (RFC 5545, 3.3.10), period by period. A period is what FREQ names: a
// day, a week from WKST on, a month or a year. Its days depend on no other period, so any of them
// can be asked for at once, however long ago the rule began.
//
// libical 3.0.16 reads the rules, but its iterator does not follow them: it knows no BYSETPOS for
// days and weeks, no days from the month's end for FREQ=DAILY, counts a day that is named twice
// twice, ends in 2582, and may look for the next day for ever without looking up.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "core/civil_date.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class frequency { daily, weekly, monthly, yearly };

/** Places counted from either end, as BYMONTHDAY, BYSETPOS and the numbers of BYDAY do: -1 is the last. */
class place_set {
  public:
    static constexpr int furthest = 366;

    /** `place` is from 1 to `furthest`, or negative. */
    constexpr void add(int place) noexcept {
        const int index = (place < 0 ? -place : place) - 1;
        (place < 0 ? from_end_ : from_start_)[index / 64] |= bit(index);
        is_empty_ = false;
    }
    constexpr bool empty() const noexcept { return is_empty_; }
    /** Whether the place `nth` of so many is named, from whichever end. */
    constexpr bool has(int nth, int of_all) const noexcept {
        return holds(from_start_, nth) || holds(from_end_, of_all + 1 - nth);
    }

  private:
    using bits = std::array<std::uint64_t, (furthest + 63) / 64>;

    static constexpr std::uint64_t bit(int index) noexcept {
        return std::uint64_t{1} << (index % 64);
    }
    static constexpr bool holds(const bits& places, int place) noexcept {
        return (places[(place - 1) / 64] & bit(place - 1)) != 0;
    }

    bits from_start_{};
    bits from_end_{};
    bool is_empty_ = true;
};

/** The days of one period, in order. */
class period_days {
  public:
    constexpr void add(day_number day) noexcept { days_[count_++] = day; }
    constexpr std::span<const day_number> all() const& noexcept { return {days_.data(), count_}; }
    constexpr std::span<const day_number> all() const&& = delete; // its days would be gone with it

    /** Leaves those whose places are named (BYSETPOS). */
    constexpr void keep(const place_set& places) noexcept {
        std::size_t kept = 0;
        for (std::size_t index = 0; index < count_; ++index)
            if (places.has(int(index) + 1, int(count_)))
                days_[kept++] = days_[index];
        count_ = kept;
    }

  private:
    std::array<day_number, place_set::furthest> days_;
    std::size_t count_ = 0;
};

/** A rule without what ends it (COUNT, UNTIL). Weekdays count from 0, which is Monday. */
struct recurrence {
    frequency every = frequency::daily;
    int interval = 1;
    int week_start = 0;
    std::uint16_t months = 0;            ///< BYMONTH: bit 1 is January; 0 for any
    std::uint8_t weekdays = 0;           ///< BYDAY without numbers: bit 0 is Monday
    place_set month_days{};              ///< BYMONTHDAY
    bool has_numbered = false;           ///< whether there is a BYDAY with a number
    std::array<place_set, 7> numbered{}; ///< BYDAY with numbers, by weekday
    place_set positions{};               ///< BYSETPOS

    constexpr void add_numbered(int weekday, int place) noexcept {
        numbered[weekday].add(place);
        has_numbered = true;
    }

    /** The number of the period that holds the day. */
    constexpr std::int64_t period_of(day_number day) const noexcept {
        switch (every) {
        case frequency::daily: return day;
        case frequency::weekly: return floor_division(day - first_week(), 7);
        case frequency::monthly: {
            const civil_date date = civil_date_of(day);
            return date.year * 12 + date.month - 1;
        }
        case frequency::yearly: return civil_date_of(day).year;
        }
        return day;
    }

    constexpr day_number first_day_of(std::int64_t period) const noexcept {
        switch (every) {
        case frequency::daily: return period;
        case frequency::weekly: return first_week() + period * 7;
        case frequency::monthly: {
            const std::int64_t year = floor_division(period, 12);
            return day_of({.year = year, .month = int(period - year * 12) + 1, .day = 1});
        }
        case frequency::yearly: return day_of({.year = period, .month = 1, .day = 1});
        }
        return period;
    }

    /** The first period that counts (INTERVAL) and reaches `day` or lies behind it, in a series from `start` on. */
    constexpr std::int64_t period_from(day_number start, day_number day) const noexcept {
        const std::int64_t first = period_of(start);
        const std::int64_t past = period_of(day) - first;
        return past <= 0 ? first : first + (past + interval - 1) / interval * interval;
    }

    constexpr period_days days_of(std::int64_t period) const noexcept {
        period_days days;
        const day_number next = first_day_of(period + 1);
        for (day_number day = first_day_of(period); day < next; ++day)
            if (matches(day))
                days.add(day);
        if (!positions.empty())
            days.keep(positions);
        return days;
    }

    /** Fills in what RFC 5545 takes from DTSTART where no part says it. */
    constexpr void begin_on(day_number start) noexcept {
        const bool names_days = weekdays != 0 || has_numbered || !month_days.empty();
        if (names_days || every == frequency::daily)
            return;
        const civil_date date = civil_date_of(start);
        if (every == frequency::weekly) {
            weekdays = std::uint8_t(1 << weekday_of(start));
            return;
        }
        month_days.add(date.day);
        if (every == frequency::yearly && months == 0)
            months = std::uint16_t(1 << date.month);
    }

  private:
    /** The first day of some week. Day 2 is a Monday. */
    constexpr day_number first_week() const noexcept { return 2 + week_start; }

    constexpr bool matches(day_number day) const noexcept {
        const civil_date date = civil_date_of(day);
        return (months == 0 || (months >> date.month & 1) != 0) &&
               (month_days.empty() ||
                month_days.has(date.day, days_in_month(date.year, date.month))) &&
               matches_weekday(day, date);
    }

    constexpr bool matches_weekday(day_number day, civil_date date) const noexcept {
        const int weekday = weekday_of(day);
        if ((weekdays >> weekday & 1) != 0 || (weekdays == 0 && !has_numbered))
            return true;
        if (!has_numbered)
            return false;
        // The numbers count within the year only where neither FREQ nor BYMONTH speaks of months.
        const bool in_year = every == frequency::yearly && months == 0;
        const int before =
            in_year ? int(day - day_of({.year = date.year, .month = 1, .day = 1})) : date.day - 1;
        const int length = in_year ? days_in_year(date.year) : days_in_month(date.year, date.month);
        const int nth = before / 7 + 1;
        return numbered[weekday].has(nth, nth + (length - 1 - before) / 7);
    }
};
static_assert(std::is_trivially_destructible_v<recurrence>);
static_assert(std::is_trivially_copyable_v<recurrence>);

} // namespace slotguard
