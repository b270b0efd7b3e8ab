//! An announcement as it is typed.

use super::Announcement;
use crate::{
    lesson::markdown,
    material::teach::due,
    web::{FormState, Lang, idempotency::IdempotencyKey},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

/// Longest text, in characters.
pub const MAX_CHARS: u32 = 4000;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AnnouncementForm {
    #[serde(default)]
    pub text: String,
    /// Day and time until which it is shown, in the school's zone; empty where it stays.
    #[serde(default)]
    pub ends: String,
    /// Sent with a new one.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub source: String,
    pub html: String,
    pub ends_at: Option<DateTime<Utc>>,
}

impl AnnouncementForm {
    /// The form of one that stands.
    pub fn of(announcement: &Announcement, zone: Tz) -> Self {
        Self { text: announcement.source.clone(), ends: due::shown(announcement.ends_at, zone), idempotency_key: None }
    }

    /// A text that says something, and a time that is to come.
    pub fn parse(self, lang: Lang, zone: Tz, now: DateTime<Utc>) -> Result<Written, FormState<Self>> {
        let source = self.text.trim().replace("\r\n", "\n");
        let ends_at = due::parse(&self.ends, zone);
        let mut form = FormState::new(self);
        if source.is_empty() {
            form = form.refuse("text", "announcement-missing");
        } else if source.chars().count() > MAX_CHARS as usize {
            form = form.refuse("text", "announcement-too-long");
        }
        match ends_at {
            Err(()) => form = form.refuse("ends", "announcement-ends-wrong"),
            Ok(Some(at)) if at <= now => form = form.refuse("ends", "announcement-ends-past"),
            Ok(ends_at) if !form.is_refused() => {
                return Ok(Written { html: markdown::short(&source, lang), source, ends_at });
            }
            Ok(_) => {}
        }
        Err(form)
    }
}

#[cfg(test)]
mod tests {
    use super::AnnouncementForm;
    use crate::web::Lang;

    #[test]
    fn an_announcement_says_something_and_ends_in_the_future() {
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        let form = |text: &str, ends: &str| AnnouncementForm {
            text: text.to_owned(),
            ends: ends.to_owned(),
            idempotency_key: None,
        };
        let parse = |text: &str, ends: &str| form(text, ends).parse(Lang::English, chrono_tz::UTC, now);
        let written = parse(" Bring a *lamp* <script>alert(1)</script> ", "2026-11-27T15:00").unwrap();
        assert!(written.html.contains("<em>lamp</em>") && !written.html.contains("<script"), "{}", written.html);
        assert_eq!(written.ends_at, "2026-11-27T15:00:00Z".parse().ok());
        assert_eq!(parse("Hello", "").unwrap().ends_at, None);
        for (text, ends) in [("  ", ""), (&"x".repeat(4001), ""), ("Hi", "2026-11-22T15:00"), ("Hi", "soon")] {
            assert!(parse(text, ends).unwrap_err().is_refused(), "{ends}");
        }
    }
}
