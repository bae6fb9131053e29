// The page's own phrases, filled with what it passes; and what is said of zones and durations.
#include "wasm/timestamp.hpp"

#include <vector>

#include "wasm/visitor.hpp"

#include "wasm/say.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

struct given_filling {
    std::string name;
    std::string text;
    std::string number; ///< empty where it is a text
};

std::vector<given_filling> read_fillings(joined_fields& from, complaint& wrong) {
    fields counted{from, {}, wrong};
    const int count = static_cast<int>(counted.whole_number("fillings"));
    std::vector<given_filling> read;
    for (int index = 0; index < count && !from.at_end() && !wrong.made(); ++index) {
        const std::string name{from.next()};
        const std::string_view value = from.next();
        if (value.starts_with(mark::number))
            read.push_back({name, {}, std::string{value.substr(1)}});
        else if (is_text(value))
            read.push_back({name, std::string{value}, {}});
        else
            wrong.about("fillings." + name, "a text or a number", value);
    }
    return read;
}

/** What a phrase is in a language: English's where a page's own pack came in English alone. */
struct found_phrase {
    const language* words;
    std::string_view text;
};

found_phrase find_phrase(const language& words, std::string_view path,
                         const std::vector<given_filling>& fillings) {
    for (const language* each : {&words, static_cast<const language*>(&english())}) {
        if (const std::string_view text = each->find(path); !text.empty())
            return {each, text};
        for (const given_filling& filling : fillings)
            if (filling.name == "count" && !filling.number.empty())
                if (const std::string_view text = plural_form(*each, path, filling.number);
                    !text.empty())
                    return {each, text};
    }
    return {&words, {}};
}

void complain_of_phrase(std::string_view path, complaint& wrong) {
    if (english().find(std::string{path} + ".other").empty())
        wrong.about("phrase", "a phrase of a loaded language such as \"page.title\"", path);
    else
        wrong.about("fillings.count", "a number, which \"" + std::string{path} + "\" depends on",
                    "\4nothing");
}

} // namespace

std::string_view plural_form(const language& words, std::string_view path, std::string_view count) {
    const std::string stem = std::string{path} + '.';
    if (count == "0")
        if (const std::string_view none = words.find(stem + "zero"); !none.empty())
            return none;
    return words.find(stem + ask({"plural", words.tag(), count}).value_or("other"));
}

std::string counted(const language& words, std::string_view locale, std::string_view path,
                    int count, std::initializer_list<filling> others) {
    const std::string number = std::to_string(count);
    const std::string digits = ask({"number", locale, number}).value_or(number);
    std::vector<filling> fillings{others};
    fillings.push_back({"count", digits});
    return filled(plural_form(words, path, number), fillings, words.which_way());
}

answer say_phrase(joined_fields& asked) {
    complaint wrong;
    fields from{asked, {}, wrong};
    const std::string path{from.text("phrase")};
    std::vector<given_filling> given = read_fillings(asked, wrong);
    fields options{asked, {"options"}, wrong};
    const std::string locale = read_locale(options, "locale");
    if (wrong.made())
        return wrong.as_answer();

    const language& words = language_for(locale);
    const auto [speaks, text] = find_phrase(words, path, given);
    if (text.empty())
        complain_of_phrase(path, wrong);
    std::vector<filling> fillings;
    for (given_filling& each : given) {
        if (!each.number.empty())
            each.text = ask({"number", locale, each.number}).value_or(each.number);
        fillings.push_back({each.name, each.text});
    }
    if (const std::string_view name = unfilled(text, fillings); !name.empty())
        wrong.about("fillings." + std::string{name}, "a text or a number", "\4nothing");
    return wrong.made() ? wrong.as_answer() : answer{filled(text, fillings, speaks->which_way())};
}

answer describe_zone(joined_fields& asked) {
    complaint wrong;
    fields from{asked, {}, wrong};
    const std::string zone{from.text("zone")};
    const auto who = read_visitor(asked, std::nullopt, wrong);
    const auto clock = who ? clock_of(who->how, {"zone", zone}, wrong) : nullptr;
    return clock ? answer{clock->zone_in_words(who->now)} : wrong.as_answer();
}

answer format_duration(joined_fields& asked) {
    complaint wrong;
    fields from{asked, {}, wrong};
    const std::string minutes{from.number("minutes")};
    if (minutes.starts_with('-'))
        from.complain("minutes", "a number that is not below zero", "\2");
    const auto who = read_visitor(asked, std::nullopt, wrong);
    if (!who)
        return wrong.as_answer();
    return answer{ask({"duration", who->how.locale, minutes}).value_or("")};
}

} // namespace slotguard
