//! "Ask your teacher to let you in": who asks, who answers, and who comes in by it.

use crate::harness::{Browser, Page, TestApp};
use chrono::Duration;

const CODE: &str = "PHYS-7BCD";

impl Browser<'_> {
    /// Is told that the name is taken, and asks the teacher from there.
    async fn asks_to_be(&mut self, name: &str) -> Page {
        self.joins(CODE, name).await.has_status(422);
        self.submit("/waiting", &[("class_code", CODE), ("display_name", name)]).await
    }

    /// The teacher answers the first request of the roster.
    async fn answers(&mut self, hub: &TestApp, answer: &str) -> Page {
        let path = self.first_request(hub).await;
        self.submit(&format!("{path}/{answer}"), &[]).await
    }

    async fn first_request(&mut self, hub: &TestApp) -> String {
        let roster = self.get(&hub.people.physics.roster_path()).await;
        let requests = format!("{}/entry-requests/", hub.people.physics.path());
        let (_, rest) = roster.body.split_once(&requests).expect("a request on the roster");
        format!("{requests}{}", rest.split('/').next().unwrap())
    }
}

#[tokio::test]
async fn lena_without_her_card_asks_and_amira_lets_that_browser_in() {
    let hub = TestApp::start().await;
    let old = hub.browser().joins_and_writes_down(CODE, "Lena B").await;
    let mut lena = hub.browser();
    lena.asks_to_be("lena b").await.leads_to("/waiting");
    let waiting = lena.get("/waiting").await;
    waiting.has_status(200).says("Lena B, your teacher is being asked").says(r#"http-equiv="refresh" content="8""#);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach").await.says("1 waiting to be let in");
    amira.get(&hub.people.physics.path()).await.says("One student asks to come in");
    let roster = amira.get(&hub.people.physics.roster_path()).await;
    roster.says("Waiting to be let in").says("Lena B");
    assert_eq!(pictures(&roster), pictures(&waiting), "both see the same pictures");
    lena.get("/").await.says("Lena B, your teacher is being asked").says(r#"href="/waiting""#);
    amira.answers(&hub, "approval").await.leads_to(&hub.people.physics.roster_path());
    assert!(!amira.get(&hub.people.physics.roster_path()).await.body.contains("Waiting to be let in"));
    let answered = lena.get("/waiting").await;
    answered.says("Come in, Lena B");
    assert!(!answered.body.contains("http-equiv"), "there is nothing more to look for");
    lena.submit("/waiting/entry", &[]).await.leads_to("/student/return-code");
    let new = lena.by_card().await;
    assert!(lena.is_in_as("Lena B").await && !lena.cookies.contains_key("waiting"));
    assert_ne!(old, new);
    hub.browser().comes_back(CODE, "Lena B", &old).await.has_status(422);
    hub.browser().comes_back(CODE, "Lena B", &new).await.leads_to("/student");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'entry_approved'").await, 1);
    assert_eq!(hub.count("select count(*) from students").await, 3, "nobody was added");
}

/// The words beside the pictures of a page.
fn pictures(page: &Page) -> Vec<String> {
    let (_, list) = page.body.split_once(r#"class="return-card-pictures">"#).unwrap();
    let items = list.split("</ul>").next().unwrap().split("<li>").skip(1);
    items.map(|item| item.split("</span>").last().unwrap().replace("</li>", "").trim().to_owned()).collect()
}

#[tokio::test]
async fn a_teacher_s_yes_is_for_the_browser_that_asked_and_no_other() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.asks_to_be("Lena").await.leads_to("/waiting");
    let mut mallory = hub.browser();
    mallory.asks_to_be("Lena").await.leads_to("/waiting");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.answers(&hub, "approval").await;
    mallory.get("/waiting").await.says("your teacher is being asked");
    mallory.submit("/waiting/entry", &[]).await.leads_to("/waiting");
    mallory.get("/student").await.leads_to("/");
    let mut stranger = hub.browser();
    stranger.get("/").await;
    stranger.submit("/waiting/entry", &[]).await.leads_to("/waiting");
    stranger.cookies.insert("waiting".to_owned(), "AAAA".to_owned());
    stranger.submit("/waiting/entry", &[]).await.leads_to("/waiting");
    stranger.get("/student").await.leads_to("/");
    lena.get("/waiting").await;
    lena.submit("/waiting/entry", &[]).await.leads_to("/student/return-code");
    assert!(lena.is_in_as("Lena").await);
}

#[tokio::test]
async fn an_answer_that_got_lost_can_be_fetched_again_and_mints_no_second_code() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.asks_to_be("Lena").await;
    hub.signed_in(&hub.people.amira).await.answers(&hub, "approval").await;
    lena.get("/waiting").await;
    let mut again = lena.clone();
    lena.submit("/waiting/entry", &[]).await.leads_to("/student/return-code");
    let code = lena.by_card().await;
    again.submit("/waiting/entry", &[]).await.leads_to("/student/return-code");
    assert_eq!(again.by_card().await, code);
}

#[tokio::test]
async fn a_refusal_is_kind_and_leaves_other_ways() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.asks_to_be("Lena").await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.answers(&hub, "refusal").await.leads_to(&hub.people.physics.roster_path());
    let page = noah.get("/waiting").await;
    page.says("Not this time").says(r#"href="/return""#).says("Choose another name");
    noah.submit("/waiting/entry", &[]).await.leads_to("/waiting");
    noah.submit("/waiting/end", &[]).await.leads_to("/");
    noah.joins(CODE, "Noah").await.has_status(303);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'entry_refused'").await, 1);
}

#[tokio::test]
async fn mallory_and_victor_cannot_answer() {
    let hub = TestApp::start().await;
    let mut noah = hub.browser();
    noah.asks_to_be("Lena").await;
    let path = hub.signed_in(&hub.people.amira).await.first_request(&hub).await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let roster = victor.get(&hub.people.physics.roster_path()).await;
    roster.says("Waiting to be let in");
    assert!(
        !roster.body.contains("approval") && !roster.body.contains("sign-out\""),
        "no button that would be refused"
    );
    for answer in ["approval", "refusal"] {
        mallory.submit(&format!("{path}/{answer}"), &[]).await.has_status(404);
        victor.submit(&format!("{path}/{answer}"), &[]).await.has_status(403);
    }
    // Nor through a class of her own.
    let key = mallory.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Latin"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let latin = mallory.submit("/teach/classes/new", &fields).await.location().unwrap();
    let id = path.rsplit('/').next().unwrap();
    mallory.submit(&format!("{latin}/entry-requests/{id}/approval"), &[]).await;
    noah.get("/waiting").await.says("your teacher is being asked");
    assert_eq!(hub.count("select count(*) from entry_requests where state <> 'waiting'").await, 0);
}

#[tokio::test]
async fn requests_and_answers_end_by_themselves() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.asks_to_be("Lena").await;
    hub.later(Duration::minutes(61));
    lena.get("/waiting").await.says("Nobody is waiting here");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    assert!(!amira.get("/teach").await.body.contains("waiting to be let in"));
    lena.asks_to_be("Lena").await;
    amira.answers(&hub, "approval").await;
    hub.later(Duration::minutes(31));
    lena.get("/waiting").await.says("Nobody is waiting here");
    lena.submit("/waiting/entry", &[]).await.leads_to("/waiting");
    lena.get("/student").await.leads_to("/");
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from entry_requests").await, 0);
}

#[tokio::test]
async fn from_the_return_page_one_can_ask_too_also_while_the_class_is_locked() {
    let hub = TestApp::start().await;
    sqlx::query("update classrooms set locked = true").execute(&hub.app.db).await.unwrap();
    let mut lena = hub.browser();
    lena.get("/return").await.says(r#"href="/waiting""#);
    let wrong = [("class_code", CODE), ("display_name", "Lena"), ("return_code", "ZZZZZZ")];
    // What is typed goes along.
    lena.submit("/return", &wrong).await.has_status(422).says(r#"formaction="/waiting""#);
    lena.get("/waiting").await.says("Ask your teacher to let you in");
    let ask = |name: &'static str| [("class_code", CODE), ("display_name", name)];
    lena.submit("/waiting", &ask("Nobody Known")).await.has_status(422).says("Nobody in this class has this name");
    lena.submit("/waiting", &[("class_code", "ZZZZZZZZ"), ("display_name", "Lena")]).await.has_status(422);
    lena.submit("/waiting", &ask("Lena")).await.leads_to("/waiting");
    hub.signed_in(&hub.people.amira).await.answers(&hub, "approval").await;
    lena.get("/waiting").await;
    lena.submit("/waiting/entry", &[]).await.leads_to("/student/return-code");
}

#[tokio::test]
async fn who_does_not_want_the_page_to_load_by_itself_looks_by_hand() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.asks_to_be("Lena").await;
    lena.get("/waiting").await.says("/waiting?by=hand");
    let page = lena.get("/waiting?by=hand").await;
    page.says("Look now");
    assert!(!page.body.contains("http-equiv"), "{}", page.body);
}

#[tokio::test]
async fn one_name_is_not_asked_for_by_a_crowd() {
    let hub = TestApp::start().await;
    for _ in 0..5 {
        hub.browser().asks_to_be("Lena").await.leads_to("/waiting");
    }
    hub.browser().asks_to_be("Lena").await.has_status(422).says("Please talk to your teacher");
    let mut jonas = hub.browser();
    jonas.asks_to_be("Jonas").await.leads_to("/waiting");
    // The same browser again is the same request.
    jonas.asks_to_be("Jonas").await.leads_to("/waiting");
    assert_eq!(hub.count("select count(*) from entry_requests").await, 6);
}
