//! The table `evidence`: what an answer rests on, as whoever checked it wrote it down. The vault does not look into it.

use rusqlite::{OptionalExtension as _, params};

use crate::Vault;
use crate::error::Result;
use crate::messages::MessageId;

impl Vault {
    /// Keeps what an answer rests on, in place of what was there.
    ///
    /// # Errors
    /// The store's faults, also where there is no such message.
    pub fn set_evidence(&self, message: MessageId, evidence: &str) -> Result<()> {
        let sql = "INSERT INTO evidence (message_id, body) VALUES (?1, ?2) ON CONFLICT (message_id) DO UPDATE SET body = excluded.body";
        self.change(|store| {
            store.prepare_cached(sql)?.execute(params![message.0, evidence])?;
            Ok(())
        })
    }

    /// What an answer rests on, where that was kept.
    ///
    /// # Errors
    /// The store's faults.
    pub fn evidence(&self, message: MessageId) -> Result<Option<String>> {
        self.look(|store| {
            let mut statement = store.prepare_cached("SELECT body FROM evidence WHERE message_id = ?1")?;
            Ok(statement.query_row([message.0], |row| row.get(0)).optional()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Role;
    use crate::tests::Place;

    #[test]
    fn evidence_is_kept_with_its_answer_and_goes_with_it() {
        let place = Place::new();
        let vault = place.create();
        let (chat, question) = vault.start_chat("t", "q").unwrap();
        let answer = vault.add_message(chat, Some(question), Role::Assistant, "a").unwrap();
        assert_eq!(vault.evidence(answer).unwrap(), None);
        vault.set_evidence(answer, "one").unwrap();
        vault.set_evidence(answer, "two").unwrap();
        assert_eq!(vault.evidence(answer).unwrap().as_deref(), Some("two"));
        vault.delete_message(chat, answer).unwrap();
        assert_eq!(vault.evidence(answer).unwrap(), None);
        assert!(vault.set_evidence(answer, "three").is_err());
    }
}
