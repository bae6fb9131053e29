#!/usr/bin/env bash
# Builds the browser module into build/web/.
set -euo pipefail
cd -P "$(dirname "$0")/.."
for tool in emcmake cmake; do
    command -v $tool >/dev/null || {
        echo "$tool is missing: apt-get install emscripten cmake" >&2
        exit 1
    }
done
# Debian's emcc finds its JavaScript parser only beside Debian's own Node, unless it is told.
export NODE_PATH=/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}
# CMake's files name the folder that they were made for; a tree that was moved or copied needs new ones.
if ! grep -qsx "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" build/wasm/CMakeCache.txt ||
    [[ ! -f build/wasm/Makefile ]]; then
    rm -rf build/wasm
    emcmake cmake -S . -B build/wasm
fi
cmake --build build/wasm --parallel
