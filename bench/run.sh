#!/usr/bin/env bash
# Measures bookings and refusals beside the usual ways, on the private cluster that it is run in.
#
# SECONDS_A_RUN and ROUNDS make it longer or shorter: ROUNDS=3 SECONDS_A_RUN=2 make bench
set -euo pipefail
cd "$(dirname "$0")/.."

clients=${CLIENTS:-4}
seconds=${SECONDS_A_RUN:-4}
rounds=${ROUNDS:-5}
database=slotguard_bench

mkdir -p build/bench
g++ -std=c++20 -O2 -Wall -Wextra -I"$("${PG_CONFIG:-pg_config}" --includedir)" bench/measure.cpp \
    -L"$("${PG_CONFIG:-pg_config}" --libdir)" -lpq -pthread -o build/bench/measure

createdb "$database"
psql --quiet --no-psqlrc --dbname="$database" --file=bench/ways.sql >build/log/bench.log

printf '%s\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores," \
    "$(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), $(uname -sr)," \
    "PostgreSQL $(psql -XAtc 'SHOW server_version' "$database")"
build/bench/measure "dbname=$database" "$clients" "$seconds" "$rounds" ${SITUATION:+"$SITUATION"}
dropdb "$database"
