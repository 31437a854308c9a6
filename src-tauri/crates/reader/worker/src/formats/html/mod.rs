//! HTML, as a browser shows it: scripts do not run, nothing is fetched, what a style hides is marked.

mod style;
mod table;
mod walk;

use reader::wire::Failure;
use scraper::Html;

use super::encoding;
use super::writer::{Division, Writer};
use super::{Flow, limits};

/// Elements within elements that are not closed. Beyond it the time that an HTML5 parser takes grows with the square.
const OPEN: usize = 4_000;
/// Elements that stand alone, or that the next of their kind closes.
const UNNESTED: [&str; 28] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup", "option",
    "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Reads a page.
///
/// # Errors
/// [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut writer = Writer::new(Division::Stretches(limits::STRETCH));
    let title = write(&decode(bytes), &mut writer)?;
    writer.title = title;
    writer.finish()
}

/// Writes what a page shows, and gives its title.
///
/// # Errors
/// [`Failure::TooLarge`] where its elements are nested without end.
pub(super) fn write(source: &str, writer: &mut Writer) -> Result<String, Failure> {
    if nesting(source) > OPEN {
        return Err(Failure::TooLarge);
    }
    let html = Html::parse_document(source);
    let styles = style::sheet(&html);
    Ok(walk::write(&html, &styles, writer))
}

/// A page's bytes as text: a byte order mark, what it says of itself in its first kilobyte, or a guess.
pub(super) fn decode(bytes: &[u8]) -> String {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let said = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']));
    let said = said.and_then(|rest| rest.split(['"', '\'', ' ', ';', '>', '/']).next());
    let said = said.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match said {
        // Saying UTF-16 in single bytes is a contradiction.
        Some(said) if !marked && said.is_ascii_compatible() => {
            let (text, wrong) = said.decode_without_bom_handling(bytes);
            if wrong && std::str::from_utf8(bytes).is_ok() { encoding::decode(bytes) } else { text.into_owned() }
        }
        _ => encoding::decode(bytes),
    }
}

/// The most elements that are open at once, counted on the safe side.
fn nesting(source: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    let mut rest = source;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag.get(..end.min(20)).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || UNNESTED.contains(&name.as_str()) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
        if !closes && matches!(name.as_str(), "script" | "style") {
            rest = rest.find("</").and_then(|end| rest.get(end..)).unwrap_or_default();
        }
    }
    most
}

/// XHTML's empty elements (`<title/>`), which HTML takes for opened ones, written out.
pub(super) fn without_empty_tags(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    let mut rest = source;
    while let Some(at) = rest.find("/>") {
        let (before, after) = rest.split_at(at);
        rest = after.get(2..).unwrap_or_default();
        let tag = before.rfind('<').and_then(|start| before.get(start + 1..)).filter(|tag| !tag.contains('>'));
        let name: String = tag.unwrap_or_default().chars().take_while(|c| c.is_alphanumeric()).collect();
        out.push_str(before);
        if name.is_empty() || UNNESTED.contains(&name.as_str()) {
            out.push_str("/>");
        } else {
            out.push_str("></");
            out.push_str(&name);
            out.push('>');
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;
    use reader::wire::{BlockKind, Page, Why};

    fn page(source: &str) -> Page {
        let page = read(source.as_bytes()).unwrap().pages.remove(0);
        check(&page);
        page
    }

    fn marked(page: &Page) -> Vec<(&str, Why)> {
        let text = |mark: &reader::wire::Mark| page.text.get(mark.span.start as usize..mark.span.end as usize).unwrap();
        page.marks.iter().map(|mark| (text(mark), mark.why)).collect()
    }

    #[test]
    fn a_page_is_read_as_a_browser_shows_it() {
        let page = page(
            "<title>T</title><style>p{}</style><h2>Head\n line</h2><script>no()</script><div>One <b>two</b>\n<p>Three<br>four</div>
            <ol><li>a<li><p>b</ol><ul><li>c</ul><pre>x\n  y</pre><nav>Home</nav>",
        );
        assert_eq!(page.text, "Head line\nOne two\nThree\nfour\n1. a\n2. b\nc\nx\n  y\nHome");
        let kinds: Vec<BlockKind> = page.blocks.iter().map(|block| block.kind).collect();
        let expected = [
            BlockKind::Heading(2),
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Item,
            BlockKind::Item,
            BlockKind::Item,
            BlockKind::Preformatted,
            BlockKind::Aside,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn tables_of_data_are_rows_and_tables_of_layout_are_not() {
        let page = page(
            "<table><tr><td><table><caption>Sums</caption><thead><tr><th>A<th>B</thead><tr><td rowspan=2>1<td>2<tr><td>3</table>
            <td>beside</table><table role=presentation><tr><td>x<td>y</table>",
        );
        assert_eq!(page.text, "Sums\nA\tB\n1\t2\n\t3\nbeside\nx\ny");
        assert_eq!(page.blocks[1].kind, BlockKind::Row { header: true });
        assert_eq!(page.blocks[3].kind, BlockKind::Row { header: false });
    }

    #[test]
    fn what_is_hidden_is_marked() {
        let page = page(
            "<style>.x { display: none } @media print { .y { display: none } }</style>
            <p>seen <span style='display:none'>one</span> <span hidden>two</span> <span class=x>three</span> <span class=y>seen</span>
            <i style='opacity:0'>four</i> <i style='font-size:1px'>five</i> <b style='color:#fff'>six</b>
            <b style='color:white;background:#000'>seen</b> <i aria-hidden=true>seven</i>
            <i style='position:absolute;left:-9999px'>eight</i></p>",
        );
        assert_eq!(
            marked(&page),
            [
                ("one", Why::Invisible),
                ("two", Why::Invisible),
                ("three", Why::Invisible),
                ("four", Why::Invisible),
                ("five", Why::Tiny),
                ("six", Why::SameColour),
                ("seven", Why::Invisible),
                ("eight", Why::OffPage)
            ]
        );
    }

    #[test]
    fn elements_nested_without_end_are_too_large() {
        assert_eq!(read("<div>".repeat(200_000).as_bytes()).err(), Some(Failure::TooLarge));
        assert_eq!(read(format!("{}x", "<p>".repeat(20_000)).as_bytes()).unwrap().pages[0].text, "x");
    }

    #[test]
    fn a_page_that_names_its_encoding_is_believed() {
        assert_eq!(page("<meta charset=utf-8><p>été").text, "été");
        let latin = b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>\xe9t\xe9";
        assert_eq!(read(latin).unwrap().pages[0].text, "été");
    }

    #[test]
    fn empty_elements_of_xhtml_are_written_out() {
        assert_eq!(without_empty_tags("<a id='x'/>y<br/><title/>"), "<a id='x'></a>y<br/><title></title>");
    }
}
