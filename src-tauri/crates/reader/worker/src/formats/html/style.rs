//! As much of CSS as decides whether text is seen.

use std::collections::HashMap;

use ego_tree::NodeId;
use reader::wire::Why;
use scraper::{ElementRef, Html, Selector};

use super::super::look::{self, Look};

/// Rules that are looked at, of those that can hide.
const RULES: usize = 200;
/// A selector longer than this is not looked at.
const SELECTOR: usize = 300;
/// Pixels beyond the upper left corner from which nothing is seen.
const OFF: f32 = -400.0;

/// What a style says of seeing.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) look: Look,
    pub(super) off_page: bool,
}

/// What the style sheets of a page say of its elements. `@media` and the like are left out, and so is the weight of selectors: the last
/// rule counts.
pub(super) fn sheet(html: &Html) -> HashMap<NodeId, Seen> {
    let mut seen: HashMap<NodeId, Seen> = HashMap::new();
    let Ok(style) = Selector::parse("style") else { return seen };
    let sheets: Vec<String> = html.select(&style).map(|element| element.text().collect()).collect();
    let mut left = RULES;
    for (selector, declarations) in sheets.iter().flat_map(|sheet| rules(sheet)) {
        let says = declared(declarations);
        if says == Seen::default() || selector.len() > SELECTOR {
            continue;
        }
        let Ok(selector) = Selector::parse(selector.trim()) else { continue };
        left -= 1;
        for element in html.select(&selector) {
            let before = seen.entry(element.id()).or_default();
            *before = Seen { look: says.look.over(before.look), off_page: says.off_page || before.off_page };
        }
        if left == 0 {
            break;
        }
    }
    seen
}

/// Selectors and declarations of a style sheet, outside of `@` rules.
fn rules(sheet: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let (mut depth, mut start, mut within) = (0_usize, 0, 0);
    for (at, byte) in sheet.bytes().enumerate() {
        match byte {
            b'{' => {
                depth += 1;
                if depth == 1 {
                    within = at;
                }
            }
            b'}' => {
                if depth == 1
                    && let (Some(selector), Some(body)) = (sheet.get(start..within), sheet.get(within + 1..at))
                    && !selector.contains('@')
                {
                    rules.push((selector.rsplit("*/").next().unwrap_or(selector), body));
                }
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    start = at + 1;
                }
            }
            b';' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    rules
}

/// What an element says of itself: its `style`, and the attributes that do the same.
pub(super) fn own(element: &ElementRef<'_>) -> Seen {
    let attribute = |name: &str| element.value().attr(name);
    let mut seen = attribute("style").map(declared).unwrap_or_default();
    if attribute("hidden").is_some()
        || attribute("aria-hidden").is_some_and(|hidden| hidden.eq_ignore_ascii_case("true"))
    {
        seen.look.hidden = Some(true);
    }
    if let Some(ground) = attribute("bgcolor").and_then(colour) {
        seen.look.ground = seen.look.ground.or(Some(Some(ground)));
    }
    if attribute("background").is_some() {
        seen.look.ground = Some(None);
    }
    if element.value().name() == "font" {
        seen.look.colour = seen.look.colour.or(attribute("color").map(colour));
    }
    seen
}

/// The declarations of a style.
fn declared(declarations: &str) -> Seen {
    let mut seen = Seen::default();
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.replace("!important", "").trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => seen.look.hidden = Some(value == "none"),
            "visibility" if matches!(value.as_str(), "hidden" | "collapse") => seen.look.hidden = Some(true),
            "opacity" if value.parse::<f32>().is_ok_and(|opacity| opacity < 0.05) => seen.look.hidden = Some(true),
            "mso-hide" if value == "all" => seen.look.hidden = Some(true),
            "font-size" => seen.look.size = length(&value),
            "color" if matches!(value.as_str(), "transparent" | "rgba(0,0,0,0)") => seen.look.hidden = Some(true),
            "color" => seen.look.colour = Some(colour(&value)),
            "background" | "background-color" if !matches!(value.as_str(), "transparent" | "none" | "inherit" | "") => {
                let plain = value.split_whitespace().find_map(colour).filter(|_| !value.contains("url("));
                seen.look.ground = Some(plain);
            }
            "background-image" if value != "none" => seen.look.ground = Some(None),
            "left" | "top" | "text-indent" | "margin-left" | "margin-top" => {
                seen.off_page |= length(&value).is_some_and(|length| length < OFF);
            }
            _ => {}
        }
    }
    seen
}

/// A length in points; a bare 0 is one.
fn length(value: &str) -> Option<f32> {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let number: f32 = value.get(..value.len() - unit.len())?.parse().ok()?;
    match unit {
        "px" => Some(number * 0.75),
        "pt" => Some(number),
        "em" | "rem" => Some(number * 12.0),
        "%" if number < 15.0 => Some(number * 0.12),
        "" if number == 0.0 => Some(0.0),
        _ => None,
    }
}

fn colour(value: &str) -> Option<look::Colour> {
    let value = value.trim();
    if let Some(parts) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let mut parts = parts.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse::<u8>().ok());
        let mut next = || parts.next().flatten().map(u32::from);
        return Some(next()? << 16 | next()? << 8 | next()?);
    }
    if value.starts_with('#') { look::hex(value) } else { look::named(value) }
}

impl Seen {
    /// Why text with this style is not seen.
    pub(super) fn why(self) -> Option<Why> {
        self.look.why().or(self.off_page.then_some(Why::OffPage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_within_at_rules_are_left_out() {
        let sheet = "@import 'x'; .a{b:c} /* d */ .e , f > g {h:i} @media print { .j{k:l} } .m{n}";
        let found: Vec<(String, &str)> = rules(sheet).into_iter().map(|(a, b)| (a.trim().to_string(), b)).collect();
        let expected = [(".a", "b:c"), (".e , f > g", "h:i"), (".m", "n")];
        assert_eq!(found, expected.map(|(a, b)| (a.to_string(), b)));
    }

    #[test]
    fn colours_and_lengths_are_understood() {
        assert_eq!(colour("rgb(255, 255, 255)"), Some(look::WHITE));
        assert_eq!(colour("#FFF"), Some(look::WHITE));
        assert_eq!((length("0"), length("2px"), length("150%")), (Some(0.0), Some(1.5), None));
    }
}
