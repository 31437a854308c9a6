//! Prints what the formats read from a file: `cargo run -p reader-worker --example flow -- FILE`.

use std::io::Write;

use reader::wire::BlockKind;
use reader_worker::formats::{detect, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: flow FILE")?;
    let bytes = std::fs::read(&path)?;
    let kind = detect(&bytes, &path).ok_or("no kind of document that can be read")?;
    let flow = read(kind, &path, &bytes)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{kind:?}: {}", flow.title)?;
    for page in &flow.pages {
        writeln!(out, "== {}", page.label)?;
        for block in &page.blocks {
            let text = page.text.get(block.span.start as usize..block.span.end as usize).unwrap_or_default();
            writeln!(out, "{} {text}", sign(block.kind))?;
        }
        for mark in &page.marks {
            let text = page.text.get(mark.span.start as usize..mark.span.end as usize).unwrap_or_default();
            writeln!(out, "! {:?} {text}", mark.why)?;
        }
    }
    for attachment in &flow.attachments {
        writeln!(out, "+ {} ({} bytes)", attachment.name, attachment.bytes.len())?;
    }
    Ok(())
}

fn sign(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "P".to_string(),
        BlockKind::Heading(level) => format!("H{level}"),
        BlockKind::Item => "I".to_string(),
        BlockKind::Row { header: true } => "R*".to_string(),
        BlockKind::Row { header: false } => "R".to_string(),
        BlockKind::Preformatted => "C".to_string(),
        BlockKind::Aside => "A".to_string(),
    }
}
