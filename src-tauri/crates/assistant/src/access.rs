//! Which key opens the vault, and what happens when it does not.
//!
//! Never anything weaker than what was chosen, never a new vault where one was.

use std::fmt::Display;
use std::path::Path;

use secrecy::SecretString;
use vault::{KEYRING_TIME_LIMIT, Key, SlotKind, Vault, VaultError, slot_kinds};

use crate::error::AssistantError;
use crate::home::Home;

/// Tries that a person has at a prompt before the program gives up.
const TRIES: u32 = 3;

/// What a person answered.
pub enum Answer {
    /// A passphrase.
    Given(SecretString),
    /// They would rather not.
    Declined,
    /// There is no terminal and no window to ask in.
    NobodyThere,
}

/// Somebody who can be asked for a passphrase.
pub trait Person {
    /// The passphrase of an existing vault. `why` says what went wrong before, if anything did.
    fn passphrase(&mut self, why: Option<&dyn Display>) -> Answer;

    /// A new passphrase for a new vault, typed twice. `why` says why there is no keyring to use.
    fn new_passphrase(&mut self, why: &dyn Display) -> Answer;
}

/// Opens the vault of a home, or makes it when there is none.
pub fn open(home: &Home, passphrase: Option<&SecretString>, person: &mut dyn Person) -> Result<Vault, AssistantError> {
    let folder = home.vault();
    let exists = Vault::exists(&folder);
    if let Some(passphrase) = passphrase {
        let key = Key::Passphrase(passphrase.clone());
        return Ok(if exists { Vault::open(&folder, &key)? } else { Vault::create(&folder, &key)? });
    }
    if exists { open_existing(&folder, person) } else { create(&folder, person) }
}

fn create(folder: &Path, person: &mut dyn Person) -> Result<Vault, AssistantError> {
    let refused = match Vault::create(folder, &Key::Keyring { time_limit: KEYRING_TIME_LIMIT }) {
        Err(error @ (VaultError::KeyringUnavailable(_) | VaultError::KeyringLocked)) => error,
        other => return Ok(other?),
    };
    match (person.new_passphrase(&refused), refused) {
        (Answer::Given(passphrase), _) => Ok(Vault::create(folder, &Key::Passphrase(passphrase))?),
        (Answer::Declined, _) => Err(AssistantError::Stopped),
        (Answer::NobodyThere, VaultError::KeyringUnavailable(reason)) => Err(AssistantError::NoKeyring(reason)),
        (Answer::NobodyThere, _) => Err(AssistantError::NoKeyring("it is locked".into())),
    }
}

fn open_existing(folder: &Path, person: &mut dyn Person) -> Result<Vault, AssistantError> {
    let kinds = slot_kinds(folder)?;
    let mut why: Option<VaultError> = None;
    if kinds.contains(&SlotKind::Keyring) {
        match Vault::open(folder, &Key::Keyring { time_limit: KEYRING_TIME_LIMIT }) {
            Err(
                error @ (VaultError::KeyringUnavailable(_)
                | VaultError::KeyringLocked
                | VaultError::KeyringItemMissing
                | VaultError::KeyringChanged),
            ) if kinds.contains(&SlotKind::Passphrase) => why = Some(error),
            other => return Ok(other?),
        }
    }
    for _ in 0..TRIES {
        let passphrase = match person.passphrase(why.as_ref().map(|why| why as &dyn Display)) {
            Answer::Given(passphrase) => passphrase,
            Answer::Declined => return Err(AssistantError::Stopped),
            Answer::NobodyThere => return Err(why.map_or(AssistantError::NeedsPassphrase, AssistantError::from)),
        };
        match Vault::open(folder, &Key::Passphrase(passphrase)) {
            Err(error @ (VaultError::WrongPassphrase | VaultError::EmptyPassphrase)) => why = Some(error),
            other => return Ok(other?),
        }
    }
    Err(VaultError::WrongPassphrase.into())
}

/// Opens a vault with its recovery code and gives it a new everyday key: the passphrase handed over, else the
/// keyring, else a passphrase of the person's choice. The old key of that kind no longer opens it.
pub fn recover(
    home: &Home,
    passphrase: Option<&SecretString>,
    code: &SecretString,
    person: &mut dyn Person,
) -> Result<(Vault, SlotKind), AssistantError> {
    let mut vault = Vault::open(&home.vault(), &Key::Recovery(code.clone()))?;
    if let Some(passphrase) = passphrase {
        vault.add_passphrase(passphrase.clone())?;
        return Ok((vault, SlotKind::Passphrase));
    }
    let refused = match vault.add_keyring(KEYRING_TIME_LIMIT) {
        Err(error @ (VaultError::KeyringUnavailable(_) | VaultError::KeyringLocked)) => error,
        other => {
            other?;
            return Ok((vault, SlotKind::Keyring));
        }
    };
    match person.new_passphrase(&refused) {
        Answer::Given(chosen) => vault.add_passphrase(chosen)?,
        Answer::Declined => return Err(AssistantError::Stopped),
        Answer::NobodyThere => return Err(refused.into()),
    }
    Ok((vault, SlotKind::Passphrase))
}
