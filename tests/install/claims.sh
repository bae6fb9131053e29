# Sourced by the checks beside it: each claim is one line, `ok …` or `not ok …`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
status=0

# claim "what holds" COMMAND…: what the command says is shown only where the claim is broken.
claim() {
    local text=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "ok $text"
    else
        echo "not ok $text"
        sed 's/^/    /' <<<"$said"
        status=1
    fi
}

no() {
    ! "$@"
}
