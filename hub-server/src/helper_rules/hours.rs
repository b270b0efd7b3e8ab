//! When the helper answers, on the school's clock.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use shared_types::scope::{self, Availability, OffBecause};

/// Days and hours of a week. Always, until somebody decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From and to, in minutes of the day; none for the whole day.
    pub minutes: Option<(u16, u16)>,
    /// Monday first.
    pub days: [bool; 7],
}

impl Default for Hours {
    fn default() -> Self {
        Self { minutes: None, days: [true; 7] }
    }
}

impl Hours {
    /// What a token made at `now` says: closed and until when, or open and until when.
    pub fn availability(&self, now: DateTime<Utc>, zone: Tz) -> Availability {
        if *self == Self::default() {
            return Availability::default();
        }
        let local = now.with_timezone(&zone);
        let hours = self.minutes.map(|(from, to)| scope::Hours { from, to });
        let (from, to) = self.minutes.unwrap_or((0, 24 * 60));
        let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default();
        if self.is_day(local.date_naive()) && (from..to).contains(&minute) {
            let until = moment(local.date_naive(), to, zone).map(|at| at.timestamp());
            return Availability { off: None, until, hours };
        }
        let again = (0..=7).filter_map(|days| local.date_naive().checked_add_days(Days::new(days))).find_map(|day| {
            let at = moment(day, from, zone)?;
            (self.is_day(day) && at > now).then(|| at.timestamp())
        });
        Availability { off: Some(OffBecause::Hours), until: again, hours }
    }

    fn is_day(&self, day: chrono::NaiveDate) -> bool {
        self.days[day.weekday().num_days_from_monday() as usize]
    }
}

/// A minute of a school's day; midnight at its end is the next day's first.
fn moment(day: chrono::NaiveDate, minute: u16, zone: Tz) -> Option<DateTime<Utc>> {
    let (day, minute) = if minute >= 24 * 60 { (day.succ_opt()?, 0) } else { (day, u32::from(minute)) };
    let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)?;
    zone.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::Hours;
    use chrono::{DateTime, Utc};
    use shared_types::scope::{self, Availability, OffBecause};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn school_days() -> Hours {
        Hours { minutes: Some((8 * 60, 17 * 60)), days: [true, true, true, true, true, false, false] }
    }

    #[test]
    fn always_says_nothing() {
        assert_eq!(Hours::default().availability(at("2026-11-22T03:00:00Z"), chrono_tz::UTC), Availability::default());
    }

    #[test]
    fn a_school_day_has_a_beginning_and_an_end_on_the_school_s_clock() {
        let madrid = chrono_tz::Europe::Madrid;
        let open = school_days().availability(at("2026-11-23T09:00:00Z"), madrid);
        let hours = Some(scope::Hours { from: 8 * 60, to: 17 * 60 });
        assert_eq!(open, Availability { off: None, until: Some(at("2026-11-23T16:00:00Z").timestamp()), hours });
        let early = school_days().availability(at("2026-11-23T06:59:00Z"), madrid);
        assert_eq!(early.off, Some(OffBecause::Hours));
        assert_eq!(early.until, Some(at("2026-11-23T07:00:00Z").timestamp()));
    }

    #[test]
    fn after_friday_comes_monday() {
        let friday = school_days().availability(at("2026-11-27T17:00:00Z"), chrono_tz::UTC);
        assert_eq!(friday.until, Some(at("2026-11-30T08:00:00Z").timestamp()));
        let never = Hours { days: [false; 7], ..school_days() };
        assert_eq!(never.availability(at("2026-11-27T10:00:00Z"), chrono_tz::UTC).until, None);
    }
}
