//! Rich text. The crate `rtf-parser` glues paragraphs and drops notes, tables and what is hidden, so the tokens are read here.

mod code_page;
mod token;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use reader::wire::{BlockKind, Failure};

use super::docx::heading;
use super::inline::Inline;
use super::look::{Colour, Look};
use super::writer::{Division, Writer};
use super::{Flow, limits};
use token::{Token, Tokens};

/// Groups within groups. They are kept in a list, so that the limit is one of memory.
const GROUPS: usize = 10_000;

/// Reads rich text.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut tokens = Tokens::new(bytes);
    let mut reader = Reader::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word("bin", Some(count)) => tokens.pass(usize::try_from(count).unwrap_or(0)),
            token => reader.token(&token)?,
        }
        if reader.writer.is_full() {
            break;
        }
    }
    reader.end_block();
    reader.writer.finish()
}

/// Where what is read goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Body,
    /// A note, a running head, a comment.
    Aside,
    Skipped,
    Title,
    Fonts,
    Colours,
    Styles,
    /// An item's bullet or number.
    Label,
}

/// What a group inherits and gives back at its end.
#[derive(Clone)]
struct State {
    destination: Destination,
    look: Look,
    font: i32,
    /// Bytes that stand for a `\u` where a program does not know it.
    fallback: usize,
    deleted: bool,
}

/// What `\pard` resets.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    heading: Option<u8>,
    item: bool,
    table: bool,
}

struct Reader {
    writer: Writer,
    state: State,
    stack: Vec<State>,
    paragraph: Paragraph,
    inline: Inline,
    aside: Inline,
    label: Inline,
    /// Asides that wait for the end of the block that they are anchored in.
    asides: Vec<Inline>,
    cells: Vec<Inline>,
    header: bool,
    /// Bytes that are not decoded yet: a letter may take two.
    bytes: Vec<u8>,
    skip: usize,
    high: Option<u16>,
    encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    colours: Vec<Option<Colour>>,
    colour: Option<Colour>,
    styles: HashMap<i32, u8>,
    style: i32,
    style_name: String,
    star: bool,
}

impl Reader {
    fn new() -> Self {
        let state =
            State { destination: Destination::Body, look: Look::default(), font: -1, fallback: 1, deleted: false };
        Self {
            writer: Writer::new(Division::Stretches(limits::STRETCH)),
            state,
            stack: Vec::new(),
            paragraph: Paragraph::default(),
            inline: Inline::default(),
            aside: Inline::default(),
            label: Inline::default(),
            asides: Vec::new(),
            cells: Vec::new(),
            header: false,
            bytes: Vec::new(),
            skip: 0,
            high: None,
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            colours: Vec::new(),
            colour: None,
            styles: HashMap::new(),
            style: 0,
            style_name: String::new(),
            star: false,
        }
    }

    fn token(&mut self, token: &Token<'_>) -> Result<(), Failure> {
        if let Token::Byte(byte) = token {
            if self.skip > 0 {
                self.skip -= 1;
            } else {
                self.bytes.push(*byte);
            }
            return Ok(());
        }
        self.decode();
        self.skip = 0;
        match token {
            Token::Open => {
                if self.stack.len() >= GROUPS {
                    return Err(Failure::TooLarge);
                }
                self.stack.push(self.state.clone());
                self.star = false;
            }
            Token::Close => self.close(),
            Token::Word(name, number) => self.word(name, *number),
            Token::Symbol(symbol) => self.symbol(*symbol),
            Token::Byte(_) => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        let destination = self.state.destination;
        if let Some(outer) = self.stack.pop() {
            self.state = outer;
        }
        match destination {
            Destination::Styles => self.end_style(),
            Destination::Aside if self.state.destination != Destination::Aside => {
                let aside = self.aside.take();
                self.asides.push(aside);
            }
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.star = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol).encode_utf8(&mut [0; 4])),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if std::mem::take(&mut self.star) {
            // A destination that old programs skip. Those that hold text are known; the others hold none that is seen.
            match name {
                "shptxt" | "shpinst" | "shp" | "ud" | "nesttableprops" => {}
                "footnote" | "annotation" => self.begin_aside(),
                "pntext" => self.state.destination = Destination::Label,
                "cs" | "ts" | "ds" if self.state.destination == Destination::Styles => {}
                _ => self.state.destination = Destination::Skipped,
            }
            return;
        }
        let on = number != Some(0);
        match name {
            "par" | "sect" => self.end_paragraph(),
            "line" => self.push("\n"),
            "tab" => self.push("\t"),
            "page" | "pagebb" => {
                self.end_block();
                self.writer.break_page();
            }
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "v" => self.state.look.hidden = Some(on),
            "deleted" => self.state.deleted = on,
            "f" => self.state.font = number.unwrap_or(0),
            "fs" => {
                self.state.look.size =
                    number.and_then(|half| i16::try_from(half).ok()).map(|half| f32::from(half) / 2.0);
            }
            "cf" => self.state.look.colour = Some(self.colour_of(number)),
            "cb" | "highlight" | "chcbpat" => self.state.look.ground = Some(self.colour_of(number)).filter(|_| on),
            "plain" => (self.state.look, self.state.deleted) = (Look::default(), false),
            _ => self.structure(name, number),
        }
    }

    fn structure(&mut self, name: &str, number: Option<i32>) {
        let styles = self.state.destination == Destination::Styles;
        match name {
            "pard" => self.paragraph = Paragraph::default(),
            "trowd" => self.header = false,
            "trhdr" => self.header = true,
            "intbl" => self.paragraph.table = true,
            "outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9);
                match level {
                    Some(level) if styles => drop(self.styles.insert(self.style, level + 1)),
                    level => self.paragraph.heading = level.map(|level| level + 1),
                }
            }
            "s" if styles => self.style = number.unwrap_or(0),
            "s" => self.paragraph.heading = self.styles.get(&number.unwrap_or(0)).copied(),
            "ls" | "pnlvlblt" | "pnlvlbody" => self.paragraph.item = true,
            "fonttbl" => self.state.destination = Destination::Fonts,
            "colortbl" => self.state.destination = Destination::Colours,
            "stylesheet" => self.state.destination = Destination::Styles,
            "title" => self.state.destination = Destination::Title,
            "pntext" | "listtext" => self.state.destination = Destination::Label,
            "footnote" | "header" | "footer" | "headerl" | "headerr" | "headerf" | "footerl" | "footerr"
            | "footerf" | "annotation" => {
                self.begin_aside();
            }
            "info" | "pict" | "object" | "fldinst" | "filetbl" | "listtable" | "listoverridetable" | "revtbl"
            | "themedata" | "datastore" | "xe" | "tc" | "bkmkstart" | "bkmkend" | "nonshppict" | "atnid"
            | "atnauthor" => {
                self.state.destination = Destination::Skipped;
            }
            "red" | "green" | "blue" => self.mix(name, number),
            "ansicpg" | "fcharset" | "cpg" => self.code_page(name, number),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            _ => self.character(name),
        }
    }

    fn character(&mut self, name: &str) {
        let c = match name {
            "emdash" => "—",
            "endash" => "–",
            "bullet" => "•",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "emspace" | "enspace" | "qmspace" => " ",
            "zwj" => "\u{200d}",
            "zwnj" => "\u{200c}",
            _ => return,
        };
        self.push(c);
    }

    fn begin_aside(&mut self) {
        if self.state.destination == Destination::Body {
            self.state.destination = Destination::Aside;
        }
    }

    fn mix(&mut self, name: &str, number: Option<i32>) {
        let shift = match name {
            "red" => 16,
            "green" => 8,
            _ => 0,
        };
        let part = number.and_then(|part| u8::try_from(part).ok()).unwrap_or(0);
        self.colour = Some(self.colour.unwrap_or(0) | u32::from(part) << shift);
    }

    fn code_page(&mut self, name: &str, number: Option<i32>) {
        let number = number.unwrap_or(0);
        let encoding = if name == "fcharset" { code_page::of_charset(number) } else { code_page::of_number(number) };
        match encoding {
            Some(encoding) if self.state.destination == Destination::Fonts => {
                self.fonts.insert(self.state.font, encoding);
            }
            Some(encoding) if name == "ansicpg" => self.encoding = encoding,
            _ => {}
        }
    }

    fn colour_of(&self, number: Option<i32>) -> Option<Colour> {
        self.colours.get(usize::try_from(number.unwrap_or(0)).ok()?).copied().flatten()
    }

    /// `\u`: a UTF-16 unit as a signed number, then so many bytes that stand for it in old programs.
    fn unicode(&mut self, number: i32) {
        self.skip = self.state.fallback;
        #[allow(
            clippy::cast_sign_loss,
            clippy::cast_possible_truncation,
            reason = "-3913 is U+F0B7: the lower 16 bits count"
        )]
        let unit = number as u16;
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let text: String =
            char::decode_utf16(units).flatten().filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).collect();
        self.push(&text);
    }

    /// Decodes the bytes so far.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self.fonts.get(&self.state.font).copied().unwrap_or(self.encoding);
        match self.state.destination {
            Destination::Colours => bytes.iter().filter(|byte| **byte == b';').for_each(|_| {
                let colour = self.colour.take();
                self.colours.push(colour);
            }),
            Destination::Styles => self.style_name.push_str(&encoding.decode_without_bom_handling(&bytes).0),
            _ => {
                let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
                self.push(&text);
            }
        }
    }

    fn push(&mut self, text: &str) {
        if self.state.deleted {
            return;
        }
        let why = self.state.look.why();
        match self.state.destination {
            Destination::Body => self.inline.push(text, why),
            Destination::Aside => self.aside.push(text, why),
            Destination::Label => self.label.push(text, why),
            Destination::Title => self.writer.title.push_str(text),
            Destination::Skipped | Destination::Fonts | Destination::Colours | Destination::Styles => {}
        }
    }

    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.style_name);
        if let Some(level) = heading(name.trim().trim_end_matches(';')) {
            self.styles.entry(self.style).or_insert(level);
        }
        self.style = 0;
    }

    fn end_paragraph(&mut self) {
        match self.state.destination {
            Destination::Aside => self.aside.push("\n", None),
            Destination::Body if self.paragraph.table => self.inline.push(" ", None),
            Destination::Body => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        self.decode();
        let kind = match (self.paragraph.heading, self.paragraph.item || !self.label.is_blank()) {
            (Some(level), _) => BlockKind::Heading(level),
            (None, true) => BlockKind::Item,
            (None, false) => BlockKind::Paragraph,
        };
        let text = self.inline.take();
        let label = self.label.take();
        // Bullets are signs of their font; numbers are cited.
        let mut block =
            if label.text().chars().any(char::is_alphanumeric) { label.into_cell() } else { Inline::default() };
        block.join(&text, " ");
        if !text.is_blank() {
            self.writer.end_table();
            self.writer.block(kind, block);
        }
        self.write_asides();
    }

    fn write_asides(&mut self) {
        for aside in std::mem::take(&mut self.asides) {
            self.writer.block(BlockKind::Aside, aside);
        }
    }

    fn end_cell(&mut self) {
        if self.state.destination == Destination::Body && self.cells.len() < limits::COLUMNS {
            self.label = Inline::default();
            let cell = self.inline.take();
            self.cells.push(cell);
        }
    }

    fn end_row(&mut self) {
        if self.state.destination == Destination::Body {
            let cells = std::mem::take(&mut self.cells);
            self.writer.row(cells, self.header);
            self.write_asides();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;
    use reader::wire::{Page, Why};

    fn page(source: &str) -> Page {
        let page = read(source.as_bytes()).unwrap().pages.remove(0);
        check(&page);
        page
    }

    #[test]
    fn letters_come_from_code_pages_and_unicode() {
        let source = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}
            \\f0 caf\\'e9 {\\f1 \\'cc\\'e8\\'f0} {\\f2\\'93\\'fa\\'96\\'7b} \\u1587?\\u1604?{\\uc2\\u8364\\'80\\'80 }\\u-10179?\\u-8704?\\par}";
        assert_eq!(page(source).text, "café Мир 日本 سل€ \u{1f600}");
    }

    #[test]
    fn headings_items_notes_and_tables_are_told_apart() {
        let source = "{\\rtf1{\\stylesheet{\\s1 heading 2;}{\\s2\\outlinelevel0 X;}}{\\info{\\title T}{\\author A}}{\\header\\pard Head\\par}
            \\pard\\s1 One\\par\\pard\\s2 Two\\par\\pard{\\listtext 1.\\tab}\\ls1 item\\par
            \\pard text{\\footnote note} goes on\\par
            \\trowd\\trhdr\\intbl A\\cell B\\cell\\row\\trowd\\intbl 1\\cell 2\\cell\\row\\pard end\\par}";
        let page = page(source);
        assert_eq!(page.text, "One\nHead\nTwo\n1. item\ntext goes on\nnote\nA\tB\n1\t2\nend");
        let kinds: Vec<BlockKind> = page.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds[..4], [BlockKind::Heading(2), BlockKind::Aside, BlockKind::Heading(1), BlockKind::Item]);
        assert_eq!(kinds[6..8], [BlockKind::Row { header: true }, BlockKind::Row { header: false }]);
    }

    #[test]
    fn what_is_hidden_is_marked_and_what_is_deleted_is_left_out() {
        let page = page(
            "{\\rtf1{\\colortbl;\\red255\\green255\\blue255;}a {\\v hid}{\\cf1 white}{\\fs2 tiny}{\\deleted gone}{\\*\\xx no}\\par}",
        );
        assert_eq!(page.text, "a hidwhitetiny");
        assert_eq!(
            page.marks.iter().map(|mark| mark.why).collect::<Vec<_>>(),
            [Why::Invisible, Why::SameColour, Why::Tiny]
        );
    }

    #[test]
    fn groups_without_end_and_cut_text_do_no_harm() {
        assert_eq!(read(b"{".repeat(1_000_000).as_slice()).err(), Some(Failure::TooLarge));
        for end in 0..40 {
            let _ = read(b"{\\rtf1\\u-10179?{\\bin99 \\'e".get(..end).unwrap_or_default());
        }
    }
}
