// Reading what the caller passed, field by field.
#include "wasm/timestamp.hpp"

#include "wasm/fields.hpp"

namespace slotguard {
namespace {

/** The field as an error speaks of it. */
std::string shown(std::string_view field) {
    if (is_text(field))
        return '"' + std::string{field} + '"';
    switch (field.front()) {
    case mark::number: return "a number";
    case mark::boolean: return "a boolean";
    default: return std::string{field.substr(1)};
    }
}

} // namespace

std::optional<std::int64_t> whole(std::string_view digits) {
    const bool negative = digits.starts_with('-');
    if (negative)
        digits.remove_prefix(1);
    // Fewer digits than overflow, and more than JavaScript counts in ones.
    if (digits.empty() || digits.size() > 17)
        return std::nullopt;
    std::int64_t number = 0;
    for (char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return negative ? -number : number;
}

void complaint::about(std::string_view field, std::string_view expected, std::string_view got) {
    if (made())
        return;
    text_ = field;
    text_ += ": expected ";
    text_ += expected;
    text_ += ", got " + shown(got);
}

std::string place::of(std::string_view field) const {
    std::string full{name};
    if (index >= 0)
        full += '[' + std::to_string(index) + ']';
    if (!full.empty() && !field.empty())
        full += '.';
    full += field;
    return full;
}

void fields::complain(std::string_view name, std::string_view expected, std::string_view got) {
    if (!wrong_.made())
        wrong_.about(name_of(name), expected, got);
}

std::string_view fields::text(std::string_view name) & {
    const std::string_view field = from_.next();
    if (is_text(field))
        return field;
    complain(name, "a text", field);
    return {};
}

std::string_view fields::date(std::string_view name) & {
    static date_memory dates;
    const std::string_view field = from_.next();
    text_reader reader{field};
    if (dates.read(reader) && reader.at_end())
        return field;
    complain(name, "a date such as \"2026-12-01\"", field);
    return {};
}

std::string_view fields::time(std::string_view name) & {
    const std::string_view field = from_.next();
    if (parse_time(field))
        return field;
    complain(name, "a time such as \"10:00:00\"", field);
    return {};
}

instant fields::timestamp(std::string_view name) {
    static date_memory dates;
    const std::string_view field = from_.next();
    text_reader reader{field};
    const auto midnight = dates.read(reader);
    const auto when = parse_after_date(reader, midnight);
    if (!when)
        complain(name, "a timestamp such as \"2026-12-01T10:00:00+00:00\"", field);
    return when.value_or(0);
}

std::string_view fields::number(std::string_view name) & {
    const std::string_view field = from_.next();
    if (field.starts_with(mark::number))
        return field.substr(1);
    complain(name, "a number", field);
    return {};
}

std::int64_t fields::whole_number(std::string_view name) {
    const std::string_view field = from_.next();
    const auto number = field.starts_with(mark::number) ? whole(field.substr(1)) : std::nullopt;
    if (!number)
        complain(name, "a whole number", field);
    return number.value_or(0);
}

void fields::boolean(std::string_view name) {
    const std::string_view field = from_.next();
    if (field.empty() || field.front() != mark::boolean)
        complain(name, "true or false", field);
}

bool fields::lacks() {
    joined_fields ahead = from_;
    const std::string_view field = ahead.next();
    if (field.empty() || field.front() != mark::missing)
        return false;
    from_ = ahead;
    return true;
}

} // namespace slotguard
