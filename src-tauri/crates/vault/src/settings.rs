//! The table `settings`: what the person chose, by name. Values are kept as they were given.

use rusqlite::{OptionalExtension as _, params};

use crate::Vault;
use crate::error::Result;

impl Vault {
    /// The value kept under `key`, where there is one.
    ///
    /// # Errors
    /// The store's faults.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.look(|store| {
            let mut statement = store.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
            Ok(statement.query_row([key], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps `value` under `key`, in place of what was there.
    ///
    /// # Errors
    /// The store's faults.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        let sql =
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.change(|store| {
            store.prepare_cached(sql)?.execute(params![key, value])?;
            Ok(())
        })
    }

    /// Forgets `key`, whether or not it was there.
    ///
    /// # Errors
    /// The store's faults.
    pub fn remove_setting(&self, key: &str) -> Result<()> {
        self.change(|store| {
            store.prepare_cached("DELETE FROM settings WHERE key = ?1")?.execute([key])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::Place;

    #[test]
    fn a_setting_is_kept_changed_and_forgotten() {
        let place = Place::new();
        let vault = place.create();
        assert_eq!(vault.setting("language").unwrap(), None);
        vault.set_setting("language", "fr").unwrap();
        vault.set_setting("language", "ar").unwrap();
        assert_eq!(vault.setting("language").unwrap().as_deref(), Some("ar"));
        vault.close().unwrap();
        let vault = place.open().unwrap();
        assert_eq!(vault.setting("language").unwrap().as_deref(), Some("ar"));
        vault.remove_setting("language").unwrap();
        vault.remove_setting("language").unwrap();
        assert_eq!(vault.setting("language").unwrap(), None);
    }
}
