// The module's door: what JavaScript finds on it. wasm/public_functions.js turns the Errors that
// these return into throws, under the names that the page calls.
#include <emscripten/bind.h>

#include "wasm/describe_outcome.hpp"
#include "wasm/format_slots.hpp"

EMSCRIPTEN_BINDINGS(slotguard) {
    emscripten::function("formatSlotsOrError", &slotguard::format_slots);
    emscripten::function("describeOutcomeOrError", &slotguard::describe_outcome);
}
