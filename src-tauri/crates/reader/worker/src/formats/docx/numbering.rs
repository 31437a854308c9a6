//! The numbers that a word processor draws before list items and headings ("4.2", "(b)"): people cite them, the file does not hold them.

use std::collections::HashMap;

use super::super::xml::{Element, Tree};

const LEVELS: usize = 9;

#[derive(Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
    /// All numbers in it are decimal, whatever their own levels say.
    legal: bool,
}

#[derive(Clone, Default)]
struct List {
    /// Lists that share it count on.
    shared: String,
    levels: [Level; LEVELS],
    /// Levels that this list counts anew from.
    restarts: [Option<u32>; LEVELS],
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    restarted: Vec<String>,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn read(tree: &Tree) -> Self {
        let shared: HashMap<&str, Element<'_>> = tree
            .root()
            .elements()
            .filter(|element| element.name() == "abstractNum")
            .filter_map(|element| Some((element.attr("abstractNumId")?, element)))
            .collect();
        let mut numbering = Self::default();
        for element in tree.root().elements().filter(|element| element.name() == "num") {
            let id = element.attr("numId").unwrap_or_default();
            let shared_id = element.find("abstractNumId").and_then(|element| element.attr("val")).unwrap_or_default();
            let mut list = List { shared: shared_id.to_string(), ..List::default() };
            if let Some(shared) = shared.get(shared_id) {
                shared.elements().filter(|element| element.name() == "lvl").for_each(|level| list.set(level));
            }
            for change in element.elements().filter(|element| element.name() == "lvlOverride") {
                change.elements().filter(|element| element.name() == "lvl").for_each(|level| list.set(level));
                let start = change.find("startOverride").and_then(|start| start.attr("val")?.parse().ok());
                if let (Some(start), Some(slot)) = (start, list.restarts.get_mut(index(change))) {
                    *slot = Some(start);
                }
            }
            numbering.lists.insert(id.to_string(), list);
        }
        numbering
    }

    /// Whether there is such a list (0 takes a paragraph out of its style's list).
    pub(super) fn is_list(&self, id: &str) -> bool {
        id != "0" && self.lists.contains_key(id)
    }

    /// Counts one item and gives its number as it is drawn; empty for bullets and for ways of counting that are not known here.
    pub(super) fn next(&mut self, id: &str, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(list) = self.lists.get(id) else { return String::new() };
        let counters = self.counters.entry(list.shared.clone()).or_default();
        if !self.restarted.iter().any(|restarted| restarted == id) {
            for (counter, restart) in counters.iter_mut().zip(list.restarts) {
                *counter = restart.map(|start| start.saturating_sub(1)).or(*counter);
            }
            self.restarted.push(id.to_string());
        }
        for (i, (counter, own)) in counters.iter_mut().zip(&list.levels).enumerate() {
            *counter = match (*counter, i.cmp(&level)) {
                (Some(count), std::cmp::Ordering::Equal) => Some(count.saturating_add(1)),
                (None, std::cmp::Ordering::Equal | std::cmp::Ordering::Less) => Some(own.start),
                (_, std::cmp::Ordering::Greater) => None,
                (count, std::cmp::Ordering::Less) => count,
            };
        }
        list.label(level, counters).unwrap_or_default()
    }
}

impl List {
    fn set(&mut self, element: Element<'_>) {
        let value = |name: &str| element.find(name).and_then(|element| element.attr("val"));
        if let Some(level) = self.levels.get_mut(index(element)) {
            *level = Level {
                format: value("numFmt").unwrap_or("decimal").to_string(),
                text: value("lvlText").unwrap_or_default().to_string(),
                start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
                legal: element.find("isLgl").is_some(),
            };
        }
    }

    fn label(&self, level: usize, counters: &[Option<u32>; LEVELS]) -> Option<String> {
        let own = self.levels.get(level)?;
        if own.format == "bullet" {
            return None;
        }
        let mut label = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            let place = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
            let (true, Some(place)) = (c == '%', place) else {
                label.push(c);
                continue;
            };
            rest.next();
            let place = place as usize - 1;
            let format = if own.legal { "decimal" } else { &self.levels.get(place)?.format };
            label.push_str(&number(counters.get(place).copied().flatten()?, format)?);
        }
        Some(label.trim().to_string())
    }
}

fn index(element: Element<'_>) -> usize {
    element.attr("ilvl").and_then(|level| level.parse().ok()).unwrap_or(usize::MAX)
}

/// A number in one of the usual ways of counting.
pub(in super::super) fn number(n: u32, format: &str) -> Option<String> {
    Some(match format {
        "decimal" => n.to_string(),
        "decimalZero" => format!("{n:02}"),
        "lowerLetter" => letters(n)?,
        "upperLetter" => letters(n)?.to_uppercase(),
        "lowerRoman" => roman(n)?,
        "upperRoman" => roman(n)?.to_uppercase(),
        "none" => String::new(),
        _ => return None,
    })
}

/// a to z, then aa to zz, as Word counts.
fn letters(n: u32) -> Option<String> {
    let n = n.checked_sub(1)?;
    let letter = char::from(u8::try_from(n % 26).ok()? + b'a');
    (n < 26 * 10).then(|| letter.to_string().repeat((n / 26) as usize + 1))
}

fn roman(mut n: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if n == 0 || n >= 4000 {
        return None;
    }
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            text.push_str(digit);
            n -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_count_as_word_draws_them() {
        let tree = Tree::parse(
            b"<numbering><abstractNum abstractNumId='0'>
            <lvl ilvl='0'><start val='1'/><numFmt val='upperRoman'/><lvlText val='%1.'/></lvl>
            <lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><isLgl/><lvlText val='%1.%2'/></lvl>
            <lvl ilvl='2'><start val='1'/><numFmt val='lowerLetter'/><lvlText val='(%3)'/></lvl></abstractNum>
            <num numId='1'><abstractNumId val='0'/></num>
            <num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride></num>
            </numbering>",
        );
        let mut numbering = Numbering::read(&tree.unwrap());
        let labels = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0)]
            .map(|(list, level): (u8, usize)| numbering.next(&list.to_string(), level));
        assert_eq!(labels, ["I.", "1.1", "1.2", "(a)", "II.", "2.1", "V."]);
        assert!(!numbering.is_list("0"));
    }

    #[test]
    fn roman_numbers_and_letters_are_right() {
        assert_eq!(number(1994, "upperRoman").unwrap(), "MCMXCIV");
        assert_eq!(number(28, "lowerLetter").unwrap(), "bb");
        assert_eq!(number(0, "lowerLetter"), None);
    }
}
