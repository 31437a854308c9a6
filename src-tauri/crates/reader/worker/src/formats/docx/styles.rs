//! A word-processor document's styles: what is a heading, a list, and how letters look.

use std::collections::HashMap;

use super::super::look::{self, Look};
use super::super::xml::{Element, Tree};

/// Styles build on each other; a chain longer than this is a ring.
const CHAIN: usize = 32;

/// A style with all that it builds on.
#[derive(Clone, Default)]
pub(super) struct Style {
    /// 1 the highest.
    pub(super) heading: Option<u8>,
    /// List and level.
    pub(super) list: Option<(String, usize)>,
    pub(super) look: Look,
    pub(super) page_break: bool,
    /// A table's style that lays a ground under cells.
    pub(super) shaded: bool,
}

/// All of them, by their ids.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    paragraph: Style,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub(super) fn read(tree: &Tree) -> Self {
        let root = tree.root();
        let elements: HashMap<&str, Element<'_>> = root
            .elements()
            .filter(|element| element.name() == "style")
            .filter_map(|element| Some((element.attr("styleId")?, element)))
            .collect();
        let default_look = root.at(&["docDefaults", "rPrDefault", "rPr"]).map(look).unwrap_or_default();
        let mut styles = Self::default();
        for (id, element) in &elements {
            let mut style = resolved(*element, &elements);
            if element.attr("type") == Some("paragraph") {
                style.look = style.look.over(default_look);
                if element.attr("default").is_some_and(on) {
                    styles.paragraph = style.clone();
                }
            }
            styles.by_id.insert((*id).to_string(), style);
        }
        if styles.paragraph.look == Look::default() {
            styles.paragraph.look = default_look;
        }
        styles
    }

    /// A style by its id; the document's default paragraph style without.
    pub(super) fn paragraph(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.paragraph)
    }

    /// A style by its id.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }
}

fn resolved(element: Element<'_>, all: &HashMap<&str, Element<'_>>) -> Style {
    let mut style = Style::default();
    let mut next = Some(element);
    let mut outline = None;
    for _ in 0..CHAIN {
        let Some(element) = next else { break };
        let own = own(element);
        style.heading = style.heading.or(own.heading);
        style.list = style.list.or(own.list);
        style.look = style.look.over(own.look);
        style.page_break |= own.page_break;
        style.shaded |= own.shaded;
        outline = outline.or_else(|| element.find("pPr").and_then(outline_level));
        next = element.find("basedOn").and_then(|based| all.get(based.attr("val")?).copied());
    }
    // An outline level says more than a name; 9 says "body text", against a heading that the style builds on.
    style.heading = match outline {
        Some(level) if level < 9 => Some(level + 1),
        Some(_) => None,
        None => style.heading,
    };
    style
}

fn own(element: Element<'_>) -> Style {
    let name = element.find("name").and_then(|name| name.attr("val")).unwrap_or_default();
    let properties = element.find("pPr");
    let shade = |element: Element<'_>| element.name() == "shd" && !matches!(element.attr("fill"), None | Some("auto"));
    Style {
        heading: if element.attr("type") == Some("paragraph") { heading(name) } else { None },
        list: properties.and_then(list),
        look: element.find("rPr").map(look).unwrap_or_default(),
        page_break: properties.is_some_and(|properties| flag(properties, "pageBreakBefore")),
        shaded: element.attr("type") == Some("table") && element.descendants().any(shade),
    }
}

/// The level that a style's name says. Word keeps English names in the file whatever its own language; other programs do not.
pub(in super::super) fn heading(name: &str) -> Option<u8> {
    const HEADING: [&str; 20] = [
        "heading",
        "titre",
        "überschrift",
        "título",
        "titulo",
        "titolo",
        "kop",
        "rubrik",
        "overskrift",
        "otsikko",
        "nagłówek",
        "nadpis",
        "заголовок",
        "başlık",
        "عنوان",
        "العنوان",
        "見出し",
        "标题",
        "標題",
        "제목",
    ];
    let name = name.trim().to_lowercase();
    if matches!(name.as_str(), "title" | "titre" | "titel" | "título" | "titolo" | "表題") {
        return Some(1);
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let level: u8 = name.get(stem.len()..)?.parse().ok()?;
    (HEADING.contains(&stem.trim_end()) && (1..=9).contains(&level)).then_some(level)
}

/// `w:outlineLvl`, 0 to 8, or 9 for body text.
pub(super) fn outline_level(properties: Element<'_>) -> Option<u8> {
    properties.find("outlineLvl")?.attr("val")?.parse().ok()
}

/// `w:numPr`: the list and the level in it.
pub(super) fn list(properties: Element<'_>) -> Option<(String, usize)> {
    let list = properties.find("numPr")?;
    let level = list.find("ilvl").and_then(|level| level.attr("val")?.parse().ok()).unwrap_or(0);
    Some((list.find("numId")?.attr("val")?.to_string(), level))
}

/// How `w:rPr` makes letters look.
pub(super) fn look(properties: Element<'_>) -> Look {
    let mut look = Look::default();
    for element in properties.elements() {
        let value = element.attr("val").unwrap_or_default();
        match element.name() {
            "vanish" => look.hidden = Some(element.attr("val").is_none_or(on)),
            "color" => look.colour = Some(look::hex(value)),
            "sz" => look.size = value.parse::<f32>().ok().map(|half_points| half_points / 2.0),
            "highlight" if value != "none" => look.ground = Some(look::named(value)),
            "shd" if look.ground.is_none() => look.ground = shade(element),
            _ => {}
        }
    }
    look
}

/// `w:shd`: the ground it lays, if it lays one.
pub(super) fn shade(element: Element<'_>) -> Option<look::Paint> {
    let pattern = element.attr("val").unwrap_or("clear");
    match element.attr("fill") {
        // A pattern of lines or dots over the fill.
        _ if !matches!(pattern, "clear" | "nil" | "solid") => Some(None),
        _ if pattern == "solid" => Some(look::hex(element.attr("color").unwrap_or_default())),
        None | Some("auto") => None,
        Some(fill) => Some(look::hex(fill)),
    }
}

/// Whether an on/off element is there and on.
pub(super) fn flag(properties: Element<'_>, name: &str) -> bool {
    properties.find(name).is_some_and(|element| element.attr("val").is_none_or(on))
}

fn on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_outline_by_name_and_by_what_they_build_on() {
        let tree = Tree::parse(
            "<styles>
            <style type='paragraph' styleId='Titre2'><name val='heading 2'/></style>
            <style type='paragraph' styleId='Mine'><name val='Mine'/><basedOn val='Titre2'/></style>
            <style type='paragraph' styleId='Out'><name val='x'/><pPr><outlineLvl val='0'/></pPr></style>
            <style type='paragraph' styleId='Body'><basedOn val='Titre2'/><pPr><outlineLvl val='9'/></pPr></style>
            <style type='paragraph' styleId='A'><basedOn val='B'/></style>
            <style type='paragraph' styleId='B'><basedOn val='A'/><rPr><vanish/></rPr></style></styles>"
                .as_bytes(),
        );
        let styles = Styles::read(&tree.unwrap());
        let level = |id| styles.get(id).unwrap().heading;
        assert_eq!([level("Titre2"), level("Mine"), level("Out"), level("Body")], [Some(2), Some(2), Some(1), None]);
        assert_eq!(styles.get("A").unwrap().look.hidden, Some(true));
    }

    #[test]
    fn headings_of_other_languages_are_known() {
        for (name, level) in [("Überschrift 3", 3), ("見出し 1", 1), ("عنوان 2", 2), ("Titre 4", 4), ("Title", 1)]
        {
            assert_eq!(heading(name), Some(level), "{name}");
        }
        assert_eq!(heading("Heading"), None);
        assert_eq!(heading("Body Text 2"), None);
    }
}
