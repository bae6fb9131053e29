// Which RFC 5545 recurrence rules (3.3.10) can be hours. libical reads them afterwards, and is told
// nothing that it would misread: it takes 99999 for another number, and too long a list for its own.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/civil_date.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class rule_fault {
    none,
    malformed,         ///< not a list of NAME=VALUE, or a name that RFC 5545 does not know
    repeated,          ///< a part stands twice
    bad_value,         ///< a value that RFC 5545 does not allow for its part
    too_large,         ///< an INTERVAL that libical does not hold, a COUNT over most_occurrences
    too_many_values,   ///< more values than libical holds
    no_frequency,      ///< no FREQ
    count_and_until,   ///< both COUNT and UNTIL
    numbered_weekday,  ///< a BYDAY with a number where FREQ is neither MONTHLY nor YEARLY
    month_day_in_week, ///< BYMONTHDAY with FREQ=WEEKLY
    lone_set_position, ///< BYSETPOS with no other BY part
    frequency_unsupported, ///< a FREQ below a day
    part_unsupported,      ///< a part of RFC 5545 that is not supported
};

/** The largest COUNT: every occurrence is followed, from the first one on. */
inline constexpr int most_occurrences = 10'000;

/** What is wrong with a rule, and the part of its text that is. */
struct rule_verdict {
    rule_fault fault;
    std::string_view part;
};

namespace rule_text {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; }
constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool same(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (upper(a[i]) != upper(b[i]))
            return false;
    return true;
}

template <std::size_t N>
constexpr std::size_t position(std::string_view text, const std::string_view (&words)[N]) noexcept {
    std::size_t at = 0;
    while (at < N && !same(text, words[at]))
        ++at;
    return at;
}

/** Cuts `text` before the next `separator` and returns what stood there. (substr() would throw.) */
constexpr std::string_view take(std::string_view& text, char separator) noexcept {
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) {
        const std::string_view all = text;
        text = {};
        return all;
    }
    const std::string_view head{text.data(), at};
    text.remove_prefix(at + 1);
    return head;
}

constexpr bool all_digits(std::string_view text) noexcept {
    for (char c : text)
        if (!digit(c))
            return false;
    return !text.empty();
}

/** The number that digits write; what is longer than nine of them is taken for the largest. */
constexpr int number(std::string_view digits) noexcept {
    int value = 0;
    while (!digits.empty() && digits[0] == '0')
        digits.remove_prefix(1);
    if (digits.size() > 9)
        return 1'000'000'000;
    for (char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

constexpr int two_digits(std::string_view text, std::size_t at) noexcept {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

constexpr bool date(std::string_view text) noexcept {
    if (text.size() != 8 || !all_digits(text))
        return false;
    const int year = two_digits(text, 0) * 100 + two_digits(text, 2);
    const int month = two_digits(text, 4);
    const int day = two_digits(text, 6);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

constexpr bool clock_time(std::string_view text) noexcept {
    return text.size() == 6 && all_digits(text) && two_digits(text, 0) <= 23 &&
           two_digits(text, 2) <= 59 && two_digits(text, 4) <= 60;
}

/** DATE, or DATE-TIME with or without the Z of UTC (RFC 5545, 3.3.4 and 3.3.5). */
constexpr bool date_or_time(std::string_view text) noexcept {
    if (text.size() <= 8)
        return date(text);
    if (!date({text.data(), 8}))
        return false;
    text.remove_prefix(8);
    if (upper(text.back()) == 'Z')
        text.remove_suffix(1);
    if (text.empty() || upper(text[0]) != 'T')
        return false;
    text.remove_prefix(1);
    return clock_time(text);
}

constexpr std::string_view weekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

constexpr bool weekday(std::string_view text) noexcept { return position(text, weekdays) < 7; }

/** Places in `names`. */
namespace part {
enum : std::size_t { freq, interval, count, until, byday, wkst, bymonth, bymonthday, bysetpos };
}
constexpr std::string_view names[] = {"FREQ",     "INTERVAL", "COUNT",      "UNTIL",    "BYDAY",
                                      "WKST",     "BYMONTH",  "BYMONTHDAY", "BYSETPOS", "BYYEARDAY",
                                      "BYWEEKNO", "BYHOUR",   "BYMINUTE",   "BYSECOND"};
constexpr std::string_view frequencies[] = {"DAILY",  "WEEKLY",   "MONTHLY", "YEARLY",
                                            "HOURLY", "MINUTELY", "SECONDLY"};

/** The parts of a rule by their places in `names`, each with its name and without. */
struct parts {
    std::array<std::string_view, std::size(names)> whole{};
    std::array<std::string_view, std::size(names)> value{};

    constexpr bool has(std::size_t which) const noexcept { return !whole[which].empty(); }
    constexpr bool is_every(std::string_view frequency) const noexcept {
        return same(value[part::freq], frequency);
    }
};

/** Judges each value of a list, of which libical holds so many. */
template <typename Judge>
constexpr rule_fault judge_list(std::string_view text, int most_values, Judge allows) noexcept {
    if (text.empty() || text.back() == ',')
        return rule_fault::bad_value;
    while (!text.empty()) {
        if (!allows(take(text, ',')))
            return rule_fault::bad_value;
        if (most_values-- == 0)
            return rule_fault::too_many_values;
    }
    return rule_fault::none;
}

constexpr void skip_sign(std::string_view& text) noexcept {
    if (!text.empty() && (text[0] == '+' || text[0] == '-'))
        text.remove_prefix(1);
}

/** A number from 1 to `most`, in no more digits than that has. */
constexpr bool is_place(std::string_view text, int most) noexcept {
    return all_digits(text) && text.size() <= (most > 99 ? 3u : 2u) && number(text) >= 1 &&
           number(text) <= most;
}

/** MO, or with the number of a week: 1MO, +2TU, -1FR. */
constexpr bool is_numbered_weekday(std::string_view text) noexcept {
    if (text.size() < 2)
        return false;
    std::string_view week{text.data(), text.size() - 2};
    text.remove_prefix(week.size());
    if (!weekday(text))
        return false;
    if (week.empty())
        return true;
    skip_sign(week);
    return is_place(week, 53);
}

constexpr rule_fault judge_places(std::string_view text, int most_values, int most) noexcept {
    return judge_list(text, most_values, [most](std::string_view place) {
        skip_sign(place);
        return is_place(place, most);
    });
}

constexpr rule_fault judge_number(std::string_view text, int most) noexcept {
    if (!all_digits(text) || number(text) == 0)
        return rule_fault::bad_value;
    return number(text) > most ? rule_fault::too_large : rule_fault::none;
}

constexpr rule_fault judge_frequency(std::string_view text) noexcept {
    const std::size_t frequency = position(text, frequencies);
    return frequency < 4   ? rule_fault::none
           : frequency < 7 ? rule_fault::frequency_unsupported
                           : rule_fault::bad_value;
}

/** What is wrong with one part by itself. */
constexpr rule_fault judge_part(std::size_t which, std::string_view value) noexcept {
    const auto valid = [](bool is) { return is ? rule_fault::none : rule_fault::bad_value; };
    switch (which) {
    case part::freq: return judge_frequency(value);
    case part::interval: return judge_number(value, 32767);
    case part::count: return judge_number(value, most_occurrences);
    case part::until: return valid(date_or_time(value));
    case part::byday: return judge_list(value, 366, is_numbered_weekday);
    case part::wkst: return valid(weekday(value));
    case part::bymonth:
        return judge_list(value, 12, [](std::string_view month) { return is_place(month, 12); });
    case part::bymonthday: return judge_places(value, 31, 31);
    case part::bysetpos: return judge_places(value, 366, 366);
    default: return rule_fault::part_unsupported;
    }
}

/** What is wrong with parts that are right each by itself. */
constexpr rule_verdict judge_together(const parts& rule, std::string_view text) noexcept {
    if (!rule.has(part::freq))
        return {rule_fault::no_frequency, text};
    if (rule.has(part::count) && rule.has(part::until))
        return {rule_fault::count_and_until, text};
    const bool has_months = rule.is_every("MONTHLY") || rule.is_every("YEARLY");
    if (!has_months &&
        rule.value[part::byday].find_first_of("0123456789") != std::string_view::npos)
        return {rule_fault::numbered_weekday, rule.whole[part::byday]};
    if (rule.is_every("WEEKLY") && rule.has(part::bymonthday))
        return {rule_fault::month_day_in_week, rule.whole[part::bymonthday]};
    if (rule.has(part::bysetpos) && !rule.has(part::byday) && !rule.has(part::bymonth) &&
        !rule.has(part::bymonthday))
        return {rule_fault::lone_set_position, rule.whole[part::bysetpos]};
    return {rule_fault::none, {}};
}

} // namespace rule_text

/** Reads `rule` ("FREQ=WEEKLY;BYDAY=MO,WE"; case does not matter) and says what is wrong, if anything is. */
constexpr rule_verdict judge_rule(std::string_view rule) noexcept {
    rule_text::parts seen;
    for (std::string_view rest = rule; !rest.empty();) {
        if (rest.back() == ';')
            return {rule_fault::malformed, rest};
        const std::string_view part = rule_text::take(rest, ';');
        std::string_view value = part;
        const std::size_t name = rule_text::position(rule_text::take(value, '='), rule_text::names);
        if (name == std::size(rule_text::names) || part.find('=') == part.npos)
            return {rule_fault::malformed, part};
        if (seen.has(name))
            return {rule_fault::repeated, part};
        if (const auto fault = rule_text::judge_part(name, value); fault != rule_fault::none)
            return {fault, part};
        seen.whole[name] = part;
        seen.value[name] = value;
    }
    return rule_text::judge_together(seen, rule);
}

} // namespace slotguard
