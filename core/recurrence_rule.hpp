// Which RFC 5545 recurrence rules are understood; what they mean is libical's to say.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/pure_cpp.hpp"

namespace slotguard {

enum class rule_fault {
    none,
    malformed,             ///< not a list of NAME=VALUE, or a name that RFC 5545 does not know
    repeated,              ///< a part stands twice
    bad_value,             ///< a value that RFC 5545 does not allow for its part
    no_frequency,          ///< no FREQ
    count_and_until,       ///< both COUNT and UNTIL, which RFC 5545 forbids
    frequency_unsupported, ///< a FREQ other than DAILY and WEEKLY
    part_unsupported,      ///< a part of RFC 5545 that is not supported
};

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

/** A number from 1 to 9999, as INTERVAL and COUNT take it here; libical counts in 16 bits. */
constexpr bool small_number(std::string_view text) noexcept {
    return all_digits(text) && text.size() <= 4 && text.find_first_not_of('0') != text.npos;
}

constexpr int two_digits(std::string_view text, std::size_t at) noexcept {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

constexpr bool date(std::string_view text) noexcept {
    return text.size() == 8 && all_digits(text) && two_digits(text, 4) >= 1 &&
           two_digits(text, 4) <= 12 && two_digits(text, 6) >= 1 && two_digits(text, 6) <= 31;
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

constexpr bool weekday_list(std::string_view text) noexcept {
    if (text.empty() || text.back() == ',')
        return false;
    while (!text.empty())
        if (!weekday(take(text, ',')))
            return false;
    return true;
}

constexpr std::string_view names[] = {"FREQ",     "INTERVAL", "COUNT",      "UNTIL",    "BYDAY",
                                      "WKST",     "BYMONTH",  "BYMONTHDAY", "BYSETPOS", "BYYEARDAY",
                                      "BYWEEKNO", "BYHOUR",   "BYMINUTE",   "BYSECOND"};
constexpr std::string_view frequencies[] = {"DAILY",  "WEEKLY",   "MONTHLY", "YEARLY",
                                            "HOURLY", "MINUTELY", "SECONDLY"};

/** What is wrong with one part, by its place in `names`. */
constexpr rule_fault judge(std::size_t name, std::string_view value) noexcept {
    const auto valid = [](bool is) { return is ? rule_fault::none : rule_fault::bad_value; };
    switch (name) {
    case 0: {
        const std::size_t frequency = position(value, frequencies);
        return frequency < 2   ? rule_fault::none
               : frequency < 7 ? rule_fault::frequency_unsupported
                               : rule_fault::bad_value;
    }
    case 1:
    case 2: return valid(small_number(value));
    case 3: return valid(date_or_time(value));
    case 4: return valid(weekday_list(value));
    case 5: return valid(weekday(value));
    default: return rule_fault::part_unsupported;
    }
}

} // namespace rule_text

/** Reads `rule` ("FREQ=WEEKLY;BYDAY=MO,WE"; case does not matter) and says what is wrong, if anything is. */
constexpr rule_verdict judge_rule(std::string_view rule) noexcept {
    bool seen[std::size(rule_text::names)] = {};
    for (std::string_view rest = rule; !rest.empty();) {
        if (rest.back() == ';')
            return {rule_fault::malformed, rest};
        const std::string_view part = rule_text::take(rest, ';');
        std::string_view value = part;
        const std::size_t name = rule_text::position(rule_text::take(value, '='), rule_text::names);
        if (name == std::size(rule_text::names) || part.find('=') == part.npos)
            return {rule_fault::malformed, part};
        if (seen[name])
            return {rule_fault::repeated, part};
        seen[name] = true;
        if (const rule_fault fault = rule_text::judge(name, value); fault != rule_fault::none)
            return {fault, part};
    }
    if (!seen[0])
        return {rule_fault::no_frequency, rule};
    if (seen[2] && seen[3])
        return {rule_fault::count_and_until, rule};
    return {rule_fault::none, {}};
}

} // namespace slotguard
