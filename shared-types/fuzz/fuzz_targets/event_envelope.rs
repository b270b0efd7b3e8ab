//! Whatever arrives as a signed event: no panic, and nothing that was not signed passes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared_types::{event::SignedEvent, keys::EventKeys};

fuzz_target!(|parts: (&str, &str, &str, &[u8])| {
    let keys: EventKeys = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse().expect("a good ring");
    let (id, timestamp, signature, body) = parts;
    let signed = SignedEvent {
        id: id.to_owned(),
        timestamp: timestamp.to_owned(),
        signature: signature.to_owned(),
        body: body.to_vec(),
    };
    assert!(signed.open(&keys, 1_800_000_000).is_err());
});
