// What the page can call, one function a file. Each reads the fields that wasm/public_functions.js joins,
// and answers with fields that it takes apart, or with a complaint that it throws.
#pragma once

#include "wasm/exchange.hpp"

namespace slotguard {

/** Rows of available_slots() as days in the visitor's zone. */
answer format_slots(joined_fields& asked);

/** What came of a call, in the visitor's words. */
answer describe_outcome(joined_fields& asked);

/** When a session is, for the visitor and for the mentor. */
answer describe_session(joined_fields& asked);

/** A month as weeks of days, each with the number of its free times. */
answer format_month(joined_fields& asked);

/** A zone's name: `Central European Time`. */
answer describe_zone(joined_fields& asked);

/** `30 minutes`. */
answer format_duration(joined_fields& asked);

/** A phrase of the page's own, filled in. */
answer say_phrase(joined_fields& asked);

/** Takes in a language's pack, or a part of one. */
answer add_language(joined_fields& asked);

/** In which of the loaded languages a locale is answered. */
answer language_of(joined_fields& asked);

/** Which pack would suit a locale best. */
answer language_to_fetch(joined_fields& asked);

} // namespace slotguard
