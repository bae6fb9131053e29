// The caller's options: { locale, timeZone, mentorTimeZone, hourCycle, now }.
#include "wasm/languages/languages.hpp"

#include "wasm/visitor.hpp"

using emscripten::val;

namespace slotguard {
namespace {

val resolved(const val& format) { return format.call<val>("resolvedOptions"); }

/** The canonical spelling of the locale asked for, by default the browser's. */
std::string read_locale(const fields& options) {
    const val intl = val::global("Intl");
    if (!options.has("locale"))
        return resolved(intl["DateTimeFormat"].new_())["locale"].as<std::string>();
    const auto asked = short_text(options.get("locale"));
    const val locale =
        asked ? construct(intl["Locale"], val(*asked), val::undefined()) : val::undefined();
    if (!locale.isUndefined())
        return locale.call<std::string>("toString");
    options.complain("locale", "a language tag such as \"en-GB\"");
    return "en";
}

/** Empty where the locale decides. */
std::string read_hour_cycle(const fields& options) {
    if (!options.has("hourCycle"))
        return {};
    const auto cycle = short_text(options.get("hourCycle"));
    if (cycle == "h12" || cycle == "h23")
        return *cycle;
    if (cycle != "auto")
        options.complain("hourCycle", "\"auto\", \"h12\" or \"h23\"");
    return {};
}

/** Whether the clocks of a locale count to 12 or to 24, in Intl's word. */
std::string hour_cycle_of(const std::string& locale) {
    val options = bare_object();
    options.set("hour", val("numeric"));
    const val format = val::global("Intl")["DateTimeFormat"].new_(val(locale), options);
    return resolved(format)["hourCycle"].as<std::string>();
}

/**
 * Dates come in the language of the words around them: a visitor whose language is not there
 * gets English dates too, but the clock that he or she is used to.
 */
wall_clock::custom custom_of(const phrases& words, const std::string& locale,
                             const std::string& hour_cycle) {
    const bool spoken = (locale + '-').starts_with(std::string{words.language} + '-');
    return {spoken ? locale : std::string{words.language},
            hour_cycle.empty() ? hour_cycle_of(locale) : hour_cycle};
}

/** Milliseconds as from Date.now(), or a Date; by default the browser's clock. */
instant read_now(const fields& options) {
    if (!options.has("now"))
        return static_cast<instant>(val::global("Date").call<double>("now") * 1000);
    const double milliseconds = milliseconds_of(options.get("now"));
    constexpr double year_1000 = -30'610'224'000'000;
    constexpr double year_9999 = 253'370'764'800'000;
    if (milliseconds > year_1000 && milliseconds < year_9999)
        return static_cast<instant>(milliseconds * 1000);
    options.complain("now", "milliseconds as from Date.now(), or a Date");
    return 0;
}

std::shared_ptr<wall_clock> clock_of(const wall_clock::custom& how, const zone_field& field,
                                     complaint& wrong) {
    auto clock = wall_clock::of(how, field.zone);
    if (!clock)
        wrong.about(field.name, "a time zone such as \"Europe/London\"", val(field.zone));
    return clock;
}

std::optional<zone_field> read_zone(const fields& options, const char* name) {
    if (!options.has(name))
        return std::nullopt;
    return zone_field{options.name_of(name), options.text(name)};
}

} // namespace

std::optional<visitor> read_visitor(const val& given, const std::optional<zone_field>& mentor_zone,
                                    complaint& wrong) {
    if (wrong.made())
        return std::nullopt;
    const fields options{given.isUndefined() ? val::object() : given, "options", wrong};
    const std::string locale = read_locale(options);
    const phrases& words = language_for(locale);
    const auto how = custom_of(words, locale, read_hour_cycle(options));
    const instant now = read_now(options);
    const auto zone = read_zone(options, "timeZone");
    const auto mentors = read_zone(options, "mentorTimeZone");
    if (wrong.made())
        return std::nullopt;

    visitor who{&words, nullptr, nullptr, now};
    who.clock = clock_of(how, zone.value_or(zone_field{"options.timeZone", browser_zone()}), wrong);
    const auto& mentors_zone = mentors ? mentors : mentor_zone;
    if (who.clock && mentors_zone && mentors_zone->zone != who.clock->zone())
        who.mentor_clock = clock_of(how, *mentors_zone, wrong);
    if (wrong.made())
        return std::nullopt;
    return who;
}

} // namespace slotguard
