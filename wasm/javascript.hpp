// JavaScript's values as C++ reads them: what a value is, and its own properties, without a throw.
// Include it after core's headers, which refuse to come after Emscripten's.
#pragma once

#include <optional>
#include <string>

#include <emscripten/val.h>

namespace slotguard {

/** The order of slotguard_kind() in wasm/browser_library.js. */
enum class value_kind { undefined, null, boolean, number, text, array, object, other };

value_kind kind_of(const emscripten::val& value);

/** The own property of that name, undefined where there is none. `name` is a literal. */
emscripten::val own_property(const emscripten::val& object, const char* name);

emscripten::val element(const emscripten::val& array, unsigned index);
unsigned length_of(const emscripten::val& array_or_text);

/** Milliseconds since 1970, from a number or a Date; NaN for anything else. */
double milliseconds_of(const emscripten::val& value);

/** An object for Intl to read options from: without a prototype, a polluted one is not read. */
emscripten::val bare_object();

/** `new constructor(first, second)`, or undefined where it refuses. */
emscripten::val construct(const emscripten::val& constructor, const emscripten::val& first,
                          const emscripten::val& second);

/** A short text as C++ holds it. Texts of any field are far under 200 characters. */
std::optional<std::string> short_text(const emscripten::val& value);

/** `"starts_at"` for a text, `null`, `a number` and so on: the value as an error speaks of it. */
std::string shown(const emscripten::val& value);

} // namespace slotguard
