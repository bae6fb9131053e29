// The list of slots as days in the visitor's zone.
#pragma once

#include <emscripten/val.h>

namespace slotguard {

/**
 * `slots` are the rows of available_slots() as JSON. Returns
 * `[{ date, heading, slots: [{ key, startsAt, label, description, state, bookable }] }]`,
 * or an Error that names the wrong field.
 */
emscripten::val format_slots(emscripten::val slots, emscripten::val options);

} // namespace slotguard
