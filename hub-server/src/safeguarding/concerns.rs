//! The table `helper_concerns` and the view `concern_recipients`.

use super::Outcome;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, OrganisationId, StaffId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Concerns of one page.
const MOST: i64 = 50;

/// Somebody who may need an adult.
#[derive(Clone, Debug)]
pub struct Concern {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub classroom: ClassroomId,
    pub class_name: String,
    /// None where staff tried the helper out, or the student is gone.
    pub student: Option<String>,
    pub student_id: Option<StudentId>,
    pub tier: String,
    pub kind: String,
    pub outcome: Option<String>,
    /// Who noted the outcome.
    pub settled_by: Option<String>,
    /// It waits for whoever looks.
    pub theirs: bool,
    /// Teachers of the class may read what students and the helper write.
    pub read_along: bool,
}

/// The class's concerns, open ones first, the newest first.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<Concern>> {
    sqlx::query_as!(
        Concern,
        r#"select c.id, c.at, k.id as "classroom: ClassroomId", k.name as class_name, s.display_name as "student?",
                  s.id as "student_id?: StudentId", coalesce(r.enabled, false) as "read_along!", c.tier, c.kind, c.outcome, p.display_name as "settled_by?", true as "theirs!"
           from helper_concerns c
           join classrooms k on k.id = c.classroom_id
           left join students s on s.id = c.student_id
           left join staff p on p.id = c.settled_by
           left join transcripts r on r.organisation_id = k.organisation_id
           where c.classroom_id = $1 order by c.outcome is not null, c.at desc limit $2"#,
        classroom.0,
        MOST,
    )
    .fetch_all(db)
    .await
}

/// What waits for somebody, the most urgent and oldest first; then what was settled since, where they are a contact or
/// administer the organisation.
pub async fn of_recipient(db: &mut PgConnection, staff: StaffId, since: DateTime<Utc>) -> sqlx::Result<Vec<Concern>> {
    sqlx::query_as!(
        Concern,
        r#"select c.id, c.at, k.id as "classroom: ClassroomId", k.name as class_name, s.display_name as "student?",
                  s.id as "student_id?: StudentId", coalesce(r.enabled, false) as "read_along!", c.tier, c.kind, c.outcome, p.display_name as "settled_by?", c.outcome is null as "theirs!"
           from helper_concerns c
           join classrooms k on k.id = c.classroom_id
           join memberships m on m.organisation_id = k.organisation_id and m.staff_id = $1
           left join students s on s.id = c.student_id
           left join staff p on p.id = c.settled_by
           left join transcripts r on r.organisation_id = k.organisation_id
           where exists (select from concern_recipients w where w.concern_id = c.id and w.staff_id = $1)
              or (c.settled_at >= $2
                  and (c.settled_by = $1 or m.role in ('owner', 'admin')
                       or exists (select from safeguarding_contacts t where t.organisation_id = k.organisation_id
                                  and t.staff_id = $1 and t.tier = c.tier)))
           order by c.outcome is not null, c.tier, case when c.outcome is null then c.at end, c.settled_at desc
           limit $3"#,
        staff.0,
        since,
        MOST,
    )
    .fetch_all(db)
    .await
}

/// A concern of which was just noted what came of it, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    pub classroom: ClassroomId,
    pub organisation: OrganisationId,
}

/// Whose hands a concern is settled by.
#[derive(Clone, Copy, Debug)]
pub enum Settling {
    /// Somebody who teaches the class.
    Teacher(ClassroomId),
    /// Somebody for whom it waits.
    Recipient,
}

/// Notes what came of a concern; none where there is no such open one for them.
pub async fn settle(
    tx: &mut PgConnection,
    concern: Uuid,
    (staff, settling): (StaffId, Settling),
    outcome: Outcome,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Settled>> {
    let classroom = match settling {
        Settling::Teacher(classroom) => Some(classroom.0),
        Settling::Recipient => None,
    };
    let settled = sqlx::query!(
        "update helper_concerns c set outcome = $4, settled_at = $5, settled_by = $2
         from classrooms k
         where k.id = c.classroom_id and c.id = $1 and c.outcome is null
           and case when $3::uuid is null
               then exists (select from concern_recipients r where r.concern_id = c.id and r.staff_id = $2)
               else c.classroom_id = $3 end
         returning k.id, k.organisation_id",
        concern,
        staff.0,
        classroom,
        outcome.as_str(),
        now,
    )
    .fetch_optional(tx)
    .await?;
    Ok(settled.map(|row| Settled { classroom: ClassroomId(row.id), organisation: OrganisationId(row.organisation_id) }))
}

/// Opens a settled concern again, for those who may have settled it and for those who administer the organisation; none
/// where there is no such settled one for them.
pub async fn reopen(
    tx: &mut PgConnection,
    concern: Uuid,
    (staff, settling): (StaffId, Settling),
) -> sqlx::Result<Option<Settled>> {
    let classroom = match settling {
        Settling::Teacher(classroom) => Some(classroom.0),
        Settling::Recipient => None,
    };
    let reopened = sqlx::query!(
        "update helper_concerns c set outcome = null, settled_at = null, settled_by = null
         from classrooms k
         where k.id = c.classroom_id and c.id = $1 and c.outcome is not null
           and case when $3::uuid is null
               then exists (select from memberships m
                            where m.organisation_id = k.organisation_id and m.staff_id = $2
                              and (c.settled_by = $2 or m.role in ('owner', 'admin')
                                   or exists (select from safeguarding_contacts t
                                              where t.organisation_id = k.organisation_id and t.staff_id = $2
                                                and t.tier = c.tier)))
               else c.classroom_id = $3 end
         returning k.id, k.organisation_id",
        concern,
        staff.0,
        classroom,
    )
    .fetch_optional(tx)
    .await?;
    Ok(reopened
        .map(|row| Settled { classroom: ClassroomId(row.id), organisation: OrganisationId(row.organisation_id) }))
}
