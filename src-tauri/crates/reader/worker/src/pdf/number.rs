//! Between counts and measures.

/// A count as a measure; counts of what a page holds are far below what `f64` cannot tell apart.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub fn measure(count: usize) -> f64 {
    count as f64
}

/// The step of a grid that a measure falls on; what is no number falls on the first.
#[allow(clippy::cast_possible_truncation, reason = "a cast to an integer keeps to its limits")]
pub fn step(measure: f64, of: f64) -> i32 {
    (measure / of).floor() as i32
}
