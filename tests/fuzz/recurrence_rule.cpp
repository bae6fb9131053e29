// A rule's text, and the rule that a text could stand for: whatever comes, the verdict points into the text, and the
// days of a period lie in it, in order.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "core/recurrence.hpp"
#include "core/recurrence_rule.hpp"

using namespace slotguard;

namespace {

void check(bool holds) {
    if (!holds)
        std::abort();
}

void judge(std::string_view text) {
    const rule_verdict verdict = judge_rule(text);
    if (verdict.fault != rule_fault::none) {
        check(verdict.part.empty() || (verdict.part.data() >= text.data() &&
                                       verdict.part.data() + verdict.part.size() <=
                                           text.data() + text.size()));
        return;
    }
    std::string shouted{text};
    for (char& letter : shouted)
        letter = rule_text::upper(letter);
    check(judge_rule(shouted).fault == rule_fault::none);
    check(judge_rule(shouted + ";").fault == rule_fault::malformed);
    check(judge_rule(shouted + ";COUNT=10001").fault != rule_fault::none);
}

/** Takes numbers off the front of the bytes. */
class numbers {
  public:
    explicit numbers(std::string_view bytes) : bytes_{bytes} {}
    std::int64_t between(std::int64_t least, std::int64_t most) {
        std::uint32_t drawn = 0;
        const std::size_t size = bytes_.size() < 4 ? bytes_.size() : 4;
        std::memcpy(&drawn, bytes_.data(), size);
        bytes_.remove_prefix(size);
        return least + drawn % (most - least + 1);
    }

  private:
    std::string_view bytes_;
};

void follow(std::string_view bytes) {
    numbers draw{bytes};
    recurrence rule;
    rule.every = frequency(draw.between(0, 3));
    rule.interval = int(draw.between(1, 32767));
    rule.week_start = int(draw.between(0, 6));
    rule.months = std::uint16_t(draw.between(0, 0x1fff) & ~1);
    rule.weekdays = std::uint8_t(draw.between(0, 0x7f));
    for (auto places = draw.between(0, 3); places > 0; --places)
        if (const int place = int(draw.between(-31, 31)))
            rule.month_days.add(place);
    for (auto places = draw.between(0, 3); places > 0; --places)
        if (const int place = int(draw.between(-53, 53)))
            rule.add_numbered(int(draw.between(0, 6)), place);
    for (auto places = draw.between(0, 3); places > 0; --places)
        if (const int place = int(draw.between(-366, 366)))
            rule.positions.add(place);
    const day_number start = draw.between(-730'119, 2'921'939);
    rule.begin_on(start);
    const std::int64_t first = rule.period_from(start, draw.between(-730'119, 2'921'939));
    for (std::int64_t period = first; period < first + 3 * rule.interval; period += rule.interval) {
        const period_days days = rule.days_of(period);
        day_number before = rule.first_day_of(period) - 1;
        check(rule.period_of(before + 1) == period);
        for (day_number day : days.all()) {
            check(day > before && day < rule.first_day_of(period + 1));
            before = day;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    judge(bytes);
    follow(bytes);
    return 0;
}
