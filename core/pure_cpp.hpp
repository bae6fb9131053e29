// Included last by each core header: core/ knows neither PostgreSQL nor the browser.
// EMSCRIPTEN_SYMBOL is a macro of <emscripten/val.h>, which has no include guard to ask for.
#if defined(POSTGRES_H) || defined(EMSCRIPTEN_SYMBOL)
static_assert(false, "include core headers before extension/postgres_headers.hpp and embind");
#endif
