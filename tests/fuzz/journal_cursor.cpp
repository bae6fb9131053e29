// A cursor that somebody passes: it is one that was written, or none.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "core/journal_cursor.hpp"

using namespace slotguard;

namespace {

void check(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto read = cursor_from_text(text)) {
        const written_cursor again = written(*read);
        check(again.text() == text);
    }
    if (size >= sizeof(journal_cursor)) {
        journal_cursor cursor;
        std::memcpy(&cursor, data, sizeof cursor);
        const written_cursor made = written(cursor);
        check(cursor_from_text(made.text()) == cursor);
    }
    return 0;
}
