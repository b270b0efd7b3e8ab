//! Invitations: links by which a number of students may join, also where the class code does not let them.

mod join;
mod manage;
mod pages;
pub mod store;

pub use join::{join, show};
pub use manage::{InvitationForm, LASTS, MAX_LABEL_CHARS, disable, invite};

use crate::{
    app::App,
    classroom::{Classroom, Enrolment},
    code::Code,
    web::secrets::Secrets,
};
use chrono::{DateTime, Utc};
use server_kit::entropy::Entropy;
use shared_types::ids::InvitationId;

/// What makes a link one. 80 bits, so that nobody finds one by trying.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Code<16>);

impl Token {
    /// A new one.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(Code::mint(entropy))
    }

    /// From an address, in any case. None where it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        Code::parse(text).map(Self)
    }

    /// The path of its page.
    pub fn path(&self) -> String {
        format!("/join/{}", self.0.as_str())
    }

    /// What it is looked up by.
    fn fingerprint(&self, secrets: &Secrets) -> [u8; 32] {
        secrets.fingerprint("invitation", &[self.0.as_str().as_bytes()])
    }

    fn sealed(&self, app: &App, owner: InvitationId) -> Vec<u8> {
        app.secrets.seal("invitation", owner.0.as_bytes(), self.0.as_str().as_bytes(), &app.entropy)
    }

    /// The token of a row, to be shown to the teacher again.
    pub fn open(secrets: &Secrets, owner: InvitationId, sealed: &[u8]) -> Option<Self> {
        Self::parse(&String::from_utf8(secrets.open("invitation", owner.0.as_bytes(), sealed)?).ok()?)
    }
}

/// An invitation and how much of it is used.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: InvitationId,
    pub label: String,
    pub sealed_token: Vec<u8>,
    /// None where there is no limit.
    pub seats: Option<i32>,
    pub taken: i64,
    pub expires_at: Option<DateTime<Utc>>,
    pub disabled_at: Option<DateTime<Utc>>,
}

/// Whether an invitation lets somebody in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// The teacher switched it off.
    Disabled,
    Expired,
    /// All its seats are taken.
    Full,
    /// The class takes nobody new, whoever invited them.
    ClassClosed,
}

impl Standing {
    /// How `invitation` into `classroom` stands.
    pub fn of(invitation: &Invitation, classroom: &Classroom, now: DateTime<Utc>) -> Self {
        if invitation.disabled_at.is_some() {
            Self::Disabled
        } else if invitation.expires_at.is_some_and(|end| end <= now) {
            Self::Expired
        } else if invitation.seats.is_some_and(|seats| invitation.taken >= i64::from(seats)) {
            Self::Full
        } else if classroom.locked || classroom.enrolment == Enrolment::Closed || classroom.archived_at.is_some() {
            Self::ClassClosed
        } else {
            Self::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Invitation, Standing, Token};
    use crate::classroom::{Classroom, Enrolment};
    use chrono::{DateTime, Duration, Utc};
    use server_kit::entropy::Entropy;
    use shared_types::ids::{ClassroomId, InvitationId, OrganisationId};
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    fn invitation() -> Invitation {
        Invitation {
            id: InvitationId(Uuid::nil()),
            label: "Exchange students".to_owned(),
            sealed_token: Vec::new(),
            seats: Some(10),
            taken: 9,
            expires_at: Some(now() + Duration::seconds(1)),
            disabled_at: None,
        }
    }

    fn classroom(enrolment: Enrolment, locked: bool) -> Classroom {
        Classroom {
            id: ClassroomId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            name: "Physics 7b".to_owned(),
            code: "PHYS7BCD".to_owned(),
            enrolment,
            locked,
            epoch: 1,
            accent: 1,
            archived_at: None,
        }
    }

    #[test]
    fn a_link_lets_in_until_it_is_off_over_full_or_the_class_closed() {
        let open = classroom(Enrolment::Invite, false);
        for (invitation, standing) in [
            (invitation(), Standing::Open),
            (Invitation { seats: None, expires_at: None, taken: 1000, ..invitation() }, Standing::Open),
            (Invitation { taken: 10, ..invitation() }, Standing::Full),
            (Invitation { expires_at: Some(now()), ..invitation() }, Standing::Expired),
            (Invitation { disabled_at: Some(now()), ..invitation() }, Standing::Disabled),
        ] {
            assert_eq!(Standing::of(&invitation, &open, now()), standing);
        }
        for (enrolment, locked, standing) in [
            (Enrolment::Open, false, Standing::Open),
            (Enrolment::Closed, false, Standing::ClassClosed),
            (Enrolment::Invite, true, Standing::ClassClosed),
        ] {
            assert_eq!(Standing::of(&invitation(), &classroom(enrolment, locked), now()), standing);
        }
    }

    #[test]
    fn a_link_is_read_however_it_was_copied() {
        let token = Token::mint(&Entropy::seeded(1));
        let path = token.path();
        let text = path.strip_prefix("/join/").unwrap();
        assert!(Token::parse(text) == Some(token.clone()) && Token::parse(&text.to_lowercase()) == Some(token));
        for text in ["", "ABCD", "ABCDEFGHJKLMNPQ0", "ABCDEFGHJKLMNPQRS"] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
