//! Times as people say them: a while ago, or the day in the school's zone.

use crate::{t, web::Words};
use chrono::{DateTime, Datelike, Duration, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// A point in time, said from now.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

impl Now {
    /// How long ago `then` was; older than a day it is the date.
    pub fn since(self, then: DateTime<Utc>, words: Words) -> String {
        let ago = self.now - then;
        if ago < Duration::minutes(1) {
            t!(words, "time-just-now").to_owned()
        } else if ago < Duration::hours(1) {
            t!(words, "time-minutes-ago", minutes = ago.num_minutes())
        } else if ago < Duration::days(1) {
            t!(words, "time-hours-ago", hours = ago.num_hours())
        } else {
            self.day(then, words)
        }
    }

    /// The day of `at`.
    pub fn day(self, at: DateTime<Utc>, words: Words) -> String {
        let local = at.with_timezone(&self.zone);
        let month = month(words, local.month());
        t!(words, "time-day", day = local.day(), month = month, year = local.year().to_string())
    }

    /// Day and time of `at`.
    pub fn moment(self, at: DateTime<Utc>, words: Words) -> String {
        let time = at.with_timezone(&self.zone).format("%H:%M").to_string();
        t!(words, "time-moment", day = self.day(at, words), time = time)
    }
}

fn month(words: Words, number: u32) -> &'static str {
    match number {
        1 => t!(words, "time-january"),
        2 => t!(words, "time-february"),
        3 => t!(words, "time-march"),
        4 => t!(words, "time-april"),
        5 => t!(words, "time-may"),
        6 => t!(words, "time-june"),
        7 => t!(words, "time-july"),
        8 => t!(words, "time-august"),
        9 => t!(words, "time-september"),
        10 => t!(words, "time-october"),
        11 => t!(words, "time-november"),
        _ => t!(words, "time-december"),
    }
}

/// A `<time>` that says how long ago it was.
#[component]
pub fn Since(then: DateTime<Utc>, now: Now, words: Words) -> impl IntoView {
    let exact = then.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    view! { <time datetime=exact>{now.since(then, words)}</time> }
}

#[cfg(test)]
mod tests {
    use super::Now;
    use crate::web::{Lang, Words};
    use chrono::{DateTime, Utc};

    #[test]
    fn times_are_said_in_both_languages_and_in_the_school_s_zone() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = Now { now: at("2026-11-22T12:00:00Z"), zone: chrono_tz::Pacific::Auckland };
        let (english, spanish) = (Words(Lang::English), Words(Lang::Spanish));
        for (then, en, es) in [
            ("2026-11-22T11:59:30Z", "just now", "ahora mismo"),
            ("2026-11-22T11:59:00Z", "1 minute ago", "hace 1 minuto"),
            ("2026-11-22T11:18:00Z", "42 minutes ago", "hace 42 minutos"),
            ("2026-11-22T09:00:00Z", "3 hours ago", "hace 3 horas"),
            // Already the 20th in Auckland.
            ("2026-11-19T12:00:00Z", "20 November 2026", "20 de noviembre de 2026"),
        ] {
            assert_eq!(now.since(at(then), english), en);
            assert_eq!(now.since(at(then), spanish), es);
        }
        assert_eq!(now.moment(at("2026-11-19T12:05:00Z"), english), "20 November 2026, 01:05");
        assert_eq!(now.moment(at("2026-11-19T12:05:00Z"), spanish), "20 de noviembre de 2026, 01:05");
    }
}
