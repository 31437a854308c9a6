//! What a document is: its bytes say it first, its name only where they do not (text, Markdown, tables).

use reader::wire::Kind;

use super::encoding;
use super::package::Package;

/// How much of a text is looked at.
const SAMPLE: usize = 4096;
/// The compound files of old Office, and of Office files under a password.
pub(super) const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The kind of a document by its bytes, then by the ending of its name; nothing where it is none that can be read.
#[must_use]
pub fn detect(bytes: &[u8], name: &str) -> Option<Kind> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let by_name = by_ending(&ending);
    if bytes.is_empty() {
        return by_name;
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    if is_image(head) {
        return Some(Kind::Image);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        // A damaged archive is what its name says: the reader will say that it is damaged.
        return archive(bytes).or(by_name.filter(|kind| is_archive(*kind)));
    }
    if head.starts_with(OLE) {
        return ole(bytes, by_name);
    }
    if head.trim_ascii_start().starts_with(b"{\\rtf") {
        return Some(Kind::Rtf);
    }
    text(bytes, by_name)
}

fn by_ending(ending: &str) -> Option<Kind> {
    Some(match ending {
        "pdf" => Kind::Pdf,
        "docx" | "docm" | "dotx" | "dotm" => Kind::Docx,
        "odt" | "ott" => Kind::Odt,
        "pptx" | "pptm" | "ppsx" | "potx" => Kind::Pptx,
        "odp" | "otp" => Kind::Odp,
        "xlsx" | "xlsm" | "xltx" => Kind::Xlsx,
        "xls" | "xlt" => Kind::Xls,
        "ods" | "ots" => Kind::Ods,
        "csv" | "tsv" | "tab" => Kind::Csv,
        "html" | "htm" | "xhtml" | "xht" => Kind::Html,
        "epub" => Kind::Epub,
        "rtf" => Kind::Rtf,
        "md" | "markdown" | "mkd" => Kind::Markdown,
        "txt" | "text" | "log" => Kind::Text,
        "eml" => Kind::Mail,
        "mbox" | "mbx" => Kind::Mailbox,
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" => Kind::Image,
        _ => return None,
    })
}

fn is_archive(kind: Kind) -> bool {
    matches!(kind, Kind::Docx | Kind::Odt | Kind::Pptx | Kind::Odp | Kind::Xlsx | Kind::Ods | Kind::Epub)
}

fn is_image(head: &[u8]) -> bool {
    let starts: [&[u8]; 7] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"RIFF"];
    let webp = head.get(8..12) == Some(b"WEBP");
    let bitmap = head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]);
    bitmap || starts.iter().any(|start| head.starts_with(start) && (*start != b"RIFF" || webp))
}

fn archive(bytes: &[u8]) -> Option<Kind> {
    let mut package = Package::open(bytes).ok()?;
    if let Ok(Some(kind)) = package.part("mimetype") {
        let kind = String::from_utf8_lossy(&kind).trim().to_string();
        let kind = kind.trim_end_matches("-template");
        return match kind.strip_prefix("application/vnd.oasis.opendocument.") {
            Some("text" | "text-master" | "text-web") => Some(Kind::Odt),
            Some("spreadsheet") => Some(Kind::Ods),
            Some("presentation") => Some(Kind::Odp),
            Some(_) => None,
            None => (kind == "application/epub+zip").then_some(Kind::Epub),
        };
    }
    if let Ok(Some(types)) = package.part("[Content_Types].xml") {
        let types = String::from_utf8_lossy(&types).into_owned();
        let kinds = [("wordprocessingml", Kind::Docx), ("presentationml", Kind::Pptx), ("spreadsheetml", Kind::Xlsx)];
        let main = |word: &str| {
            types.contains(&format!("{word}.document.main")) || types.contains(&format!("{word}.template.main"))
        };
        let kind = kinds.iter().find(|(word, _)| {
            main(word)
                || types.contains(&format!("{word}.sheet.main"))
                || types.contains(&format!("{word}.presentation.main"))
        });
        if let Some((_, kind)) = kind {
            return Some(*kind);
        }
        let main =
            [("word/document.xml", Kind::Docx), ("ppt/presentation.xml", Kind::Pptx), ("xl/workbook.xml", Kind::Xlsx)];
        return main.iter().find(|(path, _)| package.has(path)).map(|(_, kind)| *kind);
    }
    package.has("META-INF/container.xml").then_some(Kind::Epub)
}

/// An old workbook, or a new document under a password: the latter is what its name says.
fn ole(bytes: &[u8], by_name: Option<Kind>) -> Option<Kind> {
    let file = cfb::CompoundFile::open(std::io::Cursor::new(bytes));
    let Ok(file) = file else { return by_name.filter(|kind| *kind == Kind::Xls) };
    if file.is_stream("/EncryptedPackage") {
        return Some(by_name.filter(|kind| matches!(kind, Kind::Docx | Kind::Pptx | Kind::Xlsx)).unwrap_or(Kind::Docx));
    }
    (file.is_stream("/Workbook") || file.is_stream("/Book")).then_some(Kind::Xls)
}

fn text(bytes: &[u8], by_name: Option<Kind>) -> Option<Kind> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    // UTF-16 must not be cut within a letter, nor what follows be guessed from half a line.
    let text = encoding::encoding(sample).decode(sample).0;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("From ") && start.lines().nth(1).is_some_and(is_header) {
        return Some(Kind::Mailbox);
    }
    if matches!(by_name, Some(Kind::Markdown | Kind::Csv | Kind::Mail | Kind::Mailbox | Kind::Text)) {
        return by_name;
    }
    let lower = start.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| lower.starts_with(tag))
        || (lower.starts_with("<?xml") && lower.contains("<html"))
        || (lower.starts_with("<!--") && lower.contains("<html"))
    {
        return Some(Kind::Html);
    }
    if is_mail(start) {
        return Some(Kind::Mail);
    }
    match by_name {
        Some(Kind::Html) => by_name,
        // Bytes that are no text under the name of something else.
        _ => looks_like_text(&text).then_some(Kind::Text),
    }
}

/// Several header lines, one of them of the kind that every mail has.
fn is_mail(start: &str) -> bool {
    let lines = start.lines().take(40).take_while(|line| !line.is_empty());
    let headers: Vec<&str> = lines.filter(|line| !line.starts_with([' ', '\t'])).collect();
    let known = ["from:", "received:", "return-path:", "message-id:", "delivered-to:", "mime-version:", "date:"];
    let mail = |line: &&&str| known.iter().any(|name| line.to_ascii_lowercase().starts_with(name));
    headers.len() > 1 && headers.iter().all(|line| is_header(line)) && headers.iter().filter(mail).count() > 1
}

/// `Name: value`
fn is_header(line: &str) -> bool {
    let name = line.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
}

fn looks_like_text(text: &str) -> bool {
    let strange =
        |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x1b' | '\0'));
    let (mut all, mut bad, mut zeros) = (0_usize, 0, 0);
    for c in text.chars() {
        all += 1;
        bad += usize::from(strange(c));
        zeros += usize::from(c == '\0');
    }
    bad * 50 <= all && zeros * 4 <= all
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::archive;
    use super::*;

    #[test]
    fn bytes_go_before_names() {
        assert_eq!(detect(b"%PDF-1.7\n", "a.docx"), Some(Kind::Pdf));
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n0000", ""), Some(Kind::Image));
        assert_eq!(detect(b"{\\rtf1 x}", "a.txt"), Some(Kind::Rtf));
        assert_eq!(detect(b"<!DOCTYPE html><p>x", ""), Some(Kind::Html));
        let odt = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
        assert_eq!(detect(&odt, "a.docx"), Some(Kind::Odt));
        let docx = archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]);
        assert_eq!(detect(&docx, "unnamed"), Some(Kind::Docx));
    }

    #[test]
    fn mails_and_mailboxes_are_told_from_letters() {
        assert_eq!(detect(b"From: a@b.c\r\nDate: Mon, 1 Jan 2024\r\nSubject: x\r\n\r\nbody", ""), Some(Kind::Mail));
        assert_eq!(detect(b"From a@b.c Mon Jan 1 2024\nFrom: a@b.c\n\nx", ""), Some(Kind::Mailbox));
        assert_eq!(detect(b"From Paris with love: a story\n\nx", ""), Some(Kind::Text));
        assert_eq!(detect(b"Note: buy milk\nDate: today", ""), Some(Kind::Text));
    }

    #[test]
    fn names_decide_where_bytes_do_not() {
        assert_eq!(detect(b"a,b\n1,2", "x.CSV"), Some(Kind::Csv));
        assert_eq!(detect(b"# x", "x.md"), Some(Kind::Markdown));
        assert_eq!(detect(b"# x", "x"), Some(Kind::Text));
        assert_eq!(detect(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\x02\x03\x04\x05\x06", "x"), None);
        assert_eq!(detect(b"PK\x03\x04 cut short", "x.xlsx"), Some(Kind::Xlsx));
        assert_eq!(detect(b"PK\x03\x04 cut short", "x.zip"), None);
    }
}
