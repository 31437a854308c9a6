//! What each command about documents does, and who reads them in the background.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "as in served.rs: every command has the same shape"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use assistant::{
    Assistant, AssistantError, ChatId, CollectionId, DocumentId, Filter, Narrowing, Progress, Stop, Work as Step,
};

use crate::api::document_types::{
    Added, Adding, Area, CollectionRow, DocumentPage, DocumentQuery, DocumentRow, LibraryView, PassageView, Png,
    Refused, Scope, WatchedFolder, Work, WorkState,
};
use crate::api::types::News;
use crate::app::{App, Result, hold};
use crate::watching;

/// Passages of a search that are shown at most.
const MOST_HITS: usize = 50;
/// How often the page is told how far the work is.
const TELL: Duration = Duration::from_millis(500);
/// Reading the sample takes a second; whoever presses is not kept waiting longer than this.
const SAMPLE_PATIENCE: Duration = Duration::from_secs(10);
/// A sample for the first minute: a lease that nobody signed.
const SAMPLE: (&str, &[u8]) = ("Sample lease.pdf", include_bytes!("../sample/lease.pdf"));

/// The work on the library, while the vault is open.
#[derive(Default)]
pub struct Reading {
    /// Ends the work that is going on.
    stop: Option<Stop>,
    /// Ends the look into the watched folders that is going on.
    looking: Option<Stop>,
    paused: bool,
    last: Progress,
    /// Files that were dropped on the window and wait for the person's word.
    dropped: Vec<PathBuf>,
}

impl App {
    pub fn library(&self) -> Result<LibraryView> {
        let (assistant, language) = (self.assistant()?, self.language());
        let documents = assistant.documents(&Filter::default())?;
        let collections = assistant.collections()?;
        let watched = assistant.watched_folders()?;
        Ok(LibraryView {
            documents: documents.into_iter().map(|document| DocumentRow::of(document, &language)).collect(),
            collections: collections
                .into_iter()
                .map(|collection| CollectionRow {
                    id: collection.id.0,
                    name: collection.name,
                    documents: u32::try_from(collection.documents).unwrap_or(u32::MAX),
                })
                .collect(),
            watched: watched
                .into_iter()
                .map(|folder| WatchedFolder { path: folder.path, looked_at: folder.looked_at })
                .collect(),
            work: self.work(&assistant)?,
        })
    }

    fn work(&self, assistant: &Assistant) -> Result<Work> {
        let left = assistant.library_left()?;
        let reading = hold(&self.reading);
        let state = match (reading.paused, &reading.stop) {
            _ if left.documents == 0 && left.passages == 0 => WorkState::Idle,
            (true, _) => WorkState::Paused,
            (false, Some(_)) => WorkState::Working,
            (false, None) => WorkState::Idle,
        };
        let progress = Progress {
            documents_left: left.documents,
            pages_left: left.pages,
            passages_left: left.passages,
            ..reading.last.clone()
        };
        Ok(Work::of(state, &progress))
    }

    pub fn add_by_dialog(&self, folder: bool, adding: Adding) -> Result<Option<Added>> {
        let paths = self.surroundings.ask_which(folder)?;
        if paths.is_empty() { Ok(None) } else { self.add(&paths, &adding).map(Some) }
    }

    pub fn add_dropped(&self, adding: Adding) -> Result<Added> {
        let paths = std::mem::take(&mut hold(&self.reading).dropped);
        self.add(&paths, &adding)
    }

    fn add(&self, paths: &[PathBuf], adding: &Adding) -> Result<Added> {
        let assistant = self.assistant()?;
        let added = assistant.add_paths(paths, &adding.into(), &Stop::default(), &mut |_| {})?;
        let mut told = Added::default();
        added.added.iter().for_each(|(_, one)| told.count(*one));
        told.refused =
            added.refused.into_iter().map(|(name, error)| Refused { name, problem: self.problem(&error) }).collect();
        self.library_changed();
        Ok(told)
    }

    pub fn add_text(&self, name: String, text: String, adding: Adding) -> Result<Added> {
        let added = self.assistant()?.add_text(&name, &text, &(&adding).into())?;
        self.library_changed();
        Ok(Added::one(added))
    }

    pub fn add_sample(&self) -> Result<Added> {
        let assistant = self.assistant()?;
        let added = assistant.add_bytes(SAMPLE.0, SAMPLE.1, &assistant::Adding::default())?;
        self.library_changed();
        // Its question comes next, so it is read first.
        let begun = Instant::now();
        while begun.elapsed() < SAMPLE_PATIENCE && !is_read(&assistant, added.document())? {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(Added::one(added))
    }

    pub fn pause_library(&self, paused: bool) -> Result<()> {
        let stop = {
            let mut reading = hold(&self.reading);
            reading.paused = paused;
            reading.stop.clone()
        };
        if paused {
            stop.iter().for_each(Stop::ask);
        } else {
            self.read_on();
            self.look_soon();
        }
        self.tell_work();
        Ok(())
    }

    pub fn retry_document(&self, document: i64) -> Result<()> {
        self.assistant()?.read_document_again(DocumentId(document))?;
        self.library_changed();
        Ok(())
    }

    pub fn remove_document(&self, document: i64) -> Result<()> {
        self.assistant()?.put_away_document(DocumentId(document))?;
        self.library_changed();
        Ok(())
    }

    pub fn make_collection(&self, name: String) -> Result<i64> {
        Ok(self.assistant()?.create_collection(&name)?.0)
    }

    pub fn rename_collection(&self, collection: i64, name: String) -> Result<()> {
        self.assistant()?.rename_collection(CollectionId(collection), &name)
    }

    pub fn delete_collection(&self, collection: i64) -> Result<()> {
        self.assistant()?.delete_collection(CollectionId(collection))
    }

    pub fn put_in_collection(&self, document: i64, collection: i64, member: bool) -> Result<()> {
        self.assistant()?.put_in_collection(DocumentId(document), CollectionId(collection), member)
    }

    pub fn watch_by_dialog(&self, adding: Adding) -> Result<Option<String>> {
        let Some(folder) = self.surroundings.ask_which(true)?.pop() else { return Ok(None) };
        let path = self.assistant()?.watch_folder(&folder, adding.collection.map(CollectionId))?;
        self.tell(News::Library);
        self.look_soon();
        Ok(Some(path))
    }

    pub fn unwatch(&self, path: String) -> Result<()> {
        self.assistant()?.unwatch_folder(Path::new(&path)).map(drop)
    }

    pub fn search_documents(&self, query: DocumentQuery) -> Result<Vec<PassageView>> {
        let assistant = self.assistant()?;
        let DocumentQuery { words, scope, kinds, from, until } = query;
        let filter = assistant.filter_within(&Narrowing { scope: scope.into(), kinds, from, until })?;
        let hits = assistant.search_documents(&words, &filter, MOST_HITS)?;
        Ok((1..).zip(&hits).map(|(n, hit)| PassageView::of(n, hit)).collect())
    }

    pub fn page(&self, document: i64, page: u32) -> Result<DocumentPage> {
        Ok(self.assistant()?.page(DocumentId(document), page)?.into())
    }

    pub fn draw_page(&self, document: i64, page: u32, scale: f32, area: Option<Area>) -> Result<Png> {
        let area = area.map(Into::into);
        Ok(Png(self.assistant()?.draw_page(DocumentId(document), page, scale, area)?.png))
    }

    pub fn save_original(&self, document: i64) -> Result<Option<String>> {
        let assistant = self.assistant()?;
        let name = assistant.document(DocumentId(document))?.name;
        let Some(file) = self.surroundings.ask_where(&name)? else { return Ok(None) };
        assistant.save_original(DocumentId(document), &file)?;
        Ok(file.file_name().map(|name| assistant::shown(&name.to_string_lossy())))
    }

    pub fn set_chat_scope(&self, chat: i64, scope: Option<Scope>) -> Result<()> {
        let (assistant, chat) = (self.assistant()?, ChatId(chat));
        let choices = assistant::Choices { scope: scope.map(Into::into), ..assistant.choices(chat)? };
        assistant.set_choices(chat, &choices)
    }
}

fn is_read(assistant: &Assistant, document: DocumentId) -> Result<bool> {
    let state = assistant.document(document)?.state;
    Ok(matches!(state, assistant::DocumentState::Read | assistant::DocumentState::Failed { .. }))
}

/// Reading in the background.
impl App {
    /// Files are being dragged over the window, or no longer.
    pub fn dragging(&self, over: bool) {
        self.tell(News::Dragging { over });
    }

    /// Files were dropped on the window. The page asks what is to be done with them.
    pub fn dropped(&self, paths: Vec<PathBuf>) {
        let folders = paths.iter().filter(|path| path.is_dir()).count();
        let files = paths.len() - folders;
        hold(&self.reading).dropped = paths;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.tell(News::Dropped { files: count(files), folders: count(folders) });
    }

    fn library_changed(&self) {
        self.tell(News::Library);
        self.read_on();
    }

    fn tell_work(&self) {
        if let Ok(work) = self.assistant().and_then(|assistant| self.work(&assistant)) {
            self.tell(News::Work(work));
        }
    }

    /// Ends the work; what was read stays.
    pub(crate) fn stop_reading(&self) {
        let mut reading = hold(&self.reading);
        reading.stop.iter().chain(&reading.looking).for_each(Stop::ask);
        *reading = Reading::default();
    }

    /// Reads what is not read yet, unless that is being done or was paused.
    pub(crate) fn read_on(&self) {
        let Some(app) = self.itself() else { return };
        let Ok(assistant) = self.assistant() else { return };
        let stop = Stop::default();
        {
            let mut reading = hold(&self.reading);
            if reading.paused || reading.stop.is_some() {
                return;
            }
            reading.stop = Some(stop.clone());
        }
        thread::spawn(move || {
            let ended_well = app.read(&assistant, &stop);
            let again = {
                let mut reading = hold(&app.reading);
                reading.stop = None;
                // What was added while the last step ended. After a fault that is everybody's it would go round and round.
                ended_well
                    && !stop.is_asked()
                    && !reading.paused
                    && assistant.library_left().is_ok_and(|left| left.documents > 0)
            };
            app.tell_work();
            if again {
                app.read_on();
            }
        });
    }

    /// Whether it came to an end without a fault.
    fn read(&self, assistant: &Arc<Assistant>, stop: &Stop) -> bool {
        let mut told = Instant::now();
        let worked = assistant.work_on_library(stop, &mut |step| match step {
            Step::Working(progress) => {
                hold(&self.reading).last = progress.clone();
                if told.elapsed() >= TELL {
                    told = Instant::now();
                    self.tell(News::Work(Work::of(WorkState::Working, &progress)));
                }
            }
            Step::Read { .. } | Step::Failed { .. } => self.tell(News::Library),
        });
        note(worked.as_ref().err(), "the library's work ended");
        worked.is_ok()
    }
}

/// Watched folders.
impl App {
    /// Begins to look into them, now and then.
    pub(crate) fn watch_folders(self: &Arc<Self>) {
        self.looking.get_or_init(|| watching::watch(Arc::downgrade(self)));
    }

    /// Has them looked at before the next time comes.
    pub(crate) fn look_soon(&self) {
        self.looking.get().into_iter().for_each(Thread::unpark);
    }

    /// Adds what came into them, unless reading was paused or nothing is open.
    pub(crate) fn look_into_folders(&self) {
        let Ok(assistant) = self.assistant() else { return };
        let stop = Stop::default();
        {
            let mut reading = hold(&self.reading);
            if reading.paused {
                return;
            }
            reading.looking = Some(stop.clone());
        }
        let came = assistant.look_into_watched_folders(&stop);
        if matches!(came, Ok(1..)) {
            self.library_changed();
        }
        note(came.as_ref().err(), "the look into the watched folders ended");
    }
}

fn note(error: Option<&AssistantError>, what: &'static str) {
    match error {
        None | Some(AssistantError::Locked | AssistantError::Stopped) => {}
        Some(error) => tracing::warn!(code = error.code(), what),
    }
}
