// Asking JavaScript, which writes the answer into room that it asks for in turn.
#include "wasm/exchange.hpp"

#include <emscripten/emscripten.h>

extern "C" int slotguard_ask(const char* question, std::size_t length);

namespace slotguard {
namespace {
std::string reply;
}
} // namespace slotguard

/** Room for a reply of at most that many bytes. */
extern "C" EMSCRIPTEN_KEEPALIVE char* slotguard_reply_room(std::size_t size) {
    slotguard::reply.resize(size);
    return slotguard::reply.data();
}

namespace slotguard {

std::optional<std::string> ask(std::initializer_list<std::string_view> question) {
    std::string joined;
    for (std::string_view word : question) {
        if (!joined.empty())
            joined += field_end;
        joined += word;
    }
    const int length = slotguard_ask(joined.data(), joined.size());
    if (length < 0)
        return std::nullopt;
    return reply.substr(0, static_cast<std::size_t>(length));
}

} // namespace slotguard
