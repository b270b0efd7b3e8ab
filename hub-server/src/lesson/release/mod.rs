//! When a class may read a lesson: what the course says, and what the class's teacher says instead.
//!
//! The view `lesson_openings` joins both into one moment per class and lesson. Whatever shows a student something of a
//! lesson asks it, so that nothing behind a closed lesson can be reached by guessing an address.

pub mod handlers;
pub mod store;

use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// What a teacher decides about one lesson of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nothing: the course's own date holds.
    Course,
    Open,
    Locked,
    Scheduled(DateTime<Utc>),
}

impl Release {
    /// As the column `state` has it; nothing where there is no row.
    pub const fn state(self) -> Option<&'static str> {
        match self {
            Self::Course => None,
            Self::Open => Some("open"),
            Self::Locked => Some("locked"),
            Self::Scheduled(_) => Some("scheduled"),
        }
    }

    /// The release of a row.
    pub fn of(state: Option<&str>, opens_at: Option<DateTime<Utc>>) -> Self {
        match (state, opens_at) {
            (Some("open"), _) => Self::Open,
            (Some("locked"), _) => Self::Locked,
            (Some("scheduled"), Some(at)) => Self::Scheduled(at),
            _ => Self::Course,
        }
    }
}

/// Whether a class may read a lesson now, and if not, from when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    Open,
    At(DateTime<Utc>),
    Locked,
}

impl Opening {
    /// From a row of `lesson_openings`: whether it is open now, and its moment where that is a finite one.
    pub fn of(open: bool, opens_at: Option<DateTime<Utc>>) -> Self {
        match (open, opens_at) {
            (true, _) => Self::Open,
            (false, Some(at)) => Self::At(at),
            (false, None) => Self::Locked,
        }
    }

    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// The moment at which the school's clocks show `local`: the first one where they show it twice; nothing where they
/// skip it.
pub fn exactly_at_school(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

/// The same, for dates nobody can be asked about: a time that is skipped becomes the first one after it.
pub fn at_school(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // Clocks that cross the date line skip a whole day.
    let minutes = (0..=25 * 60).map(|minutes| local + Duration::minutes(minutes));
    minutes.into_iter().find_map(|time| exactly_at_school(time, zone)).unwrap_or_else(|| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::{Opening, Release, at_school, exactly_at_school};
    use chrono::{DateTime, NaiveDateTime, Utc};
    use chrono_tz::Tz;

    #[test]
    fn the_school_s_clock_decides_and_it_changes_twice_a_year() {
        use chrono_tz::{America::New_York, Europe::Berlin, Pacific::Apia, UTC};
        for (local, zone, exact, moment) in [
            ("2026-11-23T08:00", UTC, true, "2026-11-23T08:00:00Z"),
            ("2026-11-23T08:00", Berlin, true, "2026-11-23T07:00:00Z"),
            ("2026-07-01T08:00", Berlin, true, "2026-07-01T06:00:00Z"),
            // Shown twice: the first time counts.
            ("2026-10-25T02:30", Berlin, true, "2026-10-25T00:30:00Z"),
            ("2026-11-01T01:30", New_York, true, "2026-11-01T05:30:00Z"),
            // Never shown.
            ("2026-03-29T02:30", Berlin, false, "2026-03-29T01:00:00Z"),
            ("2026-03-08T02:00", New_York, false, "2026-03-08T07:00:00Z"),
            ("2011-12-30T08:00", Apia, false, "2011-12-30T10:00:00Z"),
        ] {
            let time = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap();
            let zone: Tz = zone;
            let expected: DateTime<Utc> = moment.parse().unwrap();
            assert_eq!(at_school(time, zone), expected, "{local} {zone}");
            assert_eq!(exactly_at_school(time, zone), exact.then_some(expected), "{local} {zone}");
        }
    }

    #[test]
    fn a_row_says_when_and_no_row_leaves_it_to_the_course() {
        let at: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        for release in [Release::Course, Release::Open, Release::Locked, Release::Scheduled(at)] {
            assert_eq!(Release::of(release.state(), Some(at)), release);
        }
        assert_eq!(Opening::of(true, None), Opening::Open);
        assert_eq!(Opening::of(false, Some(at)), Opening::At(at));
        assert_eq!(Opening::of(false, None), Opening::Locked);
    }
}
