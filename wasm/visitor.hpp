// Who reads the page: language, zones, clock and the present moment, from the caller's options.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "wasm/phrases.hpp"

#include "wasm/fields.hpp"
#include "wasm/wall_clock.hpp"

namespace slotguard {

struct visitor {
    const phrases* words;
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
 * Reads `options`, which may be undefined. `mentor_zone` is what the data itself says of the
 * mentor's zone, under the field's name, for where the options don't. Nothing after a complaint.
 */
std::optional<visitor> read_visitor(const emscripten::val& options,
                                    const std::optional<zone_field>& mentor_zone, complaint& wrong);

} // namespace slotguard
