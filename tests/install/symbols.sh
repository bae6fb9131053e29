#!/usr/bin/env bash
# What slotguard.so asks of others: PostgreSQL, libical and the C library, never a C++ runtime.
source "$(dirname "$0")/claims.sh"

# gcc's own start files ask for __cxa_finalize in every shared library, also in one written in C.
wanted=$(nm -D --undefined-only slotguard.so | grep -v __cxa_finalize)
offered=$(nm -D --defined-only slotguard.so)
needed=$(readelf --dynamic slotguard.so | grep NEEDED)

claim "PostgreSQL can load it" grep -w Pg_magic_func <<<"$offered"
claim "it asks PostgreSQL for its memory" grep -w palloc <<<"$wanted"
claim "it needs no C++ function from outside" no grep ' _Z' <<<"$wanted"
claim "it needs no C++ exceptions" no grep __cxa_ <<<"$wanted"
claim "it needs no unwinder" no grep _Unwind_ <<<"$wanted"
claim "it is linked with no C++ library" no grep -E 'libstdc|libc\+\+' <<<"$needed"
exit $status
