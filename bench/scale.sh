#!/usr/bin/env bash
# What one call costs beside a thousand sessions and beside ten million, as `make bench-scale`, and
# the picture of it. SIZES chooses others: SIZES="1000 1000000" make bench-scale
source "$(dirname "$0")/tools.sh"

compile scale scale.cpp calendars.cpp session.cpp
machine
make_ways slotguard_bench_scale
make_calendars slotguard_bench_scale "'Paris', 'Europe/Paris', current_date"
build/bench/scale ${SIZES:-1000 10000 100000 1000000 10000000} | tee build/bench/scale.tsv
no_double_booking slotguard_bench_scale
dropdb slotguard_bench_scale
tools/node.sh bench/plot.mjs build/bench/scale.tsv >build/bench/cost_by_sessions.svg
# An unfinished or a shortened run never replaces the picture in the documentation.
[[ -n ${SIZES:-} ]] || cp build/bench/cost_by_sessions.svg docs/images/
