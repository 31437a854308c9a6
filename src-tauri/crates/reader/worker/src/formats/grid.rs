//! A sheet as people see it: rows of cells, the first row that names the columns found, empty margins left out.

use reader::wire::Why;

use super::inline::Inline;
use super::limits;
use super::writer::Writer;

/// The header stands within so many rows of the top.
const HEADER_WITHIN: usize = 12;

/// A cell.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub(super) text: Inline,
    /// Whether it holds words, not a number, a date or a formula's figure.
    pub(super) words: bool,
}

/// The rows of a sheet, from the top.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    cells: usize,
    /// Which row names the columns, where the file says so.
    pub(super) header: Option<usize>,
}

impl Cell {
    /// A cell of this text; hidden ones say why.
    pub(super) fn new(text: &str, words: bool, why: Option<Why>) -> Self {
        let mut inline = Inline::default();
        inline.push(text, why);
        Self { text: inline, words }
    }
}

impl Grid {
    /// Adds a row below the others. Past the limits rows are dropped, and [`Grid::write`] says so.
    pub(super) fn push(&mut self, row: Vec<Cell>) {
        self.cells += row.len();
        if !self.is_full() {
            self.rows.push(row);
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no more rows are taken.
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() > limits::BLOCKS || self.cells > limits::CELLS
    }

    /// Writes the rows.
    pub(super) fn write(self, writer: &mut Writer) {
        if self.is_full() {
            return writer.refuse();
        }
        let header = self.header.or_else(|| self.find_header());
        let used = |row: &Vec<Cell>| row.iter().position(|cell| !cell.text.is_blank());
        let first = self.rows.iter().filter_map(used).min().unwrap_or(0);
        for (i, row) in self.rows.into_iter().enumerate() {
            let cells = row.into_iter().skip(first).map(|cell| cell.text).collect();
            writer.row(cells, Some(i) == header);
            if writer.is_full() {
                break;
            }
        }
        writer.end_table();
    }

    /// The first row of two or more cells, all of them words and all different, above a row of two or more.
    fn find_header(&self) -> Option<usize> {
        let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.is_blank()).count();
        let index = self.rows.iter().take(HEADER_WITHIN).position(|row| filled(row) >= 2)?;
        let row = self.rows.get(index)?;
        let mut names: Vec<&str> =
            row.iter().filter(|cell| !cell.text.is_blank()).map(|cell| cell.text.text()).collect();
        let words = row.iter().all(|cell| cell.words || cell.text.is_blank());
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        let below = self.rows.get(index + 1..)?.iter().take(HEADER_WITHIN).any(|row| filled(row) >= 2);
        (words && below && names.len() == count).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::Division;
    use super::super::writer::tests::check;
    use super::*;
    use reader::wire::BlockKind;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for row in rows {
            grid.push(row.iter().map(|text| Cell::new(text, text.parse::<f64>().is_err(), None)).collect());
        }
        grid
    }

    fn lines(grid: Grid) -> (String, Vec<bool>) {
        let mut writer = Writer::new(Division::Rows(limits::ROWS));
        grid.write(&mut writer);
        let page = writer.finish().unwrap().pages.remove(0);
        check(&page);
        let headers = page.blocks.iter().map(|block| block.kind == BlockKind::Row { header: true }).collect();
        (page.text, headers)
    }

    #[test]
    fn the_header_is_found_below_a_title_and_empty_margins_go() {
        let (text, headers) =
            lines(grid(&[&["", "Sales 2024"], &["", ""], &["", "City", "Sum"], &["", "Lyon", "3", ""]]));
        assert_eq!(text, "Sales 2024\nCity\tSum\nLyon\t3");
        assert_eq!(headers, [false, true, false]);
    }

    #[test]
    fn rows_of_numbers_have_no_header() {
        assert_eq!(lines(grid(&[&["1", "2"], &["3", "4"]])).1, [false, false]);
    }

    #[test]
    fn an_empty_cell_keeps_its_place() {
        assert_eq!(lines(grid(&[&["a", "b", "c"], &["", "", "3"]])).0, "a\tb\tc\n\t\t3");
    }
}
