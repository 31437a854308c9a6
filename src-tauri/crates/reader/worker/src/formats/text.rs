//! Plain text: paragraphs are parted by blank lines, or are lines of their own where lines are long.

use reader::wire::Failure;

use super::encoding::decode;
use super::inline::Inline;
use super::writer::{Division, Writer};
use super::{Flow, limits};

/// Longer lines than this were not wrapped by hand: each is a paragraph.
const WRAPPED: usize = 120;
/// More lines than this without a blank one are a list or a log: each stands alone.
const LINES: usize = 60;

/// Reads a plain text.
///
/// # Errors
/// [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut writer = Writer::new(Division::Stretches(limits::STRETCH));
    write(&decode(bytes), &mut writer);
    writer.finish()
}

/// Writes a text's paragraphs.
pub(super) fn write(text: &str, writer: &mut Writer) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        if line.contains('\u{0c}') {
            // A form feed: the text says where its pages end.
            for (i, piece) in line.split('\u{0c}').enumerate() {
                if i > 0 {
                    paragraph(&mut lines, writer);
                    writer.break_page();
                }
                lines.push(piece);
            }
        } else if line.chars().all(|c| c.is_whitespace() || c == '\0') {
            paragraph(&mut lines, writer);
        } else {
            lines.push(line);
        }
        if writer.is_full() {
            return;
        }
    }
    paragraph(&mut lines, writer);
}

fn paragraph(lines: &mut Vec<&str>, writer: &mut Writer) {
    let apart = lines.len() > LINES || lines.iter().any(|line| line.chars().count() > WRAPPED);
    if apart {
        for line in lines.iter() {
            writer.paragraph(Inline::plain(line));
        }
    } else {
        writer.paragraph(Inline::plain(&lines.join("\n")));
    }
    lines.clear();
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_long_lines_stand_alone() {
        let flow = read(format!("one\r\ntwo\r\n\r\n{}\nthree", "long ".repeat(30)).as_bytes()).unwrap();
        check(&flow.pages[0]);
        assert_eq!(flow.pages[0].blocks.len(), 3);
        assert!(flow.pages[0].text.starts_with("one\ntwo\nlong"));
    }

    #[test]
    fn form_feeds_end_pages() {
        let flow = read(b"page one\x0cpage two").unwrap();
        assert_eq!(flow.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>(), ["page one", "page two"]);
    }
}
