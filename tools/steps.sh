# Sourced by our scripts: each step of the work is one line on the screen, its details are in
# build/log/, and a step that fails shows the end of them.
set -euo pipefail
# A make above us has flags and a job server that are none of the business of those below.
unset MAKEFLAGS MFLAGS MAKELEVEL
# The PostgreSQL that we build for and start; PG_CONFIG chooses another one.
export PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}

# step NAME "what it does" COMMAND…: runs the command, with its output in build/log/NAME.log.
step() {
    local log=build/log/$1.log what=$2 began=$SECONDS
    shift 2
    mkdir -p build/log
    printf '%s … ' "$what"
    if "$@" >"$log" 2>&1 </dev/null; then
        echo "done ($((SECONDS - began)) s)"
    else
        echo "failed"
        echo "The end of $log:" >&2
        tail -n 20 "$log" | sed 's/^/    /' >&2
        return 1
    fi
}

# give_up "what is wrong" "what to do": ends the script.
give_up() {
    printf '%s\n' "$@" >&2
    exit 1
}

# as_root COMMAND…: through sudo where we are not root.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "This needs root: $*" >&2
        echo "Run it as root, or install sudo, then try again." >&2
        return 1
    fi
}
