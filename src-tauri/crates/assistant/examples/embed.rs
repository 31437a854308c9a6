//! Vectors of texts, for measurements: `embed MODEL.gguf < TEXTS > VECTORS`. A text is a line of standard input, as a JSON string with the
//! model's prefix and in its spelling; of each, standard output has the vector's numbers, little-endian, four bytes each. `tacit-engine`
//! stands beside this program.

use std::error::Error;
use std::io::{BufRead as _, Write as _};

use engine::{Engine, EngineOptions};

/// Texts that are handed over at once.
const AT_ONCE: usize = 32;

fn main() -> Result<(), Box<dyn Error>> {
    let model = std::env::args().nth(1).ok_or("usage: embed MODEL.gguf < TEXTS > VECTORS")?.into();
    let engine = Engine::start(&EngineOptions { model, ..EngineOptions::default() })?.wait(|_| {})?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut lines = std::io::stdin().lock().lines();
    loop {
        let texts = lines.by_ref().take(AT_ONCE).map(|line| Ok(serde_json::from_str(&line?)?));
        let texts = texts.collect::<Result<Vec<String>, Box<dyn Error>>>()?;
        if texts.is_empty() {
            return Ok(out.flush()?);
        }
        for number in engine.embed(texts)?.into_iter().flatten() {
            out.write_all(&number.to_le_bytes())?;
        }
    }
}
