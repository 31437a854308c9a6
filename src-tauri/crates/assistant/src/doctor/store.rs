//! The store: what is on the disk, and what the open database says of itself.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use vault::Vault;

use super::{Assistant, Check, Home, Promise, not_tried};
use crate::error::AssistantError;

/// What an unencrypted `SQLite` file begins with.
const PLAIN: &[u8] = b"SQLite format 3\0";
/// The folder of the trial, below the home.
const TRIAL: &str = "trial";
/// The setting that holds the canary while it is hunted.
const CANARY: &str = "doctor canary";
/// Read at a time when the canary is hunted.
const PIECE: usize = 1 << 20;

impl Assistant {
    /// Examines the open vault and every file beside it. Writes a random text into it and takes that out again.
    ///
    /// # Errors
    /// When the vault cannot be read or written.
    pub fn examine(&self, report: &mut dyn FnMut(Check)) -> Result<(), AssistantError> {
        report(Check::of(
            Promise::TamperingIsSeen,
            "store: opens",
            true,
            "its key is right and its first page genuine",
        ));
        report(self.first_bytes()?);
        report(self.canary()?);
        report(private_files(self.home.path()));
        report(self.key_slots());
        report(self.keyring());
        report(self.protections()?);
        report(self.every_page()?);
        Ok(())
    }

    fn first_bytes(&self) -> Result<Check, AssistantError> {
        let bytes = self.stored(Vault::first_bytes)?;
        let shown: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let encrypted = bytes != PLAIN;
        let evidence = format!("store.db begins with {}", shown.join(" "));
        Ok(Check::of(Promise::NothingReadableAtRest, "store: its first bytes are no database's", encrypted, evidence))
    }

    /// A random text, written into the store and looked for in every file of the home.
    fn canary(&self) -> Result<Check, AssistantError> {
        const NAME: &str = "store: a text that was just written is in no file";
        let mut random = [0_u8; 24];
        getrandom::fill(&mut random).map_err(|_| AssistantError::NoRandom)?;
        let canary: String = random.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
        self.stored(|vault| vault.set_setting(CANARY, &canary))?;
        let while_in_the_log = found_in(self.home.path(), canary.as_bytes());
        self.stored(Vault::checkpoint)?;
        let once_settled = found_in(self.home.path(), canary.as_bytes());
        self.stored(|vault| vault.remove_setting(CANARY))?;
        self.stored(Vault::checkpoint)?;
        let (files, found) = (while_in_the_log.0, [while_in_the_log.1, once_settled.1].concat());
        let evidence = match found.first() {
            None => format!("looked for it in {files} files, in the log and once it was settled"),
            Some(path) => format!("FOUND in {}", path.display()),
        };
        Ok(Check::of(Promise::NothingReadableAtRest, NAME, found.is_empty(), evidence))
    }

    fn key_slots(&self) -> Check {
        let kinds: Vec<String> = self.slots().iter().map(ToString::to_string).collect();
        let recovery = if self.slots().contains(&vault::SlotKind::Recovery) {
            ""
        } else {
            "; there is no recovery code yet: `tacit recovery` makes one"
        };
        let evidence = format!("both copies are whole and genuine; it opens with {}{recovery}", kinds.join(", "));
        Check::of(Promise::TamperingIsSeen, "store: its key slots", !kinds.is_empty(), evidence)
    }

    fn keyring(&self) -> Check {
        const NAME: &str = "store: its key is kept by the system's keyring";
        let promise = Promise::NothingReadableAtRest;
        if self.slots().contains(&vault::SlotKind::Keyring) {
            Check::of(promise, NAME, true, "wrapped under a key that only the keyring holds")
        } else {
            Check::does_not_apply(promise, NAME, "this vault opens without the keyring")
        }
    }

    fn protections(&self) -> Result<Check, AssistantError> {
        let all = self.stored(Vault::protections)?;
        let shown: Vec<String> = all.iter().map(|one| format!("{}={}", one.name, one.found)).collect();
        let holds = all.iter().all(vault::Protection::holds);
        Ok(Check::of(Promise::NothingLost, "store: its settings, read back", holds, shown.join(" ")))
    }

    fn every_page(&self) -> Result<Check, AssistantError> {
        let faults = self.stored(|vault| Ok(vault.check_integrity()))?;
        let evidence = if faults.is_empty() {
            "cipher_integrity_check and integrity_check find nothing".to_owned()
        } else {
            faults.join("; ")
        };
        let promise = Promise::TamperingIsSeen;
        Ok(Check::of(promise, "store: every page is what was written", faults.is_empty(), evidence))
    }
}

/// The store's promises, tried on a small store that is made for it and removed.
#[must_use]
pub fn trial(home: &Home) -> Vec<Check> {
    const NAME: &str = "trial store: a flipped bit is reported";
    match vault::trial(&home.path().join(TRIAL)) {
        Ok(trial) => vec![
            Check::of(
                Promise::NothingLost,
                "trial store: what is acknowledged is on the disk",
                trial.kept,
                "a copy of the files taken right after the acknowledgement holds it",
            ),
            Check::of(
                Promise::TamperingIsSeen,
                NAME,
                trial.altered == 0 && trial.reported == trial.flips && !trial.readable,
                format!(
                    "{} of {} flipped bits were reported, {} changed a text",
                    trial.reported, trial.flips, trial.altered
                ),
            ),
        ],
        Err(error) => vec![not_tried(Promise::TamperingIsSeen, NAME, &error.into())],
    }
}

/// Files and folders that are not the person's alone.
#[cfg(unix)]
fn private_files(home: &Path) -> Check {
    use std::os::unix::fs::PermissionsExt as _;
    let all = files_below(home, true);
    let open: Vec<&PathBuf> = all
        .iter()
        .filter(|path| fs::symlink_metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0))
        .collect();
    let evidence = match open.first() {
        None => format!("{} files and folders are yours alone", all.len()),
        Some(path) => format!("others may open {}", path.display()),
    };
    Check::of(Promise::NothingReadableAtRest, "store: its files are private", open.is_empty(), evidence)
}

#[cfg(not(unix))]
fn private_files(_home: &Path) -> Check {
    let why = "NOT ENFORCED on this system: they have the permissions of your own folders";
    Check::of(Promise::NothingReadableAtRest, "store: its files are private", false, why)
}

/// How many files were read, and those in which it stands.
fn found_in(home: &Path, needle: &[u8]) -> (usize, Vec<PathBuf>) {
    let files = files_below(home, false);
    let found = files.iter().filter(|path| holds(path, needle)).cloned().collect();
    (files.len(), found)
}

/// Whether it stands in a file; pieces overlap, so that no border hides it.
fn holds(path: &Path, needle: &[u8]) -> bool {
    let Ok(mut file) = fs::File::open(path) else { return false };
    let mut window: Vec<u8> = Vec::new();
    loop {
        let kept = window.len().min(needle.len() - 1);
        window.drain(..window.len() - kept);
        let read = file.by_ref().take(PIECE as u64).read_to_end(&mut window);
        if window.windows(needle.len()).any(|part| part == needle) {
            return true;
        }
        if !matches!(read, Ok(length) if length > 0) {
            return false;
        }
    }
}

/// What lies below the home but the models, which are no secrets and large.
fn files_below(home: &Path, with_folders: bool) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            match fs::symlink_metadata(&path) {
                Ok(found) if found.is_dir() && path != home.join("models") => folders.push(path),
                Ok(found) if found.is_file() => all.push(path),
                _ => {}
            }
        }
        if with_folders {
            all.push(folder);
        }
    }
    all
}
