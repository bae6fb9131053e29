#!/usr/bin/env bash
# Installs Debian packages, as root. A PostgreSQL that arrives by it brings no cluster of its own:
# on somebody's machine nothing of ours may start by itself, nor take port 5432.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

get() {
    apt-get --yes -o DPkg::Lock::Timeout=300 "$@"
}
install() {
    get install --no-install-recommends "$@"
}

without_main_cluster() {
    local folder=/etc/postgresql-common/createcluster.d
    local wish=$folder/slotguard-set-up.conf
    install postgresql-common
    trap "rm -f $wish; rmdir --ignore-fail-on-non-empty $folder" EXIT
    mkdir -p $folder
    echo "create_main_cluster = false" >$wish
    install "$@"
}

# A machine that never updated its lists knows none of these packages.
apt-cache show "$@" >/dev/null 2>&1 || get update
if [[ " $* " == *" postgresql-15 "* ]]; then
    put=without_main_cluster
else
    put=install
fi
# Lists that are out of date name files that are gone: fetch new ones, and try once more.
$put "$@" || {
    get update
    $put "$@"
}
