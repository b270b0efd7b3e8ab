//! What comes first: the rules by which a home page is put in order. No database, no clock.

use crate::{
    material::{
        outline::{Item, Module},
        state::State,
    },
    ui::time::Now,
};
use chrono::{DateTime, Datelike, Duration, TimeZone, Utc};
use std::cmp::Reverse;

/// A class's work, put in order for one student.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// What to do next; none where everything open is done.
    pub next: Option<Entry<'a>>,
    /// What is due this week, and what is overdue, by date.
    pub week: Vec<Entry<'a>>,
    /// What opens later this week.
    pub opening: Vec<&'a Module>,
    /// What was graded and given back within the last days, the newest first.
    pub returned: Vec<&'a Item>,
}

/// A grade stands at the top of the page for so long.
const NEWS: Duration = Duration::days(7);

/// A material and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub module: &'a Module,
    pub item: &'a Item,
}

impl<'a> Plan<'a> {
    /// Next is what is due first, if that is this week or was before; else the first thing to do in the class's order.
    pub fn of(modules: &'a [Module], now: Now) -> Self {
        let week = Week::of(now);
        let entries = || modules.iter().flat_map(|module| module.items.iter().map(move |item| Entry { module, item }));
        let mut due: Vec<_> = entries().filter(|entry| week.is_about(entry.item)).collect();
        due.sort_by_key(|entry| entry.item.due_at);
        let most_urgent = due.iter().find(|entry| entry.item.is_open_work()).copied();
        let next = most_urgent.or_else(|| entries().find(|entry| entry.item.is_open_work()));
        let opening = modules.iter().filter(|module| module.opens_at.is_some_and(|at| at < week.end)).collect();
        let given_back =
            |item: &Item| item.returned.filter(|_| item.state == State::Returned).map(|mark| mark.returned_at);
        let is_news = |item: &&Item| given_back(item).is_some_and(|at| at > now.now - NEWS);
        let mut returned: Vec<_> = entries().map(|entry| entry.item).filter(is_news).collect();
        returned.sort_by_key(|item| Reverse(given_back(item)));
        Self { next, week: due, opening, returned }
    }
}

/// Monday to Sunday around now, in the school's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Week {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Week {
    fn of(now: Now) -> Self {
        let today = now.now.with_timezone(&now.zone).date_naive();
        let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday()));
        let midnight = |day: chrono::NaiveDate| {
            // Where the clocks change at midnight, the day begins with the first time there is.
            let at = now.zone.from_local_datetime(&day.and_time(chrono::NaiveTime::MIN)).earliest();
            at.map_or_else(|| day.and_time(chrono::NaiveTime::MIN).and_utc(), |at| at.with_timezone(&Utc))
        };
        Self { start: midnight(monday), end: midnight(monday + Duration::days(7)) }
    }

    /// Due in it, or overdue.
    fn is_about(self, item: &Item) -> bool {
        item.due_at.is_some_and(|due| due < self.end && (due >= self.start || item.is_open_work()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Module, Now, Plan, State, Week};
    use crate::{
        grading::Points,
        material::{Kind, outline::Mark},
    };
    use chrono::{DateTime, Utc};
    use shared_types::ids::{MaterialId, ModuleId};
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A Wednesday.
    fn now() -> Now {
        Now { now: at("2026-11-25T12:00:00Z"), zone: chrono_tz::UTC }
    }

    fn item(title: &str, state: State, due: &str) -> Item {
        let due_at = due.parse().ok();
        let id = MaterialId(Uuid::from_u128(1));
        let kind = if state == State::ToRead { Kind::Text } else { Kind::Reflection };
        let title = title.to_owned();
        Item { id, kind, title, lesson: None, due_at, state, typed_over: false, returned: None }
    }

    fn module(items: Vec<Item>, opens_at: Option<DateTime<Utc>>) -> Module {
        let (id, title) = (ModuleId(Uuid::from_u128(2)), "Module".to_owned());
        Module { id, title, open: opens_at.is_none(), opens_at, opened_at: None, items }
    }

    #[test]
    fn what_is_due_first_comes_first_and_otherwise_the_order_of_the_class() {
        for (items, next, week) in [
            (vec![], None, vec![]),
            (vec![item("done", State::Done, ""), item("to do", State::ToDo, "")], Some("to do"), vec![]),
            (
                vec![item("to do", State::ToDo, ""), item("friday", State::Started, "2026-11-27T20:00:00Z")],
                Some("friday"),
                vec!["friday"],
            ),
            (
                vec![
                    item("friday", State::ToDo, "2026-11-27T20:00:00Z"),
                    item("late", State::ToDo, "2026-11-01T20:00:00Z"),
                ],
                Some("late"),
                vec!["late", "friday"],
            ),
            // Next week can wait; what was handed in this week is shown, what was handed in before is not.
            (
                vec![
                    item("first", State::ToDo, ""),
                    item("next week", State::ToDo, "2026-11-30T00:00:00Z"),
                    item("handed in", State::HandedIn, "2026-11-24T00:00:00Z"),
                    item("long done", State::Done, "2026-11-22T23:59:59Z"),
                ],
                Some("first"),
                vec!["handed in"],
            ),
            // What is only there to be read is work where it has a date; what is locked is not.
            (
                vec![
                    item("text", State::ToRead, ""),
                    item("read by friday", State::ToRead, "2026-11-27T20:00:00Z"),
                    item("locked", State::Locked(None), ""),
                ],
                Some("read by friday"),
                vec!["read by friday"],
            ),
            (vec![item("text", State::ToRead, ""), item("locked", State::Locked(None), "")], None, vec![]),
        ] {
            let modules = [module(items, None)];
            let plan = Plan::of(&modules, now());
            assert_eq!(plan.next.map(|entry| entry.item.title.as_str()), next);
            assert_eq!(plan.week.iter().map(|entry| entry.item.title.as_str()).collect::<Vec<_>>(), week);
        }
    }

    #[test]
    fn what_was_given_back_is_news_for_a_week_unless_it_was_worked_on_since() {
        let returned = |title, state, at: &str| {
            let mark = Mark { points: None, most: Points::default(), excused: false, returned_at: self::at(at) };
            Item { returned: Some(mark), ..item(title, state, "") }
        };
        let modules = [module(
            vec![
                returned("monday", State::Returned, "2026-11-23T08:00:00Z"),
                returned("today", State::Returned, "2026-11-25T08:00:00Z"),
                returned("long ago", State::Returned, "2026-11-18T11:00:00Z"),
                returned("better by now", State::HandedIn, "2026-11-25T09:00:00Z"),
                item("never", State::HandedIn, ""),
            ],
            None,
        )];
        let plan = Plan::of(&modules, now());
        assert_eq!(plan.returned.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), ["today", "monday"]);
    }

    #[test]
    fn what_opens_this_week_is_announced() {
        let modules = ["2026-11-29T23:00:00Z", "2026-11-30T00:00:00Z"].map(|opens| module(vec![], Some(at(opens))));
        assert_eq!(Plan::of(&modules, now()).opening.len(), 1);
    }

    #[test]
    fn a_week_is_the_school_s() {
        let auckland = Week::of(Now { now: at("2026-11-22T12:00:00Z"), zone: chrono_tz::Pacific::Auckland });
        // There it is Monday already.
        assert_eq!(auckland, Week { start: at("2026-11-22T11:00:00Z"), end: at("2026-11-29T11:00:00Z") });
        let utc = Week::of(Now { now: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC });
        assert_eq!(utc, Week { start: at("2026-11-16T00:00:00Z"), end: at("2026-11-23T00:00:00Z") });
    }
}
