//! `GET /teach/classes/{classroom}`: the class today, and how to join it.

use super::pages;
use crate::{
    announcement,
    app::App,
    code,
    live::store as live,
    web::{Keeping, PageResult, Viewing},
};
use axum::extract::State;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// How many announcements stand on the page itself.
const ANNOUNCEMENTS: i64 = 3;

/// Shows the class's first tab.
pub async fn show(
    State(app): State<App>,
    Keeping(Viewing { staff, classroom, role }, keeper): Keeping<Viewing>,
) -> PageResult {
    let waiting = app.live.waiting(classroom.id);
    let page = keeper.and(waiting).page(&app, async |frame, mut db| {
        let now = app.now_at_school();
        let since = midnight(now.now, now.zone);
        let snapshot = live::snapshot(&mut db, classroom.id, since, now.now).await?;
        let announcements = announcement::store::of_class(&mut db, classroom.id, Some(now.now), ANNOUNCEMENTS).await?;
        drop(db);
        let (may_change, join) = (role.may_teach(), format!("/?code={}", code::shown(&classroom.code)));
        let join_url = app.config.public_url.join(&join);
        let today = pages::Today { staff, classroom, snapshot, waiting, announcements, now, join_url, may_change };
        Ok(pages::today(frame, today).await)
    });
    page.await
}

/// When the school's day began.
pub fn midnight(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let day = now.with_timezone(&zone).date_naive().and_time(chrono::NaiveTime::MIN);
    // Where the clocks change at midnight, the day begins with the first time there is.
    zone.from_local_datetime(&day).earliest().map_or(now - chrono::Duration::days(1), |start| start.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::midnight;
    use chrono::{DateTime, Utc};

    #[test]
    fn the_day_begins_in_the_school_s_zone() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(midnight(at("2026-11-22T12:00:00Z"), chrono_tz::UTC), at("2026-11-22T00:00:00Z"));
        assert_eq!(midnight(at("2026-11-22T12:00:00Z"), chrono_tz::Pacific::Auckland), at("2026-11-22T11:00:00Z"));
        assert_eq!(midnight(at("2026-11-22T03:00:00Z"), chrono_tz::America::Lima), at("2026-11-21T05:00:00Z"));
    }
}
