#!/usr/bin/env bash
# Loads each table of a database that bench/ways.sql has made: bench/load.sh DATABASE SESSIONS
source "$(dirname "$0")/tools.sh"
database=$1 sessions=$2

load() {
    local schema
    for schema in "$@"; do
        ask "$database" "CALL load_sessions('$schema', 0, $sessions - 1)"
        ask "$database" "VACUUM ANALYZE $schema.mentor_startup_sessions"
        [[ $(ask "$database" "SELECT count(*) FROM $schema.mentor_startup_sessions") == "$sessions" ]]
    done
}

printf 'Loading %s sessions into each table … ' "$sessions"
began=$SECONDS
# The exclusion constraints take longer than all others together.
load exclusion &
load founding ceiling parent_rows public
wait $!
no_double_booking "$database"
echo "done ($((SECONDS - began)) s)"
