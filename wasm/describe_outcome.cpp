// What came of a call, in the visitor's words: outcome in, tone, sentences and other times out.
#include "wasm/timestamp.hpp"

#include <utility>

#include "wasm/slot_words.hpp"

#include "wasm/describe_outcome.hpp"

using emscripten::val;

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

struct answer {
    outcome what;
    booking_window window;
    session_limit limit;
    std::optional<instant> day_asked_for; ///< the mentor's
    std::optional<instant> starts_at;     ///< of what was asked for
    std::optional<zone_field> mentor_zone;
    std::vector<slot> alternatives;
};

outcome read_outcome(const fields& result) {
    const auto what = outcome_from_word(result.text("outcome"));
    if (!what)
        result.complain("outcome", "an outcome such as \"booked\" or \"slot_taken\"");
    return what.value_or(outcome::not_found);
}

/**
 * Which side of the window a time lies on. Only the message tells: with a minimum notice, a time
 * can be too late to book and still lie ahead.
 */
booking_window read_window(const fields& result) {
    const bool early = result.text("message") ==
                       message(outcome::outside_booking_window, booking_window::too_early);
    return early ? booking_window::too_early : booking_window::too_late;
}

/** Which limit is reached: only the message tells. */
session_limit read_limit(const fields& result) {
    const auto said = result.text("message");
    for (session_limit limit : all_session_limits)
        if (said == message(outcome::limit_reached, {}, limit))
            return limit;
    return session_limit::per_day;
}

/** Looks at each field that may be null and is not, so that no wrong one passes in silence. */
void check_the_rest(const fields& result) {
    result.boolean("replayed");
    for (const char* number : {"session_id", "startup_id"})
        if (result.has(number))
            result.whole_number(number);
    for (const char* text : {"mentor_id", "hold_token", "hint"})
        if (result.has(text))
            result.text(text);
    for (const char* when : {"ends_at", "expires_at"})
        if (result.has(when))
            result.timestamp(when);
    if (result.has("session_time"))
        result.time("session_time");
}

answer read_answer(const val& given, complaint& wrong) {
    const fields result{given, "result", wrong};
    answer read{
        .what = read_outcome(result), .window = read_window(result), .limit = read_limit(result)};
    check_the_rest(result);
    if (result.has("session_date"))
        read.day_asked_for = parse_date(result.date("session_date"));
    if (result.has("starts_at"))
        read.starts_at = result.timestamp("starts_at");
    if (result.has("time_zone"))
        read.mentor_zone = zone_field{result.name_of("time_zone"), result.text("time_zone")};
    read.alternatives = read_rows(result.get("alternatives"), result.name_of("alternatives"), wrong,
                                  read_slot_time);
    return read;
}

/** The visitor's day that was asked for; a skipped time has only the mentor's date. */
std::optional<instant> asked_day(const answer& given, const visitor& who) {
    return given.starts_at ? who.clock->at(*given.starts_at).day : given.day_asked_for;
}

val alternative_object(const slot& each, std::optional<instant> asked, const visitor& who) {
    const instant when = each.starts_at;
    const reading local = who.clock->at(when);
    time_style style{.with_seconds = local.second != 0,
                     .with_offset = who.clock->shows_twice(when)};
    const std::string time = who.clock->time(when, style);
    const std::string day = who.clock->day(when);
    style.with_day = local.day != asked;
    val object = val::object();
    object.set("key", each.key);
    object.set("label", who.clock->time(when, style));
    object.set("description", describe(each, {local.day, day, time}, who));
    return object;
}

} // namespace

val describe_outcome(val result, val options) {
    complaint wrong;
    const answer given = read_answer(result, wrong);
    const auto who = read_visitor(options, given.mentor_zone, wrong);
    if (!who)
        return wrong.as_error();

    val alternatives = val::array();
    for (const slot& each : given.alternatives)
        alternatives.call<void>("push", alternative_object(each, asked_day(given, *who), *who));
    val described = val::object();
    described.set("tone", val(tone(given.what)));
    described.set("title", std::string{who->words->title(given.what)});
    described.set("body", std::string{who->words->body(given.what, given.window, given.limit)});
    described.set("alternatives", alternatives);
    described.set("refresh", list_is_old(given.what));
    return described;
}

} // namespace slotguard
