//! The strings of BIFF8: one or two bytes a letter, and the shared ones run on from record to record.

use super::{u16_at, u32_at};

/// The shared strings, still in pieces.
#[derive(Default)]
pub(super) struct Shared<'a> {
    pieces: Vec<&'a [u8]>,
}

impl<'a> Shared<'a> {
    /// The record that begins them.
    pub(super) fn begin(&mut self, data: &'a [u8]) {
        self.pieces = vec![data];
    }

    /// A record that goes on with them.
    pub(super) fn more(&mut self, data: &'a [u8]) {
        self.pieces.push(data);
    }

    /// The strings, as far as they go.
    pub(super) fn read(self) -> Vec<String> {
        let mut strings = Vec::new();
        let Some(count) = self.pieces.first().and_then(|data| u32_at(data, 4)) else { return strings };
        let mut cursor = Cursor { pieces: &self.pieces, piece: 0, at: 8 };
        for _ in 0..count {
            let Some(string) = cursor.string() else { break };
            strings.push(string);
        }
        strings
    }
}

struct Cursor<'a, 'b> {
    pieces: &'b [&'a [u8]],
    piece: usize,
    at: usize,
}

impl<'a> Cursor<'a, '_> {
    fn rest(&self) -> &'a [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    fn turn(&mut self) -> Option<()> {
        if self.rest().is_empty() {
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        (self.piece < self.pieces.len()).then_some(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let data = self.rest().get(..count)?;
        self.at += count;
        Some(data)
    }

    fn string(&mut self) -> Option<String> {
        self.turn()?;
        let mut left = usize::from(u16_at(self.take(2)?, 0)?);
        let mut flags = *self.take(1)?.first()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16_at(self.take(2)?, 0)?) };
        let extra = if flags & 4 == 0 { 0 } else { usize::try_from(u32_at(self.take(4)?, 0)?).ok()? };
        let mut units = Vec::new();
        while left > 0 {
            if self.rest().is_empty() {
                self.turn()?;
                // Each record says anew how many bytes a letter takes.
                flags = *self.take(1)?.first()?;
            }
            let width = if flags & 1 == 0 { 1 } else { 2 };
            let count = left.min(self.rest().len() / width);
            if count == 0 {
                return None;
            }
            units.extend(letters(self.take(count * width)?, width));
            left -= count;
        }
        self.pass(runs * 4 + extra)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn pass(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            let step = count.min(self.rest().len());
            if step == 0 {
                return None;
            }
            self.at += step;
            count -= step;
        }
        Some(())
    }
}

fn letters(data: &[u8], width: usize) -> impl Iterator<Item = u16> {
    data.chunks(width).map(|unit| unit.iter().rev().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
}

/// A string with a length of two bytes.
pub(super) fn long(data: &[u8]) -> Option<String> {
    string(usize::from(u16_at(data, 0)?), data.get(2..)?)
}

/// A string with a length of one byte.
pub(super) fn short(data: &[u8]) -> Option<String> {
    string(usize::from(*data.first()?), data.get(1..)?)
}

fn string(count: usize, data: &[u8]) -> Option<String> {
    let flags = *data.first()?;
    let width = if flags & 1 == 0 { 1 } else { 2 };
    let start = 1 + if flags & 8 == 0 { 0 } else { 2 } + if flags & 4 == 0 { 0 } else { 4 };
    let data = data.get(start..)?;
    let units: Vec<u16> = letters(data.get(..(count * width).min(data.len()))?, width).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_that_runs_on_changes_its_width() {
        let mut shared = Shared::default();
        shared.begin(&[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, b'a', b'b']);
        shared.more(&[1, 0xe9, 0, 0xac, 0x20]);
        assert_eq!(shared.read(), ["abé€"]);
    }
}
