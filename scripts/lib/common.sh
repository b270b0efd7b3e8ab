# Shared by every script here: where things are kept, and how progress and failure are told.
# Sourced, never run. Callers set `set -euo pipefail`.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
LOCAL=$ROOT/.local
# Tools, the model and compiled dependencies outlive a checkout; everything else lives in .local/.
CACHE=${CLASS_HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/class-hub}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}

# Progress goes to standard error, so that `--json` leaves standard output to the answer.
say() { printf '%s\n' "$*" >&2; }

# die "what failed" "what to do about it"
die() {
    printf '\nerror: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf '  what to do: %s\n' "$2" >&2
    exit 1
}

# step "title" COMMAND…: runs the command with its output in a log, prints a line at least every ten
# seconds while it works and the time it took; on failure shows the end of the log and stops.
step() {
    local title=$1 started=$SECONDS log pid last status=0
    shift
    mkdir -p "$LOCAL/log"
    log=$LOCAL/log/$(printf '%s' "$title" | tr -cs 'a-zA-Z0-9' '-' | tr 'A-Z' 'a-z').log
    printf '• %s …\n' "$title" >&2
    "$@" >"$log" 2>&1 &
    pid=$!
    last=$SECONDS
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - last)) -ge 9 ]; then
            last=$SECONDS
            printf '  %4ds  %s\n' "$((SECONDS - started))" "$(tail -c 400 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-90)" >&2
        fi
    done
    wait "$pid" || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log" >&2
        die "“$title” failed (exit status $status)" "read $log; mend the cause and run the same command again, finished steps are not repeated"
    fi
    printf '  done in %d s\n' "$((SECONDS - started))" >&2
}

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

have_apt() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

# apt_install NAME…: installs what is missing, without recommended extras.
apt_install() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    apt_update_once
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

apt_update_once() {
    [ -z "${APT_UPDATED:-}" ] || return 0
    as_root apt-get update -q
    APT_UPDATED=1
}

# unpack_debs FOLDER NAME…: fetches packages and unpacks them into FOLDER without installing them,
# so that no service of theirs is ever started.
unpack_debs() {
    local folder=$1 fetched
    shift
    apt_update_once
    fetched=$(mktemp -d)
    chmod 755 "$fetched"
    (cd "$fetched" && apt-get download -q "$@")
    mkdir -p "$folder"
    for deb in "$fetched"/*.deb; do dpkg -x "$deb" "$folder"; done
    rm -rf "$fetched"
}
