// The JSON spelling of PostgreSQL's dates, times and timestamps, read strictly: what is not
// exactly that is nothing, so that a malformed or impossible time never reaches the page.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/interval.hpp"
#include "wasm/text_writer.hpp"

namespace slotguard {

/** Takes one piece after another off the front of a text. */
class text_reader {
  public:
    constexpr explicit text_reader(std::string_view text) noexcept : rest_{text} {}

    constexpr bool at_end() const noexcept { return rest_.empty(); }
    constexpr std::string_view rest() const& noexcept { return rest_; }
    constexpr void skip(std::size_t count) noexcept { rest_.remove_prefix(count); }

    constexpr bool take(char expected) noexcept {
        if (rest_.empty() || rest_.front() != expected)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /** A number of exactly `count` digits that is at most `most`. */
    constexpr std::optional<int> digits(std::size_t count, int most) noexcept {
        if (rest_.size() < count)
            return std::nullopt;
        int number = 0;
        for (char digit : rest_.substr(0, count)) {
            if (digit < '0' || digit > '9')
                return std::nullopt;
            number = number * 10 + (digit - '0');
        }
        if (number > most)
            return std::nullopt;
        rest_.remove_prefix(count);
        return number;
    }

    /** The microseconds that one to six digits after a point stand for. */
    constexpr std::optional<elapsed> fraction() noexcept {
        elapsed scale = 100'000;
        elapsed micros = 0;
        if (rest_.empty())
            return std::nullopt;
        while (scale > 0 && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            micros += (rest_.front() - '0') * scale;
            scale /= 10;
            rest_.remove_prefix(1);
        }
        if (scale == 100'000)
            return std::nullopt;
        return micros;
    }

  private:
    std::string_view rest_;
};

inline constexpr elapsed one_second = 1'000'000;

/** `YYYY-MM-DD` as the midnight, in microseconds since 1970, of a clock without a zone. */
constexpr std::optional<instant> read_date(text_reader& text) noexcept {
    const auto year = text.digits(4, 9998);
    if (!year || *year < 1000 || !text.take('-'))
        return std::nullopt; // every zone then shows a year of four digits too
    const auto month = text.digits(2, 12);
    if (!month || !text.take('-'))
        return std::nullopt;
    const auto day = text.digits(2, 31);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count() * one_day;
}

/** `HH:MM:SS` with or without a fraction, as microseconds after midnight; 24:00:00 is one. */
constexpr std::optional<elapsed> read_time(text_reader& text) noexcept {
    const auto hour = text.digits(2, 24);
    if (!hour || !text.take(':'))
        return std::nullopt;
    const auto minute = text.digits(2, 59);
    if (!minute || !text.take(':'))
        return std::nullopt;
    const auto second = text.digits(2, 59);
    if (!second)
        return std::nullopt;
    const auto micros = text.take('.') ? text.fraction() : std::optional<elapsed>{0};
    if (!micros)
        return std::nullopt;
    const elapsed time = *hour * one_hour + *minute * one_minute + *second * one_second + *micros;
    return time <= one_day ? std::optional{time} : std::nullopt;
}

/** `Z`, `+HH`, `+HH:MM` or `+HH:MM:SS` as what the local clock is ahead of UTC. */
constexpr std::optional<elapsed> read_offset(text_reader& text) noexcept {
    if (text.take('Z'))
        return 0;
    const bool behind = text.take('-');
    if (!behind && !text.take('+'))
        return std::nullopt;
    const auto hours = text.digits(2, 15);
    const auto minutes = text.take(':') ? text.digits(2, 59) : std::optional{0};
    const auto seconds = text.take(':') ? text.digits(2, 59) : std::optional{0};
    if (!hours || !minutes || !seconds)
        return std::nullopt;
    const elapsed ahead = *hours * one_hour + *minutes * one_minute + *seconds * one_second;
    return behind ? -ahead : ahead;
}

/** What follows the date of a timestamp: `T10:00:00+00:00`. */
constexpr std::optional<instant> parse_after_date(text_reader reader,
                                                  std::optional<instant> midnight) noexcept {
    if (!midnight || !reader.take('T'))
        return std::nullopt;
    const auto time = read_time(reader);
    if (!time)
        return std::nullopt;
    const auto ahead = read_offset(reader);
    if (!ahead || !reader.at_end())
        return std::nullopt;
    return *midnight + *time - *ahead;
}

/** `2026-12-01T10:00:00+00:00` as microseconds since 1970 in UTC. */
constexpr std::optional<instant> parse_timestamp(std::string_view text) noexcept {
    text_reader reader{text};
    const auto midnight = read_date(reader);
    return parse_after_date(reader, midnight);
}

constexpr std::optional<instant> parse_date(std::string_view text) noexcept {
    text_reader reader{text};
    const auto midnight = read_date(reader);
    return reader.at_end() ? midnight : std::nullopt;
}

constexpr std::optional<elapsed> parse_time(std::string_view text) noexcept {
    text_reader reader{text};
    const auto time = read_time(reader);
    return reader.at_end() ? time : std::nullopt;
}

/** Reads dates, most of which are the one before: in a list the same date stands in many rows. */
class date_memory {
  public:
    std::optional<instant> read(text_reader& text) {
        if (last_ && text.rest().starts_with(written_)) {
            text.skip(written_.size());
            return last_;
        }
        const std::string_view whole = text.rest();
        last_ = read_date(text);
        written_ = whole.substr(0, last_ ? 10 : 0);
        return last_;
    }

  private:
    std::string written_;
    std::optional<instant> last_;
};

/** The midnight before an instant; asked in order of time, it seldom has to divide. */
class day_finder {
  public:
    constexpr instant midnight_before(instant when) noexcept {
        if (when < last_ || when - last_ >= one_day)
            last_ = when - (when % one_day + one_day) % one_day;
        return last_;
    }

  private:
    instant last_ = 0;
};

/** `2026-12-01`, of the day that the instant is in. */
std::string date_text(instant when);

/** `2026-12-01T10:00:00Z`, with the fraction of a second only where there is one. */
std::string utc_text(instant when);
void write_utc(text_writer& to, instant when);

/**
 * The name of a slot among a mentor's, `<session_date>T<HH:MM>`. Seconds stay where they are not
 * zero: two slots within one minute would else share a name.
 */
std::string slot_key(std::string_view session_date, std::string_view session_time);
void write_slot_key(text_writer& to, std::string_view session_date, std::string_view session_time);

} // namespace slotguard
