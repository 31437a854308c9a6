//! Chance that can be repeated.

use std::time::{Duration, UNIX_EPOCH};

/// xorshift64*: the same places and moments for the same seed.
pub struct Chance(u64);

impl Default for Chance {
    fn default() -> Self {
        Self::new()
    }
}

impl Chance {
    /// From `TACIT_SEED`, else from the clock. Printed, so that a failure can be repeated.
    #[must_use]
    pub fn new() -> Self {
        let clock = || UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
        let seed = std::env::var("TACIT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(clock);
        println!("TACIT_SEED={seed}");
        Self(seed | 1 << 63)
    }

    /// A number from 0 to the one before `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u128::try_from(end).unwrap_or_default();
        usize::try_from((u128::from(self.next()) * end) >> 64).unwrap_or_default()
    }

    /// A while, this long at most.
    pub fn up_to(&mut self, most: Duration) -> Duration {
        most * u32::try_from(self.next() >> 48).unwrap_or_default() / 65_536
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
}
