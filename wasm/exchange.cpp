// Asking JavaScript, which writes the answer into room that it asks for in turn.
#include "wasm/exchange.hpp"

extern "C" int slotguard_ask(const char* question, std::size_t length);

namespace slotguard {
namespace {
std::string reply;
}

std::uintptr_t reply_room(std::size_t size) {
    reply.resize(size);
    return reinterpret_cast<std::uintptr_t>(reply.data());
}

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
