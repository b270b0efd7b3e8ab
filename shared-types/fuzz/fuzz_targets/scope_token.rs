//! Whatever arrives as a token: no panic, and nothing that was not signed passes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared_types::{keys::ScopeKeys, scope::ScopeToken};

fuzz_target!(|text: &str| {
    let keys: ScopeKeys = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse().expect("a good ring");
    assert!(ScopeToken::verify(text, &keys, 1_800_000_000).is_err());
});
