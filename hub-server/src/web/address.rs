//! Where a request comes from, for limits only.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr},
};

/// The browser's address as the edge saw it. The hub listens behind the edge only, and the edge replaces what a
/// browser claims; the last entry is the edge's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);

impl ClientAddress {
    fn of(headers: &HeaderMap) -> Self {
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
        Self(last.map(str::trim).filter(|address| !address.is_empty()).map_or_else(|| "unknown".to_owned(), network))
    }
}

/// A household or a school has one IPv4 address, but 2^64 of IPv6: there the network counts.
fn network(address: &str) -> String {
    match address.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        Ok(address) => address.to_string(),
        Err(_) => address.to_owned(),
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

    #[test]
    fn of_an_ipv6_address_the_network_counts() {
        for (address, counted) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::9", "2001:db8:1:2::"),
            ("2001:db8:1:3::9", "2001:db8:1:3::"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", address.parse().unwrap());
            assert_eq!(ClientAddress::of(&headers).0, counted);
        }
    }
}
