//! Guesses names and return codes of a class of thirty: from forty addresses outside, every second guess at one and the
//! same student, and from within the school. Meanwhile students come back from addresses that were never here and from
//! the school's, and new ones join. Holds if nobody was let in as someone else and nobody honest was kept out.
//!
//! Whoever guesses within the school guesses at the last ten students, and these do not come back from there: at the
//! address of the attack itself, a name that was guessed wrong ten times has to wait, or to ask the teacher.

use anyhow::Context;
use benches::{
    arguments,
    browser::{Answer, Browser, by_test_id},
    report,
    system::System,
    workload,
};
use clap::Parser;
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::StatusCode;
use server_kit::clock::Clock;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{
    net::Ipv4Addr,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};
use tokio::task::JoinSet;
use uuid::Uuid;

const NAME: &str = "guesses";
const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const STUDENTS: usize = 30;
/// Of them, those who are guessed at from within the school.
const GUESSED_WITHIN: usize = 10;
/// Addresses outside that guess, and browsers in the school that do.
const OUTSIDE: u8 = 40;
const WITHIN: u8 = 4;
/// Fewest times that somebody honest comes, however fast the guessing is over.
const HONEST: usize = 60;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// How many guesses; a thousand where it has to be quick.
    #[arg(long, default_value_t = 10_000)]
    guesses: usize,
}

/// The class, and what its students hold.
struct Class {
    id: Uuid,
    code: String,
    students: Vec<Student>,
    base: String,
    /// Second number of all addresses of this run, so that what an earlier run counted is not held against this one.
    net: u8,
}

struct Student {
    name: String,
    return_code: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let guesses = if arguments.common.quick { 1_000 } else { arguments.guesses };
    let system = arguments.common.system()?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let mut rng = StdRng::seed_from_u64(Clock::system().unix().unsigned_abs() ^ u64::from(std::process::id()));
    let class = Arc::new(Class::new(&db, &system, &mut rng).await?);
    let codes = class.return_codes(&db).await?;

    let began = Instant::now();
    let over = Arc::new(AtomicBool::new(false));
    let honest = tokio::spawn(come_and_go(Arc::clone(&class), Arc::clone(&over)));
    let tally = guess(&class, guesses, &mut rng).await?;
    let seconds = began.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    let honest = honest.await??;

    tally.print();
    honest.print();
    let sessions = class.sessions(&db).await?;
    let expected = STUDENTS + honest.came;
    let changed = codes != class.return_codes(&db).await?;
    workload::remove_class(&db, class.id).await?;
    println!("sessions in the class {sessions}, given to honest students {expected}; {seconds:.1} s of guessing");
    let taken_over = tally.let_in + sessions.abs_diff(expected);
    let holds = taken_over == 0 && honest.kept_out == 0 && tally.guesses() >= guesses && !changed;
    let came = honest.came;
    Ok(report::close(
        NAME,
        holds,
        &[
            ("guesses", &tally.guesses()),
            ("taken_over", &taken_over),
            ("honest_came", &came),
            ("kept_out", &honest.kept_out),
            ("slowed_down", &tally.too_many),
        ],
    ))
}

impl Class {
    /// A new class of thirty, who all join from the school's one address.
    async fn new(db: &PgPool, system: &System, rng: &mut StdRng) -> anyhow::Result<Self> {
        let id = Uuid::from_u128(rng.random());
        let code = letters(rng, 8);
        sqlx::query(
            "insert into hub.classrooms (id, organisation_id, name, code, created_at)
             select $1, organisation_id, 'Guessing', $2, now() from hub.classrooms where code = replace($3, '-', '')",
        )
        .bind(id)
        .bind(&code)
        .bind(&system.class_code)
        .execute(db)
        .await?;
        let net = rng.random_range(1..=250);
        let mut class = Self { id, code, students: Vec::new(), base: system.base_url.clone(), net };
        for number in 0..STUDENTS {
            let name = format!("Ana Núñez {number}");
            let mut browser = Browser::new(&class.base, class.school())?;
            let answer = class.join(&mut browser, &name).await?;
            anyhow::ensure!(answer.let_in, "{name} could not join: {}", answer.status);
            let card = browser.open("/student/return-code").await?;
            let return_code = by_test_id(&card, "return-code").context("a return card")?;
            class.students.push(Student { name, return_code });
        }
        Ok(class)
    }

    const fn school(&self) -> Ipv4Addr {
        Ipv4Addr::new(127, self.net, 0, 1)
    }

    async fn join(&self, browser: &mut Browser, name: &str) -> anyhow::Result<Answer> {
        browser.open("/").await?;
        browser.send("/", &[("class_code", &self.code), ("display_name", name)]).await
    }

    async fn come_back(&self, browser: &Browser, name: &str, return_code: &str) -> anyhow::Result<Answer> {
        let fields = [("class_code", self.code.as_str()), ("display_name", name), ("return_code", return_code)];
        browser.send("/return", &fields).await
    }

    async fn sessions(&self, db: &PgPool) -> anyhow::Result<usize> {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from hub.sessions n join hub.students s on s.id = n.student_id where s.classroom_id = $1",
        )
        .bind(self.id)
        .fetch_one(db)
        .await?;
        Ok(usize::try_from(count)?)
    }

    /// What is stored of the thirty return codes.
    async fn return_codes(&self, db: &PgPool) -> anyhow::Result<Vec<Vec<u8>>> {
        let codes = sqlx::query_scalar(
            "select return_code_hash from hub.students where classroom_id = $1 and display_name like 'Ana %' order by id",
        );
        Ok(codes.bind(self.id).fetch_all(db).await?)
    }
}

// --- Guessing -------------------------------------------------------------------------------------

/// What became of the guesses, by kind.
#[derive(Default)]
struct Tally {
    kinds: Vec<(&'static str, usize)>,
    let_in: usize,
    too_many: usize,
}

impl Tally {
    fn guesses(&self) -> usize {
        self.kinds.iter().map(|(_, count)| count).sum()
    }

    fn note(&mut self, kind: &'static str, answer: &Answer) {
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind, 1)),
        }
        self.let_in += usize::from(answer.let_in);
        self.too_many += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }

    fn add(&mut self, other: Self) {
        for (kind, count) in other.kinds {
            match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, sum)) => *sum += count,
                None => self.kinds.push((kind, count)),
            }
        }
        self.let_in += other.let_in;
        self.too_many += other.too_many;
    }

    fn print(&self) {
        println!("{:<44} {:>8}", "guessed", "times");
        for (kind, count) in &self.kinds {
            println!("{kind:<44} {count:>8}");
        }
        println!("{:<44} {:>8}", "of these slowed down (429)", self.too_many);
        println!("{:<44} {:>8}", "of these let in", self.let_in);
    }
}

/// All guessers at once, each with its share.
async fn guess(class: &Arc<Class>, guesses: usize, rng: &mut StdRng) -> anyhow::Result<Tally> {
    let browsers = usize::from(OUTSIDE + WITHIN);
    let mut guessers = JoinSet::new();
    for number in 0..OUTSIDE + WITHIN {
        let within = number >= OUTSIDE;
        let address = if within { class.school() } else { Ipv4Addr::new(127, class.net, 1, number + 1) };
        let browser = Browser::new(&class.base, address)?;
        let rng = StdRng::seed_from_u64(rng.random());
        guessers.spawn(guess_often(Arc::clone(class), browser, within, guesses.div_ceil(browsers), rng));
    }
    let mut tally = Tally::default();
    while let Some(one) = guessers.join_next().await {
        tally.add(one??);
    }
    Ok(tally)
}

async fn guess_often(
    class: Arc<Class>,
    mut browser: Browser,
    within: bool,
    times: usize,
    mut rng: StdRng,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    browser.open("/").await?;
    for number in 0..times {
        let target = match number % 2 {
            _ if within => rng.random_range(STUDENTS - GUESSED_WITHIN..STUDENTS),
            0 => 0,
            _ => rng.random_range(0..STUDENTS),
        };
        let name = &class.students[target].name;
        let (kind, answer) = match rng.random_range(0..20) {
            0..14 => {
                let code = letters(&mut rng, 6);
                // One in 36 million hits; then the guess is another one.
                let code = if code == class.students[target].return_code { letters(&mut rng, 6) } else { code };
                ("a return code", class.come_back(&browser, name, &code).await?)
            }
            14..17 => {
                let name = disguised(name, &mut rng);
                let fields = [("class_code", class.code.as_str()), ("display_name", name.as_str())];
                ("a name alone, disguised", browser.send("/", &fields).await?)
            }
            17 => ("somebody else's return code", {
                let other = &class.students[(target + 1) % STUDENTS].return_code;
                class.come_back(&browser, name, other).await?
            }),
            18 => ("a made-up device", forged(&browser, "/return/device", "device", &mut rng).await?),
            _ => ("a teacher's yes", forged(&browser, "/waiting/entry", "waiting", &mut rng).await?),
        };
        tally.note(kind, &answer);
    }
    Ok(tally)
}

async fn forged(browser: &Browser, path: &str, cookie: &str, rng: &mut StdRng) -> anyhow::Result<Answer> {
    browser.plant(&format!("{cookie}={}", letters(rng, 64)))?;
    browser.send(path, &[]).await
}

/// The same name, written otherwise.
fn disguised(name: &str, rng: &mut StdRng) -> String {
    match rng.random_range(0..6) {
        0 => name.to_uppercase(),
        1 => name.replace('ú', "u").replace('ñ', "n"),
        2 => name.replace('A', "А"),
        3 => name.replace(' ', "\u{200b} \u{200b}"),
        4 => name.replace('a', "ａ"),
        _ => name.replace(' ', "-"),
    }
}

fn letters(rng: &mut StdRng, length: usize) -> String {
    (0..length).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

// --- Honest students --------------------------------------------------------------------------------

/// How honest students fared.
#[derive(Default)]
struct Honest {
    came: usize,
    kept_out: usize,
    lines: [(&'static str, usize, usize); 3],
}

impl Honest {
    fn print(&self) {
        println!("{:<44} {:>8} {:>8}", "honest", "came", "kept out");
        for (what, came, kept_out) in &self.lines {
            println!("{what:<44} {came:>8} {kept_out:>8}");
        }
    }
}

/// One after the other until the guessing is over, and each kind often enough.
async fn come_and_go(class: Arc<Class>, over: Arc<AtomicBool>) -> anyhow::Result<Honest> {
    let mut honest = Honest {
        lines: [("back from a new address", 0, 0), ("back from the school", 0, 0), ("new, from the school", 0, 0)],
        ..Honest::default()
    };
    let mut round = 0;
    while round < HONEST || !over.load(Ordering::Relaxed) {
        let kind = round % 3;
        let answer = match kind {
            0 => {
                let [high, low] = u16::try_from(round / 3 % 60_000)?.to_be_bytes();
                let home = Ipv4Addr::new(127, class.net, 100 + high, low);
                come_back(&class, home, round / 3 % STUDENTS).await?
            }
            1 => come_back(&class, class.school(), round / 3 % (STUDENTS - GUESSED_WITHIN)).await?,
            _ => class.join(&mut Browser::new(&class.base, class.school())?, &format!("New Otter {round}")).await?,
        };
        let line = &mut honest.lines[kind];
        if answer.let_in {
            honest.came += 1;
            line.1 += 1;
        } else {
            honest.kept_out += 1;
            line.2 += 1;
            println!("kept out: {} in round {round}: {}", line.0, answer.status);
        }
        round += 1;
    }
    Ok(honest)
}

async fn come_back(class: &Class, address: Ipv4Addr, student: usize) -> anyhow::Result<Answer> {
    let mut browser = Browser::new(&class.base, address)?;
    browser.open("/return").await?;
    let Student { name, return_code } = &class.students[student];
    let answer = class.come_back(&browser, name, return_code).await?;
    if answer.let_in {
        let page = browser.open("/student").await?;
        anyhow::ensure!(page.contains(name.as_str()), "{name} was let in as somebody else");
    }
    Ok(answer)
}
