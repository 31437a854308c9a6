//! Excel workbooks (Office Open XML). `calamine` gives their values; what people see needs each cell's number format, and what they do
//! not see needs hidden rows, columns and fonts, so the parts are read here.

mod sheet;
mod styles;

use std::collections::HashMap;

use reader::wire::{BlockKind, Failure, Why};

use super::Flow;
use super::inline::Inline;
use super::limits;
use super::number::Formats;
use super::package::{Package, Relations};
use super::writer::{Division, Writer};
use super::xml::{Element, Tree};
use sheet::Sheet;
use styles::Looks;

/// What the sheets of a workbook share.
struct Book {
    strings: Vec<String>,
    formats: Formats,
    looks: Looks,
}

/// Reads a workbook.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut package = Package::open(bytes)?;
    let mut writer = Writer::new(Division::Rows(limits::ROWS));
    writer.title = package.core_title()?;
    let main = package.relations("")?.into_values().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.xml".to_string(), |relation| relation.target);
    let workbook = package.required(&main)?;
    let relations = package.relations(&main)?;
    let mut book = book(&mut package, &workbook, &relations)?;
    let sheets: Vec<Element<'_>> = workbook.root().find("sheets").into_iter().flat_map(Element::elements).collect();
    for sheet in sheets {
        writer.named_page(sheet.attr("name").unwrap_or_default());
        let hidden = sheet.attr("state").is_some_and(|state| state != "visible");
        let target =
            sheet.prefixed("id").and_then(|id| relations.get(id)).filter(|relation| relation.kind == "worksheet");
        if let Some(relation) = target {
            read_sheet(&mut package, &relation.target, hidden, &mut book, &mut writer)?;
        }
        if writer.is_full() {
            break;
        }
    }
    writer.finish()
}

fn book(package: &mut Package<'_>, workbook: &Tree, relations: &Relations) -> Result<Book, Failure> {
    let mut part = |kind: &str| match relations.values().find(|relation| relation.kind == kind) {
        Some(relation) => package.optional(&relation.target),
        None => Ok(None),
    };
    let strings =
        part("sharedStrings")?.map(|tree| tree.root().elements().map(rich_text).collect()).unwrap_or_default();
    let theme = part("theme")?;
    let styles = part("styles")?;
    let properties = workbook.root().find("workbookPr");
    let from_1904 =
        properties.and_then(|properties| properties.attr("date1904")).is_some_and(|on| matches!(on, "1" | "true"));
    let custom = styles.as_ref().map(styles::custom_formats).unwrap_or_default();
    let looks = styles.as_ref().map(|tree| Looks::read(tree, theme.as_ref())).unwrap_or_default();
    Ok(Book { strings, formats: Formats::new(custom, from_1904), looks })
}

/// A string with its runs, without the readings that East Asian cells carry.
fn rich_text(item: Element<'_>) -> String {
    let mut text = String::new();
    for element in item.elements() {
        match element.name() {
            "t" => text.push_str(&element.text()),
            "r" => element.find("t").into_iter().for_each(|run| text.push_str(&run.text())),
            _ => {}
        }
    }
    unescaped(&text)
}

/// `_x000D_` is how Excel writes a character that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        if let Some(c) = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            out.push(c);
            rest = from.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn read_sheet(
    package: &mut Package<'_>,
    path: &str,
    hidden: bool,
    book: &mut Book,
    writer: &mut Writer,
) -> Result<(), Failure> {
    let Some(bytes) = package.part(path)? else { return Ok(()) };
    let relations = package.relations(path)?;
    let mut sheet = Sheet::new(book, hidden);
    sheet.read(&bytes)?;
    for relation in relations.values().filter(|relation| relation.kind == "table") {
        if let Some(table) = package.optional(&relation.target)? {
            sheet.name_header(table.root());
        }
    }
    sheet.finish().write(writer);
    for (kind, within) in [("comments", "text"), ("drawing", "txBody")] {
        for relation in relations.values().filter(|relation| relation.kind == kind) {
            let Some(tree) = package.optional(&relation.target)? else { continue };
            beside(&tree, within, hidden, writer);
        }
    }
    Ok(())
}

/// Comments and text boxes, below the sheet.
fn beside(tree: &Tree, within: &str, hidden: bool, writer: &mut Writer) {
    for element in tree.root().descendants().filter(|element| element.name() == within) {
        let mut inline = Inline::default();
        let mut paragraphs = element.elements().filter(|element| element.name() == "p").peekable();
        if paragraphs.peek().is_none() {
            inline.push(&rich_text(element), None);
        }
        paragraphs.for_each(|paragraph| inline.join(&Inline::plain(&paragraph.text()), "\n"));
        if hidden {
            inline.mark_all(Why::Invisible);
        }
        writer.block(if within == "text" { BlockKind::Aside } else { BlockKind::Paragraph }, inline);
    }
}

/// The custom formats of a stylesheet, by their ids.
type Custom = HashMap<u32, String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_escapes_is_unescaped() {
        assert_eq!(unescaped("a_x000A_b _x_ _x00e9_ _x"), "a\nb _x_ é _x");
    }
}
