//! How often joining and coming back may fail. Successes are never counted: a whole class joins from one address.
//!
//! A school has one address, so whoever guesses from within it must not shut the others out. An address from which
//! somebody has joined or come back to a class today goes on being let into that class, whatever else failed there.
//! And who guesses one student's return code from many addresses shuts that student out of none of them: above the
//! limit for a name an address has one try instead of ten.

use crate::{
    app::App,
    classroom::ClassCode,
    web::{
        ClientAddress, Error,
        throttle::{Limit, Limited, Wait},
    },
};
use std::time::Duration;

const TEN_MINUTES: Duration = Duration::from_mins(10);

/// Wrong class codes, return codes and invitations from one address. A school has one address, and a class mistypes.
const FROM_ADDRESS: Limit = Limit { name: "enrolment-address", failures: 150, window: TEN_MINUTES };
/// Wrong return codes for one name, from one address: who guesses from elsewhere keeps nobody out.
const FOR_NAME: Limit = Limit { name: "return-name", failures: 10, window: TEN_MINUTES };
/// Wrong return codes for one name, from anywhere, until an address has one try: of 2^30 codes a thousand guesses an
/// hour find none.
const FOR_NAME_ANYWHERE: Limit = Limit { name: "return-name-anywhere", failures: 170, window: TEN_MINUTES };
/// Requests to be let in from one address: a class that lost all its cards, and no more.
const ASKING: Limit = Limit { name: "entry-request", failures: 60, window: TEN_MINUTES };
/// Not a limit on failures: an address that was right about a class is known there for a school day.
const KNOWN: Limit = Limit { name: "enrolment-known", failures: 1, window: Duration::from_hours(12) };

/// One attempt to get into a class with its code or an invitation.
pub struct Joining {
    from_address: Limited,
}

impl Joining {
    /// `Err` where this address has been wrong too often, unless it is known in the class.
    pub async fn begin(app: &App, address: &ClientAddress, code: Option<&ClassCode>) -> Result<Self, Error> {
        let from_address = FROM_ADDRESS.on(&address.0);
        let known = code.map(|code| known(address, code.as_str()));
        if let Err(wait) = app.throttle.check(&[&from_address]).await
            && !is_known(app, known.as_ref()).await
        {
            return Err(wait.into());
        }
        Ok(Self { from_address })
    }

    /// The code was wrong.
    pub async fn failed(&self, app: &App) {
        app.throttle.failed(&[&self.from_address]).await;
    }
}

/// Somebody joined the class of that code: its address is known from now on.
pub async fn joined(app: &App, address: &ClientAddress, class_code: &str) {
    app.throttle.failed(&[&known(address, class_code)]).await;
}

/// One try at a return code, counted before it is looked at, so that many at once cannot slip past.
pub struct Guess {
    counted: [Limited; 3],
    known: Limited,
}

impl Guess {
    /// `Err` where too many were wrong.
    pub async fn begin(app: &App, address: &ClientAddress, code: &ClassCode, name_key: &str) -> Result<Self, Wait> {
        let whom = format!("{} {name_key}", code.as_str());
        let counted =
            [FROM_ADDRESS.on(&address.0), FOR_NAME.on(&format!("{whom} {}", address.0)), FOR_NAME_ANYWHERE.on(&whom)];
        let guess = Self { counted, known: known(address, code.as_str()) };
        let is_known = is_known(app, Some(&guess.known)).await;
        let [from_address, for_name, anywhere] = &guess.counted;
        let failures = [app.throttle.count(from_address).await, app.throttle.count(for_name).await];
        let is_under_attack = app.throttle.count(anywhere).await > i64::from(FOR_NAME_ANYWHERE.failures);
        let tries = if is_under_attack && !is_known { 1 } else { FOR_NAME.failures };
        let over = if failures[1] > i64::from(tries) {
            for_name
        } else if failures[0] > i64::from(FROM_ADDRESS.failures) && !is_known {
            from_address
        } else {
            return Ok(guess);
        };
        let wait = app.throttle.wait(over).await;
        app.throttle.forgive(&guess.counted.each_ref()).await;
        Err(wait)
    }

    /// It was right: nothing is counted, and the address is known from now on.
    pub async fn was_right(&self, app: &App) {
        app.throttle.forgive(&self.counted.each_ref()).await;
        app.throttle.failed(&[&self.known]).await;
    }
}

/// Counts a request to be let in; `Err` where there were too many.
pub async fn ask(app: &App, address: &ClientAddress) -> Result<(), Error> {
    Ok(app.throttle.attempt(&[&ASKING.on(&address.0)]).await?)
}

fn known(address: &ClientAddress, class_code: &str) -> Limited {
    KNOWN.on(&format!("{class_code} {}", address.0))
}

async fn is_known(app: &App, known: Option<&Limited>) -> bool {
    match known {
        Some(known) => app.throttle.check(&[known]).await.is_err(),
        None => false,
    }
}
