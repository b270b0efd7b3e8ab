//! Joining a class and coming back to it.

use crate::harness::{Browser, Page, TestApp};

const CODE: &str = "PHYS-7BCD";

impl Browser<'_> {
    /// Opens the front page and joins; the page that comes back is not followed.
    pub async fn joins(&mut self, code: &str, name: &str) -> Page {
        let key = self.get("/").await.hidden("idempotency_key").unwrap();
        self.submit("/", &[("class_code", code), ("display_name", name), ("idempotency_key", &key)]).await
    }

    /// Joins and writes the return code down; returns it.
    pub async fn joins_and_writes_down(&mut self, code: &str, name: &str) -> String {
        self.joins(code, name).await.has_status(303).leads_to("/student/return-code");
        let card = self.get("/student/return-code").await;
        card.has_status(200);
        let code = card.by_test_id("return-code").unwrap();
        self.submit("/student/return-code", &[]).await.leads_to("/student");
        code
    }

    /// Comes back with all three.
    pub async fn comes_back(&mut self, code: &str, name: &str, return_code: &str) -> Page {
        self.get("/return").await;
        let fields = [("class_code", code), ("display_name", name), ("return_code", return_code)];
        self.submit("/return", &fields).await
    }

    /// The return code on the card that is still shown.
    pub async fn by_card(&mut self) -> String {
        self.get("/student/return-code").await.by_test_id("return-code").unwrap()
    }

    pub async fn is_in_as(&mut self, name: &str) -> bool {
        let page = self.get("/student").await;
        page.status == 200 && page.body.contains(name)
    }
}

#[tokio::test]
async fn a_new_student_joins_with_code_and_name_and_is_shown_the_return_code_once() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.joins(CODE, "Noah").await.has_status(303).leads_to("/student/return-code");
    let card = noah.get("/student/return-code").await;
    card.says("Return card").says("Noah").says("Physics 7b").says("PHYS-7BCD");
    let code = card.by_test_id("return-code").unwrap();
    assert_eq!(code.len(), 6, "{code}");
    // Until it is written down it can be looked at again.
    assert_eq!(noah.get("/student/return-code").await.by_test_id("return-code"), Some(code.clone()));
    noah.submit("/student/return-code", &[]).await.leads_to("/student");
    noah.get("/student/return-code").await.leads_to("/student");
    assert!(noah.is_in_as("Noah").await);
    assert_eq!(hub.count("select count(*) from return_cards").await, 0);
}

#[tokio::test]
async fn who_passes_the_return_card_over_is_reminded_of_it_until_it_is_written_down() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.joins(CODE, "Noah").await;
    let card = r#"href="/student/return-code""#;
    noah.get("/student").await.says("not written your return code down yet").says(card);
    noah.get("/student/return-code").await;
    noah.submit("/student/return-code", &[]).await;
    let home = noah.get("/student").await;
    assert!(!home.body.contains(card), "{}", home.body);
}

#[tokio::test]
async fn the_cookie_outlives_the_session_so_that_its_end_is_told_and_nothing_typed_is_lost() {
    let hub = TestApp::start().await;
    let mut jonas = hub.browser();
    let page = jonas.joins(CODE, "Noah").await;
    let cookies = page.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let session = cookies.into_iter().find(|line| line.starts_with("student=")).unwrap().to_owned();
    assert!(session.contains("Max-Age=2592000"), "{session}");
    hub.later(chrono::Duration::hours(13));
    jonas.get("/student").await.leads_to("/");
    jonas.get("/").await.says("Your session has ended").says("Go on as Noah");
}

#[tokio::test]
async fn leaving_says_whether_this_device_still_knows_one() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.joins_and_writes_down(CODE, "Noah").await;
    noah.submit("/student/session/end", &[]).await.leads_to("/");
    noah.get("/").await.says("This device still knows you").says("Go on as Noah");
    noah.submit("/return/device", &[]).await.leads_to("/student");
    noah.get("/student").await.says(r#"id="leave""#).says(r#"href="/student#leave""#);
    noah.submit("/student/session/end", &[("forget_device", "yes")]).await.leads_to("/");
    let start = noah.get("/").await;
    start.says("this device has forgotten you");
    assert!(!start.body.contains("Go on as"), "{}", start.body);
}

#[tokio::test]
async fn the_code_is_taken_however_it_is_written() {
    let hub = TestApp::start().await;
    for (typed, name) in [("PHYS-7BCD", "A1"), ("phys7bcd", "A2"), (" phys 7bcd ", "A3"), ("Phys–7Bcd", "A4")] {
        hub.browser().joins(typed, name).await.has_status(303);
    }
}

#[tokio::test]
async fn what_was_typed_is_kept_and_every_field_says_what_is_wrong() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    let page = noah.joins("PHYS", "noah@school.example").await;
    page.has_status(422).says("A class code has eight").says("looks like an e-mail address");
    page.says(r#"value="PHYS""#).says(r#"value="noah@school.example""#);
    noah.joins(CODE, "0612 345 678").await.has_status(422).says("looks like a phone number");
    noah.joins("ZZZZZZZZ", "Noah").await.has_status(422).says("no class with this code").says(r#"value="Noah""#);
    assert_eq!(hub.count("select count(*) from students").await, 2);
}

#[tokio::test]
async fn the_offered_name_can_be_taken_instead_of_an_own_one() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    let page = noah.get("/").await;
    let (_, rest) = page.body.split_once(r#"name="pseudonym" value=""#).unwrap();
    let offer = rest.split('"').next().unwrap().to_owned();
    let key = page.hidden("idempotency_key").unwrap();
    let fields = [("class_code", CODE), ("display_name", ""), ("pseudonym", &offer), ("idempotency_key", &key)];
    noah.submit("/", &fields).await.has_status(303);
    assert!(noah.is_in_as(&offer).await);
}

#[tokio::test]
async fn a_name_alone_never_opens_an_identity() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    for name in
        ["Lena B", "lena b", " LENA  B ", "lenab", "Lena-B", "Léna B", "Ｌｅｎａ Ｂ", "Lеnа B", "Le\u{200b}na B"]
    {
        let page = mallory.joins(CODE, name).await;
        page.has_status(422)
            .says("is already in this class")
            .says("Is that you?")
            .says("Choose another name")
            .says("Ask my teacher");
        mallory.get("/student").await.leads_to("/");
        mallory.comes_back(CODE, name, "").await.has_status(422);
        mallory.get("/student").await.leads_to("/");
    }
    assert!(!mallory.cookies.contains_key("student") && !mallory.cookies.contains_key("device"));
}

#[tokio::test]
async fn another_device_takes_class_code_name_and_return_code_or_its_words() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins(CODE, "Lena B").await;
    let card = lena.get("/student/return-code").await;
    let code = card.by_test_id("return-code").unwrap();
    let words = hub_server::enrolment::ReturnCode::parse(&code).unwrap().things().map(|thing| thing.spanish).join(" ");
    for typed in [code.as_str(), &code.to_lowercase(), &words] {
        let mut tablet = hub.browser();
        tablet.comes_back("phys7bcd", "lena b", typed).await.has_status(303).leads_to("/student");
        assert!(tablet.is_in_as("Lena B").await);
    }
    let mut other = hub.browser();
    other.comes_back(CODE, "Jonas", &code).await.has_status(422).says("This does not fit together");
    other.get("/student").await.leads_to("/");
}

#[tokio::test]
async fn from_the_page_of_a_taken_name_the_return_code_leads_back_in() {
    let hub = TestApp::start().await;
    let code = hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    let mut tablet = hub.browser();
    let page = tablet.joins(CODE, "Lena B").await;
    let fields = [
        ("class_code", page.hidden("class_code").unwrap()),
        ("display_name", page.hidden("display_name").unwrap()),
        ("return_code", code),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    tablet.submit("/return", &fields).await.leads_to("/student");
    assert!(tablet.is_in_as("Lena B").await);
}

#[tokio::test]
async fn the_same_device_comes_back_by_itself_until_it_is_told_to_forget() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    lena.get("/student").await;
    lena.submit("/student/session/end", &[]).await.leads_to("/");
    lena.get("/student").await.leads_to("/");
    lena.get("/").await.says("Welcome back, Lena B").says("Physics 7b");
    lena.submit("/return/device", &[]).await.leads_to("/student");
    assert!(lena.is_in_as("Lena B").await);
    let device = lena.cookies["device"].clone();
    lena.submit("/student/session/end", &[("forget_device", "yes")]).await.leads_to("/");
    assert!(!lena.cookies.contains_key("device"));
    // A copy of the forgotten cookie is worth nothing.
    lena.cookies.insert("device".to_owned(), device);
    assert!(!lena.get("/").await.body.contains("Welcome back"));
    lena.submit("/return/device", &[]).await.leads_to("/");
    lena.get("/student").await.leads_to("/");
}

#[tokio::test]
async fn a_made_up_device_cookie_opens_nothing() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    let mut forged = lena.cookies["device"].clone().into_bytes();
    let last = forged.len() - 2;
    forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
    for cookie in [String::from_utf8(forged).unwrap(), "AAAA".to_owned(), "%00".to_owned()] {
        mallory.cookies.insert("device".to_owned(), cookie);
        assert!(!mallory.get("/").await.body.contains("Welcome back"));
        mallory.submit("/return/device", &[]).await.leads_to("/");
        mallory.get("/student").await.leads_to("/");
    }
}

#[tokio::test]
async fn guessing_return_codes_ends_after_ten_and_keeps_nobody_else_out() {
    let hub = TestApp::start().await;
    let code = hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    mallory.headers.insert("x-forwarded-for", "203.0.113.7".to_owned());
    for guess in 0..10 {
        mallory.comes_back(CODE, "Lena B", &format!("AAAAA{}", char::from(b'A' + guess % 8))).await.has_status(422);
    }
    let refused = mallory.comes_back(CODE, "Lena B", &code).await;
    refused.has_status(429).says("ask your teacher to let you in").says(r#"formaction="/waiting""#);
    assert!(refused.headers.contains_key("retry-after"));
    let mut lena = hub.browser();
    lena.headers.insert("x-forwarded-for", "203.0.113.8".to_owned());
    lena.comes_back(CODE, "Lena B", &code).await.leads_to("/student");
}

#[tokio::test]
async fn guessing_one_name_from_everywhere_keeps_its_owner_out_of_nowhere() {
    let hub = TestApp::start().await;
    let code = hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    for address in 0..30 {
        mallory.headers.insert("x-forwarded-for", format!("203.0.113.{address}"));
        for guess in 0..10 {
            mallory.comes_back(CODE, "Lena B", &format!("AAAAA{}", char::from(b'A' + guess % 8))).await;
        }
    }
    // From now on an address has one try: the right code still opens, and a wrong one does so once.
    mallory.headers.insert("x-forwarded-for", "198.51.100.1".to_owned());
    mallory.comes_back(CODE, "Lena B", "AAAAAA").await.has_status(422);
    mallory.comes_back(CODE, "Lena B", &code).await.has_status(429);
    let mut lena = hub.browser();
    lena.headers.insert("x-forwarded-for", "198.51.100.2".to_owned());
    lena.comes_back(CODE, "Lena B", &code).await.leads_to("/student");
}

#[tokio::test]
async fn whoever_guesses_within_the_school_does_not_shut_the_class_out() {
    let hub = TestApp::start().await;
    let school = |browser: &mut Browser<'_>| {
        browser.headers.insert("x-forwarded-for", "198.51.100.1".to_owned());
    };
    let mut lena = hub.browser();
    school(&mut lena);
    let code = lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    school(&mut mallory);
    for number in 0..160_u32 {
        let guess = format!("ZZZZ{:04}", 2222 + number % 7 * 1111);
        mallory.joins(&guess, "Mallory").await;
    }
    mallory.joins("ZZZZ2222", "Mallory").await.has_status(429);
    // The class is known at this address, other codes are not tried there for a while.
    let mut noah = hub.browser();
    school(&mut noah);
    noah.joins(CODE, "Noah").await.has_status(303);
    let mut tablet = hub.browser();
    school(&mut tablet);
    tablet.comes_back(CODE, "Lena B", &code).await.leads_to("/student");
}

#[tokio::test]
async fn many_guesses_at_once_are_counted_too() {
    let hub = TestApp::start().await;
    hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    let mut mallory = hub.browser();
    mallory.get("/return").await;
    let guesses = (0..40).map(|number| {
        let mut browser = mallory.clone();
        async move {
            let guess = format!("AAAA{}{}", char::from(b'A' + number % 8), char::from(b'P' + number / 8));
            let fields = [("class_code", CODE), ("display_name", "Lena B"), ("return_code", guess.as_str())];
            browser.submit("/return", &fields).await.status.as_u16()
        }
    });
    let answers = futures::future::join_all(guesses).await;
    assert!(answers.iter().filter(|status| **status == 422).count() <= 10, "{answers:?}");
}

#[tokio::test]
async fn thirty_students_behind_one_address_join_at_once() {
    let hub = TestApp::start().await;
    let mut class: Vec<_> = (0..30).map(|_| hub.browser()).collect();
    let joins = class.iter_mut().enumerate().map(|(number, browser)| async move {
        browser.headers.insert("x-forwarded-for", "198.51.100.1".to_owned());
        browser.joins(CODE, &format!("Student {number}")).await.status.as_u16()
    });
    let answers = futures::future::join_all(joins).await;
    assert!(answers.iter().all(|status| *status == 303), "{answers:?}");
    assert_eq!(hub.count("select count(*) from students").await, 32);
    // Nor does coming back count, however often.
    let code = class[0].by_card().await;
    for _ in 0..30 {
        let mut tablet = hub.browser();
        tablet.headers.insert("x-forwarded-for", "198.51.100.1".to_owned());
        tablet.comes_back(CODE, "Student 0", &code).await.leads_to("/student");
    }
}

#[tokio::test]
async fn pressing_join_twice_makes_one_student_and_lets_them_in_both_times() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    let key = noah.get("/").await.hidden("idempotency_key").unwrap();
    let fields = [("class_code", CODE), ("display_name", "Noah"), ("idempotency_key", key.as_str())];
    let (mut first, mut second) = (noah.clone(), noah.clone());
    let (one, two) = tokio::join!(first.submit("/", &fields), second.submit("/", &fields));
    one.leads_to("/student/return-code");
    two.leads_to("/student/return-code");
    assert!(first.is_in_as("Noah").await && second.is_in_as("Noah").await);
    assert_eq!(hub.count("select count(*) from students").await, 3);
    // The same key from another browser, or for another name, is no repetition.
    let mut mallory = hub.browser();
    mallory.get("/").await;
    mallory.submit("/", &fields).await.has_status(422).says("already in this class");
}

#[tokio::test]
async fn of_two_who_want_one_name_at_the_same_time_one_gets_it() {
    let hub = TestApp::start().await;
    let (mut one, mut two) = (hub.browser(), hub.browser());
    let (first, second) = tokio::join!(one.joins(CODE, "Noah"), two.joins(CODE, "noah"));
    let mut answers = [first.status.as_u16(), second.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
}

#[tokio::test]
async fn a_locked_class_takes_nobody_new_but_lets_its_students_back() {
    let hub = TestApp::start().await;
    let code = hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    for change in ["update classrooms set locked = true", "update classrooms set locked = false, enrolment = 'closed'"]
    {
        sqlx::query(change).execute(&hub.app.db).await.unwrap();
        hub.browser().joins(CODE, "Noah").await.has_status(422).says("takes nobody new right now");
        hub.browser().comes_back(CODE, "Lena B", &code).await.leads_to("/student");
    }
}

#[tokio::test]
async fn a_name_with_html_in_it_is_only_a_name() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    let name = "<script>alert(1)</script>";
    noah.joins(CODE, name).await.has_status(303);
    for path in ["/student/return-code", "/student", "/"] {
        let page = noah.get(path).await;
        assert!(!page.body.contains(name), "{path}: {}", page.body);
        page.says("&lt;script&gt;alert(1)&lt;/script&gt;");
    }
}

#[tokio::test]
async fn joining_again_in_the_same_browser_ends_the_session_before() {
    let hub = TestApp::start().await;
    let mut shared = hub.browser();
    shared.joins(CODE, "Noah").await.has_status(303);
    let noah = shared.cookies["student"].clone();
    shared.joins(CODE, "Mia").await.has_status(303);
    assert!(shared.is_in_as("Mia").await);
    shared.cookies.insert("student".to_owned(), noah);
    shared.get("/student").await.leads_to("/");
}

#[tokio::test]
async fn a_name_that_hurts_is_refused_with_a_reason_and_stays_typed() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.joins(CODE, "Sh1t Head").await.has_status(422).says("could hurt or embarrass").says(r#"value="Sh1t Head""#);
    noah.headers.insert("accept-language", "es".to_owned());
    noah.joins(CODE, "hijo de puta").await.has_status(422).says("podría herir");
    noah.joins(CODE, "Noah Scunthorpe").await.has_status(303);
}

#[tokio::test]
async fn names_that_look_alike_are_one_name_and_each_finds_its_owner() {
    let hub = TestApp::start().await;
    let code = hub.browser().joins_and_writes_down(CODE, "Núria").await;
    hub.browser().comes_back(CODE, "NURIA", &code).await.leads_to("/student");
    hub.browser().comes_back(CODE, "Nu\u{301}ria\u{200d}", &code).await.leads_to("/student");
}

#[tokio::test]
async fn the_front_page_of_a_stranger_asks_the_database_nothing() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    let (page, statements) = crate::harness::statements(noah.get("/")).await;
    page.has_status(200);
    assert!(statements.is_empty(), "{statements:#?}");
}

#[tokio::test]
async fn joining_speaks_spanish() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.headers.insert("accept-language", "es".to_owned());
    lena.get("/").await.says("Entra en tu clase").says(r#"lang="es""#);
    lena.joins(CODE, "").await.has_status(422).says("Elige un nombre");
    lena.joins(CODE, "Sofía").await.has_status(303);
    lena.get("/student/return-code").await.says("Tarjeta de regreso").says("Ya lo he apuntado");
}
