//! Boxes of words against the pixels of the drawn page.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up must fail loudly")]

mod common;

use std::path::Path;

use common::{lines, pdf, sheet};
use image::GrayImage;
use reader::wire::{Page, Rect, Word};
use reader_worker::document::{self, Document};

/// Dots for each point.
const SCALE: f32 = 3.0;
/// What is darker is ink.
const INK: u8 = 160;

fn open(bytes: Vec<u8>) -> Box<dyn Document> {
    document::open("a.pdf", bytes, None, None).unwrap()
}

fn page(document: &dyn Document, number: u32) -> Page {
    let mut read = None;
    document.read(number, 1, &mut |_, page| read = Some(page.unwrap()));
    read.unwrap()
}

fn drawn(document: &dyn Document, number: u32) -> GrayImage {
    let picture = document.draw(number, SCALE, None).unwrap();
    image::load_from_memory(&picture.png).unwrap().into_luma8()
}

/// The share of a rectangle's pixels that is ink.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "pixels")]
fn ink(picture: &GrayImage, place: Rect) -> f32 {
    let pixel = |points: f32, most: u32| ((points * SCALE).round().max(0.0) as u32).min(most);
    let (x0, x1) = (pixel(place.x, picture.width()), pixel(place.x + place.width, picture.width()));
    let (y0, y1) = (pixel(place.y, picture.height()), pixel(place.y + place.height, picture.height()));
    let all = (x0..x1).flat_map(|x| (y0..y1).map(move |y| (x, y)));
    let (count, dark) = all.fold((0_u32, 0_u32), |(count, dark), (x, y)| {
        (count + 1, dark + u32::from(picture.get_pixel(x, y).0[0] < INK))
    });
    dark as f32 / count.max(1) as f32
}

fn word<'p>(page: &'p Page, text: &str) -> &'p Word {
    let of = |word: &&Word| page.text.get(word.span.start as usize..word.span.end as usize) == Some(text);
    page.words.iter().find(of).unwrap_or_else(|| panic!("{text} in {:?}", page.text))
}

/// Strips of two points on all four sides of a box.
fn beside(place: Rect) -> [Rect; 4] {
    const THIN: f32 = 2.0;
    [
        Rect { x: place.x - THIN - 0.5, width: THIN, ..place },
        Rect { x: place.x + place.width + 0.5, width: THIN, ..place },
        Rect { y: place.y - THIN, height: THIN, ..place },
        Rect { y: place.y + place.height, height: THIN, ..place },
    ]
}

fn check_words(document: &dyn Document, number: u32, alone: &[&str]) {
    let (page, picture) = (page(document, number), drawn(document, number));
    assert!(!page.words.is_empty());
    for word in &page.words {
        assert!(ink(&picture, word.rect) > 0.02, "no ink in {:?} of {:?}", word.rect, page.text);
    }
    for text in alone {
        let place = word(&page, text).rect;
        for strip in beside(place) {
            assert!(ink(&picture, strip) < f32::EPSILON, "ink beside {text}, {place:?}");
        }
    }
}

#[test]
fn each_word_stands_in_its_box() {
    let document = open(pdf(&[lines(&["Alpha   beta gamma", "", "Quarterly", "", "delta (epsilon) 1,250.00"])]));
    check_words(document.as_ref(), 0, &["Alpha", "gamma", "Quarterly", "delta"]);
}

#[test]
fn boxes_follow_rotated_and_cropped_pages_and_turned_text() {
    for extra in [
        "/Rotate 90",
        "/Rotate 180",
        "/Rotate 270",
        "/CropBox [60 600 400 760]",
        "/Rotate 90 /CropBox [60 600 400 760]",
    ] {
        let mut sheet = lines(&["Alpha   beta", "", "Quarterly"]);
        sheet.extra = extra.into();
        let document = open(pdf(&[sheet]));
        check_words(document.as_ref(), 0, &["Alpha", "Quarterly"]);
    }
    let turned =
        sheet("BT /F1 14 Tf 0 1 -1 0 300 300 Tm (Upwards) Tj ET BT /F1 14 Tf 0 -1 1 0 400 300 Tm (Down) Tj ET");
    check_words(open(pdf(&[turned])).as_ref(), 0, &["Upwards", "Down"]);
}

#[test]
fn an_area_of_a_page_is_drawn_as_the_whole_page_shows_it() {
    let document = open(pdf(&[lines(&["Alpha", "", "Quarterly"])]));
    let place = word(&page(document.as_ref(), 0), "Quarterly").rect;
    let picture = document.draw(0, SCALE, Some(place)).unwrap();
    let strip = image::load_from_memory(&picture.png).unwrap().into_luma8();
    let whole = drawn(document.as_ref(), 0);
    let of_strip = ink(&strip, Rect { x: 0.0, y: 0.0, ..place });
    assert!((of_strip - ink(&whole, place)).abs() < 0.03 && of_strip > 0.1, "{of_strip}");
    assert!(document.draw(0, SCALE, Some(Rect { x: 9000.0, ..place })).is_err(), "off the page");
    assert!(document.draw(0, f32::NAN, None).is_err());
    let large = document.draw(0, 1000.0, None).unwrap();
    assert!(large.width * large.height <= 41_000_000, "{}x{}", large.width, large.height);
}

/// Of the real documents among the fixtures: words that are seen and whose box holds no ink, of how many.
fn without_ink(document: &dyn Document) -> (usize, usize) {
    const PAGES: u32 = 2;
    let (mut empty, mut all) = (0, 0);
    for number in 0..document.opened().pages.min(PAGES) {
        let (page, picture) = (page(document, number), drawn(document, number));
        let hidden = |word: &Word| page.marks.iter().any(|mark| mark.span.contains(&word.span.start));
        for word in page.words.iter().filter(|word| !hidden(word)) {
            all += 1;
            let dots = page.text.get(word.span.start as usize..word.span.end as usize).unwrap();
            if ink(&picture, word.rect) < 0.001 {
                println!("page {number}: nothing in the box of {dots:?}, {:?}", word.rect);
                empty += 1;
            }
        }
    }
    (empty, all)
}

#[test]
fn words_of_real_documents_stand_in_their_boxes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../tests/fixtures/documents/pdf");
    let Ok(entries) = std::fs::read_dir(&folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "pdf"))
    {
        // Some are there to be refused.
        let Ok(document) = document::open("a.pdf", std::fs::read(&path).unwrap(), None, None) else { continue };
        let (empty, all) = without_ink(document.as_ref());
        println!("{}: {empty} of {all} words without ink", path.display());
        assert!(empty * 100 <= all, "{}: {empty} of {all}", path.display());
    }
}
