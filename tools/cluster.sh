#!/usr/bin/env bash
# Private PostgreSQL clusters under build/cluster/, each on its own Unix socket and free loopback
# port, each gone without a trace when it is stopped.
#
#   tools/cluster.sh run NAME COMMAND…   starts one, runs the command with PGHOST and the like set,
#                                        and stops it whatever happens
#   tools/cluster.sh start NAME          starts one that stays, and prints its URL
#   tools/cluster.sh restart NAME        starts one again whose server has died, and prints its URL
#   tools/cluster.sh stop NAME
#   tools/cluster.sh sweep               stops them all
#
# CLUSTER_SETTINGS adds lines to postgresql.conf; CLUSTER_STANDBY_OF, the URL of another cluster, makes
# a hot standby of that one; CLUSTER_CLOCK='2011-12-20 00:00:00 UTC' lets the server believe that it
# starts then; CLUSTER_SERVER_ENV has variables for the server's own environment, one a line.
cd "$(dirname "$0")/.."
source tools/steps.sh

clusters=build/cluster
programs=$("$PG_CONFIG" --bindir 2>/dev/null) || programs=

# PostgreSQL refuses to run as root. The user postgres may be unable to enter the tree we are in.
as_postgres() {
    if ((EUID == 0)); then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# The folder of a cluster is where it is looked for, or a link to where it had to go.
make_folder() {
    local folder=$1
    mkdir -p $clusters
    if as_postgres test -x "$PWD/$clusters"; then
        mkdir "$folder"
    else
        ln -s "$(mktemp -d /var/tmp/slotguard.XXXXXX)" "$folder"
        echo "PostgreSQL's user can't enter $PWD: its cluster is in $(readlink "$folder")" >&2
    fi
    # A socket's path has 107 bytes at most.
    local socket_path=$PWD/$folder/socket/.s.PGSQL.65535
    if ((${#socket_path} > 107)); then
        ln -s "$(mktemp -d /tmp/slotguard.XXXXXX)" "$folder/socket"
    else
        mkdir "$folder/socket"
    fi
    chmod 700 "$folder/" "$folder/socket/"
    ((EUID != 0)) || chown postgres: "$folder/" "$folder/socket/"
}

# Trust is for the socket, whose folder only its owner may enter; the port asks for the password,
# since anybody on the machine can reach a port.
make_data() {
    local place=$1
    (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$place/password")
    ((EUID != 0)) || chown postgres: "$place/password"
    if [[ -n ${CLUSTER_STANDBY_OF-} ]]; then
        as_postgres "$programs/pg_basebackup" --pgdata="$place/data" --write-recovery-conf \
            --dbname="$CLUSTER_STANDBY_OF" --checkpoint=fast --no-sync
    else
        as_postgres "$programs/initdb" --pgdata="$place/data" --username=postgres \
            --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 \
            --pwfile="$place/password" --no-sync
    fi
    # The log is for what happened to callers: tests count its lines.
    as_postgres tee -a "$place/data/postgresql.conf" <<END
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
listen_addresses = '127.0.0.1'
unix_socket_directories = '$(realpath "$place/socket")'
${CLUSTER_SETTINGS-}
END
}

# on_its_clock COMMAND…: with the clock that CLUSTER_CLOCK says, a fixed distance from the machine's. What
# counts how long something takes, and the times of files, stay the machine's.
on_its_clock() {
    local variables
    mapfile -t variables <<<"${CLUSTER_SERVER_ENV-}"
    [[ -n ${CLUSTER_CLOCK-} ]] || {
        as_postgres env ${CLUSTER_SERVER_ENV:+"${variables[@]}"} "$@"
        return
    }
    local library distance=$(($(date -d "$CLUSTER_CLOCK" +%s) - $(date +%s)))
    library=$(compgen -G '/usr/lib/*/faketime/libfaketime.so.1' | head -n 1) ||
        give_up "libfaketime is missing: apt-get install faketime"
    as_postgres env LD_PRELOAD="$library" FAKETIME="$(printf '%+d' $distance)" \
        FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 "$@"
}

# Somebody else may take a free port between our look and our start: then another one.
start_server() {
    local place=$1 port
    for _ in {1..20}; do
        port=$((20000 + RANDOM % 10000))
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
        on_its_clock "$programs/pg_ctl" start --wait --silent --pgdata="$place/data" \
            --log="$place/server.log" --options="-p $port" && return
        grep -q 'Address already in use' "$place/server.log" || break
    done
    tail -n 20 "$place/server.log"
    return 1
}

start() {
    local name=$1 folder=$clusters/$1
    [[ -n $programs && -x $programs/initdb ]] ||
        give_up "PostgreSQL's server is missing: apt-get install postgresql-15"
    [[ ! -e $folder ]] || give_up "A cluster called $name is there already:" \
        "stop it with: tools/cluster.sh stop $name"
    make_folder "$folder"
    local place log=build/log/cluster-${name%-*}.log
    place=$(realpath "$folder")
    mkdir -p build/log
    { make_data "$place" && start_server "$place"; } >"$log" 2>&1 9>&- || {
        tail -n 20 "$log" >&2
        stop "$name"
        give_up "PostgreSQL did not start; all it said is in $log"
    }
}

# The backends of a server that was killed take a moment to notice, and it can't start before.
restart() {
    local place log=build/log/cluster-${1%-*}.log
    place=$(realpath "$clusters/$1")
    for _ in {1..50}; do
        start_server "$place" >"$log" 2>&1 9>&- && return
        sleep 0.2
    done
    give_up "PostgreSQL did not start again; all it said is in $log"
}

# The server's own log outlives it, for whoever asks afterwards what a test did.
stop() {
    local folder=$clusters/$1 place
    [[ -e $folder || -L $folder ]] || return 0
    place=$(realpath "$folder")
    if [[ -e $place/data/postmaster.pid ]]; then
        as_postgres "$programs/pg_ctl" stop --silent --mode=fast --pgdata="$place/data" ||
            as_postgres "$programs/pg_ctl" stop --silent --mode=immediate --pgdata="$place/data" ||
            true
    fi
    [[ ! -e $place/server.log ]] || cp "$place/server.log" "build/log/server-${1%-*}.log"
    rm -rf "$(realpath "$place/socket")" "$place" "$folder"
}

# Those that a killed run left behind.
end_orphans() {
    local owner
    for owner in $clusters/*/owner; do
        [[ -e $owner ]] || continue
        kill -0 "$(<"$owner")" 2>/dev/null || stop "$(basename "$(dirname "$owner")")"
    done
}

sweep() {
    local folder
    for folder in $clusters/*; do
        [[ ! -e $folder && ! -L $folder ]] || stop "${folder##*/}"
    done
}

percent_encode() {
    local LC_ALL=C text=$1 i
    for ((i = 0; i < ${#text}; i++)); do
        case ${text:i:1} in
        [a-zA-Z0-9._/-]) printf '%s' "${text:i:1}" ;;
        *) printf '%%%02X' "'${text:i:1}" ;;
        esac
    done
}

# What psql, pg_regress, pgbench, our tests and the demo need to find the cluster.
export_address() {
    local place
    place=$(realpath "$clusters/$1")
    unset "${!PG@}"
    export PG_CONFIG=$programs/pg_config PATH=$programs:$PATH
    export PGHOST PGPORT PGUSER=postgres PGDATABASE=postgres
    PGHOST=$(realpath "$place/socket")
    PGPORT=$(sed -n 4p "$place/data/postmaster.pid")
    export SLOTGUARD_SERVER_LOG=$place/server.log
    local query
    query="host=$(percent_encode "$PGHOST")&port=$PGPORT&user=postgres"
    export SLOTGUARD_TEST_DATABASE_URL="postgresql:///postgres?$query"
}

# The command has a process group of its own: one signal reaches all that it started, and Ctrl-C
# reaches us first, who end it in order.
end_group() {
    local group=$1
    kill -TERM -- "-$group" 2>/dev/null || return 0
    for _ in {1..150}; do
        kill -0 -- "-$group" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
}

run() {
    local name=$1-$$ child= status=0
    shift
    end_orphans
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap '[[ -z $child ]] || end_group $child; stop '"$name" EXIT
    start "$name"
    echo $$ >"$clusters/$name/owner"
    export_address "$name"
    set -m
    "$@" </dev/null 9>&- &
    child=$!
    set +m
    wait $child || status=$?
    exit $status
}

case ${1-} in
run) run "${@:2}" ;;
start) start "${2:?a name}" && export_address "$2" && echo "$SLOTGUARD_TEST_DATABASE_URL" ;;
restart) restart "${2:?a name}" && export_address "$2" && echo "$SLOTGUARD_TEST_DATABASE_URL" ;;
stop) stop "${2:?a name}" ;;
sweep) sweep ;;
*) sed -n '2,/^cd/s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
