#!/usr/bin/env bash
# Fills a database with two mentors, then shows the booking page on it; run by `make demo`.
cd "$(dirname "$0")/../.."
source tools/steps.sh

export PGDATABASE=slotguard_demo
fill_database() {
    createdb $PGDATABASE
    psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION slotguard' -c 'SELECT * FROM setup_booking()' \
        -f web/server/api_role.sql -f web/server/signed_in_roles.sql -f web/demo/demo.sql
}
step demo "Making a database with two mentors" fill_database
exec tools/node.sh web/demo/demo.mjs
