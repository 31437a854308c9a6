//! From a passphrase to the key that wraps the vault's key: Argon2id, as costly as this machine bears in half a second.
//!
//! The cost is written beside the slot. What is read back is bounded, so that a forged file can ask neither for a terabyte nor for nothing.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Result, VaultError};
use crate::keys::SecretKey;

const TARGET: Duration = Duration::from_millis(500);
const LEAST_MEMORY_KIB: u32 = 64 * 1024;
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;
/// Passes that are wanted before more memory is: fewer give an attacker with little memory too much.
const WANTED_PASSES: u32 = 3;
pub(crate) const SALT_BYTES: usize = 16;

/// What one try at a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Cost {
    /// Refuses what this program would never have written.
    fn check(self) -> Result<()> {
        let sane = (least_memory_kib()..=MOST_MEMORY_KIB).contains(&self.memory_kib)
            && (1..=MOST_PASSES).contains(&self.passes)
            && (1..=4).contains(&self.lanes);
        if sane { Ok(()) } else { Err(VaultError::damaged("the slots file asks for an impossible passphrase cost")) }
    }
}

#[cfg(not(test))]
const fn least_memory_kib() -> u32 {
    LEAST_MEMORY_KIB
}

/// The unit tests make slots by the hundred, with the cost that [`for_new_slot`] gives them.
#[cfg(test)]
const fn least_memory_kib() -> u32 {
    64
}

/// The cost for a slot that is made now, on this machine.
#[cfg(not(test))]
pub(crate) fn for_new_slot() -> Result<Cost> {
    calibrate()
}

#[cfg(test)]
#[expect(clippy::unnecessary_wraps, reason = "stands in for the real one")]
pub(crate) fn for_new_slot() -> Result<Cost> {
    Ok(Cost { memory_kib: 64, passes: 1, lanes: 1 })
}

/// Times one pass over the least memory, spends the target on memory first, and on passes with what a second timing leaves.
#[cfg_attr(test, allow(dead_code, reason = "the tests' slots are cheap; one test calls this"))]
fn calibrate() -> Result<Cost> {
    let mut cost = Cost { memory_kib: LEAST_MEMORY_KIB, passes: 1, lanes: 1 };
    let fits = affordable(1, time(cost)?);
    while cost.memory_kib < MOST_MEMORY_KIB && WANTED_PASSES * 2 * (cost.memory_kib / LEAST_MEMORY_KIB) <= fits {
        cost.memory_kib *= 2;
    }
    cost.passes = WANTED_PASSES;
    cost.passes = affordable(WANTED_PASSES, time(cost)?).clamp(2, MOST_PASSES);
    tracing::debug!(memory_kib = cost.memory_kib, passes = cost.passes, "passphrase cost chosen");
    Ok(cost)
}

fn time(cost: Cost) -> Result<Duration> {
    let begun = Instant::now();
    derive(&SecretString::from("probe"), &[0; SALT_BYTES], cost)?;
    Ok(begun.elapsed())
}

/// How many passes fit into the target, where `passes` took `spent`.
fn affordable(passes: u32, spent: Duration) -> u32 {
    let fit = u128::from(passes) * TARGET.as_micros() / spent.as_micros().max(1);
    u32::try_from(fit).unwrap_or(MOST_PASSES)
}

/// The wrapping key of a passphrase; the same for every way of typing the same characters (NFKC).
pub(crate) fn derive(passphrase: &SecretString, salt: &[u8; SALT_BYTES], cost: Cost) -> Result<SecretKey> {
    cost.check()?;
    let refused = |_| VaultError::damaged("the slots file's passphrase parameters are refused");
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(crate::keys::KEY_BYTES)).map_err(refused)?;
    let mut memory: Vec<Block> = Vec::new();
    memory
        .try_reserve_exact(params.block_count())
        .map_err(|_| VaultError::Io(std::io::Error::from(std::io::ErrorKind::OutOfMemory)))?;
    memory.resize(params.block_count(), Block::new());
    let typed = normalised(passphrase);
    let mut key = SecretKey::empty();
    let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        typed.as_bytes(),
        salt,
        key.bytes_mut(),
        &mut memory,
    );
    memory.iter_mut().for_each(Block::zeroize);
    hashed.map_err(refused)?;
    Ok(key)
}

/// Whether a passphrase is none at all.
pub(crate) fn is_empty(passphrase: &SecretString) -> bool {
    normalised(passphrase).is_empty()
}

fn normalised(passphrase: &SecretString) -> Zeroizing<String> {
    let secret = passphrase.expose_secret();
    // Room for any expansion, so that no half-written copy is left behind by growing.
    let mut typed = Zeroizing::new(String::with_capacity(secret.len().saturating_mul(18)));
    typed.extend(secret.nfkc());
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    #[test]
    fn a_real_slot_costs_at_least_64_mebibytes_and_two_passes() {
        let cost = calibrate().unwrap();
        assert!((LEAST_MEMORY_KIB..=MOST_MEMORY_KIB).contains(&cost.memory_kib), "{cost:?}");
        assert!((2..=MOST_PASSES).contains(&cost.passes), "{cost:?}");
    }

    #[test]
    fn the_same_characters_typed_differently_are_the_same_passphrase() {
        let of = |typed: &str| *derive(&SecretString::from(typed), &[7; SALT_BYTES], CHEAP).unwrap().bytes();
        assert_eq!(of("caf\u{e9} \u{fb01}n"), of("cafe\u{301} fin"));
        assert_ne!(of("cafe"), of("Cafe"));
    }

    #[test]
    fn a_forged_cost_is_refused_before_any_memory_is_taken() {
        let try_with = |memory_kib, passes, lanes| {
            let cost = Cost { memory_kib, passes, lanes };
            derive(&SecretString::from("x"), &[0; SALT_BYTES], cost).map(|_| ()).unwrap_err().code()
        };
        assert_eq!(try_with(u32::MAX, 1, 1), "damaged");
        assert_eq!(try_with(MOST_MEMORY_KIB + 1, 1, 1), "damaged");
        assert_eq!(try_with(8, 1, 1), "damaged");
        assert_eq!(try_with(64, u32::MAX, 1), "damaged");
        assert_eq!(try_with(64, 1, 4096), "damaged");
    }
}
