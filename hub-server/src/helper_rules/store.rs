//! The tables `helper_class_rules` and `helper_lesson_rules`.

use super::{ClassRules, Hours, LessonRules, from_word, word};
use chrono::{DateTime, Utc};
use shared_types::{
    ids::{ClassroomId, LessonId},
    scope::{Limits, Policy, Rung},
};
use sqlx::PgConnection;

/// A class's rules; those that hold until somebody decides where nobody has.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<ClassRules> {
    Ok(in_force(db, classroom, None).await?.class)
}

/// What holds for a question.
#[derive(Clone, Debug)]
pub struct InForce {
    pub class: ClassRules,
    pub lesson: LessonRules,
    /// The organisation lets teachers read what students and the helper write.
    pub teachers_may_read: bool,
}

/// A class's rules, those of one of its lessons and the organisation's, in one statement.
pub async fn in_force(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: Option<LessonId>,
) -> sqlx::Result<InForce> {
    let row = sqlx::query!(
        r#"select k.enabled as "enabled?", k.strictness as "strictness?", k.scope_mode as "scope_mode?",
                  k.topic_filter as "topic_filter?", k.max_rung as "max_rung?", k.allowed_topics as "allowed_topics?",
                  k.opens_minute, k.closes_minute, k.days as "days?", k.per_minute as "per_minute?",
                  k.per_day as "per_day?", k.class_per_day as "class_per_day?",
                  l.enabled as "lesson_enabled?", l.max_rung as lesson_rung, l.answers as "answers?",
                  coalesce(t.enabled, false) as "teachers_may_read!"
           from (select $1::uuid as classroom_id) c
           left join classrooms o on o.id = c.classroom_id
           left join transcripts t on t.organisation_id = o.organisation_id
           left join helper_class_rules k on k.classroom_id = c.classroom_id
           left join helper_lesson_rules l on l.classroom_id = c.classroom_id and l.lesson_id = $2"#,
        classroom.0,
        lesson.map(|lesson| lesson.0),
    )
    .fetch_one(db)
    .await?;
    let standard = ClassRules::default();
    let chosen = |number: Option<i32>, standard: u16| number.and_then(|n| u16::try_from(n).ok()).unwrap_or(standard);
    let class = ClassRules {
        enabled: row.enabled.unwrap_or(standard.enabled),
        policy: Policy {
            strictness: row.strictness.as_deref().and_then(from_word).unwrap_or(standard.policy.strictness),
            scope_mode: row.scope_mode.as_deref().and_then(from_word).unwrap_or(standard.policy.scope_mode),
            topic_filter: row.topic_filter.unwrap_or(standard.policy.topic_filter),
            max_rung: row.max_rung.as_deref().and_then(from_word).unwrap_or(standard.policy.max_rung),
        },
        allowed_topics: row.allowed_topics.unwrap_or_default(),
        hours: Hours {
            minutes: row.opens_minute.zip(row.closes_minute).map(|(from, to)| (minute(from), minute(to))),
            days: row.days.map_or(standard.hours.days, |days| [1, 2, 3, 4, 5, 6, 7].map(|day| days.contains(&day))),
        },
        limits: Limits {
            per_minute: chosen(row.per_minute, standard.limits.per_minute),
            per_day: chosen(row.per_day, standard.limits.per_day),
            class_per_day: row.class_per_day.map_or(standard.limits.class_per_day, i32::unsigned_abs),
        },
    };
    let own = LessonRules {
        enabled: row.lesson_enabled.unwrap_or(true),
        max_rung: rung(row.lesson_rung.as_deref()),
        answers: row.answers.unwrap_or_default(),
    };
    Ok(InForce { class, lesson: own, teachers_may_read: row.teachers_may_read })
}

fn minute(value: i32) -> u16 {
    u16::try_from(value).unwrap_or_default()
}

/// Decides for a class.
pub async fn set_class(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    rules: &ClassRules,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let ClassRules { enabled, policy, allowed_topics, hours, limits } = rules;
    let days: Vec<i32> = (1..).zip(hours.days).filter_map(|(day, open)| open.then_some(day)).collect();
    sqlx::query!(
        "insert into helper_class_rules (classroom_id, enabled, strictness, scope_mode, topic_filter, max_rung,
             allowed_topics, opens_minute, closes_minute, days, per_minute, per_day, class_per_day, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (classroom_id) do update
         set enabled = $2, strictness = $3, scope_mode = $4, topic_filter = $5, max_rung = $6, allowed_topics = $7,
             opens_minute = $8, closes_minute = $9, days = $10, per_minute = $11, per_day = $12, class_per_day = $13,
             changed_at = $14",
        classroom.0,
        enabled,
        word(policy.strictness),
        word(policy.scope_mode),
        policy.topic_filter,
        word(policy.max_rung),
        &allowed_topics[..],
        hours.minutes.map(|(from, _)| i32::from(from)),
        hours.minutes.map(|(_, to)| i32::from(to)),
        &days,
        i32::from(limits.per_minute),
        i32::from(limits.per_day),
        i32::try_from(limits.class_per_day).unwrap_or(i32::MAX),
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

fn rung(word: Option<&str>) -> Option<Rung> {
    word.and_then(from_word)
}

/// Decides for a lesson of the class; false where the class has no such lesson.
pub async fn set_lesson(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    rules: &LessonRules,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let set = sqlx::query!(
        "insert into helper_lesson_rules (classroom_id, lesson_id, enabled, max_rung, answers, changed_at)
         select $1, l.id, $3, $4, $5, $6
         from lessons l join lesson_openings o on o.lesson_id = l.id and o.classroom_id = $1
         where l.id = $2 and l.removed_at is null
         on conflict (classroom_id, lesson_id) do update
         set enabled = $3, max_rung = $4, answers = $5, changed_at = $6",
        classroom.0,
        lesson.0,
        rules.enabled,
        rules.max_rung.map(word),
        &rules.answers,
        now,
    )
    .execute(tx)
    .await?;
    Ok(set.rows_affected() == 1)
}

/// A lesson of the class as the helper's page lists it.
#[derive(Clone, Debug)]
pub struct ListedLesson {
    pub lesson: LessonId,
    pub title: String,
    pub rules: LessonRules,
}

/// The lessons of a class with their rules, in order.
pub async fn lessons(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<ListedLesson>> {
    let rows = sqlx::query!(
        r#"select l.id, v.title, r.enabled as "enabled?", r.max_rung as "max_rung?", r.answers as "answers?"
           from lesson_openings o
           join lessons l on l.id = o.lesson_id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           left join helper_lesson_rules r on r.classroom_id = $1 and r.lesson_id = l.id
           where o.classroom_id = $1
           order by l.course_id, l.position"#,
        classroom.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ListedLesson {
            lesson: LessonId(row.id),
            title: row.title,
            rules: LessonRules {
                enabled: row.enabled.unwrap_or(true),
                max_rung: rung(row.max_rung.as_deref()),
                answers: row.answers.unwrap_or_default(),
            },
        })
        .collect())
}

/// Decides for a class what was decided for another one that has the same courses.
pub async fn copy_to_class(
    tx: &mut PgConnection,
    from: ClassroomId,
    to: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into helper_class_rules (classroom_id, enabled, strictness, scope_mode, topic_filter, max_rung,
             allowed_topics, opens_minute, closes_minute, days, per_minute, per_day, class_per_day, changed_at)
         select $2, enabled, strictness, scope_mode, topic_filter, max_rung, allowed_topics, opens_minute,
                closes_minute, days, per_minute, per_day, class_per_day, $3
         from helper_class_rules where classroom_id = $1",
        from.0,
        to.0,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into helper_lesson_rules (classroom_id, lesson_id, enabled, max_rung, answers, changed_at)
         select $2, lesson_id, enabled, max_rung, answers, $3 from helper_lesson_rules where classroom_id = $1",
        from.0,
        to.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}
