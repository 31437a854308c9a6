//! Folders that stay watched: what is put there is added.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use vault::{CollectionId, WatchedFolder};

use crate::Assistant;
use crate::adding::{Adding, files_of};
use crate::error::AssistantError;
use crate::events::Stop;

/// A file that changed so shortly before the last look may have been half written then.
const OVERLAP_MS: i64 = 5_000;

impl Assistant {
    /// Watches a folder from now on; its path as it is kept.
    ///
    /// # Errors
    /// When it is no folder, or the vault cannot be written.
    pub fn watch_folder(&self, folder: &Path, collection: Option<CollectionId>) -> Result<String, AssistantError> {
        let folder = fs::canonicalize(folder).map_err(|error| AssistantError::DocumentNotRead(error.to_string()))?;
        let path = folder.to_str().filter(|_| folder.is_dir()).ok_or(AssistantError::NotAFile)?;
        self.stored(|vault| vault.watch_folder(path, collection))?;
        Ok(path.to_owned())
    }

    /// Watches a folder no longer; what was added from it stays.
    ///
    /// # Errors
    /// When it is not watched, or the vault cannot be written.
    pub fn unwatch_folder(&self, path: &str) -> Result<(), AssistantError> {
        self.stored(|vault| vault.unwatch_folder(path))
    }

    /// The folders that are watched.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn watched_folders(&self) -> Result<Vec<WatchedFolder>, AssistantError> {
        self.stored(vault::Vault::watched_folders)
    }

    /// Adds what came into the watched folders, or changed there, since they were last looked at.
    ///
    /// # Errors
    /// When the vault cannot be used, or it was stopped. A folder that is not there (a stick) is looked at the next time.
    pub fn look_into_watched_folders(&self, stop: &Stop) -> Result<(), AssistantError> {
        for folder in self.watched_folders()? {
            let begun = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let since = folder.looked_at.map_or(i64::MIN, |looked| looked - OVERLAP_MS);
            let root = PathBuf::from(&folder.path);
            if !root.is_dir() {
                continue;
            }
            let mut refused = Vec::new();
            let mut files = files_of(&[root], &mut refused);
            files.retain(|file| changed(file).is_none_or(|changed| changed >= since));
            let adding = Adding { collections: folder.collection.into_iter().collect(), seal: true };
            self.add_paths(&files, &adding, stop, &mut |_| {})?;
            let begun = i64::try_from(begun.as_millis()).unwrap_or(i64::MAX);
            self.stored(|vault| vault.folder_looked_at(&folder.path, begun))?;
        }
        Ok(())
    }
}

/// When a file was last written, moved or renamed, Unix milliseconds. Its own date may be older than its coming here.
fn changed(file: &Path) -> Option<i64> {
    let metadata = fs::metadata(file).ok()?;
    metadata.ctime().checked_mul(1_000)?.checked_add(metadata.ctime_nsec() / 1_000_000)
}
