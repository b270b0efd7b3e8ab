//! `POST …/invitations` and `POST …/invitations/{invitation}/end`: a teacher makes a link, and switches one off.

use super::{
    Token,
    store::{self, NewInvitation},
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::settings,
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, Nothing, Notice, PageResult, Protected, Respond, Teaching,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use shared_types::ids::InvitationId;

/// Longest label, in characters.
pub const MAX_LABEL_CHARS: u32 = 80;
/// Most seats of one link.
const MOST_SEATS: i32 = 1000;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct InvitationForm {
    #[serde(default)]
    pub label: String,
    /// Empty where there is no limit.
    #[serde(default)]
    pub seats: String,
    #[serde(default)]
    pub lasts: String,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// How long a link may last, as the form names it, in days.
pub const LASTS: [(&str, Option<i64>); 5] =
    [("day", Some(1)), ("week", Some(7)), ("month", Some(30)), ("year", Some(365)), ("ever", None)];

/// A link that can be made.
struct Wanted {
    label: String,
    seats: Option<i32>,
    days: Option<i64>,
}

impl InvitationForm {
    fn parse(&self) -> Result<Wanted, FormState<Self>> {
        let mut form = FormState::new(self.clone());
        let label = self.label.split_whitespace().collect::<Vec<_>>().join(" ");
        if label.is_empty() || label.chars().count() > MAX_LABEL_CHARS as usize || label.contains(char::is_control) {
            form = form.refuse("label", "invite-label-missing");
        }
        let seats = match self.seats.trim() {
            "" => Some(None),
            number => number.parse().ok().filter(|seats| (1..=MOST_SEATS).contains(seats)).map(Some),
        };
        if seats.is_none() {
            form = form.refuse("seats", "invite-seats-wrong");
        }
        let lasts = LASTS.iter().find(|(name, _)| *name == self.lasts);
        if lasts.is_none() {
            form = form.refuse("lasts", "invite-lasts-wrong");
        }
        match (seats, lasts) {
            (Some(seats), Some((_, days))) if !form.is_refused() => Ok(Wanted { label, seats, days: *days }),
            _ => Err(form),
        }
    }
}

/// Makes a link; the settings page shows it.
pub async fn invite(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<InvitationForm>,
) -> PageResult {
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let wanted = match form.parse() {
        Ok(wanted) => wanted,
        Err(form) => return settings::page(&app, frame, teacher, classroom, form).await.unprocessable(),
    };
    let now = app.clock.now();
    let path = classroom.settings_path();
    let mut tx = app.db.begin().await?;
    if let Some(earlier) = idempotency::led_to(&mut tx, teacher.id.0, key, &path, now).await? {
        return Ok(see_other(earlier));
    }
    let (id, token) = (InvitationId(app.new_id()), Token::mint(&app.entropy));
    let invitation = NewInvitation {
        id,
        classroom: classroom.id,
        label: wanted.label,
        token_hash: token.fingerprint(&app.secrets),
        sealed_token: token.sealed(&app, id),
        seats: wanted.seats,
        expires_at: wanted.days.map(|days| end(now, days)),
    };
    store::add(&mut tx, &invitation, now).await?;
    let entry = Entry::new("invitation_created", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("invitation", Detail::Id(id.0))
        .with("seats", Detail::Number(wanted.seats.unwrap_or_default().into()));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(path).with_notice(Notice::InvitationCreated))
}

fn end(now: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    now + Duration::days(days)
}

/// Switches a link off for good.
pub async fn disable(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(invitation): Asked<InvitationId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if store::disable(&mut tx, classroom.id, invitation, app.clock.now()).await? {
        let entry = Entry::new("invitation_disabled", Subject::Classroom(classroom.id))
            .within(classroom.organisation)
            .with("invitation", Detail::Id(invitation.0));
        audit::record(&mut tx, &app, &teacher, entry).await?;
        tx.commit().await?;
    }
    Ok(see_other(classroom.settings_path()).with_notice(Notice::InvitationDisabled))
}

#[cfg(test)]
mod tests {
    use super::InvitationForm;

    fn refused(label: &str, seats: &str, lasts: &str) -> Vec<&'static str> {
        let form = InvitationForm {
            label: label.to_owned(),
            seats: seats.to_owned(),
            lasts: lasts.to_owned(),
            idempotency_key: None,
        };
        form.parse().err().map(|form| form.errors.iter().map(|error| error.field).collect()).unwrap_or_default()
    }

    #[test]
    fn a_link_has_a_label_a_number_of_seats_or_none_and_an_end() {
        assert!(refused("Exchange students", " 10 ", "week").is_empty());
        assert!(refused("Exchange students", "", "ever").is_empty());
        for seats in ["0", "-1", "1001", "ten", "1.5"] {
            assert_eq!(refused("x", seats, "day"), ["seats"], "{seats}");
        }
        assert_eq!(refused(" ", "", "tomorrow"), ["label", "lasts"]);
        assert_eq!(refused(&"x".repeat(81), "", "day"), ["label"]);
    }
}
