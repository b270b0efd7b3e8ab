//! Listening to one turn: the browser's `EventSource` while that works, asking every second where it does not.

use super::{
    api::Refusal,
    controller::Chat,
    dom::{self, sleep},
    patience::Patience,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use shared_types::{
    ids::TurnId,
    turn::{Positioned, TurnEvent},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

const TICK_MS: u32 = 250;
/// A stream says something at once: where the turn stands. Silence this long asks for a look.
const FIRST_WORD_TICKS: u32 = 4_000 / TICK_MS;
/// Later silence may be a long line.
const SILENCE_TICKS: u32 = 20_000 / TICK_MS;
/// The browser reconnects by itself this often before we take over.
const RECONNECTS: u32 = 3;
/// After so many streams that broke or lagged, we only ask.
const STREAMS: u32 = 3;
const POLL_MS: u32 = 1_000;

/// Follows a turn until it is over.
pub async fn follow(chat: Rc<Chat>, turn: TurnId) {
    let mut patience = Patience::default();
    let mut streams_left = STREAMS;
    while chat.transcript.is_live(turn) {
        if streams_left > 0 {
            listen(&chat, turn).await;
            streams_left -= 1;
        } else {
            sleep(POLL_MS).await;
        }
        if chat.transcript.is_live(turn) {
            catch_up(&chat, turn, &mut patience).await;
        }
    }
}

/// Listens to one stream until the turn is over, the stream breaks, or something arrives only by asking.
async fn listen(chat: &Rc<Chat>, turn: TurnId) {
    let Some(source) = Source::open(chat, turn) else { return };
    loop {
        source.until_quiet(chat, turn).await;
        if source.is_broken() || !chat.transcript.is_live(turn) {
            return;
        }
        match chat.helper.poll(turn, &chat.transcript.last_seen(turn)).await {
            // Quiet because there is nothing to say.
            Ok(events) if !take_all(chat, turn, &events) => {}
            _ => return,
        }
    }
}

/// Asks for what is new.
async fn catch_up(chat: &Rc<Chat>, turn: TurnId, patience: &mut Patience) {
    match chat.helper.poll(turn, &chat.transcript.last_seen(turn)).await {
        Ok(events) => {
            patience.start_over();
            chat.reached();
            take_all(chat, turn, &events);
        }
        Err(refusal) => lost(chat, turn, &refusal, patience).await,
    }
}

/// The turn cannot be listened to: says so, or asks anew what there is.
async fn lost(chat: &Rc<Chat>, turn: TurnId, refusal: &Refusal, patience: &mut Patience) {
    if matches!(refusal, Refusal::Down) {
        chat.rest();
    } else {
        match chat.synchronise().await {
            Ok(turns) if !turns.contains(&turn) => chat.transcript.erase(turn),
            Ok(_) => {}
            Err(refusal) => chat.trouble(refusal),
        }
    }
    sleep(patience.after_failure()).await;
}

/// Takes in what a poll listed; true if the stream should have brought some of it. Events of a kind not
/// known here are passed over, and the place in line is told to everyone who asks.
fn take_all(chat: &Chat, turn: TurnId, events: &str) -> bool {
    let events: Vec<Listed<'_>> = serde_json::from_str(events).unwrap_or_default();
    let mut new = false;
    for Listed { id, event } in events {
        if let Ok(event) = serde_json::from_str(event.get()) {
            let place = matches!(event, TurnEvent::Queued { .. });
            new |= chat.transcript.take(turn, Positioned { id, event }) && !place;
        }
    }
    new
}

#[derive(Deserialize)]
struct Listed<'a> {
    id: String,
    #[serde(borrow)]
    event: &'a RawValue,
}

/// An open `EventSource`; dropping it closes it.
struct Source {
    inner: EventSource,
    heard: Rc<Cell<u32>>,
    errors: Rc<Cell<u32>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Source {
    fn open(chat: &Rc<Chat>, turn: TurnId) -> Option<Self> {
        let last = chat.transcript.last_seen(turn);
        let after = if last.is_empty() { String::new() } else { format!("?after={last}") };
        let source = EventSource::new(&format!("/helper/turns/{turn}/events{after}")).ok()?;
        let (heard, errors) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let (chat, counted, forgiven) = (chat.clone(), heard.clone(), errors.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            counted.set(counted.get() + 1);
            chat.reached();
            let said = message.data().as_string().unwrap_or_default();
            if let Ok(event) = serde_json::from_str(&said)
                && chat.transcript.take(turn, Positioned { id: message.last_event_id(), event })
            {
                // A stream that breaks and only says again what was said is no better for it.
                forgiven.set(0);
            }
        });
        let failed = errors.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |_| failed.set(failed.get() + 1));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { inner: source, heard, errors, _on_message: on_message, _on_error: on_error })
    }

    /// The server or the network ended it, and the browser does not bring it back.
    fn is_broken(&self) -> bool {
        self.inner.ready_state() == EventSource::CLOSED || self.errors.get() >= RECONNECTS
    }

    /// Returns when the turn is over, the stream is broken, or nothing came for long.
    async fn until_quiet(&self, chat: &Chat, turn: TurnId) {
        let (mut quiet, mut heard) = (0, self.heard.get());
        while chat.transcript.is_live(turn) && !self.is_broken() && quiet < patience(heard) {
            dom::sleep(TICK_MS).await;
            quiet = if self.heard.get() == heard { quiet + 1 } else { 0 };
            heard = self.heard.get();
        }
    }
}

/// For how many ticks a stream that has said so much may be silent.
const fn patience(heard: u32) -> u32 {
    if heard == 0 { FIRST_WORD_TICKS } else { SILENCE_TICKS }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.close();
    }
}
