// Reading what the caller passed, field by field.
#include "wasm/timestamp.hpp"

#include <cmath>
#include <utility>

#include "wasm/fields.hpp"

using emscripten::val;

namespace slotguard {

void complaint::about(std::string_view field, std::string_view expected, const val& got) {
    if (made())
        return;
    text_ = field;
    text_ += ": expected ";
    text_ += expected;
    text_ += ", got " + shown(got);
}

val complaint::as_error() const { return val::global("Error").new_(text_); }

fields::fields(val object, std::string name, complaint& wrong)
    : object_{std::move(object)}, name_{std::move(name)}, wrong_{wrong} {
    if (kind_of(object_) == value_kind::object)
        return;
    wrong_.about(name_, "an object", object_);
    object_ = val::object();
}

val fields::get(const char* field) const { return own_property(object_, field); }

bool fields::has(const char* field) const {
    const value_kind kind = kind_of(get(field));
    return kind != value_kind::undefined && kind != value_kind::null;
}

void fields::complain(const char* field, std::string_view expected) const {
    if (!wrong_.made())
        wrong_.about(name_of(field), expected, get(field));
}

std::string fields::text(const char* field) const {
    auto text = short_text(get(field));
    if (!text)
        complain(field, "a text");
    return std::move(text).value_or("");
}

std::string fields::date(const char* field) const {
    auto text = short_text(get(field));
    if (text && parse_date(*text))
        return std::move(*text);
    complain(field, "a date such as \"2026-12-01\"");
    return {};
}

std::string fields::time(const char* field) const {
    auto text = short_text(get(field));
    if (text && parse_time(*text))
        return std::move(*text);
    complain(field, "a time such as \"10:00:00\"");
    return {};
}

instant fields::timestamp(const char* field) const {
    const auto text = short_text(get(field));
    const auto when = text ? parse_timestamp(*text) : std::nullopt;
    if (!when)
        complain(field, "a timestamp such as \"2026-12-01T10:00:00+00:00\"");
    return when.value_or(0);
}

bool fields::boolean(const char* field) const {
    const val value = get(field);
    if (kind_of(value) != value_kind::boolean)
        complain(field, "true or false");
    return value.isTrue();
}

void fields::whole_number(const char* field) const {
    const val value = get(field);
    const bool number = kind_of(value) == value_kind::number;
    if (!number || std::trunc(value.as<double>()) != value.as<double>())
        complain(field, "a whole number");
}

} // namespace slotguard
