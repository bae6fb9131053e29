#!/usr/bin/env bash
# Runs the Node that web/package.json pins: Debian 12's own is older than our packages allow.
case $(uname -m) in
x86_64) arch=x64 ;;
aarch64 | arm64) arch=arm64 ;;
*)
    echo "There is no pinned Node for $(uname -m), only for x86_64 and aarch64." >&2
    exit 1
    ;;
esac
node=$(dirname "$0")/../web/node_modules/node-linux-$arch/bin/node
[[ -x $node ]] || {
    echo "The pinned Node is not here yet: run tools/setup.sh demo" >&2
    exit 1
}
exec "$node" "$@"
