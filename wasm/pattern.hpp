// How a locale writes dates or times: what Intl writes, taken apart once, so that C++ can write the rest.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/interval.hpp"

namespace slotguard {

/** How times are to be said, in Intl's words: `de-AT`, `h23`. */
struct custom {
    std::string locale;
    std::string hour_cycle;

    friend bool operator==(const custom&, const custom&) = default;
};

/**
 * A date or a time in a locale's words: which parts, in which order, with what between them, the names
 * of months, days and halves of the day, and the digits.
 */
class pattern {
  public:
    /**
     * The pattern of a style of wasm/intl.js. Nothing where this could not write what Intl writes; that
     * is tried on a few instants of each month, weekday and hour.
     */
    static std::optional<pattern> of(const custom& how, std::string_view style);

    /** Appends the date or time that a clock without a zone shows. */
    void write(std::string& to, instant local) const;

  private:
    enum class part { literal, weekday, month, day, year, hour, minute, day_period };

    struct piece {
        part what;
        std::string text; ///< of a literal
        bool two_digits = false;
    };

    struct moment;

    bool read(std::string_view taken_apart);
    bool writes_what_intl_does(const custom& how, std::string_view style) const;
    void write_piece(std::string& to, const piece& each, const moment& now) const;
    void write_number(std::string& to, int number, bool two_digits) const;
    int shown_hour(int hour) const;

    std::vector<piece> pieces_;
    std::array<std::string, 10> digits_;
    std::array<std::string, 7> weekdays_; ///< from Sunday
    std::array<std::string, 12> months_;
    std::array<std::string, 24> day_periods_; ///< by the hour
    std::string hour_cycle_;
};

} // namespace slotguard
