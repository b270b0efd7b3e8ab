//! The order of a course's lessons, and the session numbers that follow it.

/// `order` with `id` in the given place, the first being 1; and the place it had, none where it was not there.
pub fn moved<T: PartialEq + Copy>(mut order: Vec<T>, id: T, place: usize) -> (Vec<T>, Option<usize>) {
    let at = order.iter().position(|other| *other == id);
    if let Some(at) = at {
        order.remove(at);
    }
    order.insert(place.saturating_sub(1).min(order.len()), id);
    (order, at.map(|at| at + 1))
}

/// The session numbers after a change of the order. Where they said the place of each lesson they go on saying it; else,
/// with the same lessons in another order, the numbers stay where they are and the lessons move; else each keeps its own.
///
/// `before` are the numbers in the old order, `own` those of the lessons in the new one.
pub fn sessions(before: &[Option<i32>], own: &[Option<i32>]) -> Vec<Option<i32>> {
    let says_places = before.iter().any(Option::is_some)
        && before.iter().zip(1..).all(|(session, place)| session.is_none_or(|session| session == place));
    if says_places {
        own.iter().zip(1..).map(|(_, place)| Some(place)).collect()
    } else if before.len() == own.len() {
        before.to_vec()
    } else {
        own.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::{moved, sessions};

    #[test]
    fn a_place_is_found_however_far_off_it_is() {
        for (id, place, order, before) in [
            ('b', 1, "bac", Some(2)),
            ('b', 3, "acb", Some(2)),
            ('a', 0, "abc", Some(1)),
            ('a', 99, "bca", Some(1)),
            ('d', 2, "adbc", None),
        ] {
            assert_eq!(moved(vec!['a', 'b', 'c'], id, place), (order.chars().collect(), before));
        }
    }

    #[test]
    fn session_numbers_follow_the_place() {
        let some = |numbers: &[i32]| numbers.iter().copied().map(Some).collect::<Vec<_>>();
        for (before, own, after) in [
            // Moved, one taken out, one brought back: each lesson has the number of its place.
            (some(&[1, 2, 3]), some(&[3, 1, 2]), some(&[1, 2, 3])),
            (some(&[1, 2, 3]), some(&[1, 3]), some(&[1, 2])),
            (some(&[1, 2]), some(&[1, 3, 2]), some(&[1, 2, 3])),
            (vec![Some(1), Some(2), None], vec![None, Some(1), Some(2)], some(&[1, 2, 3])),
            // Two lessons in one session: it stays two, whichever they are.
            (some(&[1, 1, 2]), some(&[1, 2, 1]), some(&[1, 1, 2])),
            (some(&[5, 6, 7]), some(&[5, 7]), some(&[5, 7])),
            // No numbers at all.
            (vec![None, None], vec![None, None], vec![None, None]),
        ] {
            assert_eq!(sessions(&before, &own), after, "{before:?} {own:?}");
        }
    }
}
