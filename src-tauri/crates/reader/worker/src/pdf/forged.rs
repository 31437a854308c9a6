//! Fonts that show other characters than their map names: what a person sees is then not what is copied or searched.
//!
//! A font's encoding says which letter a code draws, its `ToUnicode` map which one it stands for. Where both are plain
//! letters or digits and differ, the map is forged. Fonts whose codes are numbers of glyphs (Type 0) say nothing of
//! the sort, and are not judged.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_interpret::hayro_cmap::{self, BfString, CMap};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// Codes and what they are said to stand for.
type Lies = Rc<Vec<(u32, char)>>;

/// What was found out about fonts, so that each is judged once.
#[derive(Default)]
pub struct Judged(RefCell<HashMap<ObjectIdentifier, Lies>>);

impl Judged {
    /// The codes for which a font of this page says that they stand for another character than it draws.
    pub fn lies(&self, page: &Page<'_>) -> HashSet<(u32, char)> {
        let fonts = &page.resources().fonts;
        let found = fonts.keys().filter_map(|name| fonts.get::<Dict<'_>>(name)).map(|font| self.of(&font));
        found.flat_map(|lies| lies.iter().copied().collect::<Vec<_>>()).collect()
    }

    fn of(&self, font: &Dict<'_>) -> Lies {
        let known = font.obj_id().and_then(|id| self.0.borrow().get(&id).map(Rc::clone));
        known.unwrap_or_else(|| {
            let lies = Rc::new(lies(font).unwrap_or_default());
            if let Some(id) = font.obj_id() {
                self.0.borrow_mut().insert(id, Rc::clone(&lies));
            }
            lies
        })
    }
}

fn lies(font: &Dict<'_>) -> Option<Vec<(u32, char)>> {
    if !matches!(font.get::<Name<'_>>(b"Subtype")?.as_ref(), b"Type1" | b"MMType1" | b"TrueType") {
        return None;
    }
    let map = font.get::<Stream<'_>>(b"ToUnicode")?.decoded_data().ok()?;
    let map = CMap::parse(&map, |name: hayro_cmap::CMapName<'_>| hayro_cmap::load_embedded(name))?;
    let drawn = drawn(font);
    let lie = |(code, drawn): (u32, char)| match map.lookup_bf_string(code) {
        Some(BfString::Char(said)) if said.is_ascii_alphanumeric() && said != drawn => Some((code, said)),
        _ => None,
    };
    Some(drawn.into_iter().filter_map(lie).collect())
}

/// The codes of which a font says by name or encoding that they draw a plain letter or digit.
fn drawn(font: &Dict<'_>) -> HashMap<u32, char> {
    let plain = || ('0'..='z').filter(char::is_ascii_alphanumeric).map(|it| (u32::from(it), it));
    let encoding = font.get::<Object<'_>>(b"Encoding");
    let standard = |name: &[u8]| matches!(name, b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding");
    let named = |dict: &Dict<'_>| dict.get::<Name<'_>>(b"BaseEncoding").is_some_and(|name| standard(name.as_ref()));
    let as_usual = match &encoding {
        Some(Object::Name(name)) => standard(name.as_ref()),
        Some(Object::Dict(dict)) => named(dict),
        _ => false,
    };
    let mut drawn: HashMap<u32, char> = if as_usual { plain().collect() } else { HashMap::new() };
    if let Some(Object::Dict(dict)) = &encoding {
        differences(dict, &mut drawn);
    }
    drawn
}

/// `[65 /A /B 97 /a]`: names for codes, counted on from each number (PDF 1.7, 9.6.6.1).
fn differences(encoding: &Dict<'_>, drawn: &mut HashMap<u32, char>) {
    let Some(all) = encoding.get::<Array<'_>>(b"Differences") else { return };
    let mut code = 0_u32;
    for it in all.iter::<Object<'_>>() {
        match it {
            Object::Number(number) => code = u32::try_from(number.as_i64()).unwrap_or(0),
            Object::Name(name) => {
                match letter(name.as_ref()) {
                    Some(letter) => drawn.insert(code, letter),
                    None => drawn.remove(&code),
                };
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}

/// The letter or digit of a glyph's name (Adobe Glyph List).
fn letter(name: &[u8]) -> Option<char> {
    const DIGITS: [&[u8]; 10] =
        [b"zero", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine"];
    match name {
        [one] if one.is_ascii_alphabetic() => Some(char::from(*one)),
        _ => {
            DIGITS.iter().position(|digit| *digit == name).and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10))
        }
    }
}
