// How far a zone's clock is ahead of UTC at any instant, with as few questions to Intl as can be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/interval.hpp"

namespace slotguard {

/**
 * What Intl knows of a zone is asked for half a year at a time: every few days, and where two answers
 * differ, between them by halving. It is kept, so that a list of ten thousand slots asks some hundred
 * questions, and the next one none.
 */
class zone_offsets {
  public:
    explicit zone_offsets(std::string zone) : zone_{std::move(zone)} {}

    const std::string& zone() const& { return zone_; }

    /** In microseconds. */
    elapsed ahead(instant when) {
        if (when < last_.since || when >= last_.until)
            last_ = stretch_around(when);
        return last_.ahead;
    }

  private:
    /** From one change of the clock to the next, or to the end of what was asked. */
    struct stretch {
        instant since;
        instant until;
        elapsed ahead;
    };

    stretch stretch_around(instant when);
    void ask_about(instant from, instant to);
    instant change_between(instant before, instant after, elapsed ahead) const;
    elapsed ask(instant when) const;

    std::string zone_;
    std::vector<stretch> known_;
    stretch last_{0, 0, 0};
};

} // namespace slotguard
