//! Prints what a document says, or draws a page of it, without a worker: for comparing with other readers.
//!
//! ```text
//! read FILE                      the text
//! read FILE --blocks             each block with its kind and marks
//! read FILE --draw PAGE PNG      a page at 144 dpi
//! ```

use std::error::Error;
use std::io::Write as _;

use reader::wire::Page;
use reader_worker::document;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((file, how)) = arguments.split_first() else { return Err("read FILE".into()) };
    let document = document::open(file, std::fs::read(file)?, None, None)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match how {
        ["--draw", page, png] => {
            let picture = document.draw(page.parse()?, 2.0, None)?;
            std::fs::write(png, picture.png)?;
        }
        how => {
            let mut failed = Ok(());
            document.read(0, u32::MAX, &mut |number, page| {
                let written = match page {
                    Ok(page) if *how == ["--blocks"] => blocks(&mut out, &page),
                    Ok(page) => writeln!(out, "{}\u{c}", page.text),
                    Err(failure) => writeln!(out, "page {number}: {failure}"),
                };
                failed = std::mem::replace(&mut failed, Ok(())).and(written);
            });
            failed?;
        }
    }
    Ok(())
}

fn blocks(out: &mut impl std::io::Write, page: &Page) -> std::io::Result<()> {
    for block in &page.blocks {
        let span = block.span.start as usize..block.span.end as usize;
        writeln!(out, "{} {:?}: {}", page.number, block.kind, page.text.get(span).unwrap_or_default())?;
    }
    for mark in &page.marks {
        let span = mark.span.start as usize..mark.span.end as usize;
        writeln!(out, "{} marked {:?}: {}", page.number, mark.why, page.text.get(span).unwrap_or_default())?;
    }
    Ok(())
}
