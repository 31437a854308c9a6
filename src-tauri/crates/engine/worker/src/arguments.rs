//! The worker's command line. Nobody types it: a program of Tacit writes it.

use std::ffi::OsString;
use std::num::NonZeroU32;
use std::path::PathBuf;

/// What the worker was started with.
#[derive(Debug, PartialEq)]
pub struct Arguments {
    /// The GGUF file.
    pub model: PathBuf,
    /// Threads to compute with, when the caller wants a number.
    pub threads: Option<NonZeroU32>,
    /// The most tokens of context, when the caller wants fewer than fit.
    pub window: Option<NonZeroU32>,
}

impl Arguments {
    /// Reads `--model FILE [--threads N] [--window N]`; an error is a sentence.
    pub fn parse(words: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let (mut model, mut threads, mut window) = (None, None, None);
        let mut words = words;
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("{} needs a value", word.display()))?;
            match word.to_str() {
                Some("--model") => model = Some(PathBuf::from(value)),
                Some("--threads") => threads = Some(number(&value)?),
                Some("--window") => window = Some(number(&value)?),
                _ => return Err(format!("tacit-engine does not know {}", word.display())),
            }
        }
        let model = model.ok_or("tacit-engine is started by Tacit: it needs --model FILE")?;
        Ok(Self { model, threads, window })
    }
}

fn number(value: &OsString) -> Result<NonZeroU32, String> {
    value
        .to_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| format!("{} is not a number above 0", value.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, String> {
        Arguments::parse(words.iter().map(OsString::from))
    }

    #[test]
    fn the_model_is_all_it_needs() {
        let model = PathBuf::from("m.gguf");
        assert_eq!(parse(&["--model", "m.gguf"]), Ok(Arguments { model, threads: None, window: None }));
    }

    #[test]
    fn what_it_does_not_know_is_an_error() {
        assert!(parse(&[]).is_err());
        assert!(parse(&["--model"]).is_err());
        assert!(parse(&["--model", "m", "--threads", "0"]).is_err());
        assert!(parse(&["--model", "m", "--listen", "1"]).is_err());
    }
}
