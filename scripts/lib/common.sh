# Shared by every script here: where things are kept, and how progress and failure are told.
# Sourced, never run. Callers set `set -euo pipefail`.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# What one running system owns: binaries, data, secrets, logs. scripts/test gives itself another one.
LOCAL=${CLASS_HUB_LOCAL:-$ROOT/.local}
# Tools, the model and compiled dependencies outlive a checkout.
CACHE=${CLASS_HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/class-hub}
TOOLS=$CACHE/tools
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}

# Progress goes to standard error, so that `--json` leaves standard output to the answer.
say() { printf '%s\n' "$*" >&2; }

# die "what failed" "what to do about it"
die() {
    printf '\nerror: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf '  what to do: %s\n' "$2" >&2
    exit 1
}

# The process group of the step under way, so that an interrupt ends it too: bash lets background
# commands ignore Ctrl-C.
STEP_GROUP=

end_step() {
    [ -n "$STEP_GROUP" ] || return 0
    kill -TERM -- "-$STEP_GROUP" 2>/dev/null || true
    STEP_GROUP=
}

# step "title" COMMAND…: runs the command with its output in a log, prints a line at least every ten
# seconds while it works and the time it took; on failure shows the end of the log and stops.
step() {
    attempt "$@"
    [ "$STEP_STATUS" -eq 0 ] \
        || die "“$1” failed" "read $(step_log "$1"), mend the cause and run the same command again; finished steps are not repeated"
}

# Like step, but leaves the exit status in STEP_STATUS for the caller to judge. Never call it as a
# condition (`attempt … || …`): bash would then ignore `set -e` inside the command.
attempt() {
    local title=$1 started=$SECONDS log last
    shift
    mkdir -p "$LOCAL/log"
    log=$(step_log "$title")
    printf '• %s …\n' "$title" >&2
    set -m # a process group of its own
    "$@" >"$log" 2>&1 </dev/null &
    STEP_GROUP=$!
    set +m
    last=$SECONDS
    while kill -0 "$STEP_GROUP" 2>/dev/null; do
        sleep 0.1
        if [ $((SECONDS - last)) -ge 8 ]; then
            last=$SECONDS
            printf '  %4ds  %s\n' "$((SECONDS - started))" "$(last_line "$log")" >&2
        fi
    done
    STEP_STATUS=0
    wait "$STEP_GROUP" || STEP_STATUS=$?
    STEP_GROUP=
    if [ "$STEP_STATUS" -eq 0 ]; then
        printf '  done in %d s\n' "$((SECONDS - started))" >&2
    else
        tail -n 40 "$log" >&2
        printf '  failed after %d s (exit status %d)\n' "$((SECONDS - started))" "$STEP_STATUS" >&2
    fi
}

step_log() { printf '%s/log/%s.log' "$LOCAL" "$(printf '%s' "$1" | tr -cs 'a-zA-Z0-9' '-' | tr '[:upper:]' '[:lower:]')"; }

last_line() { tail -c 400 "$1" | tr '\r' '\n' | grep '[[:alpha:]]' | tail -n 1 | cut -c1-90 || echo 'no output yet'; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "“$*” needs root, and there is no sudo" "run it as root once, or install the packages it names by hand"
    fi
}

# A step runs without a terminal, so sudo has to ask before the first one that needs it.
may_become_root() {
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null || { say "some packages are missing; sudo may ask for your password"; sudo -v; }
}

have_apt() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# apt_install NAME…: installs what is missing, without recommended extras.
apt_install() {
    local missing=() name
    for name in "$@"; do
        installed "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    apt_update_once
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# Once an hour at most, because steps run in processes of their own and cannot tell each other.
apt_update_once() {
    local stamp=$CACHE/apt-updated
    mkdir -p "$CACHE"
    [ -z "$(find "$stamp" -mmin -60 2>/dev/null)" ] || [ -z "$(ls /var/lib/apt/lists 2>/dev/null)" ] || return 0
    as_root apt-get update -q
    touch "$stamp"
}

# unpack_debs FOLDER NAME…: fetches packages and unpacks them into FOLDER without installing them,
# so that no service of theirs is ever started.
unpack_debs() {
    local folder=$1 fetched deb
    shift
    apt_update_once
    fetched=$(mktemp -d)
    chmod 755 "$fetched"
    (cd "$fetched" && apt-get download -q "$@")
    mkdir -p "$folder"
    for deb in "$fetched"/*.deb; do dpkg -x "$deb" "$folder"; done
    rm -rf "$fetched"
}

# missing_debs NAME PATTERN: NAME and those packages it would bring along that are not installed yet,
# as far as their names match the extended regular expression.
missing_debs() {
    apt_update_once >&2
    apt-get -s install --no-install-recommends "$1" | awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }' | grep -xE "$2"
}
