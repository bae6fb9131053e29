#!/usr/bin/env bash
# Bookings are carried by pg_dump and pg_restore like any other table, and guarded where they arrive.
source "$(dirname "$0")/claims.sh"

from=slotguard_dump_from to=slotguard_dump_to other=slotguard_encoding dump=build/log/bookings.dump
ask() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"
}
says() {
    [[ $(ask "$1" "$2") == "$3" ]]
}
prepare() {
    createdb $from && createdb $to &&
        ask $from 'CREATE SCHEMA app' && ask $from 'CREATE EXTENSION slotguard SCHEMA app' &&
        ask $from 'SELECT FROM app.setup_booking()' &&
        ask $from "INSERT INTO app.mentor_availability (mentor_id, opens, closes) VALUES ('ada', '09:00', '11:00')" &&
        ask $from "SELECT FROM app.book_session('ada', 1, current_date + 7, '09:00')" &&
        ask $from "SELECT FROM app.reschedule_session(1, current_date + 7, '10:00')"
}
is_same_in_calendars() {
    local file
    file=$(ask $from 'SELECT app.session_ics(1)')
    [[ $file == *SEQUENCE:1* && $(ask $to 'SELECT app.session_ics(1)') == "$file" ]]
}
# A reader of the journal stands at its third event; the fourth is there to be read.
follow() {
    says $from "SELECT count(*) FROM app.booking_events_after('$cursor')" 0 &&
        ask $from "SELECT FROM app.book_session('ada', 3, current_date + 8, '10:00')"
}
carry() {
    pg_dump --format=custom --file="$dump" $from && pg_restore --exit-on-error --dbname=$to "$dump"
}

claim "a booking is made" prepare
cursor=$(ask $from 'SELECT cursor FROM app.booking_events_after(NULL, 3) ORDER BY event_id DESC LIMIT 1')
claim "a reader follows the journal" follow
claim "pg_restore takes what pg_dump gave" carry
claim "nothing is missing where it arrives" says $to 'SELECT count(*) FROM app.check_booking() WHERE NOT ok' 0
claim "setup_booking() finds nothing to do" \
    says $to "SELECT count(*) FROM app.setup_booking() WHERE action <> 'kept'" 0
claim "the reader goes on there, as if nothing had happened" \
    says $to "SELECT event, startup_id FROM app.booking_events_after('$cursor')" 'booked|3'
claim "the session is the same entry in calendars, and as new" is_same_in_calendars
claim "the slot is still taken" \
    says $to "SELECT outcome FROM app.book_session('ada', 2, current_date + 7, '10:00')" slot_taken
claim "the next one is free, under a number of its own" \
    says $to "SELECT outcome, session_id FROM app.book_session('ada', 2, current_date + 7, '10:30')" 'booked|3'
claim "the journal counts on from there" \
    says $to "SELECT string_agg(startup_id::text, ' ' ORDER BY event_id) FROM app.booking_events_after('$cursor')" '3 2'
# The scripts are read in the database's own encoding.
installs_in() {
    createdb --encoding="$1" --locale=C --template=template0 $other &&
        ask $other 'CREATE EXTENSION slotguard' && ask $other 'SELECT FROM setup_booking()' &&
        says $other "SELECT outcome FROM book_session('ada', 1, current_date + 7, '10:00')" booked
    local status=$?
    dropdb --if-exists $other
    return $status
}
for encoding in EUC_JP LATIN1; do
    claim "it installs and books in a database in $encoding" installs_in $encoding
done
dropdb --if-exists $from
dropdb --if-exists $to
exit $status
