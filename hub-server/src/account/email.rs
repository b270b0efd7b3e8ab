//! E-mail addresses as accounts are called by.

use std::fmt;

/// An address in lower case: one account per address, however it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address. Only what a mail server would surely refuse is refused here.
    pub fn parse(typed: &str) -> Option<Self> {
        let address = typed.trim().to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        let fits = (3..=254).contains(&address.len()) && !local.is_empty();
        let named = !domain.is_empty() && !domain.starts_with('.') && !domain.ends_with('.');
        (plain && fits && named).then_some(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn one_address_is_one_account_however_it_is_typed() {
        assert_eq!(EmailAddress::parse(" Amira@School.Example ").unwrap().as_str(), "amira@school.example");
        for bad in ["", "amira", "@school", "amira@", "amira@.example", "ami ra@school.example", "a\n@b"] {
            assert_eq!(EmailAddress::parse(bad), None, "{bad}");
        }
    }
}
