#!/usr/bin/env bash
# The extension built for the undefined behaviour sanitizer, with the assertions of the C++ library and every frame
# guarded, in a copy of the installed PostgreSQL under build/sanitize/: its programs find their folders from where they
# stand themselves. Runs a command with that one's PG_CONFIG:
#
#   tools/sanitize.sh COMMAND…
#
# What is found ends the server, and stands in its log. The address sanitizer can't be loaded into Debian's own
# PostgreSQL: its programs come to a stop in bindtextdomain(). Pure C++ has it, in tests/fuzz/.
cd "$(dirname "$0")/.."
source tools/steps.sh

here=build/sanitize
bindir=$("$PG_CONFIG" --bindir) sharedir=$("$PG_CONFIG" --sharedir)
flags=(-std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics -I. -isystem "$("$PG_CONFIG" --includedir-server)" -fPIC -g -O1
    -fno-omit-frame-pointer -fsanitize=undefined -fno-sanitize=vptr -fno-sanitize-recover=undefined -D_GLIBCXX_ASSERTIONS
    -fstack-protector-all -fno-strict-aliasing -fwrapv -w)

# Where PostgreSQL's user can start it, and for as long as that takes.
copy=$here/postgresql
if ((EUID == 0)) && ! (tree=$PWD && cd / && runuser -u postgres -- test -x "$tree"); then
    copy=$(mktemp -d /var/tmp/slotguard.XXXXXX)
    trap 'rm -rf "$copy"' EXIT
fi

copy_postgresql() {
    mkdir -p "$copy${bindir%/bin}" "$copy$sharedir"
    cp -a "${bindir%/bin}/." "$copy${bindir%/bin}"
    cp -a "$sharedir/." "$copy$sharedir"
}

compile() {
    local object=$here/objects/$(basename "$1" .cpp).o
    [[ -e $object && $object -nt $newest ]] || g++ "${flags[@]}" -c -o "$object" "$1"
}

build() {
    mkdir -p $here/objects
    newest=$(ls -t extension/*.hpp core/*.hpp Makefile tools/sanitize.sh | head -n 1)
    export -f compile
    local source
    for source in extension/*.cpp; do
        while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n; done
        [[ $here/objects/$(basename "$source" .cpp).o -nt $source ]] || rm -f "$here/objects/$(basename "$source" .cpp).o"
        compile "$source" &
    done
    wait
    g++ "${flags[@]}" -shared -Wl,-Bsymbolic -o $here/slotguard.so $here/objects/*.o -lical
    make all >/dev/null # the script
    cp $here/slotguard.so "$copy${bindir%/bin}/lib/"
    cp build/sql/slotguard--*.sql slotguard.control "$copy$sharedir/extension/"
}

[[ -x $copy$bindir/postgres ]] || copy_postgresql
build
chmod -R a+rX "$copy"
PG_CONFIG=$(realpath "$copy$bindir/pg_config")
export PG_CONFIG CLUSTER_SERVER_ENV=UBSAN_OPTIONS=print_stacktrace=1
"$@"
