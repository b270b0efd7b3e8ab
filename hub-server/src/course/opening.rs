//! When a lesson opens, as its author wrote it: a date, or a date and a time of the school.

use super::{PackFault, sheet::Sheet, why::Why};
use crate::lesson::release::at_school;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// The names the field goes by.
const FIELDS: [&str; 3] = ["available_on", "release_date", "opens_on"];

/// A point in time that may still need a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// On the school's clock.
    Local(NaiveDateTime),
    /// Written with an offset.
    Exact(DateTime<Utc>),
}

impl Opening {
    /// What a lesson's fields say, or nothing where they say nothing.
    pub fn of(sheet: &Sheet) -> Result<Option<Self>, PackFault> {
        let Some(field) = FIELDS.into_iter().find(|field| sheet.has(field)) else { return Ok(None) };
        let text = sheet.text(field)?.unwrap_or_default();
        if text.is_empty() {
            return Ok(None);
        }
        Self::parse(&text).map(Some).ok_or_else(|| sheet.fault(field, Why::NotADate))
    }

    fn parse(text: &str) -> Option<Self> {
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::Local(date.and_time(NaiveTime::MIN)));
        }
        let text = text.replacen(' ', "T", 1).to_ascii_uppercase();
        // `2026-11-30 08:15 +01:00`, `2026-11-30T08:15Z`.
        let close = text.replace(' ', "").replace('Z', "+00:00");
        let zoned = ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M:%S%.f%:z"];
        if let Some(exact) = zoned.into_iter().find_map(|form| DateTime::parse_from_str(&close, form).ok()) {
            return Some(Self::Exact(exact.to_utc()));
        }
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f"];
        forms.into_iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok()).map(Self::Local)
    }

    /// The point in time, at a school in `zone`.
    pub fn at(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Exact(at) => at,
            Self::Local(local) => at_school(local, zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Opening, Sheet};

    fn at(yaml: &str) -> Result<Option<String>, String> {
        let sheet = Sheet::parse("a.md", yaml, 1).unwrap();
        let opening = Opening::of(&sheet).map_err(|fault| fault.to_string())?;
        Ok(opening.map(|opening| opening.at(chrono_tz::Europe::Madrid).format("%Y-%m-%dT%H:%MZ").to_string()))
    }

    #[test]
    fn dates_and_times_are_the_school_s() {
        for (yaml, expected) in [
            ("available_on: 2026-11-30", "2026-11-29T23:00Z"),
            ("release_date: \"2026-07-01\"", "2026-06-30T22:00Z"),
            ("opens_on: 2026-11-30 08:15", "2026-11-30T07:15Z"),
            ("available_on: 2026-11-30T08:15:00", "2026-11-30T07:15Z"),
            ("available_on: 2026-11-30T08:15:00Z", "2026-11-30T08:15Z"),
            ("available_on: 2026-11-30 08:15:00+05:30", "2026-11-30T02:45Z"),
            ("available_on: 2026-11-30T08:15Z", "2026-11-30T08:15Z"),
            ("available_on: 2026-11-30t08:15+01:00", "2026-11-30T07:15Z"),
            ("available_on: 2026-11-30 08:15 +01:00", "2026-11-30T07:15Z"),
            ("available_on: 2026-11-30 08:15:00.5 -0300", "2026-11-30T11:15Z"),
            ("available_on: 2026-11-30 08:15 Z", "2026-11-30T08:15Z"),
            // The hour that comes twice, and the one that is skipped.
            ("available_on: 2026-10-25 02:30", "2026-10-25T00:30Z"),
            ("available_on: 2026-03-29 02:30", "2026-03-29T01:00Z"),
        ] {
            assert_eq!(at(yaml).unwrap().as_deref(), Some(expected), "{yaml}");
        }
        assert_eq!(at("available_on:\n"), Ok(None));
        assert_eq!(at("title: a\n"), Ok(None));
        for bad in ["2026-11-30 08:15 Madrid", "2026-11-30 8 15", "2026-11-30+01:00", "08:15Z", "2026-11-30 25:15Z"] {
            assert!(at(&format!("opens_on: \"{bad}\"\n")).is_err(), "{bad}");
        }
        let fault = at("title: a\nopens_on: next Monday\n").unwrap_err();
        assert!(fault.starts_with("a.md, line 3, opens_on: must be a date"), "{fault}");
    }
}
