//! Extractors whose name is the right a handler needs. Each is one statement that finds the session and checks the
//! right at once; what belongs to another organisation does not exist (404).

use crate::{
    app::App,
    classroom::{Classroom, Student},
    organisation::{Organisation, Role},
    web::{
        Error,
        browser::{Browser, CookieKind},
        in_path,
        kept::{Right, Shows},
        next::NextPath,
        session,
    },
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{Method, header, request::Parts},
};
use chrono::{DateTime, Utc};
use lookup::Named;
use shared_types::ids::{ClassroomId, MaterialId, OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

mod lookup;

/// Someone with an account, signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub email: String,
    pub display_name: String,
    pub session: Uuid,
    /// Concerns about students that wait for them; every page of theirs says so.
    pub concerns: i64,
}

/// Password and second factor were shown.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Staff);

/// The password was shown in this session, the second factor not yet.
#[derive(Clone, Debug)]
pub struct AwaitingSecondFactor {
    pub staff: Staff,
    /// Whether there is a second factor to ask for.
    pub enrolled: bool,
}

/// May change the class named by `{classroom}` in the path: a teacher, administrator or owner of its organisation.
#[derive(Clone, Debug)]
pub struct Teaching(pub Staff, pub Classroom);

/// May see the class named by `{classroom}` in the path; `role` says whether they may change it too.
#[derive(Clone, Debug)]
pub struct Viewing {
    pub staff: Staff,
    pub classroom: Classroom,
    pub role: Role,
}

/// May change the class of the material named by `{material}` in the path.
#[derive(Clone, Debug)]
pub struct TeachingMaterial(pub Staff, pub Classroom, pub MaterialId);

/// May see the class of the material named by `{material}` in the path; `role` says whether they may change it too.
#[derive(Clone, Debug)]
pub struct ViewingMaterial {
    pub staff: Staff,
    pub classroom: Classroom,
    pub role: Role,
    pub material: MaterialId,
}

/// May change the class named by `{classroom}` in the path, which may be one that was deleted.
#[derive(Clone, Debug)]
pub struct BringingBack {
    pub staff: Staff,
    pub classroom: Classroom,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// An administrator or owner of the organisation named by `{organisation}` in the path.
#[derive(Clone, Debug)]
pub struct Administering(pub Staff, pub Organisation);

/// A student who has joined, and their class.
#[derive(Clone, Debug)]
pub struct JoinedStudent(pub Student, pub Classroom);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = token(parts, app, CookieKind::Staff).await?;
        let (mut db, now) = (app.db.acquire().await?, app.clock.now());
        let found = lookup::staff(&mut db, &token, now).await?.ok_or_else(|| signed_out(parts, app))?;
        found.seen(&mut db, now).await?;
        found.with_second_factor().map(Self)
    }
}

impl FromRequestParts<App> for AwaitingSecondFactor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = token(parts, app, CookieKind::Staff).await?;
        let found = lookup::staff(&mut *app.db.acquire().await?, &token, app.clock.now()).await?;
        let found = found.ok_or(Error::SignedOut { next: None })?;
        Ok(Self { enrolled: found.enrolled, staff: found.staff })
    }
}

impl FromRequestParts<App> for Viewing {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = Self::token(parts, app).await?;
        Self::find(parts, app, &mut *app.db.acquire().await?, &token).await
    }
}

impl Right for Viewing {
    async fn token(parts: &mut Parts, app: &App) -> Result<String, Error> {
        token(parts, app, CookieKind::Staff).await
    }

    async fn find(parts: &mut Parts, app: &App, db: &mut PgConnection, token: &str) -> Result<Self, Error> {
        let id = in_path::<ClassroomId>(parts, app, "classroom").await.ok();
        viewing(parts, app, db, token, Named::Classroom(id)).await
    }

    fn shows(&self) -> Shows {
        Shows::Class(self.classroom.id)
    }
}

impl FromRequestParts<App> for ViewingMaterial {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let id = in_path::<MaterialId>(parts, app, "material").await.ok();
        let token = Viewing::token(parts, app).await?;
        let mut db = app.db.acquire().await?;
        let Viewing { staff, classroom, role } = viewing(parts, app, &mut db, &token, Named::Material(id)).await?;
        Ok(Self { staff, classroom, role, material: id.ok_or(Error::NotFound)? })
    }
}

impl FromRequestParts<App> for TeachingMaterial {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let ViewingMaterial { staff, classroom, role, material } =
            ViewingMaterial::from_request_parts(parts, app).await?;
        if role.may_teach() { Ok(Self(staff, classroom, material)) } else { Err(Error::Forbidden) }
    }
}

impl FromRequestParts<App> for BringingBack {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let id = in_path::<ClassroomId>(parts, app, "classroom").await.ok();
        let token = Viewing::token(parts, app).await?;
        let mut db = app.db.acquire().await?;
        let (staff, seen) = classroom_of(parts, app, &mut db, &token, Named::Classroom(id)).await?;
        let seen = seen.ok_or(Error::NotFound)?;
        if !seen.role.may_teach() {
            return Err(Error::Forbidden);
        }
        Ok(Self { staff, classroom: seen.classroom, deleted_at: seen.deleted_at })
    }
}

async fn viewing(parts: &Parts, app: &App, db: &mut PgConnection, token: &str, named: Named) -> Result<Viewing, Error> {
    let (staff, seen) = classroom_of(parts, app, db, token, named).await?;
    let seen = seen.filter(|seen| seen.deleted_at.is_none()).ok_or(Error::NotFound)?;
    Ok(Viewing { staff, classroom: seen.classroom, role: seen.role })
}

/// Who is signed in, and the class of the path where it is one of their organisations'.
async fn classroom_of(
    parts: &Parts,
    app: &App,
    db: &mut PgConnection,
    token: &str,
    named: Named,
) -> Result<(Staff, Option<lookup::SeenClassroom>), Error> {
    let now = app.clock.now();
    let found = lookup::staff_and_classroom(db, token, named, now).await?;
    let (found, seen) = found.ok_or_else(|| signed_out(parts, app))?;
    found.seen(db, now).await?;
    Ok((found.with_second_factor()?, seen))
}

impl FromRequestParts<App> for Teaching {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Viewing { staff, classroom, role } = Viewing::from_request_parts(parts, app).await?;
        if role.may_teach() { Ok(Self(staff, classroom)) } else { Err(Error::Forbidden) }
    }
}

impl FromRequestParts<App> for Administering {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let id: OrganisationId = in_path(parts, app, "organisation").await?;
        let mut db = app.db.acquire().await?;
        let (organisation, role) = lookup::organisation(&mut db, staff.id, id).await?.ok_or(Error::NotFound)?;
        if role.may_administer() { Ok(Self(staff, organisation)) } else { Err(Error::Forbidden) }
    }
}

impl FromRequestParts<App> for JoinedStudent {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = Self::token(parts, app).await?;
        Self::find(parts, app, &mut *app.db.acquire().await?, &token).await
    }
}

impl Right for JoinedStudent {
    async fn token(parts: &mut Parts, app: &App) -> Result<String, Error> {
        browser(parts, app).await.cookie(CookieKind::Student).map(str::to_owned).ok_or(Error::NotJoined)
    }

    async fn find(_: &mut Parts, app: &App, db: &mut PgConnection, token: &str) -> Result<Self, Error> {
        joined(app, db, token).await?.ok_or(Error::NotJoined)
    }

    fn shows(&self) -> Shows {
        let Self(student, classroom) = self;
        Shows::Student(classroom.id, student.id)
    }
}

impl OptionalFromRequestParts<App> for JoinedStudent {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Error> {
        let browser = browser(parts, app).await;
        let Some(token) = browser.cookie(CookieKind::Student) else { return Ok(None) };
        joined(app, &mut *app.db.acquire().await?, token).await
    }
}

async fn joined(app: &App, db: &mut PgConnection, token: &str) -> Result<Option<JoinedStudent>, Error> {
    let now = app.clock.now();
    let Some((student, classroom, session)) = lookup::student(db, token, now).await? else { return Ok(None) };
    session::touch(db, session.id, session.last_seen_at, now).await?;
    Ok(Some(JoinedStudent(student, classroom)))
}

/// Who a staff session belongs to, before any right was checked.
struct Found {
    staff: Staff,
    enrolled: bool,
    second_factor: bool,
    last_seen_at: DateTime<Utc>,
}

impl Found {
    async fn seen(&self, db: &mut PgConnection, now: DateTime<Utc>) -> Result<(), Error> {
        Ok(session::touch(db, self.staff.session, self.last_seen_at, now).await?)
    }

    fn with_second_factor(self) -> Result<Staff, Error> {
        if self.second_factor { Ok(self.staff) } else { Err(Error::SecondFactorMissing { enrolled: self.enrolled }) }
    }
}

async fn token(parts: &mut Parts, app: &App, kind: CookieKind) -> Result<String, Error> {
    browser(parts, app).await.cookie(kind).map(str::to_owned).ok_or_else(|| signed_out(parts, app))
}

async fn browser(parts: &mut Parts, app: &App) -> Browser {
    let Ok(browser) = Browser::from_request_parts(parts, app).await;
    browser
}

/// To the sign-in page, and back to what was asked for; where that was to change something, to the page of its form.
fn signed_out(parts: &Parts, app: &App) -> Error {
    let next = if parts.method == Method::GET {
        parts.uri.path_and_query().and_then(|path| NextPath::parse(path.as_str()))
    } else {
        let page = parts.headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        page.and_then(|page| page.strip_prefix(&app.config.public_url.to_string())).and_then(NextPath::parse)
    };
    Error::SignedOut { next }
}
