//! Counting the SQL statements a piece of work sends.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
};

/// Does `work` and returns, with what came of it, every statement that was sent meanwhile. A `#[tokio::test]` runs on
/// one thread, so nothing of another test is counted.
pub async fn statements<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    let seen = Seen::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));
    let result = work.await;
    drop(guard);
    let statements = std::mem::take(&mut *seen.0.lock().unwrap());
    (result, statements)
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Seen {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            self.0.lock().unwrap().push(statement.0);
        }
    }
}

/// The statement as sqlx logs it: a summary, and the whole where it is longer.
#[derive(Default)]
struct Statement(String);

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if matches!(field.name(), "summary" | "db.statement") {
            self.0 = format!("{value:?}").trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
}
