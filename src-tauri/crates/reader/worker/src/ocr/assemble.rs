//! Words as Tesseract finds them, put together to a page's text.

use std::ops::Range;

use image::GrayImage;
use reader::wire;
use unicode_normalization::UnicodeNormalization as _;

use super::prepare::Prepared;
use super::tesseract::RawWord;
use super::{Character, PixelRect, Recognised, RecognisedBlock, RecognisedWord};

/// Puts words together.
pub fn assemble(words: &[RawWord], prepared: &Prepared) -> Recognised {
    let mut page = Recognised { quarters: prepared.quarters, ..Recognised::default() };
    let mut row = false;
    for word in words {
        // What comes after a row is no part of it.
        let begins = word.begins_block || word.begins_paragraph || word.begins_row || (row && word.begins_line);
        if page.words.is_empty() || begins {
            row = word.begins_row;
            if !page.words.is_empty() {
                page.text.push('\n');
            }
            page.blocks.push(RecognisedBlock { span: page.text.len()..page.text.len(), row });
        } else if word.begins_cell {
            page.text.push('\t');
        } else if !(word.begins_line && joins(&mut page, word)) {
            page.text.push(' ');
        }
        let recognised = put(&mut page.text, word, prepared.back(word.area));
        page.words.push(recognised);
        if let Some(block) = page.blocks.last_mut() {
            block.span.end = page.text.len();
        }
    }
    page
}

fn put(text: &mut String, word: &RawWord, rect: PixelRect) -> RecognisedWord {
    let start = text.len();
    let mut characters = Vec::with_capacity(word.symbols.len());
    for symbol in &word.symbols {
        let from = text.len();
        text.extend(symbol.text.nfc());
        characters.push(Character {
            span: from..text.len(),
            confidence: percent(symbol.confidence),
            unsure: symbol.unsure,
        });
    }
    RecognisedWord { span: start..text.len(), rect, confidence: percent(word.confidence), characters }
}

/// Whether the last word was parted at the line's end and goes on in this one; its hyphen is then taken away.
fn joins(page: &mut Recognised, next: &RawWord) -> bool {
    let goes_on = next.symbols.first().and_then(|symbol| symbol.text.chars().next()).is_some_and(char::is_lowercase);
    let mut before = page.text.chars().rev();
    let parted = matches!(before.next(), Some('-' | '\u{2010}')) && before.next().is_some_and(char::is_lowercase);
    let Some(last) = page.words.last_mut().filter(|_| goes_on && parted) else { return false };
    last.characters.pop();
    page.text.pop();
    last.span.end = page.text.len();
    true
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn percent(confidence: f32) -> u8 {
    confidence.round().clamp(0.0, 100.0) as u8
}

/// The page that a picture of so many dots an inch shows.
#[allow(clippy::cast_precision_loss, reason = "sizes of pictures are far below 2^24")]
pub fn page(number: u32, recognised: &Recognised, picture: &GrayImage, dots_per_inch: f32) -> wire::Page {
    let points = 72.0 / dots_per_inch;
    let blocks = recognised.blocks.iter();
    let words = recognised.words.iter();
    wire::Page {
        number,
        width: picture.width() as f32 * points,
        height: picture.height() as f32 * points,
        text: recognised.text.clone(),
        blocks: blocks.map(|block| wire::Block { span: span(&block.span), kind: kind(block) }).collect(),
        words: words.map(|word| on_paper(word, points)).collect(),
        ocr: true,
        ..wire::Page::default()
    }
}

fn kind(block: &RecognisedBlock) -> wire::BlockKind {
    if block.row { wire::BlockKind::Row { header: false } } else { wire::BlockKind::Paragraph }
}

fn on_paper(word: &RecognisedWord, points: f32) -> wire::Word {
    let PixelRect { x, y, width, height } = word.rect;
    let unsure = word.characters.iter().filter(|character| character.unsure);
    wire::Word {
        span: span(&word.span),
        rect: wire::Rect { x: x * points, y: y * points, width: width * points, height: height * points },
        confidence: word.confidence,
        unsure: unsure.map(|character| span(&character.span)).collect(),
    }
}

/// A page's text is far shorter than 4 GB: Tesseract finds no more words than there are pixels.
fn span(range: &Range<usize>) -> wire::Span {
    let short = |place| u32::try_from(place).unwrap_or(u32::MAX);
    short(range.start)..short(range.end)
}
