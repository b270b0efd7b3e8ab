//! What the chat asks of the helper and, for a new token, of the hub.

use super::{
    dom::{self, now_s},
    island::ChatSetup,
};
use leptos::prelude::{document, window};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared_types::{
    ids::TurnId,
    scope::{Availability, OffBecause},
    turn::{Ask, Conversation, Problem, Ticket},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// A token is renewed when it has less than this to live.
const RENEW_BEFORE_END_S: i64 = 60;
/// A request that takes longer counts as not answered.
const TIMEOUT_MS: u32 = 15_000;

/// Why something asked for was not given.
#[derive(Debug)]
pub enum Refusal {
    /// The helper, or the hub while renewing, cannot be reached.
    Down,
    /// The session behind the token has ended.
    SignedOut,
    /// No such turn, or not one of this browser.
    Gone,
    /// Told in a sentence; empty where there was none.
    Said(String),
}

/// The helper as one person in one lesson sees it.
pub struct Helper {
    setup: ChatSetup,
    token: RefCell<String>,
    token_expires_at: Cell<i64>,
    availability: Cell<Availability>,
}

/// One request; the token is added when it is sent.
struct Call<'a> {
    method: &'a str,
    path: &'a str,
    body: Option<String>,
    key: Option<&'a str>,
}

#[derive(Serialize)]
struct RenewalRequest<'a> {
    lesson: Option<&'a str>,
}

#[derive(Deserialize)]
struct Renewal {
    token: String,
    expires_at: i64,
    #[serde(default)]
    availability: Availability,
}

impl Helper {
    pub fn new(setup: ChatSetup) -> Self {
        let (token, ends, availability) = (setup.token.clone(), setup.token_expires_at, setup.availability);
        Self {
            setup,
            token: RefCell::new(token),
            token_expires_at: Cell::new(ends),
            availability: Cell::new(availability),
        }
    }

    /// Why the helper does not answer now, as far as the token says.
    pub fn off(&self) -> Option<OffBecause> {
        self.availability.get().off_at(now_s())
    }

    /// What was asked so far. Also sets the cookies with which unfinished turns are listened to.
    pub async fn conversation(&self) -> Result<Conversation, Refusal> {
        let call = Call { method: "GET", path: "/helper/conversation", body: None, key: None };
        parsed(self.authorised(&call).await?).await
    }

    /// Asks. The same `key` is answered with the same ticket.
    pub async fn ask(&self, question: &str, key: &str) -> Result<Ticket, Refusal> {
        let ask = Ask { question: question.to_owned() };
        let call = Call { method: "POST", path: "/helper/turns", body: Some(json(&ask)), key: Some(key) };
        parsed(self.authorised(&call).await?).await
    }

    pub async fn stop(&self, turn: TurnId) -> Result<(), Refusal> {
        let path = format!("/helper/turns/{turn}/stop");
        let call = Call { method: "POST", path: &path, body: None, key: None };
        self.authorised(&call).await.map(|_| ())
    }

    /// Says whether an answer helped; an empty word takes it back.
    pub async fn rate(&self, turn: TurnId, rating: &str) -> Result<(), Refusal> {
        let path = format!("/helper/turns/{turn}/rating?rating={rating}");
        let call = Call { method: "POST", path: &path, body: None, key: None };
        self.authorised(&call).await.map(|_| ())
    }

    /// What happened in a turn after the event `after`, as JSON; empty where the turn is over and all was
    /// seen. Goes by the turn's cookie, as the stream does.
    pub async fn poll(&self, turn: TurnId, after: &str) -> Result<String, Refusal> {
        let path = format!("/helper/turns/{turn}/events?poll=1&after={after}");
        let call = Call { method: "GET", path: &path, body: None, key: None };
        let response = fetch(&call, &[]).await?;
        if response.ok() { text(&response).await } else { Err(refusal(&response).await) }
    }

    /// Sends with the token, which is renewed when it is about to end or not taken.
    async fn authorised(&self, call: &Call<'_>) -> Result<Response, Refusal> {
        let mut renewed = false;
        if self.token_expires_at.get() - now_s() < RENEW_BEFORE_END_S {
            self.renew().await?;
            renewed = true;
        }
        loop {
            let bearer = format!("Bearer {}", self.token.borrow());
            let response = fetch(call, &[("Authorization", &bearer)]).await?;
            match response.status() {
                401 if !renewed => self.renew().await?,
                _ if response.ok() => return Ok(response),
                _ => return Err(refusal(&response).await),
            }
            renewed = true;
        }
    }

    /// Asks the hub for a fresh token.
    pub async fn renew(&self) -> Result<(), Refusal> {
        let body = json(&RenewalRequest { lesson: self.setup.lesson.as_deref() });
        let call = Call { method: "POST", path: &self.setup.renew_url, body: Some(body), key: None };
        let response = fetch(&call, &[("X-CSRF-Token", &self.setup.csrf)]).await?;
        match response.status() {
            200 => {}
            401 | 403 => return Err(Refusal::SignedOut),
            _ => return Err(refusal(&response).await),
        }
        let Renewal { token, expires_at, availability } = parsed(response).await?;
        for field in dom::all(&document().document_element().expect("a page"), "input[name=scope]") {
            dom::set(&field, "value", &token);
        }
        self.token.replace(token);
        self.token_expires_at.set(expires_at);
        self.availability.set(availability);
        Ok(())
    }
}

async fn fetch(call: &Call<'_>, headers: &[(&str, &str)]) -> Result<Response, Refusal> {
    let init = RequestInit::new();
    let all = Headers::new().map_err(|_| Refusal::Down)?;
    let own = [("Accept", Some("application/json")), ("Idempotency-Key", call.key)];
    let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
    for (name, value) in own.chain(headers.iter().copied()) {
        all.set(name, value).map_err(|_| Refusal::Down)?;
    }
    if let Some(body) = &call.body {
        all.set("Content-Type", "application/json").map_err(|_| Refusal::Down)?;
        init.set_body(&body.as_str().into());
    }
    init.set_method(call.method);
    init.set_headers(&all);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let response = JsFuture::from(window().fetch_with_str_and_init(call.path, &init)).await;
    response.map(JsCast::unchecked_into).map_err(|_| Refusal::Down)
}

/// What a response that is no success means.
async fn refusal(response: &Response) -> Refusal {
    let problem = text(response).await.ok().and_then(|body| serde_json::from_str::<Problem>(&body).ok());
    match (response.status(), problem) {
        (404 | 410, _) => Refusal::Gone,
        (_, Some(problem)) if problem.code == "helper_resting" => Refusal::Down,
        (_, Some(problem)) => Refusal::Said(problem.message),
        (500.., None) => Refusal::Down,
        (_, None) => Refusal::Said(String::new()),
    }
}

async fn parsed<T: DeserializeOwned>(response: Response) -> Result<T, Refusal> {
    serde_json::from_str(&text(&response).await?).map_err(|_| Refusal::Down)
}

async fn text(response: &Response) -> Result<String, Refusal> {
    let text = response.text().map_err(|_| Refusal::Down)?;
    let text = JsFuture::from(text).await.map_err(|_| Refusal::Down)?;
    Ok(text.as_string().unwrap_or_default())
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain structs are JSON")
}
