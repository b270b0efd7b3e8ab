//! amira teaches, jonas and lena attend her class, mallory teaches in another organisation.

use super::new_id;
use shared_types::{
    ids::{ClassroomId, LessonId, OrganisationId, StaffId, StudentId},
    keys::{EventKeys, ScopeKeys},
    scope::{Actor, Availability, LessonRef, Limits, Policy, Rung, ScopeMode, ScopeToken, Strictness},
};

pub const SCOPE_KEYS: &str = "s1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
pub const EVENT_KEYS: &str = "e1:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA";

pub fn scope_keys() -> ScopeKeys {
    SCOPE_KEYS.parse().unwrap()
}

pub fn event_keys() -> EventKeys {
    EVENT_KEYS.parse().unwrap()
}

/// Somebody with a class and a lesson.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub actor: Actor,
    pub organisation: OrganisationId,
    pub classroom: ClassroomId,
    pub lesson: LessonId,
}

/// Ids are new in every test, so that tests do not see each other in shared channels.
#[derive(Clone, Copy, Debug)]
pub struct People {
    school: OrganisationId,
    class: ClassroomId,
    lesson: LessonId,
    jonas: StudentId,
    lena: StudentId,
    amira: StaffId,
}

impl People {
    pub fn new() -> Self {
        Self {
            school: new_id().into(),
            class: new_id().into(),
            lesson: new_id().into(),
            jonas: new_id().into(),
            lena: new_id().into(),
            amira: new_id().into(),
        }
    }

    pub fn jonas(&self) -> Person {
        self.with(Actor::Student(self.jonas))
    }

    pub fn lena(&self) -> Person {
        self.with(Actor::Student(self.lena))
    }

    pub fn amira(&self) -> Person {
        self.with(Actor::Staff(self.amira))
    }

    /// Has a sound token, of another organisation.
    pub fn mallory() -> Person {
        let actor = Actor::Staff(new_id().into());
        Person { actor, organisation: new_id().into(), classroom: new_id().into(), lesson: new_id().into() }
    }

    fn with(&self, actor: Actor) -> Person {
        Person { actor, organisation: self.school, classroom: self.class, lesson: self.lesson }
    }
}

/// A scope token to be signed, with what a test wants different.
#[derive(Clone, Debug)]
pub struct TokenDraft(pub ScopeToken);

impl Person {
    /// The token the hub would make for this person at Unix second `now`.
    pub fn token(&self, now: i64) -> TokenDraft {
        TokenDraft(ScopeToken {
            kid: String::new(),
            iat: now,
            exp: now + 3600,
            jti: new_id(),
            actor: self.actor,
            session: None,
            organisation: self.organisation,
            classroom: self.classroom,
            epoch: 1,
            lesson: Some(LessonRef { id: self.lesson, version: 1 }),
            context: "Signals and ciphers · The Caesar cipher".into(),
            topics: vec!["Caesar cipher".into()],
            allowed_topics: vec![],
            policy: Policy {
                strictness: Strictness::Strict,
                scope_mode: ScopeMode::Soft,
                topic_filter: false,
                max_rung: Rung::CheckMyStep,
            },
            availability: Availability::default(),
            limits: Limits { per_minute: 0, per_day: 0, class_per_day: 0 },
            locale: "en".into(),
            may_be_read: false,
        })
    }
}

impl TokenDraft {
    pub fn with(mut self, change: impl FnOnce(&mut ScopeToken)) -> Self {
        change(&mut self.0);
        self
    }

    pub fn sign(self) -> String {
        self.0.sign(&scope_keys()).unwrap()
    }
}
