//! How often joining and coming back may fail. Successes are never counted: a whole class joins from one address.

use crate::web::{
    ClientAddress, Error,
    throttle::{Limit, Limited, Wait},
};
use std::time::Duration;

const TEN_MINUTES: Duration = Duration::from_mins(10);

/// Wrong class codes and return codes from one address. A school has one address, and a class mistypes.
const FROM_ADDRESS: Limit = Limit { name: "enrolment-address", failures: 150, window: TEN_MINUTES };
/// Wrong return codes for one name, from one address: who guesses from elsewhere keeps nobody out.
const FOR_NAME: Limit = Limit { name: "return-name", failures: 10, window: TEN_MINUTES };
/// Wrong return codes for one name, from anywhere: of 2^30 codes a thousand guesses an hour find none.
const FOR_NAME_ANYWHERE: Limit = Limit { name: "return-name-anywhere", failures: 170, window: TEN_MINUTES };

/// The limit on wrong class codes.
pub fn joining(address: &ClientAddress) -> Limited {
    FROM_ADDRESS.on(&address.0)
}

/// The limits on wrong return codes.
pub fn coming_back(address: &ClientAddress, class_code: &str, name_key: &str) -> [Limited; 3] {
    let whom = format!("{class_code} {name_key}");
    [joining(address), FOR_NAME.on(&format!("{whom} {}", address.0)), FOR_NAME_ANYWHERE.on(&whom)]
}

/// The answer where a limit was reached.
pub fn too_many(wait: Wait) -> Error {
    Error::TooMany { wait_s: wait.seconds() }
}
