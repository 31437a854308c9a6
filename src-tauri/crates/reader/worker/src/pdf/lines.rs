//! From glyphs to pieces of lines: what stands on one baseline without a gap, in reading direction.
//!
//! A page may be written in four directions. Each is laid out in coordinates of its own, as if it were upright: `u`
//! grows along the line, `v` from line to line.

use std::collections::HashMap;

use hayro_interpret::kurbo::{Point, Rect};
use reader::wire::Why;

use super::glyphs::{Content, Glyph};
use super::letters::{accents, is_lone_accent, marks_to_letters, put_on, spaces};
use super::number::{measure, step};
use super::unicode;

/// A gap that parts pieces.
const GAP: f64 = 0.9;
/// How far above and below its baseline text reaches.
const ASCENT: f64 = 0.8;
const DESCENT: f64 = 0.22;

/// A direction of writing, by the quarter turns (clockwise) that make it from upright text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    fn of(glyph: &Glyph) -> Self {
        if glyph.vertical {
            return Self::Quarter;
        }
        let (dx, dy) = (glyph.end.x - glyph.origin.x, glyph.end.y - glyph.origin.y);
        match (dx.abs() >= dy.abs(), dx >= 0.0, dy >= 0.0) {
            (true, true, _) => Self::None,
            (true, false, _) => Self::Half,
            (false, _, true) => Self::Quarter,
            (false, _, false) => Self::ThreeQuarters,
        }
    }

    fn upright(self, at: Point, width: f64, height: f64) -> Point {
        match self {
            Self::None => at,
            Self::Quarter => Point::new(at.y, width - at.x),
            Self::Half => Point::new(width - at.x, height - at.y),
            Self::ThreeQuarters => Point::new(height - at.y, at.x),
        }
    }

    /// From upright coordinates back to the page's, which is so large.
    pub fn on_page(self, place: Rect, width: f64, height: f64) -> Rect {
        let back = |at: Point| match self {
            Self::None => at,
            Self::Quarter => Point::new(width - at.y, at.x),
            Self::Half => Point::new(width - at.x, height - at.y),
            Self::ThreeQuarters => Point::new(at.y, height - at.x),
        };
        Rect::from_points(back(Point::new(place.x0, place.y0)), back(Point::new(place.x1, place.y1)))
    }
}

/// A glyph on its line.
#[derive(Clone, Debug)]
pub struct Atom {
    pub text: String,
    pub u0: f64,
    pub u1: f64,
    pub base: f64,
    pub size: f64,
    /// Whether a space was drawn before it.
    pub spaced: bool,
    pub bold: bool,
    pub hidden: Option<Why>,
}

impl Atom {
    /// Whether it stands on another.
    pub fn is_mark(&self) -> bool {
        self.text.chars().all(unicode::is_mark)
    }

    /// Whether the middle of a mark stands over or under it.
    pub fn carries(&self, mark: &Self) -> bool {
        let middle = f64::midpoint(mark.u0, mark.u1);
        middle >= self.u0 - 0.05 * self.size && middle <= self.u1 + 0.05 * self.size
    }

    /// Its box.
    pub fn place(&self) -> Rect {
        Rect::new(self.u0, self.base - ASCENT * self.size, self.u1, self.base + DESCENT * self.size)
    }
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub struct Piece {
    pub atoms: Vec<Atom>,
    pub u0: f64,
    pub u1: f64,
    pub base: f64,
    pub size: f64,
}

impl Piece {
    fn of(atom: Atom) -> Self {
        Self { u0: atom.u0, u1: atom.u1, base: atom.base, size: atom.size, atoms: vec![atom] }
    }

    pub fn top(&self) -> f64 {
        self.base - ASCENT * self.size
    }

    pub fn bottom(&self) -> f64 {
        self.base + DESCENT * self.size
    }

    pub fn width(&self) -> f64 {
        self.u1 - self.u0
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.atoms.iter().map(|atom| atom.text.chars().count()).sum()
    }

    fn push(&mut self, atom: Atom) {
        self.u0 = self.u0.min(atom.u0);
        self.u1 = self.u1.max(atom.u1);
        self.atoms.push(atom);
    }

    /// Adds what stands after it.
    pub fn append(&mut self, other: Self) {
        if other.size > self.size * 1.1 {
            (self.base, self.size) = (other.base, other.size);
        }
        self.u0 = self.u0.min(other.u0);
        self.u1 = self.u1.max(other.u1);
        self.atoms.extend(other.atoms);
    }

    /// Its text without spaces.
    pub fn text(&self) -> String {
        self.atoms.iter().map(|atom| atom.text.as_str()).collect()
    }
}

/// The pieces of a page, by direction (the most used first), those that can be seen before those that cannot.
pub fn pieces(content: &Content, width: f64, height: f64) -> Vec<(Turn, Vec<Piece>)> {
    let mut groups: HashMap<(bool, Turn), Gathering> = HashMap::new();
    let columns = standing(content);
    for (glyph, standing) in content.glyphs.iter().zip(columns) {
        let upright;
        let glyph = if standing {
            upright = stood(glyph);
            &upright
        } else {
            glyph
        };
        let turn = Turn::of(glyph);
        let hides = glyph.hidden.is_some_and(|why| why != Why::ForgedFont);
        let gathering = groups.entry((hides, turn)).or_default();
        gathering.add(atom(content, glyph, turn, width, height));
    }
    let mut all: Vec<((bool, Turn), Gathering)> = groups.into_iter().collect();
    all.sort_by_key(|((hides, turn), gathering)| (*hides, std::cmp::Reverse(gathering.atoms), *turn));
    all.into_iter().map(|((_, turn), gathering)| (turn, join(gathering.segments))).collect()
}

/// Which glyphs are ideographs that are set below each other one by one, as browsers write from top to bottom.
fn standing(content: &Content) -> Vec<bool> {
    /// So many steps down are no chance.
    const ENOUGH: usize = 3;
    let mut standing = vec![false; content.glyphs.len()];
    let ideographic = |glyph: &Glyph| {
        content.text.get(glyph.text.clone()).and_then(|it| it.chars().next()).is_some_and(unicode::is_ideographic)
    };
    let below = |two: &[Glyph]| {
        let [one, other] = two else { return false };
        let (across, down) = ((other.origin.x - one.origin.x).abs(), other.origin.y - one.origin.y);
        !one.vertical
            && ideographic(one)
            && ideographic(other)
            && across < 0.6 * one.size
            && (0.5..2.0).contains(&(down / one.size))
    };
    let steps: Vec<bool> = content.glyphs.windows(2).map(below).collect();
    let mut at = 0;
    while at < steps.len() {
        let length = steps.iter().skip(at).take_while(|step| **step).count();
        if length >= ENOUGH {
            standing.iter_mut().skip(at).take(length + 1).for_each(|it| *it = true);
        }
        at += length.max(1);
    }
    standing
}

/// A glyph in its cell of a column.
fn stood(glyph: &Glyph) -> Glyph {
    let middle = f64::midpoint(glyph.origin.x, glyph.end.x);
    let (top, bottom) = (glyph.origin.y - 0.88 * glyph.size, glyph.origin.y + 0.12 * glyph.size);
    Glyph { origin: Point::new(middle, top), end: Point::new(middle, bottom), vertical: true, ..glyph.clone() }
}

fn atom(content: &Content, glyph: &Glyph, turn: Turn, width: f64, height: f64) -> Atom {
    let origin = turn.upright(glyph.origin, width, height);
    let end = turn.upright(glyph.end, width, height);
    // A column of ideographs has its baseline where lines of them would.
    let base = if glyph.vertical { origin.y + (ASCENT - DESCENT) / 2.0 * glyph.size } else { origin.y };
    Atom {
        text: content.text.get(glyph.text.clone()).unwrap_or_default().to_owned(),
        u0: origin.x.min(end.x),
        u1: origin.x.max(end.x),
        base,
        size: glyph.size.max(0.1),
        spaced: false,
        bold: glyph.bold,
        hidden: glyph.hidden,
    }
}

/// Segments in the order of drawing: what one line of a content stream says.
#[derive(Default)]
struct Gathering {
    segments: Vec<Piece>,
    atoms: usize,
    spaced: bool,
}

impl Gathering {
    fn add(&mut self, mut atom: Atom) {
        if !atom.text.contains(' ') {
            if !atom.text.is_empty() {
                atom.spaced = std::mem::take(&mut self.spaced);
                self.put(atom);
            }
            return;
        }
        for word in words(&atom) {
            self.spaced |= word.spaced;
            let spaced = std::mem::take(&mut self.spaced);
            self.put(Atom { spaced, ..word });
        }
        self.spaced = atom.text.ends_with(' ');
    }

    fn put(&mut self, atom: Atom) {
        self.atoms += 1;
        match self.segments.last_mut() {
            Some(segment) if goes_on(segment, &atom) => segment.push(atom),
            _ => self.segments.push(Piece::of(atom)),
        }
    }
}

/// The words of an atom of several, each with its share of the place.
fn words(atom: &Atom) -> Vec<Atom> {
    let length = measure(atom.text.chars().count().max(1));
    let to_left = atom.text.chars().any(unicode::is_right_to_left);
    let (mut words, mut at) = (Vec::new(), 0);
    for (count, word) in atom.text.split(' ').enumerate() {
        let letters = word.chars().count();
        let (from, to) = (measure(at) / length, measure(at + letters) / length);
        let (from, to) = if to_left { (1.0 - to, 1.0 - from) } else { (from, to) };
        let along = |share: f64| atom.u0 + share * (atom.u1 - atom.u0);
        if !word.is_empty() {
            words.push(Atom {
                text: word.to_owned(),
                u0: along(from),
                u1: along(to),
                spaced: count > 0,
                ..atom.clone()
            });
        }
        at += letters + 1;
    }
    // A line from right to left is gathered from the left, as if it were drawn so.
    if to_left {
        words.reverse();
        let leading = words.pop();
        let marked = words.into_iter().map(|word| Atom { spaced: true, ..word });
        words = leading.into_iter().map(|word| Atom { spaced: false, ..word }).collect();
        words.splice(0..0, marked);
    }
    words
}

fn goes_on(segment: &Piece, atom: &Atom) -> bool {
    /// Of the font size: how far a letter may go back over the one before it.
    const BACK: f64 = 0.6;
    let size = segment.size;
    let gap = atom.u0 - segment.u1;
    let last = segment.atoms.iter().rev().find(|last| !last.is_mark());
    let starts_after = last.is_none_or(|last| atom.u0 >= last.u0 - 0.05 * size);
    (atom.base - segment.base).abs() < 0.1 * size
        && (0.8..1.25).contains(&(atom.size / size))
        && gap < GAP * size
        && gap > -BACK * size
        && starts_after
}

/// Joins segments that stand on one line without a gap, and small ones above or below it (raised figures).
fn join(mut segments: Vec<Piece>) -> Vec<Piece> {
    /// Height of the rows by which pieces are found again.
    const ROW: f64 = 8.0;
    /// Pieces of a row that a segment may go on, the last begun: those before are too far to the left.
    const NEAREST: usize = 64;
    let row = |base: f64| step(base, ROW);
    segments.sort_by(|one, other| one.u0.total_cmp(&other.u0));
    let lone: Vec<Piece> = segments.extract_if(.., |segment| is_lone_accent(segment)).collect();
    let mut joined: Vec<Piece> = Vec::with_capacity(segments.len());
    let mut by_row: HashMap<i32, Vec<usize>> = HashMap::new();
    for segment in segments {
        let reach = step(segment.size, ROW) + 1;
        let near = (row(segment.base) - reach..=row(segment.base) + reach).filter_map(|row| by_row.get(&row));
        let near = near.flat_map(|row| row.iter().rev().take(NEAREST));
        let best = near
            .filter_map(|at| Some((*at, fits(joined.get(*at)?, &segment)?)))
            .min_by(|one, other| one.1.total_cmp(&other.1));
        match best.and_then(|(at, _)| joined.get_mut(at)) {
            Some(piece) if is_again(piece, &segment) => {}
            Some(piece) => piece.append(segment),
            None => {
                by_row.entry(row(segment.base)).or_default().push(joined.len());
                joined.push(segment);
            }
        }
    }
    for accent in lone {
        if !joined.iter_mut().any(|piece| put_on(piece, &accent)) {
            joined.push(accent);
        }
    }
    for piece in &mut joined {
        accents(&mut piece.atoms);
        marks_to_letters(&mut piece.atoms);
        spaces(&mut piece.atoms);
    }
    joined.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.u0.total_cmp(&other.u0)));
    joined
}

/// How far a segment is from the end of a piece that it goes on with.
fn fits(piece: &Piece, segment: &Piece) -> Option<f64> {
    let (size, gap) = (piece.size.max(segment.size), segment.u0 - piece.u1);
    let small = segment.size.min(piece.size) < 0.85 * size;
    let same_line = (piece.base - segment.base).abs() < 0.25 * size;
    let overlap = piece.bottom().min(segment.bottom()) - piece.top().max(segment.top());
    let raised = small && overlap > 0.4 * (segment.bottom() - segment.top()).min(piece.bottom() - piece.top());
    let reach = if same_line { GAP } else { 0.25 };
    let back = if is_again(piece, segment) { f64::INFINITY } else { 0.6 * size };
    ((same_line || raised) && gap < reach * size && gap > -back)
        .then_some(gap.abs() + (piece.base - segment.base).abs())
}

/// Whether a segment is the piece's end drawn once more, as producers make letters bold.
fn is_again(piece: &Piece, segment: &Piece) -> bool {
    let Some(start) = piece.atoms.len().checked_sub(segment.atoms.len()) else { return false };
    let Some(end) = piece.atoms.get(start..) else { return false };
    let near = end
        .first()
        .zip(segment.atoms.first())
        .is_some_and(|(one, other)| (one.u0 - other.u0).abs() < 0.15 * segment.size);
    near && end.iter().map(|atom| atom.text.as_str()).eq(segment.atoms.iter().map(|atom| atom.text.as_str()))
}
