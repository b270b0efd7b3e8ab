//! Joining a class and coming back to it. Students have no account: a class code and a name the first time, then this
//! device, or a return code on another one. A name alone never opens anything.

pub mod admission;
pub mod asking;
mod card;
mod come_back;
mod device;
pub mod invitation;
mod join;
mod leave;
mod limits;
mod name;
pub mod pages;
mod pseudonym;
mod return_code;
pub mod store;
pub mod things;

pub use admission::Newcomer;
pub use card::{confirm as confirm_card, show as show_card};
pub use come_back::{come_back, come_back_here, show as show_come_back};
pub use join::{join, show as show_join};
pub use leave::leave;
pub use name::{DisplayName, NameFault, key::of as name_key};
pub use return_code::ReturnCode;

use crate::{
    app::App,
    web::{
        browser::{Browser, CookieKind, NewCookie},
        session,
    },
};
use shared_types::ids::StudentId;
use sqlx::PgConnection;

/// Where a student who has just joined is shown the return code.
pub const CARD_PATH: &str = "/student/return-code";

/// Where somebody with a return card comes back, as the card says it.
pub fn come_back_address(app: &App) -> String {
    app.config.public_url.join("/return")
}

/// The cookies of a student who is let in: a session, and this device for the next time.
pub struct LetIn([NewCookie; 2]);

impl LetIn {
    /// Opens a session for `student` and remembers this device.
    pub async fn open(tx: &mut PgConnection, app: &App, student: StudentId) -> sqlx::Result<Self> {
        let session = session::open_for_student(tx, app, student).await?;
        let device = device::remember(tx, app, student).await?;
        Ok(Self([session, device]))
    }

    /// The same in place of whoever this browser was before.
    pub async fn instead(
        tx: &mut PgConnection,
        app: &App,
        browser: &Browser,
        student: StudentId,
    ) -> sqlx::Result<Self> {
        if let Some(token) = browser.cookie(CookieKind::Student) {
            session::close(tx, token).await?;
        }
        if let Some(device) = device::of(browser, app) {
            store::forget_device(tx, device).await?;
        }
        Self::open(tx, app, student).await
    }

    /// Adds the cookies to `response`.
    pub fn add_to(&self, mut response: axum::response::Response) -> axum::response::Response {
        for cookie in &self.0 {
            cookie.add_to(&mut response);
        }
        response
    }
}
