//! The tokens of RTF: groups, control words, characters and raw bytes (Microsoft's RTF specification 1.9.1).

/// A token.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\name123`, with its number.
    Word(&'a str, Option<i32>),
    /// `\*` and the like.
    Symbol(u8),
    /// `\'e9`, or a letter as it stands.
    Byte(u8),
}

/// Reads the tokens of a text.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Skips raw bytes (`\binN`).
    pub(super) fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if first.is_ascii_alphabetic() {
            let name = self.take_while(|byte| byte.is_ascii_alphabetic());
            let start = self.at;
            if self.peek() == Some(b'-') {
                self.at += 1;
            }
            self.take_while(|byte| byte.is_ascii_digit());
            let number =
                self.bytes.get(start..self.at).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
            if self.peek() == Some(b' ') {
                self.at += 1;
            }
            return Some(Token::Word(name, number));
        }
        self.at += 1;
        if first != b'\'' {
            return Some(Token::Symbol(first));
        }
        let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
        self.pass(2);
        digits
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .map_or(Some(Token::Symbol(b'\'')), |byte| Some(Token::Byte(byte)))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\b0 x\\'e9\\u-10\\*\r\n}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Byte(b'x'),
            Token::Byte(0xe9),
            Token::Word("u", Some(-10)),
            Token::Symbol(b'*'),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}
