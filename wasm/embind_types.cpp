// The types that pass the module's door, told to Embind. Its own table of every type that could ever pass
// would bring a third more glue, and printf; the linker takes this one in its place, by the same names.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <type_traits>
#include <typeinfo>

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

using namespace emscripten::internal;

extern "C" {

EMSCRIPTEN_KEEPALIVE __attribute__((constructor)) void
__embind_register_native_and_builtin_types() {
    static_assert(std::is_same_v<std::size_t, std::uintptr_t>);
    _embind_register_void(TypeID<void>::get(), "void");
    _embind_register_integer(TypeID<std::size_t>::get(), "size_t", sizeof(std::size_t), 0,
                             std::numeric_limits<std::size_t>::max());
}

/** Names a type that was not told, in an error that the first call would bring. Its caller frees. */
EMSCRIPTEN_KEEPALIVE const char* __getTypeName(const std::type_info*) {
    return strdup("a type that wasm/embind_types.cpp does not tell");
}

} // extern "C"
