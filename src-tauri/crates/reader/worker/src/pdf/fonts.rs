//! What fonts say of their glyphs, and what is said for them where they fall silent.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{self, BfString, CMap};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::unicode;

/// Fonts whose own map of characters is looked into, at most.
const MOST_FONTS: usize = 2000;

/// What is known of a document's fonts beyond what hayro reads.
pub struct Fonts {
    pdf: Arc<Pdf>,
    /// Maps that hayro-cmap 0.1.1 rejects as a whole because a character in them stands for nothing (`<01> <>`), by
    /// the font program they belong to. Only read once a glyph has no text.
    mended: OnceCell<HashMap<u64, CMap>>,
}

/// What a font says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Described {
    /// Whether it is bold.
    pub bold: bool,
    /// Whether its glyphs may be stretched to the width asked for, as those of stand-ins are.
    pub stretched: bool,
}

impl Fonts {
    /// Of this document.
    pub fn of(pdf: Arc<Pdf>) -> Self {
        Self { pdf, mended: OnceCell::new() }
    }

    /// What the glyph's font says of itself.
    pub fn described(glyph: &OutlineGlyph) -> Described {
        let Some(data) = glyph.font_data() else { return Described { bold: false, stretched: true } };
        let named =
            data.postscript_name.is_some_and(|name| ["Bold", "Black", "Heavy"].iter().any(|it| name.contains(it)));
        Described { bold: named || data.weight.is_some_and(|weight| weight >= 600), stretched: false }
    }

    /// Adds a glyph's text; U+FFFD where it shows something that no font names.
    pub fn text_of(&self, glyph: &OutlineGlyph, text: &mut String) {
        match glyph.as_unicode().or_else(|| self.mended_text(glyph)) {
            Some(BfString::Char(it)) => unicode::push(it, text),
            Some(BfString::String(it)) => unicode::push_clean(&it, text),
            None if glyph.outline().elements().is_empty() => {}
            None => text.push(char::REPLACEMENT_CHARACTER),
        }
    }

    fn mended_text(&self, glyph: &OutlineGlyph) -> Option<BfString> {
        let data = glyph.font_data()?;
        let maps = self.mended.get_or_init(|| mend(&self.pdf));
        if maps.is_empty() {
            return None;
        }
        let program: &[u8] = (*data.data).as_ref();
        maps.get(&fingerprint(program))?.lookup_bf_string(glyph.char_code())
    }
}

fn fingerprint(program: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    hasher.finish()
}

/// The maps that have empty entries, without those.
fn mend(pdf: &Pdf) -> HashMap<u64, CMap> {
    let fonts = pdf.objects().into_iter().filter_map(Object::into_dict).filter(|dict| dict.contains_key(b"ToUnicode"));
    fonts.take(MOST_FONTS).filter_map(|font| mended(&font)).collect()
}

fn mended(font: &Dict<'_>) -> Option<(u64, CMap)> {
    let map = font.get::<Stream<'_>>(b"ToUnicode")?;
    let without = without_empty(&map.decoded_data().ok()?)?;
    let program = program_of(font)?.decoded_data().ok()?.into_owned();
    let resolve = |name: hayro_cmap::CMapName<'_>| hayro_cmap::load_embedded(name);
    Some((fingerprint(&program), CMap::parse(&without, resolve)?))
}

fn program_of<'a>(font: &Dict<'a>) -> Option<Stream<'a>> {
    let descendant = match font.get::<Name<'_>>(b"Subtype")?.as_ref() {
        b"Type0" => font.get::<Array<'a>>(b"DescendantFonts")?.iter::<Dict<'a>>().next()?,
        _ => font.clone(),
    };
    let descriptor = descendant.get::<Dict<'a>>(b"FontDescriptor")?;
    [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"].into_iter().find_map(|key| descriptor.get::<Stream<'a>>(key))
}

/// A map without its characters that stand for nothing; nothing where it has none.
fn without_empty(map: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(map).ok()?;
    let mut kept = String::with_capacity(text.len());
    let mut dropped = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let packed: String = line.split_whitespace().collect();
        if packed.starts_with('<') && packed.ends_with("><>") && packed.matches('<').count() == 2 {
            dropped = true;
        } else {
            kept.push_str(line);
        }
    }
    dropped.then(|| kept.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::without_empty;

    #[test]
    fn characters_that_stand_for_nothing_are_left_out_of_a_map() {
        let map = b"2 beginbfchar\n<01> <>\n<02> <0041>\nendbfchar\n";
        assert_eq!(without_empty(map), Some(b"2 beginbfchar\n<02> <0041>\nendbfchar\n".to_vec()));
        assert_eq!(without_empty(b"1 beginbfchar\n<02> <0041>\nendbfchar\n"), None);
    }
}
