//! The part of a file a browser asks for (RFC 9110, section 14).

use std::ops::Range;

/// What a `Range` header comes to for a file of some length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The whole file: nothing was asked, or in a way we do not serve.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes the file does not have.
    Outside,
}

/// Reads `header` for a file of `length` bytes. Several ranges at once are answered with the whole file.
pub fn asked(header: Option<&str>, length: u64) -> Asked {
    let Some(ranges) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else { return Asked::Whole };
    let Some((first, last)) = ranges.split_once('-').filter(|_| !ranges.contains(',')) else { return Asked::Whole };
    let (first, last) = (first.trim(), last.trim());
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match (number(first), number(last)) {
        // The last so many bytes.
        (None, Some(count)) if first.is_empty() => {
            if count == 0 || length == 0 {
                Asked::Outside
            } else {
                Asked::Part(length.saturating_sub(count)..length)
            }
        }
        (Some(first), last) if last.is_some() != ranges.ends_with('-') => {
            let end = last.map_or(length, |last| last.saturating_add(1).min(length));
            if last.is_some_and(|last| last < first) {
                Asked::Whole
            } else if first >= length {
                Asked::Outside
            } else {
                Asked::Part(first..end)
            }
        }
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked};

    #[test]
    fn one_range_is_served_and_everything_else_is_the_whole_file() {
        for (header, expected) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=5-", Asked::Part(5..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=90-1000", Asked::Part(90..100)),
            ("bytes=99-99", Asked::Part(99..100)),
            ("bytes=100-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=9-3", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=x-9", Asked::Whole),
            ("bytes=1-x", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-9", Asked::Whole),
            ("items=0-9", Asked::Whole),
            ("", Asked::Whole),
        ] {
            assert_eq!(asked(Some(header), 100), expected, "{header}");
        }
        assert_eq!(asked(None, 100), Asked::Whole);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Outside);
    }
}
