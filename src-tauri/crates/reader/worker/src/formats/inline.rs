//! Text within a block, as it is put together: runs, each with the reason why the page does not show it as it reads.

use std::ops::Range;

use reader::wire::{Mark, Why};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Above so many marks in a block that normalisation moved, one mark for each reason covers them all.
const MAPPED_MARKS: usize = 256;

/// Text with marks.
#[derive(Clone, Default)]
pub(super) struct Inline {
    text: String,
    marks: Vec<(Range<usize>, Why)>,
}

impl Inline {
    /// The same text, without marks.
    pub(super) fn plain(text: &str) -> Self {
        let mut inline = Self::default();
        inline.push(text, None);
        inline
    }

    /// Adds a run as it stands. Control characters and soft hyphens are left out, ligatures and presentation forms resolved.
    pub(super) fn push(&mut self, run: &str, why: Option<Why>) {
        let start = self.text.len();
        if run.bytes().all(|b| (0x20..0x7f).contains(&b) || b == b'\t' || b == b'\n') {
            self.text.push_str(run);
        } else {
            let mut previous = '\0';
            for c in run.chars() {
                push_char(&mut self.text, previous, c);
                previous = c;
            }
        }
        self.mark(start, why);
    }

    /// Adds a run as a browser does: each stretch of white space is one space, none at the start of a line.
    pub(super) fn push_collapsed(&mut self, run: &str, why: Option<Why>) {
        let mut piece = String::with_capacity(run.len());
        let mut at_space = self.text.is_empty() || self.text.ends_with([' ', '\n', '\t']);
        for c in run.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                if !at_space {
                    piece.push(' ');
                }
                at_space = true;
            } else {
                piece.push(c);
                at_space = false;
            }
        }
        self.push(&piece, why);
    }

    /// Adds another inline, parted by `separator` unless one of both is blank.
    pub(super) fn join(&mut self, other: &Self, separator: &str) {
        if !self.is_blank() && !other.is_blank() {
            self.text.push_str(separator);
        }
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|(span, why)| (span.start + base..span.end + base, *why)));
    }

    /// Marks all of it, beside what is marked already.
    pub(super) fn mark_all(&mut self, why: Why) {
        if !self.text.is_empty() && !self.marks.iter().any(|(span, _)| *span == (0..self.text.len())) {
            self.marks = vec![(0..self.text.len(), why)];
        }
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.clip_marks();
        self.text.push('\n');
    }

    /// Whether nothing can be read in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Whether it ends with a line break (or is empty).
    pub(super) fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Takes what is there and leaves nothing.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Text and marks as a page holds them: NFC, without white space at the ends (`keep` leaves indents and tabs: code and rows).
    pub(super) fn finish(mut self, keep: bool) -> (String, Vec<Mark>) {
        if is_nfc(&self.text) {
            self.trim(keep);
            return (self.text, self.marks.iter().filter_map(|(span, why)| as_mark(span, *why)).collect());
        }
        let whole: String = self.text.nfc().collect();
        self.marks = mapped(&self.text, &whole, &self.marks);
        self.text = whole;
        self.trim(keep);
        (self.text, self.marks.iter().filter_map(|(span, why)| as_mark(span, *why)).collect())
    }

    /// As one cell of a row: a single line without tabs.
    pub(super) fn into_cell(mut self) -> Self {
        self.trim(false);
        // One byte for one byte: the marks stay where they are.
        self.text = self.text.replace(['\t', '\n'], " ");
        self
    }

    fn mark(&mut self, start: usize, why: Option<Why>) {
        let (Some(why), end) = (why, self.text.len()) else { return };
        if start == end {
            return;
        }
        match self.marks.last_mut() {
            Some((span, last)) if *last == why && span.end == start => span.end = end,
            _ => self.marks.push((start..end, why)),
        }
    }

    fn trim(&mut self, keep: bool) {
        let kept = if keep { self.text.trim_end_matches('\n') } else { self.text.trim_end() };
        self.text.truncate(kept.len());
        let start = self.text.len()
            - if keep { self.text.trim_start_matches('\n').len() } else { self.text.trim_start().len() };
        self.text.drain(..start);
        for (span, _) in &mut self.marks {
            *span = span.start.saturating_sub(start)..span.end.saturating_sub(start);
        }
        self.clip_marks();
    }

    fn clip_marks(&mut self) {
        let end = self.text.len();
        for (span, _) in &mut self.marks {
            *span = span.start.min(end)..span.end.min(end);
        }
        self.marks.retain(|(span, _)| !span.is_empty());
    }
}

fn push_char(text: &mut String, previous: char, c: char) {
    match c {
        '\t' | '\n' => text.push(c),
        '\r' | '\u{2028}' | '\u{2029}' | '\u{0b}' | '\u{0c}' => text.push('\n'),
        '\u{ad}' => {}
        c if c.is_control() => {}
        // Latin ligatures; Arabic presentation forms (U+FEFF is none, U+FD3E and U+FD3F are ornate parentheses).
        '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fd3d}' | '\u{fd40}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' => {
            text.extend(std::iter::once(c).nfkc());
        }
        c => text.push(c),
    }
    if previous == '\r' && c == '\n' {
        text.pop();
    }
}

fn as_mark(span: &Range<usize>, why: Why) -> Option<Mark> {
    let (start, end) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
    Some(Mark { span: start..end, why })
}

/// The marks of `text` on `whole`, its NFC. Normalising a prefix gives where its end stands; a character that was put together
/// from both sides of a boundary belongs to the mark.
fn mapped(text: &str, whole: &str, marks: &[(Range<usize>, Why)]) -> Vec<(Range<usize>, Why)> {
    if marks.len() > MAPPED_MARKS {
        return hulls(marks, whole.len());
    }
    let length = |end: usize| text.get(..end).map_or(0, |prefix| prefix.nfc().map(char::len_utf8).sum::<usize>());
    let mut mapped = Vec::with_capacity(marks.len());
    for (span, why) in marks {
        let start = whole.floor_char_boundary(length(span.start).min(whole.len()));
        let end = whole.ceil_char_boundary(length(span.end).min(whole.len()));
        mapped.push((start..end, *why));
    }
    mapped
}

fn hulls(marks: &[(Range<usize>, Why)], end: usize) -> Vec<(Range<usize>, Why)> {
    let mut reasons: Vec<Why> = marks.iter().map(|(_, why)| *why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons.into_iter().map(|why| (0..end, why)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_at_the_ends_goes_and_marks_follow() {
        let mut inline = Inline::default();
        inline.push("  seen ", None);
        inline.push("unseen  ", Some(Why::Invisible));
        let (text, marks) = inline.finish(false);
        assert_eq!(text, "seen unseen");
        assert_eq!(marks, [Mark { span: 5..11, why: Why::Invisible }]);
    }

    #[test]
    fn a_mark_stays_on_its_letters_when_normalisation_moves_them() {
        let mut inline = Inline::default();
        inline.push("cafe\u{301} ", None);
        inline.push("e\u{301}te\u{301}", Some(Why::Tiny));
        let (text, marks) = inline.finish(false);
        assert_eq!(text, "café été");
        assert_eq!(marks, [Mark { span: 6..11, why: Why::Tiny }]);
    }

    #[test]
    fn ligatures_and_presentation_forms_are_resolved_and_controls_left_out() {
        assert_eq!(Inline::plain("e\u{fb03}cace\0 so\u{ad}ft \u{fe8e}").finish(false).0, "efficace soft \u{627}");
        assert_eq!(Inline::plain("a\r\nb\rc").finish(false).0, "a\nb\nc");
    }

    #[test]
    fn a_browser_sees_one_space() {
        let mut inline = Inline::default();
        inline.push_collapsed("\n  a \t b ", None);
        inline.push_collapsed("  c", None);
        assert_eq!(inline.finish(false).0, "a b c");
    }
}
