// What the page can call, one function a file. Each reads the fields that wasm/public_functions.js joins,
// and answers with fields that it takes apart, or with a complaint that it throws.
#pragma once

#include <string>

#include "wasm/exchange.hpp"

namespace slotguard {

/** Rows of available_slots() as days in the visitor's zone. */
std::string format_slots(joined_fields& asked);

/** What came of a call, in the visitor's words. */
std::string describe_outcome(joined_fields& asked);

/** When a session is, for the visitor and for the mentor. */
std::string describe_session(joined_fields& asked);

/** A month as weeks of days, each with the number of its free times. */
std::string format_month(joined_fields& asked);

/** A zone's name: `Central European Time`. */
std::string describe_zone(joined_fields& asked);

/** `30 minutes`. */
std::string format_duration(joined_fields& asked);

/** A phrase of the page's own, filled in. */
std::string say_phrase(joined_fields& asked);

/** Takes in a language's pack, or a part of one. */
std::string add_language(joined_fields& asked);

/** In which of the loaded languages a locale is answered. */
std::string language_of(joined_fields& asked);

/** Which pack would suit a locale best. */
std::string language_to_fetch(joined_fields& asked);

} // namespace slotguard
