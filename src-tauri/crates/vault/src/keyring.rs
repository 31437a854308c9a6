//! The system's keyring: one item for each vault, holding a random key that wraps the vault's key.
//!
//! Linux: the Secret Service on the session bus. macOS: the login keychain. Windows: the credential manager.
//! A call here may wait for a person at a prompt, so each one runs in a thread of its own and is given up after a time limit.
//! It must never fall back to anything weaker, and never take 'no answer' for 'no item'.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use keyring_core::{CredentialStore, Entry, Error as KeyringError};
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};
use crate::keys::{KEY_BYTES, SecretKey};

/// How long a person gets for the keyring's prompt, unless the caller says otherwise.
pub const KEYRING_TIME_LIMIT: Duration = Duration::from_secs(30);

/// What the items are filed under.
pub(crate) const SERVICE: &str = "tacit";

/// The keys that the keyring holds for this vault: one, or several where a keyring was copied together from two.
///
/// # Errors
/// [`VaultError::KeyringItemMissing`], [`VaultError::KeyringChanged`] where no item can be a key, and the keyring's own faults.
pub(crate) fn fetch(vault: &str, limit: Duration) -> Result<Vec<SecretKey>> {
    let vault = vault.to_owned();
    let keys: Vec<SecretKey> = within(limit, move || {
        let secrets = entries(&vault)?.into_iter().map(|entry| Ok(Zeroizing::new(entry.get_secret()?)));
        let secrets = secrets.collect::<std::result::Result<Vec<_>, KeyringError>>()?;
        Ok(secrets.iter().filter_map(|secret| SecretKey::from_slice(secret)).collect())
    })?;
    if keys.is_empty() { Err(VaultError::KeyringChanged) } else { Ok(keys) }
}

/// Puts `key` into the keyring as the only item of this vault, and reads it back.
pub(crate) fn put(vault: &str, key: &SecretKey, limit: Duration) -> Result<()> {
    let vault = vault.to_owned();
    let secret = Zeroizing::new(key.bytes().to_vec());
    within(limit, move || {
        match entries(&vault) {
            Ok(old) if old.len() > 1 => old.iter().try_for_each(Entry::delete_credential)?,
            Ok(_) | Err(KeyringError::NoEntry) => {}
            Err(error) => return Err(error.into()),
        }
        let entry = entry(&vault)?;
        entry.set_secret(&secret)?;
        let kept = Zeroizing::new(entry.get_secret()?);
        if kept == secret { Ok(()) } else { Err(VaultError::KeyringChanged) }
    })
}

/// Removes this vault's item, where there is one.
pub(crate) fn remove(vault: &str, limit: Duration) -> Result<()> {
    let vault = vault.to_owned();
    within(limit, move || match entries(&vault) {
        Ok(old) => Ok(old.iter().try_for_each(Entry::delete_credential)?),
        Err(KeyringError::NoEntry) => Ok(()),
        Err(error) => Err(error.into()),
    })
}

/// Every item of this vault. [`KeyringError::NoEntry`] where there is none.
fn entries(vault: &str) -> std::result::Result<Vec<Entry>, KeyringError> {
    let entry = entry(vault)?;
    match entry.get_secret() {
        Ok(secret) => {
            drop(Zeroizing::new(secret));
            Ok(vec![entry])
        }
        Err(KeyringError::Ambiguous(several)) => Ok(several),
        Err(error) => Err(error),
    }
}

fn entry(vault: &str) -> std::result::Result<Entry, KeyringError> {
    #[cfg(all(unix, not(target_os = "macos"), not(test)))]
    let entry = {
        let label = format!("Tacit: key of vault {}", vault.get(..8).unwrap_or(vault));
        store()?.build(SERVICE, vault, Some(&std::collections::HashMap::from([("label", label.as_str())])))
    };
    #[cfg(any(not(unix), target_os = "macos", test))]
    let entry = store()?.build(SERVICE, vault, None);
    entry
}

#[cfg(test)]
use tests::store;

#[cfg(all(unix, not(target_os = "macos"), not(test)))]
fn store() -> std::result::Result<Arc<CredentialStore>, KeyringError> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(all(target_os = "macos", not(test)))]
fn store() -> std::result::Result<Arc<CredentialStore>, KeyringError> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(all(windows, not(test)))]
fn store() -> std::result::Result<Arc<CredentialStore>, KeyringError> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Runs `call` in a thread and waits at most `limit`. What comes later is dropped, and wiped.
fn within<T: Send + 'static>(limit: Duration, call: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let begun = Instant::now();
    let (answer, answered) = mpsc::sync_channel(1);
    std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // The other end is gone after the time limit: then nobody wants it.
        let _ = answer.send(call());
    })?;
    let result = match answered.recv_timeout(limit) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(VaultError::KeyringLocked),
        Err(RecvTimeoutError::Disconnected) => Err(VaultError::KeyringUnavailable("its client failed".to_owned())),
    };
    let outcome = result.as_ref().err().map_or("ok", VaultError::code);
    tracing::debug!(milliseconds = begun.elapsed().as_millis(), outcome, "keyring answered");
    result
}

impl From<KeyringError> for VaultError {
    fn from(error: KeyringError) -> Self {
        match error {
            KeyringError::NoEntry => Self::KeyringItemMissing,
            KeyringError::NoStorageAccess(cause) => no_access(cause.as_ref()),
            KeyringError::PlatformFailure(cause) => failure(cause.as_ref()),
            KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => Self::KeyringChanged,
            KeyringError::Ambiguous(several) => {
                Self::KeyringUnavailable(format!("it holds {} items of one name", several.len()))
            }
            // None of these carries a secret.
            other => Self::KeyringUnavailable(other.to_string()),
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn no_access(cause: &(dyn std::error::Error + 'static)) -> VaultError {
    match cause.downcast_ref::<secret_service::Error>() {
        Some(secret_service::Error::NoResult) => {
            VaultError::KeyringUnavailable("it has no default collection".to_owned())
        }
        _ => VaultError::KeyringLocked,
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn no_access(_cause: &(dyn std::error::Error + 'static)) -> VaultError {
    VaultError::KeyringLocked
}

fn failure(cause: &(dyn std::error::Error + 'static)) -> VaultError {
    let said = cause.to_string();
    let any = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
    // A collection that is locked between looking and reading, and a prompt whose service went away.
    if any(&["Secret.Error.IsLocked", "before prompt completed"]) {
        return VaultError::KeyringLocked;
    }
    VaultError::KeyringUnavailable(if any(&["ServiceUnknown", "not provided by any"]) {
        "none is installed or running".to_owned()
    } else if any(&["Failed to connect", "no secret service provider"]) {
        "there is no desktop session to ask for it".to_owned()
    } else {
        said
    })
}

const _: () = assert!(KEY_BYTES == 32, "what the keyring's items hold");

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::LazyLock;

    use super::*;

    static MOCK: LazyLock<Arc<keyring_core::mock::Store>> = LazyLock::new(|| keyring_core::mock::Store::new().unwrap());

    /// The unit tests' keyring; the real one is tried by the whole-program tests.
    #[expect(clippy::unnecessary_wraps, reason = "stands in for the real one")]
    pub(crate) fn store() -> std::result::Result<Arc<CredentialStore>, KeyringError> {
        Ok(MOCK.clone())
    }

    /// Makes the next call for this vault's item fail.
    pub(crate) fn fail_next(vault: &str, error: KeyringError) {
        let entry = entry(vault).unwrap();
        entry.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap().set_error(error);
    }

    /// Empties the keyring of this vault's item.
    pub(crate) fn forget(vault: &str) {
        entry(vault).unwrap().delete_credential().unwrap();
    }

    /// Puts other bytes where the key was.
    pub(crate) fn overwrite(vault: &str, bytes: &[u8]) {
        entry(vault).unwrap().set_secret(bytes).unwrap();
    }

    #[test]
    fn a_keyring_that_does_not_answer_counts_as_locked_after_the_time_limit() {
        let begun = Instant::now();
        let result = within(Duration::from_millis(20), || {
            std::thread::sleep(Duration::from_secs(5));
            Ok(())
        });
        assert_eq!(result.unwrap_err().code(), "keyring_locked");
        assert!(begun.elapsed() < Duration::from_secs(4));
    }

    #[test]
    fn a_keyring_client_that_panics_is_an_error_and_not_a_crash() {
        let result: Result<()> = within(Duration::from_secs(5), || panic!("as the client might"));
        assert_eq!(result.unwrap_err().code(), "keyring_unavailable");
    }

    #[test]
    fn what_was_put_is_fetched_until_it_is_removed() {
        let key = SecretKey::random().unwrap();
        assert_eq!(fetch("put", KEYRING_TIME_LIMIT).unwrap_err().code(), "keyring_item_missing");
        put("put", &key, KEYRING_TIME_LIMIT).unwrap();
        assert_eq!(fetch("put", KEYRING_TIME_LIMIT).unwrap()[0].bytes(), key.bytes());
        overwrite("put", b"short");
        assert_eq!(fetch("put", KEYRING_TIME_LIMIT).unwrap_err().code(), "keyring_changed");
        remove("put", KEYRING_TIME_LIMIT).unwrap();
        assert_eq!(fetch("put", KEYRING_TIME_LIMIT).unwrap_err().code(), "keyring_item_missing");
        remove("put", KEYRING_TIME_LIMIT).unwrap();
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn locked_unavailable_and_empty_are_three_different_things() {
        use secret_service::Error as Cause;
        let access = |cause: Cause| VaultError::from(KeyringError::NoStorageAccess(Box::new(cause))).code();
        let platform = |cause: Cause| VaultError::from(KeyringError::PlatformFailure(Box::new(cause))).code();
        assert_eq!(access(Cause::Prompt), "keyring_locked");
        assert_eq!(access(Cause::Locked), "keyring_locked");
        assert_eq!(platform(Cause::PromptDisconnected), "keyring_locked");
        assert_eq!(access(Cause::NoResult), "keyring_unavailable");
        assert_eq!(platform(Cause::Unavailable), "keyring_unavailable");
        assert_eq!(VaultError::from(KeyringError::NoEntry).code(), "keyring_item_missing");
    }
}
