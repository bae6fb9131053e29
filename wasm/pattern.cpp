// Writing dates and times as Intl does.
#include "wasm/timestamp.hpp"

#include "wasm/exchange.hpp"

#include "wasm/pattern.hpp"

namespace slotguard {
namespace {

/** The names of the parts, in the order of pattern::part, as Intl and wasm/intl.js call them. */
constexpr std::string_view part_names[] = {"literal", "weekday", "month",  "day",
                                           "year",    "hour",    "minute", "dayPeriod"};

template <std::size_t count>
void read_all(joined_fields& from, std::array<std::string, count>& into) {
    for (std::string& each : into)
        each = from.next();
}

constexpr elapsed floor_to(elapsed value, elapsed step) {
    return value - ((value % step) + step) % step;
}

} // namespace

/** What a clock without a zone shows. */
struct pattern::moment {
    explicit moment(instant local)
        : days{std::chrono::days{static_cast<int>(floor_to(local, one_day) / one_day)}}, date{days},
          time{local - floor_to(local, one_day)} {}

    std::chrono::sys_days days;
    std::chrono::year_month_day date;
    elapsed time;
};

std::optional<pattern> pattern::of(const custom& how, std::string_view style) {
    const auto taken_apart = ask({"pattern", how.locale, how.hour_cycle, style});
    pattern made;
    made.hour_cycle_ = how.hour_cycle;
    if (!taken_apart || !made.read(*taken_apart) || !made.writes_what_intl_does(how, style))
        return std::nullopt;
    return made;
}

/** False where there is a part that is not known here, such as an era. */
bool pattern::read(std::string_view taken_apart) {
    joined_fields from{taken_apart};
    read_all(from, digits_);
    read_all(from, weekdays_);
    read_all(from, months_);
    read_all(from, day_periods_);
    while (!from.at_end()) {
        const std::string_view name = from.next();
        const std::string_view text = from.next();
        const auto* known = std::find(std::begin(part_names), std::end(part_names), name);
        if (known == std::end(part_names))
            return false;
        const auto what = static_cast<part>(known - std::begin(part_names));
        const bool literal = what == part::literal;
        pieces_.push_back({what, std::string{literal ? text : ""}, !literal && text == "2"});
    }
    return true;
}

bool pattern::writes_what_intl_does(const custom& how, std::string_view style) const {
    constexpr int tries = 48;
    constexpr elapsed step = 23 * one_day + 67 * one_minute;
    constexpr instant first = 1'767'225'600'000'000; // 2026-01-01
    for (int count = 0; count < tries; ++count) {
        const instant when = first + count * step;
        const auto expected =
            ask({"format", how.locale, how.hour_cycle, "UTC", style, std::to_string(when / 1000)});
        std::string written;
        write(written, when);
        if (written != expected)
            return false;
    }
    return true;
}

void pattern::write(std::string& to, instant local) const {
    const moment now{local};
    for (const piece& each : pieces_)
        write_piece(to, each, now);
}

void pattern::write_piece(std::string& to, const piece& each, const moment& now) const {
    const int hour = static_cast<int>(now.time / one_hour);
    switch (each.what) {
    case part::literal: to += each.text; return;
    case part::weekday: to += weekdays_[std::chrono::weekday{now.days}.c_encoding()]; return;
    case part::month: to += months_[unsigned(now.date.month()) - 1]; return;
    case part::day: write_number(to, int(unsigned(now.date.day())), each.two_digits); return;
    case part::year: write_number(to, int(now.date.year()), each.two_digits); return;
    case part::hour: write_number(to, shown_hour(hour), each.two_digits); return;
    case part::minute:
        write_number(to, static_cast<int>(now.time / one_minute % 60), each.two_digits);
        return;
    case part::day_period: to += day_periods_[static_cast<std::size_t>(hour)]; return;
    }
}

void pattern::write_number(std::string& to, int number, bool two_digits) const {
    int place = two_digits ? 10 : 1;
    while (number / place >= 10)
        place *= 10;
    for (; place > 0; place /= 10)
        to += digits_[static_cast<std::size_t>(number / place % 10)];
}

int pattern::shown_hour(int hour) const {
    if (hour_cycle_ == "h12")
        return hour % 12 == 0 ? 12 : hour % 12;
    if (hour_cycle_ == "h11")
        return hour % 12;
    return hour_cycle_ == "h24" && hour == 0 ? 24 : hour;
}

} // namespace slotguard
