//! Characters that make a text read otherwise than it is seen: reordering, invisible and look-alike ones. For every format, PDF and OCR
//! among them.

use reader::wire::{Mark, Why};
use unicode_bidi::{BidiClass, bidi_class};
use unicode_script::{Script, UnicodeScript};

/// Marks the stretches of a text that are not seen as they read. Spans are bytes of `text`, in order of their start.
#[must_use]
pub fn unicode_marks(text: &str) -> Vec<Mark> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut marks = Marks { found: Vec::new() };
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    reordered(text, &chars, &mut marks);
    unseen(&chars, &mut marks);
    lookalikes(&chars, &mut marks);
    let mut found = marks.found;
    found.sort_by_key(|mark| (mark.span.start, mark.span.end));
    found
}

struct Marks {
    found: Vec<Mark>,
}

impl Marks {
    fn add(&mut self, start: usize, end: usize, why: Why) {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (start, end) = (offset(start), offset(end));
        match self.found.last_mut() {
            Some(last) if last.why == why && last.span.end == start => last.span.end = end,
            _ if start < end => self.found.push(Mark { span: start..end, why }),
            _ => {}
        }
    }
}

/// Direction controls, each with what it encloses. Isolates and embeddings around text of one direction that agrees with them are spelling
/// (chat programs and word processors write them); overrides never are, nor is a control around letters of the other direction.
fn reordered(text: &str, chars: &[(usize, char)], marks: &mut Marks) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    let mut close = |from: (usize, char), end: usize| {
        let inside = text.get(from.0..end).unwrap_or_default();
        if reorders(from.1, inside) {
            stretches.push((from.0, end));
        }
    };
    for &(at, c) in chars {
        let end = at + c.len_utf8();
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => open.push((at, c)),
            '\u{202c}' | '\u{2069}' => {
                let isolate = c == '\u{2069}';
                if let Some(place) = open.iter().rposition(|(_, opener)| is_isolate(*opener) == isolate) {
                    open.drain(place..).for_each(|from| close(from, end));
                }
            }
            // A paragraph ends them all.
            '\n' => open.drain(..).for_each(|from| close(from, at)),
            _ => {}
        }
    }
    open.drain(..).for_each(|from| close(from, text.len()));
    stretches.sort_by_key(|(start, end)| (*start, usize::MAX - end));
    let mut covered = 0;
    for (start, end) in stretches {
        if start >= covered {
            marks.add(start, end, Why::Bidi);
            covered = end;
        }
    }
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2068}')
}

/// Whether a control changes the order in which what it encloses is seen.
fn reorders(control: char, inside: &str) -> bool {
    let mut left = false;
    let mut right = false;
    for c in inside.chars() {
        match bidi_class(c) {
            BidiClass::L => left = true,
            BidiClass::R | BidiClass::AL => right = true,
            _ => {}
        }
    }
    match control {
        '\u{202d}' => right || !left,
        '\u{202e}' => left || !right || inside.chars().any(|c| bidi_class(c) == BidiClass::EN),
        // Right to left around letters that run from the left.
        '\u{202b}' | '\u{2067}' => left && !right,
        '\u{202a}' | '\u{2066}' => right && !left,
        _ => false,
    }
}

/// Tags and zero-width characters that no spelling needs.
fn unseen(chars: &[(usize, char)], marks: &mut Marks) {
    let mut flag = false;
    for (i, &(at, c)) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).map(|(_, c)| *c);
        let after = chars.get(i + 1).map(|(_, c)| *c);
        // England's and Scotland's flags are a black flag with tags.
        flag = c == '\u{1f3f4}' || (flag && is_tag(c));
        let hidden = match c {
            c if is_tag(c) => !flag,
            '\u{200c}' | '\u{200d}' => !joins(c, before, after),
            '\u{200b}' => !before.into_iter().chain(after).any(parts_words_by_it),
            '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{180e}'
            | '\u{034f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{206a}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' => true,
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                before.is_none_or(|c| is_selector(c) || c.is_ascii_alphabetic())
            }
            _ => false,
        };
        if hidden {
            marks.add(at, at + c.len_utf8(), Why::Unseen);
        }
    }
}

fn is_tag(c: char) -> bool {
    ('\u{e0000}'..='\u{e007f}').contains(&c)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a joiner or non-joiner belongs to the spelling of its neighbours: letters that join (Arabic, Syriac, Mongolian and others),
/// Indic conjuncts, emoji sequences.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let spelled = |c: char| {
        matches!(
            c.script(),
            Script::Arabic
                | Script::Syriac
                | Script::Mandaic
                | Script::Mongolian
                | Script::Nko
                | Script::Phags_Pa
                | Script::Adlam
                | Script::Hanifi_Rohingya
                | Script::Devanagari
                | Script::Bengali
                | Script::Gurmukhi
                | Script::Gujarati
                | Script::Oriya
                | Script::Tamil
                | Script::Telugu
                | Script::Kannada
                | Script::Malayalam
                | Script::Sinhala
                | Script::Khmer
                | Script::Myanmar
                | Script::Tibetan
                | Script::Balinese
                | Script::Javanese
                | Script::Chakma
                | Script::Thaana
        )
    };
    // An accent or a vowel sign stands between the letter and the joiner.
    let mark = before.script() == Script::Inherited && after.is_some_and(spelled);
    let emoji = |c: char| {
        is_selector(c)
            || matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{a9}' | '\u{ae}' | '\u{20e3}')
    };
    spelled(before) || mark || (c == '\u{200d}' && emoji(before) && after.is_some_and(emoji))
}

/// Scripts that write no spaces between words may have a zero-width one there.
fn parts_words_by_it(c: char) -> bool {
    matches!(
        c.script(),
        Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
            | Script::Tibetan
            | Script::Javanese
            | Script::Balinese
            | Script::Tai_Tham
    )
}

/// Letters within a word that are of another script than most of it, and look like letters of that.
fn lookalikes(chars: &[(usize, char)], marks: &mut Marks) {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c.script(), Script::Inherited);
    for word in chars.split(|(_, c)| !is_letter(*c)) {
        let count = |script| word.iter().filter(|(_, c)| c.script() == script).count();
        let (latin, cyrillic, greek) = (count(Script::Latin), count(Script::Cyrillic), count(Script::Greek));
        let full = word.iter().filter(|(_, c)| is_fancy(*c)).count();
        if full > 0 && full < word.len() && latin + full > 1 {
            word.iter()
                .filter(|(_, c)| is_fancy(*c))
                .for_each(|(at, c)| marks.add(*at, at + c.len_utf8(), Why::Lookalike));
        }
        let scripts = [(latin, Script::Latin), (cyrillic, Script::Cyrillic), (greek, Script::Greek)];
        if scripts.iter().filter(|(count, _)| *count > 0).count() < 2 {
            continue;
        }
        // The script of most letters; Latin of equals, for that is what is imitated.
        let most = scripts.iter().rev().max_by_key(|(count, _)| *count).map_or(Script::Latin, |(_, script)| *script);
        for &(at, c) in word {
            let foreign = matches!(c.script(), Script::Latin | Script::Cyrillic | Script::Greek) && c.script() != most;
            if foreign && looks_like_another(c) {
                marks.add(at, at + c.len_utf8(), Why::Lookalike);
            }
        }
    }
}

/// Mathematical and full-width letters, which a word of plain letters has no use for.
fn is_fancy(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7cb}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
}

/// Letters of Latin, Cyrillic and Greek that are drawn like a letter of another of these three (from Unicode's confusables, UTS 39).
fn looks_like_another(c: char) -> bool {
    const CYRILLIC: &str = "аАБВеЕЁёЗіІїЇјЈкКМНоОпПрРсСтТуУхХѕЅԁԛԜԝһҺгГԚӀӏвнмьЬѡѵѴҮүЗзЭэҽаӕӔԍԌիҲҳԐԑѕшиИпглЛ";
    const GREEK: &str = "αΑΒβΕΖΗηΙιΚκΜΝνΟοΡρσςΤτΥυΧχγωΩϲϹϳͿπΠεθΘ";
    const LATIN: &str = "aAbBcCdDeEgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZäÄëËïÏöÖüÜæÆçéè";
    match c.script() {
        Script::Cyrillic => CYRILLIC.contains(c),
        Script::Greek => GREEK.contains(c),
        Script::Latin => LATIN.contains(c),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<(&str, Why)> {
        unicode_marks(text)
            .into_iter()
            .map(|mark| (text.get(mark.span.start as usize..mark.span.end as usize).unwrap(), mark.why))
            .collect()
    }

    #[test]
    fn overrides_are_marked_with_what_they_reorder() {
        assert_eq!(marked("pay \u{202e}001\u{202c} now"), [("\u{202e}001\u{202c}", Why::Bidi)]);
        assert_eq!(marked("file \u{202e}txt.exe"), [("\u{202e}txt.exe", Why::Bidi)]);
        assert_eq!(marked("\u{2067}abc\u{2069} x"), [("\u{2067}abc\u{2069}", Why::Bidi)]);
    }

    #[test]
    fn directions_that_agree_with_the_letters_are_spelling() {
        assert_eq!(marked("\u{202b}سلام 12\u{202c} and \u{2068}name\u{2069}"), []);
        assert_eq!(marked("שלום \u{200f}! \u{200e}ok"), []);
    }

    #[test]
    fn tags_and_zero_width_characters_are_marked() {
        assert_eq!(marked("a\u{e0061}\u{e0062}b"), [("\u{e0061}\u{e0062}", Why::Unseen)]);
        assert_eq!(marked("pass\u{200b}word"), [("\u{200b}", Why::Unseen)]);
        assert_eq!(marked("in\u{200d}voice \u{feff}x"), [("\u{200d}", Why::Unseen), ("\u{feff}", Why::Unseen)]);
    }

    #[test]
    fn what_spelling_needs_stays_unmarked() {
        for text in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}⚖️",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "ភាសា\u{200b}ខ្មែរ",
            "❤\u{fe0f}",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
    }

    #[test]
    fn letters_of_another_script_within_a_word_are_marked() {
        assert_eq!(marked("p\u{430}yp\u{430}l"), [("\u{430}", Why::Lookalike), ("\u{430}", Why::Lookalike)]);
        assert_eq!(marked("Мoсква"), [("o", Why::Lookalike)]);
        assert_eq!(marked("t\u{3bf}tal"), [("\u{3bf}", Why::Lookalike)]);
        assert_eq!(marked("bill\u{1d41a}"), [("\u{1d41a}", Why::Lookalike)]);
    }

    #[test]
    fn words_wholly_of_one_script_are_fine() {
        for text in ["Москва и Paris", "Ελλάδα", "5 μm, α-helix", "été naïve", "ＡＢＣ", "日本語", "Ω"]
        {
            assert_eq!(marked(text), [], "{text}");
        }
    }
}
