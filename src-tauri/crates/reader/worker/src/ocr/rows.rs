//! Tables: Tesseract reads their columns one below the other; here the cells that stand beside each other become rows.

use std::mem;

use super::tesseract::{Area, RawWord};

/// A block whose cells have this many words or fewer, in the mean, is a column of a table or several; running text has more.
const FEW_WORDS: usize = 3;

struct Line {
    words: Vec<RawWord>,
    area: Area,
    column: bool,
}

/// Puts the words of a table's columns into rows. Everything else stays in its order.
pub fn in_rows(words: Vec<RawWord>) -> Vec<RawWord> {
    let mut rows: Vec<Line> = Vec::new();
    for block in blocks(words) {
        // A block of which a line stands beside an earlier row is part of a table: its other lines go where they stand too.
        let beside = block.iter().any(|line| line.column && rows.iter().any(|row| row.is_beside(line)));
        for line in block {
            match rows.iter().position(|row| row.is_beside(&line)) {
                Some(at) if line.column => {
                    if let Some(row) = rows.get_mut(at) {
                        row.take(line);
                    }
                }
                _ if beside => {
                    let at = rows
                        .iter()
                        .rposition(|row| row.area.middle() < line.area.middle())
                        .map_or(0, |above| above + 1);
                    rows.insert(at, line);
                }
                _ => rows.push(line),
            }
        }
    }
    rows.into_iter().flat_map(Line::in_order).collect()
}

fn blocks(words: Vec<RawWord>) -> Vec<Vec<Line>> {
    let mut blocks: Vec<Vec<Vec<RawWord>>> = Vec::new();
    for word in words {
        if word.begins_block || blocks.is_empty() {
            blocks.push(Vec::new());
        }
        let Some(block) = blocks.last_mut() else { continue };
        match block.last_mut() {
            Some(line) if !word.begins_line => line.push(word),
            _ => block.push(vec![word]),
        }
    }
    blocks.into_iter().map(lines).collect()
}

fn lines(block: Vec<Vec<RawWord>>) -> Vec<Line> {
    let words: usize = block.iter().map(Vec::len).sum();
    let cells: usize = block.iter().map(|line| cells(line)).sum();
    let column = words <= FEW_WORDS * cells;
    let line = |words: Vec<RawWord>| Line {
        area: words.iter().map(|word| word.area).reduce(Area::and).unwrap_or_default(),
        words,
        column,
    };
    block.into_iter().map(line).collect()
}

/// How many stretches of a line are parted by gaps half as wide again as it is high.
fn cells(line: &[RawWord]) -> usize {
    let height = line.iter().map(|word| word.area.bottom - word.area.top).max().unwrap_or(0);
    line.chunk_by(|word, next| 2 * (next.area.left - word.area.right) < 3 * height).count()
}

impl Line {
    /// Whether the other is a cell of the same row: both of a table's columns, side by side, at the same height.
    fn is_beside(&self, other: &Self) -> bool {
        let (own, other_area) = (self.area, other.area);
        let apart = own.right <= other_area.left || other_area.right <= own.left;
        let common = own.bottom.min(other_area.bottom) - own.top.max(other_area.top);
        let lower = (own.bottom - own.top).min(other_area.bottom - other_area.top);
        self.column && other.column && apart && 2 * common > lower
    }

    fn take(&mut self, mut other: Self) {
        if other.area.left < self.area.left {
            mem::swap(&mut self.words, &mut other.words);
        }
        if let Some(first) = other.words.first_mut() {
            first.begins_cell = true;
            first.begins_line = false;
            first.begins_paragraph = false;
            first.begins_block = false;
        }
        self.words.append(&mut other.words);
        self.area = self.area.and(other.area);
    }

    /// A row stands by itself.
    fn in_order(mut self) -> Vec<RawWord> {
        if self.words.iter().any(|word| word.begins_cell)
            && let Some(first) = self.words.first_mut()
        {
            first.begins_cell = false;
            first.begins_row = true;
        }
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::tesseract::Symbol;

    fn word(text: &str, left: i32, top: i32, begins_block: bool) -> RawWord {
        let length = i32::try_from(text.len()).unwrap();
        RawWord {
            symbols: vec![Symbol { text: text.to_owned(), confidence: 99.0, unsure: false }],
            area: Area { left, top, right: left + 20 * length, bottom: top + 30 },
            begins_block,
            begins_line: true,
            ..RawWord::default()
        }
    }

    fn text(words: Vec<RawWord>) -> String {
        let mark =
            |word: &RawWord| if word.begins_row || (word.begins_line && !word.begins_cell) { "\n" } else { "\t" };
        in_rows(words).iter().flat_map(|word| [mark(word), &word.symbols[0].text].map(String::from)).collect()
    }

    #[test]
    fn columns_of_cells_become_rows() {
        let columns = vec![
            word("Oak", 0, 0, true),
            word("Sand", 0, 50, false),
            word("12", 500, 3, true),
            word("7", 510, 52, false),
            word("1.50", 700, 1, true),
            word("9.25", 700, 51, false),
        ];
        assert_eq!(text(columns), "\nOak\t12\t1.50\nSand\t7\t9.25");
    }

    #[test]
    fn columns_of_running_text_stay_apart() {
        let line = |left: i32, top: i32, first: bool| {
            (0..5)
                .map(move |at| RawWord { begins_line: at == 0, ..word("word", left + at * 100, top, first && at == 0) })
        };
        let columns: Vec<RawWord> = [line(0, 0, true), line(0, 50, false), line(600, 0, true), line(600, 50, false)]
            .into_iter()
            .flatten()
            .collect();
        let lefts: Vec<i32> = in_rows(columns).iter().map(|word| word.area.left).collect();
        assert_eq!(
            lefts,
            [0, 100, 200, 300, 400, 0, 100, 200, 300, 400, 600, 700, 800, 900, 1000, 600, 700, 800, 900, 1000]
        );
    }

    #[test]
    fn a_line_of_a_table_without_neighbours_goes_where_it_stands() {
        let columns = vec![
            word("Oak", 0, 0, true),
            word("Sand", 0, 100, false),
            word("12", 500, 3, true),
            word("5", 500, 50, false),
            word("7", 510, 102, false),
        ];
        assert_eq!(text(columns), "\nOak\t12\n5\nSand\t7");
    }
}
