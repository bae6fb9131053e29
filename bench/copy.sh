#!/usr/bin/env bash
# How long COPY of many sessions takes under our guard, and with the same indexes and no guard, in
# turn, at PostgreSQL's default settings: one transaction, no LOCK TABLE before it.
#
#   bench/copy.sh SESSIONS ROUNDS
source "$(dirname "$0")/tools.sh"
sessions=$1 rounds=$2
database=slotguard_bench_copy
columns=mentor_id,startup_id,session_date,session_time,starts_at,ends_at

# seconds SCHEMA: of one COPY into an empty table.
seconds() {
    local table=$1.mentor_startup_sessions began ended
    ask "$database" "TRUNCATE $table"
    ask "$database" CHECKPOINT
    began=${EPOCHREALTIME/./}
    ask "$database" "\copy $table ($columns) FROM build/bench/sessions.copy"
    ended=${EPOCHREALTIME/./}
    [[ $(ask "$database" "SELECT count(*) FROM $table") == "$sessions" ]]
    awk -v took=$((ended - began)) 'BEGIN { printf "%.2f\n", took / 1e6 }'
}
median() {
    sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

make_ways "$database"
ask "$database" "\copy (SELECT * FROM slots(0, $sessions - 1)) TO build/bench/sessions.copy"
for ((round = 0; round < rounds; round++)); do
    bare[round]=$(seconds ceiling)
    guarded[round]=$(seconds public)
done
no_double_booking "$database"
dropdb "$database"
rm build/bench/sessions.copy

bare=$(printf '%s\n' "${bare[@]}" | median) guarded=$(printf '%s\n' "${guarded[@]}" | median)
printf '\ncopy, %s sessions in one transaction\n' "$sessions"
printf '  %-35s %9.2f s\n' "ceiling: two more indexes, no guard" "$bare"
awk -v bare="$bare" -v guarded="$guarded" 'BEGIN {
    printf "  %-35s %9.2f s  %.2f times as long%s 2\n", "slotguard: COPY", guarded, guarded / bare,
        guarded <= 2 * bare ? ", of at most" : ", MISSES" }'
