//! `OpenDocument` styles: how letters look, what is hidden, how lists count.

use std::collections::HashMap;

use super::super::docx;
use super::super::look::{self, Look};
use super::super::xml::{Element, Tree};

/// Styles build on each other; a chain longer than this is a ring.
const CHAIN: usize = 32;
const LEVELS: usize = 10;

/// A style with all that it builds on.
#[derive(Clone, Default)]
pub(super) struct Style {
    pub(super) look: Look,
    /// 1 the highest; from the style alone.
    pub(super) heading: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) page_break: bool,
    /// A slide or a sheet that is not shown.
    pub(super) hidden: bool,
}

/// One level of a list.
#[derive(Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    /// How many levels the number shows.
    shown: usize,
    start: u32,
}

/// How a list counts.
#[derive(Clone, Default)]
pub(super) struct List {
    levels: [Level; LEVELS],
}

/// Where a list stands.
pub(super) type Counters = [Option<u32>; LEVELS];

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_name: HashMap<(String, String), Style>,
    lists: HashMap<String, List>,
    /// How headings count.
    pub(super) outline: List,
}

impl Styles {
    /// Reads the styles of `content.xml` and `styles.xml`.
    pub(super) fn read(content: &Tree, common: Option<&Tree>) -> Self {
        let mut elements: HashMap<(&str, &str), Element<'_>> = HashMap::new();
        let mut styles = Self::default();
        let roots = common.into_iter().chain([content]).map(Tree::root);
        for group in
            roots.flat_map(Element::elements).filter(|group| matches!(group.name(), "styles" | "automatic-styles"))
        {
            for element in group.elements() {
                let name = element.attr("name").unwrap_or_default();
                match element.name() {
                    "style" => drop(elements.insert((element.attr("family").unwrap_or_default(), name), element)),
                    "default-style" => drop(elements.insert((element.attr("family").unwrap_or_default(), ""), element)),
                    "list-style" => drop(styles.lists.insert(name.to_string(), List::read(element))),
                    "outline-style" => styles.outline = List::read(element),
                    _ => {}
                }
            }
        }
        for (&(family, name), element) in &elements {
            styles.by_name.insert((family.to_string(), name.to_string()), resolved(*element, family, &elements));
        }
        styles
    }

    /// The style that an element names, of this family; its family's default without.
    pub(super) fn of(&self, family: &str, name: Option<&str>) -> Style {
        let style = |name: &str| self.by_name.get(&(family.to_string(), name.to_string()));
        name.and_then(style).or_else(|| style("")).cloned().unwrap_or_default()
    }

    /// A list's way of counting.
    pub(super) fn list(&self, name: &str) -> Option<&List> {
        self.lists.get(name)
    }
}

fn resolved<'a>(element: Element<'a>, family: &'a str, all: &HashMap<(&'a str, &'a str), Element<'a>>) -> Style {
    let mut style = Style::default();
    let mut next = Some(element);
    for _ in 0..CHAIN {
        let Some(element) = next else { break };
        let own = own(element);
        style.look = style.look.over(own.look);
        style.heading = style.heading.or(own.heading);
        style.list = style.list.or(own.list);
        style.page_break |= own.page_break;
        style.hidden |= own.hidden;
        next = match element.attr("parent-style-name") {
            Some(parent) => all.get(&(family, parent)).copied(),
            None if element.name() == "style" => all.get(&(family, "")).copied(),
            None => None,
        };
    }
    style
}

fn own(element: Element<'_>) -> Style {
    let mut style = Style { list: element.attr("list-style-name").map(str::to_string), ..Style::default() };
    let level = element.attr("default-outline-level").and_then(|level| level.parse().ok());
    // LibreOffice writes `Heading_20_1`, and the name as people see it beside.
    let name = element.attr("display-name").or(element.attr("name")).unwrap_or_default();
    style.heading = level.or_else(|| docx::heading(name)).filter(|_| element.attr("family") == Some("paragraph"));
    for properties in element.elements() {
        match properties.name() {
            "text-properties" => style.look = style.look.over(text_look(properties)),
            "paragraph-properties" | "table-cell-properties" => {
                style.look.ground = style.look.ground.or(properties.attr("background-color").and_then(ground));
                style.page_break |= properties.attr("break-before") == Some("page");
            }
            "graphic-properties" => {
                style.look.ground = match properties.attr("fill") {
                    Some("solid") => Some(properties.attr("fill-color").and_then(look::hex)),
                    // Whatever lies under the shape.
                    Some(_) | None => None,
                };
            }
            "drawing-page-properties" => style.hidden |= properties.attr("visibility") == Some("hidden"),
            "table-properties" => style.hidden |= properties.attr("display") == Some("false"),
            "section-properties" => style.hidden |= properties.attr("display") == Some("none"),
            _ => {}
        }
    }
    style
}

fn text_look(properties: Element<'_>) -> Look {
    let automatic = properties.attr("use-window-font-color") == Some("true");
    let colour = properties.attr("color").map(look::hex);
    Look {
        hidden: properties.attr("display").map(|display| display == "none"),
        colour: if automatic { Some(None) } else { colour },
        ground: properties.attr("background-color").and_then(ground),
        size: properties.attr("font-size").and_then(points),
    }
}

fn ground(value: &str) -> Option<look::Paint> {
    (value != "transparent").then(|| look::hex(value))
}

/// A length in points; nothing where it is relative.
pub(super) fn points(length: &str) -> Option<f32> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let value: f32 = length.get(..length.len() - unit.len())?.parse().ok()?;
    Some(match unit {
        "pt" => value,
        "in" => value * 72.0,
        "cm" => value * 72.0 / 2.54,
        "mm" => value * 72.0 / 25.4,
        "pc" => value * 12.0,
        "px" => value * 0.75,
        _ => return None,
    })
}

impl List {
    fn read(element: Element<'_>) -> Self {
        let mut list = Self::default();
        for level in element.elements() {
            let index = level.attr("level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(0);
            let Some(slot) = index.checked_sub(1).and_then(|index| list.levels.get_mut(index)) else { continue };
            let number = |name: &str| level.attr(name).and_then(|value| value.parse().ok());
            *slot = Level {
                format: level.attr("num-format").unwrap_or_default().to_string(),
                prefix: level.attr("num-prefix").unwrap_or_default().to_string(),
                suffix: level.attr("num-suffix").unwrap_or_default().to_string(),
                shown: number("display-levels").unwrap_or(1) as usize,
                start: number("start-value").unwrap_or(1),
            };
        }
        list
    }

    /// Counts one item and gives its number as it is drawn; empty for bullets and levels without number. Levels count from 0.
    pub(super) fn next(&self, level: usize, counters: &mut Counters) -> String {
        let level = level.min(LEVELS - 1);
        for (i, (counter, own)) in counters.iter_mut().zip(&self.levels).enumerate() {
            match i.cmp(&level) {
                std::cmp::Ordering::Equal => {
                    *counter = Some(counter.map_or(own.start, |count| count.saturating_add(1)));
                }
                std::cmp::Ordering::Less => *counter = counter.or(Some(own.start)),
                std::cmp::Ordering::Greater => *counter = None,
            }
        }
        self.label(level, counters).unwrap_or_default()
    }

    fn label(&self, level: usize, counters: &Counters) -> Option<String> {
        let own = self.levels.get(level)?;
        if own.format.is_empty() {
            return None;
        }
        let first = (level + 1).saturating_sub(own.shown.max(1));
        let mut numbers = Vec::new();
        for (count, level) in counters.iter().zip(&self.levels).take(level + 1).skip(first) {
            let format = match level.format.as_str() {
                "1" => "decimal",
                "a" => "lowerLetter",
                "A" => "upperLetter",
                "i" => "lowerRoman",
                "I" => "upperRoman",
                "" => continue,
                _ => return None,
            };
            numbers.push(docx::number((*count)?, format)?);
        }
        Some(format!("{}{}{}", own.prefix, numbers.join("."), own.suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_points() {
        assert_eq!(points("1.5pt"), Some(1.5));
        assert_eq!(points("2.54cm"), Some(72.0));
        assert_eq!((points("80%"), points("cm"), points("")), (None, None, None));
    }

    #[test]
    fn levels_are_counted_and_shown_together() {
        let tree = Tree::parse(
            b"<list-style><n level='1' num-format='1' num-suffix='.'/><n level='2' num-format='a' display-levels='2'/></list-style>",
        );
        let (list, mut counters) = (List::read(tree.unwrap().root()), Counters::default());
        let labels = [0, 1, 1, 0, 1].map(|level| list.next(level, &mut counters));
        assert_eq!(labels, ["1.", "1.a", "1.b", "2.", "2.a"]);
    }
}
