//! What a page says, in the order in which people read it, and what of it they do not see.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up must fail loudly")]

mod common;

use std::fmt::Write as _;

use common::{Sheet, lines, pdf, sheet};
use reader::wire::{BlockKind, Page, Why};
use reader_worker::document;

fn read(sheet: Sheet) -> Page {
    let document = document::open("a.pdf", pdf(&[sheet]), None, None).unwrap();
    let mut read = None;
    document.read(0, 1, &mut |_, page| read = Some(page.unwrap()));
    read.unwrap()
}

fn blocks(page: &Page) -> Vec<(BlockKind, &str)> {
    let text = |span: &std::ops::Range<u32>| page.text.get(span.start as usize..span.end as usize).unwrap();
    page.blocks.iter().map(|block| (block.kind, text(&block.span))).collect()
}

fn marked(page: &Page) -> Vec<(Why, &str)> {
    let text = |span: &std::ops::Range<u32>| page.text.get(span.start as usize..span.end as usize).unwrap();
    page.marks.iter().map(|mark| (mark.why, text(&mark.span))).collect()
}

/// Lines of one column, from a place on.
fn column(x: u32, y: u32, size: u32, lines: &[&str]) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
    format!("BT /F1 {size} Tf {} TL {x} {y} Td {} ET ", size + 2, shown.join(" "))
}

#[test]
fn blocks_cover_the_text_without_gaps_but_for_line_feeds() {
    let page = read(lines(&["One two.", "", "", "Three four.", "", "", "Five."]));
    let mut at = 0;
    for block in &page.blocks {
        assert_eq!(block.span.start, at);
        at = block.span.end + 1;
    }
    assert_eq!(at as usize, page.text.len() + 1);
    assert_eq!(page.text, "One two.\nThree four.\nFive.");
}

#[test]
fn columns_are_read_one_after_the_other_and_what_spans_them_first() {
    let left = [
        "The first column begins with",
        "words of its own and it goes",
        "on for some lines until it is",
        "full and then it stops here.",
    ];
    let right = [
        "The second column begins at",
        "the same height as the first",
        "but nobody reads across both",
        "of them, line after line.",
    ];
    let page = read(sheet(
        &(column(72, 700, 20, &["A title over both columns of this page"])
            + &column(72, 650, 10, &left)
            + &column(320, 650, 10, &right)),
    ));
    let expected = [
        (BlockKind::Heading(1), "A title over both columns of this page".to_owned()),
        (BlockKind::Paragraph, left.join(" ")),
        (BlockKind::Paragraph, right.join(" ")),
    ];
    let expected: Vec<(BlockKind, &str)> = expected.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(blocks(&page), expected);
}

#[test]
fn a_table_keeps_its_cells_apart_and_empty_ones_empty() {
    let rows = [("Bench", "6", "214.00"), ("Shelf", "12", "80.50"), ("Desk", "", "99.00")];
    let mut content = String::new();
    for (at, (name, count, price)) in rows.iter().enumerate() {
        let y = 700 - 16 * at;
        for (x, cell) in [(72, name), (250, count), (350, price)] {
            write!(content, "BT /F1 10 Tf {x} {y} Td ({cell}) Tj ET ").unwrap();
        }
    }
    let page = read(sheet(&content));
    let row = BlockKind::Row { header: false };
    assert_eq!(blocks(&page), [(row, "Bench\t6\t214.00"), (row, "Shelf\t12\t80.50"), (row, "Desk\t\t99.00")]);
}

#[test]
fn divided_words_are_joined_and_compounds_kept() {
    let page = read(lines(&[
        "The insur-",
        "ance covers well-",
        "known risks and state-of-the-",
        "art things, and Jean-",
        "Pierre.",
    ]));
    assert_eq!(page.text, "The insurance covers wellknown risks and state-of-the-art things, and Jean-Pierre.");
    for word in &page.words {
        assert!(page.text.get(word.span.start as usize..word.span.end as usize).is_some_and(|it| !it.is_empty()));
    }
}

#[test]
fn items_begin_with_their_bullets_and_headings_are_larger() {
    let page = read(sheet(
        &(column(72, 700, 16, &["Findings"])
            + &column(
                72,
                660,
                10,
                &["\\225 The first item of this list goes on", "\\225 The second item is shorter", "1. A numbered one"],
            )),
    ));
    let kinds: Vec<BlockKind> = blocks(&page).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [BlockKind::Heading(2), BlockKind::Item, BlockKind::Item, BlockKind::Item], "{:?}", page.text);
}

#[test]
fn running_heads_and_page_numbers_stand_aside() {
    let body: Vec<String> = (0..12).map(|at| format!("Line {at} of the running text of this page.")).collect();
    let body: Vec<&str> = body.iter().map(String::as_str).collect();
    let page = read(sheet(
        &(column(72, 760, 9, &["Annual report"]) + &column(72, 700, 10, &body) + &column(300, 30, 9, &["17"])),
    ));
    let asides: Vec<&str> =
        blocks(&page).into_iter().filter(|(kind, _)| *kind == BlockKind::Aside).map(|(_, text)| text).collect();
    assert_eq!(asides, ["Annual report", "17"]);
}

#[test]
fn what_the_page_does_not_show_is_marked() {
    let shown = column(72, 700, 11, &["Seen by all."]);
    for (content, why) in [
        ("BT /F1 11 Tf 3 Tr 72 600 Td (hidden words) Tj ET", Why::Invisible),
        ("1 g BT /F1 11 Tf 72 600 Td (hidden words) Tj ET", Why::SameColour),
        ("0 0 1 rg 60 590 200 30 re f 0 0 .98 rg BT /F1 11 Tf 72 600 Td (hidden words) Tj ET", Why::SameColour),
        ("BT /F1 1 Tf 72 600 Td (hidden words) Tj ET", Why::Tiny),
        ("BT /F1 11 Tf 72 900 Td (hidden words) Tj ET", Why::OffPage),
        ("BT /F1 11 Tf 72 600 Td (hidden words) Tj ET .5 g 60 590 200 30 re f", Why::OffPage),
        ("/Span << /ActualText (hidden words) >> BDC BT /F1 11 Tf 72 600 Td (pay 90) Tj ET EMC", Why::ForgedFont),
    ] {
        let page = read(sheet(&format!("{shown} {content}")));
        assert_eq!(marked(&page), [(why, "hidden words")], "{content}");
        assert!(page.text.starts_with("Seen by all."), "{content}");
    }
}

#[test]
fn what_the_page_shows_is_not_marked() {
    for content in [
        "0 g 60 590 200 30 re f 1 g BT /F1 11 Tf 72 600 Td (white on black) Tj ET",
        "BT /F1 11 Tf 72 600 Td (plain) Tj ET",
        "1 1 .6 rg 60 590 200 30 re f 0 g BT /F1 11 Tf 72 600 Td (on yellow) Tj ET",
        "BT /F1 11 Tf 2 Tr 72 600 Td (filled and stroked) Tj ET",
        "/Span << /ActualText (office) >> BDC BT /F1 11 Tf 72 600 Td (office) Tj ET EMC",
    ] {
        let page = read(sheet(content));
        assert_eq!(marked(&page), [], "{content}");
        assert!(!page.text.is_empty(), "{content}");
    }
}

#[test]
fn a_font_that_shows_other_letters_than_it_names_is_marked() {
    let page = read(sheet("BT /F1 11 Tf 72 600 Td (pay) Tj /F3 11 Tf ( pay 90) Tj ET"));
    assert_eq!(page.text, "pay qbz 90");
    assert_eq!(marked(&page), [(Why::ForgedFont, "qbz")]);
}

#[test]
fn a_map_with_an_empty_entry_is_read_all_the_same() {
    assert_eq!(read(sheet("BT /F4 11 Tf 72 600 Td (\\351) Tj ET")).text, "•");
}

#[test]
fn letters_drawn_twice_to_look_bold_are_read_once() {
    let page = read(sheet("BT /F1 11 Tf 72 600 Td (Bold) Tj ET BT /F1 11 Tf 72.3 600 Td (Bold) Tj ET"));
    assert_eq!(page.text, "Bold");
}

#[test]
fn a_form_says_what_was_filled_in() {
    let field =
        "/Annots [<< /Type /Annot /Subtype /Widget /Rect [200 595 400 615] /FT /Tx /V (Juna) /AP << /N 10 0 R >> >>]";
    // The page's own content serves as the field's appearance, too.
    let mut page = sheet("BT /F1 11 Tf 2 5 Td (Juna) Tj ET");
    page.extra = field.into();
    page.filter = "/Type /XObject /Subtype /Form /BBox [0 0 200 20]".into();
    let read = read(page);
    assert_eq!(read.words.len(), 2, "{:?}", read.text);
    assert!(read.words.iter().any(|word| (word.rect.x - 202.0).abs() < 1.0));
}
