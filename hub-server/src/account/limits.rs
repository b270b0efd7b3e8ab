//! How many failed sign-ins are let pass: per account against guessing one, per address against trying many.

use crate::web::{
    ClientAddress,
    throttle::{Limit, Limited},
};
use shared_types::ids::StaffId;
use std::time::Duration;

const WINDOW: Duration = Duration::from_mins(15);

const PASSWORD_BY_ACCOUNT: Limit = Limit { name: "password-account", failures: 10, window: WINDOW };
/// A staff room shares one address.
const PASSWORD_BY_ADDRESS: Limit = Limit { name: "password-address", failures: 60, window: WINDOW };
/// Three of a million codes are good at any time.
const CODE_BY_ACCOUNT: Limit = Limit { name: "code-account", failures: 5, window: WINDOW };

/// Wrong passwords for what was typed as e-mail, and from an address.
pub fn password(email: &str, address: &ClientAddress) -> [Limited; 2] {
    [PASSWORD_BY_ACCOUNT.on(email), PASSWORD_BY_ADDRESS.on(&address.0)]
}

/// Wrong codes after the right password.
pub fn code(staff: StaffId) -> [Limited; 1] {
    [CODE_BY_ACCOUNT.on(&staff.to_string())]
}
