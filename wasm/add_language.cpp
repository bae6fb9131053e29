// Packs of languages: taking them in whole, and telling which of them a locale is answered in.
#include "wasm/timestamp.hpp"

#include "wasm/fields.hpp"
#include "wasm/languages.hpp"
#include "wasm/visitor.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

answer described(const language& which) {
    answer told;
    told.add(which.tag());
    told.add(which.which_way() == direction::left_to_right ? "ltr" : "rtl");
    return told;
}

std::string read_tag(fields& pack) {
    const std::string tag{pack.text("language")};
    if (!pack.wrong().made() && ask({"canonicalLocale", tag}) != tag)
        pack.complain("language", "a language tag such as \"pt-BR\"", tag);
    return tag;
}

direction read_direction(fields& pack) {
    const std::string_view given = pack.text("direction");
    if (given != "ltr" && given != "rtl")
        pack.complain("direction", "\"ltr\" or \"rtl\"", given);
    return given == "rtl" ? direction::right_to_left : direction::left_to_right;
}

void read_phrases(joined_fields& from, language& into, complaint& wrong) {
    fields counted{from, {}, wrong};
    const int count = static_cast<int>(counted.whole_number("pack"));
    for (int index = 0; index < count && !from.at_end() && !wrong.made(); ++index) {
        const std::string path{from.next()};
        fields phrase{from, {"pack"}, wrong};
        into.set(path, phrase.text(path));
    }
}

} // namespace

answer add_language(joined_fields& asked) {
    complaint wrong;
    fields pack{asked, {"pack"}, wrong};
    const std::string tag = read_tag(pack);
    const direction which_way = read_direction(pack);
    // What is known of it already, with the pack on top: nothing changes where the pack is not in order.
    const language* known = loaded_language(tag);
    language whole = known ? *known : language{tag, which_way};
    read_phrases(asked, whole, wrong);
    if (const std::string_view path = missing_phrase(whole); !path.empty())
        wrong.about("pack." + std::string{path}, "a text", "\4nothing");
    if (wrong.made())
        return wrong.as_answer();
    return described(language_to_fill(tag, which_way) = std::move(whole));
}

answer language_of(joined_fields& asked) {
    complaint wrong;
    fields from{asked, {}, wrong};
    const std::string locale = read_locale(from, "locale");
    return wrong.made() ? wrong.as_answer() : described(language_for(locale));
}

answer language_to_fetch(joined_fields& asked) {
    complaint wrong;
    fields from{asked, {}, wrong};
    const std::string locale = read_locale(from, "locale");
    return wrong.made() ? wrong.as_answer() : answer{language_to_load(locale)};
}

} // namespace slotguard
