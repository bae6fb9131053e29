#!/usr/bin/env bash
# Builds what browsers load into build/web/: the browser module, then the pages, which bundle it.
set -euo pipefail
cd -P "$(dirname "$0")/.."
tools/wasm.sh
tools/node.sh web/bundle.mjs
