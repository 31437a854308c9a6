//! `OpenDocument` sheets: each cell holds the text that people see, in the file's own language, beside its value.

use reader::wire::Why;

use super::super::grid::{Cell, Grid};
use super::super::inline::Inline;
use super::super::limits;
use super::super::look::Look;
use super::super::writer::Writer;
use super::super::xml::{Element, Tree};
use super::styles::Styles;
use super::text::Body;

/// A filled row or cell is repeated at most so often; formats repeat empty ones to the end of the sheet.
const REPEATS: usize = 1_000;

/// Reads the sheets.
pub(super) fn read(content: &Tree, styles: &Styles, writer: &mut Writer) {
    let Some(book) = content.root().at(&["body", "spreadsheet"]) else { return };
    for table in book.elements().filter(|element| element.name() == "table") {
        writer.named_page(table.attr("name").unwrap_or_default());
        let hidden = styles.of("table", table.attr("style-name")).hidden;
        let mut sheet = Sheet { styles, grid: Grid::default(), columns: Vec::new(), comments: Vec::new(), hidden };
        sheet.rows(table, false, writer);
        let comments = std::mem::take(&mut sheet.comments);
        sheet.grid.write(writer);
        let mut body = Body::new(writer, styles);
        body.hidden = hidden;
        for comment in comments {
            body.asides(comment);
        }
        if let Some(shapes) = table.find("shapes") {
            body.blocks(shapes);
        }
    }
}

struct Sheet<'a> {
    styles: &'a Styles,
    grid: Grid,
    /// Which columns are hidden, from the left.
    columns: Vec<bool>,
    comments: Vec<Element<'a>>,
    hidden: bool,
}

impl<'a> Sheet<'a> {
    fn rows(&mut self, container: Element<'a>, header: bool, writer: &mut Writer) {
        for element in container.elements() {
            match element.name() {
                "table-column" => {
                    let free = limits::COLUMNS.saturating_sub(self.columns.len());
                    let count = repeats(element, "number-columns-repeated").min(free);
                    self.columns.extend(std::iter::repeat_n(is_hidden(element), count));
                }
                "table-row" => self.row(element, header, writer),
                "table-header-rows" => self.rows(element, true, writer),
                "table-columns" | "table-header-columns" | "table-column-group" | "table-rows" | "table-row-group" => {
                    self.rows(element, header, writer);
                }
                _ => {}
            }
            if self.grid.is_full() {
                return;
            }
        }
    }

    fn row(&mut self, row: Element<'a>, header: bool, writer: &mut Writer) {
        let hidden = self.hidden || is_hidden(row);
        let mut cells: Vec<Cell> = Vec::new();
        // Empty cells are kept only where a filled one follows.
        let mut blank = 0;
        for element in row.elements().filter(|cell| matches!(cell.name(), "table-cell" | "covered-table-cell")) {
            let column = cells.len() + blank;
            let free = limits::COLUMNS.saturating_sub(column);
            let count = repeats(element, "number-columns-repeated").min(free);
            self.comments.extend(element.find("annotation"));
            let why = hidden || self.columns.get(column).copied().unwrap_or(false);
            let cell = self.cell(element, why, writer);
            if cell.text.is_blank() {
                blank += count;
                continue;
            }
            cells.resize(column, Cell::default());
            cells.extend(std::iter::repeat_n(cell, count.min(REPEATS)));
            blank = 0;
        }
        if cells.is_empty() {
            return;
        }
        if header && self.grid.header.is_none() {
            self.grid.header = Some(self.grid.len());
        }
        for _ in 0..repeats(row, "number-rows-repeated").min(REPEATS) {
            self.grid.push(cells.clone());
        }
    }

    fn cell(&mut self, cell: Element<'a>, hidden: bool, writer: &mut Writer) -> Cell {
        let look = self.styles.of("table-cell", cell.attr("style-name")).look;
        let mut body = Body::new(writer, self.styles);
        body.ground = look.over(Look::default());
        let mut text = Inline::default();
        body.cell_text(cell, &mut text);
        if hidden {
            text.mark_all(Why::Invisible);
        }
        Cell { text, words: matches!(cell.attr("value-type"), None | Some("string")) }
    }
}

fn repeats(element: Element<'_>, name: &str) -> usize {
    element.attr(name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn is_hidden(element: Element<'_>) -> bool {
    matches!(element.attr("visibility"), Some("collapse" | "filter"))
}
