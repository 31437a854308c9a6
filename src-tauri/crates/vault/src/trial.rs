//! The store's promises, tried on a small store of their own: what is acknowledged stays, no text is readable, and no
//! flipped bit passes. It never touches the person's store, and leaves nothing behind.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};

use crate::error::{Result, VaultError};
use crate::folder::{self, STORE};
use crate::keys::{self, SecretKey};
use crate::store::{self, Medium};

/// Bits that are flipped, one at a time.
const FLIPS: usize = 32;
/// Over several pages, so that a damaged one may lie in its middle.
const TEXT_BYTES: usize = 24 << 10;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Whether text that was acknowledged is in a copy of the files taken at that moment, as after a power cut.
    pub kept: bool,
    /// Whether the text stands readable in a file.
    pub readable: bool,
    /// Flipped bits.
    pub flips: usize,
    /// Of these, the ones that were reported.
    pub reported: usize,
    /// Of these, the ones with which another text came back: none, or the promise is broken.
    pub altered: usize,
}

/// Tries them in this folder, which is made and removed again.
///
/// # Errors
/// The disk's faults.
pub fn trial(dir: &Path) -> Result<Trial> {
    // What a trial left that was cut off.
    remove(dir)?;
    folder::make_private(dir)?;
    let tried = in_folder(dir);
    remove(dir)?;
    tried
}

fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn in_folder(dir: &Path) -> Result<Trial> {
    let key = SecretKey::random()?;
    let text = random_text()?;
    store::create(dir, &key)?;
    let connection = store::open(dir, &key)?;
    connection.execute("INSERT INTO settings (key, value) VALUES ('trial', ?1)", params![text])?;
    let kept = survives(dir, &key, &text)?;
    store::close(connection, Medium::Disk)?;
    let whole = fs::read(dir.join(STORE))?;
    let readable = holds(dir, &text)?;
    let (mut reported, mut altered) = (0, 0);
    for flip in 0..FLIPS {
        // In another stretch each time, at a random place of it.
        let stretch = whole.len() / FLIPS;
        let at = flip * stretch + usize::from(u16::from_le_bytes(keys::random()?)) % stretch;
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (flip % 8);
        fs::write(dir.join(STORE), bytes)?;
        match read(dir, &key) {
            Err(VaultError::Damaged(_)) => reported += 1,
            Ok(found) if found == text => {}
            Ok(_) | Err(_) => altered += 1,
        }
    }
    Ok(Trial { kept, readable, flips: FLIPS, reported, altered })
}

fn random_text() -> Result<String> {
    let mut text = String::new();
    while text.len() < TEXT_BYTES {
        text += &keys::hex(&keys::random::<32>()?);
    }
    Ok(text)
}

/// What the files hold right now, the store still open, is what a cut of the power would leave.
fn survives(dir: &Path, key: &SecretKey, text: &str) -> Result<bool> {
    let copy = dir.join("copy");
    folder::make_private(&copy)?;
    for name in [STORE.to_owned(), format!("{STORE}-wal")] {
        if folder::present(dir, &name) {
            fs::copy(dir.join(&name), copy.join(&name))?;
        }
    }
    Ok(read(&copy, key)? == text)
}

/// The text, if every page that was read for it is what was written; the whole store is looked at.
fn read(dir: &Path, key: &SecretKey) -> Result<String> {
    let connection = store::open(dir, key)?;
    let text = look(&connection);
    store::sound(&connection, Medium::Disk)?;
    let faults = store::faults(&connection, Medium::Disk);
    if faults.is_empty() { text } else { Err(VaultError::damaged("a page is not what was written")) }
}

fn look(connection: &Connection) -> Result<String> {
    Ok(connection.query_row("SELECT value FROM settings WHERE key = 'trial'", [], |row| row.get(0))?)
}

fn holds(dir: &Path, text: &str) -> Result<bool> {
    let needle = &text.as_bytes()[..64];
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_file() && fs::read(path)?.windows(needle.len()).any(|window| window == needle) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_build_keeps_its_promises_and_leaves_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("trial");
        let trial = trial(&dir).unwrap();
        assert_eq!(trial, Trial { kept: true, readable: false, flips: FLIPS, reported: FLIPS, altered: 0 });
        assert!(!dir.exists());
    }
}
