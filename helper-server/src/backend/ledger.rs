//! What backends that cost money are paid, and that it stays below the ceiling the operator set. The most a call can
//! cost is set aside before it and corrected after it, in one statement each: several helpers share one count, and what a
//! crash leaves behind counts too much, never too little.

use super::BackendError;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use server_kit::clock::Clock;
use sqlx::PgPool;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// What a backend may cost, in millionths of a dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// For a token that is read. Dollars for a million tokens are millionths of a dollar for one.
    pub input: i64,
    /// For a token that is written.
    pub output: i64,
    /// In a month.
    pub ceiling: i64,
}

/// Where it is counted. Clones share it.
#[derive(Clone, Debug)]
pub struct Ledger {
    count: Count,
    clock: Clock,
}

#[derive(Clone, Debug)]
enum Count {
    /// For all helpers of this database.
    Shared(PgPool),
    /// For one run of a command that has no database.
    Own(Arc<AtomicI64>),
}

/// Money set aside for one call. Dropping it gives back what was not spent, as far as that is known.
#[derive(Debug)]
pub struct Reserved {
    ledger: Ledger,
    month: NaiveDate,
    backend: &'static str,
    prices: Prices,
    set_aside: i64,
    input_tokens: u64,
    output_tokens: u64,
}

impl Ledger {
    /// Counted in the helper's database.
    pub fn shared(db: PgPool, clock: Clock) -> Self {
        Self { count: Count::Shared(db), clock }
    }

    /// Counted for this run alone.
    pub fn own(clock: Clock) -> Self {
        Self { count: Count::Own(Arc::default()), clock }
    }

    /// Sets aside what a call of at most so many tokens costs.
    pub async fn reserve(
        &self,
        backend: &'static str,
        prices: Prices,
        (input_tokens, output_tokens): (u64, u64),
    ) -> Result<Reserved, BackendError> {
        let month = first_of_month(self.clock.now());
        let reserved = prices.of(input_tokens, output_tokens);
        let fits = match &self.count {
            Count::Shared(db) => set_aside(db, backend, month, reserved, prices.ceiling).await?,
            Count::Own(spent) => {
                let more = |spent: i64| Some(spent.saturating_add(reserved)).filter(|&sum| sum <= prices.ceiling);
                spent.fetch_update(Ordering::SeqCst, Ordering::SeqCst, more).is_ok()
            }
        };
        if !fits {
            return Err(BackendError::CeilingReached);
        }
        // Until the backend says what it read, it is taken to have read all of it.
        Ok(Reserved {
            ledger: self.clone(),
            month,
            backend,
            prices,
            set_aside: reserved,
            input_tokens,
            output_tokens: 0,
        })
    }
}

impl Prices {
    fn of(self, input_tokens: u64, output_tokens: u64) -> i64 {
        let cost = |tokens: u64, price: i64| price.saturating_mul(i64::try_from(tokens).unwrap_or(i64::MAX));
        cost(input_tokens, self.input).saturating_add(cost(output_tokens, self.output))
    }
}

impl Reserved {
    /// The backend wrote so many bytes: no more than so many tokens.
    pub fn wrote(&mut self, bytes: usize) {
        self.output_tokens = self.output_tokens.saturating_add(bytes as u64);
    }

    /// The backend said what it was.
    pub fn was(&mut self, input_tokens: u64, output_tokens: u64) {
        (self.input_tokens, self.output_tokens) = (input_tokens, output_tokens);
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        let spent = self.prices.of(self.input_tokens, self.output_tokens);
        // Told tokens count even where they are more than was set aside; guessed ones never do.
        let by = spent - self.set_aside;
        if by == 0 {
            return;
        }
        match &self.ledger.count {
            Count::Own(count) => {
                count.fetch_add(by, Ordering::SeqCst);
            }
            Count::Shared(db) => {
                let (db, backend, month) = (db.clone(), self.backend, self.month);
                if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    runtime.spawn(async move {
                        if let Err(error) = correct(&db, backend, month, by).await {
                            tracing::warn!(backend, %error, "what a call cost stays counted at its most");
                        }
                    });
                }
            }
        }
    }
}

fn first_of_month(now: DateTime<Utc>) -> NaiveDate {
    let day = now.date_naive();
    day.with_day(1).unwrap_or(day)
}

/// False where the ceiling is reached.
async fn set_aside(db: &PgPool, backend: &str, month: NaiveDate, by: i64, ceiling: i64) -> sqlx::Result<bool> {
    let counted = sqlx::query!(
        "insert into spending (backend, month, micro_usd) select $1, $2, $3::bigint where $3::bigint <= $4
         on conflict (backend, month) do update set micro_usd = spending.micro_usd + excluded.micro_usd
             where spending.micro_usd + excluded.micro_usd <= $4",
        backend,
        month,
        by,
        ceiling,
    )
    .execute(db)
    .await?;
    Ok(counted.rows_affected() == 1)
}

async fn correct(db: &PgPool, backend: &str, month: NaiveDate, by: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update spending set micro_usd = greatest(0, micro_usd + $3) where backend = $1 and month = $2",
        backend,
        month,
        by,
    )
    .execute(db)
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Prices};
    use crate::backend::BackendError;
    use server_kit::clock::Clock;

    const PRICES: Prices = Prices { input: 1, output: 10, ceiling: 1_000 };

    #[tokio::test]
    async fn what_is_set_aside_never_exceeds_the_ceiling_and_what_was_not_spent_comes_back() {
        let ledger = Ledger::own(Clock::system());
        let mut first = ledger.reserve("test", PRICES, (100, 50)).await.unwrap();
        let refused = ledger.reserve("test", PRICES, (100, 50)).await;
        assert!(matches!(refused, Err(BackendError::CeilingReached)), "600 and 600 are more than 1000");
        first.was(100, 5);
        drop(first);
        let second = ledger.reserve("test", PRICES, (100, 50)).await.unwrap();
        drop(second);
        // A call that was cut off counts what it read, and what it wrote at a token a byte: 150 + 100 + 150.
        let mut cut = ledger.reserve("test", PRICES, (100, 50)).await.unwrap();
        cut.wrote(5);
        drop(cut);
        assert!(ledger.reserve("test", PRICES, (100, 50)).await.is_ok(), "400 are spent");
        assert!(ledger.reserve("test", PRICES, (500, 11)).await.is_err());
    }
}
