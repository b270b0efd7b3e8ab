//! Due dates as a form has them: a day and a time in the school's zone, without saying which zone.

use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// As `<input type="datetime-local">` has it.
const FORMAT: &str = "%Y-%m-%dT%H:%M";

/// The time that was typed; an empty field is no date.
pub fn parse(text: &str, zone: Tz) -> Result<Option<DateTime<Utc>>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = NaiveDateTime::parse_from_str(text, FORMAT);
    let typed = parsed.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")).map_err(|_| ())?;
    // An hour that is skipped when the clocks change ends where the next one begins; of one that comes twice it is the
    // second: nobody's work is late by it.
    let at = zone.from_local_datetime(&typed).latest();
    let at = at.or_else(|| zone.from_local_datetime(&(typed + Duration::hours(1))).earliest());
    at.map(|at| Some(at.with_timezone(&Utc))).ok_or(())
}

/// What the field shows.
pub fn shown(at: Option<DateTime<Utc>>, zone: Tz) -> String {
    at.map(|at| at.with_timezone(&zone).format(FORMAT).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{parse, shown};

    #[test]
    fn a_time_is_meant_in_the_school_s_zone() {
        for (zone, typed, utc) in [
            (chrono_tz::UTC, "2026-11-27T23:59", "2026-11-27T23:59:00Z"),
            (chrono_tz::America::Lima, "2026-11-27T23:59", "2026-11-28T04:59:00Z"),
            (chrono_tz::Europe::Madrid, "2026-07-01T08:00", "2026-07-01T06:00:00Z"),
            // Skipped: the clocks go from 2:00 to 3:00.
            (chrono_tz::Europe::Madrid, "2026-03-29T02:30", "2026-03-29T01:30:00Z"),
            // Twice.
            (chrono_tz::Europe::Madrid, "2026-10-25T02:30", "2026-10-25T01:30:00Z"),
        ] {
            assert_eq!(parse(typed, zone).unwrap(), utc.parse().ok(), "{zone} {typed}");
        }
        assert_eq!(shown("2026-11-28T04:59:00Z".parse().ok(), chrono_tz::America::Lima), "2026-11-27T23:59");
        assert_eq!(parse("  ", chrono_tz::UTC), Ok(None));
        for bad in ["tomorrow", "2026-02-30T10:00", "2026-11-27"] {
            assert_eq!(parse(bad, chrono_tz::UTC), Err(()), "{bad}");
        }
    }
}
