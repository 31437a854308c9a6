//! The reader, asked to try what its locks forbid, and to read with no network.

use reader::{Attempted, Reader, ReaderError};

use super::{Check, Home, Promise, aims, not_tried, text_of};

/// What it is given to read, and what it must find there.
const DOCUMENT: (&str, &str) = ("doctor.txt", "Read by a reader that can open nothing.");

/// A reader that was started to be examined.
pub struct ReaderUnderTest<'a> {
    reader: Reader,
    home: &'a Home,
}

impl<'a> ReaderUnderTest<'a> {
    /// Starts it; a check in its place where it cannot be started.
    ///
    /// # Errors
    /// A check that says why there is none.
    pub fn start(home: &'a Home) -> Result<Self, Box<Check>> {
        let started = Reader::start().map(|reader| Self { reader, home });
        started.map_err(|error| Box::new(not_tried(Promise::NothingLeaves, "reader: its locks", &error.into())))
    }

    /// Its process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.reader.process_id()
    }

    /// Everything, one after the other.
    pub fn examine(&mut self, report: &mut dyn FnMut(Check)) {
        let about = self.reader.about();
        report(Check::of_locks("reader", &about.locks, &about.missing_locks));
        match self.reader.attempt(None, self.targets()) {
            Ok(attempts) => attempts.into_iter().for_each(|attempted| report(self.check(attempted))),
            Err(error) => report(Check::of(
                Promise::NothingLeaves,
                "reader: tries what its locks forbid",
                false,
                error.to_string(),
            )),
        }
        report(self.reads());
    }

    fn targets(&self) -> [String; 3] {
        let (file, folder, socket) = aims(self.home);
        [file, folder, socket].map(|path| text_of(&path))
    }

    fn check(&self, (name, holds, evidence): Attempted) -> Check {
        match holds {
            Some(holds) => Check::of_attempt("reader", &name, holds, &evidence),
            None => self.ends(&name),
        }
    }

    /// An attempt for which the kernel must end the process: made by a reader that is started for it.
    fn ends(&self, name: &str) -> Check {
        match Reader::start().and_then(|mut reader| reader.attempt(Some(name.to_owned()), self.targets())) {
            Err(ReaderError::Crashed { how }) => Check::of_ending("reader", name, &how),
            Ok(survived) => {
                let evidence = survived.first().map_or_else(String::new, |(_, _, evidence)| evidence.clone());
                Check::of_attempt("reader", name, false, &evidence)
            }
            Err(other) => Check::of_attempt("reader", name, false, &other.to_string()),
        }
    }

    /// It reads a text: with all its locks on, it has neither a network nor a file to turn to.
    fn reads(&mut self) -> Check {
        const NAME: &str = "reader: reads with no network";
        let (name, text) = DOCUMENT;
        let mut found = String::new();
        let read = self.reader.open(name, None, text.as_bytes()).and_then(|_| {
            self.reader.read(0, 1, &mut |_, page| {
                if let Ok(page) = page {
                    found = page.text;
                }
            })
        });
        match read {
            Ok(()) => {
                let evidence = "it read a text while it can have no socket and open no file";
                Check::of(Promise::WorksWithTheCableCut, NAME, found == text, evidence)
            }
            Err(error) => Check::of(Promise::WorksWithTheCableCut, NAME, false, error.to_string()),
        }
    }
}
