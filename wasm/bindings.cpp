// The module's door: what wasm/public_functions.js calls, by name. Plain exports instead of Embind: one
// text each way is all that passes, and Embind's glue would be larger than all of it.
#include <emscripten/emscripten.h>

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

constexpr struct {
    std::string_view name;
    answer (*function)(joined_fields&);
} functions[] = {
    {"formatSlots", format_slots},
    {"describeOutcome", describe_outcome},
    {"describeSession", describe_session},
    {"formatMonth", format_month},
    {"describeZone", describe_zone},
    {"formatDuration", format_duration},
    {"say", say_phrase},
    {"addLanguage", add_language},
    {"languageOf", language_of},
    {"languageToFetch", language_to_fetch},
};

std::string question;
answer answered;

} // namespace
} // namespace slotguard

extern "C" {

/** Room for a question of at most that many bytes. */
EMSCRIPTEN_KEEPALIVE char* slotguard_room(std::size_t size) {
    slotguard::question.resize(size);
    return slotguard::question.data();
}

/** Answers the question of that many bytes, and tells how long the answer is. */
EMSCRIPTEN_KEEPALIVE std::size_t slotguard_call(std::size_t size) {
    using namespace slotguard;
    answered = answer{};
    joined_fields asked{std::string_view{question}.substr(0, size)};
    const std::string_view name = asked.next();
    for (const auto& each : functions)
        if (each.name == name)
            answered = each.function(asked);
    return answered.text().size();
}

EMSCRIPTEN_KEEPALIVE const char* slotguard_answer() { return slotguard::answered.text().data(); }

} // extern "C"
