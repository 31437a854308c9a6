//! A page's text, its blocks, its words with their places, and its marks, from what was found to belong together.

use hayro_interpret::kurbo::Rect as Place;
use reader::wire::{Block, BlockKind, Mark, Page, Rect, Span, Why, Word};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::lines::{Atom, Piece, Turn};
use super::rows::Row;
use super::unicode;

/// Writes a page, block after block.
pub struct Composer {
    page: Page,
    width: f64,
    height: f64,
    turn: Turn,
}

impl Composer {
    /// For a page of this size.
    pub fn new(number: u32, width: f64, height: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "points")]
        let page = Page { number, width: width as f32, height: height as f32, ..Page::default() };
        Self { page, width, height, turn: Turn::None }
    }

    /// From now on text is written in this direction.
    pub fn turn(&mut self, turn: Turn) {
        self.turn = turn;
    }

    /// The whole page.
    pub fn finish(self) -> Page {
        self.page
    }

    /// Adds a block of running lines.
    pub fn lines(&mut self, kind: BlockKind, rows: &[Row]) {
        let start = self.begin();
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.join_line(row);
            }
            self.line(row.cells.iter());
        }
        self.end(start, kind);
    }

    /// Adds a row of a table, each cell of some lines.
    pub fn row(&mut self, cells: &[Vec<Piece>], header: bool) {
        let start = self.begin();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.page.text.push('\t');
            }
            for (at, piece) in cell.iter().enumerate() {
                if at > 0 {
                    self.page.text.push(' ');
                }
                self.line(std::iter::once(piece));
            }
        }
        self.end(start, BlockKind::Row { header });
    }

    fn begin(&mut self) -> u32 {
        if !self.page.text.is_empty() {
            self.page.text.push('\n');
        }
        self.at()
    }

    fn end(&mut self, start: u32, kind: BlockKind) {
        let span = start..self.at();
        if span.is_empty() {
            // Nothing but what is not shown as text.
            self.page.text.pop();
            return;
        }
        self.page.blocks.push(Block { span, kind });
    }

    /// A page's text never reaches 4 GiB: its glyphs are counted.
    fn at(&self) -> u32 {
        u32::try_from(self.page.text.len()).unwrap_or(u32::MAX)
    }

    /// What parts two lines of one block: a space, or nothing after a hyphen and between ideographs.
    fn join_line(&mut self, next: &Row) {
        let first = next.cells.first().and_then(|cell| cell.atoms.first()).and_then(|atom| atom.text.chars().next());
        let mut before = self.page.text.chars().rev();
        match (before.next(), before.next(), first) {
            (Some('\u{ad}'), ..) => self.drop_hyphen(),
            (Some('-' | '\u{2010}'), Some(letter), Some(next)) if letter.is_alphabetic() => {
                // What is divided anew at a hyphen of its own keeps it.
                let word = self.page.text.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
                let one = word.matches(['-', '\u{2010}']).count() == 1;
                if next.is_lowercase() && one {
                    self.drop_hyphen();
                }
            }
            (Some(one), _, Some(other)) if unicode::is_ideographic(one) && unicode::is_ideographic(other) => {}
            _ => self.page.text.push(' '),
        }
    }

    fn drop_hyphen(&mut self) {
        self.page.text.pop();
        let end = self.at();
        if let Some(word) = self.page.words.last_mut() {
            word.span.end = end;
        }
        if let Some(mark) = self.page.marks.last_mut() {
            mark.span.end = mark.span.end.min(end);
        }
        // A hyphen that stood alone.
        self.page.words.pop_if(|word| word.span.is_empty());
        self.page.marks.pop_if(|mark| mark.span.is_empty());
    }

    /// Adds what stands on one line, from left to right, in the order in which it is read.
    fn line<'a>(&mut self, pieces: impl Iterator<Item = &'a Piece>) {
        let mut tokens: Vec<Option<&Atom>> = Vec::new();
        for piece in pieces {
            for (at, atom) in piece.atoms.iter().enumerate() {
                if !tokens.is_empty() && (at == 0 || atom.spaced) {
                    tokens.push(None);
                }
                tokens.push(Some(atom));
            }
        }
        let texts: Vec<&str> = tokens.iter().map(|token| token.map_or(" ", |atom| atom.text.as_str())).collect();
        let order = unicode::logical_order(&texts).unwrap_or_else(|| (0..tokens.len()).collect());
        let mut word: Vec<&Atom> = Vec::new();
        for token in order.into_iter().filter_map(|at| tokens.get(at)) {
            match token {
                None => {
                    self.word(&mut word);
                    self.page.text.push(' ');
                }
                Some(atom) => {
                    // Ideographs are words of their own: who searches for two of them finds their place.
                    let ideographic = |atom: &Atom| atom.text.chars().all(unicode::is_ideographic);
                    if ideographic(atom) || word.last().is_some_and(|last| ideographic(last)) {
                        self.word(&mut word);
                    }
                    word.push(atom);
                }
            }
        }
        self.word(&mut word);
    }

    fn word(&mut self, atoms: &mut Vec<&Atom>) {
        let Some(place) = atoms.iter().map(|atom| atom.place()).reduce(|one, other| one.union(other)) else { return };
        let text: String = atoms.iter().map(|atom| atom.text.as_str()).collect();
        let hidden = atoms.iter().find_map(|atom| atom.hidden);
        atoms.clear();
        let start = self.at();
        if is_nfc(&text) {
            self.page.text.push_str(&text);
        } else {
            self.page.text.extend(text.nfc());
        }
        let span = start..self.at();
        if let Some(why) = hidden {
            self.mark(span.clone(), why);
        }
        let rect = on_wire(self.turn.on_page(place, self.width, self.height));
        self.page.words.push(Word { span, rect, confidence: 100, unsure: Vec::new() });
    }

    fn mark(&mut self, span: Span, why: Why) {
        match self.page.marks.last_mut() {
            // Only a space or the end of a block lies between.
            Some(last) if last.why == why && span.start <= last.span.end + 1 => last.span.end = span.end,
            _ => self.page.marks.push(Mark { span, why }),
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "points")]
fn on_wire(place: Place) -> Rect {
    Rect { x: place.x0 as f32, y: place.y0 as f32, width: place.width() as f32, height: place.height() as f32 }
}
