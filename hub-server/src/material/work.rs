//! The tables `responses` and `drafts`: what one student answered to one material, and what is still being typed.
//!
//! Both carry a revision. A form says which it was made from ([`Base`]); what was changed meanwhile in another window is
//! never overwritten unseen.

use super::{Answer, Kind};
use chrono::{DateTime, Utc};
use shared_types::ids::{MaterialId, StudentId};
use sqlx::{PgConnection, types::Json};
use std::{fmt, str::FromStr};

/// What a student did with one material so far.
#[derive(Clone, Debug, Default)]
pub struct Work {
    pub response: Option<Response>,
    pub draft: Option<Draft>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Response {
    /// None where the material has become another kind since.
    pub answer: Option<Answer>,
    pub revision: i32,
    pub saved_at: DateTime<Utc>,
    pub handed_in_at: Option<DateTime<Utc>>,
}

/// What was typed and not handed in.
#[derive(Clone, Debug)]
pub struct Draft {
    pub answer: Option<Answer>,
    pub revision: i32,
    pub saved_at: DateTime<Utc>,
}

/// The revisions of response and draft a form was made from; 0 where there was none. Handing in removes the draft and
/// raises the response's, so that no two states have the same base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Base {
    response: i32,
    draft: i32,
}

impl Work {
    /// What a form shows: what was typed last, else what was answered.
    pub fn newest(&self) -> Option<&Answer> {
        let draft = self.draft.as_ref().and_then(|draft| draft.answer.as_ref());
        draft.or_else(|| self.response.as_ref().and_then(|response| response.answer.as_ref()))
    }

    /// What a form that shows it is made from.
    pub fn base(&self) -> Base {
        Base {
            response: self.response.as_ref().map_or(0, |response| response.revision),
            draft: self.draft.as_ref().map_or(0, |draft| draft.revision),
        }
    }

    /// Whether a form made from `base` may change it: nothing was changed since, or to the same words.
    pub fn allows(&self, base: Base, answer: &Answer) -> bool {
        self.base() == base || self.newest() == Some(answer)
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.response, self.draft)
    }
}

impl FromStr for Base {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (response, draft) = text.split_once('-').unwrap_or((text, "0"));
        Ok(Self { response: response.parse()?, draft: draft.parse()? })
    }
}

/// What a student did with a material of this kind.
pub async fn of_student(
    db: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    kind: Kind,
) -> sqlx::Result<Work> {
    let row = sqlx::query!(
        r#"select r.answer as "answer?: Json<serde_json::Value>", r.revision as "revision?", r.saved_at as "saved_at?",
                  r.handed_in_at as "handed_in_at?", d.text as "text?", d.revision as "draft_revision?",
                  d.saved_at as "draft_saved_at?"
           from (select $1::uuid as student_id, $2::uuid as material_id) this
           left join responses r using (student_id, material_id)
           left join drafts d using (student_id, material_id)"#,
        student.0,
        material.0,
    )
    .fetch_one(db)
    .await?;
    let response = row.revision.zip(row.saved_at).map(|(revision, saved_at)| {
        let answer = row.answer.and_then(|answer| serde_json::from_value(answer.0).ok());
        let answer = answer.filter(|answer: &Answer| answer.kind() == kind);
        Response { answer, revision, saved_at, handed_in_at: row.handed_in_at }
    });
    let draft = row.text.zip(row.draft_revision).zip(row.draft_saved_at).map(|((text, revision), saved_at)| Draft {
        answer: Answer::from_draft(kind, &text).filter(|answer| answer.kind() == kind),
        revision,
        saved_at,
    });
    Ok(Work { response, draft })
}

/// Lets changes of this student come one after the other until the transaction ends.
pub async fn one_at_a_time(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<()> {
    sqlx::query!("select from students where id = $1 for no key update", student.0).fetch_optional(tx).await.map(drop)
}

/// Keeps what is being typed.
pub async fn keep_draft(
    tx: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    text: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into drafts (student_id, material_id, text, saved_at) values ($1, $2, $3, $4)
         on conflict (student_id, material_id) do update
             set text = excluded.text, saved_at = excluded.saved_at, revision = drafts.revision + 1",
        student.0,
        material.0,
        text,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Keeps an answer, handed in or only saved, in the place of an earlier one.
pub async fn keep_response(
    tx: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    answer: &Answer,
    handed_in: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into responses (student_id, material_id, answer, saved_at, handed_in_at) values ($1, $2, $3, $4, $5)
         on conflict (material_id, student_id) do update
             set answer = excluded.answer, saved_at = excluded.saved_at, handed_in_at = excluded.handed_in_at,
                 revision = responses.revision + 1",
        student.0,
        material.0,
        Json(answer) as _,
        now,
        handed_in.then_some(now),
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Forgets what was typed: it has been handed in, or is not wanted.
pub async fn drop_draft(tx: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<()> {
    sqlx::query!("delete from drafts where student_id = $1 and material_id = $2", student.0, material.0)
        .execute(tx)
        .await
        .map(drop)
}

/// Counts an answer up without changing it, so that a form made before is no longer taken for the newest.
pub async fn renew_base(tx: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<()> {
    sqlx::query!(
        "update responses set revision = revision + 1 where student_id = $1 and material_id = $2",
        student.0,
        material.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::{Answer, Base, Draft, Response, Work};

    fn text(text: &str) -> Answer {
        Answer::Reflection { text: text.to_owned() }
    }

    fn work(response: Option<(&str, i32)>, draft: Option<(&str, i32)>) -> Work {
        let saved_at = "2026-11-23T09:00:00Z".parse().unwrap();
        Work {
            response: response.map(|(words, revision)| Response {
                answer: Some(text(words)),
                revision,
                saved_at,
                handed_in_at: None,
            }),
            draft: draft.map(|(words, revision)| Draft { answer: Some(text(words)), revision, saved_at }),
        }
    }

    #[test]
    fn what_was_typed_last_is_shown() {
        assert_eq!(work(None, None).newest(), None);
        assert_eq!(work(Some(("handed in", 1)), None).newest(), Some(&text("handed in")));
        assert_eq!(work(Some(("handed in", 1)), Some(("going on", 4))).newest(), Some(&text("going on")));
    }

    #[test]
    fn a_form_changes_only_what_it_was_made_from() {
        let base = |text: &str| text.parse::<Base>().unwrap();
        let standing = work(Some(("handed in", 2)), Some(("theirs", 1)));
        assert_eq!(standing.base().to_string(), "2-1");
        for (from, typed, allowed) in [
            ("2-1", "mine", true),
            ("2-0", "mine", false),
            ("1-1", "mine", false),
            ("0-0", "mine", false),
            // Nobody loses anything by the same words.
            ("0-0", "theirs", true),
        ] {
            assert_eq!(standing.allows(base(from), &text(typed)), allowed, "{from} {typed}");
        }
        assert!("nonsense".parse::<Base>().is_err());
    }
}
