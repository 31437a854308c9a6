//! Letters of one piece: accents and marks find what they stand on, and gaps become spaces.

use super::lines::{Atom, Piece};
use super::unicode;

/// Of the font size: a gap that is a space.
const SPACE: f64 = 0.16;
/// Between ideographs, which stand apart more often.
const WIDE_SPACE: f64 = 0.6;

/// Whether a segment is nothing but a mark, or an accent raised over a capital.
pub fn is_lone_accent(segment: &Piece) -> bool {
    let [atom] = segment.atoms.as_slice() else { return false };
    let mut all = atom.text.chars();
    atom.is_mark() || (all.next().is_some_and(|it| unicode::combining(it).is_some()) && all.next().is_none())
}

/// Puts a lone accent on the letter of a piece that it stands over; says whether there is one.
pub fn put_on(piece: &mut Piece, accent: &Piece) -> bool {
    let Some(accent) = accent.atoms.first() else { return false };
    if (piece.base - accent.base).abs() > 0.6 * piece.size {
        return false;
    }
    if accent.is_mark() {
        let carrier = piece.atoms.iter().position(|atom| !atom.is_mark() && atom.carries(accent));
        if let Some(at) = carrier {
            piece.atoms.insert(at + 1, accent.clone());
        }
        return carrier.is_some();
    }
    let letter = piece.atoms.iter_mut().find_map(|atom| {
        let joined = atom.carries(accent).then(|| accented(accent, atom)).flatten()?;
        Some((atom, joined))
    });
    let Some((atom, joined)) = letter else { return false };
    *atom = Atom { spaced: atom.spaced, ..joined };
    true
}

/// Puts marks next to the letters that they stand on: before them where that is written from right to left, so that
/// they come after them once the line is in logical order.
pub fn marks_to_letters(atoms: &mut Vec<Atom>) {
    for at in 0..atoms.len() {
        let Some(mark) = atoms.get(at).filter(|atom| atom.is_mark()) else { continue };
        let near = (at.saturating_sub(3)..(at + 4).min(atoms.len())).filter(|near| *near != at);
        let carries = |near: &usize| atoms.get(*near).is_some_and(|atom| !atom.is_mark() && atom.carries(mark));
        let Some(letter) = near.min_by_key(|near| (!carries(near), near.abs_diff(at))).filter(carries) else {
            continue;
        };
        let to_left = atoms.get(letter).is_some_and(|atom| atom.text.chars().any(unicode::is_right_to_left));
        let mark = atoms.remove(at);
        let letter = if letter > at { letter - 1 } else { letter };
        atoms.insert(if to_left { letter } else { letter + 1 }, mark);
    }
}

/// Puts accents that are drawn over a letter of their own on it, as TeX's older fonts need it.
pub fn accents(atoms: &mut Vec<Atom>) {
    let mut at = 0;
    while at + 1 < atoms.len() {
        let Some([one, other]) = atoms.get(at..at + 2) else { return };
        let over = one.u1.min(other.u1) - one.u0.max(other.u0);
        let joined = (over > 0.5 * (one.u1 - one.u0).min(other.u1 - other.u0)).then(|| accented(one, other)).flatten();
        if let Some(joined) = joined {
            if let Some(kept) = atoms.get_mut(at) {
                *kept = joined;
            }
            atoms.remove(at + 1);
        }
        at += 1;
    }
}

fn accented(one: &Atom, other: &Atom) -> Option<Atom> {
    let single = |atom: &Atom| {
        let mut all = atom.text.chars();
        all.next().filter(|_| all.next().is_none())
    };
    let (first, second) = (single(one)?, single(other)?);
    let (letter, text) = match (unicode::accented(second, first), unicode::accented(first, second)) {
        (Some(text), _) => (other, text),
        (_, Some(text)) => (one, text),
        _ => return None,
    };
    Some(Atom {
        text: text.to_string(),
        u0: one.u0.min(other.u0),
        u1: one.u1.max(other.u1),
        spaced: one.spaced,
        ..letter.clone()
    })
}

/// Finds the spaces that no character stands for. Letters that are set apart widen what counts as one.
pub fn spaces(atoms: &mut [Atom]) {
    let wider = usual_gap(atoms);
    // Marks take no place: the gap is between what they stand on.
    let mut marks: Option<usize> = None;
    let mut before: Option<(f64, f64, char)> = None;
    let mut drawn = false;
    for at in 0..atoms.len() {
        let Some(atom) = atoms.get_mut(at) else { return };
        drawn |= std::mem::take(&mut atom.spaced);
        if atom.is_mark() {
            marks = marks.or(Some(at));
            continue;
        }
        let (u0, size, first) = (atom.u0, atom.size, atom.text.chars().next().unwrap_or(' '));
        let last = atom.text.chars().last().unwrap_or(' ');
        let reached = before.map_or(atom.u1, |(reach, ..)| reach.max(atom.u1));
        let ahead = marks.take().filter(|_| unicode::is_right_to_left(first));
        if let Some((reach, other, letter)) = before {
            let gap = (u0 - reach) / size.max(other);
            let ideographs = unicode::is_ideographic(letter) && unicode::is_ideographic(first);
            let least_gap = if ideographs { WIDE_SPACE } else { SPACE };
            // A space that is drawn and then gone back over is none; a raised figure before a note's text stands apart.
            let note = letter.is_ascii_digit() && first.is_uppercase() && other < 0.85 * size;
            let spaced = gap > least_gap + wider || (drawn && gap > -0.05) || note;
            if let Some(start) = atoms.get_mut(ahead.unwrap_or(at)) {
                start.spaced = spaced;
            }
        }
        (before, drawn) = (Some((reached, size, last)), false);
    }
}

/// The usual gap between letters, where they are set apart.
fn usual_gap(atoms: &[Atom]) -> f64 {
    /// So many gaps show whether they are.
    const ENOUGH: usize = 6;
    let letter = |atom: &Atom| atom.text.chars().all(char::is_alphanumeric);
    let pairs = atoms.windows(2).filter_map(|two| Some((two.first()?, two.get(1)?)));
    let pairs = pairs.filter(|(one, other)| letter(one) && letter(other) && !other.spaced);
    let mut gaps: Vec<f64> = pairs.map(|(one, other)| (other.u0 - one.u1) / one.size.max(other.size)).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = if gaps.len() < ENOUGH { 0.0 } else { gaps.get(gaps.len() / 2).copied().unwrap_or(0.0) };
    if usual > 0.05 { usual } else { 0.0 }
}
