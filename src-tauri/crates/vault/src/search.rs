//! The table `words`: full-text search over the messages, inside the encrypted store. Its row id is the message's number.

use std::fmt;

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::chats::ChatId;
use crate::error::Result;
use crate::hidden::Hidden;
use crate::messages::{MessageId, Role};
use crate::{Vault, words};

/// A message in which the words were found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The chat it belongs to.
    pub chat: ChatId,
    /// That chat's title.
    pub title: String,
    /// The message.
    pub message: MessageId,
    /// Who speaks.
    pub role: Role,
    /// The original text around the first match, on one line.
    pub snippet: String,
    /// Which bytes of `snippet` are what was looked for: beginnings and ends, in order, at boundaries of characters.
    pub marks: Vec<(usize, usize)>,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl fmt::Debug for Hit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Hit")
            .field("chat", &self.chat)
            .field("title", &Hidden::text(&self.title))
            .field("message", &self.message)
            .field("role", &self.role)
            .field("snippet", &Hidden::text(&self.snippet))
            .field("marks", &self.marks.len())
            .field("created_at", &self.created_at)
            .finish()
    }
}

impl Vault {
    /// The messages that hold all the words (the last one may be only begun), best first, `limit` at most.
    ///
    /// Case, diacritics, Arabic vowel marks and compatibility forms do not count; nothing in `words` is syntax.
    /// An answer is found once it is finished or was interrupted.
    ///
    /// # Errors
    /// The store's faults.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let Some(query) = words::query(words) else {
            return Ok(Vec::new());
        };
        let sought = words::Sought::new(words);
        // The index goes first, in the order of rank, and stops once there are enough: only what is shown is read.
        let sql = "SELECT m.chat_id, c.title, m.id, m.role, m.content, m.created_at
                   FROM (SELECT words.rowid AS id, words.rank AS score FROM words
                         CROSS JOIN messages there ON there.id = words.rowid CROSS JOIN chats its ON its.id = there.chat_id
                         WHERE words MATCH ?1 AND its.deleted_at IS NULL ORDER BY words.rank LIMIT ?2) found
                   JOIN messages m ON m.id = found.id JOIN chats c ON c.id = m.chat_id
                   ORDER BY found.score, m.id DESC";
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        self.look(|store| {
            let mut statement = store.prepare_cached(sql)?;
            let hits = statement.query_map(params![query, most], |row| read(row, &sought))?;
            Ok(hits.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn read(row: &Row<'_>, sought: &words::Sought) -> rusqlite::Result<Hit> {
    let snippet = sought.snippet(row.get_ref(4)?.as_str()?);
    Ok(Hit {
        chat: ChatId(row.get(0)?),
        title: row.get(1)?,
        message: MessageId(row.get(2)?),
        role: Role::read(row, 3)?,
        marks: sought.marks(&snippet),
        snippet,
        created_at: row.get(5)?,
    })
}

/// Makes a message's words searchable.
pub(crate) fn index(store: &Connection, message: MessageId, content: &str) -> Result<()> {
    let sql = "INSERT INTO words (rowid, body) VALUES (?1, ?2)";
    store.prepare_cached(sql)?.execute(params![message.0, words::indexed(content)])?;
    Ok(())
}

/// Takes a message's words out of the index, where they are there.
pub(crate) fn forget(store: &Connection, message: MessageId) -> Result<()> {
    store.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([message.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::tests::Place;
    use crate::{Role, Vault};

    fn found(vault: &Vault, words: &str) -> Vec<String> {
        vault.search(words, 20).unwrap().into_iter().map(|hit| hit.snippet).collect()
    }

    #[test]
    fn words_are_found_in_thai_chinese_hindi_and_vocalised_arabic() {
        let place = Place::new();
        let vault = place.create();
        let chat = vault.new_chat("t").unwrap();
        // What is kept, and queries that must find it.
        let cases: [(&str, &[&str]); 9] = [
            ("ฉันรักภาษาไทย", &["ภาษา", "ไทย", "รัก", "ย"]),
            ("他住在東京都的一個房子裡", &["東京", "東京都", "房", "裡", "房子 東京"]),
            ("मैं हिन्दी बोलता हूँ", &["हिन्दी", "हिन", "बोलता हूँ"]),
            ("قَرَأْتُ الكِتَابَ", &["الكتاب", "قرأت", "الكِتاب"]),
            ("カタカナとひらがなのスーパー", &["カタ", "ｽｰﾊﾟｰ", "スーパー", "ー"]),
            ("ສະບາຍດີຕອນເຊົ້າ", &["ສະບາຍ"]),
            ("ខ្ញុំស្រឡាញ់ភាសាខ្មែរ", &["ភាសា"]),
            ("ကျွန်တော်မြန်မာစကား", &["မြန်မာ"]),
            ("தமிழ் மொழி மற்றும் ދިވެހި", &["தமிழ்", "மொழி", "ދިވެހި"]),
        ];
        for (text, _) in cases {
            vault.add_message(chat, None, Role::User, text).unwrap();
        }
        for (text, queries) in cases {
            for query in queries {
                assert_eq!(found(&vault, query), [text], "{query}");
            }
        }
        assert!(found(&vault, "都京").is_empty() && found(&vault, "ทยไ").is_empty());
    }

    #[test]
    fn every_word_must_be_there_and_the_last_may_be_begun() {
        let place = Place::new();
        let vault = place.create();
        vault.start_chat("t", "The quick brown Fähre").unwrap();
        for query in ["quick brow", "FAHRE", "fähre quick", "the", "brown, quick!"] {
            assert_eq!(found(&vault, query).len(), 1, "{query}");
        }
        for query in ["quic brown", "quick red", "", "\"", "* OR *", "quick NOT brown", "body:quick x", "\0"] {
            assert!(found(&vault, query).is_empty(), "{query}");
        }
    }

    #[test]
    fn the_best_match_comes_first_and_no_more_than_asked() {
        let place = Place::new();
        let vault = place.create();
        let (chat, _) = vault.start_chat("t", &format!("apple {}", "filler ".repeat(200))).unwrap();
        let best = vault.add_message(chat, None, Role::User, "apple apple apple").unwrap();
        assert_eq!(vault.search("apple", 9).unwrap()[0].message, best);
        assert_eq!(vault.search("apple", 1).unwrap().len(), 1);
        assert!(!format!("{:?}", vault.search("apple", 9).unwrap()).contains("apple"));
    }
}
