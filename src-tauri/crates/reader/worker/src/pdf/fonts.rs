//! What fonts say of themselves and of their glyphs.

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::BfString;

use super::unicode;

/// What a font says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Described {
    /// Whether it is bold.
    pub bold: bool,
    /// Whether its glyphs may be stretched to the width asked for, as those of stand-ins are.
    pub stretched: bool,
}

/// What the glyph's font says of itself.
pub fn described(glyph: &OutlineGlyph) -> Described {
    let Some(data) = glyph.font_data() else { return Described { bold: false, stretched: true } };
    let named = data.postscript_name.is_some_and(|name| ["Bold", "Black", "Heavy"].iter().any(|it| name.contains(it)));
    Described { bold: named || data.weight.is_some_and(|weight| weight >= 600), stretched: false }
}

/// Adds a glyph's text; U+FFFD where it shows something that no font names.
pub fn text_of(glyph: &OutlineGlyph, text: &mut String) {
    match glyph.as_unicode() {
        Some(BfString::Char(it)) => unicode::push(it, text),
        Some(BfString::String(it)) => unicode::push_clean(&it, text),
        None if glyph.outline().elements().is_empty() => {}
        None => text.push(char::REPLACEMENT_CHARACTER),
    }
}
