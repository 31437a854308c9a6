//! Values as a spreadsheet shows them: `1,234.50 €`, not 1234.5. The format codes are read by the crate `ssfmt`; what is here is which
//! language's separators, months and date order apply.

use std::collections::HashMap;

use ssfmt::{DateSystem, FormatOptions, Locale, NumberFormat, format_code_from_id};

/// A format code longer than this is none.
const LONGEST: usize = 512;

/// A workbook's ways of writing numbers.
pub(super) struct Formats {
    /// The codes that the file defines, by their ids.
    custom: HashMap<u32, String>,
    parsed: HashMap<u32, Option<Format>>,
    /// The language that some format of the file names, for those that name none.
    language: Option<Language>,
    date_system: DateSystem,
}

struct Format {
    code: NumberFormat,
    options: FormatOptions,
    nothing: bool,
}

/// What a language decides.
#[derive(Clone, Copy)]
struct Language {
    decimal: char,
    thousands: char,
    /// What format 14, "the system's short date", is for its people.
    date: &'static str,
    months: Option<[&'static str; 12]>,
}

impl Formats {
    /// The formats of a workbook; `from_1904`: its days count from 1904.
    pub(super) fn new(custom: HashMap<u32, String>, from_1904: bool) -> Self {
        let language = custom.values().filter_map(|code| language_id(code)).find_map(language);
        let date_system = if from_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
        Self { custom, parsed: HashMap::new(), language, date_system }
    }

    /// A number as people see it.
    pub(super) fn number(&mut self, value: f64, id: u32) -> Shown {
        let general = |language: Option<Language>| {
            let text = ssfmt::format_default(value, "General").unwrap_or_else(|_| value.to_string());
            match language {
                Some(language) => text.replace('.', &language.decimal.to_string()),
                None => text,
            }
        };
        let language = self.language;
        match self.format(id) {
            Some(format) if format.nothing => Shown { text: general(language), hidden: true },
            Some(format) => match format.code.try_format(value, &format.options) {
                Ok(text) => Shown { text: text.trim().to_string(), hidden: false },
                // Excel fills the cell with # there; the number says more.
                Err(_) => Shown { text: general(language), hidden: false },
            },
            None => Shown { text: general(language), hidden: false },
        }
    }

    /// A text as people see it (`@` in a format adds words to it; `;;;` hides it).
    pub(super) fn text(&mut self, text: &str, id: u32) -> Shown {
        match self.format(id) {
            Some(format) if format.nothing => Shown { text: text.to_string(), hidden: true },
            Some(format) if format.code.sections().len() >= 4 => {
                let shown = format.code.format_text(text, &format.options).trim().to_string();
                let hidden = shown.is_empty() && !text.trim().is_empty();
                Shown { text: if hidden { text.to_string() } else { shown }, hidden }
            }
            _ => Shown { text: text.to_string(), hidden: false },
        }
    }

    fn format(&mut self, id: u32) -> Option<&Format> {
        if !self.parsed.contains_key(&id) {
            let format = self.parse(id);
            self.parsed.insert(id, format);
        }
        self.parsed.get(&id).and_then(Option::as_ref)
    }

    fn parse(&self, id: u32) -> Option<Format> {
        let own = self.custom.get(&id).map(String::as_str);
        let code = own.map_or_else(|| self.built_in(id), |code| Some(self.system(code)))?;
        if code.len() > LONGEST || code.eq_ignore_ascii_case("general") {
            return None;
        }
        let language = language_id(&code).map_or(self.language, language);
        let parsed = NumberFormat::parse(&code).ok()?;
        let nothing = code.trim_matches('"').chars().all(|c| c == ';') && code.contains(';');
        let options =
            FormatOptions { date_system: self.date_system, locale: locale(language, parsed.is_date_format()) };
        Some(Format { code: parsed, options, nothing })
    }

    /// Formats whose code the file does not hold. Dates in the order of the reader's own system are not known: ISO 8601 misleads nobody.
    fn built_in(&self, id: u32) -> Option<String> {
        let date = self.language.map_or("yyyy-mm-dd", |language| language.date);
        Some(match id {
            0 => return None,
            14 | 27..=31 | 36 | 50..=54 | 57 | 58 => date.to_string(),
            22 => format!("{date} hh:mm"),
            32..=35 | 55 | 56 => "hh:mm:ss".to_string(),
            5 | 6 | 41 | 42 => "#,##0".to_string(),
            7 | 8 | 43 | 44 => "#,##0.00".to_string(),
            id => format_code_from_id(id)?.to_string(),
        })
    }

    /// `[$-F800]` and `[$-F400]` are the long date and the time of the reader's own system.
    fn system(&self, code: &str) -> String {
        let upper = code.to_ascii_uppercase();
        if upper.contains("[$-F800]") {
            return self.language.map_or("yyyy-mm-dd", |language| language.date).to_string();
        }
        if upper.contains("[$-F400]") { "hh:mm:ss".to_string() } else { code.to_string() }
    }
}

/// A cell's text.
pub(super) struct Shown {
    pub(super) text: String,
    /// Whether its format hides it.
    pub(super) hidden: bool,
}

/// The language in `[$€-40C]` or `[$-40C]`: a Windows language id.
fn language_id(code: &str) -> Option<u32> {
    let (_, rest) = code.split_once("[$")?;
    let (inside, _) = rest.split_once(']')?;
    let (_, id) = inside.rsplit_once('-')?;
    // The upper bytes name a calendar and numerals.
    u32::from_str_radix(id.split(',').next()?, 16).ok().map(|id| id & 0xffff).filter(|id| *id != 0)
}

/// What a Windows language id decides; nothing where it is not known here.
fn language(id: u32) -> Option<Language> {
    const NO_BREAK: char = '\u{a0}';
    const NARROW: char = '\u{202f}';
    let make = |decimal, thousands, date, months| Some(Language { decimal, thousands, date, months });
    match (id & 0x3ff, id) {
        (0x0c, 0x100c) => make('.', '\'', "dd.mm.yyyy", Some(FRENCH)),
        (0x0c, _) => make(',', NARROW, "dd/mm/yyyy", Some(FRENCH)),
        (0x07, 0x0807) => make('.', '\'', "dd.mm.yyyy", Some(GERMAN)),
        (0x07, _) => make(',', '.', "dd.mm.yyyy", Some(GERMAN)),
        (0x0a, 0x080a) => make('.', ',', "dd/mm/yyyy", Some(SPANISH)),
        (0x0a, _) => make(',', '.', "dd/mm/yyyy", Some(SPANISH)),
        (0x10 | 0x16, _) => make(',', '.', "dd/mm/yyyy", None),
        (0x13, _) => make(',', '.', "dd-mm-yyyy", None),
        (0x06 | 0x14, _) => make(',', '.', "dd.mm.yyyy", None),
        (0x05 | 0x15 | 0x19 | 0x1b | 0x22, _) => make(',', NO_BREAK, "dd.mm.yyyy", None),
        (0x0b | 0x0e | 0x1d, _) => make(',', NO_BREAK, "yyyy-mm-dd", None),
        (0x09, 0x0409) => make('.', ',', "m/d/yyyy", None),
        (0x01 | 0x09 | 0x0d | 0x1e | 0x29 | 0x39, _) => make('.', ',', "dd/mm/yyyy", None),
        (0x04 | 0x11, _) => make('.', ',', "yyyy/mm/dd", None),
        _ => None,
    }
}

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A date's points and commas are its own, not separators of numbers.
fn locale(language: Option<Language>, date: bool) -> Locale {
    let mut locale = Locale::en_us();
    if let Some(language) = language {
        if !date {
            (locale.decimal_separator, locale.thousands_separator) = (language.decimal, language.thousands);
        }
        locale.month_names_full = language.months.unwrap_or(locale.month_names_full);
    }
    locale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, code: &str) -> String {
        Formats::new(HashMap::from([(164, code.to_string())]), false).number(value, 164).text
    }

    #[test]
    fn numbers_are_written_as_people_see_them() {
        assert_eq!(shown(1234.5, "#,##0.00\\ \"€\""), "1,234.50 €");
        assert_eq!(shown(1234.5, "#,##0.00\\ [$€-40C]"), "1\u{202f}234,50 €");
        assert_eq!(shown(1_234_567.0, "#,##0.00\\ [$€-407]"), "1.234.567,00 €");
        assert_eq!(shown(0.196, "0.0%"), "19.6%");
        assert_eq!(shown(-5.0, "0.00;[Red](0.00)"), "(5.00)");
        assert_eq!(shown(1.5, "[h]:mm"), "36:00");
        assert_eq!(shown(45_366.0, "yyyy\\-mm\\-dd"), "2024-03-15");
        assert_eq!(shown(45_366.0, "[$-40C]d\\ mmmm\\ yyyy"), "15 mars 2024");
        assert_eq!(shown(0.1 + 0.2, "General"), "0.3");
    }

    #[test]
    fn a_date_in_the_system_s_order_is_written_so_that_nobody_errs() {
        let mut formats = Formats::new(HashMap::new(), false);
        assert_eq!(formats.number(45_720.0, 14).text, "2025-03-04");
        let mut german = Formats::new(HashMap::from([(170, "#,##0 [$€-407]".to_string())]), false);
        assert_eq!(german.number(45_720.0, 14).text, "04.03.2025");
    }

    #[test]
    fn a_format_of_nothing_hides() {
        let mut formats = Formats::new(HashMap::from([(164, ";;;".to_string())]), false);
        let shown = formats.number(5.0, 164);
        assert_eq!((shown.text.as_str(), shown.hidden), ("5", true));
        assert!(formats.text("secret", 164).hidden);
    }

    #[test]
    fn strange_formats_and_numbers_do_no_harm() {
        for code in [
            "",
            "[",
            "[$",
            "\"",
            "#,##0.",
            "0E+",
            "yyyy[",
            "[<",
            "@@@",
            "\\",
            "_",
            "*",
            "?/?",
            "00000000000000000000.0",
        ] {
            for value in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e308, -1e-308, 2_958_466.0, -700_000.0] {
                let _ = shown(value, code);
            }
        }
    }
}
