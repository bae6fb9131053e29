// JavaScript's values, through wasm/browser_library.js.
#include "wasm/javascript.hpp"

#include <map>

using emscripten::EM_VAL;
using emscripten::val;

extern "C" {
int slotguard_kind(EM_VAL value);
EM_VAL slotguard_own_property(EM_VAL object, EM_VAL key);
EM_VAL slotguard_element(EM_VAL array, unsigned index);
unsigned slotguard_length(EM_VAL array_or_text);
double slotguard_milliseconds(EM_VAL value);
EM_VAL slotguard_construct(EM_VAL constructor, EM_VAL first, EM_VAL second);
}

namespace slotguard {
namespace {

constexpr unsigned longest_text = 200;

/** The key as a JavaScript string, made once: a list asks for the same few in each row. */
const val& kept_key(const char* name) {
    static std::map<const char*, val> keys;
    return keys.try_emplace(name, name).first->second;
}

} // namespace

value_kind kind_of(const val& value) {
    return static_cast<value_kind>(slotguard_kind(value.as_handle()));
}

val own_property(const val& object, const char* name) {
    return val::take_ownership(
        slotguard_own_property(object.as_handle(), kept_key(name).as_handle()));
}

val element(const val& array, unsigned index) {
    return val::take_ownership(slotguard_element(array.as_handle(), index));
}

unsigned length_of(const val& array_or_text) { return slotguard_length(array_or_text.as_handle()); }

double milliseconds_of(const val& value) { return slotguard_milliseconds(value.as_handle()); }

val bare_object() { return val::global("Object").call<val>("create", val::null()); }

val construct(const val& constructor, const val& first, const val& second) {
    return val::take_ownership(
        slotguard_construct(constructor.as_handle(), first.as_handle(), second.as_handle()));
}

std::optional<std::string> short_text(const val& value) {
    if (kind_of(value) != value_kind::text || length_of(value) > longest_text)
        return std::nullopt;
    return value.as<std::string>();
}

std::string shown(const val& value) {
    switch (kind_of(value)) {
    case value_kind::undefined: return "nothing";
    case value_kind::null: return "null";
    case value_kind::boolean: return "a boolean";
    case value_kind::number: return "a number";
    case value_kind::array: return "an array";
    case value_kind::object: return "an object";
    case value_kind::other: return "another kind of value";
    case value_kind::text: break;
    }
    const auto text = short_text(value);
    return text ? '"' + *text + '"' : "a text that is too long";
}

} // namespace slotguard
