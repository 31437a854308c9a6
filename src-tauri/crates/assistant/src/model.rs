//! The model that answers: which file, its engine, and its fingerprint.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use engine::{Engine, EngineOptions};
use models::{Catalogue, Found, Places};
use vault::{Provenance, Vault};

use crate::error::AssistantError;
use crate::home::Home;
use crate::{Options, hold};

/// An answer waits at most this long for the fingerprint of the file that made it.
const FINGERPRINT_PATIENCE: Duration = Duration::from_secs(2);

/// A model whose engine is loading it.
pub struct Starting {
    engine: engine::Starting,
    found: Found,
    catalogue: Catalogue,
}

/// A model that can be asked.
pub struct Model {
    /// Its engine.
    pub engine: Engine,
    found: Found,
    catalogue: Catalogue,
    fingerprint: Mutex<Fingerprint>,
}

/// The model, as far as it is.
#[derive(Clone, Debug)]
pub enum ModelState {
    /// No engine runs; the next question starts one.
    Asleep,
    /// It is being loaded: 0 to 1000.
    Loading(u16),
    /// It can be asked.
    Ready(Arc<LoadedModel>),
    /// It ended, or could not be started.
    Failed(Arc<AssistantError>),
}

/// What a window shows of a model that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedModel {
    /// Its name.
    pub name: String,
    /// Languages it was made for (ISO 639), where known.
    pub languages: Vec<String>,
    /// Whether it is the starter model, which is there for trying things.
    pub starter: bool,
    /// Tokens of the context window in use.
    pub window: u32,
    /// Number of parameters.
    pub parameters: u64,
    /// Threads in use.
    pub threads: u32,
    /// ggml's CPU variant in use.
    pub cpu_variant: String,
}

/// The one model of a program: loaded when it is first needed, and again when its engine ended.
#[derive(Default)]
pub struct Loader {
    model: Mutex<Option<Arc<Model>>>,
    /// Apart from the model, so that looking never waits for loading.
    state: Mutex<Progress>,
}

/// What [`Loader::state`] tells while the model itself is held by whoever loads it.
#[derive(Default)]
enum Progress {
    #[default]
    Asleep,
    Loading(u16),
    Loaded(Arc<Model>, Arc<LoadedModel>),
    Failed(Arc<AssistantError>),
}

impl Loader {
    /// One whose model is there already.
    pub fn with(model: Model) -> Self {
        let model = Arc::new(model);
        let shown = Arc::new(model.shown());
        Self { model: Mutex::new(Some(Arc::clone(&model))), state: Mutex::new(Progress::Loaded(model, shown)) }
    }

    /// The model; `load` makes it where there is none that lives. `progress` gets 0 to 1000.
    pub fn model(
        &self,
        progress: &mut dyn FnMut(u16),
        load: impl FnOnce(&mut dyn FnMut(u16)) -> Result<Model, AssistantError>,
    ) -> Result<Arc<Model>, AssistantError> {
        let mut held = hold(&self.model);
        if let Some(model) = held.as_ref().filter(|model| model.is_alive()) {
            return Ok(Arc::clone(model));
        }
        // The engine of one that died goes before another takes its memory.
        *held = None;
        *hold(&self.state) = Progress::Loading(0);
        let loaded = load(&mut |permille| {
            *hold(&self.state) = Progress::Loading(permille);
            progress(permille);
        });
        match loaded {
            Ok(model) => {
                let model = Arc::new(model);
                let shown = Arc::new(model.shown());
                *hold(&self.state) = Progress::Loaded(Arc::clone(&model), shown);
                Ok(Arc::clone(held.insert(model)))
            }
            Err(error) => {
                let error = Arc::new(error);
                *hold(&self.state) = Progress::Failed(Arc::clone(&error));
                Err(AssistantError::NotLoaded(error))
            }
        }
    }

    /// The model, as far as it is. Never waits.
    pub fn state(&self) -> ModelState {
        match &*hold(&self.state) {
            Progress::Asleep => ModelState::Asleep,
            Progress::Loading(permille) => ModelState::Loading(*permille),
            Progress::Failed(error) => ModelState::Failed(Arc::clone(error)),
            Progress::Loaded(model, shown) if model.is_alive() => ModelState::Ready(Arc::clone(shown)),
            Progress::Loaded(model, _) => ModelState::Failed(Arc::new(model.engine.death().into())),
        }
    }

    /// The model, if one is loaded and lives. Never waits.
    pub fn loaded(&self) -> Option<Arc<Model>> {
        match &*hold(&self.state) {
            Progress::Loaded(model, _) if model.is_alive() => Some(Arc::clone(model)),
            Progress::Asleep | Progress::Loading(_) | Progress::Loaded(..) | Progress::Failed(_) => None,
        }
    }

    /// Ends the engine, whatever it does.
    pub fn end(&self) {
        if let Some(model) = self.loaded() {
            model.engine.end();
        }
    }

    /// Ends the engine and forgets its model. One that is being loaded is not waited for: whoever loads it finds the vault
    /// locked and lets it go.
    pub fn let_go(&self) {
        self.end();
        if let Ok(mut model) = self.model.try_lock() {
            *model = None;
            *hold(&self.state) = Progress::Asleep;
        }
    }
}

/// The SHA-256 of the model file: known from before, or still being computed.
enum Fingerprint {
    Known(String),
    Pending(Receiver<Option<String>>),
    Unknown,
}

/// Chooses a model file and starts its engine, with at most so many tokens of context.
pub fn start(home: &Home, options: &Options, window: Option<u32>) -> Result<Starting, AssistantError> {
    let (catalogue, found) = choose(home, options)?;
    let engine_options = EngineOptions { model: found.path.clone(), threads: options.threads, window };
    let engine = Engine::start(&engine_options)?;
    Ok(Starting { engine, found, catalogue })
}

fn choose(home: &Home, options: &Options) -> Result<(Catalogue, Found), AssistantError> {
    let catalogue = Catalogue::builtin()?;
    let places = Places::from_environment(home.path());
    let found = models::choose(options.model.as_deref(), &places, &catalogue)?;
    Ok((catalogue, found))
}

/// What the catalogue says of a whole file.
pub enum Verified {
    /// It is the one that it knows by this name.
    Known { name: String, sha256: String },
    /// It has that one's name and size, and not its content.
    Altered { name: String, sha256: String },
    /// It knows no such file.
    Unknown { sha256: String },
}

/// Reads the whole model file and compares it with the catalogue.
pub fn verified(home: &Home, options: &Options) -> Result<Verified, AssistantError> {
    let (catalogue, found) = choose(home, options)?;
    let provenance = models::verify(&found, &catalogue, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(match provenance {
        models::Provenance::Known { model, sha256 } => Verified::Known { name: model.name.clone(), sha256 },
        models::Provenance::Altered { model, sha256 } => Verified::Altered { name: model.name.clone(), sha256 },
        models::Provenance::Unknown { sha256 } => Verified::Unknown { sha256 },
    })
}

/// A model whose engine is loaded, before anybody looked whether its fingerprint is known.
pub struct Waited {
    engine: Engine,
    found: Found,
    catalogue: Catalogue,
}

impl Starting {
    /// Waits for the engine.
    pub fn wait(self, progress: &mut dyn FnMut(u16)) -> Result<Waited, AssistantError> {
        let engine = self.engine.wait(progress)?;
        Ok(Waited { engine, found: self.found, catalogue: self.catalogue })
    }

    /// Waits for the engine and begins to take the file's fingerprint, unless the vault remembers it.
    pub fn finish(self, vault: &Vault, progress: &mut dyn FnMut(u16)) -> Result<Model, AssistantError> {
        Ok(self.wait(progress)?.remembered(vault))
    }
}

impl Waited {
    /// Begins to take the file's fingerprint, unless the vault remembers it.
    pub fn remembered(self, vault: &Vault) -> Model {
        let fingerprint = match remembered(vault, &self.found) {
            Some(sha256) => Fingerprint::Known(sha256),
            None => compute(self.found.path.clone()),
        };
        Model {
            engine: self.engine,
            found: self.found,
            catalogue: self.catalogue,
            fingerprint: Mutex::new(fingerprint),
        }
    }
}

impl Starting {
    /// Waits for the engine alone, for benchmarks: no vault, no fingerprint.
    pub fn engine_alone(self, progress: &mut dyn FnMut(u16)) -> Result<(Engine, String), AssistantError> {
        let engine = self.engine.wait(progress)?;
        let name = name(&self.found, &engine);
        Ok((engine, name))
    }
}

impl Model {
    /// Whether its engine still runs.
    pub fn is_alive(&self) -> bool {
        !self.engine.has_died()
    }

    /// The SHA-256 of the model file, if it is known within a moment.
    pub fn sha256(&self) -> Option<String> {
        self.settle(FINGERPRINT_PATIENCE);
        self.known()
    }

    /// The SHA-256 of the model file, if it is known.
    fn known(&self) -> Option<String> {
        match &*hold(&self.fingerprint) {
            Fingerprint::Known(sha256) => Some(sha256.clone()),
            Fingerprint::Pending(_) | Fingerprint::Unknown => None,
        }
    }

    /// Waits for the fingerprint, if it is being taken.
    pub fn settle(&self, patience: Duration) {
        let mut fingerprint = hold(&self.fingerprint);
        if let Fingerprint::Pending(receiver) = &*fingerprint {
            *fingerprint = match receiver.recv_timeout(patience) {
                Ok(Some(sha256)) => Fingerprint::Known(sha256),
                Ok(None) | Err(mpsc::RecvTimeoutError::Disconnected) => Fingerprint::Unknown,
                Err(mpsc::RecvTimeoutError::Timeout) => return,
            };
        }
    }

    /// Lets the vault remember the fingerprint, so that a file is read for it once.
    pub fn remember(&self, vault: &Vault) {
        if let Some(sha256) = self.known()
            && remembered(vault, &self.found).is_none()
            && let Err(error) = vault.set_setting(&setting(&self.found.path), &entry(&self.found, &sha256))
        {
            tracing::warn!(code = error.code(), "the fingerprint was not kept");
        }
    }

    /// What a window shows of it.
    fn shown(&self) -> LoadedModel {
        let info = self.engine.model();
        LoadedModel {
            name: self.name(),
            languages: self.languages(),
            starter: self.found.entry_guess.as_ref().is_some_and(|entry| entry.starter),
            window: info.window,
            parameters: info.parameters,
            threads: info.threads,
            cpu_variant: info.cpu_variant.clone(),
        }
    }

    /// What the model is called.
    pub fn name(&self) -> String {
        name(&self.found, &self.engine)
    }

    /// The languages it was made for, as the catalogue or the file says; empty when nobody does.
    pub fn languages(&self) -> Vec<String> {
        let sha256 = self.known();
        let known = sha256.as_deref().and_then(|sha256| self.catalogue.by_sha256(sha256));
        match known.or(self.found.entry_guess.as_ref()) {
            Some(entry) => entry.languages.clone(),
            None => self.engine.model().languages.clone(),
        }
    }

    /// What will have made an answer.
    pub fn provenance(&self, sampling: &engine::wire::Sampling) -> Result<Provenance, AssistantError> {
        Ok(Provenance {
            model_sha256: self.known(),
            model_name: self.name(),
            template: self.engine.model().template.clone(),
            sampling: serde_json::to_string(sampling).map_err(|_| AssistantError::Internal("sampling"))?,
            seed: sampling.seed,
            engine_version: self.engine.version().to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            window: self.engine.model().window,
            ..Provenance::default()
        })
    }
}

fn name(found: &Found, engine: &Engine) -> String {
    match (&found.entry_guess, engine.model().name.as_str()) {
        (Some(entry), _) => entry.name.clone(),
        (None, "") => found.path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        (None, name) => name.to_owned(),
    }
}

fn compute(path: std::path::PathBuf) -> Fingerprint {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let sha256 = models::sha256(&path, &mut |_, _| ControlFlow::Continue(()));
        sender.send(sha256.ok()).ok();
    });
    Fingerprint::Pending(receiver)
}

fn remembered(vault: &Vault, found: &Found) -> Option<String> {
    let entry_now = entry(found, "");
    let kept = vault.setting(&setting(&found.path)).ok().flatten()?;
    kept.strip_prefix(&entry_now).filter(|sha256| sha256.len() == 64).map(str::to_owned)
}

/// Size and time of the file, then its fingerprint: a changed file is read again.
fn entry(found: &Found, sha256: &str) -> String {
    let modified = found.modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{} {} {sha256}", found.bytes, modified.as_nanos())
}

fn setting(path: &Path) -> String {
    format!("fingerprint {}", path.display())
}
