//! The address people reach the hub at.

use axum::http::Uri;
use std::{fmt, net::IpAddr, str::FromStr};

/// `https://host[:port]`, or `http://` on this machine only, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    https: bool,
}

/// Why an address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    #[error("write it as https://host or, on this machine only, http://localhost:8080")]
    NotAnOrigin,
    #[error("plain http is for this machine only (localhost, 127.0.0.1); use https for any other name")]
    PlainHttp,
}

impl PublicUrl {
    /// Whether cookies may carry `Secure` and the `__Host-` prefix.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// The whole address of a path that starts with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let origin = text.trim_end_matches('/');
        let uri: Uri = origin.parse().map_err(|_| PublicUrlError::NotAnOrigin)?;
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return Err(PublicUrlError::NotAnOrigin);
        };
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() || origin.contains('@') {
            return Err(PublicUrlError::NotAnOrigin);
        }
        match scheme {
            "https" => Ok(Self { origin: origin.to_owned(), https: true }),
            "http" if is_this_machine(host) => Ok(Self { origin: origin.to_owned(), https: false }),
            "http" => Err(PublicUrlError::PlainHttp),
            _ => Err(PublicUrlError::NotAnOrigin),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.ends_with(".localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{PublicUrl, PublicUrlError};

    #[test]
    fn an_origin_is_https_or_on_this_machine() {
        for (text, expected) in [
            ("https://hub.school.example", Ok(true)),
            ("https://hub.school.example/", Ok(true)),
            ("http://localhost:8080", Ok(false)),
            ("http://127.0.0.1:8080", Ok(false)),
            ("http://[::1]:8080", Ok(false)),
            ("http://hub.school.example", Err(PublicUrlError::PlainHttp)),
            ("http://localhost.evil.example", Err(PublicUrlError::PlainHttp)),
            ("https://hub.school.example/teach", Err(PublicUrlError::NotAnOrigin)),
            ("https://user@hub.school.example", Err(PublicUrlError::NotAnOrigin)),
            ("ftp://hub.school.example", Err(PublicUrlError::NotAnOrigin)),
            ("hub.school.example", Err(PublicUrlError::NotAnOrigin)),
            ("", Err(PublicUrlError::NotAnOrigin)),
        ] {
            assert_eq!(text.parse::<PublicUrl>().map(|url| url.is_https()), expected, "{text}");
        }
    }
}
