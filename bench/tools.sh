# Sourced by the scripts beside it, each of which runs on the private cluster that it finds itself in.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
set -euo pipefail

# compile PROGRAM SOURCE…: a measuring program, into build/bench/.
compile() {
    local program=$1 pg_config=${PG_CONFIG:-pg_config}
    shift
    mkdir -p build/bench build/log
    g++ -std=c++20 -O2 -Wall -Wextra -Wno-missing-field-initializers -I. \
        -I"$("$pg_config" --includedir)" "${@/#/bench/}" -L"$("$pg_config" --libdir)" -lpq -pthread \
        -o "build/bench/$program"
}

ask() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"
}

# run_script DATABASE FILE…
run_script() {
    local database=$1
    shift
    psql --no-psqlrc --quiet --dbname="$database" "${@/#/--file=}" >>build/log/bench.log
}

# make_ways DATABASE: with the tables and functions that are compared.
make_ways() {
    createdb "$1"
    run_script "$1" bench/ways.sql bench/load.sql
}

# What the journal costs is seen beside the same without it; nobody should do this to a journal of theirs.
make_ways_without_journal() {
    make_ways "$1"
    ask "$1" "ALTER TABLE mentor_startup_sessions DISABLE TRIGGER aa_journal_session"
}

# make_calendars DATABASE "MENTOR, ZONE, FIRST DAY"…: mentors of whom lists are asked.
make_calendars() {
    local database=$1 calendar
    run_script "$database" bench/calendars.sql
    for calendar in "${@:2}"; do
        ask "$database" "CALL make_calendar($calendar)"
    done
}

# no_double_booking DATABASE: our own table holds what its guards promise, or the figures are none.
no_double_booking() {
    local wrong
    wrong=$(ask "$1" "SELECT check_name, detail FROM check_booking() WHERE NOT ok")
    [[ -z $wrong ]] || {
        echo "bench: check_booking() finds fault: $wrong" >&2
        return 1
    }
}

machine() {
    printf '%s\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores," \
        "$(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), $(uname -sr)," \
        "PostgreSQL $(ask postgres 'SHOW server_version')," \
        "shared_buffers $(ask postgres 'SHOW shared_buffers'), load $(cut -d ' ' -f 1 /proc/loadavg)" |
        paste -sd ' '
}
