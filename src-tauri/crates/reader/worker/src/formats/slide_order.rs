//! In which order the shapes of a slide are read.

/// Where a shape stands, in any one unit.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) title: bool,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) height: f32,
}

/// The shapes' indices: titles, then from the top; shapes whose upper halves are level are read from the left.
pub(super) fn order(places: &[Place]) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..places.len()).collect();
    let place = |i: &usize| places.get(*i).copied().unwrap_or_default();
    indices.sort_by(|a, b| {
        let (a, b) = (place(a), place(b));
        b.title.cmp(&a.title).then(a.y.total_cmp(&b.y)).then(a.x.total_cmp(&b.x))
    });
    let mut from = 0;
    while let Some(first) = indices.get(from).map(place) {
        let level = |i: &usize| place(i).title == first.title && place(i).y <= first.y + first.height / 2.0;
        let count = indices.iter().skip(from).take_while(|i| level(i)).count().max(1);
        if let Some(line) = indices.get_mut(from..from + count) {
            line.sort_by(|a, b| place(a).x.total_cmp(&place(b).x));
        }
        from += count;
    }
    indices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_then_lines_from_the_left() {
        let place = |title, x, y| Place { title, x, y, height: 20.0 };
        let places =
            [place(false, 300.0, 95.0), place(false, 10.0, 100.0), place(true, 10.0, 300.0), place(false, 0.0, 200.0)];
        assert_eq!(order(&places), [2, 1, 0, 3]);
    }

    #[test]
    fn places_that_are_no_numbers_are_ordered_too() {
        let place = Place { x: f32::NAN, y: f32::NAN, height: f32::NAN, title: false };
        assert_eq!(order(&[place, place, Place::default()]).len(), 3);
    }
}
