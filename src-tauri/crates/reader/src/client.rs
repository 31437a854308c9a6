//! Starts a `tacit-reader` for one document, speaks with it, and notices when it ends or takes too long.

use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout};
use std::time::Duration;

use pipe::{Worker, frame};

use crate::error::ReaderError;
use crate::watch::{Ender, Watch};
use crate::wire::{self, Event, Failure, Opened, Page, Picture, Rect, Request};

const WORKER: &str = "tacit-reader";
/// How long a step may take: starting, opening, reading or drawing one page.
const STEP: Duration = Duration::from_mins(2);
/// The document is handed over in pieces of this many bytes.
const PIECE: usize = 1 << 20;

/// A worker that reads one document. Dropping it ends the worker.
pub struct Reader {
    watch: Watch,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    step: Duration,
    about: About,
}

/// What a worker says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its version.
    pub version: String,
    /// The locks that it put on itself and that hold, by name.
    pub locks: Vec<String>,
    /// Those that this system does not have.
    pub missing_locks: Vec<String>,
    /// The languages that it can read pictures of text in (`eng`, `fra`).
    pub ocr_languages: Vec<String>,
}

/// One of a worker's attempts: its name, whether a lock refused it (nothing where it was not tried), what happened.
pub type Attempted = (String, Option<bool>, String);

impl Reader {
    /// Starts the worker that belongs to this program: beside the executable, or in `../lib/tacit`.
    /// Never through PATH or the environment.
    ///
    /// # Errors
    /// When it is missing, cannot be started, or is of another version.
    pub fn start() -> Result<Self, ReaderError> {
        let here = std::env::current_exe().map_err(|error| ReaderError::NotStarted(error.to_string()))?;
        let worker = pipe::beside(&here, WORKER).ok_or(ReaderError::WorkerMissing)?;
        Self::start_worker(&worker)
    }

    /// Starts the worker at a path of the caller's.
    ///
    /// # Errors
    /// When it cannot be started, or is of another version.
    pub fn start_worker(worker: &Path) -> Result<Self, ReaderError> {
        let log = |line: &str| tracing::debug!(target: "tacit_reader", "{line}");
        let Worker { child, stdin, stdout } =
            Worker::start(worker, None::<&str>, log).map_err(|error| ReaderError::NotStarted(error.to_string()))?;
        let mut reader = Self {
            watch: Watch::over(child),
            stdin: Some(stdin),
            stdout: BufReader::new(stdout),
            step: STEP,
            about: About::default(),
        };
        reader.greet()?;
        tracing::debug!(pid = reader.process_id(), version = reader.about.version, "reader started");
        Ok(reader)
    }

    fn greet(&mut self) -> Result<(), ReaderError> {
        let greeting = self.ask(&Request::Hello { version: wire::VERSION })?;
        let Event::Hello { version: wire::VERSION, reader: version, locks, missing_locks, ocr_languages } = greeting
        else {
            return Err(unexpected(&greeting));
        };
        self.about = About { version, locks, missing_locks, ocr_languages };
        Ok(())
    }

    /// Changes how long a step may take: opening, reading or drawing one page. By default 120 s.
    pub fn set_step_limit(&mut self, step: Duration) {
        self.step = step;
    }

    /// What the worker says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The worker's process id.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.watch.process_id()
    }

    /// What ends the worker from another thread, in the middle of whatever it does.
    #[must_use]
    pub fn ender(&self) -> Ender {
        self.watch.ender()
    }

    /// Hands a document over, a piece at a time, and finds out what it is. Its name is a hint where the bytes do not
    /// tell. A worker opens one document in its life.
    ///
    /// # Errors
    /// When the bytes cannot be had, the document cannot be read, or the worker ends or takes too long.
    pub fn open(&mut self, name: &str, password: Option<&str>, mut bytes: impl Read) -> Result<Opened, ReaderError> {
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = bytes.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            if read.map_err(|error| ReaderError::Source(error.to_string()))? == 0 {
                break;
            }
            self.send(&Request::Bytes(piece))?;
        }
        match self.ask(&Request::Open { name: name.to_owned(), password: password.map(str::to_owned) })? {
            Event::Opened(opened) => Ok(opened),
            other => Err(unexpected(&other)),
        }
    }

    /// Reads pages, counted from 0, and hands over each as it comes; a page that cannot be read does not keep the
    /// others from being read. Those past the end are left out.
    ///
    /// # Errors
    /// When the worker ends or takes too long; the pages handed over before stay true.
    pub fn read(
        &mut self,
        first: u32,
        count: u32,
        each: &mut dyn FnMut(u32, Result<Page, Failure>),
    ) -> Result<(), ReaderError> {
        let mut event = self.ask(&Request::Read { first, count })?;
        loop {
            match event {
                Event::Page(page) => each(page.number, Ok(page)),
                Event::PageFailed { page, failure } => each(page, Err(failure)),
                Event::Done => return Ok(()),
                other => return Err(unexpected(&other)),
            }
            event = self.next()?;
        }
    }

    /// Draws a page, counted from 0, at `scale` dots for each 72nd of an inch; with an area only that part, in points.
    ///
    /// # Errors
    /// When the page cannot be drawn, or the worker ends or takes too long.
    pub fn draw(&mut self, page: u32, scale: f32, area: Option<Rect>) -> Result<Picture, ReaderError> {
        match self.ask(&Request::Draw { page, scale, area })? {
            Event::Picture(picture) => Ok(picture),
            Event::PageFailed { failure, .. } => Err(failure.into()),
            other => Err(unexpected(&other)),
        }
    }

    /// Has the worker try what its locks forbid: the attempt of this name, or all but those that would end it.
    ///
    /// # Errors
    /// When the worker ends, as it does for an attempt that the kernel ends a process for.
    pub fn attempt(&mut self, name: Option<String>, targets: [String; 3]) -> Result<Vec<Attempted>, ReaderError> {
        match self.ask(&Request::Attempt { name, targets })? {
            Event::Attempted(attempts) => Ok(attempts),
            other => Err(unexpected(&other)),
        }
    }

    /// Ends the worker, whatever it does: it has nothing to save.
    pub fn end(self) {
        drop(self);
    }

    /// Sends a request and waits for the first event that it is replied to with.
    fn ask(&mut self, request: &Request) -> Result<Event, ReaderError> {
        self.send(request)?;
        self.next()
    }

    fn send(&mut self, request: &Request) -> Result<(), ReaderError> {
        self.watch.allow(self.step);
        let written = self.stdin.as_mut().map(|pipe| frame::write(pipe, request));
        self.watch.rest();
        match written {
            Some(Ok(())) => Ok(()),
            // A worker that refuses the document says so before it ends.
            Some(Err(_)) | None => Err(self.next().err().unwrap_or_else(|| self.death())),
        }
    }

    fn next(&mut self) -> Result<Event, ReaderError> {
        self.watch.allow(self.step);
        let event = frame::read::<Event>(&mut self.stdout);
        self.watch.rest();
        match event {
            Ok(Some(Event::Refused(failure))) => Err(failure.into()),
            Ok(Some(event)) => Ok(event),
            Ok(None) => Err(self.death()),
            Err(error) => {
                tracing::warn!(pid = self.process_id(), kind = ?error.kind(), "unreadable frame from the reader");
                self.watch.end();
                Err(self.death())
            }
        }
    }

    fn death(&mut self) -> ReaderError {
        self.stdin = None;
        let how = self.watch.ending();
        tracing::debug!(pid = self.process_id(), how, "reader ended");
        if self.watch.was_too_slow() {
            ReaderError::TooSlow { seconds: self.step.as_secs() }
        } else {
            ReaderError::Crashed { how }
        }
    }
}

fn unexpected(event: &Event) -> ReaderError {
    tracing::error!(?event, "event out of place");
    ReaderError::Version
}
