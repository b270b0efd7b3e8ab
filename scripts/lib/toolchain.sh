# One Rust toolchain for the servers and the WASM, because an island's id is a hash of its tokens and
# has to come out the same on both sides. Sourced after common.sh; sets RUSTUP_TOOLCHAIN where needed.
# shellcheck shell=bash

# Oldest compiler the workspace builds with; Debian's `rustc-web` is the fallback that also meets it.
RUST_WEB_VERSION=1.96
TOOLCHAIN_NAME=class-hub-web
TOOLCHAIN_DIR=$CACHE/toolchain

# Selects a toolchain that can build wasm32-unknown-unknown, getting the target if it is missing.
select_toolchain() {
    command -v cargo >/dev/null || die "no Rust toolchain: cargo is not on PATH" "install Rust from your distribution or with rustup, then run this again"
    if wasm_target_present; then return 0; fi
    if use_web_toolchain; then return 0; fi
    if command -v rustup >/dev/null && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] \
        && rustup target add wasm32-unknown-unknown >&2; then
        return 0
    fi
    have_apt || die "this Rust toolchain has no wasm32-unknown-unknown target" "run: rustup target add wasm32-unknown-unknown"
    command -v rustup >/dev/null || die "this Rust toolchain has no wasm32-unknown-unknown target and there is no rustup" "install your distribution's wasm32-unknown-unknown standard library for Rust"
    step "WASM toolchain from Debian's packages" build_web_toolchain
    use_web_toolchain || die "the toolchain in $TOOLCHAIN_DIR does not work" "remove that folder and run this again"
}

wasm_target_present() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]
}

use_web_toolchain() {
    [ -f "$TOOLCHAIN_DIR/complete" ] || return 1
    rustup toolchain link "$TOOLCHAIN_NAME" "$TOOLCHAIN_DIR/usr" 2>/dev/null
    export RUSTUP_TOOLCHAIN=$TOOLCHAIN_NAME
    rustc --version >/dev/null && wasm_target_present
}

# Unpacks Debian's compiler (not installed: it conflicts with rustup's) and compiles its standard
# library once for wasm32-unknown-unknown.
build_web_toolchain() {
    local usr=$TOOLCHAIN_DIR/usr host=x86_64-unknown-linux-gnu scratch lib
    rm -rf "$TOOLCHAIN_DIR"
    apt_install libllvm22 lld-22 libcurl4 libsqlite3-0 libgit2-1.5 libssh2-1 gcc libc6-dev ca-certificates
    unpack_debs "$TOOLCHAIN_DIR" rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy \
        libstd-rust-web-dev "libstd-rust-web-$RUST_WEB_VERSION"
    mv "$usr"/lib/x86_64-linux-gnu/librustc_driver-*.so "$usr/lib/"
    mkdir -p "$usr/lib/rustlib/$host/bin"
    ln -sf /usr/lib/llvm-22/bin/lld "$usr/lib/rustlib/$host/bin/rust-lld"
    rustup toolchain link "$TOOLCHAIN_NAME" "$usr"

    scratch=$(mktemp -d)
    mkdir "$scratch/src"
    printf '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2024"\n' >"$scratch/Cargo.toml"
    : >"$scratch/src/lib.rs"
    (
        cd "$scratch"
        # `-Cembed-bitcode` lets later builds use link-time optimisation across std.
        CARGO_TARGET_DIR=$scratch/target RUSTC_BOOTSTRAP=1 RUSTUP_TOOLCHAIN=$TOOLCHAIN_NAME \
            RUSTFLAGS="-Cembed-bitcode=yes --remap-path-prefix=$usr=/rust" \
            cargo build --release -Zbuild-std=std,panic_abort,test,proc_macro --target wasm32-unknown-unknown
    )
    lib=$usr/lib/rustlib/wasm32-unknown-unknown/lib
    mkdir -p "$lib"
    cp "$scratch"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/"
    rm -rf "$scratch"
    touch "$TOOLCHAIN_DIR/complete"
}

# with_target COMMAND…: runs it as the only script that uses the target folder, and as if no other
# checkout ever had. cargo tells a crate of the workspace by its path inside the workspace and by the age
# of its files, so it would hand one checkout what it built for another.
with_target() {
    local lock status=0
    mkdir -p "$CARGO_TARGET_DIR"
    exec {lock}>"$CARGO_TARGET_DIR/class-hub.lock"
    ! command -v flock >/dev/null || flock "$lock"
    if [ "$(cat "$CARGO_TARGET_DIR/class-hub.checkout" 2>/dev/null)" != "$ROOT" ]; then
        forget_workspace_crates
        echo "$ROOT" >"$CARGO_TARGET_DIR/class-hub.checkout"
    fi
    "$@" || status=$?
    exec {lock}>&-
    return "$status"
}

forget_workspace_crates() {
    local manifest crate
    for manifest in "$ROOT"/*/Cargo.toml; do
        crate=$(basename "$(dirname "$manifest")")
        rm -rf "$CARGO_TARGET_DIR"/*/.fingerprint/"$crate"-* "$CARGO_TARGET_DIR"/*/*/.fingerprint/"$crate"-*
    done
}
