//! Staff accounts: e-mail and password, then a second factor (TOTP, or one of ten recovery codes).

pub mod code_step;
pub mod email;
pub mod enrol_totp;
pub mod limits;
pub mod pages;
pub mod passwords;
pub mod recovery;
pub mod sign_in;
pub mod sign_out;
pub mod store;
pub mod totp;

pub use email::EmailAddress;
pub use passwords::Passwords;
pub use totp::TotpSecret;
