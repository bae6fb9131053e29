// One zone's clock on the wall, as the browser's Intl reads it in the visitor's locale.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "core/interval.hpp"
#include "wasm/javascript.hpp"

namespace slotguard {

/** What the clock shows at an instant. */
struct reading {
    instant day;   ///< the date, as its midnight on a clock without a zone
    elapsed ahead; ///< of UTC
    int second;
};

/** What to say of an instant; the parts are Intl's and come in the locale's order. */
struct time_style {
    bool with_day = false;
    bool with_seconds = false;
    bool with_offset = false; ///< `02:30 MESZ`, for an hour that the clock shows twice
};

class wall_clock {
  public:
    /** How times are to be said, in Intl's words: `de-AT`, `h23`. */
    struct custom {
        std::string locale;
        std::string hour_cycle;
    };

    /**
     * The clock of that zone, kept from call to call since Intl takes long to make one; nothing
     * where Intl does not know the zone.
     */
    static std::shared_ptr<wall_clock> of(const custom& how, const std::string& zone);

    const std::string& zone() const { return zone_; }
    reading at(instant when) const;
    /** `Tuesday, December 1, 2026`. */
    std::string day(instant when) const;
    /** `10:00 AM`, or `Tue, Dec 1, 10:00 AM`. */
    std::string time(instant when, time_style style);
    /** Whether the clock is put back between the two, or within three hours of them. */
    bool put_back_near(instant from, instant to) const;
    /** Whether the clock shows this time twice, since it was or will be put back. */
    bool shows_twice(instant when) const;

  private:
    wall_clock(const custom& how, const std::string& zone, emscripten::val reader,
               emscripten::val day);

    custom how_;
    std::string zone_;
    emscripten::val reader_;
    emscripten::val day_;
    std::array<std::optional<emscripten::val>, 8> times_; ///< one a time_style, made when asked
};

/** The browser's own zone. */
std::string browser_zone();

} // namespace slotguard
