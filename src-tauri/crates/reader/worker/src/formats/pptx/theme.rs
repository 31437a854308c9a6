//! The colours of a presentation, as far as they are plain.

use std::collections::HashMap;

use super::super::look::{self, Colour};
use super::super::xml::{Element, Tree};

/// Colours by their names (`lt1`, `accent2`).
#[derive(Default)]
pub(super) struct Theme {
    colours: HashMap<String, Colour>,
}

/// What something is filled with.
#[derive(Clone, PartialEq)]
pub(super) enum Fill {
    /// Nothing: what lies below is seen.
    Nothing,
    /// `RRGGBB`.
    Plain(Colour),
    /// A colour of the theme, by name.
    Theme(String),
    /// A picture, a gradient, a colour that is changed (`lumMod`): not known here.
    Other,
}

impl Theme {
    /// Reads `theme1.xml`.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut theme = Self::default();
        for entry in tree.root().at(&["themeElements", "clrScheme"]).into_iter().flat_map(Element::elements) {
            let colour =
                entry.elements().next().and_then(|colour| look::hex(colour.attr("lastClr").or(colour.attr("val"))?));
            theme.colours.extend(colour.map(|colour| (entry.name().to_string(), colour)));
        }
        theme
    }

    /// The colour of a fill; nothing where it is not known.
    pub(super) fn colour(&self, fill: &Fill) -> Option<Colour> {
        match fill {
            Fill::Plain(colour) => Some(*colour),
            Fill::Theme(name) => {
                // Masters may map these otherwise; hardly one does.
                let name = match name.as_str() {
                    "bg1" => "lt1",
                    "tx1" => "dk1",
                    "bg2" => "lt2",
                    "tx2" => "dk2",
                    name => name,
                };
                self.colours.get(name).copied()
            }
            Fill::Nothing | Fill::Other => None,
        }
    }
}

/// The fill that an element's children give.
pub(super) fn fill(element: Element<'_>) -> Fill {
    for child in element.elements() {
        match child.name() {
            "noFill" => return Fill::Nothing,
            "solidFill" => return child.elements().next().map_or(Fill::Other, colour),
            "gradFill" | "blipFill" | "pattFill" | "grpFill" => return Fill::Other,
            "srgbClr" | "schemeClr" | "sysClr" => return colour(child),
            _ => {}
        }
    }
    Fill::Nothing
}

fn colour(element: Element<'_>) -> Fill {
    let changed = element.elements().next().is_some();
    let value = element.attr("lastClr").or(element.attr("val")).unwrap_or_default();
    match element.name() {
        _ if changed => Fill::Other,
        "srgbClr" | "sysClr" => look::hex(value).map_or(Fill::Other, Fill::Plain),
        "schemeClr" => Fill::Theme(value.to_string()),
        "prstClr" => look::named(value).map_or(Fill::Other, Fill::Plain),
        _ => Fill::Other,
    }
}
