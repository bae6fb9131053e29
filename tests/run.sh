#!/usr/bin/env bash
# Every suite in turn, on the private cluster that tools/cluster.sh has set up around us; run by
# `make test`, where ONLY="regress wasm" names some. The last line is the total of all.
cd "$(dirname "$0")/.."
source tools/steps.sh

# A suite is a function that runs it, and the way its own totals read.
suites="core fuzz model symbols versions regress recurrence calendar isolation fixture dump docs wasm gateway browser storm torture
    attack sanitize faults property bench demo"
declare -A totals_of=([core]=ctest [fuzz]=claims [attack]=node [sanitize]=claims [regress]=pg_regress [isolation]=pg_regress [recurrence]=node [calendar]=node [wasm]=node
    [gateway]=node [browser]=node [storm]=node [torture]=node [faults]=node [property]=node [model]=claims [symbols]=claims [versions]=claims
    [fixture]=claims [dump]=claims [docs]=claims [bench]=claims [demo]=claims)

core() {
    cmake -S . -B build/core && cmake --build build/core --parallel &&
        ctest --test-dir build/core --output-on-failure
}
# Takes FUZZ_SECONDS.
fuzz() { tests/fuzz/fuzz.sh; }
model() { tests/model/model.sh; }
symbols() { tests/install/symbols.sh; }
versions() { tools/node.sh tests/install/versions.mjs; }
regress() {
    # One that an earlier run has written would pass for this one's.
    rm -f build/regress/outcomes.json
    pg_regress ISOLATION= build/regress
}
# Takes RECURRENCE_SEED and RECURRENCE_RULES.
recurrence() { node_test tests/recurrence/*.test.mjs; }
# Takes CALENDAR_SEED and CALENDAR_SESSIONS.
calendar() { node_test tests/calendar/*.test.mjs; }
isolation() { pg_regress REGRESS= build/isolation; }
fixture() { tests/install/fixture.sh; }
dump() { tests/install/dump.sh; }
docs() { tools/node.sh tests/install/docs.mjs; }
wasm() { node_test tests/wasm/*.test.mjs; }
gateway() { node_test tests/gateway/*.test.mjs; }
# Each file has browsers of its own, so one at a time.
browser() { node_test --test-concurrency=1 tests/browser/*.test.mjs; }
storm() { node_test --test-concurrency=1 tests/storm/*.test.mjs; }
# A server of its own, which is killed.
torture() { node_test --test-concurrency=1 tests/torture/*.test.mjs; }
# A server of its own, which strangers do their worst to.
attack() { node_test --test-timeout=600000 tests/attack/*.test.mjs; }
# A server of its own; `make sanitize` runs more on it.
sanitize() { SANITIZE_SUITES="regress attack" tests/install/sanitize.sh; }
# Servers of its own, a few at a time.
faults() { node_test --test-concurrency=1 tests/faults/*.test.mjs; }
# Servers of its own, whose clocks stand elsewhere.
property() { node_test tests/property/*.test.mjs; }
bench() { tests/install/bench.sh; }
demo() { tests/install/demo.sh; }

pg_regress() {
    local without=$1 output=$2
    rm -f "$output/regression.diffs"
    make installcheck "$without" || {
        cat "$output/regression.diffs"
        return 1
    }
}

node_test() {
    tools/node.sh --test --test-reporter=spec --test-timeout=180000 "$@"
}

# Each prints "passed failed" as the runner itself counted them in the log.
count_ctest() {
    sed -n 's/.* tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\2 \1/p' "$1" |
        while read -r total failed; do echo $((total - failed)) "$failed"; done
}
count_pg_regress() {
    echo "$(grep -cE '\.\.\. ok +[0-9]+ ms' "$1") $(grep -cE '\.\.\. (FAILED|failed)' "$1")"
}
# Whatever was skipped or left to do has not been shown, so it counts as failed.
count_node() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        $1 == "ℹ" && $2 == "pass" { passed += $3 }
        $1 == "ℹ" && $2 ~ /^(fail|cancelled|skipped|todo)$/ { failed += $3 }
        END { print passed + 0, failed + 0 }'
}
count_claims() {
    echo "$(grep -c '^ok ' "$1") $(grep -c '^not ok ' "$1")"
}

all_passed=0
all_failed=0
run_suite() {
    local suite=$1 log=build/log/$1.log began=$SECONDS status=0 passed=0 failed=0
    "$suite" >"$log" 2>&1 </dev/null || status=$?
    read -r passed failed <<<"$("count_${totals_of[$suite]}" "$log")" || true
    : "${passed:=0}" "${failed:=0}"
    # It ended before its tests did, or had none: nothing is shown, so that is a failure.
    if ((failed == 0 && (status != 0 || passed == 0))); then
        failed=1
        ((status != 0)) || echo "The suite $suite ran no test." >>"$log"
    fi
    echo "$suite: $passed passed, $failed failed ($((SECONDS - began)) s)"
    if ((failed)); then
        echo "The end of $log:"
        tail -n 40 "$log" | sed 's/^/    /'
    fi
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
}

chosen=${ONLY:-$suites}
for suite in $chosen; do
    [[ -v totals_of[$suite] ]] || give_up "There is no suite called $suite; there are: $suites"
done
mkdir -p build/log
for suite in $chosen; do
    run_suite "$suite"
done
echo "$all_passed passed, $all_failed failed"
((all_failed == 0))
