//! Real files, written by `LibreOffice`, python-docx, python-pptx, openpyxl and xlwt: what they say stands beside them.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use reader::wire::BlockKind;

use super::writer::tests::check;
use super::*;

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_none_or(|ending| ending != "expected"));
    files.sort();
    assert!(files.len() >= 8, "fixtures are missing");
    files.into_iter().map(|path| (path.to_str().unwrap().to_string(), std::fs::read(&path).unwrap())).collect()
}

fn shown(kind: Kind, flow: &Flow) -> String {
    let mut out = format!("{kind:?}: {}\n", flow.title);
    for page in &flow.pages {
        writeln!(out, "== {}", page.label).unwrap();
        let text = |span: &std::ops::Range<u32>| page.text.get(span.start as usize..span.end as usize).unwrap();
        for block in &page.blocks {
            let sign = match block.kind {
                BlockKind::Paragraph => "P".to_string(),
                BlockKind::Heading(level) => format!("H{level}"),
                BlockKind::Item => "I".to_string(),
                BlockKind::Row { header } => if header { "R*" } else { "R" }.to_string(),
                BlockKind::Preformatted => "C".to_string(),
                BlockKind::Aside => "A".to_string(),
            };
            writeln!(out, "{sign} {}", text(&block.span)).unwrap();
        }
        for mark in &page.marks {
            writeln!(out, "! {:?} {}", mark.why, text(&mark.span)).unwrap();
        }
    }
    for attachment in &flow.attachments {
        writeln!(out, "+ {} ({} bytes)", attachment.name, attachment.bytes.len()).unwrap();
    }
    out
}

#[test]
fn real_files_say_what_people_see() {
    for (name, bytes) in fixtures() {
        let kind = detect(&bytes, &name).unwrap();
        let flow = read(kind, &name, &bytes).unwrap();
        flow.pages.iter().for_each(check);
        let expected = std::fs::read_to_string(format!("{name}.expected")).unwrap();
        assert_eq!(shown(kind, &flow), expected, "{name}");
    }
}

/// Reads damaged bytes under the kind of the whole file, without the net that [`read`] spreads for panics.
fn survives(kind: Kind, name: &str, bytes: &[u8], what: &str) {
    let begun = Instant::now();
    if let Ok(flow) = dispatch(kind, name, bytes) {
        flow.pages.iter().for_each(check);
    }
    let _ = detect(bytes, name);
    assert!(begun.elapsed() < Duration::from_secs(1), "{name}, {what}, took {:?}", begun.elapsed());
}

#[test]
fn files_cut_short_do_no_harm() {
    for (name, bytes) in fixtures() {
        let kind = detect(&bytes, &name).unwrap();
        for i in 0..60 {
            let end = bytes.len() * i / 60;
            survives(kind, &name, &bytes[..end], &format!("cut at {end}"));
        }
    }
}

/// xorshift64: the same damage at each run.
fn damage(bytes: &[u8], seed: &mut u64, count: usize) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..count {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        let at = usize::try_from(*seed >> 8).unwrap() % damaged.len();
        damaged[at] ^= u8::try_from(*seed & 0xff).unwrap() | 1;
    }
    damaged
}

/// An archive's checksums catch damage before the parsers see it: here the parts are damaged, then packed again.
#[test]
fn archives_of_damaged_parts_do_no_harm() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for (name, bytes) in fixtures().into_iter().filter(|(_, bytes)| bytes.starts_with(b"PK")) {
        let kind = detect(&bytes, &name).unwrap();
        let mut package = package::Package::open(&bytes).unwrap();
        let zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = zip.file_names().filter(|name| name.ends_with("ml")).map(str::to_string).collect();
        let parts: Vec<Vec<u8>> = names.iter().map(|name| package.part(name).unwrap().unwrap()).collect();
        for round in 0..40 {
            let damaged: Vec<Vec<u8>> = parts
                .iter()
                .map(|part| if part.is_empty() { Vec::new() } else { damage(part, &mut seed, round % 5) })
                .collect();
            let all: Vec<(&str, &[u8])> =
                names.iter().map(String::as_str).zip(damaged.iter().map(Vec::as_slice)).collect();
            survives(kind, &name, &package::tests::archive(&all), &format!("round {round}"));
        }
    }
}

#[test]
fn files_with_flipped_bytes_do_no_harm() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for (name, bytes) in fixtures() {
        let kind = detect(&bytes, &name).unwrap();
        for round in 0..60 {
            let damaged = damage(&bytes, &mut seed, 1 + round % 6);
            survives(kind, &name, &damaged, &format!("round {round}"));
        }
    }
}

#[test]
fn a_document_under_a_password_is_protected() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    let bytes = file.into_inner().into_inner();
    for name in ["a.docx", "b.xlsx", "c.pptx", "d.xls", "unnamed"] {
        let kind = detect(&bytes, name).unwrap();
        assert_eq!(read(kind, name, &bytes).err(), Some(Failure::Protected), "{name}");
    }
}

#[test]
fn no_bytes_are_empty_whatever_the_name_says() {
    for kind in [Kind::Docx, Kind::Text, Kind::Mail, Kind::Xls] {
        assert_eq!(read(kind, "", b"").err(), Some(Failure::Empty));
    }
}
