//! Pieces of one column become rows, and rows whose cells stand below each other become tables.

use std::collections::VecDeque;

use super::lines::Piece;

/// What stands side by side.
#[derive(Clone, Debug)]
pub struct Row {
    /// From left to right.
    pub cells: Vec<Piece>,
    pub u0: f64,
    pub u1: f64,
    pub base: f64,
    pub size: f64,
}

impl Row {
    fn of(piece: Piece) -> Self {
        Self { u0: piece.u0, u1: piece.u1, base: piece.base, size: piece.size, cells: vec![piece] }
    }

    fn push(&mut self, piece: Piece) {
        self.u0 = self.u0.min(piece.u0);
        self.u1 = self.u1.max(piece.u1);
        if piece.size > self.size {
            (self.base, self.size) = (piece.base, piece.size);
        }
        let at = self.cells.partition_point(|cell| cell.u0 < piece.u0);
        self.cells.insert(at, piece);
    }

    /// Whether all its letters are bold.
    pub fn is_bold(&self) -> bool {
        self.cells.iter().flat_map(|cell| &cell.atoms).all(|atom| atom.bold)
    }

    pub fn length(&self) -> usize {
        self.cells.iter().map(Piece::length).sum()
    }
}

/// A stretch of a column.
#[derive(Debug)]
pub enum Stretch {
    /// Lines of text.
    Lines(Vec<Row>),
    /// A table: rows of as many cells as it has columns, each of any number of pieces.
    Table(Vec<Vec<Vec<Piece>>>),
}

/// Puts pieces (sorted by their baselines) that stand on one line side by side.
pub fn rows(pieces: Vec<Piece>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        let level = |row: &&mut Row| {
            let overlap = (row.base - piece.base).abs() < 0.35 * row.size.min(piece.size);
            overlap
                && row
                    .cells
                    .iter()
                    .all(|cell| cell.u1 <= piece.u0 + 0.3 * piece.size || piece.u1 <= cell.u0 + 0.3 * piece.size)
        };
        match rows.iter_mut().rev().take(4).find(level) {
            Some(row) => row.push(piece),
            None => rows.push(Row::of(piece)),
        }
    }
    for row in &mut rows {
        join_marker(row);
    }
    rows.sort_by(|one, other| one.base.total_cmp(&other.base));
    rows
}

/// What marks an item or numbers a heading belongs to the text after it.
fn join_marker(row: &mut Row) {
    /// Of the font size: how far from the text it may stand.
    const REACH: f64 = 5.0;
    let [marker, text] = row.cells.as_slice() else { return };
    if text.u0 - marker.u1 > REACH * text.size || !is_marker(&marker.text()) {
        return;
    }
    let Some(mut text) = row.cells.pop() else { return };
    if let Some(first) = text.atoms.first_mut() {
        first.spaced = true;
    }
    if let Some(marker) = row.cells.first_mut() {
        marker.append(text);
    }
}

/// Whether a word marks an item: a bullet, or a short number or letter as lists and headings have them.
pub fn is_marker(word: &str) -> bool {
    const BULLETS: &str = "•◦▪▫‣·⁃–—-*●○■□▶►➢✓❖∗⋄";
    const LONGEST: usize = 8;
    let mut all = word.chars();
    if let (Some(one), None) = (all.next(), all.next()) {
        return BULLETS.contains(one);
    }
    let inner = word.strip_prefix(['(', '[']).unwrap_or(word);
    let core = inner.trim_end_matches(['.', ')', ']', ':']);
    let numbered =
        core.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|it| it.is_ascii_digit()));
    let lettered = core.len() == 1 && core.bytes().all(|it| it.is_ascii_alphabetic());
    let roman = core.len() <= 4 && core.bytes().all(|it| b"ivxIVX".contains(&it));
    let closed = core.len() < inner.len();
    word.len() <= LONGEST && ((closed && (numbered || lettered || roman)) || (numbered && core.contains('.')))
}

/// Finds the tables among rows.
pub fn stretches(rows: Vec<Row>) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut lines = Vec::new();
    let mut rest = VecDeque::from(rows);
    while !rest.is_empty() {
        match table(rest.make_contiguous()) {
            Some((length, columns)) => {
                if !lines.is_empty() {
                    found.push(Stretch::Lines(std::mem::take(&mut lines)));
                }
                found.push(Stretch::Table(cells(rest.drain(..length), &columns)));
            }
            None => lines.extend(rest.pop_front()),
        }
    }
    if !lines.is_empty() {
        found.push(Stretch::Lines(lines));
    }
    found
}

/// How many of the first rows are a table, and where its columns are.
fn table(rows: &[Row]) -> Option<(usize, Vec<(f64, f64)>)> {
    /// A table of as many rows that have several cells.
    const LEAST: usize = 3;
    let first = rows.first().filter(|row| row.cells.len() > 1)?;
    let mut columns: Vec<(f64, f64)> = Vec::new();
    let (mut length, mut several, mut before) = (0, 0, first.base);
    for (at, row) in rows.iter().enumerate() {
        let mut now = columns.clone();
        for cell in &row.cells {
            add(&mut now, (cell.u0, cell.u1), 0.5 * row.size);
        }
        let near = row.base - before < 2.6 * row.size && row.size < 1.15 * first.size;
        if now.len() < 2 || !near || (at > 0 && now.len() < columns.len() && now.len() < 2) {
            break;
        }
        // A row of one cell goes on only where it stays in its column.
        if row.cells.len() > 1 {
            several += 1;
            length = at + 1;
        } else if row.base - before > 1.6 * row.size {
            break;
        }
        before = row.base;
        columns = now;
    }
    let kept = rows.get(..length)?;
    (several >= LEAST || (several == 2 && columns.len() > 2)).then(|| (length, final_columns(kept)))
}

fn final_columns(rows: &[Row]) -> Vec<(f64, f64)> {
    let mut columns = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        add(&mut columns, (cell.u0, cell.u1), 0.5 * cell.size);
    }
    columns
}

fn add(columns: &mut Vec<(f64, f64)>, mut new: (f64, f64), least: f64) {
    columns.retain(|old| {
        let apart = old.1 + least <= new.0 || new.1 + least <= old.0;
        if !apart {
            new = (new.0.min(old.0), new.1.max(old.1));
        }
        apart
    });
    let at = columns.partition_point(|old| old.0 < new.0);
    columns.insert(at, new);
}

/// The rows of a table; a row whose first cell is empty goes on with the one above where it stands close below it.
fn cells(rows: impl Iterator<Item = Row>, columns: &[(f64, f64)]) -> Vec<Vec<Vec<Piece>>> {
    let mut table: Vec<Vec<Vec<Piece>>> = Vec::new();
    let mut before: Option<f64> = None;
    for row in rows {
        let (base, size) = (row.base, row.size);
        let mut cells: Vec<Vec<Piece>> = vec![Vec::new(); columns.len()];
        for piece in row.cells {
            let at = columns.iter().position(|column| piece.u0 >= column.0 - 0.01 && piece.u1 <= column.1 + 0.01);
            if let Some(cell) = cells.get_mut(at.unwrap_or(0)) {
                cell.push(piece);
            }
        }
        let close = before.is_some_and(|before| base - before < 1.45 * size);
        let goes_on = close
            && cells.first().is_some_and(Vec::is_empty)
            && cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
        match table.last_mut() {
            Some(above) if goes_on => above.iter_mut().zip(cells).for_each(|(above, cell)| above.extend(cell)),
            _ => table.push(cells),
        }
        before = Some(base);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::is_marker;

    #[test]
    fn bullets_and_numbers_mark_items_and_words_do_not() {
        for marker in ["•", "–", "1.", "(a)", "iv)", "[12]", "2.3", "2.3.1"] {
            assert!(is_marker(marker), "{marker}");
        }
        for word in ["The", "1996", "a", "I", "e.g.", "3.14159265"] {
            assert!(!is_marker(word), "{word}");
        }
    }
}
