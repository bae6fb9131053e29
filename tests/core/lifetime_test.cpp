// What looks into an object must not be asked of a temporary: before C++23 a range-for lets that go before
// its first turn.
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/journal_cursor.hpp"
#include "core/recurrence.hpp"

namespace slotguard {
namespace {

template <typename Object>
concept gives_all = requires {
    std::declval<Object>().all();
};
template <typename Object>
concept gives_text = requires {
    std::declval<Object>().text();
};

static_assert(gives_all<const period_days&> && gives_all<period_days&>);
static_assert(!gives_all<period_days> && !gives_all<const period_days>);
static_assert(gives_text<const written_cursor&> && gives_text<written_cursor&>);
static_assert(!gives_text<written_cursor> && !gives_text<const written_cursor>);

/** The lines of a header that declare a member function which gives a view, a pointer or a reference, and
 *  may be called for a temporary. Text of a fixed place is no part of the object. */
std::string accessors_of_temporaries(const std::filesystem::path& header) {
    static const std::regex accessor{
        R"(^    (constexpr )?(std::span<.*>|std::string_view|(const )?(?!(const )?char\*)[\w:]+[*&]) ?)"
        R"((operator\[\]|\w+)\(.*\)( const)?( noexcept)?( \{.*|;)$)"};
    std::ifstream file{header};
    std::string found;
    for (std::string line; std::getline(file, line);)
        if (std::regex_match(line, accessor))
            found += header.filename().string() + ":" + line + "\n";
    return found;
}

TEST(Lifetime, NoAccessorLooksIntoATemporary) {
    std::string found;
    for (const char* folder :
         {SLOTGUARD_ROOT "/core", SLOTGUARD_ROOT "/extension", SLOTGUARD_ROOT "/wasm"})
        for (const auto& file : std::filesystem::recursive_directory_iterator{folder})
            if (file.path().extension() == ".hpp" || file.path().extension() == ".cpp")
                found += accessors_of_temporaries(file.path());
    EXPECT_EQ(found, "");
}

} // namespace
} // namespace slotguard
