// The module's door: what wasm/public_functions.js and wasm/intl.js call. Numbers alone pass it, which say
// where a text stands in the module's memory: of what Embind could pass, they cost least.
#include <cstdint>

#include <emscripten/bind.h>

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

/** Room for a question of at most that many bytes. */
std::uintptr_t room(std::size_t size) {
    question.resize(size);
    return reinterpret_cast<std::uintptr_t>(question.data());
}

/** Answers the question of that many bytes, and tells how long the answer is. */
std::size_t call(std::size_t size) {
    answered = answer{};
    joined_fields asked{std::string_view{question}.substr(0, size)};
    const std::string_view name = asked.next();
    for (const auto& each : functions)
        if (each.name == name)
            answered = each.function(asked);
    return answered.text().size();
}

/** Where the answer stands. */
std::uintptr_t answer_text() { return reinterpret_cast<std::uintptr_t>(answered.text().data()); }

} // namespace

EMSCRIPTEN_BINDINGS(slotguard) {
    emscripten::function("room", &room);
    emscripten::function("call", &call);
    emscripten::function("answerText", &answer_text);
    emscripten::function("replyRoom", &reply_room);
}

} // namespace slotguard
