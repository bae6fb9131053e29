// What came of a call, in the visitor's words: outcome in, tone, sentences and other times out.
#include <algorithm>

#include "wasm/timestamp.hpp"

#include "core/message.hpp"
#include "core/outcome.hpp"

#include "wasm/slot_words.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

/** How the page should look while it says so. */
const char* tone(outcome what) {
    switch (what) {
    case outcome::booked:
    case outcome::held:
    case outcome::rescheduled:
    case outcome::cancelled: return "success";
    case outcome::already_yours:
    case outcome::released:
    case outcome::already_cancelled: return "info";
    case outcome::slot_taken:
    case outcome::startup_busy:
    case outcome::slot_held:
    case outcome::mentor_unavailable:
    case outcome::outside_booking_window:
    case outcome::limit_reached:
    case outcome::hold_expired:
    case outcome::invalid_time: return "warning";
    case outcome::not_found: return "error";
    }
    return "error";
}

/** Whether the page's list no longer shows what the database knows. */
bool list_is_old(outcome what) {
    switch (what) {
    case outcome::booked:
    case outcome::slot_taken:
    case outcome::already_yours:
    case outcome::slot_held:
    case outcome::mentor_unavailable:
    case outcome::outside_booking_window:
    case outcome::limit_reached:
    case outcome::held:
    case outcome::hold_expired:
    case outcome::released:
    case outcome::rescheduled:
    case outcome::cancelled:
    case outcome::already_cancelled:
    case outcome::not_found: return true;
    case outcome::startup_busy:
    case outcome::invalid_time: return false;
    }
    return true;
}

struct told_answer {
    outcome what;
    std::string_view message;             ///< the database's, in English
    std::optional<instant> day_asked_for; ///< the mentor's
    std::optional<instant> starts_at;     ///< of what was asked for
    std::optional<zone_field> mentor_zone;
    std::vector<slot> alternatives;
};

outcome read_outcome(fields& result) {
    const std::string_view given = result.text("outcome");
    const auto what = outcome_from_word(given);
    if (!what)
        result.complain("outcome", "an outcome such as \"booked\" or \"slot_taken\"", given);
    return what.value_or(outcome::not_found);
}

/**
 * Which of an outcome's sentences is meant. Only the message tells: with a minimum notice, a time can
 * be too late to book and still lie ahead; and which limit is reached, nothing else says.
 */
std::string_view variant(outcome what, std::string_view said) {
    if (what == outcome::outside_booking_window)
        return said == message(what, booking_window::too_early) ? "too_early" : "too_late";
    if (what != outcome::limit_reached)
        return "body";
    const auto limit =
        std::find_if(all_session_limits.begin(), all_session_limits.end(),
                     [&](session_limit each) { return said == message(what, {}, each); });
    return word(limit == all_session_limits.end() ? session_limit::per_day : *limit);
}

/** Looks at each field that may be null and is not, so that no wrong one passes in silence. */
void check_the_rest(fields& result) {
    result.boolean("replayed");
    for (const char* number : {"session_id", "startup_id"})
        if (!result.lacks())
            result.whole_number(number);
    for (const char* text : {"mentor_id", "hold_token", "hint"})
        if (!result.lacks())
            result.text(text);
    for (const char* when : {"ends_at", "expires_at"})
        if (!result.lacks())
            result.timestamp(when);
    if (!result.lacks())
        result.time("session_time");
}

told_answer read_answer(joined_fields& from, complaint& wrong) {
    fields result{from, {"result"}, wrong};
    told_answer read{.what = read_outcome(result), .message = result.text("message")};
    check_the_rest(result);
    if (!result.lacks())
        read.day_asked_for = parse_date(result.date("session_date"));
    if (!result.lacks())
        read.starts_at = result.timestamp("starts_at");
    if (!result.lacks())
        read.mentor_zone =
            zone_field{result.name_of("time_zone"), std::string{result.text("time_zone")}};
    read.alternatives = read_rows(from, "result.alternatives", wrong, read_slot_time);
    return read;
}

/** The visitor's day that was asked for; a skipped time has only the mentor's date. */
std::optional<instant> asked_day(const told_answer& given, const visitor& who) {
    return given.starts_at ? who.clock->at(*given.starts_at).day : given.day_asked_for;
}

void add_alternative(answer& to, const slot& each, std::optional<instant> asked, const visitor& who,
                     slot_writer& writer) {
    const instant when = each.starts_at;
    const reading local = who.clock->at(when);
    time_style style{.with_seconds = local.second != 0,
                     .with_offset = who.clock->shows_twice(when)};
    const std::string time = who.clock->time(when, style);
    const std::string day = who.clock->day(when);
    style.with_day = local.day != asked;
    write_slot_key(to.field(), each.session_date, each.session_time);
    to.add(who.clock->time(when, style));
    writer.describe(to.field(), each, {local, day, time});
}

} // namespace

answer describe_outcome(joined_fields& asked) {
    complaint wrong;
    const told_answer given = read_answer(asked, wrong);
    const auto who = read_visitor(asked, given.mentor_zone, wrong);
    if (!who)
        return wrong.as_answer();

    const std::string phrase = "outcomes." + std::string{word(given.what)};
    answer described;
    described.add(tone(given.what));
    described.add(who->words->find(phrase + ".title"));
    described.add(who->words->find(phrase + "." + std::string{variant(given.what, given.message)}));
    described.add(list_is_old(given.what) ? "true" : "");
    slot_writer writer{*who};
    for (const slot& each : given.alternatives)
        add_alternative(described, each, asked_day(given, *who), *who, writer);
    return described;
}

} // namespace slotguard
