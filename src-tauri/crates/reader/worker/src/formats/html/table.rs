//! Tables of a page: which are data and which lay out the page, and the cells of a row.

use scraper::ElementRef;

use super::super::inline::Inline;

/// `rowspan` and `colspan` beyond these are read as these.
const SPAN: usize = 500;
/// A row has at most so many cells.
const CELLS: usize = 2_000;

/// A table of data as it is read.
#[derive(Default)]
pub(super) struct Table {
    cells: Vec<Inline>,
    /// For each column in how many rows from here on a cell of above goes on.
    spans: Vec<usize>,
    names: usize,
    /// Within `thead`.
    pub(super) head: bool,
    /// The cell being read: how many columns and rows it takes.
    pub(super) cell: Option<(usize, usize)>,
}

impl Table {
    /// Begins a cell.
    pub(super) fn open(&mut self, element: &ElementRef<'_>) {
        let span = |name: &str| element.value().attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1);
        self.skip_spans();
        self.names += usize::from(element.value().name() == "th");
        self.cell = Some((span("colspan").clamp(1, SPAN), span("rowspan").clamp(1, SPAN)));
    }

    /// Ends the cell.
    pub(super) fn close(&mut self, text: Inline) {
        let Some((columns, rows)) = self.cell.take() else { return };
        if self.cells.len() + columns > CELLS {
            return;
        }
        let start = self.cells.len();
        self.cells.push(text);
        self.cells.resize(start + columns, Inline::default());
        if rows > 1 {
            self.spans.resize(self.spans.len().max(start + columns), 0);
            self.spans.iter_mut().skip(start).take(columns).for_each(|span| *span = rows);
        }
    }

    /// Ends the row: its cells, and whether they name the columns.
    pub(super) fn end_row(&mut self) -> (Vec<Inline>, bool) {
        self.skip_spans();
        self.spans.iter_mut().for_each(|span| *span = span.saturating_sub(1));
        let cells = std::mem::take(&mut self.cells);
        let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
        let names = std::mem::take(&mut self.names);
        (cells, self.head || (names >= filled && filled > 0))
    }

    fn skip_spans(&mut self) {
        while self.spans.get(self.cells.len()).is_some_and(|span| *span > 0) && self.cells.len() < CELLS {
            self.cells.push(Inline::default());
        }
    }
}

/// Whether a table holds data: no table within it, and a row of two cells or more that say something.
pub(super) fn is_data(table: &ElementRef<'_>) -> bool {
    if table.value().attr("role").is_some_and(|role| matches!(role, "presentation" | "none")) {
        return false;
    }
    let mut row = 0;
    let mut several = false;
    for element in table.descendants().skip(1).filter_map(ElementRef::wrap) {
        match element.value().name() {
            "table" => return false,
            "tr" => row = 0,
            "td" | "th" => {
                row += usize::from(element.text().any(|text| !text.trim().is_empty()));
                several |= row > 1;
            }
            _ => {}
        }
    }
    several
}
