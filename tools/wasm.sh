#!/usr/bin/env bash
# Builds the browser module into build/web/.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in emcmake cmake; do
    command -v $tool >/dev/null || {
        echo "$tool is missing: apt-get install emscripten cmake" >&2
        exit 1
    }
done
# Debian's emcc finds its JavaScript parser only beside Debian's own Node, unless it is told.
export NODE_PATH=/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}
[[ -f build/wasm/Makefile ]] || emcmake cmake -S . -B build/wasm
cmake --build build/wasm --parallel
