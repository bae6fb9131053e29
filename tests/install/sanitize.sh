#!/usr/bin/env bash
# The suites named by SANITIZE_SUITES (regress isolation storm attack), and ATTACK_INPUTS (3000) hostile inputs, on the
# extension that tools/sanitize.sh builds. What the sanitizer finds ends the server and stands in its log.
cd "$(dirname "$0")/../.."
source tools/steps.sh

found='runtime error:|terminated by signal|stack smashing|PANIC|Assertion'

# inside NAME COMMAND…: one claim for a command, and for what the log says afterwards.
inside() {
    local name=$1 log=build/log/sanitize-$1.log
    shift
    if "$@" >"$log" 2>&1 </dev/null && ! grep -qE "$found" "$SLOTGUARD_SERVER_LOG"; then
        echo "ok $name on the sanitized build"
    else
        echo "not ok $name on the sanitized build"
        tail -n 30 "$log"
        grep -E -m 20 "$found" "$SLOTGUARD_SERVER_LOG" || true
    fi
}

if [[ ${1-} == inside ]]; then
    for suite in ${SANITIZE_SUITES:-regress isolation storm attack}; do
        case $suite in
        regress) inside regress make installcheck ISOLATION= ;;
        isolation) inside isolation make installcheck REGRESS= ;;
        storm) inside storm tools/node.sh --test --test-concurrency=1 --test-timeout=600000 tests/storm/*.test.mjs ;;
        attack) inside attack env ATTACK_INPUTS="${ATTACK_INPUTS:-3000}" tools/node.sh --test --test-timeout=600000 tests/attack/attack.test.mjs ;;
        *) give_up "There is no suite called $suite for the sanitized build" ;;
        esac
    done
else
    exec tools/sanitize.sh tools/cluster.sh run sanitize tests/install/sanitize.sh inside
fi
