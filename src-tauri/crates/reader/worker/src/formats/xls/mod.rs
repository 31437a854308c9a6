//! Excel's workbooks of 1997 to 2003 (BIFF8). `calamine` gives values without their formats, and lays each sheet out whole in memory, which
//! a hostile file of two cells can make half a gigabyte; so the records are read here, in the compound file that the crate `cfb` opens.

mod strings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read};

use reader::wire::{Failure, Why};

use super::grid::{Cell, Grid};
use super::number::Formats;
use super::writer::{Division, Writer};
use super::{Flow, limits};
use strings::Shared;

/// A record: its kind and its data.
type Record<'a> = (u16, &'a [u8]);

/// A sheet in the list of sheets.
struct Sheet {
    name: String,
    start: usize,
    hidden: bool,
    /// Charts and macros hold no cells.
    cells: bool,
}

/// What the sheets share.
struct Book {
    sheets: Vec<Sheet>,
    strings: Vec<String>,
    formats: Formats,
    /// The number format of each cell style.
    styles: Vec<u32>,
}

/// Reads a workbook.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`]; [`Failure::Unknown`] for Excel 95 and older.
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Failure::Damaged)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(Failure::Protected);
    }
    if !file.is_stream("/Workbook") && file.is_stream("/Book") {
        return Err(Failure::Unknown);
    }
    let mut stream = Vec::new();
    let workbook = file.open_stream("/Workbook").map_err(|_| Failure::Damaged)?;
    // A stream cannot be longer than its file: a ring of sectors is.
    let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    workbook.take(limit).read_to_end(&mut stream).map_err(|_| Failure::Damaged)?;
    let mut book = book(&stream)?;
    let mut writer = Writer::new(Division::Rows(limits::ROWS));
    for sheet in std::mem::take(&mut book.sheets) {
        writer.named_page(&sheet.name);
        if sheet.cells {
            read_sheet(stream.get(sheet.start..).unwrap_or_default(), sheet.hidden, &mut book).write(&mut writer);
        }
        if writer.is_full() {
            break;
        }
    }
    writer.finish()
}

/// The records from here to the end of the stream's part.
fn records(mut rest: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        (kind != 0x000a).then_some((kind, data))
    })
}

fn book(stream: &[u8]) -> Result<Book, Failure> {
    let mut sheets = Vec::new();
    let mut shared = Shared::default();
    let mut custom = HashMap::new();
    let mut styles = Vec::new();
    let mut from_1904 = false;
    let mut last = 0;
    for (kind, data) in records(stream) {
        match kind {
            0x002f => return Err(Failure::Protected),
            0x0022 => from_1904 = u16_at(data, 0) == Some(1),
            0x041e => {
                let code = strings::long(data.get(2..).unwrap_or_default());
                custom.extend(u16_at(data, 0).map(u32::from).zip(code));
            }
            0x00e0 => styles.push(u16_at(data, 2).map_or(0, u32::from)),
            0x0085 => sheets.extend(sheet(data)),
            0x00fc => shared.begin(data),
            0x003c if last == 0x00fc => shared.more(data),
            _ => {}
        }
        if kind != 0x003c {
            last = kind;
        }
    }
    if sheets.is_empty() {
        return Err(Failure::Damaged);
    }
    Ok(Book { sheets, strings: shared.read(), formats: Formats::new(custom, from_1904), styles })
}

fn sheet(data: &[u8]) -> Option<Sheet> {
    let start = usize::try_from(u32_at(data, 0)?).ok()?;
    let name = strings::short(data.get(6..)?)?;
    Some(Sheet { name, start, hidden: data.get(4)? & 3 != 0, cells: *data.get(5)? == 0 })
}

/// A sheet's cells by row and column, and what of it is hidden.
#[derive(Default)]
struct Cells {
    by_place: BTreeMap<(u16, u16), Cell>,
    hidden_rows: BTreeSet<u16>,
    hidden_columns: Vec<(u16, u16)>,
    /// The cell whose formula gave a text that follows.
    waiting: Option<(u16, u16)>,
}

fn read_sheet(stream: &[u8], hidden: bool, book: &mut Book) -> Grid {
    let mut sheet = Cells::default();
    for (kind, data) in records(stream) {
        if sheet.record(kind, data, book).is_none() || sheet.by_place.len() > limits::CELLS {
            break;
        }
    }
    let mut grid = Grid::default();
    let mut row: Vec<Cell> = Vec::new();
    let mut number = None;
    for ((at, column), mut cell) in sheet.by_place {
        if number.is_some_and(|number| number != at) {
            grid.push(std::mem::take(&mut row));
        }
        number = Some(at);
        let column_hidden = sheet.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
        if hidden || column_hidden || sheet.hidden_rows.contains(&at) {
            cell.text.mark_all(Why::Invisible);
        }
        row.resize(usize::from(column).min(limits::COLUMNS), Cell::default());
        row.push(cell);
    }
    grid.push(row);
    grid
}

impl Cells {
    /// Takes one record in; nothing where it is cut short.
    fn record(&mut self, kind: u16, data: &[u8], book: &mut Book) -> Option<()> {
        let styles = std::mem::take(&mut book.styles);
        let done = self.cell(kind, data, &styles, book);
        book.styles = styles;
        done
    }

    fn cell(&mut self, kind: u16, data: &[u8], styles: &[u32], book: &mut Book) -> Option<()> {
        let place = || Some((u16_at(data, 0)?, u16_at(data, 2)?));
        let style = |at: usize| Some(styles.get(usize::from(u16_at(data, at)?)).copied().unwrap_or(0));
        match kind {
            0x0208 if u16_at(data, 12)? & 0x20 != 0 => {
                self.hidden_rows.insert(u16_at(data, 0)?);
            }
            0x007d if u16_at(data, 8)? & 1 != 0 && self.hidden_columns.len() < 256 => {
                self.hidden_columns.push((u16_at(data, 0)?, u16_at(data, 2)?));
            }
            0x00fd => {
                let text = book.strings.get(usize::try_from(u32_at(data, 6)?).ok()?).cloned().unwrap_or_default();
                let (at, format) = (place()?, style(4)?);
                self.put_text(at, &text, format, book);
            }
            0x0204 | 0x00d6 => {
                let (at, format) = (place()?, style(4)?);
                self.put_text(at, &strings::long(data.get(6..)?)?, format, book);
            }
            0x0203 => {
                let (at, format) = (place()?, style(4)?);
                self.put_number(at, f64_at(data, 6)?, format, book);
            }
            0x027e => {
                let (at, format) = (place()?, style(4)?);
                self.put_number(at, rk(u32_at(data, 6)?), format, book);
            }
            0x00bd => {
                let (row, first) = place()?;
                let count = data.len().saturating_sub(6) / 6;
                for i in 0..count {
                    let (at, format) = (4 + i * 6, style(4 + i * 6)?);
                    let column = first.checked_add(u16::try_from(i).ok()?)?;
                    self.put_number((row, column), rk(u32_at(data, at + 2)?), format, book);
                }
            }
            0x0006 => {
                let (at, format) = (place()?, style(4)?);
                self.formula(at, data.get(6..14)?, format, book)?;
            }
            0x0207 => {
                if let Some(at) = self.waiting.take() {
                    self.by_place.insert(at, Cell::new(&strings::long(data)?, true, None));
                }
            }
            0x0205 => {
                let text = truth_or_error(*data.get(6)?, *data.get(7)? != 0);
                self.by_place.insert(place()?, Cell::new(text, false, None));
            }
            _ => {}
        }
        Some(())
    }

    /// A formula's last result.
    fn formula(&mut self, at: (u16, u16), result: &[u8], format: u32, book: &mut Book) -> Option<()> {
        if u16_at(result, 6)? != 0xffff {
            self.put_number(at, f64_at(result, 0)?, format, book);
            return Some(());
        }
        match *result.first()? {
            0 => self.waiting = Some(at),
            kind @ 1..=2 => {
                self.by_place.insert(at, Cell::new(truth_or_error(*result.get(2)?, kind == 2), false, None));
            }
            _ => {}
        }
        Some(())
    }

    fn put_number(&mut self, at: (u16, u16), value: f64, format: u32, book: &mut Book) {
        let shown = book.formats.number(value, format);
        self.by_place.insert(at, Cell::new(&shown.text, false, shown.hidden.then_some(Why::Invisible)));
    }

    fn put_text(&mut self, at: (u16, u16), text: &str, format: u32, book: &mut Book) {
        let shown = book.formats.text(text, format);
        self.by_place.insert(at, Cell::new(&shown.text, true, shown.hidden.then_some(Why::Invisible)));
    }
}

fn truth_or_error(value: u8, error: bool) -> &'static str {
    match (error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
}

/// An RK number: 30 bits of a whole number or of a float's upper half, perhaps a hundredfold.
fn rk(bits: u32) -> f64 {
    let whole = f64::from(bits.cast_signed() >> 2);
    let value = if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { whole };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_thirty_bits_are_read() {
        assert!((rk(0x3ff0_0000) - 1.0).abs() < f64::EPSILON);
        assert!((rk((123 << 2) | 3) - 1.23).abs() < f64::EPSILON);
        assert!((rk(((-5_i32) << 2).cast_unsigned() | 2) + 5.0).abs() < f64::EPSILON);
    }
}
