// One zone's clock on the wall, as the browser's Intl reads it in the visitor's locale.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/interval.hpp"
#include "wasm/pattern.hpp"
#include "wasm/timestamp.hpp"
#include "wasm/zone_offsets.hpp"

namespace slotguard {

/** What the clock shows at an instant. */
struct reading {
    instant day;   ///< the date, as its midnight on a clock without a zone
    elapsed ahead; ///< of UTC
    int minute;    ///< of the day
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
    /** The clock of that zone; nothing where Intl does not know the zone. */
    static std::shared_ptr<wall_clock> of(const custom& how, const std::string& zone);

    const std::string& zone() const& { return offsets_->zone(); }
    /** `Central European Time`, as it is called at that time. */
    std::string zone_in_words(instant when) const;
    reading at(instant when) const;
    /** `Tuesday, December 1, 2026`. */
    std::string day(instant when) const;
    /** `10:00 AM`: what the clock shows in whole minutes. */
    const std::string& label(const reading& shown) const&;
    /** `December 2026`. */
    std::string month(instant when) const;
    /** `Tuesday`, or `Tue`. */
    std::string weekday(instant when, bool in_short) const;
    /** `10:00 AM`, or `Tue, Dec 1, 10:00 AM`. */
    std::string time(instant when, time_style style) const;
    /** `9:00 – 9:30 AM`, with both days in words where they differ. */
    std::string range(instant from, instant to) const;
    /** Whether the clock is put back between the two, or within three hours of them. */
    bool put_back_near(instant from, instant to) const;
    /** Whether the clock shows this time twice, since it was or will be put back. */
    bool shows_twice(instant when) const;

  private:
    wall_clock(const custom& how, std::shared_ptr<zone_offsets> offsets);

    std::string in_style(std::string_view style, instant when) const;

    custom how_;
    // Kept from call to call: what was asked of Intl, and what was written already.
    std::shared_ptr<zone_offsets> offsets_;
    mutable day_finder days_;
    std::shared_ptr<const pattern> day_;
    std::shared_ptr<const pattern> time_;
    mutable std::vector<std::string>
        labels_; ///< by the minute of the day; empty where not yet written
};

/** The browser's own zone. */
std::string browser_zone();

} // namespace slotguard
