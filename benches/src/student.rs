//! A student as the helper sees one: real rows in the database and a scope token signed as the hub signs it.

use anyhow::Context;
use shared_types::{
    ids::{ClassroomId, LessonId, OrganisationId, StudentId},
    keys::ScopeKeys,
    scope::{Actor, Availability, LessonRef, Limits, Policy, Rung, ScopeMode, ScopeToken, Strictness},
};
use sqlx::PgPool;
use uuid::Uuid;

/// The class of a code, with one lesson of its course.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    pub organisation: OrganisationId,
    pub classroom: ClassroomId,
    pub epoch: i32,
    pub lesson: LessonRef,
}

impl Class {
    /// Looks the class up by its join code.
    pub async fn by_code(db: &PgPool, code: &str) -> anyhow::Result<Self> {
        let row: (Uuid, Uuid, i32, Uuid, i32) = sqlx::query_as(
            "select c.organisation_id, c.id, c.epoch, p.lesson_id, p.version
             from hub.classrooms c
             cross join lateral (select lesson_id, version from hub.lesson_passage order by lesson_id limit 1) p
             where c.code = replace($1, '-', '')",
        )
        .bind(code)
        .fetch_one(db)
        .await
        .context("the class of the demo's code, with a lesson")?;
        let (organisation, classroom, epoch, lesson, version) = row;
        Ok(Self {
            organisation: OrganisationId(organisation),
            classroom: ClassroomId(classroom),
            epoch,
            lesson: LessonRef { id: LessonId(lesson), version },
        })
    }

    /// A token for `student` that is valid for an hour from `now` (Unix seconds) and has no limits.
    pub fn token(&self, student: StudentId, keys: &ScopeKeys, now: i64) -> anyhow::Result<String> {
        let policy = Policy {
            strictness: Strictness::Light,
            scope_mode: ScopeMode::Soft,
            topic_filter: false,
            max_rung: Rung::Answer,
        };
        self.token_under(policy, student, keys, now)
    }

    /// The same under rules of one's own.
    pub fn token_under(
        &self,
        policy: Policy,
        student: StudentId,
        keys: &ScopeKeys,
        now: i64,
    ) -> anyhow::Result<String> {
        let scope = ScopeToken {
            kid: String::new(),
            iat: now,
            exp: now + 3600,
            jti: Uuid::from_u128(student.0.as_u128() ^ u128::from(now.unsigned_abs())),
            actor: Actor::Student(student),
            session: None,
            organisation: self.organisation,
            classroom: self.classroom,
            epoch: self.epoch,
            lesson: Some(self.lesson),
            context: "Proof run".to_owned(),
            topics: Vec::new(),
            allowed_topics: Vec::new(),
            policy,
            availability: Availability::default(),
            limits: Limits { per_minute: 0, per_day: 0, class_per_day: 0 },
            locale: "en".to_owned(),
            may_be_read: false,
        };
        Ok(scope.sign(keys)?)
    }
}
