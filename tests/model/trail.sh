#!/usr/bin/env bash
# tests/model/trail.sh MUTATION: how Spin came to the fault that the suite's last run found. A line
# of the model each, with its writer; then what is there at the end, and who stands where.
set -euo pipefail
cd "$(dirname "$0")/../../build/model/${1:?usage: tests/model/trail.sh MUTATION}"
[[ -e pairs.pml.trail ]] || {
    echo "There is no trail of $1: make test ONLY=model leaves it." >&2
    exit 1
}

# shellcheck disable=SC2046 # several flags
spin $(<flags) -t -p -g pairs.pml | awk '
    function source(place,   at, text, i) {
        split(place, at, ":")
        for (i = 1; i <= at[2]; ++i) getline text < at[1]
        close(at[1])
        gsub(/^[ :]+/, "", text)
        return text
    }
    # The search for an overlap at a commit, and what only keeps the number of states down.
    function is_tedious(said) {
        return /double_booked =|told_wrong =|\[[rsw] =/ || said ~ /^was = 0|deed = 0/
    }
    $2 == "proc" && at_end { if ($3) print "writer " $3 - 1 " stands at " $5 ": " source($5); next }
    $2 == "proc" && /\[committed/ && !$3 { sub(/.*\t\[/, ""); sub(/\]$/, ""); print; next }
    $2 == "proc" && $3 && /\[.*[^=!<>]=[^=].*\]/ {
        said = source($5)
        if (is_tedious(said)) next
        if (said ~ /^(atomic|do|if)/) { said = $0; sub(/.*\t\[/, "", said); sub(/\]$/, "", said) }
        said = "writer " $3 - 1 ": " said
        if (said != before) print said
        before = said
    }
    /^ *writer .*deed/ { sub(/^ */, ""); print }
    /^spin: text/ { print }
    /processes:/ { at_end = 1; print "" }
    at_end && / = / && !/ = 0$/ { sub(/^[ \t]+/, ""); print }'
