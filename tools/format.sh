#!/usr/bin/env bash
# Lays out our own C++, by .clang-format; `tools/format.sh --dry-run --Werror` only looks.
cd "$(dirname "$0")/.."
command -v clang-format >/dev/null || {
    echo "clang-format is missing: apt-get install clang-format" >&2
    exit 1
}
find bench core extension wasm tests/core \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 --no-run-if-empty clang-format -i "$@"
