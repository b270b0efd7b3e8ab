//! The statements behind the rights: one each, over indexes only.

use super::{Found, Staff};
use crate::{
    classroom::{Classroom, Enrolment, Session, Student},
    organisation::{Organisation, Role},
    web::session::hash,
};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId, OrganisationId, StaffId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose session a token is.
pub(super) async fn staff(db: &mut PgConnection, token: &str, now: DateTime<Utc>) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select s.id as session, s.last_seen_at, s.second_factor_at, p.id, p.email, p.display_name,
                  p.totp_secret is not null as "enrolled!",
                  (select count(*) from concern_recipients r where r.staff_id = p.id) as "concerns!"
           from sessions s join staff p on p.id = s.staff_id
           where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null"#,
        hash(token),
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Found {
        staff: Staff {
            id: StaffId(row.id),
            email: row.email,
            display_name: row.display_name,
            session: row.session,
            concerns: row.concerns,
        },
        enrolled: row.enrolled,
        second_factor: row.second_factor_at.is_some(),
        last_seen_at: row.last_seen_at,
    }))
}

/// How a path names a class: by itself, or by a material that stands in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    Classroom(Option<ClassroomId>),
    Material(Option<MaterialId>),
}

/// A class of one of their organisations.
pub(super) struct SeenClassroom {
    pub(super) classroom: Classroom,
    pub(super) role: Role,
    /// Since when it is there only to be brought back.
    pub(super) deleted_at: Option<DateTime<Utc>>,
}

/// Whose session a token is, and the class with their role, if it is in one of their organisations.
pub(super) async fn staff_and_classroom(
    db: &mut PgConnection,
    token: &str,
    named: Named,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(Found, Option<SeenClassroom>)>> {
    let (classroom, material) = match named {
        Named::Classroom(id) => (id, None),
        Named::Material(id) => (None, id),
    };
    let row = sqlx::query!(
        r#"select s.id as session, s.last_seen_at, s.second_factor_at, p.id, p.email, p.display_name,
                  p.totp_secret is not null as "enrolled!",
                  c.id as "classroom?", c.organisation_id as "organisation?", c.name as "name?", c.code as "code?",
                  c.enrolment as "enrolment?: Enrolment", c.locked as "locked?", c.epoch as "epoch?",
                  c.accent as "accent?", c.archived_at, c.deleted_at, m.role as "role?: Role",
                  (select count(*) from concern_recipients r where r.staff_id = p.id) as "concerns!"
           from sessions s
           join staff p on p.id = s.staff_id
           left join (classrooms c join memberships m on m.organisation_id = c.organisation_id)
               on m.staff_id = p.id
                  and c.id = coalesce($3, (select u.classroom_id from materials a join modules u on u.id = a.module_id
                                           where a.id = $4 and a.deleted_at is null and u.deleted_at is null))
           where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null"#,
        hash(token),
        now,
        classroom.map(Uuid::from),
        material.map(Uuid::from),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let seen = (|| {
            let classroom = Classroom {
                id: ClassroomId(row.classroom?),
                organisation: OrganisationId(row.organisation?),
                name: row.name?,
                code: row.code?,
                enrolment: row.enrolment?,
                locked: row.locked?,
                epoch: row.epoch?,
                accent: row.accent?,
                archived_at: row.archived_at,
            };
            Some(SeenClassroom { classroom, role: row.role?, deleted_at: row.deleted_at })
        })();
        let staff = Staff {
            id: StaffId(row.id),
            email: row.email,
            display_name: row.display_name,
            session: row.session,
            concerns: row.concerns,
        };
        let second_factor = row.second_factor_at.is_some();
        (Found { staff, enrolled: row.enrolled, second_factor, last_seen_at: row.last_seen_at }, seen)
    }))
}

/// An organisation and the role in it, if there is one.
pub(super) async fn organisation(
    db: &mut PgConnection,
    staff: StaffId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<(Organisation, Role)>> {
    let row = sqlx::query!(
        r#"select o.id, o.name, m.role as "role: Role"
           from memberships m join organisations o on o.id = m.organisation_id
           where m.staff_id = $1 and m.organisation_id = $2"#,
        staff.0,
        organisation.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (Organisation { id: OrganisationId(row.id), name: row.name }, row.role)))
}

/// A session as far as it has to be noted that its person was here.
pub(super) struct StudentSession {
    pub(super) id: Uuid,
    pub(super) last_seen_at: DateTime<Utc>,
}

/// Which student a token belongs to, and their class.
pub(super) async fn student(
    db: &mut PgConnection,
    token: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(Student, Classroom, StudentSession)>> {
    let row = sqlx::query!(
        r#"select s.id as session, s.last_seen_at, s.expires_at, p.id, p.display_name,
                  exists (select from return_cards where student_id = p.id) as "card_waits!",
                  c.id as classroom, c.organisation_id, c.name, c.code, c.enrolment as "enrolment: Enrolment", c.locked, c.epoch, c.accent, c.archived_at
           from sessions s
           join students p on p.id = s.student_id
           join classrooms c on c.id = p.classroom_id
           where s.token_hash = $1 and s.expires_at > $2 and c.archived_at is null"#,
        hash(token),
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let classroom = Classroom {
            id: ClassroomId(row.classroom),
            organisation: OrganisationId(row.organisation_id),
            name: row.name,
            code: row.code,
            enrolment: row.enrolment,
            locked: row.locked,
            epoch: row.epoch,
            accent: row.accent,
            archived_at: row.archived_at,
        };
        let session = Session { id: row.session, ends_at: row.expires_at };
        let (id, display_name, card_waits) = (StudentId(row.id), row.display_name, row.card_waits);
        let student = Student { id, display_name, card_waits, session };
        (student, classroom, StudentSession { id: row.session, last_seen_at: row.last_seen_at })
    }))
}
