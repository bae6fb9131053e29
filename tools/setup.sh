#!/usr/bin/env bash
# Brings a Debian 12 with git and make to where `demo`, `test`, `bench` or `bench-scale`, which draws a
# plot, can run: Debian packages, npm packages, the extension built and installed, the browser module
# built.
cd "$(dirname "$0")/.."
source tools/steps.sh

purpose=${1:?usage: tools/setup.sh demo|test|bench|plot}
mkdir -p build/.stamps
# Two runs in one tree must not build into one another's files.
exec 9>build/.stamps/lock
flock --nonblock 9 || {
    echo "Waiting for another set-up in this tree to end …"
    flock 9
}

# want COMMAND_OR_FILE PACKAGE: notes the package where what it brings is not there, whoever
# installed it.
missing=()
want() {
    if [[ $1 == /* ]]; then
        [[ -e $1 ]] || missing+=("$2")
    else
        command -v "$1" >/dev/null || missing+=("$2")
    fi
}

list_missing_packages() {
    local postgres=/usr/lib/postgresql/15
    if [[ $PG_CONFIG == $postgres/* ]]; then
        want $postgres/bin/postgres postgresql-15
        want /usr/include/postgresql/15/server/postgres.h postgresql-server-dev-15
    fi
    want g++ g++
    want /usr/include/libical/ical.h libical-dev
    want npm npm
    [[ $purpose == bench || $purpose == plot ]] && return
    want emcmake emscripten
    want cmake cmake
    [[ $purpose == demo ]] && return
    want /usr/bin/chromium chromium
    want /usr/include/gtest/gtest.h libgtest-dev
    want spin spin
    want clang++ clang
    compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a' >/dev/null || missing+=(libclang-rt-14-dev)
    want faketime faketime
}

install_packages() {
    list_missing_packages
    ((${#missing[@]})) || return 0
    grep -qsx 'ID=debian' /etc/os-release && command -v apt-get >/dev/null || give_up \
        "This is no Debian, so its packages are yours to choose. Missing, by Debian's names:" \
        "    ${missing[*]}" "Install what corresponds to them, then try again."
    step packages "Installing ${missing[*]} with apt" as_root tools/packages.sh "${missing[@]}" ||
        give_up "Install them with apt-get by hand to see more, then try again."
}

# Exactly what the lock file names, and again only when it changes.
install_npm_packages() {
    local folder=$1 lock=$1/package-lock.json stamp=build/.stamps/npm-$1 sum
    sum=$(sha256sum "$lock")
    [[ -d $folder/node_modules && -f $stamp && $(<"$stamp") == "$sum" ]] && return
    step "npm-$folder" "Fetching the npm packages of $folder/" \
        npm --prefix "$folder" ci --no-audit --no-fund ||
        give_up "Is the npm registry within reach? Try again when it is."
    echo "$sum" >"$stamp"
}

# Asked before installing, so that a run with nothing new needs no root.
is_installed() {
    local script control=slotguard.control
    local extensions
    extensions=$("$PG_CONFIG" --sharedir)/extension
    for script in build/sql/*.sql; do
        cmp -s "$script" "$extensions/${script##*/}" || return 1
    done
    cmp -s $control "$extensions/$control" &&
        cmp -s slotguard.so "$("$PG_CONFIG" --pkglibdir)/slotguard.so"
}

build_extension() {
    step extension "Building the extension" make -j "$(nproc)" all PG_CONFIG="$PG_CONFIG" ||
        give_up "Mend what the compiler says, then try again."
    is_installed || step install "Installing the extension into $("$PG_CONFIG" --version)" \
        as_root make install PG_CONFIG="$PG_CONFIG" ||
        give_up "The extension could not be installed."
}

install_packages
[[ -x $PG_CONFIG ]] || give_up "PG_CONFIG is $PG_CONFIG, and there is no such program."
install_npm_packages web # brings Node
[[ $purpose != plot ]] || install_npm_packages bench
if [[ $purpose == demo || $purpose == test ]]; then
    if [[ $purpose == test ]]; then
        install_npm_packages tests
        install_npm_packages bench
    fi
    step web "Building the browser module and the pages" tools/web.sh ||
        give_up "Mend what the compilers say, then try again."
fi
build_extension
