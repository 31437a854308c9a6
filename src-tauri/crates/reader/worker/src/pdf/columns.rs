//! The order in which people read what stands on a page: columns one after the other, what spans them in between.

use std::collections::VecDeque;

use super::lines::Piece;
use super::number::measure;
use super::unicode;

/// Pieces that are looked at for columns; a page with more is a drawing.
const MOST: usize = 4000;
/// A stretch of the `u` axis.
type Stretch = (f64, f64);

/// Parts pieces (sorted by their baselines) into stretches of one column each, in reading order.
pub fn in_order(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let to_left = is_right_to_left(&pieces);
    let mut columns = Vec::new();
    part(pieces, to_left, 0, &mut columns);
    columns
}

/// Whether most of it is written from right to left, and so its columns are too.
pub fn is_right_to_left(pieces: &[Piece]) -> bool {
    let all = || pieces.iter().flat_map(|piece| &piece.atoms).flat_map(|atom| atom.text.chars());
    let to_left = all().filter(|it| unicode::is_right_to_left(*it)).count();
    to_left > 0 && to_left * 2 > all().filter(|it| it.is_alphabetic()).count()
}

fn part(pieces: Vec<Piece>, to_left: bool, depth: usize, columns: &mut Vec<Vec<Piece>>) {
    /// Columns within columns within columns.
    const DEEPEST: usize = 6;
    if pieces.len() < 6 || pieces.len() > MOST || depth > DEEPEST {
        columns.push(pieces);
        return;
    }
    let mut alone = Vec::new();
    let mut rest = VecDeque::from(pieces);
    while !rest.is_empty() {
        match group(rest.make_contiguous()) {
            Some((length, gutter)) => {
                if !alone.is_empty() {
                    columns.push(std::mem::take(&mut alone));
                }
                let (mut before, mut after): (Vec<_>, Vec<_>) =
                    rest.drain(..length).partition(|piece| piece.u1 <= gutter.0 + 0.01);
                if to_left {
                    std::mem::swap(&mut before, &mut after);
                }
                part(before, to_left, depth + 1, columns);
                part(after, to_left, depth + 1, columns);
            }
            None => alone.extend(rest.pop_front()),
        }
    }
    if !alone.is_empty() {
        columns.push(alone);
    }
}

/// How many of the first pieces stand in columns, and the gutter between two of them.
fn group(pieces: &[Piece]) -> Option<(usize, Stretch)> {
    let size = pieces.first()?.size;
    let least = (0.7 * size).max(5.0);
    let whole = span(pieces);
    let mut taken: Vec<Stretch> = Vec::new();
    let mut best = None;
    for (at, piece) in pieces.iter().enumerate() {
        let mut now = taken.clone();
        add(&mut now, (piece.u0, piece.u1), least);
        if now.len() < 2
            && (taken.len() > 1 || now.first().is_some_and(|one| one.1 - one.0 > 0.6 * (whole.1 - whole.0)))
        {
            break;
        }
        taken = now;
        best = Some(at + 1);
    }
    let length = best?;
    let group = pieces.get(..length)?;
    let gutters = taken.windows(2).filter_map(|two| Some((*two.first()?, *two.get(1)?)));
    let parts = gutters.filter(|(before, after)| are_columns(group, *before, *after, whole));
    let widest = parts.max_by(|one, other| (one.1.0 - one.0.1).total_cmp(&(other.1.0 - other.0.1)))?;
    Some((length, (widest.0.1, widest.1.0)))
}

fn span(pieces: &[Piece]) -> Stretch {
    pieces.iter().fold((f64::MAX, f64::MIN), |whole, piece| (whole.0.min(piece.u0), whole.1.max(piece.u1)))
}

/// Adds a stretch to sorted ones that are further apart than `least`.
fn add(taken: &mut Vec<Stretch>, mut new: Stretch, least: f64) {
    taken.retain(|old| {
        let apart = old.1 + least <= new.0 || new.1 + least <= old.0;
        if !apart {
            new = (new.0.min(old.0), new.1.max(old.1));
        }
        apart
    });
    let at = taken.partition_point(|old| old.0 < new.0);
    taken.insert(at, new);
}

/// Whether two stretches that no piece crosses hold running text, and not the cells of a table.
fn are_columns(group: &[Piece], before: Stretch, after: Stretch, whole: Stretch) -> bool {
    let inside = |stretch: Stretch| -> Vec<&Piece> {
        group.iter().filter(|piece| piece.u0 >= stretch.0 - 0.01 && piece.u1 <= stretch.1 + 0.01).collect()
    };
    let (left, right) = (inside(before), inside(after));
    let (left_prose, right_prose) = (Prose::of(&left, before), Prose::of(&right, after));
    let whole = whole.1 - whole.0;
    let narrow = (before.1 - before.0).min(after.1 - after.0) < 0.12 * whole;
    if left.len() < 3 || right.len() < 3 || narrow || left_prose.length.min(right_prose.length) <= 9.0 {
        return false;
    }
    let filled = left_prose.filled.min(right_prose.filled) > 0.6;
    let long = left_prose.long.min(right_prose.long) > 0.5;
    filled || long || aligned(&left, &right) < 0.6
}

/// How much what stands in a column looks like running text.
struct Prose {
    /// How much of its width its pieces fill.
    filled: f64,
    /// How many characters its pieces have.
    length: f64,
    /// The share of its characters that stand in long pieces, which fill most of its width.
    long: f64,
}

impl Prose {
    fn of(pieces: &[&Piece], column: Stretch) -> Self {
        /// Cells of tables are shorter.
        const LONG: usize = 20;
        let (count, width) = (measure(pieces.len().max(1)), (column.1 - column.0).max(1.0));
        let characters = |pieces: &mut dyn Iterator<Item = &&Piece>| measure(pieces.map(|piece| piece.length()).sum());
        let all = characters(&mut pieces.iter());
        let is_long = |piece: &&&Piece| piece.length() >= LONG && piece.width() > 0.6 * width;
        Self {
            filled: pieces.iter().map(|piece| piece.width()).sum::<f64>() / (count * width),
            length: all / count,
            long: characters(&mut pieces.iter().filter(is_long)) / all.max(1.0),
        }
    }
}

/// The share of the pieces on the side with fewer that stand on a line with one of the other side.
fn aligned(left: &[&Piece], right: &[&Piece]) -> f64 {
    let (few, many) = if left.len() < right.len() { (left, right) } else { (right, left) };
    let on_a_line = |piece: &&&Piece| many.iter().any(|other| (other.base - piece.base).abs() < 0.5 * piece.size);
    measure(few.iter().filter(on_a_line).count()) / measure(few.len().max(1))
}
