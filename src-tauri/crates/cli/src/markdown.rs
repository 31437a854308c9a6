//! Markdown on a terminal, rendered line by line while it is being written.

use std::io::{self, Write};

use termimad::MadSkin;
use unicode_width::UnicodeWidthStr;

/// An answer on its way to the terminal. The line being written stands there as it comes; once complete it is
/// replaced by its rendered form.
pub struct Stream {
    skin: MadSkin,
    line: String,
    in_code: bool,
}

impl Stream {
    pub fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let skin = if plain { MadSkin::no_style() } else { MadSkin::default() };
        Self { skin, line: String::new(), in_code: false }
    }

    /// Writes more of the answer.
    pub fn push(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        for part in text.split_inclusive('\n') {
            let (words, complete) = part.strip_suffix('\n').map_or((part, false), |words| (words, true));
            self.line += words;
            write!(out, "{words}").ok();
            if complete {
                self.replace_line(&mut out);
            }
        }
        out.flush().ok();
    }

    /// Completes the last line.
    pub fn end(&mut self) {
        let mut out = io::stdout().lock();
        self.replace_line(&mut out);
        self.in_code = false;
        out.flush().ok();
    }

    fn replace_line(&mut self, out: &mut impl Write) {
        let width = usize::from(termimad::terminal_size().0).max(20);
        let line = std::mem::take(&mut self.line);
        // Back to the first row that the raw line took, then clear to the end of the screen.
        let rows_above = line.width().saturating_sub(1) / width;
        if rows_above > 0 {
            write!(out, "\x1B[{rows_above}A").ok();
        }
        write!(out, "\r\x1B[J").ok();
        if line.trim_start().starts_with("```") {
            self.in_code = !self.in_code;
        } else if self.in_code {
            writeln!(out, "    {line}").ok();
        } else if line.trim().is_empty() {
            writeln!(out).ok();
        } else {
            write!(out, "{}", self.skin.text(&line, Some(width))).ok();
        }
    }
}
