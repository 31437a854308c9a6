//! Scans whose text is known, read by the Tesseract that is linked, before and behind the worker's locks.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up must fail loudly")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of small pictures")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use confine::Stage;
use image::GrayImage;
use image::imageops;
use reader::wire::{BlockKind, Page};
use reader_worker::ocr::Ocr;

const LETTER: &str = "letter.png";
const INVOICE: &str = "invoice.png";
const DOTS_PER_INCH: f32 = 150.0;
/// Set in the child of the test of the locks.
const LOCKED: &str = "TACIT_TEST_OCR_LOCKED";

fn scan(name: &str) -> GrayImage {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scans").join(name);
    image::open(path).unwrap().into_luma8()
}

fn text_of(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scans").join(name))
        .unwrap()
        .trim_end()
        .to_owned()
}

fn read(picture: &GrayImage) -> Page {
    Ocr::load().unwrap().page(4, picture, DOTS_PER_INCH).unwrap()
}

/// The words; how a scan's lines make paragraphs is Tesseract's guess.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn a_french_letter_is_read_word_for_word() {
    let page = read(&scan(LETTER));
    assert_eq!(words(&page.text), words(&text_of("letter.txt")));
    assert!(page.ocr);
    assert_eq!(page.number, 4);
}

#[test]
fn an_invoice_keeps_its_rows() {
    let page = read(&scan(INVOICE));
    assert_eq!(page.text, text_of("invoice.txt"));
    let rows = page.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Row { .. }));
    assert!(rows.count() >= 4);
}

#[test]
fn each_word_stands_where_its_ink_is() {
    let picture = scan(LETTER);
    let page = read(&picture);
    let pixels = DOTS_PER_INCH / 72.0;
    assert!(!page.words.is_empty());
    // The box of a single mark (`;`) is Tesseract's guess.
    for word in page.words.iter().filter(|word| word.span.len() > 1) {
        let edge = |points: f32| (points * pixels).round() as u32;
        let (x, y) = (edge(word.rect.x), edge(word.rect.y));
        let (width, height) = (edge(word.rect.width), edge(word.rect.height));
        let part = imageops::crop_imm(&picture, x, y, width, height).to_image();
        assert!(part.pixels().any(|pixel| pixel.0[0] < 128), "nothing at {x}, {y}");
        assert!(width < 400 && height < 60, "{width} by {height}");
    }
}

#[test]
fn a_scan_turned_left_or_upside_down_is_read_and_its_words_found() {
    let upright = scan(INVOICE);
    let ocr = Ocr::load().unwrap();
    for (turned, quarters) in [(imageops::rotate270(&upright), 1), (imageops::rotate180(&upright), 2)] {
        let read = ocr.read(&turned, DOTS_PER_INCH).unwrap();
        assert_eq!(read.quarters, quarters);
        assert_eq!(words(&read.text), words(&text_of("invoice.txt")));
        let word = read.words[0].rect;
        let part =
            imageops::crop_imm(&turned, word.x as u32, word.y as u32, word.width as u32, word.height as u32).to_image();
        assert!(part.pixels().any(|pixel| pixel.0[0] < 128));
    }
}

#[test]
fn blocks_and_words_are_where_the_text_is() {
    let page = read(&scan(INVOICE));
    let blocks: Vec<&str> =
        page.blocks.iter().map(|block| &page.text[block.span.start as usize..block.span.end as usize]).collect();
    assert_eq!(blocks.join("\n"), page.text);
    let words: Vec<&str> =
        page.words.iter().map(|word| &page.text[word.span.start as usize..word.span.end as usize]).collect();
    assert_eq!(words, page.text.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn pictures_without_text_give_none_and_those_too_large_are_refused() {
    let ocr = Ocr::load().unwrap();
    for (width, height) in [(1, 1), (2, 900), (40, 40), (600, 800)] {
        let page = ocr.page(0, &GrayImage::from_pixel(width, height, image::Luma([255])), 0.0).unwrap();
        assert_eq!(page.text, "", "{width} by {height}");
    }
    assert!(ocr.read(&GrayImage::new(20_000, 4_000), 300.0).is_err());
}

#[test]
fn english_and_french_are_there() {
    assert_eq!(Ocr::load().unwrap().languages()[..2], ["eng", "fra"]);
}

/// The child of the next test: it loads, locks itself, and reads.
#[test]
fn read_behind_the_locks() {
    if env::var_os(LOCKED).is_none() {
        return;
    }
    let picture = scan(INVOICE);
    let wanted = text_of("invoice.txt");
    let threads = || fs::read_dir("/proc/self/task").unwrap().count();
    let before = threads();
    let ocr = Ocr::load().unwrap();
    // The first is this test's harness's thread's; each holds for the thread that puts it on.
    let held = Stage::Worker.put_on();
    assert_eq!(Stage::Worker.missing(&held), []);
    fs::write("/tmp/tacit-ocr-mark", "").unwrap();
    let read = ocr.read(&picture, DOTS_PER_INCH).unwrap();
    assert_eq!(threads(), before, "OpenMP started threads");
    assert_eq!(words(&read.text), words(&wanted));
}

#[test]
fn reading_opens_no_file_and_no_socket_and_starts_no_thread() {
    let folder = env::temp_dir().join(format!("tacit-ocr-trace-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let trace = folder.join("trace");
    let status = Command::new("strace")
        .args(["-f", "-e", "trace=%file,%network,%process", "-o"])
        .arg(&trace)
        .arg(env::current_exe().unwrap())
        .args(["--exact", "read_behind_the_locks", "--test-threads=1"])
        .env(LOCKED, "1")
        .status()
        .unwrap();
    let traced = fs::read_to_string(&trace).unwrap();
    fs::remove_dir_all(folder).unwrap();
    fs::remove_file("/tmp/tacit-ocr-mark").unwrap();
    assert!(status.success());
    // Up to the mark everything was loaded; what follows is reading.
    let (loading, reading) = traced.split_once("/tmp/tacit-ocr-mark").unwrap();
    // Whole lines, up to where the test itself counts its threads.
    let lines = reading.lines().skip(1).take_while(|line| !line.contains("/proc/self/task"));
    let reading = lines.collect::<Vec<_>>().join("\n");
    for call in ["open", "socket", "connect", "clone", "execve"] {
        assert!(
            !reading.contains(&format!("{call}(")) && !reading.contains(&format!("{call}at(")),
            "{call}: {reading}"
        );
    }
    assert!(!loading.contains("socket("), "a library opened a socket as it was loaded");
}
