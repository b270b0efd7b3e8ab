//! Points, kept as whole hundredths so that sums are exact.

use crate::web::{Lang, Words};
use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum};

/// Hundredths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Points(pub i32);

impl Points {
    /// Most there can be; the tables say the same.
    pub const MOST: Self = Self(10_000_000);

    /// So many whole points.
    pub fn whole(points: u32) -> Self {
        Self(i32::try_from(points).unwrap_or(i32::MAX / 100).saturating_mul(100).min(Self::MOST.0))
    }

    /// What somebody typed: digits, and at most two after a point or a comma.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) || whole.len() > 6 {
            return None;
        }
        // What a spreadsheet writes behind the second digit is nothing.
        let (part, rest) = part.split_at(part.len().min(2));
        if rest.bytes().any(|byte| byte != b'0') {
            return None;
        }
        let whole: i32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let hundredths: i32 = format!("{part:0<2}").parse().ok()?;
        Some(Self(whole * 100 + hundredths)).filter(|points| *points <= Self::MOST)
    }

    /// As they are said in a language: `7.5`, and `7,5` in Spanish.
    pub fn said(self, words: Words) -> String {
        match words.0 {
            Lang::English => self.to_string(),
            Lang::Spanish => self.to_string().replace('.', ","),
        }
    }

    /// As a number, for those who read files of ours: they shall not have to know about hundredths.
    pub fn decimal(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            part if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            part => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|points| points.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::Points;
    use crate::web::{Lang, Words};
    use proptest::prelude::*;

    #[test]
    fn points_are_typed_as_people_type_them() {
        for (text, hundredths) in [
            ("7", Some(700)),
            (" 7.5 ", Some(750)),
            ("7,25", Some(725)),
            ("0", Some(0)),
            (".5", Some(50)),
            ("7.", Some(700)),
            ("7.50", Some(750)),
            ("7.5000", Some(750)),
            ("100000", Some(10_000_000)),
            ("100000.01", None),
            ("7.555", None),
            ("-1", None),
            ("+1", None),
            ("", None),
            (".", None),
            ("1e3", None),
            ("=1+1", None),
            ("seven", None),
            ("9999999999999", None),
        ] {
            assert_eq!(Points::parse(text).map(|points| points.0), hundredths, "{text:?}");
        }
    }

    #[test]
    fn points_are_said_in_the_reader_s_language() {
        for (hundredths, english, spanish) in [(8750, "87.5", "87,5"), (725, "7.25", "7,25"), (10_000, "100", "100")] {
            let points = Points(hundredths);
            assert_eq!(points.said(Words(Lang::English)), english);
            assert_eq!(points.said(Words(Lang::Spanish)), spanish);
            assert_eq!(serde_json::json!(points.decimal()).to_string().trim_end_matches(".0"), english);
        }
    }

    proptest! {
        #[test]
        fn what_is_said_can_be_typed(hundredths in 0..=Points::MOST.0) {
            for lang in Lang::ALL {
                prop_assert_eq!(Points::parse(&Points(hundredths).said(Words(lang))), Some(Points(hundredths)));
            }
        }

        #[test]
        fn what_is_shown_can_be_typed(hundredths in 0..=Points::MOST.0) {
            prop_assert_eq!(Points::parse(&Points(hundredths).to_string()), Some(Points(hundredths)));
        }
    }
}
