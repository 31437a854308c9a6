//! A vault's folder and the files in it: private from the first byte, written whole or not at all, held by one program at a time.
//!
//! It knows names and bytes. It must never see a key or a text.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Result, VaultError};

pub(crate) const STORE: &str = "store.db";
pub(crate) const SLOTS: &str = "slots";
/// The folder of sealed files, which is made with the first of them.
pub(crate) const ORIGINALS: &str = "originals";
pub(crate) const SLOTS_COPY: &str = "slots.copy";
/// The store while it is being made, before it counts as one.
pub(crate) const STORE_NEW: &str = "store.db.new";
/// The slots while they are being written; after a crash between two renames, [`finish_creation`] finds them.
pub(crate) const SLOTS_NEW: &str = "slots.new";
const LOCK: &str = "lock";

/// A slots file is about a kilobyte; more than this is not one.
const MOST_BYTES: u64 = 1 << 20;

/// Holds the vault for as long as it lives; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Whether a file has this name, where 'cannot tell' counts as yes.
pub(crate) fn present(dir: &Path, name: &str) -> bool {
    match fs::symlink_metadata(dir.join(name)) {
        Ok(_) => true,
        Err(error) => error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory,
    }
}

/// Makes the folder and those above it, open to nobody else; one that others could enter is closed to them.
pub(crate) fn make_private(dir: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    close_to_others(dir)
}

#[cfg(unix)]
fn close_to_others(dir: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let open = fs::metadata(dir)?.permissions().mode() & 0o077 != 0;
    if open && let Err(error) = fs::set_permissions(dir, fs::Permissions::from_mode(0o700)) {
        tracing::warn!(kind = ?error.kind(), "the vault's folder is open to others and cannot be closed");
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as where permissions exist")]
fn close_to_others(_dir: &Path) -> Result<()> {
    Ok(())
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the vault, or says that somebody else has it.
pub(crate) fn lock(dir: &Path) -> Result<Lock> {
    let file = private().read(true).create(true).truncate(false).open(dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Makes an empty private file that was not there before.
pub(crate) fn create_empty(path: &Path) -> Result<()> {
    private().create_new(true).open(path)?.sync_all()?;
    Ok(())
}

/// Makes a private file that was not there before.
pub(crate) fn create(path: &Path) -> Result<File> {
    Ok(private().create_new(true).open(path)?)
}

/// Makes the entries of a folder durable.
pub(crate) fn settle(dir: &Path) -> Result<()> {
    sync(dir)
}

/// Overwrites a file with zeroes, durably, and removes it; it may not be there. A disk that writes elsewhere may keep the old bytes a while.
pub(crate) fn overwrite_and_remove(path: &Path) -> Result<()> {
    let mut file = match private().open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let bytes = file.metadata()?.len();
    io::copy(&mut io::repeat(0).take(bytes), &mut file)?;
    file.sync_all()?;
    drop(file);
    remove(path)
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes `name` so that a reader sees the old bytes or the new ones, whatever happens in between.
pub(crate) fn write_whole(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let new = write_new(dir, name, bytes)?;
    rename(dir, &new, name)
}

/// Writes `name.new` and gives its name: durable, but not yet what is read.
pub(crate) fn write_new(dir: &Path, name: &str, bytes: &[u8]) -> Result<String> {
    let new = format!("{name}.new");
    let path = dir.join(&new);
    remove(&path)?;
    let mut file = private().create_new(true).open(&path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(new)
}

/// Gives a file its final name, durably.
pub(crate) fn rename(dir: &Path, from: &str, to: &str) -> Result<()> {
    fs::rename(dir.join(from), dir.join(to))?;
    sync(dir)
}

#[cfg(unix)]
fn sync(dir: &Path) -> Result<()> {
    match File::open(dir)?.sync_all() {
        // Some file systems on sticks cannot sync a folder.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => Ok(done?),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as where folders can be synced")]
fn sync(_dir: &Path) -> Result<()> {
    Ok(())
}

/// The bytes of a small file; `None` where there is none.
pub(crate) fn read_small(dir: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let file = match File::open(dir.join(name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The first bytes of a file.
pub(crate) fn first_bytes<const N: usize>(dir: &Path, name: &str) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    File::open(dir.join(name))?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Whether a creation was cut off after the store got its name and before the slots got theirs. Until that last step is
/// taken the slots are in [`SLOTS_NEW`].
pub(crate) fn lacks_last_step(dir: &Path) -> bool {
    present(dir, STORE) && !present(dir, SLOTS) && !present(dir, SLOTS_COPY) && present(dir, SLOTS_NEW)
}

/// Takes the last step of a creation that was cut off before it.
pub(crate) fn finish_creation(dir: &Path) -> Result<()> {
    if lacks_last_step(dir) {
        tracing::warn!("the vault's creation had been cut off and is finished now");
        rename(dir, SLOTS_NEW, SLOTS)?;
    }
    Ok(())
}

/// Removes what a creation left behind that was cut off before anything counted as a vault.
pub(crate) fn clear_unfinished(dir: &Path) -> Result<()> {
    let journals = ["-wal", "-shm", "-journal"].map(|end| format!("{STORE_NEW}{end}"));
    for name in journals.iter().map(String::as_str).chain([STORE_NEW, SLOTS_NEW]) {
        remove(&dir.join(name))?;
    }
    Ok(())
}

/// Where the vault `name` lives below the program's home.
pub(crate) fn of_vault(home: &Path, name: &str) -> PathBuf {
    home.join("vaults").join(name)
}
