//! Rows become paragraphs, headings, items and asides.

use reader::wire::BlockKind;

use super::rows::{Row, is_marker};

/// Rows that belong together.
#[derive(Debug)]
pub struct Lines {
    pub kind: BlockKind,
    pub rows: Vec<Row>,
}

/// What is usual on a page.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    /// The font size of running text.
    pub size: f64,
    /// The height of the page, in the direction of its lines.
    pub height: f64,
    /// Whether lines begin on the right.
    pub to_left: bool,
}

/// Parts rows into blocks.
pub fn blocks(rows: Vec<Row>, usual: Usual) -> Vec<Lines> {
    let shape = Shape::of(&rows, usual);
    let mut blocks: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match blocks.last_mut() {
            Some(block) if !shape.begins(block, &row) => block.push(row),
            _ => blocks.push(vec![row]),
        }
    }
    blocks.into_iter().map(|rows| Lines { kind: kind(&rows, usual), rows }).collect()
}

/// What a column's rows have in common.
struct Shape {
    /// From baseline to baseline.
    pitch: f64,
    /// Where full lines end.
    end: f64,
    width: f64,
    to_left: bool,
}

impl Shape {
    fn of(rows: &[Row], usual: Usual) -> Self {
        let steps = rows.windows(2).filter_map(|two| Some(two.get(1)?.base - two.first()?.base));
        let pitch = lower(steps.filter(|step| (0.9 * usual.size..2.2 * usual.size).contains(step)).collect());
        let to_left = usual.to_left;
        let start = rows.iter().map(|row| start(row, to_left)).fold(f64::MAX, f64::min);
        let end = rows.iter().map(|row| end(row, to_left)).fold(f64::MIN, f64::max);
        Self { pitch: pitch.unwrap_or(1.3 * usual.size), end, width: end - start, to_left }
    }

    /// Whether a row begins a new block after these.
    fn begins(&self, block: &[Row], row: &Row) -> bool {
        let Some(before) = block.last() else { return true };
        let step = row.base - before.base;
        let size = row.size.max(before.size);
        let usual = self.pitch.max(1.05 * size) * 1.22;
        let other_size = !(0.88..1.14).contains(&(row.size / before.size));
        let other_weight =
            row.is_bold() != before.is_bold() && block.iter().all(|row| row.is_bold() == before.is_bold());
        if step > usual || other_size || other_weight || self.begins_item(block, row) {
            return true;
        }
        let inwards = start(row, self.to_left) - start(before, self.to_left);
        // A first line that stands in, after a paragraph; a line that stands out again, after a hanging one.
        if block.len() > 1 && inwards.abs() > 0.8 * size {
            return true;
        }
        let said = last_char(before).is_some_and(|it| ".:!?。؟".contains(it));
        self.is_short(before) && said && (block.len() > 1 || inwards.abs() < 0.3 * size)
    }
}

impl Shape {
    fn is_short(&self, row: &Row) -> bool {
        self.end - end(row, self.to_left) > 0.25 * self.width
    }

    /// Whether a row begins an item, and does not only go on with a number that the line before it had no room for.
    fn begins_item(&self, block: &[Row], row: &Row) -> bool {
        let (Some(first), Some(before)) = (block.first(), block.last()) else { return begins_item(row) };
        let numbered = marker(row).is_some_and(|marker| marker.starts_with(|it: char| it.is_ascii_alphanumeric()));
        let ended = self.is_short(before) || last_char(before).is_some_and(|it| ".:;!?。؟".contains(it));
        let next = begins_item(first) && start(row, self.to_left) - start(first, self.to_left) < 0.3 * row.size;
        begins_item(row) && (!numbered || ended || next)
    }
}

/// The first word of a row.
fn marker(row: &Row) -> Option<String> {
    let cell = row.cells.first()?;
    let letters = cell.atoms.iter().enumerate().take_while(|(at, atom)| *at == 0 || !atom.spaced);
    Some(letters.map(|(_, atom)| atom.text.as_str()).collect())
}

fn start(row: &Row, to_left: bool) -> f64 {
    if to_left { -row.u1 } else { row.u0 }
}

fn end(row: &Row, to_left: bool) -> f64 {
    if to_left { -row.u0 } else { row.u1 }
}

fn last_char(row: &Row) -> Option<char> {
    row.cells.last()?.atoms.last()?.text.chars().last()
}

/// What a fifth does not reach: short paragraphs have as many gaps between them as within.
fn lower(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 5).copied()
}

/// Whether a row begins with what marks an item.
fn begins_item(row: &Row) -> bool {
    let Some(cell) = row.cells.first() else { return false };
    let Some(word) = marker(row) else { return false };
    // A dash in running text is none.
    is_marker(&word) && cell.atoms.len() > word.chars().count() && !word.starts_with(['–', '—'])
}

fn kind(rows: &[Row], usual: Usual) -> BlockKind {
    /// Characters that a heading has at most.
    const LONGEST: usize = 200;
    let Some(first) = rows.first() else { return BlockKind::Paragraph };
    let size = rows.iter().map(|row| row.size).fold(0.0, f64::max);
    let length: usize = rows.iter().map(Row::length).sum();
    let says = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.text().chars().any(char::is_alphabetic));
    let larger = size / usual.size;
    let heads = says && rows.len() <= 4 && length <= LONGEST;
    if heads && larger > 1.12 {
        let level = if larger > 1.7 {
            1
        } else if larger > 1.35 {
            2
        } else {
            3
        };
        return BlockKind::Heading(level);
    }
    let last = rows.last().and_then(last_char);
    let ends = last.is_some_and(|it| ".,;".contains(it));
    if heads && larger > 0.95 && rows.len() <= 2 && length <= LONGEST / 2 && !ends && rows.iter().all(Row::is_bold) {
        return BlockKind::Heading(4);
    }
    // `2.3 A title`, and no line of a table of contents.
    let title = !ends && last.is_some_and(|it| !it.is_ascii_digit()) && length <= LONGEST / 2;
    let level = marker(first).filter(|_| heads && title && rows.len() <= 2).and_then(|marker| depth(&marker));
    if let Some(level) = level {
        return BlockKind::Heading(level);
    }
    if larger < 0.92 && first.base > 0.7 * usual.height {
        return BlockKind::Aside;
    }
    if begins_item(first) { BlockKind::Item } else { BlockKind::Paragraph }
}

/// The level of a heading with a number of several parts: `2.3` is below `2`.
fn depth(marker: &str) -> Option<u8> {
    let mut parts = marker.split('.').map(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit()));
    let depth = parts.clone().count();
    (depth > 1 && parts.all(|is| is)).then(|| u8::try_from(depth + 1).unwrap_or(6).min(6))
}
