//! When a class's outcomes are reached. No I/O.

/// What a class asks for, each in percent; none where it is not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Of the lessons of the class's courses, finished.
    pub lessons: Option<i16>,
    /// Of what is to be done in the class, done: handed in, answered, or returned with a grade.
    pub work: Option<i16>,
    /// The average of the grades that were returned, each counting alike.
    pub grade: Option<i16>,
}

impl Thresholds {
    /// Nothing is asked for: the teacher chooses by hand.
    pub const fn is_empty(self) -> bool {
        self.lessons.is_none() && self.work.is_none() && self.grade.is_none()
    }
}

/// Where a student stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    pub lessons: i64,
    pub lessons_done: i64,
    pub work: i64,
    pub work_done: i64,
    /// In percent; none where no grade was returned.
    pub average: Option<f64>,
}

/// One thing that is still missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// So many lessons.
    Lessons(i64),
    /// So many pieces of work.
    Work(i64),
    /// The average is below the threshold of so many percent.
    Grade(i16),
}

/// What is missing until everything is reached; nothing where it is.
pub fn missing(asked: Thresholds, progress: &Progress) -> Vec<Missing> {
    let short = |percent: Option<i16>, all: i64, done: i64| {
        // Where a class has nothing of the kind yet, nobody has reached a share of it.
        let needed = percent.map_or(0, |percent| ((all * i64::from(percent) + 99) / 100).max(1));
        (needed > done).then_some(needed - done)
    };
    let grade = asked.grade.filter(|least| progress.average.is_none_or(|average| average + 1e-9 < f64::from(*least)));
    [
        short(asked.lessons, progress.lessons, progress.lessons_done).map(Missing::Lessons),
        short(asked.work, progress.work, progress.work_done).map(Missing::Work),
        grade.map(Missing::Grade),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{Missing, Progress, Thresholds, missing};

    #[test]
    fn each_threshold_is_reached_by_itself() {
        let progress = Progress { lessons: 12, lessons_done: 9, work: 8, work_done: 8, average: Some(79.5) };
        for (lessons, work, grade, expected) in [
            (None, None, None, vec![]),
            (Some(75), Some(100), Some(79), vec![]),
            // 9.12 lessons are ten.
            (Some(76), None, None, vec![Missing::Lessons(1)]),
            (Some(100), None, Some(80), vec![Missing::Lessons(3), Missing::Grade(80)]),
        ] {
            assert_eq!(missing(Thresholds { lessons, work, grade }, &progress), expected);
        }
        let nothing = Progress { lessons: 12, ..Progress::default() };
        let all = Thresholds { lessons: Some(1), work: Some(100), grade: Some(1) };
        // A student without a grade has no average.
        assert_eq!(missing(all, &nothing), [Missing::Lessons(1), Missing::Work(1), Missing::Grade(1)]);
    }
}
