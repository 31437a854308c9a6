//! The slots file: the vault's key, wrapped once for each way of opening the vault (as LUKS does).
//!
//! First line `tacit-slots 1 SHA-256`, the hash of all that follows: JSON with the vault's id, the slots, and a MAC under a key derived from
//! the vault's key. The hash finds accidents before anything is unlocked, the MAC finds forgeries once it is. A second copy of the file
//! stands in when the first is damaged. The file must never hold anything that opens the vault without a secret from outside it.

use std::fmt;
use std::io;
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{Result, VaultError};
use crate::folder::{self, SLOTS, SLOTS_COPY, SLOTS_NEW};
use crate::keys::{self, NONCE_BYTES, SecretKey};
use crate::passphrase::{self, Cost};
use crate::{keyring, recovery};

const MAGIC: &str = "tacit-slots";
const VERSION: u32 = 1;
const MAC_PURPOSE: &str = "tacit slots mac 1";

/// A way of opening a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// The system's keyring holds the wrapping key.
    Keyring,
    /// The wrapping key comes from a passphrase.
    Passphrase,
    /// The wrapping key comes from the printed recovery code.
    Recovery,
}

impl fmt::Display for SlotKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Keyring => "the system's keyring",
            Self::Passphrase => "a passphrase",
            Self::Recovery => "a recovery code",
        })
    }
}

/// One way of opening a vault, as it is shown to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlotInfo {
    /// Random and stable: what [`crate::Vault::remove_slot`] takes.
    pub id: String,
    /// Which way it is.
    pub kind: SlotKind,
    /// Unix milliseconds.
    pub created_at: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", content = "parameters", rename_all = "snake_case", deny_unknown_fields)]
enum Way {
    Keyring { service: String },
    Passphrase { salt: String, cost: Cost },
    Recovery { salt: String },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Slot {
    id: String,
    #[serde(flatten)]
    way: Way,
    created_at: i64,
    nonce: String,
    wrapped: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vault: String,
    slots: Vec<Slot>,
    mac: String,
}

/// What the MAC covers.
#[derive(Serialize)]
struct Covered<'a> {
    vault: &'a str,
    slots: &'a [Slot],
}

/// The slots of one vault, as read or as they are going to be written.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    file: File,
    /// Whether one of the two copies on disk is damaged, missing or older.
    stale: bool,
}

/// A secret from outside that makes or opens a slot.
pub(crate) enum Opening<'a> {
    Keyring(std::time::Duration),
    Passphrase(&'a SecretString),
    Recovery(&'a SecretString),
}

impl Way {
    fn kind(&self) -> SlotKind {
        match self {
            Self::Keyring { .. } => SlotKind::Keyring,
            Self::Passphrase { .. } => SlotKind::Passphrase,
            Self::Recovery { .. } => SlotKind::Recovery,
        }
    }
}

impl Opening<'_> {
    pub(crate) fn kind(&self) -> SlotKind {
        match self {
            Self::Keyring(_) => SlotKind::Keyring,
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Recovery(_) => SlotKind::Recovery,
        }
    }
}

impl Slots {
    /// No slots yet, for a vault with a new random id.
    pub(crate) fn new() -> Result<Self> {
        let file = File { vault: keys::hex(&keys::random::<16>()?), slots: Vec::new(), mac: String::new() };
        Ok(Self { file, stale: false })
    }

    pub(crate) fn vault(&self) -> &str {
        &self.file.vault
    }

    pub(crate) fn kinds(&self) -> Vec<SlotKind> {
        self.file.slots.iter().map(|slot| slot.way.kind()).collect()
    }

    pub(crate) fn infos(&self) -> Vec<SlotInfo> {
        let info = |slot: &Slot| SlotInfo { id: slot.id.clone(), kind: slot.way.kind(), created_at: slot.created_at };
        self.file.slots.iter().map(info).collect()
    }

    /// Reads the file, or its copy where the file is damaged. After a creation that was cut off before its last step they
    /// are read from where they wait for it, so that whoever asks which key to fetch is told.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where neither is whole, [`VaultError::NewerVersion`] where the file is of a newer format.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let name = if folder::lacks_last_step(dir) { SLOTS_NEW } else { SLOTS };
        let (first, copy) = (folder::read_small(dir, name)?, folder::read_small(dir, SLOTS_COPY)?);
        let stale = first != copy;
        match parse(first.as_deref()) {
            Ok(file) => Ok(Self { file, stale }),
            Err(VaultError::Damaged(why)) => Self::from_copy(copy.as_deref(), why),
            // A flipped bit in the version looks like a newer one, but then the rest is what this version wrote.
            Err(VaultError::NewerVersion { .. }) if first.as_deref().map(rest) == copy.as_deref().map(rest) => {
                Self::from_copy(copy.as_deref(), "the slots file's first line is not what was written".to_owned())
            }
            Err(other) => Err(other),
        }
    }

    fn from_copy(copy: Option<&[u8]>, why: String) -> Result<Self> {
        match parse(copy) {
            Ok(file) => {
                tracing::warn!(why, "the slots file is damaged; its copy is used and the file repaired");
                Ok(Self { file, stale: true })
            }
            Err(VaultError::Damaged(_)) => Err(VaultError::Damaged(why)),
            Err(other) => Err(other),
        }
    }

    /// Writes both copies where they are not both as this, after the key has shown that this is genuine.
    pub(crate) fn repair(&mut self, dir: &Path) -> Result<()> {
        if self.stale {
            tracing::warn!("the two copies of the slots differ and are written anew");
            self.write(dir)?;
        }
        Ok(())
    }

    /// Writes the copy, then the file, each whole or not at all. The file is what is read first, so the slots are the old
    /// ones until the last step: a fault before it leaves nobody with a new code that was never shown.
    pub(crate) fn write(&mut self, dir: &Path) -> Result<()> {
        let bytes = self.bytes()?;
        folder::write_whole(dir, SLOTS_COPY, &bytes)?;
        folder::write_whole(dir, SLOTS, &bytes)?;
        self.stale = false;
        Ok(())
    }

    /// The file's bytes.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        let json = serde_json::to_string(&self.file).map_err(unwritable)?;
        Ok(format!("{MAGIC} {VERSION} {}\n{json}", keys::hex(&Sha256::digest(json.as_bytes()))).into_bytes())
    }

    /// Unwraps the vault's key, then checks that the whole file is what its owner wrote.
    pub(crate) fn unlock(&self, opening: &Opening<'_>) -> Result<SecretKey> {
        let master = self.unwrap(opening)?;
        let mac = keys::unhex(&self.file.mac).unwrap_or_default();
        let forged = self.mac(&master)?.verify_slice(&mac).is_err();
        if forged {
            Err(VaultError::damaged("the slots file was changed by somebody without the key"))
        } else {
            Ok(master)
        }
    }

    fn unwrap(&self, opening: &Opening<'_>) -> Result<SecretKey> {
        let kind = opening.kind();
        let mut slots = self.file.slots.iter().filter(|slot| slot.way.kind() == kind).peekable();
        if slots.peek().is_none() {
            return Err(VaultError::NoSuchSlot(kind));
        }
        for slot in slots {
            let with = slot.wrapping_keys(opening, &self.file.vault)?;
            if let Some(master) = with.iter().find_map(|with| slot.open(with, &self.file.vault)) {
                return Ok(master);
            }
        }
        Err(match kind {
            SlotKind::Keyring => VaultError::KeyringChanged,
            SlotKind::Passphrase => VaultError::WrongPassphrase,
            SlotKind::Recovery => VaultError::WrongRecoveryCode,
        })
    }

    /// These slots with the one of the opening's kind made anew, and the others as they are.
    pub(crate) fn with(&self, master: &SecretKey, opening: &Opening<'_>, now: i64) -> Result<Self> {
        let mut next = self.clone();
        let kind = opening.kind();
        next.file.slots.retain(|slot| slot.way.kind() != kind);
        next.file.slots.push(Slot::make(master, opening, &self.file.vault, now)?);
        next.seal(master)?;
        Ok(next)
    }

    /// These slots without one of them.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlotId`], and [`VaultError::LastSlot`] where nothing would be left.
    pub(crate) fn without(&self, master: &SecretKey, id: &str) -> Result<(Self, SlotKind)> {
        let mut next = self.clone();
        let at = next.file.slots.iter().position(|slot| slot.id == id).ok_or(VaultError::NoSuchSlotId)?;
        if next.file.slots.len() == 1 {
            return Err(VaultError::LastSlot);
        }
        let kind = next.file.slots.remove(at).way.kind();
        next.seal(master)?;
        Ok((next, kind))
    }

    fn seal(&mut self, master: &SecretKey) -> Result<()> {
        self.file.mac = keys::hex(&self.mac(master)?.finalize().into_bytes());
        Ok(())
    }

    fn mac(&self, master: &SecretKey) -> Result<Hmac<Sha256>> {
        let key = SecretKey::derive(master.bytes(), self.file.vault.as_bytes(), MAC_PURPOSE)?;
        let covered = Covered { vault: &self.file.vault, slots: &self.file.slots };
        let mac =
            Hmac::<Sha256>::new_from_slice(key.bytes()).map_err(|error| VaultError::Io(io::Error::other(error)))?;
        Ok(mac.chain_update(serde_json::to_vec(&covered).map_err(unwritable)?))
    }
}

impl Slot {
    fn make(master: &SecretKey, opening: &Opening<'_>, vault: &str, now: i64) -> Result<Self> {
        let salt = keys::random::<{ passphrase::SALT_BYTES }>()?;
        let (way, with) = match opening {
            Opening::Keyring(limit) => {
                let with = SecretKey::random()?;
                keyring::put(vault, &with, *limit)?;
                (Way::Keyring { service: keyring::SERVICE.to_owned() }, with)
            }
            Opening::Passphrase(passphrase) => {
                let cost = passphrase::for_new_slot()?;
                (Way::Passphrase { salt: keys::hex(&salt), cost }, passphrase::derive(passphrase, &salt, cost)?)
            }
            Opening::Recovery(code) => (Way::Recovery { salt: keys::hex(&salt) }, recovery::derive(code, &salt)?),
        };
        let nonce = keys::random::<NONCE_BYTES>()?;
        let id = keys::hex(&keys::random::<8>()?);
        let mut slot = Self { id, way, created_at: now, nonce: keys::hex(&nonce), wrapped: String::new() };
        slot.wrapped = keys::hex(&keys::wrap(master, &with, &nonce, &slot.bound(vault)?)?);
        Ok(slot)
    }

    fn wrapping_keys(&self, opening: &Opening<'_>, vault: &str) -> Result<Vec<SecretKey>> {
        match (&self.way, opening) {
            (Way::Keyring { .. }, Opening::Keyring(limit)) => keyring::fetch(vault, *limit),
            (Way::Passphrase { salt, cost }, Opening::Passphrase(typed)) => {
                Ok(vec![passphrase::derive(typed, &salt_of(salt)?, *cost)?])
            }
            (Way::Recovery { salt }, Opening::Recovery(typed)) => Ok(vec![recovery::derive(typed, &salt_of(salt)?)?]),
            (Way::Keyring { .. } | Way::Passphrase { .. } | Way::Recovery { .. }, _) => Ok(Vec::new()),
        }
    }

    fn open(&self, with: &SecretKey, vault: &str) -> Option<SecretKey> {
        let nonce = keys::unhex(&self.nonce)?.try_into().ok()?;
        keys::unwrap(&keys::unhex(&self.wrapped)?, with, &nonce, &self.bound(vault).ok()?)
    }

    /// What the wrapped key is bound to: it opens in no other vault, slot or way, and with no other parameters.
    fn bound(&self, vault: &str) -> Result<Vec<u8>> {
        serde_json::to_vec(&(MAGIC, VERSION, vault, &self.id, &self.way)).map_err(unwritable)
    }
}

fn salt_of(salt: &str) -> Result<[u8; passphrase::SALT_BYTES]> {
    let bytes = keys::unhex(salt).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| VaultError::damaged("a salt in the slots file has the wrong length"))
}

fn unwritable(error: serde_json::Error) -> VaultError {
    VaultError::Io(error.into())
}

/// All but the first line.
fn rest(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    bytes.get(first..).unwrap_or_default()
}

fn parse(bytes: Option<&[u8]>) -> Result<File> {
    let bytes = bytes.ok_or_else(|| VaultError::damaged("the slots file is missing"))?;
    let broken = || VaultError::damaged("the slots file is not what was written");
    let text = str::from_utf8(bytes).map_err(|_| broken())?;
    let (head, json) = text.split_once('\n').ok_or_else(broken)?;
    let [magic, version, hash] = head.split(' ').collect::<Vec<_>>().try_into().map_err(|_| broken())?;
    if hash != keys::hex(&Sha256::digest(json.as_bytes())) || magic != MAGIC {
        return Err(broken());
    }
    let found = version.parse().map_err(|_| broken())?;
    if found > VERSION {
        return Err(VaultError::NewerVersion { found, known: VERSION });
    }
    if version != VERSION.to_string() {
        return Err(broken());
    }
    serde_json::from_str(json).map_err(|_| broken())
}

#[cfg(test)]
#[path = "slots_tests.rs"]
mod tests;
