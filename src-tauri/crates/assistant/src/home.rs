//! Where a person's data lives.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::error::AssistantError;

/// The vault offered at first; the code takes several.
const VAULT: &str = "default";

/// The folder with the vaults and the logs: `TACIT_HOME`, or the system's folder for data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// The home that the environment names.
    ///
    /// # Errors
    /// When there is neither `TACIT_HOME` nor a home folder.
    pub fn from_environment() -> Result<Self, AssistantError> {
        if let Some(named) = env::var_os("TACIT_HOME").filter(|named| !named.is_empty()) {
            return Ok(Self(std::path::absolute(named).map_err(|_| AssistantError::NoHome)?));
        }
        let folders = directories::ProjectDirs::from("", "", "tacit").ok_or(AssistantError::NoHome)?;
        Ok(Self(folders.data_dir().to_path_buf()))
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder of the vault.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        vault::Vault::folder(&self.0, VAULT)
    }

    /// The folder of the logs, made private if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn logs(&self) -> io::Result<PathBuf> {
        let logs = self.0.join("logs");
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&logs)?;
        Ok(logs)
    }
}
