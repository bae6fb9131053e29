// Times written back for JavaScript.
#include "wasm/timestamp.hpp"

namespace slotguard {
namespace {

std::chrono::sys_days day_of(instant when) {
    const std::chrono::microseconds since_1970{when};
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::microseconds>{since_1970});
}

void write_date(text_writer& to, std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    to.add_digits(static_cast<unsigned>(static_cast<int>(date.year())), 4);
    to.add('-');
    to.add_digits(static_cast<unsigned>(date.month()), 2);
    to.add('-');
    to.add_digits(static_cast<unsigned>(date.day()), 2);
}

/** The date that was written last: in a list most dates are that one. */
class last_date {
  public:
    std::string_view of(instant midnight) & {
        if (midnight != midnight_ || written_.text().empty()) {
            written_ = text_writer{};
            write_date(written_, day_of(midnight));
            midnight_ = midnight;
        }
        return written_.text();
    }

  private:
    instant midnight_ = 0;
    text_writer written_;
};

} // namespace

std::string date_text(instant when) {
    text_writer date;
    write_date(date, day_of(when));
    return std::string{date.text()};
}

void write_utc(text_writer& to, instant when) {
    static last_date date;
    static day_finder days;
    const instant midnight = days.midnight_before(when);
    const elapsed time = when - midnight;
    const auto seconds = static_cast<unsigned>(time / one_second);
    to.add(date.of(midnight));
    to.add('T');
    to.add_digits(seconds / 3600, 2);
    to.add(':');
    to.add_digits(seconds / 60 % 60, 2);
    to.add(':');
    to.add_digits(seconds % 60, 2);
    if (const auto micros = static_cast<unsigned>(time % one_second); micros != 0) {
        to.add('.');
        to.add_digits(micros, 6);
    }
    to.add('Z');
}

std::string utc_text(instant when) {
    text_writer text;
    write_utc(text, when);
    return std::string{text.text()};
}

void write_slot_key(text_writer& to, std::string_view session_date, std::string_view session_time) {
    constexpr std::string_view no_seconds = ":00";
    if (session_time.size() == 8 && session_time.substr(5) == no_seconds)
        session_time.remove_suffix(no_seconds.size());
    to.add(session_date);
    to.add('T');
    to.add(session_time);
}

std::string slot_key(std::string_view session_date, std::string_view session_time) {
    text_writer key;
    write_slot_key(key, session_date, session_time);
    return std::string{key.text()};
}

} // namespace slotguard
