//! The program behind the window: the open vault, the preferences, and who listens. Knows no window; [`Surroundings`] are its part.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

use assistant::{Assistant, AssistantError, Home, Kind, Options};
use confine::Lock;
use tauri::ipc::Channel;

use crate::api::types::{Locked, News, Open, Preferences, Problem, Screen, Slot};
use crate::documents::Reading;
use crate::surroundings::Surroundings;
use crate::{keys, preferences};

/// What every command gives.
pub type Result<T> = std::result::Result<T, AssistantError>;

/// The note that the first run was ended.
pub const STARTED: &str = "first run ended";

/// Loading a model takes every core, and the window that it is for must come up beside it.
const WINDOW_FIRST: Duration = Duration::from_millis(500);

/// The program behind the window.
pub struct App {
    pub(crate) home: Home,
    pub(crate) options: Options,
    /// The locks that hold.
    pub(crate) held: Vec<Lock>,
    open: Mutex<Option<Arc<Assistant>>>,
    /// The vault is being opened while the toolkit starts.
    opening: Mutex<Option<JoinHandle<Screen>>>,
    pub(crate) preferences: Mutex<Preferences>,
    /// The page that listens; a page that was loaded again takes the place of the one before.
    pub(crate) listener: Mutex<Option<Channel<News>>>,
    pub(crate) surroundings: Box<dyn Surroundings>,
    /// The work on the library.
    pub(crate) reading: Mutex<Reading>,
    /// Who looks into the watched folders.
    pub(crate) looking: OnceLock<Thread>,
    /// For work that goes on beside the commands.
    itself: OnceLock<Weak<App>>,
}

impl App {
    /// A program that has opened nothing yet.
    pub fn new(home: Home, options: Options, held: Vec<Lock>, surroundings: Box<dyn Surroundings>) -> Self {
        let preferences = Mutex::new(preferences::read(&home));
        let (open, opening, listener) = (Mutex::new(None), Mutex::new(None), Mutex::new(None));
        Self {
            home,
            options,
            held,
            open,
            opening,
            preferences,
            listener,
            surroundings,
            reading: Mutex::default(),
            looking: OnceLock::new(),
            itself: OnceLock::new(),
        }
    }

    /// What went wrong, in the person's language.
    pub fn problem(&self, error: &AssistantError) -> Problem {
        Problem::of(error, &self.language())
    }

    /// The language that the person chose, or the system's.
    pub fn language(&self) -> String {
        let chosen = hold(&self.preferences).language.clone();
        chosen.unwrap_or_else(|| self.surroundings.language())
    }

    /// Tells the page, if there is one.
    pub fn tell(&self, news: News) {
        if let Some(listener) = hold(&self.listener).as_ref() {
            listener.send(news).ok();
        }
    }

    /// The open vault, if it is.
    pub fn assistant(&self) -> Result<Arc<Assistant>> {
        hold(&self.open).clone().ok_or(AssistantError::Locked)
    }

    /// The vault is open: from now on it is what the commands work with.
    pub(crate) fn put(&self, assistant: Assistant) -> Result<Open> {
        let assistant = Arc::new(assistant);
        let open = opened(&assistant)?;
        *hold(&self.open) = Some(assistant);
        Ok(open)
    }

    /// Has the model there when the first question comes. What goes wrong shows in the state of the machine.
    pub(crate) fn wake_soon(&self) {
        let Ok(assistant) = self.assistant() else { return };
        let (assistant, app) = (Arc::downgrade(&assistant), self.itself.get().cloned());
        thread::spawn(move || {
            thread::sleep(WINDOW_FIRST);
            // It may be locked again by now.
            assistant.upgrade().and_then(|assistant| assistant.wake().ok());
            if let Some(app) = app.as_ref().and_then(Weak::upgrade) {
                app.read_on();
                app.look_soon();
            }
        });
    }

    /// Locks, and says what the window shows from then on. It is locked whatever goes wrong on the way.
    pub fn lock_now(&self) -> Locked {
        self.stop_reading();
        let assistant = hold(&self.open).take();
        if let Some(Err(error)) = assistant.map(|assistant| assistant.lock()) {
            tracing::warn!(code = error.code(), "locked, with a fault");
        }
        Locked { slots: self.slots().unwrap_or_default(), keyring: None }
    }

    /// Locks because somebody else than the page asked for it, and tells the page.
    pub fn lock_from_outside(&self) {
        let locked = self.lock_now();
        self.tell(News::Locked(locked));
    }

    fn slots(&self) -> Result<Vec<Slot>> {
        let kinds = Assistant::ways_to_open(&self.home)?;
        Ok(kinds.into_iter().map(Slot::from).collect())
    }

    /// The program, for work that goes on beside the commands.
    pub(crate) fn itself(&self) -> Option<Arc<Self>> {
        self.itself.get().and_then(Weak::upgrade)
    }

    /// Begins to open the vault; the first look at the screen waits for it.
    pub fn open_ahead(self: &Arc<Self>) {
        self.itself.set(Arc::downgrade(self)).ok();
        let app = Arc::clone(self);
        *hold(&self.opening) = Some(thread::spawn(move || app.look()));
    }

    /// What the page begins with, where that is known by now: it need not ask then.
    pub fn beginning_ahead(&self) -> Option<String> {
        if !hold(&self.opening).as_ref().is_some_and(JoinHandle::is_finished) {
            return None;
        }
        serde_json::to_string(&self.beginning().ok()?).ok()
    }

    /// What the window shows.
    pub(crate) fn screen(&self) -> Screen {
        // Held until it is open: a second look must not open it beside the first.
        let mut opening = hold(&self.opening);
        opening.take().and_then(|ahead| ahead.join().ok()).unwrap_or_else(|| self.look())
    }

    fn look(&self) -> Screen {
        let screen = self.open_if_it_can().unwrap_or_else(|error| Screen::Stuck { problem: self.problem(&error) });
        tracing::info!(screen = screen.name(), "the window begins");
        screen
    }

    /// Opens the vault with the keyring where that is all it takes.
    fn open_if_it_can(&self) -> Result<Screen> {
        if let Ok(assistant) = self.assistant() {
            return Ok(Screen::Open(opened(&assistant)?));
        }
        if !Assistant::has_vault(&self.home) {
            return Ok(Screen::FirstRun);
        }
        let slots = self.slots()?;
        if !slots.contains(&Slot::Keyring) {
            return Ok(Screen::Locked(Locked { slots, keyring: None }));
        }
        match Assistant::open_with(self.home.clone(), self.options.clone(), &keys::keyring()) {
            Ok(assistant) => Ok(Screen::Open(self.put(assistant)?)),
            Err(error) if error.kind() == Kind::Key => {
                Ok(Screen::Locked(Locked { slots, keyring: Some(self.problem(&error)) }))
            }
            Err(error) => Err(error),
        }
    }
}

fn opened(assistant: &Assistant) -> Result<Open> {
    Ok(Open {
        slots: assistant.slots().into_iter().map(Slot::from).collect(),
        started: assistant.note(STARTED)?.is_some(),
        recovery_confirmed: assistant.recovery_confirmed()?,
    })
}

impl Screen {
    fn name(&self) -> &'static str {
        match self {
            Self::FirstRun => "first run",
            Self::Locked(_) => "locked",
            Self::Open(_) => "open",
            Self::Stuck { .. } => "stuck",
        }
    }
}

/// A panic elsewhere must not lock the person out: what these guard is whole between two calls.
pub fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
