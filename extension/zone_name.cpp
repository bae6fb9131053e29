#include "extension/zone_name.hpp"

#include "extension/palloc_list.hpp"

namespace slotguard {
namespace {

bool has_digit(const char* name) { return strpbrk(name, "0123456789") != nullptr; }

/** The names with a digit that pg_timezone_names lists, some eighty, in memory of the backend's. */
palloc_list<const char*> list_names_with_digits() {
    palloc_list<const char*> found;
    pg_tzenum* zones = pg_tzenumerate_start();
    while (pg_tz* zone = pg_tzenumerate_next(zones))
        if (const char* name = pg_get_timezone_name(zone); has_digit(name))
            found.add(pstrdup(name));
    pg_tzenumerate_end(zones);
    palloc_list<const char*> kept;
    const MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
    kept.reserve(std::max<std::size_t>(found.size(), 1));
    for (const char* name : found.all())
        kept.add(pstrdup(name));
    MemoryContextSwitchTo(caller);
    return kept;
}

} // namespace

bool is_zone_name(const char* name) {
    if (!has_digit(name))
        return true;
    static palloc_list<const char*> listed; // reading every zone's file takes milliseconds
    static bool is_listed = false;
    if (!is_listed) {
        listed = list_names_with_digits();
        is_listed = true;
    }
    const auto all = listed.all();
    return std::any_of(all.begin(), all.end(),
                       [name](const char* known) { return pg_strcasecmp(known, name) == 0; });
}

} // namespace slotguard
