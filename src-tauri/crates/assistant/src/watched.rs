//! Folders that stay watched: what is put there is added.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use vault::{Added, CollectionId, WatchedFolder};

use crate::Assistant;
use crate::adding::{Adding, files_of};
use crate::error::AssistantError;
use crate::events::Stop;
use crate::ingest::LOOK_AGAIN;

/// A file that changed so shortly before a look may be half written: it is waited for once, and else taken at the next look.
const SETTLED: Duration = Duration::from_secs(2);

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

    /// Watches a folder no longer; what was added from it stays. Its path as it is kept, or one that leads to it.
    ///
    /// # Errors
    /// When it is not watched, or the vault cannot be written.
    pub fn unwatch_folder(&self, folder: &Path) -> Result<String, AssistantError> {
        let watched: HashSet<String> = self.watched_folders()?.into_iter().map(|folder| folder.path).collect();
        // One that is not there any more can still be named.
        let leads_to = [Some(folder.to_owned()), fs::canonicalize(folder).ok()];
        let kept = leads_to.iter().flatten().filter_map(|path| path.to_str()).find(|path| watched.contains(*path));
        let path = kept.unwrap_or_else(|| folder.to_str().unwrap_or_default());
        self.stored(|vault| vault.unwatch_folder(path))?;
        Ok(path.to_owned())
    }

    /// The folders that are watched.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn watched_folders(&self) -> Result<Vec<WatchedFolder>, AssistantError> {
        self.stored(vault::Vault::watched_folders)
    }

    /// Adds what came into the watched folders, or changed there, since they were last looked at; how many documents that were.
    /// While an answer is written it waits.
    ///
    /// # Errors
    /// When the vault cannot be used, or it was stopped. A folder that is not there (a stick) is looked at the next time.
    pub fn look_into_watched_folders(&self, stop: &Stop) -> Result<usize, AssistantError> {
        let mut new = 0;
        for folder in self.watched_folders()? {
            self.let_answers_go_first(stop)?;
            let root = PathBuf::from(&folder.path);
            if !root.is_dir() {
                continue;
            }
            let adding = Adding { collections: folder.collection.into_iter().collect(), seal: true };
            let (files, until) = came(&root, folder.looked_at.unwrap_or(i64::MIN));
            for file in files {
                self.let_answers_go_first(stop)?;
                let added = self.add_paths(&[file], &adding, stop, &mut |_| {})?;
                new += added.added.iter().filter(|(_, added)| !matches!(added, Added::Known(_))).count();
            }
            self.stored(|vault| vault.folder_looked_at(&folder.path, until))?;
        }
        Ok(new)
    }

    /// Waits while an answer is written.
    fn let_answers_go_first(&self, stop: &Stop) -> Result<(), AssistantError> {
        while !stop.is_asked() && self.running.is_busy() {
            thread::sleep(LOOK_AGAIN);
        }
        if stop.is_asked() { Err(AssistantError::Stopped) } else { Ok(()) }
    }
}

/// The documents that came into a folder, or changed there, from one time on and before another, which is the second of the pair.
/// So each is taken once: one that the person removes does not come back.
fn came(root: &Path, since: i64) -> (Vec<PathBuf>, i64) {
    let mut until = before_now(SETTLED);
    let mut files = came_since(root, since);
    if files.iter().any(|file| changed(file) >= until) {
        thread::sleep(SETTLED);
        until = before_now(SETTLED);
        files = came_since(root, since);
    }
    files.retain(|file| changed(file) < until);
    (files, until)
}

/// The time so long ago, Unix milliseconds.
fn before_now(ago: Duration) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.saturating_sub(ago).as_millis()).unwrap_or(i64::MAX)
}

/// The documents below a folder that came there, or changed, at this time (Unix milliseconds) or later.
fn came_since(root: &Path, since: i64) -> Vec<PathBuf> {
    let mut files = files_of(&[root.to_owned()], &mut Vec::new());
    let mut moved = HashMap::new();
    files.retain(|file| changed(file) >= since || came_with_a_folder(root, file, since, &mut moved));
    files
}

/// When a file or folder was last written, moved or renamed, Unix milliseconds; its own date may be older than its coming here.
/// What cannot be told counts as now.
fn changed(path: &Path) -> i64 {
    fs::metadata(path).ok().and_then(|it| milliseconds(it.ctime(), it.ctime_nsec())).unwrap_or(i64::MAX)
}

/// Whether a folder that a file is in was moved here: that changes nothing of the file itself, nor what stands in the folder.
fn came_with_a_folder(root: &Path, file: &Path, since: i64, known: &mut HashMap<PathBuf, bool>) -> bool {
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in folders {
        let moved = known.entry(folder.to_owned()).or_insert_with(|| {
            let written = fs::metadata(folder).ok().and_then(|it| milliseconds(it.mtime(), it.mtime_nsec()));
            let changed = changed(folder);
            changed >= since && written.is_none_or(|written| written < changed)
        });
        if *moved {
            return true;
        }
    }
    false
}

fn milliseconds(seconds: i64, nanoseconds: i64) -> Option<i64> {
    seconds.checked_mul(1_000)?.checked_add(nanoseconds / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> i64 {
        // Dates of files are those of the last tick.
        thread::sleep(Duration::from_millis(20));
        let now = before_now(Duration::ZERO);
        thread::sleep(Duration::from_millis(20));
        now
    }

    #[test]
    fn what_was_written_moved_here_or_came_with_its_folder_is_new_and_nothing_else_is() {
        let (watched, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (here, there) = (|name: &str| watched.path().join(name), |name: &str| elsewhere.path().join(name));
        fs::create_dir_all(here("kept")).unwrap();
        fs::create_dir_all(there("whole/deep")).unwrap();
        for old in [here("old.txt"), here("kept/old.txt"), there("moved.txt"), there("whole/deep/letter.txt")] {
            fs::write(old, "x").unwrap();
        }
        let since = now();
        assert_eq!(came_since(watched.path(), since), Vec::<PathBuf>::new());
        fs::write(here("kept/new.txt"), "x").unwrap();
        fs::rename(there("moved.txt"), here("moved.txt")).unwrap();
        fs::rename(there("whole"), here("whole")).unwrap();
        let came = [here("kept/new.txt"), here("moved.txt"), here("whole/deep/letter.txt")];
        assert_eq!(came_since(watched.path(), since), came);
        assert_eq!(came_since(watched.path(), now()), Vec::<PathBuf>::new());
        assert_eq!(came_since(watched.path(), i64::MIN).len(), 5);
    }

    #[test]
    fn a_file_is_taken_once_and_not_before_it_is_whole() {
        let watched = tempfile::tempdir().unwrap();
        let (whole, growing) = (watched.path().join("whole.txt"), watched.path().join("growing.txt"));
        for file in [&whole, &growing] {
            fs::write(file, "x").unwrap();
        }
        let (files, until) = thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(SETTLED / 2);
                fs::write(&growing, "xy").unwrap();
            });
            came(watched.path(), i64::MIN)
        });
        assert_eq!(files, [whole]);
        thread::sleep(SETTLED);
        assert_eq!(came(watched.path(), until).0, [growing]);
    }
}
