//! Maps of characters that hayro-cmap 0.1.1 rejects as a whole, because a character in them stands for nothing
//! (`<01> <>`), are written anew at the end of the file, as PDF updates objects (PDF 1.7, 7.5.6).

use std::collections::HashSet;
use std::fmt::Write as _;

use hayro_interpret::hayro_cmap::{self, CMap};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, ObjRef, Stream};

/// Fonts whose maps are looked at, at most.
const MOST_FONTS: usize = 5000;

/// The file with its maps mended; nothing where none needs it, or where it is encrypted.
pub fn mended(pdf: &Pdf) -> Option<Vec<u8>> {
    let mut seen = HashSet::new();
    let mut maps = Vec::new();
    for page in pdf.pages().iter() {
        let fonts = &page.resources().fonts;
        let new = |font: &ObjRef| seen.len() < MOST_FONTS && seen.insert((font.obj_number, font.gen_number));
        let fonts: Vec<ObjRef> = fonts.keys().filter_map(|name| fonts.get_ref(name)).filter(new).collect();
        maps.extend(fonts.into_iter().filter_map(|font| map_of(&pdf.xref().get::<Dict<'_>>(font.into())?)));
    }
    maps.sort_by_key(|(at, _)| at.obj_number);
    maps.dedup_by_key(|(at, _)| at.obj_number);
    let file: &[u8] = pdf.data().as_ref();
    let encrypted = || file.windows(8).any(|it| it == b"/Encrypt");
    if maps.is_empty() || encrypted() { None } else { updated(pdf, file, &maps) }
}

fn map_of(font: &Dict<'_>) -> Option<(ObjRef, Vec<u8>)> {
    let place = font.get_ref(b"ToUnicode")?;
    let map = font.get::<Stream<'_>>(b"ToUnicode")?.decoded_data().ok()?;
    let parses =
        |map: &[u8]| CMap::parse(map, |name: hayro_cmap::CMapName<'_>| hayro_cmap::load_embedded(name)).is_some();
    if parses(&map) {
        return None;
    }
    without_empty(&map).filter(|map| parses(map)).map(|map| (place, map))
}

/// The file with these objects in new versions.
fn updated(pdf: &Pdf, file: &[u8], maps: &[(ObjRef, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut bytes = [file, b"\n"].concat();
    let mut table = String::from("xref\n");
    for (at, map) in maps {
        let ObjRef { obj_number, gen_number, .. } = at;
        write!(table, "{obj_number} 1\n{:010} {gen_number:05} n \n", bytes.len()).ok()?;
        bytes.extend_from_slice(
            format!("{obj_number} {gen_number} obj\n<< /Length {} >>\nstream\n", map.len()).as_bytes(),
        );
        bytes.extend_from_slice(map);
        bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }
    let root = pdf.xref().root_id();
    let (size, before, here) = (pdf.len() + 1, last_table(file)?, bytes.len());
    write!(
        table,
        "trailer\n<< /Size {size} /Root {} {} R /Prev {before} >>\nstartxref\n{here}\n%%EOF\n",
        root.obj_number, root.gen_number
    )
    .ok()?;
    bytes.extend_from_slice(table.as_bytes());
    Some(bytes)
}

/// Where the file's own table of objects is.
fn last_table(file: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"startxref";
    let at = file.windows(WORD.len()).rposition(|it| it == WORD)? + WORD.len();
    let digits = file.get(at..)?.iter().skip_while(|it| it.is_ascii_whitespace()).take_while(|it| it.is_ascii_digit());
    String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
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
    use super::{last_table, without_empty};

    #[test]
    fn characters_that_stand_for_nothing_are_left_out_of_a_map() {
        let map = b"2 beginbfchar\n<01> <>\n<02> <0041>\nendbfchar\n";
        assert_eq!(without_empty(map), Some(b"2 beginbfchar\n<02> <0041>\nendbfchar\n".to_vec()));
        assert_eq!(without_empty(b"1 beginbfchar\n<02> <0041>\nendbfchar\n"), None);
    }

    #[test]
    fn the_last_table_counts() {
        assert_eq!(last_table(b"startxref\n12\n%%EOF\nstartxref\r\n345\n%%EOF"), Some(345));
        assert_eq!(last_table(b"none"), None);
    }
}
