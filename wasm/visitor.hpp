// Who reads the page: language, zones, clock and the present moment, from the caller's options.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "wasm/fields.hpp"
#include "wasm/languages.hpp"
#include "wasm/wall_clock.hpp"

namespace slotguard {

struct visitor {
    std::string locale; ///< as asked for, of whatever language
    const language* words;
    custom how;
    std::shared_ptr<wall_clock> clock;
    std::shared_ptr<wall_clock> mentor_clock; ///< null where the mentor's zone is unknown or equal
    instant now;
};

/** A zone, and the name of the field that gave it. */
struct zone_field {
    std::string name;
    std::string zone;
};

/**
 * Reads the options: locale, timeZone, mentorTimeZone, hourCycle, now. `mentor_zone` is what the data
 * itself says of the mentor's zone, under the field's name, for where the options don't. Nothing after
 * a complaint.
 */
std::optional<visitor> read_visitor(joined_fields& from,
                                    const std::optional<zone_field>& mentor_zone, complaint& wrong);

/** The canonical spelling of the locale that the next field asks for, by default the browser's. */
std::string read_locale(fields& from, std::string_view name);

/** The clock of a zone, after a complaint nothing. */
std::shared_ptr<wall_clock> clock_of(const custom& how, const zone_field& field, complaint& wrong);

/** The day in words, said to be today or tomorrow where it is. */
std::string heading(instant day, std::string_view in_words, const visitor& who);

} // namespace slotguard
