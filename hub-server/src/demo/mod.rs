//! `hub-server demo-data`: a school, a class and a course to look at. Running it again changes nothing but what was
//! broken: the same class code, the same sign-in, the course brought up to date.

mod begun;
mod store;

use crate::{
    account::{self, EmailAddress, Passwords, TotpSecret},
    classroom::{self, ClassCode, Classroom, Enrolment},
    code::{ALPHABET, shown},
    config::Config,
    course::{self, Importing, Pack},
    enrolment::{self, DisplayName, Newcomer, ReturnCode},
    organisation::{self, Organisation, Role},
    web::secrets::Secrets,
};
use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use secrecy::ExposeSecret;
use serde::Serialize;
use server_kit::{clock::Clock, entropy::Entropy};
use shared_types::ids::{ClassroomId, OrganisationId, StaffId, StudentId};
use sqlx::{Connection, PgConnection};
use std::path::Path;
use uuid::Uuid;

/// Fixed, so that a later run knows its own.
const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_00de_0001));
const CLASSROOM: ClassroomId = ClassroomId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_00de_0002));
const SCHOOL: &str = "Riverside Demo School";
const CLASS: &str = "7B Code Makers";
const AMIRA: &str = "amira@demo.example";
const INES: &str = "ines@demo.example";
const LENA: &str = "Lena";
const STUDENTS: [&str; 2] = ["Jonas", LENA];
const ACCENT: i16 = 2;

/// How to get in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignIns {
    pub class_code: String,
    pub staff_email: String,
    pub staff_password: String,
    pub totp_secret: String,
    pub organisation: String,
}

/// What the loading works with.
pub struct Tools {
    pub secrets: Secrets,
    pub passwords: Passwords,
    pub clock: Clock,
    pub entropy: Entropy,
    /// The school's.
    pub zone: Tz,
}

/// Loads the course in `folder` and everyone around it, then prints how to get in as JSON.
pub async fn load(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let pack = Pack::read_folder(folder)?;
    let entropy = Entropy::system();
    let tools = Tools {
        secrets: Secrets::new(config.secret_key.expose_secret()),
        passwords: Passwords::new(&entropy),
        clock: Clock::system(),
        entropy,
        zone: config.time_zone,
    };
    let mut connection = PgConnection::connect(config.database_url.expose_secret()).await?;
    let mut tx = connection.begin().await?;
    let sign_ins = settle(&mut tx, &tools, &pack).await?;
    tx.commit().await?;
    println!("{}", serde_json::to_string(&sign_ins)?);
    Ok(())
}

/// Puts everything there, or leaves it as it is; the caller commits.
pub async fn settle(tx: &mut PgConnection, tools: &Tools, pack: &Pack) -> anyhow::Result<SignIns> {
    ensure!(
        !store::has_other_organisations(tx, ORGANISATION).await.context("has this database been migrated?")?,
        "this database belongs to a school; demonstration data goes into an empty one only"
    );
    let now = tools.clock.now();
    if !store::has_organisation(tx, ORGANISATION).await? {
        let organisation = Organisation { id: ORGANISATION, name: SCHOOL.to_owned() };
        organisation::store::add(tx, &organisation, now).await?;
    }
    let (_, _) = staff(tx, tools, INES, "Ines", Role::Owner).await?;
    let (staff_password, totp) = staff(tx, tools, AMIRA, "Amira", Role::Teacher).await?;
    let class_code = class(tx, tools).await?;
    call_own(tx, AMIRA, now).await?;
    let importing = Importing { organisation: ORGANISATION, zone: tools.zone, entropy: &tools.entropy, now };
    let imported = course::import(tx, &importing, pack).await?;
    course::into_class(tx, CLASSROOM, imported.course, &tools.entropy, now).await?;
    for name in STUDENTS {
        if let Some(id) = student(tx, tools, name).await? {
            begun::begin(tx, id, name == LENA, tools).await?;
        }
    }
    tracing::info!(published = imported.published, unchanged = imported.unchanged, "the demonstration course is there");
    Ok(SignIns {
        class_code: shown(&class_code),
        staff_email: AMIRA.to_owned(),
        staff_password,
        totp_secret: totp.to_base32(),
        organisation: SCHOOL.to_owned(),
    })
}

/// The class stands first on the home page of whoever teaches it.
async fn call_own(tx: &mut PgConnection, email: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    let address = EmailAddress::parse(email).context("the demonstration's addresses are addresses")?;
    if let Some(id) = account::store::id_of(tx, &address).await? {
        classroom::store::call_own(tx, CLASSROOM, id, now).await?;
    }
    Ok(())
}

/// An account with its second factor enrolled; returns password and second factor.
async fn staff(
    tx: &mut PgConnection,
    tools: &Tools,
    email: &str,
    name: &str,
    role: Role,
) -> anyhow::Result<(String, TotpSecret)> {
    let now = tools.clock.now();
    let address = EmailAddress::parse(email).context("the demonstration's addresses are addresses")?;
    let password = password(tools, email);
    let password_hash = tools.passwords.hash(&password.as_str().into()).await?;
    let id = if let Some(id) = account::store::id_of(tx, &address).await? {
        account::store::set_password(tx, id, &password_hash).await?;
        id
    } else {
        let id = StaffId(tools.entropy.id(now));
        let staff = account::store::NewStaff { id, email: address, display_name: name.to_owned(), password_hash };
        account::store::add(tx, &staff, now).await?;
        id
    };
    organisation::store::set_membership(tx, ORGANISATION, id, role, now).await?;
    let enrolled = account::store::totp_secret(tx, id).await?;
    if let Some(secret) = enrolled.and_then(|sealed| TotpSecret::open(&tools.secrets, id, &sealed)) {
        return Ok((password, secret));
    }
    let secret = TotpSecret::mint(&tools.entropy);
    account::store::replace_totp(tx, id, &secret.sealed(&tools.secrets, id, &tools.entropy)).await?;
    Ok((password, secret))
}

/// The same at every run, and another for every `HUB_SECRET_KEY`: 80 bits that only its holder can work out.
fn password(tools: &Tools, email: &str) -> String {
    let digest = tools.secrets.fingerprint("demo-password", &[email.as_bytes()]);
    let letters = digest.iter().take(16).map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
    let groups: Vec<String> = letters.collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The class; returns its code.
async fn class(tx: &mut PgConnection, tools: &Tools) -> anyhow::Result<String> {
    if let Some(code) = store::class_code(tx, CLASSROOM).await? {
        return Ok(code);
    }
    let classroom = Classroom {
        id: CLASSROOM,
        organisation: ORGANISATION,
        name: CLASS.to_owned(),
        code: ClassCode::mint(&tools.entropy).as_str().to_owned(),
        enrolment: Enrolment::Open,
        locked: false,
        epoch: 1,
        accent: ACCENT,
        archived_at: None,
    };
    ensure!(classroom::store::add(tx, &classroom, tools.clock.now()).await?, "the new class code is taken; try again");
    Ok(classroom.code)
}

/// Someone in the class, unless they are there already. Nobody knows their return code; a teacher would give them
/// another.
async fn student(tx: &mut PgConnection, tools: &Tools, name: &str) -> anyhow::Result<Option<StudentId>> {
    let now = tools.clock.now();
    let name = DisplayName::parse(name).map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    let code = ReturnCode::mint(&tools.entropy).fingerprint(&tools.secrets, CLASSROOM);
    let newcomer = Newcomer { classroom: CLASSROOM, name: &name, key: None, invitation: None };
    let id = StudentId(tools.entropy.id(now));
    let added = enrolment::store::add_student(tx, id, &newcomer, &code, now).await?;
    Ok(added.then_some(id))
}
