//! The model files on this computer.

use models::{Catalogue, Places};
use serde::Serialize;

use crate::error::AssistantError;
use crate::home::Home;

/// A model file, and what the catalogue says of it. A fact nobody verified is absent.
#[derive(Clone, Debug, Serialize)]
pub struct ModelOnDisk {
    /// The file.
    pub path: std::path::PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Whether it answers when no other is named.
    pub default: bool,
    /// Its name in the catalogue, going by its file name and size.
    pub name: Option<String>,
    /// Who made it.
    pub maker: Option<String>,
    /// Where its makers are.
    pub countries: Vec<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// The languages it was made for (ISO 639-1).
    pub languages: Vec<String>,
}

/// All models found, in the order in which they would be chosen, and a sentence for each file that is none.
///
/// # Errors
/// When the catalogue is damaged.
pub fn models_on_disk(home: &Home) -> Result<(Vec<ModelOnDisk>, Vec<String>), AssistantError> {
    let catalogue = Catalogue::builtin()?;
    let places = Places::from_environment(home.path());
    let findings = models::find(&places, &catalogue);
    let chosen = models::choose(None, &places, &catalogue).ok().map(|found| found.path);
    let models = findings.models.into_iter().map(|found| {
        let entry = found.entry_guess;
        ModelOnDisk {
            default: chosen.as_ref() == Some(&found.path),
            path: found.path,
            bytes: found.bytes,
            name: entry.as_ref().map(|entry| entry.name.clone()),
            maker: entry.as_ref().map(|entry| entry.maker.clone()),
            countries: entry.as_ref().map(|entry| entry.countries.clone()).unwrap_or_default(),
            licence: entry.as_ref().map(|entry| entry.licence.clone()),
            languages: entry.map(|entry| entry.languages).unwrap_or_default(),
        }
    });
    let passed_over = findings.passed_over.into_iter().map(|passed| passed.reason.to_string());
    Ok((models.collect(), passed_over.collect()))
}
