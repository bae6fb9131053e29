// Filling a phrase: `Book {time}` and what stands for {time}.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/text_writer.hpp"

namespace slotguard {

/** A name in a phrase and what stands there when it is said. */
struct filling {
    std::string_view name;
    std::string_view text;
    bool own_words = false; ///< of the sentence's own language, and never isolated
};

/** Which way a sentence runs. */
enum class direction { left_to_right, right_to_left };

/**
 * The phrase with each `{name}` filled in once: text that holds braces itself stays text. A filling
 * that runs the other way than the sentence is isolated from it (Unicode's UAX 9), or "10:00 (GMT+2)"
 * would come apart in an Arabic sentence.
 */
std::string filled(std::string_view phrase, std::span<const filling> fillings, direction which_way);

inline std::string filled(std::string_view phrase, std::initializer_list<filling> fillings,
                          direction which_way) {
    return filled(phrase, std::span{fillings.begin(), fillings.size()}, which_way);
}

/** The first `{name}` of the phrase that nothing fills, empty where all are. */
std::string_view unfilled(std::string_view phrase, std::span<const filling> fillings);

/** A phrase that is said many times: taken apart once. */
class sentence {
  public:
    sentence(std::string_view phrase, std::initializer_list<std::string_view> names);

    /** Appends it, with the texts in the order of the names; what needs it is isolated already. */
    void say(text_writer& to, std::initializer_list<std::string_view> texts) const;

  private:
    struct piece {
        std::string before;
        std::size_t filled_by; ///< the place of a name, or past them all
    };
    std::vector<piece> pieces_;
};

/** Whether the text has letters that run the other way than the sentence around it. */
bool runs_against(std::string_view text, direction which_way);

/** Between the marks FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE where the text needs it. */
void append_isolated(std::string& sentence, std::string_view text, direction which_way);

} // namespace slotguard
