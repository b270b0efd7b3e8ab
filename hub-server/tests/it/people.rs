//! The people of the tests. Amira teaches at Riverside, where Ines administers and Victor may look; Noor starts there
//! today. Mallory teaches at Hilltop. Jonas and Lena are in Amira's class.

use crate::harness::{Browser, TestApp};
use hub_server::{
    account::{EmailAddress, TotpSecret, store::NewStaff},
    app::App,
    classroom::{Classroom, Enrolment},
    organisation::{Organisation, Role},
    web::session,
};
use shared_types::ids::{ClassroomId, OrganisationId, StaffId, StudentId};
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "paper boats float well";

/// Someone with an account.
pub struct Person {
    pub id: StaffId,
    pub email: &'static str,
    /// None for Noor, who has yet to set it up.
    pub totp: Option<TotpSecret>,
}

/// Everyone, and the class they meet in.
pub struct People {
    pub riverside: OrganisationId,
    pub hilltop: OrganisationId,
    pub amira: Person,
    pub ines: Person,
    pub victor: Person,
    pub noor: Person,
    pub mallory: Person,
    /// Amira's class.
    pub physics: Classroom,
    pub jonas: StudentId,
    pub lena: StudentId,
}

impl People {
    /// Puts them into an empty database.
    pub async fn settle(app: &App) -> Self {
        let riverside = organisation(app, "Riverside School").await;
        let hilltop = organisation(app, "Hilltop School").await;
        let physics = classroom(app, riverside, "Physics 7b", "PHYS7BCD").await;
        Self {
            amira: person(app, "amira@riverside.example", "Amira", riverside, Role::Teacher, true).await,
            ines: person(app, "ines@riverside.example", "Ines", riverside, Role::Admin, true).await,
            victor: person(app, "victor@riverside.example", "Victor", riverside, Role::Viewer, true).await,
            noor: person(app, "noor@riverside.example", "Noor", riverside, Role::Teacher, false).await,
            mallory: person(app, "mallory@hilltop.example", "Mallory", hilltop, Role::Teacher, true).await,
            jonas: student(app, &physics, "Jonas").await,
            lena: student(app, &physics, "Lena").await,
            riverside,
            hilltop,
            physics,
        }
    }
}

impl TestApp {
    /// A browser in which `person` has signed in, with both factors.
    pub async fn signed_in(&self, person: &Person) -> Browser<'_> {
        let mut browser = self.browser();
        browser.types_password(person.email, PASSWORD).await.has_status(303);
        browser.types_code(&self.code_of(person)).await.leads_to("/teach");
        // The next sign-in of the same person needs the code of a later step.
        self.later(chrono::Duration::seconds(30));
        browser
    }

    /// What `person`'s authenticator shows now.
    pub fn code_of(&self, person: &Person) -> String {
        person.totp.as_ref().unwrap().code_at(self.app.clock.unix())
    }

    /// A browser in which a student has joined.
    pub async fn joined(&self, student: StudentId) -> Browser<'_> {
        let mut connection = self.app.db.acquire().await.unwrap();
        let cookie = session::open_for_student(&mut connection, &self.app, student).await.unwrap();
        let mut browser = self.browser();
        browser.cookies.insert("student".to_owned(), cookie.value().to_owned());
        browser
    }
}

impl Browser<'_> {
    /// Opens the sign-in page and sends e-mail and password.
    pub async fn types_password(&mut self, email: &str, password: &str) -> crate::harness::Page {
        self.get("/teach/login").await;
        self.submit("/teach/login", &[("email", email), ("password", password)]).await
    }

    /// Opens the page of the second factor and sends a code.
    pub async fn types_code(&mut self, code: &str) -> crate::harness::Page {
        self.get("/teach/login/code").await;
        self.submit("/teach/login/code", &[("code", code)]).await
    }
}

async fn organisation(app: &App, name: &str) -> OrganisationId {
    let organisation = Organisation { id: OrganisationId(app.new_id()), name: name.to_owned() };
    let mut connection = app.db.acquire().await.unwrap();
    hub_server::organisation::store::add(&mut connection, &organisation, app.clock.now()).await.unwrap();
    organisation.id
}

async fn person(
    app: &App,
    email: &'static str,
    name: &str,
    organisation: OrganisationId,
    role: Role,
    enrolled: bool,
) -> Person {
    let id = StaffId(app.new_id());
    let password_hash = app.passwords.hash(&PASSWORD.into()).await.unwrap();
    let staff =
        NewStaff { id, email: EmailAddress::parse(email).unwrap(), display_name: name.to_owned(), password_hash };
    let now = app.clock.now();
    let mut connection = app.db.acquire().await.unwrap();
    hub_server::account::store::add(&mut connection, &staff, now).await.unwrap();
    hub_server::organisation::store::set_membership(&mut connection, organisation, id, role, now).await.unwrap();
    if !enrolled {
        return Person { id, email, totp: None };
    }
    let secret = TotpSecret::mint(&app.entropy);
    let sealed = secret.sealed(&app.secrets, id, &app.entropy);
    hub_server::account::store::replace_totp(&mut connection, id, &sealed).await.unwrap();
    Person { id, email, totp: Some(secret) }
}

async fn classroom(app: &App, organisation: OrganisationId, name: &str, code: &str) -> Classroom {
    let classroom = Classroom {
        id: ClassroomId(app.new_id()),
        organisation,
        name: name.to_owned(),
        code: code.to_owned(),
        enrolment: Enrolment::Open,
        locked: false,
        epoch: 1,
        accent: 2,
        archived_at: None,
    };
    let mut connection = app.db.acquire().await.unwrap();
    assert!(hub_server::classroom::store::add(&mut connection, &classroom, app.clock.now()).await.unwrap());
    classroom
}

async fn student(app: &App, classroom: &Classroom, name: &str) -> StudentId {
    let id: Uuid = app.new_id();
    sqlx::query(
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         values ($1, $2, $3, $4, '', $5, $5)",
    )
    .bind(id)
    .bind(classroom.id.0)
    .bind(name)
    .bind(name.to_lowercase())
    .bind(app.clock.now())
    .execute(&app.db)
    .await
    .unwrap();
    StudentId(id)
}
