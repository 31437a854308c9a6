//! A workbook's cell styles: the number format of each, and why its letters cannot be seen.

use reader::wire::Why;

use super::super::look::{self, Colour, Look, Paint};
use super::super::xml::{Element, Tree};
use super::Custom;

/// Number format and look of each cell style, in the order of `cellXfs`.
#[derive(Default)]
pub(super) struct Looks {
    styles: Vec<(u32, Option<Why>)>,
}

impl Looks {
    /// Reads `styles.xml`.
    pub(super) fn read(tree: &Tree, theme: Option<&Tree>) -> Self {
        let root = tree.root();
        let list = |name: &str| root.find(name).map(|list| list.elements().collect::<Vec<_>>()).unwrap_or_default();
        let (fonts, fills) = (list("fonts"), list("fills"));
        let palette = theme.map(palette).unwrap_or_default();
        let style = |style: Element<'_>| {
            let number = |name: &str| style.attr(name).and_then(|id| id.parse::<usize>().ok());
            let font = number("fontId")
                .and_then(|id| fonts.get(id))
                .map(|font| font_look(*font, &palette))
                .unwrap_or_default();
            let fill = number("fillId").and_then(|id| fills.get(id)).and_then(|fill| ground(*fill, &palette));
            let look = Look { ground: fill, ..Look::default() }.over(font);
            (number("numFmtId").and_then(|id| u32::try_from(id).ok()).unwrap_or(0), look.why())
        };
        Self { styles: list("cellXfs").into_iter().map(style).collect() }
    }

    /// The number format of a cell style.
    pub(super) fn format(&self, style: usize) -> u32 {
        self.styles.get(style).map_or(0, |(format, _)| *format)
    }

    /// Why the letters of a cell style are not seen.
    pub(super) fn why(&self, style: usize) -> Option<Why> {
        self.styles.get(style).and_then(|(_, why)| *why)
    }
}

/// The number formats that the file defines.
pub(super) fn custom_formats(tree: &Tree) -> Custom {
    let formats = tree.root().find("numFmts").into_iter().flat_map(Element::elements);
    formats
        .filter_map(|format| Some((format.attr("numFmtId")?.parse().ok()?, format.attr("formatCode")?.to_string())))
        .collect()
}

/// The theme's colours in the order that cells count them: light before dark.
fn palette(theme: &Tree) -> Vec<Option<Colour>> {
    let scheme = theme.root().at(&["themeElements", "clrScheme"]);
    let colour = |entry: Element<'_>| {
        entry.elements().next().and_then(|colour| look::hex(colour.attr("lastClr").or(colour.attr("val"))?))
    };
    let mut colours: Vec<_> = scheme.into_iter().flat_map(Element::elements).map(colour).collect();
    for pair in [0, 2] {
        if colours.len() >= pair + 2 {
            colours.swap(pair, pair + 1);
        }
    }
    colours
}

fn font_look(font: Element<'_>, palette: &[Option<Colour>]) -> Look {
    let size = font.find("sz").and_then(|size| size.attr("val")?.parse().ok());
    Look { colour: font.find("color").map(|element| colour(element, palette)), size, ..Look::default() }
}

fn ground(fill: Element<'_>, palette: &[Option<Colour>]) -> Option<Paint> {
    let Some(pattern) = fill.find("patternFill") else { return Some(None) };
    match pattern.attr("patternType") {
        None | Some("none") => None,
        Some("solid") => Some(pattern.find("fgColor").and_then(|element| colour(element, palette))),
        Some(_) => Some(None),
    }
}

fn colour(element: Element<'_>, palette: &[Option<Colour>]) -> Option<Colour> {
    let tinted = element.attr("tint").is_some_and(|tint| tint.parse::<f32>() != Ok(0.0));
    if let Some(rgb) = element.attr("rgb") {
        return look::hex(rgb).filter(|_| !tinted);
    }
    if let Some(index) = element.attr("theme") {
        return palette.get(index.parse::<usize>().ok()?).copied().flatten().filter(|_| !tinted);
    }
    // Of the 64 old colours only white is needed here; 64 and 65 are automatic.
    matches!(element.attr("indexed"), Some("1" | "9")).then_some(look::WHITE)
}
