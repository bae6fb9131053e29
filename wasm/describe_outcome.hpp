// What came of a call, in the visitor's words.
#pragma once

#include <emscripten/val.h>

namespace slotguard {

/**
 * `result` is a booking_result as JSON. Returns
 * `{ tone, title, body, alternatives: [{ key, label, description }], refresh }`,
 * or an Error that names the wrong field.
 */
emscripten::val describe_outcome(emscripten::val result, emscripten::val options);

} // namespace slotguard
