//! The model that answers: which file, its engine, and its fingerprint.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use engine::{Engine, EngineOptions};
use models::{Catalogue, Found, Places};
use vault::{Provenance, Vault};

use crate::Options;
use crate::error::AssistantError;
use crate::home::Home;

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
    fingerprint: Fingerprint,
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

impl Starting {
    /// Waits for the engine and begins to take the file's fingerprint, unless the vault remembers it.
    pub fn finish(self, vault: &Vault, progress: &mut dyn FnMut(u16)) -> Result<Model, AssistantError> {
        let engine = self.engine.wait(progress)?;
        let fingerprint = match remembered(vault, &self.found) {
            Some(sha256) => Fingerprint::Known(sha256),
            None => compute(self.found.path.clone()),
        };
        Ok(Model { engine, found: self.found, catalogue: self.catalogue, fingerprint })
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
    pub fn sha256(&mut self) -> Option<String> {
        self.settle(FINGERPRINT_PATIENCE);
        match &self.fingerprint {
            Fingerprint::Known(sha256) => Some(sha256.clone()),
            Fingerprint::Pending(_) | Fingerprint::Unknown => None,
        }
    }

    fn settle(&mut self, patience: Duration) {
        if let Fingerprint::Pending(receiver) = &self.fingerprint {
            self.fingerprint = match receiver.recv_timeout(patience) {
                Ok(Some(sha256)) => Fingerprint::Known(sha256),
                Ok(None) | Err(mpsc::RecvTimeoutError::Disconnected) => Fingerprint::Unknown,
                Err(mpsc::RecvTimeoutError::Timeout) => return,
            };
        }
    }

    /// Lets the vault remember the fingerprint, so that a file is read for it once.
    pub fn remember(mut self, vault: &Vault) {
        self.settle(Duration::from_mins(1));
        if let Fingerprint::Known(sha256) = &self.fingerprint
            && remembered(vault, &self.found).is_none()
            && let Err(error) = vault.set_setting(&setting(&self.found.path), &entry(&self.found, sha256))
        {
            tracing::warn!(code = error.code(), "the fingerprint was not kept");
        }
    }

    /// What the model is called.
    pub fn name(&self) -> String {
        name(&self.found, &self.engine)
    }

    /// The languages it was made for, as the catalogue or the file says; empty when nobody does.
    pub fn languages(&self) -> Vec<String> {
        let known = match &self.fingerprint {
            Fingerprint::Known(sha256) => self.catalogue.by_sha256(sha256),
            Fingerprint::Pending(_) | Fingerprint::Unknown => None,
        };
        match known.or(self.found.entry_guess.as_ref()) {
            Some(entry) => entry.languages.clone(),
            None => self.engine.model().languages.clone(),
        }
    }

    /// What will have made an answer.
    pub fn provenance(&self, sampling: &engine::wire::Sampling) -> Result<Provenance, AssistantError> {
        let sha256 = if let Fingerprint::Known(sha256) = &self.fingerprint { Some(sha256.clone()) } else { None };
        Ok(Provenance {
            model_sha256: sha256,
            model_name: self.name(),
            template: self.engine.model().template.clone(),
            sampling: serde_json::to_string(sampling).map_err(|_| AssistantError::Internal("sampling"))?,
            seed: sampling.seed,
            engine_version: self.engine.version().to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            prompt_tokens: 0,
            completion_tokens: 0,
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
