//! One sheet, read as a stream: it may have a million rows.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use reader::wire::{Failure, Why};

use super::super::grid::{Cell, Grid};
use super::super::limits;
use super::super::xml::{Element, decode};
use super::{Book, unescaped};

/// Stretches of hidden columns; a sheet of more is none that a person made.
const HIDDEN: usize = 1_000;

/// A sheet as it is read.
pub(super) struct Sheet<'a> {
    book: &'a mut Book,
    grid: Grid,
    /// The sheet's row numbers (from 1) of the grid's rows.
    numbers: Vec<u32>,
    row: Vec<Cell>,
    row_number: u32,
    row_hidden: bool,
    hidden: bool,
    /// First and last column that are hidden, from 1.
    hidden_columns: Vec<(usize, usize)>,
    cell: Raw,
}

/// A cell as it stands in the file.
#[derive(Default)]
struct Raw {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    /// Where in the cell the reader stands.
    within: Within,
}

#[derive(Default, PartialEq)]
enum Within {
    #[default]
    Nothing,
    Value,
    /// East Asian readings of inline strings.
    Reading,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(book: &'a mut Book, hidden: bool) -> Self {
        Self {
            book,
            grid: Grid::default(),
            numbers: Vec::new(),
            row: Vec::new(),
            row_number: 0,
            row_hidden: false,
            hidden,
            hidden_columns: Vec::new(),
            cell: Raw::default(),
        }
    }

    /// Reads the sheet's XML. What is cut short is read as far as it goes.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let source = decode(bytes);
        let mut reader = Reader::from_str(&source);
        let config = reader.config_mut();
        (config.allow_unmatched_ends, config.check_end_names, config.allow_dangling_amp) = (true, false, true);
        while !self.grid.is_full() {
            match reader.read_event().map_err(|_| Failure::Damaged)? {
                Event::Start(start) => self.open(&start),
                Event::Empty(start) => {
                    self.open(&start);
                    self.close(start.local_name().as_ref());
                }
                Event::End(end) => self.close(end.local_name().as_ref()),
                Event::Text(text) if self.cell.within == Within::Value => {
                    self.cell.value.push_str(&text.xml10_content().map_err(|_| Failure::Damaged)?);
                }
                Event::GeneralRef(reference) if self.cell.within == Within::Value => {
                    let name = reference.decode().unwrap_or_default();
                    match (reference.resolve_char_ref(), quick_xml::escape::resolve_xml_entity(&name)) {
                        (Ok(Some(c)), _) => self.cell.value.push(c),
                        (_, Some(text)) => self.cell.value.push_str(text),
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// A table on the sheet names its first row as its header.
    pub(super) fn name_header(&mut self, table: Element<'_>) {
        let first = table.attr("ref").and_then(|range| range.split(':').next()).map(position);
        if table.attr("headerRowCount") != Some("0")
            && self.grid.header.is_none()
            && let Some((Some(row), _)) = first
        {
            self.grid.header = self.numbers.iter().position(|number| *number == row);
        }
    }

    /// The rows.
    pub(super) fn finish(self) -> Grid {
        self.grid
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            b"col" if self.hidden_columns.len() < HIDDEN && is_on(start, "hidden") => {
                let number = |name| attribute(start, name).and_then(|number| number.parse().ok());
                self.hidden_columns.extend(number("min").zip(number("max")));
            }
            b"row" => {
                let number = attribute(start, "r").and_then(|number| number.parse().ok());
                self.row_number = number.unwrap_or(self.row_number.saturating_add(1));
                self.row_hidden = self.hidden || is_on(start, "hidden");
                self.row.clear();
            }
            b"c" => {
                let column = attribute(start, "r").and_then(|place| position(&place).1);
                self.cell = Raw {
                    column: column.unwrap_or(self.row.len() + 1),
                    kind: attribute(start, "t").unwrap_or_default(),
                    style: attribute(start, "s").and_then(|style| style.parse().ok()).unwrap_or(0),
                    ..Raw::default()
                };
            }
            b"v" | b"t" if self.cell.within == Within::Nothing => self.cell.within = Within::Value,
            b"rPh" => self.cell.within = Within::Reading,
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" if self.cell.within == Within::Value => self.cell.within = Within::Nothing,
            b"rPh" => self.cell.within = Within::Nothing,
            b"c" => self.end_cell(),
            b"row" => {
                let row = std::mem::take(&mut self.row);
                if !row.is_empty() {
                    self.grid.push(row);
                    self.numbers.push(self.row_number);
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let raw = std::mem::take(&mut self.cell);
        if raw.value.is_empty() || raw.column == 0 || raw.column > limits::COLUMNS {
            return;
        }
        let (text, words, unseen) = self.shown(&raw);
        let column_hidden = self.hidden_columns.iter().any(|(min, max)| (*min..=*max).contains(&raw.column));
        let hidden = unseen || self.row_hidden || column_hidden;
        let why = if hidden { Some(Why::Invisible) } else { self.book.looks.why(raw.style) };
        if self.row.len() < raw.column {
            self.row.resize(raw.column, Cell::default());
        }
        if let Some(cell) = self.row.get_mut(raw.column - 1) {
            *cell = Cell::new(&text, words, why);
        }
    }

    /// A cell's text, whether it is words, and whether its format hides it.
    fn shown(&mut self, raw: &Raw) -> (String, bool, bool) {
        let format = self.book.looks.format(raw.style);
        let text = match raw.kind.as_str() {
            "s" => {
                let string = raw.value.trim().parse::<usize>().ok().and_then(|index| self.book.strings.get(index));
                string.cloned().unwrap_or_default()
            }
            "b" => return (if raw.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_string(), false, false),
            "e" => return (raw.value.clone(), false, false),
            "str" | "inlineStr" => unescaped(&raw.value),
            // ISO 8601, as it stands.
            "d" => return (raw.value.replace('T', " "), false, false),
            _ => {
                let Ok(value) = raw.value.trim().parse::<f64>() else { return (raw.value.clone(), true, false) };
                let shown = self.book.formats.number(value, format);
                return (shown.text, false, shown.hidden);
            }
        };
        let shown = self.book.formats.text(&text, format);
        (shown.text, true, shown.hidden)
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

fn is_on(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| value == "1" || value == "true")
}

/// `B12` as row 12 and column 2.
fn position(place: &str) -> (Option<u32>, Option<usize>) {
    let letters: String = place.chars().filter(char::is_ascii_alphabetic).take(4).collect();
    let digits: String = place.chars().filter(char::is_ascii_digit).collect();
    let column = letters.bytes().fold(0, |n: usize, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    (digits.parse().ok(), (column > 0).then_some(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted() {
        assert_eq!(position("B12"), (Some(12), Some(2)));
        assert_eq!(position("$XFD$1"), (Some(1), Some(16_384)));
        assert_eq!(position(""), (None, None));
    }
}
