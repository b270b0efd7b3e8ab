//! Who may join: enrolment modes, and links that a teacher makes.

use crate::harness::{Browser, Page, TestApp};
use chrono::Duration;

const CODE: &str = "PHYS-7BCD";

impl Browser<'_> {
    /// The teacher chooses who may join.
    async fn opens_to(&mut self, hub: &TestApp, mode: &str) -> Page {
        self.get(&hub.people.physics.settings_path()).await;
        self.submit(&format!("{}/enrolment", hub.people.physics.path()), &[("enrolment", mode)]).await
    }

    /// The teacher makes a link; returns its path.
    async fn makes_link(&mut self, hub: &TestApp, label: &str, seats: &str, lasts: &str) -> String {
        let settings = hub.people.physics.settings_path();
        let key = self.get(&settings).await.hidden("idempotency_key").unwrap();
        let fields = [("label", label), ("seats", seats), ("lasts", lasts), ("idempotency_key", key.as_str())];
        self.submit(&format!("{}/invitations", hub.people.physics.path()), &fields).await.leads_to(&settings);
        let page = self.get(&settings).await;
        let (_, rest) = page.says(label).body.split_once("http://localhost:8080/join/").unwrap();
        format!("/join/{}", rest.split('"').next().unwrap())
    }

    /// Opens a link and joins by it.
    async fn joins_by(&mut self, link: &str, name: &str) -> Page {
        let page = self.get(link).await;
        let key = page.hidden("idempotency_key").unwrap_or_default();
        self.submit(link, &[("display_name", name), ("idempotency_key", &key)]).await
    }
}

#[tokio::test]
async fn by_a_link_one_joins_a_class_that_its_code_does_not_open() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.opens_to(&hub, "invite").await.leads_to(&hub.people.physics.settings_path());
    amira.get("/teach").await.says("By invitation");
    let link = amira.makes_link(&hub, "Exchange students", "2", "week").await;
    let refused = hub.browser().joins(CODE, "Noah").await;
    refused.has_status(422).says("Physics 7b is joined by a link").says("Ask your teacher for the link");
    let today = amira.get(&hub.people.physics.path()).await;
    today.says("New students come in by a link").says("this class code:").says(CODE);
    assert!(!today.body.contains("Students type this code") && !today.body.contains("/join-card"), "{}", today.body);
    let card = amira.get(&format!("{}/join-card", hub.people.physics.path())).await;
    card.says("the class is joined by links only").says(&hub.people.physics.settings_path());
    let mut noah = hub.browser();
    noah.get(&link).await.has_status(200).says("Join Physics 7b");
    noah.joins_by(&link, "noah@school.example").await.has_status(422).says("looks like an e-mail address");
    noah.joins_by(&link, "Noah").await.leads_to("/student/return-code");
    assert!(noah.is_in_as("Noah").await);
    hub.browser().joins_by(&link.to_lowercase(), "Mia").await.has_status(303);
    hub.browser().get(&link).await.says("All places of this link are taken");
    let settings = amira.get(&hub.people.physics.settings_path()).await;
    settings.says("2 of 2 taken").says("Full").says(&link);
    let words = ["classroom_enrolment_set", "invitation_created"];
    for action in words {
        let count: i64 = sqlx::query_scalar("select count(*) from audit_entries where action = $1")
            .bind(action)
            .fetch_one(&hub.app.db)
            .await
            .unwrap();
        assert_eq!(count, 1, "{action}");
    }
}

#[tokio::test]
async fn of_thirty_who_join_at_once_by_a_link_for_ten_ten_get_in() {
    let hub = TestApp::start().await;
    let link = hub.signed_in(&hub.people.amira).await.makes_link(&hub, "Ten", "10", "day").await;
    let mut crowd: Vec<_> = (0..30).map(|_| hub.browser()).collect();
    let link = link.as_str();
    let joins = crowd.iter_mut().enumerate().map(|(number, browser)| async move {
        browser.joins_by(link, &format!("Guest {number}")).await.status.as_u16()
    });
    let answers = futures::future::join_all(joins).await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 10, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 20, "{answers:?}");
    assert_eq!(hub.count("select count(*) from students where invitation_id is not null").await, 10);
}

#[tokio::test]
async fn a_name_that_is_taken_costs_no_seat_and_has_its_three_ways_on() {
    let hub = TestApp::start().await;
    let link = hub.signed_in(&hub.people.amira).await.makes_link(&hub, "One", "1", "day").await;
    let mut noah = hub.browser();
    let page = noah.joins_by(&link, "Lena").await;
    page.has_status(422).says("Is that you?").says("Choose another name").says("Ask my teacher");
    page.says(&format!(r#"action="{link}""#));
    let key = page.hidden("idempotency_key").unwrap();
    noah.submit(&link, &[("display_name", "Noah"), ("idempotency_key", &key)]).await.has_status(303);
}

#[tokio::test]
async fn a_link_ends_by_its_date_by_hand_and_with_the_class() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let link = amira.makes_link(&hub, "Short", "", "day").await;
    amira.opens_to(&hub, "closed").await;
    hub.browser().get(&link).await.says("takes nobody new right now");
    amira.get(&hub.people.physics.path()).await.says("Nobody new comes in.");
    let card = format!("{}/join-card", hub.people.physics.path());
    amira.get(&card).await.says("the class takes nobody");
    amira.opens_to(&hub, "open").await;
    amira.get(&hub.people.physics.path()).await.says("Students type this code");
    assert!(!amira.get(&card).await.body.contains("nobody new comes in"), "nothing to be careful about");
    hub.browser().get(&link).await.says("You are invited");
    hub.later(Duration::hours(11));
    let mut late = hub.browser();
    let key = late.get(&link).await.says("You are invited").hidden("idempotency_key").unwrap();
    hub.later(Duration::hours(14));
    let fields = [("display_name", "Late"), ("idempotency_key", key.as_str())];
    late.submit(&link, &fields).await.has_status(422).says("This link is over");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let link = amira.makes_link(&hub, "Until I say so", "", "ever").await;
    let page = amira.get(&hub.people.physics.settings_path()).await;
    let path = format!("{}/invitations/", hub.people.physics.path());
    let (_, rest) = page.body.split_once(&path).unwrap();
    let end = format!("{path}{}", rest.split('"').next().unwrap());
    amira.submit(&end, &[]).await.leads_to(&hub.people.physics.settings_path());
    hub.browser().get(&link).await.says("This link is over");
    let page = amira.get(&hub.people.physics.settings_path()).await;
    page.says("Switched off");
    assert!(!page.body.contains(&link), "a link that is off is not given away");
}

#[tokio::test]
async fn a_link_that_nobody_made_is_a_404_and_trying_links_out_is_slow() {
    let hub = TestApp::start().await;
    let mut mallory = hub.browser();
    for link in ["/join/ABCDEFGHJKLMNPQR", "/join/x", "/join/%00"] {
        mallory.get(link).await.has_status(404).says("There is no such link");
    }
    for _ in 0..150 {
        mallory.get("/join/ABCDEFGHJKLMNPQR").await;
    }
    mallory.get("/join/ABCDEFGHJKLMNPQR").await.has_status(429);
}

#[tokio::test]
async fn the_database_holds_no_link_and_victor_is_shown_none() {
    let hub = TestApp::start().await;
    let link = hub.signed_in(&hub.people.amira).await.makes_link(&hub, "Exchange", "", "week").await;
    let token = link.strip_prefix("/join/").unwrap();
    let row: String =
        sqlx::query_scalar("select row_to_json(i)::text from invitations i").fetch_one(&hub.app.db).await.unwrap();
    assert!(!row.contains(token) && !row.contains(&hex(token)), "{row}");
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let page = victor.get(&hub.people.physics.settings_path()).await;
    page.has_status(200).says("Exchange");
    assert!(!page.body.contains(token) && !page.body.contains("<form method=\"post\" action=\"/teach/classes"));
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(&hub.people.physics.settings_path()).await.has_status(404);
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn what_is_wrong_with_a_new_link_is_said_and_what_was_typed_stays() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let key = amira.get(&hub.people.physics.settings_path()).await.hidden("idempotency_key").unwrap();
    let fields = [("label", "Guests <b>"), ("seats", "many"), ("lasts", "week"), ("idempotency_key", key.as_str())];
    let page = amira.submit(&format!("{}/invitations", hub.people.physics.path()), &fields).await;
    page.has_status(422).says("number from 1 to 1000").says(r#"value="Guests &lt;b&gt;""#).says(r#"value="many""#);
    assert_eq!(hub.count("select count(*) from invitations").await, 0);
}
