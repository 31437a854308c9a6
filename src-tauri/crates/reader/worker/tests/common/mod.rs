//! PDFs as tests need them, written by hand.

#![allow(dead_code, reason = "not every test needs every part")]

/// A map of characters that names the next letter for each.
const NEXT_LETTER: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
    1 begincodespacerange <00> <ff> endcodespacerange\n\
    1 beginbfrange <61> <79> <0062> endbfrange endcmap end end";

/// A map with a character that stands for nothing, as some producers write it.
const NOTHING: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
    1 begincodespacerange <00> <ff> endcodespacerange\n\
    2 beginbfchar\n<e8> <>\n<e9> <2022>\nendbfchar endcmap end end";

/// A page: what its dictionary has beside the usual, and its content stream.
pub struct Sheet {
    /// Such as `/Rotate 90`.
    pub extra: String,
    /// The dictionary of the stream beside its length, such as `/Filter /RunLengthDecode`.
    pub filter: String,
    /// Drawing instructions; fonts `/F1` (Helvetica), `/F2` (Helvetica-Bold), `/F3`, which says of each letter that it
    /// is the next one, and `/F4`, whose map has an empty entry and names `\\351` a bullet.
    pub content: Vec<u8>,
}

/// A page that draws this.
pub fn sheet(content: &str) -> Sheet {
    Sheet { extra: String::new(), filter: String::new(), content: content.into() }
}

/// A page of lines of text, each 14 points below the other.
pub fn lines(lines: &[&str]) -> Sheet {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
    sheet(&format!("BT /F1 11 Tf 14 TL 72 720 Td {} ET", shown.join(" ")))
}

/// A PDF of these pages, US letter.
pub fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    let kids: Vec<String> = (0..sheets.len()).map(|at| format!("{} 0 R", 9 + 2 * at)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", sheets.len(), kids.join(" ")).into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>".to_vec(),
        format!("<< /Length {} >>\nstream\n{NEXT_LETTER}\nendstream", NEXT_LETTER.len()).into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 8 0 R >>".to_vec(),
        format!("<< /Length {} >>\nstream\n{NOTHING}\nendstream", NOTHING.len()).into(),
    ];
    for (at, sheet) in sheets.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {} /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 7 0 R >> >> >>",
            sheet.extra,
            10 + 2 * at
        );
        let mut stream = format!("<< /Length {} {} >>\nstream\n", sheet.content.len(), sheet.filter).into_bytes();
        stream.extend_from_slice(&sheet.content);
        stream.extend_from_slice(b"\nendstream");
        objects.extend([page.into_bytes(), stream]);
    }
    file(&objects)
}

fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let (table, size) = (bytes.len(), objects.len() + 1);
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    bytes.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n{}{trailer}", places.concat()).as_bytes());
    bytes
}
