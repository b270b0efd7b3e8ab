# Starting, watching and stopping what a running system is made of. Everything listens on loopback only,
# keeps its data under $LOCAL and is stopped by the pid that was remembered, never by name.
# Sourced after common.sh and tools.sh.
# shellcheck shell=bash

RUN=$LOCAL/run
LOGS=$LOCAL/log
SECRETS=$LOCAL/secrets

# --- Ports --------------------------------------------------------------------------------------

# port NAME: the loopback port of a service, chosen once and remembered.
port() { cat "$RUN/$1.port"; }

# claim_port NAME [WISH]: makes sure a service that is not running has a port that nobody listens on.
claim_port() {
    local name=$1 wish=${2:-} file=$RUN/$1.port
    mkdir -p "$RUN"
    if [ -n "$wish" ]; then
        echo "$wish" >"$file"
    fi
    if [ ! -s "$file" ] || is_listening "$(cat "$file")"; then
        free_port >"$file.new" && mv "$file.new" "$file"
    fi
}

# Below the range from which the kernel takes ports for outgoing connections.
free_port() {
    local candidate
    while :; do
        candidate=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        is_listening "$candidate" && continue
        grep -qsx "$candidate" "$RUN"/*.port && continue
        echo "$candidate"
        return 0
    done
}

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# http_status PORT PATH: prints the status code; bare machines have neither curl nor wget.
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
        read -r -t 5 _ status _ <&3 && echo "$status"
    ) 2>/dev/null
}

# http_body PORT PATH: the body of an answer that comes within two seconds.
http_body() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
        timeout 2 cat <&3 | sed '1,/^\r*$/d'
    ) 2>/dev/null
}

# --- Secrets ------------------------------------------------------------------------------------

random_token() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }

# secret NAME [PREFIX]: prints the file of a secret that is made once and readable by us only.
secret() {
    local file=$SECRETS/$1
    [ -s "$file" ] || put_secret "$1" "${2:-}$(random_token)"
    echo "$file"
}

put_secret() {
    (
        umask 077
        mkdir -p "$SECRETS"
        printf '%s' "$2" >"$SECRETS/$1.new"
        mv "$SECRETS/$1.new" "$SECRETS/$1"
    )
}

secret_value() { cat "$(secret "$1")"; }

# --- Processes ----------------------------------------------------------------------------------

# run_service NAME COMMAND…: starts it in a session of its own, so that neither Ctrl-C nor a closed
# terminal reaches it, and remembers its pid.
run_service() {
    local name=$1 log=$LOGS/$1.log
    shift
    mkdir -p "$RUN" "$LOGS"
    [ -z "$(find "$log" -size +10000k 2>/dev/null)" ] || mv "$log" "$log.1"
    if command -v setsid >/dev/null; then
        setsid "$@" </dev/null >>"$log" 2>&1 9>&- &
    else
        nohup "$@" </dev/null >>"$log" 2>&1 9>&- &
    fi
    echo "$! $(started_at "$!")" >"$RUN/$name.pid"
    disown "$!"
}

# When a process started: tells it from a later one with the same number.
started_at() {
    if [ -r "/proc/$1/stat" ]; then
        sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20
    else
        ps -o lstart= -p "$1" | tr -s ' ' '-'
    fi
}

is_zombie() { [ -r "/proc/$1/stat" ] && [ "$(sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f1)" = Z ]; }

# pid_of NAME: the pid of a service that is running, or nothing and failure.
pid_of() {
    local pid started
    read -r pid started 2>/dev/null <"$RUN/$1.pid" || return 1
    kill -0 "$pid" 2>/dev/null && [ "$(started_at "$pid")" = "$started" ] && ! is_zombie "$pid" && echo "$pid"
}

is_running() { pid_of "$1" >/dev/null; }

# stop_service NAME [SIGNAL [LAST_SIGNAL]]: asks, waits up to 15 seconds, then insists.
stop_service() {
    local name=$1 pid tenths=0
    if pid=$(pid_of "$name"); then
        kill -s "${2:-TERM}" "$pid" 2>/dev/null || true
        while is_running "$name"; do
            sleep 0.1
            tenths=$((tenths + 1))
            if [ "$tenths" -eq 150 ]; then
                say "note: $name did not stop when asked; insisting"
                kill -s "${3:-KILL}" "$pid" 2>/dev/null || true
            fi
        done
    fi
    rm -f "$RUN/$name.pid"
}

# wait_until NAME SECONDS COMMAND…: until the command succeeds; gives up when the service has ended.
wait_until() {
    local name=$1 until=$((SECONDS + $2))
    shift 2
    while ! "$@" >/dev/null 2>&1; do
        if ! is_running "$name" || [ "$SECONDS" -ge "$until" ]; then
            tail -n 20 "$LOGS/$name.log" >&2
            is_running "$name" || die "$name ended while starting" "read $LOGS/$name.log"
            stop_service "$name"
            die "$name did not become ready" "read $LOGS/$name.log"
        fi
        sleep 0.05
    done
}

# answers PORT PATH: whether a GET is answered with 200.
answers() { [ "$(http_status "$1" "$2")" = 200 ]; }

# --- PostgreSQL ---------------------------------------------------------------------------------

# The cluster's folder: under $LOCAL, or under /var/tmp (linked from $LOCAL) when we are root and the
# database user cannot reach $LOCAL.
cluster_folder() {
    local link=$LOCAL/postgres user elsewhere
    if [ ! -e "$link" ]; then
        rm -f "$link"
        user=$(database_user)
        mkdir -p "$link"
        if [ -n "$user" ]; then
            chown "$user" "$link"
            if ! as_database_user test -w "$link/"; then
                elsewhere=/var/tmp/class-hub-$(printf '%s' "$LOCAL" | cksum | cut -d' ' -f1)
                rmdir "$link"
                (umask 077 && mkdir -p "$elsewhere") && chown "$user" "$elsewhere"
                ln -s "$elsewhere" "$link"
            fi
        fi
        chmod 700 "$link/"
    fi
    readlink -f "$link"
}

# start_postgres [throw-away]: a throw-away cluster is for tests only: it trusts every local user and
# does not wait for the disk.
start_postgres() {
    local kind=${1:-lasting} cluster
    is_running postgres && return 0
    cluster=$(cluster_folder)
    [ -s "$cluster/PG_VERSION" ] || create_cluster "$cluster" "$kind"
    claim_port postgres
    rm -f "$cluster/postmaster.pid" # ours is not running, so whatever it names is not ours
    database_user_prefix
    (
        export LD_LIBRARY_PATH=${PG_LIBRARIES:-${LD_LIBRARY_PATH:-}}
        cd "$cluster"
        run_service postgres "${AS_DATABASE_USER[@]}" "$PG_BIN/postgres" -D "$cluster" -p "$(port postgres)"
    )
    wait_until postgres 60 superuser_sql postgres -c 'select 1'
}

create_cluster() {
    local cluster=$1 kind=$2 auth=scram-sha-256 password_file
    mkdir -p "$LOGS"
    [ "$kind" != throw-away ] || auth=trust
    password_file=$(mktemp) # the database user may not read our secrets
    secret_value postgres-password >"$password_file"
    [ -z "$(database_user)" ] || chown "$(database_user)" "$password_file"
    (
        export LD_LIBRARY_PATH=${PG_LIBRARIES:-${LD_LIBRARY_PATH:-}}
        cd "$cluster"
        as_database_user "$PG_BIN/initdb" -D "$cluster" --username postgres --pwfile "$password_file" --auth "$auth" \
            --encoding UTF8 --locale "$(unicode_locale)" --no-sync
    ) >>"$LOGS/postgres.log" 2>&1 || { tail -n 20 "$LOGS/postgres.log" >&2; die "initdb failed" "read $LOGS/postgres.log"; }
    rm -f "$password_file"
    {
        cat <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
jit = off
CONF
        [ "$kind" != throw-away ] || echo 'fsync = off'
    } | as_database_user tee -a "$cluster/postgresql.conf" >/dev/null
}

unicode_locale() { if locale -a 2>/dev/null | grep -qix 'C.utf-\?8'; then echo C.UTF-8; else echo C; fi; }

# superuser_sql DATABASE ARGUMENT…: psql as the cluster's superuser, stopping at the first error.
superuser_sql() {
    local database=$1
    shift
    PGPASSWORD=$(secret_value postgres-password) PGCONNECT_TIMEOUT=5 pg psql -X -q -v ON_ERROR_STOP=1 -At \
        -h 127.0.0.1 -p "$(port postgres)" -U postgres -d "$database" "$@"
}

# database_url ROLE PASSWORD_SECRET DATABASE
database_url() { printf 'postgres://%s:%s@127.0.0.1:%s/%s' "$1" "$(secret_value "$2")" "$(port postgres)" "$3"; }

stop_postgres() { stop_service postgres INT QUIT; }

# --- Redis --------------------------------------------------------------------------------------

start_redis() {
    is_running redis && return 0
    mkdir -p "$LOCAL/redis"
    claim_port redis
    (
        umask 077
        cat >"$LOCAL/redis/redis.conf" <<CONF
bind 127.0.0.1
port $(port redis)
requirepass $(secret_value redis-password)
dir $LOCAL/redis
save ""
appendonly yes
maxmemory-policy noeviction
CONF
    )
    run_service redis "$REDIS_SERVER" "$LOCAL/redis/redis.conf"
    wait_until redis 30 redis_answers
}

redis_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$(port redis)" || exit 1
        printf 'AUTH %s\r\nPING\r\nQUIT\r\n' "$(secret_value redis-password)" >&3
        timeout 2 cat <&3 | grep -q PONG
    )
}

redis_url() { printf 'redis://:%s@127.0.0.1:%s/%s' "$(secret_value redis-password)" "$(port redis)" "$1"; }

# --- Caddy --------------------------------------------------------------------------------------

# start_caddy: needs the ports of hub, helper and caddy to be known.
start_caddy() {
    is_running caddy && return 0
    mkdir -p "$LOCAL/caddy"
    run_service caddy env XDG_DATA_HOME="$LOCAL/caddy" XDG_CONFIG_HOME="$LOCAL/caddy" \
        SITE_ADDRESS="http://127.0.0.1:$(port caddy)" SITE_BIND=127.0.0.1 \
        HUB_UPSTREAM="127.0.0.1:$(port hub)" HELPER_UPSTREAM="127.0.0.1:$(port helper)" \
        "$CADDY" run --adapter caddyfile --config "$ROOT/Caddyfile"
    wait_until caddy 30 is_listening "$(port caddy)"
}
