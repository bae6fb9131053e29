-- Functions of every shape that the gateway serves, or must not.
CREATE FUNCTION add_them(a int, b int DEFAULT 10) RETURNS int
    LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION echo_bigint(value bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT value';
CREATE FUNCTION echo_text(value text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT value';
CREATE FUNCTION echo_date(value date) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT value';
CREATE FUNCTION echo_uuid(value uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT value';
CREATE FUNCTION echo_interval(value interval) RETURNS interval
    LANGUAGE sql IMMUTABLE AS 'SELECT value';
CREATE FUNCTION "Odd name"("odd ""argument" text) RETURNS text
    LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TYPE pair AS (first text, second bigint);
CREATE FUNCTION one_pair() RETURNS pair LANGUAGE sql STABLE AS $$SELECT ROW('a', 1)::pair$$;
CREATE FUNCTION pairs(how_many int) RETURNS SETOF pair
    LANGUAGE sql STABLE AS $$SELECT 'n' || n, n::bigint FROM generate_series(1, how_many) n$$;
CREATE FUNCTION nothing() RETURNS void LANGUAGE sql AS '';

CREATE TABLE writings (word text);
CREATE FUNCTION write_down(word text) RETURNS SETOF text
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS
    'INSERT INTO writings VALUES (write_down.word), (write_down.word) RETURNING writings.word';

CREATE FUNCTION fail_with(state text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'as asked' USING ERRCODE = state, DETAIL = 'the detail', HINT = 'the hint';
END $$;
CREATE FUNCTION wait_long() RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(60)';
CREATE FUNCTION backend() RETURNS int LANGUAGE sql AS 'SELECT pg_backend_pid()';
CREATE FUNCTION nobodys() RETURNS int LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION nobodys() FROM PUBLIC;

CREATE FUNCTION a_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION unnamed(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION any_of(value anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT value';
CREATE FUNCTION two_ways(value int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two_ways(value text) RETURNS int LANGUAGE sql AS 'SELECT 2';

CREATE SCHEMA hidden;
CREATE FUNCTION hidden.secret() RETURNS int LANGUAGE sql AS 'SELECT 1';
