//! `GET` and `POST /teach/classes/new`: a new class.

use super::{ClassCode, Classroom, Enrolment, pages, path, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    organisation::{self, Organisation},
    t,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, SignedIn, Staff, Words,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use helper_ui::document::Accent;
use serde::Deserialize;
use shared_types::ids::{ClassroomId, OrganisationId};
use sqlx::PgConnection;

/// Longest name of a class, in characters.
pub const MAX_NAME_CHARS: u32 = 120;
/// A code in use is met about once in a million millions; more often, something else is wrong.
const CODE_ATTEMPTS: usize = 5;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ClassForm {
    #[serde(default)]
    pub name: String,
    /// One of the teacher's organisations; left out where there is only one.
    pub organisation: Option<OrganisationId>,
    #[serde(default)]
    pub accent: String,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What a class is called, and its colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub name: String,
    pub accent: i16,
}

impl ClassForm {
    /// Name on one line and one of the eight colours.
    pub fn parse(self) -> Result<Look, FormState<Self>> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let accent = self.accent.parse().ok().and_then(Accent::new);
        let mut form = FormState::new(self);
        if name.is_empty() {
            form = form.refuse("name", "class-name-missing");
        } else if name.chars().count() > MAX_NAME_CHARS as usize {
            form = form.refuse("name", "class-name-too-long");
        }
        match accent {
            Some(accent) if !form.is_refused() => Ok(Look { name, accent: i16::from(accent.number()) }),
            Some(_) => Err(form),
            None => Err(form.refuse("accent", "class-accent-unknown")),
        }
    }
}

/// Shows the empty form.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let typed =
        ClassForm { accent: "1".to_owned(), idempotency_key: Some(IdempotencyKey::new(&app)), ..Default::default() };
    form_page(&app, frame, staff, FormState::new(typed)).await
}

/// Adds the class and shows it.
pub async fn create(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    frame: Frame,
    Protected(form): Protected<ClassForm>,
) -> PageResult {
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let chosen = form.organisation;
    let class = match form.parse() {
        Ok(class) => class,
        Err(form) => return form_page(&app, frame, staff, form).await.unprocessable(),
    };
    let now = app.clock.now();
    let id = ClassroomId(app.new_id());
    let mut tx = app.db.begin().await?;
    let organisation = organisation_of(&mut tx, &staff, chosen).await?;
    if let Some(earlier) = idempotency::led_to(&mut tx, staff.id.0, key, &path(id), now).await? {
        return Ok(see_other(earlier));
    }
    add(&mut tx, &app, id, organisation.id, class).await?;
    store::call_own(&mut tx, id, staff.id, now).await?;
    let entry = Entry::new("classroom_created", Subject::Classroom(id)).within(organisation.id);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(path(id)).with_notice(Notice::ClassCreated))
}

async fn form_page(app: &App, frame: Frame, staff: Staff, form: FormState<ClassForm>) -> PageResult {
    let mut db = app.db.acquire().await?;
    let organisations = organisation::store::taught_by(&mut db, staff.id).await?;
    if organisations.is_empty() {
        return Err(Error::Forbidden);
    }
    Ok(pages::create(frame, pages::Create { staff, organisations, form }).await)
}

/// The organisation the class will be in: the chosen one, or the only one. Another's is as good as unknown.
pub(super) async fn organisation_of(
    tx: &mut PgConnection,
    staff: &Staff,
    chosen: Option<OrganisationId>,
) -> Result<Organisation, Error> {
    let mut taught = organisation::store::taught_by(tx, staff.id).await?;
    if taught.is_empty() {
        return Err(Error::Forbidden);
    }
    match chosen {
        Some(chosen) => taught.into_iter().find(|organisation| organisation.id == chosen).ok_or(Error::NotFound),
        None if taught.len() == 1 => Ok(taught.remove(0)),
        None => Err(Error::Unprocessable),
    }
}

/// What a class is called beside one of the same name, as far as the name has room for it.
pub(super) fn name_of_copy(name: &str, words: Words) -> String {
    let copy = t!(words, "class-name-of-copy", name = name.to_owned());
    if copy.chars().count() > MAX_NAME_CHARS as usize { name.to_owned() } else { copy }
}

/// Adds a class with a code of its own.
pub(super) async fn add(
    tx: &mut PgConnection,
    app: &App,
    id: ClassroomId,
    organisation: OrganisationId,
    class: Look,
) -> Result<(), Error> {
    let mut classroom = Classroom {
        id,
        organisation,
        name: class.name,
        code: String::new(),
        enrolment: Enrolment::Open,
        locked: false,
        epoch: 1,
        accent: class.accent,
        archived_at: None,
    };
    for _ in 0..CODE_ATTEMPTS {
        ClassCode::mint(&app.entropy).as_str().clone_into(&mut classroom.code);
        if store::add(tx, &classroom, app.clock.now()).await? {
            return Ok(());
        }
    }
    Err(anyhow::anyhow!("no free class code in {CODE_ATTEMPTS} attempts").into())
}

#[cfg(test)]
mod tests {
    use super::ClassForm;

    fn form(name: &str, accent: &str) -> ClassForm {
        ClassForm { name: name.to_owned(), accent: accent.to_owned(), ..ClassForm::default() }
    }

    #[test]
    fn a_class_has_a_name_and_one_of_the_accents() {
        assert_eq!(form("  Physics \t 7b ", "8").parse().ok().unwrap().name, "Physics 7b");
        for (name, accent) in [("", "1"), (" \n ", "1"), (&"x".repeat(121), "1"), ("Physics", "9"), ("Physics", "red")]
        {
            assert!(form(name, accent).parse().is_err(), "{name} {accent}");
        }
    }
}
