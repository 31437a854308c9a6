//! Of facts that overlap, the better one.

use std::cmp::Reverse;

use crate::{Found, Kind};

/// A fact inside another of better kind is not told twice: the date in a deadline, the city in an address.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Deadline => 9,
        Kind::Contact => 8,
        Kind::Sum => 7,
        Kind::Percent => 6,
        Kind::Date => 5,
        Kind::Reference => 4,
        Kind::Quantity => 3,
        Kind::Person => 2,
        Kind::Organisation => 1,
        Kind::Place => 0,
    }
}

/// The best of each group that overlaps, in the order of the text. Better is: the kind, then the length, then the
/// confidence.
pub(crate) fn best(mut found: Vec<Found>, tokens: usize) -> Vec<Found> {
    found.sort_by_key(|fact| {
        (Reverse(rank(fact.kind)), Reverse(fact.tokens.len()), Reverse(fact.confidence), fact.tokens.start)
    });
    let mut taken = vec![false; tokens];
    let mut kept: Vec<Found> = Vec::new();
    for fact in found {
        let Some(places) = taken.get_mut(fact.tokens.clone()) else { continue };
        if !places.is_empty() && !places.contains(&true) {
            places.fill(true);
            kept.push(fact);
        }
    }
    kept.sort_by_key(|fact| fact.tokens.start);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence::High;

    #[test]
    fn a_date_in_a_deadline_is_not_told_twice() {
        let date = Found::new(Kind::Date, 3..6, None, High);
        let deadline = Found::new(Kind::Deadline, 0..6, None, High);
        let later = Found::new(Kind::Date, 7..8, None, High);
        let kinds: Vec<Kind> = best(vec![date, later, deadline], 9).iter().map(|found| found.kind).collect();
        assert_eq!(kinds, [Kind::Deadline, Kind::Date]);
    }
}
