//! Who is told when a student's words give cause for concern, and that nobody else is.

use crate::{harness::TestApp, people::Person};
use hub_server::organisation::{Role, store::set_membership};
use shared_types::event::{ConcernKind, EventKind, Tier};

const REVIEW: &str = "/teach/safeguarding";
const NOTICE: &str = "Somebody may need you.";

impl TestApp {
    fn contacts_path(&self) -> String {
        format!("/teach/organisations/{}/safeguarding", self.people.riverside)
    }

    /// Jonas wrote something to look after in this time.
    async fn jonas_worries(&self, tier: Tier) -> String {
        let kind = EventKind::Concern { tier, kind: ConcernKind::SelfHarm };
        self.helper_tells(self.people.jonas, kind).await;
        let id: uuid::Uuid = sqlx::query_scalar("select id from helper_concerns order by at desc, id desc limit 1")
            .fetch_one(&self.app.db)
            .await
            .unwrap();
        format!("{REVIEW}/{id}")
    }

    /// Ines chooses who is told.
    async fn ines_chooses(&self, now: &Person, today: &Person) {
        let mut ines = self.signed_in(&self.people.ines).await;
        ines.get(&self.contacts_path()).await.has_status(200).says("Who is told");
        let (now, today) = (now.id.to_string(), today.id.to_string());
        let fields = [("enabled", "on"), ("now", now.as_str()), ("today", today.as_str())];
        ines.submit(&self.contacts_path(), &fields).await.leads_to(&self.contacts_path());
        ines.get(&self.contacts_path()).await.says("checked");
    }
}

#[tokio::test]
async fn alerts_are_not_switched_on_while_nobody_would_get_them() {
    let hub = TestApp::start().await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    ines.get(&hub.contacts_path()).await.has_status(200).says("amira@riverside.example");
    let amira = hub.people.amira.id.to_string();
    let page = ines.submit(&hub.contacts_path(), &[("enabled", "on"), ("now", &amira)]).await;
    page.has_status(422).says("at least one person to look today").says("#field-today");
    assert!(!page.body.contains("at least one person to look now"));
    assert_eq!(hub.count("select count(*) from safeguarding where enabled").await, 0);
    assert_eq!(hub.count("select count(*) from safeguarding_contacts").await, 0);
    // Contacts may be chosen before it is switched on.
    ines.submit(&hub.contacts_path(), &[("now", &amira)]).await.leads_to(&hub.contacts_path());
    assert_eq!(hub.count("select count(*) from safeguarding_contacts").await, 1);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'safeguarding_set'").await, 1);
}

#[tokio::test]
async fn the_contacts_of_the_tier_are_told_on_every_page_until_somebody_handled_it() {
    let hub = TestApp::start().await;
    hub.ines_chooses(&hub.people.victor, &hub.people.amira).await;
    let concern = hub.jonas_worries(Tier::Now).await;
    let (mut victor, mut amira) = (hub.signed_in(&hub.people.victor).await, hub.signed_in(&hub.people.amira).await);
    victor.get("/teach").await.says(NOTICE).says("1 concern about a student waits for you");
    let class_page = format!("/teach/classes/{}", hub.people.physics.id);
    victor.get(&class_page).await.says(NOTICE);
    assert!(!amira.get("/teach").await.body.contains(NOTICE), "she is told of the other tier");
    amira.get(REVIEW).await.says("Nothing waits for you");
    amira.submit(&concern, &[("outcome", "talked")]).await.has_status(404);
    hub.jonas_worries(Tier::Today).await;
    amira.get("/teach").await.says(NOTICE);
    // Victor may change nothing in the class, and this he may, since he was named for it.
    victor.get(REVIEW).await.says("Jonas").says("Hurting oneself").says("Look now");
    victor.submit(&concern, &[("outcome", "passed_on")]).await.leads_to(REVIEW);
    victor.submit(&concern, &[("outcome", "talked")]).await.has_status(404);
    assert!(!victor.get("/teach").await.body.contains(NOTICE));
    victor.get(REVIEW).await.says("Handled in the last 30 days").says("Passed on");
    let audited = "select count(*) from audit_entries where action = 'helper_concern_settled'";
    assert_eq!(hub.count(audited).await, 1);
}

#[tokio::test]
async fn a_concern_always_waits_for_somebody() {
    let hub = TestApp::start().await;
    hub.jonas_worries(Tier::Now).await;
    let (mut ines, mut amira) = (hub.signed_in(&hub.people.ines).await, hub.signed_in(&hub.people.amira).await);
    ines.get("/teach").await.says(NOTICE);
    assert!(!amira.get("/teach").await.body.contains(NOTICE), "the class is nobody's own yet");
    let own = format!("/teach/classes/{}/own", hub.people.physics.id);
    amira.submit(&own, &[("own", "true")]).await.has_status(303);
    amira.get("/teach").await.says(NOTICE);
    assert!(!ines.get("/teach").await.body.contains(NOTICE));
    // The only contact leaves: then those who administer are told.
    hub.ines_chooses(&hub.people.victor, &hub.people.victor).await;
    assert!(!ines.get("/teach").await.body.contains(NOTICE));
    sqlx::query("delete from memberships where staff_id = $1")
        .bind(hub.people.victor.id.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    ines.get("/teach").await.says(NOTICE);
}

#[tokio::test]
async fn who_may_only_look_at_a_class_is_not_told_who_may_need_somebody() {
    let hub = TestApp::start().await;
    hub.jonas_worries(Tier::Now).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let page = victor.get(&format!("/teach/classes/{}/helper", hub.people.physics.id)).await;
    page.has_status(200);
    assert!(!page.body.contains("Hurting oneself"));
    victor.get(REVIEW).await.says("Nothing waits for you");
}

#[tokio::test]
async fn mallory_neither_learns_of_a_concern_nor_becomes_a_contact() {
    let hub = TestApp::start().await;
    let concern = hub.jonas_worries(Tier::Now).await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(REVIEW).await.says("Nothing waits for you");
    mallory.submit(&concern, &[("outcome", "no_concern")]).await.has_status(404);
    mallory.get(&hub.contacts_path()).await.has_status(404);
    mallory.submit(&hub.contacts_path(), &[]).await.has_status(404);
    // A teacher of the organisation does not choose contacts either, and nobody chooses somebody from elsewhere.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.contacts_path()).await.has_status(403);
    let mut ines = hub.signed_in(&hub.people.ines).await;
    ines.get(&hub.contacts_path()).await;
    let hers = hub.people.mallory.id.to_string();
    let fields = [("enabled", "on"), ("now", hers.as_str()), ("today", hers.as_str())];
    ines.submit(&hub.contacts_path(), &fields).await.has_status(422);
    // Also as the owner of a school of her own she sees nothing of this one.
    let mut db = hub.app.db.acquire().await.unwrap();
    let now = hub.app.clock.now();
    set_membership(&mut db, hub.people.hilltop, hub.people.mallory.id, Role::Owner, now).await.unwrap();
    assert!(!mallory.get("/teach").await.body.contains(NOTICE));
    assert_eq!(hub.count("select count(*) from helper_concerns where outcome is null").await, 1);
}

#[tokio::test]
async fn what_came_of_a_concern_can_be_taken_back() {
    let hub = TestApp::start().await;
    hub.ines_chooses(&hub.people.victor, &hub.people.amira).await;
    let concern = hub.jonas_worries(Tier::Now).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let student = format!("/students/{}", hub.people.jonas);
    victor.get(REVIEW).await.says("Jonas").says(&student).says("tone-problem");
    victor.submit(&concern, &[("outcome", "no_concern")]).await.leads_to(REVIEW);
    let again = format!("{concern}/restoration");
    victor.get(REVIEW).await.says("What came of it is noted").says("Undo").says(&again).says("Open again");
    victor.submit(&again, &[]).await.leads_to(REVIEW);
    victor.get(REVIEW).await.says("It is open again").says("Look now");
    victor.get("/teach").await.says(NOTICE);
    victor.submit(&again, &[]).await.has_status(404);
    let audited = "select count(*) from audit_entries where action = 'helper_concern_reopened'";
    assert_eq!(hub.count(audited).await, 1);
    assert_eq!(
        hub.count("select count(*) from helper_concerns where settled_by is null and settled_at is null").await,
        1
    );
    // The same from the class's page.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let page = format!("/teach/classes/{}/helper", hub.people.physics.id);
    let in_class = concern.replace(REVIEW, &format!("{page}/concerns"));
    amira.get(&page).await.has_status(200);
    amira.submit(&in_class, &[("outcome", "talked")]).await.leads_to(&page);
    amira.get(&page).await.says("Undo");
    amira.submit(&format!("{in_class}/restoration"), &[]).await.leads_to(&page);
    assert_eq!(hub.count("select count(*) from helper_concerns where outcome is null").await, 1);
}

#[tokio::test]
async fn mallory_opens_no_concern_again() {
    let hub = TestApp::start().await;
    hub.ines_chooses(&hub.people.victor, &hub.people.victor).await;
    let concern = hub.jonas_worries(Tier::Now).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    victor.get(REVIEW).await;
    victor.submit(&concern, &[("outcome", "talked")]).await.leads_to(REVIEW);
    let again = format!("{concern}/restoration");
    // Somebody of another school, and a teacher of this one who is no contact and has not settled it.
    for person in [&hub.people.mallory, &hub.people.amira] {
        let mut browser = hub.signed_in(person).await;
        browser.get(REVIEW).await;
        browser.submit(&again, &[]).await.has_status(404);
    }
    let in_class =
        concern.replace(REVIEW, &format!("/teach/classes/{}/helper/concerns", hub.people.physics.id)) + "/restoration";
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(REVIEW).await;
    mallory.submit(&in_class, &[]).await.has_status(404);
    victor.submit(&in_class, &[]).await.has_status(403);
    assert_eq!(hub.count("select count(*) from helper_concerns where outcome is null").await, 0);
}

#[tokio::test]
async fn what_staff_are_told_of_the_words_is_true_with_reading_along_too() {
    let hub = TestApp::start().await;
    hub.jonas_worries(Tier::Now).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let helper = format!("/teach/classes/{}/helper", hub.people.physics.id);
    ines.get(REVIEW).await.says("What they wrote is not stored here");
    ines.get(&helper).await.says("stays between them and the helper");
    let switch = format!("/teach/organisations/{}/transcripts", hub.people.riverside);
    ines.get(&switch).await.says("Switched off");
    ines.submit(&switch, &[("enabled", "on")]).await.leads_to(&switch);
    ines.get(&switch).await.says("Switched on");
    for page in [ines.get(REVIEW).await, ines.get(&helper).await] {
        page.says("can read");
        assert!(!page.body.contains("not stored here") && !page.body.contains("stays between"), "{}", page.body);
    }
}
