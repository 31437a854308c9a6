//! Tables as text: the separator is found, quotes are understood.

use reader::wire::Failure;

use super::Flow;
use super::encoding::decode;
use super::grid::{Cell, Grid};
use super::limits;
use super::writer::{Division, Writer};

/// So many records tell the separator.
const SAMPLE: usize = 50;
/// What parts cells, the likelier first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Reads a table.
///
/// # Errors
/// [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Flow, Failure> {
    let text = decode(bytes);
    let mut text = text.as_str();
    // Excel's own way to say it.
    let tabs = name.to_ascii_lowercase().ends_with(".tsv") && text.contains('\t');
    let mut said = tabs.then_some('\t');
    if let Some((line, rest)) = text.split_once('\n')
        && let Some(separator) = line.trim_end().strip_prefix("sep=")
    {
        (said, text) = (separator.chars().next(), rest);
    }
    let separator = said.unwrap_or_else(|| separator(text));
    let mut grid = Grid::default();
    for record in Records::new(text, separator) {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cell = |text: String| Cell::new(&text, !is_figure(&text), None);
            grid.push(record.into_iter().take(limits::COLUMNS).map(cell).collect());
        }
        if grid.is_full() {
            break;
        }
    }
    let mut writer = Writer::new(Division::Rows(limits::ROWS));
    grid.write(&mut writer);
    writer.finish()
}

/// The separator with which most records have the same number of cells, and more than one.
fn separator(text: &str) -> char {
    let score = |separator: char| {
        let counts: Vec<usize> = Records::new(text, separator).take(SAMPLE).map(|record| record.len()).collect();
        let most = counts.iter().copied().max().unwrap_or(0).min(1_000);
        let usual = (2..=most).max_by_key(|count| (counts.iter().filter(|other| *other == count).count(), *count));
        usual.map_or((0, 0), |usual| (counts.iter().filter(|count| **count == usual).count(), usual))
    };
    // The first of equals: `max_by_key` would take the last.
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator)).unwrap_or(',')
}

/// Digits with their marks: a number, a date, a sum.
fn is_figure(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.chars().any(char::is_numeric) && letters <= 3
}

/// The records of a text (RFC 4180, with any separator and any line end).
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text.chars().peekable(), separator }
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        self.rest.peek()?;
        let mut record = Vec::new();
        let mut cell = String::new();
        let mut quoted = false;
        while let Some(c) = self.rest.next() {
            match c {
                '"' if quoted && self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if cell.trim().is_empty() => {
                    cell.clear();
                    quoted = true;
                }
                c if quoted => cell.push(c),
                c if c == self.separator => record.push(std::mem::take(&mut cell)),
                '\n' => break,
                '\r' => {
                    self.rest.next_if_eq(&'\n');
                    break;
                }
                c => cell.push(c),
            }
        }
        record.push(cell);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;
    use reader::wire::BlockKind;

    fn page(text: &str) -> reader::wire::Page {
        let page = read(text.as_bytes(), "").unwrap().pages.remove(0);
        check(&page);
        page
    }

    #[test]
    fn quotes_and_line_breaks_in_cells_are_understood() {
        let page = page("Name,Note\r\n\"Doe, Jane\",\"said \"\"no\"\"\ntwice\"\r\n");
        assert_eq!(page.text, "Name\tNote\nDoe, Jane\tsaid \"no\" twice");
        assert_eq!(page.blocks[0].kind, BlockKind::Row { header: true });
    }

    #[test]
    fn semicolons_with_decimal_commas_are_told_from_commas() {
        assert_eq!(page("Ville;Prix\nLyon;1,50\nNice;2,75\n").text, "Ville\tPrix\nLyon\t1,50\nNice\t2,75");
        assert_eq!(page("a\tb\n1\t2\n").text, "a\tb\n1\t2");
        assert_eq!(page("sep=|\na|b\n1|2").text, "a\tb\n1\t2");
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_the_rest() {
        assert_eq!(page("a,b\n1,\"2\n3").text, "a\tb\n1\t2 3");
    }
}
