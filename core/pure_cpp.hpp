// Included last by each core header: core/ knows neither PostgreSQL nor the browser.
#if defined(POSTGRES_H) || defined(EMSCRIPTEN_BIND_H_INCLUDED)
static_assert(false, "include core headers before extension/postgres_headers.hpp and embind");
#endif
