//! How the window looks and speaks, in `TACIT_HOME/preferences.json`: outside the vault, for the unlock screen needs it, and nothing private.

use std::fs;
use std::io::{self, Write as _};

use assistant::{AssistantError, Home};

use crate::api::types::{Preferences, Theme};

const FILE: &str = "preferences.json";

/// What was kept; what Tacit begins with where there is nothing, or nothing that can be read.
pub fn read(home: &Home) -> Preferences {
    let kept = fs::read(home.path().join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    kept.unwrap_or(Preferences { language: None, theme: Theme::System, large: false })
}

/// Keeps them: the old ones or the new ones, never half of them.
pub fn write(home: &Home, preferences: &Preferences) -> Result<(), AssistantError> {
    let bytes = serde_json::to_vec_pretty(preferences).map_err(|_| AssistantError::Internal("preferences"))?;
    replace(home, &bytes).map_err(|error| AssistantError::FileNotWritten(error.kind().to_string()))
}

fn replace(home: &Home, bytes: &[u8]) -> io::Result<()> {
    // Makes the home too.
    home.logs()?;
    let file = home.path().join(FILE);
    let new = home.path().join(format!("{FILE}.new"));
    let mut writer = fs::File::create(&new)?;
    writer.write_all(bytes)?;
    writer.sync_all()?;
    fs::rename(new, file)
}
