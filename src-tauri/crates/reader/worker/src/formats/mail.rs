//! Mails and mailboxes: who wrote to whom and when, what they wrote, and the documents they attached.

use std::fmt::Write as _;
use std::io::Cursor;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use reader::wire::Failure;

use super::detect::detect;
use super::inline::Inline;
use super::writer::{Division, Writer};
use super::{Attachment, Flow, html, limits, text};

/// Documents that a mail, or all mails of a mailbox, may carry.
const ATTACHMENTS: usize = 1_000;
/// Longer lists of people are cut: the first so many are shown, then how many more there are.
const PEOPLE: usize = 200;

/// Reads a mail.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut writer = Writer::new(Division::Stretches(limits::STRETCH));
    let message = MessageParser::default().parse(bytes).ok_or(Failure::Damaged)?;
    writer.title = message.subject().unwrap_or_default().to_string();
    write(&message, &mut writer)?;
    writer.finish()
}

/// Reads a mailbox, a page for each message.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read_box(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut writer = Writer::new(Division::Never);
    for raw in MessageIterator::new(Cursor::new(bytes)) {
        let raw = raw.map_err(|_| Failure::Damaged)?;
        let Some(message) = MessageParser::default().parse(raw.contents()) else { continue };
        writer.named_page(message.subject().unwrap_or_default());
        // One message that cannot be read must not hide the others.
        if write(&message, &mut writer) == Err(Failure::TooLarge) && writer.is_full() {
            break;
        }
    }
    writer.finish()
}

fn write(message: &Message<'_>, writer: &mut Writer) -> Result<(), Failure> {
    writer.paragraph(heads(message));
    let bodies: Vec<_> = if message.html_bodies().any(|part| matches!(part.body, PartType::Html(_))) {
        message.html_bodies().collect()
    } else {
        message.text_bodies().collect()
    };
    for part in bodies {
        match &part.body {
            PartType::Html(source) => drop(html::write(source, writer)?),
            PartType::Text(body) => text::write(body, writer),
            _ => {}
        }
    }
    for part in message.attachments() {
        let name = part.attachment_name().unwrap_or_default();
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message(),
            _ => part.contents(),
        };
        // Pictures within the text are its ornament; an attached one may be a scan.
        let ornament =
            part.content_id().is_some() && part.content_disposition().is_none_or(mail_parser::ContentType::is_inline);
        let kind = detect(bytes, name);
        if bytes.is_empty() || kind.is_none() || (ornament && kind == Some(reader::wire::Kind::Image)) {
            continue;
        }
        if writer.attachments.len() >= ATTACHMENTS {
            writer.refuse();
            return Err(Failure::TooLarge);
        }
        let name = if name.is_empty() && matches!(part.body, PartType::Message(_)) { "message.eml" } else { name };
        writer.attachments.push(Attachment { name: Inline::plain(name).finish(false).0, bytes: bytes.to_vec() });
    }
    Ok(())
}

/// The lines above a mail, as its own header names them.
fn heads(message: &Message<'_>) -> Inline {
    let mut heads = Inline::default();
    let mut line = |name: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            heads.join(&Inline::plain(&format!("{name}: {value}")), "\n");
        }
    };
    for (name, address) in [("From", message.from()), ("To", message.to()), ("Cc", message.cc())] {
        line(name, &address.map(people).unwrap_or_default());
    }
    // As the sender's clock had it, in the sender's time zone.
    line("Date", message.header_raw("Date").unwrap_or_default());
    line("Subject", message.subject().unwrap_or_default());
    heads
}

fn people(address: &Address<'_>) -> String {
    let all: Vec<_> = address.iter().collect();
    let person = |person: &&mail_parser::Addr<'_>| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_string(),
    };
    let mut text = all.iter().take(PEOPLE).map(person).collect::<Vec<_>>().join(", ");
    if all.len() > PEOPLE {
        let _ = write!(text, ", +{}", all.len() - PEOPLE);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;
    use reader::wire::BlockKind;

    const MAIL: &str = "From: =?utf-8?B?QW5uYSBMw6lh?= <a@example.org>\r\nTo: b@example.org\r\n\
        Date: Fri, 3 May 2024 10:00:00 +0200\r\nSubject: =?iso-8859-1?Q?R=E9union?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <p>Bonjour <b>Bob</b></p><p style='display:none'>secret</p>\r\n--x\r\n\
        Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"sums.csv\"\r\n\r\na,b\r\n1,2\r\n\r\n--x--\r\n";

    #[test]
    fn a_mail_begins_with_who_and_when_and_gives_its_attachments() {
        let flow = read(MAIL.as_bytes()).unwrap();
        let page = &flow.pages[0];
        check(page);
        let expected = "From: Anna Léa <a@example.org>\nTo: b@example.org\nDate: Fri, 3 May 2024 10:00:00 +0200\nSubject: Réunion\n\
                        Bonjour Bob\nsecret";
        assert_eq!(page.text, expected);
        assert_eq!(page.blocks[0].kind, BlockKind::Paragraph);
        assert_eq!(page.marks.len(), 1);
        assert_eq!(flow.title, "Réunion");
        assert_eq!(flow.attachments[0].name, "sums.csv");
    }

    #[test]
    fn a_mailbox_has_a_page_for_each_message() {
        let mailbox = format!(
            "From a Mon Jan 1\n{}\nFrom b Mon Jan 1\nSubject: Two\n\n>From here on\n",
            MAIL.replace("\r\n", "\n")
        );
        let flow = read_box(mailbox.as_bytes()).unwrap();
        flow.pages.iter().for_each(check);
        assert_eq!(flow.pages.iter().map(|page| page.label.as_str()).collect::<Vec<_>>(), ["Réunion", "Two"]);
        assert_eq!(flow.pages[1].text, "Subject: Two\nFrom here on");
        assert_eq!(flow.attachments.len(), 1);
    }
}
