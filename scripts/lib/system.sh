# One whole Class Hub: built, migrated, filled with the demo course, started and described.
# Sourced after services.sh and toolchain.sh.
# shellcheck shell=bash

BIN=$LOCAL/bin
ASSETS=$LOCAL/assets
DATABASE=class_hub
COURSE=$ROOT/content/signals-and-secrets
# In the order in which they are started.
SERVICES=(postgres redis hub helper caddy)

# --- Building -----------------------------------------------------------------------------------

# Asking cargo takes seconds even when there is nothing to do, asking the file system does not.
build_is_current() {
    local program
    for program in hub-server helper-server xtask; do [ -x "$BIN/$program" ] || return 1; done
    [ -f "$ASSETS/manifest.json" ] && [ -f "$LOCAL/built" ] && [ -z "$(
        cd "$ROOT" && find Cargo.toml Cargo.lock .cargo .sqlx migrations shared-types server-kit helper-ui \
            hub-server helper-server xtask -newer "$LOCAL/built" -print 2>/dev/null | head -n 1
    )" ]
}

build_system() {
    select_toolchain
    provide_compilers
    mkdir -p "$BIN"
    rm -f "$LOCAL/embedded"
    [ "$EMBEDDED" -eq 0 ] || touch "$LOCAL/embedded"
    touch "$LOCAL/built.new"
    step "Servers" with_target build_servers
    step "Browser files" with_target "$BIN/xtask" assets --out "$ASSETS"
    mv "$LOCAL/built.new" "$LOCAL/built"
}

build_servers() {
    local program
    build_programs || return
    # Copies, because another checkout may build into the same target folder.
    for program in hub-server helper-server xtask; do
        cp "$CARGO_TARGET_DIR/demo/$program" "$BIN/$program.new" && mv "$BIN/$program.new" "$BIN/$program" || return
    done
}

# build_programs [-p CRATE]: always asks for the same crates and features, because for another selection
# cargo would compile their dependencies again.
build_programs() {
    local features=()
    [ "$EMBEDDED" -eq 0 ] || features=(--features helper-server/embedded)
    SQLX_OFFLINE=true cargo build --manifest-path "$ROOT/Cargo.toml" --profile demo \
        -p hub-server -p helper-server -p xtask "${features[@]+"${features[@]}"}" "$@"
}

# --- Database -----------------------------------------------------------------------------------

# Creates the database and its two roles, sets their passwords, and lets each server bring its own
# schema up to date. The hub goes first: it grants the helper the view of lesson passages.
migrate_database() {
    [ -n "$(superuser_sql postgres -c "select 1 from pg_database where datname = '$DATABASE'")" ] \
        || superuser_sql postgres -c "create database $DATABASE"
    superuser_sql "$DATABASE" -f "$ROOT/migrations/roles.sql"
    superuser_sql "$DATABASE" <<SQL
alter role hub password '$(secret_value hub-db-password)';
alter role helper password '$(secret_value helper-db-password)';
SQL
    as_hub migrate
    as_helper migrate
}

load_demo_data() {
    (umask 077 && as_hub demo-data --course "$COURSE" >"$LOCAL/demo-data.json.new")
    mv "$LOCAL/demo-data.json.new" "$LOCAL/demo-data.json"
}

# --- Servers ------------------------------------------------------------------------------------

base_url() { echo "http://127.0.0.1:$(port caddy)"; }

# Secrets that carry a port are written again, because a port may have been taken since.
write_addresses() {
    put_secret hub-database-url "$(database_url hub hub-db-password "$DATABASE")"
    put_secret helper-database-url "$(database_url helper helper-db-password "$DATABASE")"
    put_secret hub-redis-url "$(redis_url 0)"
    put_secret helper-redis-url "$(redis_url 1)"
}

# Sets SETTINGS to the hub's environment. Secrets are passed as files, so that no process list and no
# environment shows one.
hub_settings() {
    SETTINGS=(
        HUB_LISTEN="127.0.0.1:$(port hub)"
        HUB_PUBLIC_URL="$(base_url)"
        HUB_DATABASE_URL_FILE="$SECRETS/hub-database-url"
        HUB_REDIS_URL_FILE="$SECRETS/hub-redis-url"
        HUB_SCOPE_KEYS_FILE="$(secret scope-keys demo:)"
        HELPER_EVENT_KEYS_FILE="$(secret event-keys demo:)"
        HUB_SECRET_KEY_FILE="$(secret hub-secret-key)"
        HUB_ASSETS_DIR="$ASSETS"
        HUB_UPLOADS_DIR="$LOCAL/uploads"
        LOG_FORMAT=json
        MALLOC_ARENA_MAX=2 # glibc keeps memory per thread otherwise, and files are written by many
        MALLOC_MMAP_THRESHOLD_=131072 # it grows otherwise, and decoded pictures are kept when they are freed
    )
}

# Sets SETTINGS to the helper's environment. HELPER_BACKENDS and its companions given by the caller win
# over what choose_backend remembered.
helper_settings() {
    local line
    SETTINGS=(
        HELPER_LISTEN="127.0.0.1:$(port helper)"
        HELPER_PUBLIC_URL="$(base_url)"
        HELPER_DATABASE_URL_FILE="$SECRETS/helper-database-url"
        HELPER_REDIS_URL_FILE="$SECRETS/helper-redis-url"
        HUB_SCOPE_KEYS_FILE="$(secret scope-keys demo:)"
        HELPER_EVENT_KEYS_FILE="$(secret event-keys demo:)"
        HELPER_HUB_URL="http://127.0.0.1:$(port hub)"
        HELPER_ASSETS_DIR="$ASSETS"
        LOG_FORMAT=json
    )
    [ -z "${HELPER_BACKENDS:-}" ] || return 0
    while IFS= read -r line; do SETTINGS+=("$line"); done <"$RUN/backend.env"
}

as_hub() { hub_settings && env "${SETTINGS[@]}" "$BIN/hub-server" "$@"; }
as_helper() { helper_settings && env "${SETTINGS[@]}" "$BIN/helper-server" "$@"; }

start_hub() {
    is_running hub && return 0
    mkdir -p "$LOCAL/uploads"
    hub_settings
    run_service hub env "${SETTINGS[@]}" "$BIN/hub-server" serve
    wait_until hub 30 answers "$(port hub)" /readyz
}

start_helper() {
    is_running helper && return 0
    helper_settings
    run_service helper env "${SETTINGS[@]}" "$BIN/helper-server" serve
    wait_until helper 60 answers "$(port helper)" /readyz
}

# --- The helper's backend -----------------------------------------------------------------------

# A running Ollama with a model, else the embedded model, else no model; remembered for restarts.
# CLASS_HUB_BACKEND allows only one of them.
choose_backend() {
    local model only=${CLASS_HUB_BACKEND:-}
    if [ -n "${HELPER_BACKENDS:-}" ]; then
        env | grep -E '^HELPER_(BACKENDS|OLLAMA|CHAT|EMBEDDED|SLOTS|NUM_CTX)' >"$RUN/backend.env"
    elif [ "${only:-ollama}" = ollama ] && model=$(ollama_model); then
        remember_backend ollama,lesson-only HELPER_OLLAMA_URL=http://127.0.0.1:11434 "HELPER_OLLAMA_MODEL=$model"
    elif [ "${only:-embedded}" = embedded ] && [ -f "$LOCAL/embedded" ]; then
        provide_model
        if [ -n "$MODEL" ]; then
            remember_backend embedded,lesson-only "HELPER_EMBEDDED_MODEL=$MODEL"
        else
            remember_backend lesson-only
        fi
    else
        remember_backend lesson-only
    fi
}

remember_backend() {
    say "answers come from: $1"
    printf '%s\n' "HELPER_BACKENDS=$1" "${@:2}" >"$RUN/backend.env"
}

backend() { sed -n 's/^HELPER_BACKENDS=\([^,]*\).*/\1/p' "$RUN/backend.env"; }

ollama_model() {
    http_body 11434 /api/tags | grep -o '"name":"[^"]*"' | cut -d'"' -f4 | grep -v embed | head -n 1 | grep .
}

# --- Whole system -------------------------------------------------------------------------------

# start_system [PORT]
start_system() {
    mkdir -p "$RUN" "$LOGS"
    provide_services
    build_is_current || build_system
    choose_backend
    claim_ports "${1:-}"
    start_postgres
    start_redis
    write_addresses
    step "Database" migrate_database
    step "Demo course and class" load_demo_data
    start_hub
    start_helper
    start_caddy
    write_description
}

claim_ports() {
    local name
    is_running caddy || claim_caddy_port "$1"
    for name in hub helper; do is_running "$name" || claim_port "$name"; done
}

claim_caddy_port() {
    if [ -n "$1" ]; then
        ! is_listening "$1" || die "port $1 is already in use" "choose another one with --port, or leave it out"
        claim_port caddy "$1"
    elif [ ! -s "$RUN/caddy.port" ] && ! is_listening 8080; then
        claim_port caddy 8080
    else
        claim_port caddy
    fi
}

stop_system() {
    local index
    for ((index = ${#SERVICES[@]} - 1; index >= 0; index--)); do stop_one "${SERVICES[index]}"; done
}

stop_one() { if [ "$1" = postgres ]; then stop_postgres; else stop_service "$1"; fi; }

all_running() {
    local name
    for name in "${SERVICES[@]}"; do is_running "$name" || return 1; done
}

# --- Description --------------------------------------------------------------------------------

# demo_value KEY: a value of what `hub-server demo-data` printed.
demo_value() { tr -d '\n' <"$LOCAL/demo-data.json" | sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

json_string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

# Everything a person or a test needs to get at this system.
write_description() {
    (umask 077 && describe >"$LOCAL/demo.json.new")
    mv "$LOCAL/demo.json.new" "$LOCAL/demo.json"
}

describe() {
    local key
    printf '{\n'
    field base_url "$(base_url)"
    for key in class_code staff_email staff_password totp_secret organisation; do
        field "$key" "$(demo_value "$key")"
    done
    field backend "$(backend)"
    field hub_url "http://127.0.0.1:$(port hub)"
    field helper_url "http://127.0.0.1:$(port helper)"
    field admin_database_url "$(database_url postgres postgres-password "$DATABASE")"
    field demo "$ROOT/scripts/demo"
    field local "$LOCAL"
    field logs "$LOGS"
    hub_settings
    describe_program hub
    printf ',\n'
    (unset HELPER_BACKENDS && helper_settings && describe_program helper)
    printf '\n}\n'
}

field() { printf '  "%s": %s,\n' "$1" "$(json_string "$2")"; }

# A server as a proof program may start it by itself, with SETTINGS as plain values.
describe_program() {
    local setting comma=''
    printf '  "%s": {\n    "binary": %s,\n    "url": "http://127.0.0.1:%s",\n    "log": %s,\n    "environment": {' \
        "$1" "$(json_string "$BIN/$1-server")" "$(port "$1")" "$(json_string "$LOGS/$1.log")"
    while IFS= read -r setting; do
        printf '%s\n      "%s": %s' "$comma" "${setting%%=*}" "$(json_string "${setting#*=}")"
        comma=,
    done < <(plain_settings)
    printf '\n    }\n  }'
}

# SETTINGS, one on each line, with the content of files instead of their names.
plain_settings() {
    local setting
    for setting in "${SETTINGS[@]}"; do
        if [[ ${setting%%=*} == *_FILE ]]; then
            printf '%s=%s\n' "${setting%%_FILE=*}" "$(cat "${setting#*=}")"
        else
            printf '%s\n' "$setting"
        fi
    done
}
