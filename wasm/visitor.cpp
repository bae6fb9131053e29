// The caller's options: { locale, timeZone, mentorTimeZone, hourCycle, now }.
#include "wasm/timestamp.hpp"

#include "wasm/visitor.hpp"

namespace slotguard {
namespace {

/** Empty where the locale decides. */
std::string read_hour_cycle(fields& options) {
    if (options.lacks())
        return {};
    const std::string_view cycle = options.text("hourCycle");
    if (cycle == "h12" || cycle == "h23")
        return std::string{cycle};
    if (cycle != "auto")
        options.complain("hourCycle", "\"auto\", \"h12\" or \"h23\"", cycle);
    return {};
}

std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

/**
 * Dates come in the language of the words around them: a visitor whose language is not there
 * gets English dates too, but the clock that he or she is used to.
 */
custom custom_of(const language& words, const std::string& locale, const std::string& hour_cycle) {
    const bool spoken = primary(locale) == primary(words.tag());
    return {spoken ? locale : words.tag(),
            hour_cycle.empty() ? ask({"hourCycle", locale}).value_or("h23") : hour_cycle};
}

/** Milliseconds as from Date.now(), or a Date's; by default the browser's clock. */
instant read_now(fields& options) {
    constexpr std::int64_t year_1000 = -30'610'224'000'000;
    constexpr std::int64_t year_9999 = 253'370'764'800'000;
    const std::int64_t milliseconds = options.whole_number("now");
    if (milliseconds > year_1000 && milliseconds < year_9999)
        return milliseconds * 1000;
    options.complain("now", "milliseconds as from Date.now(), or a Date", "\2");
    return 0;
}

std::optional<zone_field> read_zone(fields& options, const char* name) {
    if (options.lacks())
        return std::nullopt;
    return zone_field{options.name_of(name), std::string{options.text(name)}};
}

} // namespace

std::string read_locale(fields& from, std::string_view name) {
    if (from.lacks())
        return ask({"browserLocale"}).value_or("en");
    const std::string_view asked = from.text(name);
    if (from.wrong().made())
        return "en";
    auto locale = ask({"canonicalLocale", asked});
    if (!locale)
        from.complain(name, "a language tag such as \"en-GB\"", asked);
    return std::move(locale).value_or("en");
}

std::shared_ptr<wall_clock> clock_of(const custom& how, const zone_field& field, complaint& wrong) {
    auto clock = wall_clock::of(how, field.zone);
    if (!clock)
        wrong.about(field.name, "a time zone such as \"Europe/London\"", field.zone);
    return clock;
}

std::optional<visitor>
read_visitor(joined_fields& from, const std::optional<zone_field>& mentor_zone, complaint& wrong) {
    if (wrong.made())
        return std::nullopt;
    fields options{from, {"options"}, wrong};
    const std::string locale = read_locale(options, "locale");
    const auto zone = read_zone(options, "timeZone");
    const auto mentors = read_zone(options, "mentorTimeZone");
    const std::string hour_cycle = read_hour_cycle(options);
    const instant now = read_now(options);
    // A text that held the mark between fields has put all others out of their places.
    if (!from.at_end())
        wrong.about("options", "five fields", "\4more");
    if (wrong.made())
        return std::nullopt;

    const language& words = language_for(locale);
    visitor who{locale, &words, custom_of(words, locale, hour_cycle), nullptr, nullptr, now};
    who.clock =
        clock_of(who.how, zone ? *zone : zone_field{"options.timeZone", browser_zone()}, wrong);
    const auto& mentors_zone = mentors ? mentors : mentor_zone;
    if (who.clock && mentors_zone && mentors_zone->zone != who.clock->zone())
        who.mentor_clock = clock_of(who.how, *mentors_zone, wrong);
    if (wrong.made())
        return std::nullopt;
    return who;
}

std::string heading(instant day, std::string_view in_words, const visitor& who) {
    const instant today = who.clock->at(who.now).day;
    if (day == today)
        return who.words->say("slots.today", {{"day", in_words}});
    if (day == today + one_day)
        return who.words->say("slots.tomorrow", {{"day", in_words}});
    return std::string{in_words};
}

} // namespace slotguard
