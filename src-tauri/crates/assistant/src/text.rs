//! Bytes that should be text, and text that should be safe to show.

use crate::error::AssistantError;

/// The most text taken at once, in bytes: some twenty thousand pages.
const MOST: u64 = 32 << 20;

/// Reads bytes as text: UTF-8 with or without its mark, or UTF-16 with its mark.
///
/// # Errors
/// When they are too many, not text, or hold nothing but space.
pub fn decode(bytes: &[u8]) -> Result<String, AssistantError> {
    let size = bytes.len() as u64;
    if size > MOST {
        return Err(AssistantError::TooLarge { bytes: size, most: MOST });
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        bytes => utf8(bytes)?,
    };
    check(&text)?;
    Ok(text)
}

/// Refuses what cannot be a message.
pub(crate) fn check(text: &str) -> Result<(), AssistantError> {
    if text.trim().is_empty() {
        return Err(AssistantError::EmptyMessage);
    }
    // A NUL is in every binary file and in no text.
    if text.contains('\0') {
        return Err(AssistantError::NotText);
    }
    Ok(())
}

fn utf8(bytes: &[u8]) -> Result<String, AssistantError> {
    Ok(std::str::from_utf8(bytes).map_err(|_| AssistantError::NotText)?.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, AssistantError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(AssistantError::NotText);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| AssistantError::NotText)
}

/// Text as it may be shown: without what steers a terminal (escapes, control characters), turns the reading
/// direction around, or hides (Unicode tags). Joiners stay, they are spelling in many languages.
#[must_use]
pub fn shown(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
    };
    text.chars().filter(|c| !steers(*c)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_usual_forms() {
        assert_eq!(decode("\u{E9}t\u{E9}".as_bytes()).unwrap(), "\u{E9}t\u{E9}");
        assert_eq!(decode(b"\xEF\xBB\xBFa").unwrap(), "a");
        assert_eq!(decode(b"\xFF\xFEa\0").unwrap(), "a");
        assert_eq!(decode(b"\xFE\xFF\0a").unwrap(), "a");
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bytes in [b"\x7FELF\0\0".as_slice(), b"\xFF\xFEa", b"caf\xE9", b"\xFE\xFF\xD8\x00"] {
            assert_eq!(decode(bytes).unwrap_err().code(), "not_text", "{bytes:?}");
        }
        assert_eq!(decode(b" \n").unwrap_err().code(), "message_empty");
        let huge = vec![b'a'; usize::try_from(MOST).unwrap() + 1];
        assert_eq!(decode(&huge).unwrap_err().code(), "too_large");
    }

    #[test]
    fn nothing_shown_can_steer_a_terminal() {
        assert_eq!(shown("a\x1B[2Jb\u{202E}c\r\nd\u{E0041}"), "a[2Jbc\nd");
        assert_eq!(shown("\u{645}\u{6CC}\u{200C}\u{62E}"), "\u{645}\u{6CC}\u{200C}\u{62E}");
    }
}
