//! Where a request comes from, for limits only.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use std::convert::Infallible;

/// The browser's address as the edge saw it. The hub listens behind the edge only, and the edge replaces what a
/// browser claims; the last entry is the edge's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);

impl ClientAddress {
    fn of(headers: &HeaderMap) -> Self {
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
        Self(last.map(str::trim).filter(|address| !address.is_empty()).unwrap_or("unknown").to_owned())
    }
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::ClientAddress;
    use axum::http::HeaderMap;

    #[test]
    fn the_edge_s_own_entry_counts_and_not_what_a_browser_claims() {
        let mut headers = HeaderMap::new();
        assert_eq!(ClientAddress::of(&headers).0, "unknown");
        headers.insert("x-forwarded-for", "1.2.3.4, 203.0.113.9".parse().unwrap());
        assert_eq!(ClientAddress::of(&headers).0, "203.0.113.9");
    }
}
