//! Starts a `tacit-engine`, speaks with it, and notices when it ends.

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use pipe::{Worker, frame};

use crate::error::EngineError;
use crate::generation::Generation;
use crate::wire::{self, Attempted, Event, ModelInfo, Options, Prompt, Request, Targets};

const WORKER: &str = "tacit-engine";

/// How to start an engine.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// The GGUF file.
    pub model: PathBuf,
    /// Threads to compute with; by default one for each physical core that this process may use.
    pub threads: Option<u32>,
    /// The most tokens of context to hold; by default what the model and the free memory allow.
    pub window: Option<u32>,
}

/// A worker whose model is still loading. Dropping it ends the worker.
pub struct Starting {
    process: Arc<Process>,
    startup: Receiver<Event>,
}

/// A running worker with its model loaded. Dropping it ends the worker.
pub struct Engine {
    process: Arc<Process>,
    model: ModelInfo,
    version: String,
}

impl Engine {
    /// Starts the worker that belongs to this program: beside the executable, or in `../lib/tacit`.
    /// Never through PATH or the environment.
    ///
    /// # Errors
    /// When it is missing or cannot be started.
    pub fn start(options: &EngineOptions) -> Result<Starting, EngineError> {
        let here = std::env::current_exe().map_err(|error| EngineError::NotStarted(error.to_string()))?;
        let worker = pipe::beside(&here, WORKER).ok_or(EngineError::WorkerMissing)?;
        Self::start_worker(&worker, options)
    }

    /// Starts the worker at a path of the caller's.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_worker(worker: &Path, options: &EngineOptions) -> Result<Starting, EngineError> {
        let mut arguments = vec!["--model".into(), options.model.clone().into_os_string()];
        for (name, value) in [("--threads", options.threads), ("--window", options.window)] {
            if let Some(value) = value {
                arguments.extend([name.into(), value.to_string().into()]);
            }
        }
        let log = |line: &str| tracing::debug!(target: "tacit_engine", "{line}");
        let Worker { child, stdin, stdout } =
            Worker::start(worker, arguments, log).map_err(|error| EngineError::NotStarted(error.to_string()))?;
        let (startup_sender, startup) = mpsc::channel();
        let process = Arc::new(Process {
            id: child.id(),
            stdin: Mutex::new(Some(stdin)),
            child: Mutex::new(child),
            pending: Mutex::new(Some(HashMap::new())),
            died: Mutex::new(None),
            next_id: AtomicU64::new(1),
        });
        let reader = Arc::clone(&process);
        thread::spawn(move || reader.read_events(stdout, &startup_sender));
        tracing::debug!(pid = process.id, "engine started");
        process.send(&Request::Hello { version: wire::VERSION }).ok();
        Ok(Starting { process, startup })
    }

    /// What is known of the loaded model.
    #[must_use]
    pub fn model(&self) -> &ModelInfo {
        &self.model
    }

    /// The worker's version and that of its llama.cpp.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The worker's process id.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.id
    }

    /// Whether the worker has ended.
    #[must_use]
    pub fn has_died(&self) -> bool {
        lock(&self.process.died).is_some()
    }

    /// Ends the worker, whatever it does: it has nothing to save.
    pub fn end(&self) {
        self.process.close();
    }

    /// How the worker ended, for one that [has](Self::has_died).
    #[must_use]
    pub fn death(&self) -> EngineError {
        self.process.death()
    }

    /// Asks for an answer.
    ///
    /// # Errors
    /// When the worker has ended.
    pub fn generate(&self, prompt: Prompt, options: Options) -> Result<Generation, EngineError> {
        let (id, events) = self.process.register()?;
        let generation = Generation::new(id, events, Arc::clone(&self.process));
        self.process.send(&Request::Generate { id, prompt, options })?;
        Ok(generation)
    }

    /// Counts the tokens of texts, in order.
    ///
    /// # Errors
    /// When the worker has ended or ends meanwhile.
    pub fn count(&self, texts: Vec<String>) -> Result<Vec<u32>, EngineError> {
        match self.ask(|id| Request::Count { id, texts })? {
            Event::Counted { counts, .. } => Ok(counts),
            other => Err(unexpected(&other)),
        }
    }

    /// Turns texts into vectors of length 1, in order. The model must be one that embeds.
    ///
    /// # Errors
    /// When the model answers instead, or the worker has ended or ends meanwhile.
    pub fn embed(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, EngineError> {
        match self.ask(|id| Request::Embed { id, texts })? {
            Event::Embedded { vectors, .. } => Ok(vectors),
            other => Err(unexpected(&other)),
        }
    }

    /// Has the worker try what its locks forbid: the attempt of this name, or all but those that would end it.
    ///
    /// # Errors
    /// When the worker has ended or ends meanwhile, as it does for an attempt that the kernel ends a process for.
    pub fn attempt(&self, name: Option<String>, targets: Targets) -> Result<Vec<Attempted>, EngineError> {
        match self.ask(|id| Request::Attempt { id, name, targets })? {
            Event::Attempted { attempts, .. } => Ok(attempts),
            other => Err(unexpected(&other)),
        }
    }

    /// Sends a request and waits for its one reply.
    fn ask(&self, request: impl FnOnce(u64) -> Request) -> Result<Event, EngineError> {
        let (id, events) = self.process.register()?;
        self.process.send(&request(id))?;
        let reply = events.recv().map_err(|_| self.process.death());
        self.process.forget(id);
        match reply? {
            Event::Failed { failure, .. } => Err(failure.into()),
            reply => Ok(reply),
        }
    }
}

impl Starting {
    /// The worker's process id.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.id
    }

    /// Waits until the model can be asked, calling `progress` with 0 to 1000.
    ///
    /// # Errors
    /// When the model cannot be used, the worker is of another version, or it ends.
    pub fn wait(self, mut progress: impl FnMut(u16)) -> Result<Engine, EngineError> {
        let mut version = None;
        loop {
            match self.startup.recv() {
                Ok(Event::Hello { version: wire::VERSION, engine }) => version = Some(engine),
                Ok(Event::Hello { .. }) => return Err(EngineError::Version),
                Ok(Event::Loading { permille }) => progress(permille),
                Ok(Event::Refused(failure)) => return Err(failure.into()),
                Ok(Event::Ready(model)) => {
                    let version = version.ok_or(EngineError::Version)?;
                    tracing::info!(
                        pid = self.process.id,
                        load_ms = model.load_ms,
                        window = model.window,
                        threads = model.threads,
                        variant = model.cpu_variant,
                        "model loaded"
                    );
                    return Ok(Engine { process: Arc::clone(&self.process), model, version });
                }
                Ok(other) => return Err(unexpected(&other)),
                Err(_) => return Err(EngineError::DiedLoading { how: self.process.how_it_died() }),
            }
        }
    }
}

/// What both ends of a running worker share: its pipes and who waits for which reply.
pub(crate) struct Process {
    id: u32,
    stdin: Mutex<Option<ChildStdin>>,
    child: Mutex<Child>,
    /// `None` once the worker has ended: nobody may wait any more.
    pending: Mutex<Option<HashMap<u64, Sender<Event>>>>,
    died: Mutex<Option<String>>,
    next_id: AtomicU64,
}

impl Process {
    pub(crate) fn send(&self, request: &Request) -> Result<(), EngineError> {
        let mut stdin = lock(&self.stdin);
        let written = stdin.as_mut().map(|pipe| frame::write(pipe, request));
        drop(stdin);
        match written {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) if error.kind() == io::ErrorKind::InvalidInput => {
                Err(EngineError::Failed(wire::Failure::TooLong {
                    tokens: frame::MAX_BYTES as u64,
                    at_least: true,
                    room: 0,
                }))
            }
            Some(Err(_)) | None => Err(self.death()),
        }
    }

    fn register(&self) -> Result<(u64, Receiver<Event>), EngineError> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = mpsc::channel();
        match lock(&self.pending).as_mut() {
            Some(pending) => pending.insert(id, sender),
            None => return Err(self.death()),
        };
        Ok((id, receiver))
    }

    pub(crate) fn forget(&self, id: u64) {
        if let Some(pending) = lock(&self.pending).as_mut() {
            pending.remove(&id);
        }
    }

    pub(crate) fn death(&self) -> EngineError {
        EngineError::Died { how: self.how_it_died() }
    }

    fn how_it_died(&self) -> String {
        lock(&self.died).clone().unwrap_or_else(|| "its pipe closed".into())
    }

    /// Hands each event to whoever waits for it, until the worker ends.
    fn read_events(&self, stdout: ChildStdout, startup: &Sender<Event>) {
        let mut stdout = BufReader::new(stdout);
        loop {
            match frame::read::<Event>(&mut stdout) {
                Ok(Some(event)) => match request_of(&event) {
                    Some(id) => self.deliver(id, event),
                    None => drop(startup.send(event)),
                },
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(pid = self.id, kind = ?error.kind(), "unreadable frame from the engine");
                    break;
                }
            }
        }
        self.end();
    }

    fn deliver(&self, id: u64, event: Event) {
        if let Some(sender) = lock(&self.pending).as_ref().and_then(|pending| pending.get(&id)) {
            sender.send(event).ok();
        }
    }

    /// Reaps the worker, then lets everybody who waits know by dropping their channels.
    fn end(&self) {
        drop(lock(&self.stdin).take());
        let how = pipe::ending(&mut lock(&self.child));
        tracing::debug!(pid = self.id, how, "engine ended");
        *lock(&self.died) = Some(how);
        lock(&self.pending).take();
    }
}

impl Process {
    /// Ends the worker: it has nothing to save.
    pub(crate) fn close(&self) {
        drop(lock(&self.stdin).take());
        lock(&self.child).kill().ok();
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        // `wait` hands the process on to an `Engine`; whoever is last closes the pipe.
        close_if_last(&self.process);
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.process.close();
    }
}

fn close_if_last(process: &Arc<Process>) {
    // The reader thread holds one more.
    if Arc::strong_count(process) <= 2 {
        process.close();
    }
}

fn request_of(event: &Event) -> Option<u64> {
    match event {
        Event::Hello { .. } | Event::Loading { .. } | Event::Ready(_) | Event::Refused(_) => None,
        Event::Accepted { id, .. }
        | Event::Piece { id, .. }
        | Event::Finished { id, .. }
        | Event::Counted { id, .. }
        | Event::Embedded { id, .. }
        | Event::Attempted { id, .. }
        | Event::Failed { id, .. } => Some(*id),
    }
}

pub(crate) fn unexpected(event: &Event) -> EngineError {
    tracing::error!(?event, "event out of place");
    EngineError::Version
}

/// A panic elsewhere must not take the engine down with it: what the locks guard stays whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
