//! What a command writes: for a person, or one JSON object a line.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};

use assistant::{Basis, Event, Notice, Said, shown};
use serde::Serialize;
use serde_json::json;

use crate::failure::Failure;
use crate::markdown::Stream;

/// Standard output and standard error. A closed pipe is no error: whoever read has had enough.
pub struct Output {
    json: bool,
    /// Answers are rendered only for somebody who looks at them.
    stream: RefCell<Option<Stream>>,
}

impl Output {
    pub fn new(json: bool) -> Self {
        let rendered = !json && io::stdout().is_terminal();
        Self { json, stream: RefCell::new(rendered.then(Stream::new)) }
    }

    /// Whether programs read the output.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A line for a person; nothing for a program.
    pub fn line(&self, text: &str) {
        if !self.json {
            writeln!(io::stdout(), "{}", shown(text)).ok();
        }
    }

    /// An object for a program; nothing for a person.
    pub fn object(&self, value: &impl Serialize) {
        if self.json
            && let Ok(line) = serde_json::to_string(value)
        {
            writeln!(io::stdout(), "{line}").ok();
        }
    }

    /// A line beside the answer: progress, notices. To standard error, so that a pipe gets the answer alone.
    pub fn aside(&self, text: &str) {
        if !self.json {
            writeln!(io::stderr(), "{}", shown(text)).ok();
        }
    }

    /// A line that a person should know of beside the answer, with a stable name for programs.
    pub fn notice(&self, code: &'static str, text: &str) {
        self.event(&Event::Notice(Notice::of(code, text.to_owned())));
    }

    /// Progress that replaces itself on a terminal; plain lines are only written at its end.
    pub fn progress(&self, text: &str) {
        if !self.json && io::stderr().is_terminal() {
            write!(io::stderr(), "\r\x1B[K{}", shown(text)).ok();
            io::stderr().flush().ok();
        }
    }

    /// Removes the progress line.
    pub fn end_progress(&self) {
        self.progress("");
    }

    /// One step of an answer.
    pub fn event(&self, event: &Event) {
        let for_windows = matches!(event, Event::Begun { .. } | Event::Reading { .. } | Event::Loading { .. });
        if self.json {
            match event {
                Event::Evidence(evidence) => self.passages(&Basis::of(evidence, "")),
                event if !for_windows => self.object(event),
                _ => {}
            }
            return;
        }
        match event {
            Event::Evidence(evidence) => self.passages(&Basis::of(evidence, "")),
            Event::Accepted { .. } | Event::Begun { .. } | Event::Reading { .. } | Event::Done(_) => {}
            Event::Loading { permille: 1000 } => self.end_progress(),
            Event::Loading { permille } => self.progress(&format!("Loading the model: {} %", permille / 10)),
            Event::Notice(notice) => self.aside(&format!("({})", notice.text)),
            Event::Token { text } => self.token(&shown(text)),
            Event::Progress { done, of, remaining_s } => {
                let remaining = remaining_s.map(|seconds| format!(", about {} left", duration(seconds)));
                self.progress(&format!("Part {done} of {of}{}", remaining.unwrap_or_default()));
            }
        }
    }

    /// The passages that an answer will rest on.
    fn passages(&self, basis: &Basis) {
        let Basis::Documents { answered, citations, .. } = basis else { return };
        self.object(&json!({"type": "passages", "answered": answered, "citations": citations}));
        for cited in citations {
            let words = cited.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let place = if cited.label.is_empty() { format!("page {}", cited.page) } else { cited.label.clone() };
            self.aside(&format!("[{}] {}, {place}: {words}", cited.n, cited.name));
        }
        if !citations.is_empty() {
            self.aside("");
        }
    }

    /// What the sentences of an answer rest on. The line `done` has it for programs.
    pub fn basis(&self, basis: &Basis) {
        let Basis::Documents { sentences, .. } = basis else { return };
        for sentence in sentences {
            let numbers = sentence.citations.iter().flat_map(|n| ["[".to_owned(), n.to_string(), "]".to_owned()]);
            let numbers = numbers.collect::<String>();
            let support = match sentence.support {
                Said::Full => "supported",
                Said::Partial => "partly supported",
                Said::None => "NOT in your documents",
            };
            self.aside(&format!("{support} {numbers}: {}", sentence.text));
        }
    }

    fn token(&self, text: &str) {
        if let Some(stream) = self.stream.borrow_mut().as_mut() {
            return stream.push(text);
        }
        write!(io::stdout(), "{text}").ok();
        io::stdout().flush().ok();
    }

    /// Ends the line of an answer.
    pub fn end_answer(&self) {
        if self.json {
            return;
        }
        if let Some(stream) = self.stream.borrow_mut().as_mut() {
            return stream.end();
        }
        writeln!(io::stdout()).ok();
    }

    /// A text that is already complete, rendered as an answer is.
    pub fn answer(&self, text: &str) {
        self.token(&shown(text));
        self.end_answer();
    }

    /// Why a command ended: a sentence on standard error, or an object on standard output.
    pub fn failure(&self, failure: &Failure) {
        self.end_progress();
        if self.json {
            let (code, exit) = (failure.code(), failure.exit_code());
            self.object(
                &serde_json::json!({"type": "error", "code": code, "message": failure.sentence(), "exit": exit}),
            );
        } else {
            writeln!(io::stderr(), "tacit: {}", shown(&failure.sentence())).ok();
        }
    }
}

/// Seconds as people say them.
pub fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
