//! `GET /teach/classes/{classroom}`: the class today, and how to join it.

use super::pages;
use crate::{
    announcement,
    app::App,
    code,
    live::store as live,
    web::{Keeping, PageResult, Shows, Viewing},
};
use axum::extract::State;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// How many announcements stand on the page itself.
const ANNOUNCEMENTS: i64 = 3;

/// Shows the class's first tab.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, keeping: Keeping) -> PageResult {
    let (shows, waiting) = (Shows::Class(classroom.id), app.live.waiting(classroom.id));
    let keeping = keeping.seen_by((&staff, &classroom, role, &waiting));
    let page = async |frame| {
        let now = app.now_at_school();
        let since = midnight(now.now, now.zone);
        let mut db = app.db.acquire().await?;
        let snapshot = live::snapshot(&mut db, classroom.id, since, now.now).await?;
        let announcements = announcement::store::of_class(&mut db, classroom.id, Some(now.now), ANNOUNCEMENTS).await?;
        drop(db);
        let (may_change, join) = (role.may_teach(), format!("/?code={}", code::shown(&classroom.code)));
        let join_url = app.config.public_url.join(&join);
        let today = pages::Today { staff, may_change, snapshot, waiting, announcements, now, join_url, classroom };
        Ok(pages::today(frame, today).await)
    };
    keeping.page(&app, shows, page).await
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
