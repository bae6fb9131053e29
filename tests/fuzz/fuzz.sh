#!/usr/bin/env bash
# libFuzzer on what is pure C++, each target for FUZZ_SECONDS (60), two at a time, from the corpus in
# tests/fuzz/corpus. An input that breaks one is kept in build/fuzz/, and named.
cd "$(dirname "$0")/../.."
source tools/steps.sh

targets=(recurrence_rule journal_cursor module_text)
declare -A sources_of=([module_text]=$(ls wasm/*.cpp | grep -v -e bindings -e embind_types | tr '\n' ' '))
mkdir -p build/fuzz

command -v clang++ >/dev/null || give_up "clang is missing: apt-get install clang libclang-rt-14-dev"
tools/node.sh wasm/languages/build.mjs

build() {
    local target=$1
    # shellcheck disable=SC2086
    clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
        -D_GLIBCXX_ASSERTIONS -I. -o "build/fuzz/$target" "tests/fuzz/$target.cpp" ${sources_of[$target]-}
}

run() {
    local target=$1 found=build/fuzz/found-$1 log=build/fuzz/$1.log
    mkdir -p "$found"
    if "build/fuzz/$target" -max_total_time="${FUZZ_SECONDS:-60}" -max_len=4096 -timeout=10 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$target-" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
        echo "ok $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
    else
        echo "not ok $target"
        tail -n 40 "$log"
    fi
}

for target in "${targets[@]}"; do build "$target" & done
wait
for target in "${targets[@]}"; do
    while (($(jobs -rp | wc -l) >= 2)); do wait -n; done
    run "$target" &
done
wait
