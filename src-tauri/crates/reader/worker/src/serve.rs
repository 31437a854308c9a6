//! The worker's one conversation: a document comes in, pages and pictures go out.

use std::io::{self, BufReader, Read, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::rc::Rc;

use pipe::frame;
use reader::wire::{Event, Failure, Request, VERSION};

use crate::attempts;
use crate::document::{self, Document};
use crate::ocr::Ocr;

/// Seconds of computing for one step. More than the program that started us waits; for when that is gone, and nobody
/// ends a parser that hangs.
const COMPUTING: u64 = 150;
/// The most bytes of a document.
const DOCUMENT: usize = 512 << 20;

/// Answers requests until stdin is closed. `hello` is the first event.
pub fn serve(hello: &Event, ocr: Option<Rc<Ocr>>, from: impl Read, to: impl Write) -> ExitCode {
    let mut conversation = Conversation { to, ocr, bytes: Vec::new(), document: None };
    let mut from = BufReader::new(from);
    let mut ended = conversation.send(hello);
    while ended.is_ok() {
        ended = match frame::read::<Request>(&mut from) {
            Ok(Some(request)) => conversation.answer(request),
            Ok(None) => return ExitCode::SUCCESS,
            Err(error) => {
                tracing::error!(kind = ?error.kind(), "unreadable request");
                return ExitCode::from(4);
            }
        };
    }
    match ended {
        Err(Ended::Refused) => ExitCode::from(3),
        // When the program that started us is gone, so are we.
        _ => ExitCode::SUCCESS,
    }
}

struct Conversation<W> {
    to: W,
    ocr: Option<Rc<Ocr>>,
    bytes: Vec<u8>,
    document: Option<Box<dyn Document>>,
}

/// Why the conversation is over.
enum Ended {
    /// Nobody listens any more.
    Alone,
    /// The document was refused.
    Refused,
}

impl From<io::Error> for Ended {
    fn from(_: io::Error) -> Self {
        Self::Alone
    }
}

impl<W: Write> Conversation<W> {
    fn send(&mut self, event: &Event) -> Result<(), Ended> {
        Ok(frame::write(&mut self.to, event)?)
    }

    fn refuse(&mut self, failure: Failure) -> Result<(), Ended> {
        self.send(&Event::Refused(failure))?;
        Err(Ended::Refused)
    }

    fn answer(&mut self, request: Request) -> Result<(), Ended> {
        match request {
            Request::Hello { version: VERSION } => Ok(()),
            Request::Hello { .. } => self.refuse(Failure::Version),
            Request::Bytes(piece) => self.take(&piece),
            Request::Open { name, password } => self.open(&name, password.as_deref()),
            Request::Read { first, count } => self.read(first, count),
            Request::Draw { page, scale, area } => {
                let document = self.document.as_deref();
                let drawn = caught(|| document.ok_or(Failure::NoPage)?.draw(page, scale, area));
                self.send(&match drawn {
                    Ok(picture) => Event::Picture(picture),
                    Err(failure) => Event::PageFailed { page, failure },
                })
            }
            Request::Attempt { name, targets } => {
                let attempted = attempts::make(name.as_deref(), targets);
                self.send(&Event::Attempted(attempted))
            }
        }
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Ended> {
        if self.bytes.len() + piece.len() > DOCUMENT {
            return self.refuse(Failure::TooLarge);
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    fn open(&mut self, name: &str, password: Option<&str>) -> Result<(), Ended> {
        let bytes = std::mem::take(&mut self.bytes);
        let ocr = self.ocr.clone();
        match caught(|| document::open(name, bytes, password, ocr.as_ref())) {
            Ok(document) => {
                let opened = document.opened();
                self.document = Some(document);
                self.send(&Event::Opened(opened))
            }
            Err(failure) => self.refuse(failure),
        }
    }

    /// Reads pages one stretch at a time: after a parser panicked over one, the stretch goes on behind it.
    fn read(&mut self, first: u32, count: u32) -> Result<(), Ended> {
        let Some(document) = self.document.take() else { return self.send(&Event::Done) };
        let end = first.saturating_add(count).min(document.opened().pages);
        let mut next = first;
        while next < end {
            let mut ended = Ok(());
            let mut page = next;
            let whole = caught(|| {
                document.read(page, end - page, &mut |number, read| {
                    let event = match read {
                        Ok(page) => Event::Page(page),
                        Err(failure) => Event::PageFailed { page: number, failure },
                    };
                    if ended.is_ok() {
                        ended = self.send(&event);
                    }
                    next = number + 1;
                    allow_a_step();
                });
                Ok(())
            });
            ended?;
            match whole {
                Err(failure) => {
                    page = next;
                    self.send(&Event::PageFailed { page, failure })?;
                    next += 1;
                }
                Ok(()) => break,
            }
        }
        self.document = Some(document);
        self.send(&Event::Done)
    }
}

fn allow_a_step() {
    // Where the system keeps no count, the program that started us still looks at its clock.
    let _counted = confine::compute_for(COMPUTING);
}

/// What a parser makes of a document; one that panics could not read it.
fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    allow_a_step();
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::Damaged))
}

/// Logs where a panic happened, and never its message: that may hold what the document says.
pub fn keep_panics_quiet() {
    panic::set_hook(Box::new(|panicked| {
        let (file, line) = panicked.location().map_or(("somewhere", 0), |place| (place.file(), place.line()));
        tracing::warn!(file, line, "a parser panicked");
    }));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::sync::{Arc, Mutex};

    use reader::wire::{Kind, Opened, Page, Picture, Rect};

    use super::*;

    /// Its second page makes its parser panic.
    struct Panicking;

    impl Document for Panicking {
        fn opened(&self) -> Opened {
            Opened { kind: Kind::Pdf, title: String::new(), pages: 3, drawable: true }
        }

        fn read(&self, first: u32, count: u32, each: &mut dyn FnMut(u32, Result<Page, Failure>)) {
            for number in first..first + count {
                assert_ne!(number, 1, "what a document says");
                each(number, Ok(Page { number, ..Page::default() }));
            }
        }

        fn draw(&self, _: u32, _: f32, _: Option<Rect>) -> Result<Picture, Failure> {
            panic!("what a document says")
        }
    }

    fn answered(request: Request) -> Vec<String> {
        let mut conversation =
            Conversation { to: Vec::new(), ocr: None, bytes: Vec::new(), document: Some(Box::new(Panicking)) };
        assert!(conversation.answer(request).is_ok());
        let (mut from, mut events) = (conversation.to.as_slice(), Vec::new());
        while let Some(event) = frame::read::<Event>(&mut from).unwrap() {
            events.push(format!("{event:?}"));
        }
        events
    }

    #[test]
    fn a_parser_that_panics_fails_its_page_and_no_other() {
        let read = answered(Request::Read { first: 0, count: 9 });
        let page = |number| format!("Page({number}, 0 bytes, 0 words, ocr: false)");
        assert_eq!(read, [page(0), "PageFailed(1, Damaged)".into(), page(2), "Done".into()]);
        assert_eq!(answered(Request::Draw { page: 0, scale: 1.0, area: None }), ["PageFailed(0, Damaged)"]);
    }

    #[test]
    fn the_message_of_a_panic_reaches_no_log() {
        #[derive(Clone, Default)]
        struct Log(Arc<Mutex<Vec<u8>>>);
        impl Write for Log {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().unwrap().write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let log = Log::default();
        let written = log.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || written.clone()).finish();
        tracing::subscriber::with_default(subscriber, || {
            let before = panic::take_hook();
            keep_panics_quiet();
            answered(Request::Draw { page: 0, scale: 1.0, area: None });
            panic::set_hook(before);
        });
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains("a parser panicked") && !log.contains("what a document says"), "{log}");
    }
}
