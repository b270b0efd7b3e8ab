//! Where in a turn's stream an event stands, so that an event which comes twice counts once.

/// A Redis entry id: milliseconds and a number within them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position(u64, u64);

fn parse(id: &str) -> Option<Position> {
    let (ms, number) = id.split_once('-')?;
    Some(Position(ms.parse().ok()?, number.parse().ok()?))
}

/// The last event taken from a stream.
#[derive(Debug, Default)]
pub struct Seen {
    id: String,
}

impl Seen {
    /// Whether the event with this id is new; then it becomes the last one seen. An event without an id
    /// is always new; ids of another form are unless they repeat the last.
    pub fn take(&mut self, id: &str) -> bool {
        if id.is_empty() {
            return true;
        }
        let new = match (parse(id), parse(&self.id)) {
            (Some(id), Some(last)) => id > last,
            _ => id != self.id,
        };
        if new {
            id.clone_into(&mut self.id);
        }
        new
    }

    /// The id to resume after; empty before the first event.
    pub fn last(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn an_event_that_comes_again_is_not_new() {
        let mut seen = Seen::default();
        assert!(seen.take("1700000000000-0"));
        assert!(!seen.take("1700000000000-0"));
        assert!(seen.take("1700000000000-10"));
        assert!(!seen.take("1700000000000-9"), "numbers compare as numbers");
        assert!(seen.take("1700000000001-0"));
        assert_eq!(seen.last(), "1700000000001-0");
    }

    #[test]
    fn ids_of_another_form_are_taken_once() {
        let mut seen = Seen::default();
        assert!(seen.take("stored"));
        assert!(!seen.take("stored"));
        assert!(seen.take(""), "it has no position");
        assert_eq!(seen.last(), "stored");
    }
}
