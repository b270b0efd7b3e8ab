//! How long to wait before asking a helper that did not answer again.

const FIRST_MS: u32 = 1_000;
const LONGEST_MS: u32 = 10_000;

/// Doubles the wait with every failure, up to ten seconds, and starts over after a success.
#[derive(Debug)]
pub struct Patience {
    next_ms: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { next_ms: FIRST_MS }
    }
}

impl Patience {
    /// The wait after one more failure, in milliseconds.
    pub fn after_failure(&mut self) -> u32 {
        let wait = self.next_ms;
        self.next_ms = (wait * 2).min(LONGEST_MS);
        wait
    }

    pub fn start_over(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::Patience;

    #[test]
    fn the_wait_grows_to_ten_seconds_and_no_further() {
        let mut patience = Patience::default();
        let waits: Vec<u32> = (0..6).map(|_| patience.after_failure()).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
        patience.start_over();
        assert_eq!(patience.after_failure(), 1_000);
    }
}
