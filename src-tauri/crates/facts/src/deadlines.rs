//! Deadlines: a date by which, or a time within which, with what it is counted from.

use crate::measures::{self, Duration};
use crate::tokens::{Kind as Shape, Page};
use crate::{Confidence, Found, Kind, dates};

/// Behind these a date is a deadline, however exact it is.
const STRONG: &[&str] = &[
    "no later than",
    "not later than",
    "at the latest by",
    "at the latest on",
    "on or before",
    "due on",
    "due by",
    "due date",
    "due date is",
    "deadline",
    "deadline is",
    "deadline of",
    "deadline for submission is",
    "closing date",
    "expires on",
    "expire on",
    "expiring on",
    "payable by",
    "payable on",
    "au plus tard le",
    "au plus tard en",
    "au plus tard fin",
    "au plus tard",
    "d ' ici le",
    "d ' ici au",
    "d ' ici a",
    "date limite",
    "echeance",
    "echeance le",
    "echeance au",
    "expire le",
    "expirant le",
    "prend fin le",
    "prendra fin le",
    "payable le",
    "payable au plus tard le",
    "a regler avant le",
];

/// Behind these a date is a deadline only if it names a day: 'by 1975' and 'until March 1996' tell what was.
const WEAK: &[&str] =
    &["by", "before", "until", "till", "prior to", "avant le", "avant", "jusqu ' au", "jusqu ' a", "not after"];

/// Behind these a length of time is a deadline.
const WITHIN: &[&str] = &[
    "within",
    "within a period of",
    "within the",
    "within a maximum of",
    "within at most",
    "within not more than",
    "no later than",
    "not later than",
    "not more than",
    "prior to",
    "in no event later than",
    "at the latest",
    "at least",
    "not less than",
    "no less than",
    "dans un delai de",
    "dans un delai d '",
    "dans un delai maximum de",
    "dans un delai maximal de",
    "dans un delai minimum de",
    "dans un delai minimal de",
    "dans le delai de",
    "dans le delai d '",
    "dans les",
    "dans l '",
    "dans le",
    "sous",
    "sous un delai de",
    "un delai de",
    "un delai d '",
    "un delai minimum de",
    "un delai maximum de",
    "delai de",
    "delai d '",
    "au plus tard",
    "au plus tard dans les",
    "au moins",
    "preavis de",
    "preavis d '",
    "preavis minimum de",
    "notice period of",
    "period of notice of",
    "au moins",
    "pendant un delai de",
];

/// What a time is counted from, and the words that say so.
const AFTER: &[&str] = &[
    "of",
    "after",
    "from",
    "following",
    "as from",
    "starting from",
    "a compter de",
    "a compter du",
    "a compter d '",
    "a partir de",
    "a partir du",
    "suivant",
    "suivants",
    "apres",
    "qui suivent",
    "qui suit",
    "a dater de",
    "a dater du",
    "de",
];

const BEFORE: &[&str] = &["before", "prior to", "preceding", "in advance of", "avant", "precedant", "qui precedent"];

/// More words than the name of an event has.
const ANCHOR: usize = 10;

/// Words with which the name of an event ends.
const ANCHOR_ENDS: &[&str] = &[
    "and", "or", "by", "if", "that", "which", "unless", "shall", "must", "may", "will", "is", "are", "the", "et", "ou",
    "par", "si", "sauf", "qui", "doit", "peut", "est", "sont", "sera", "to", "for", "in", "with", "as", "pour", "dans",
    "avec", "sous", "except",
];

/// What a time is counted from: 'after: receipt of the notice', and the index after it.
fn anchor(page: &Page, at: usize) -> Option<(String, usize)> {
    if !page.is_near(at) {
        return None;
    }
    let (side, start) = match (page.longest(at, AFTER), page.longest(at, BEFORE)) {
        (after, Some(before)) if after.is_none_or(|after| before > after) => ("before", before),
        (Some(after), _) => ("after", after),
        _ => return None,
    };
    let skipped = usize::from(matches!(
        page.word(start),
        "the" | "la" | "le" | "les" | "a" | "an" | "your" | "its" | "his" | "their"
    ));
    let mut end = start + skipped;
    while end < start + ANCHOR {
        let Some(token) = page.get(end) else { break };
        let inner = matches!(token.fold.as_str(), "'" | "-");
        let stops = ANCHOR_ENDS.contains(&token.fold.as_str())
            && !(token.fold == "the" && matches!(page.word(end - 1), "of" | "from"));
        if !page.is_near(end) || stops || token.kind == Shape::Mark && !inner {
            break;
        }
        end += 1;
    }
    // A name does not end in a little word.
    while end > start + skipped && matches!(page.word(end - 1), "of" | "de" | "du" | "des" | "la" | "le" | "a" | "au") {
        end -= 1;
    }
    (end > start + skipped).then(|| (format!(" {side}: {}", page.joined(start + skipped..end)), end))
}

/// 'Within 30 days of notice', 'dans un délai de trente jours à compter de la notification'.
fn relative(page: &Page, at: usize) -> Option<Found> {
    let next = page.longest(at, WITHIN)?;
    let duration = measures::duration(page, next).or_else(|| unnumbered(page, next))?;
    let anchored = anchor(page, duration.end);
    let notice = notice_after(page, duration.end);
    let cue = page.joined(at..next).to_lowercase();
    let bare = anchored.is_none() && notice.is_none();
    // 'At least 30 days', 'dans les 5 ans' and 'prior to' are deadlines only with what they are counted from.
    let needs = [
        "at least",
        "not less than",
        "no less than",
        "au moins",
        "dans les",
        "dans le",
        "dans l'",
        "prior to",
        "within the",
        "not more than",
    ];
    let of_only = page.word(duration.end) == "of" || page.word(duration.end) == "de";
    let vague = needs.contains(&cue.as_str());
    let counted = cue == "at least"
        || cue == "not less than"
        || cue == "no less than"
        || cue == "au moins"
        || cue == "not more than";
    if bare && (vague || cue == "au plus tard") || counted && of_only {
        return None;
    }
    let (text, end) = anchored.or(notice).unwrap_or((String::new(), duration.end));
    let confidence = if bare { Confidence::Medium } else { Confidence::High };
    Some(Found::new(Kind::Deadline, at..end, format!("{}{text}", duration.value), confidence))
}

/// 'Dans le mois', 'within a week', 'sous huitaine'.
fn unnumbered(page: &Page, at: usize) -> Option<Duration> {
    let skipped = usize::from(matches!(page.word(at), "a" | "an" | "one"));
    let value = match page.word(at + skipped) {
        "huitaine" => "P8D",
        "quinzaine" => "P15D",
        "month" | "mois" => "P1M",
        "year" | "annee" | "an" => "P1Y",
        "week" | "semaine" => "P1W",
        "day" | "jour" => "P1D",
        _ => return None,
    };
    Some(Duration { value: value.to_owned(), end: at + skipped + 1 })
}

/// '30 days' notice', '30 days in advance'.
fn notice_after(page: &Page, at: usize) -> Option<(String, usize)> {
    let next = at + usize::from(page.is_mark(at, "'")) + usize::from(page.is_mark(at, "'") && page.word(at + 1) == "s");
    let end = page.longest(
        next,
        &[
            "notice",
            "prior notice",
            "prior written notice",
            "written notice",
            "in advance",
            "beforehand",
            "de preavis",
            "a l ' avance",
        ],
    )?;
    Some((" before".to_owned(), end))
}

/// Words behind a length of time that say from when it counts.
const COUNTED_FROM: &[&str] =
    &["after", "from", "following", "a compter de", "a compter du", "a compter d '", "suivant", "apres", "qui suivent"];

/// '30 days after receipt', '30 days' notice', '24 heures au moins avant': no cue before the number.
fn counted(page: &Page, at: usize) -> Option<Found> {
    let duration = measures::duration(page, at)?;
    let least = page.longest(duration.end, &["at least", "au moins", "au plus", "au plus tard", "at most"]);
    let found = |text: &str, end, confidence| {
        Some(Found::new(Kind::Deadline, at..end, format!("{}{text}", duration.value), confidence))
    };
    if let Some((text, end)) = notice_after(page, duration.end) {
        return found(&text, end, Confidence::Medium);
    }
    let from = page.longest(least.unwrap_or(duration.end), COUNTED_FROM);
    // Years after something are history; '35 hours from 1 September' is since when, not until when.
    let years = duration.value.ends_with('Y');
    let since = from.is_some_and(|next| dates::read(page, next).is_some());
    let (text, end) = (least.is_some() || from.is_some())
        .then(|| anchor(page, least.unwrap_or(duration.end)))
        .flatten()
        .filter(|_| !years && !since)?;
    // 'Six weeks after the insurrection' may only tell what was.
    found(&text, end, if least.is_some() { Confidence::Medium } else { Confidence::Low })
}

/// 'No later than 1 March', 'au plus tard le 31 décembre 2025'.
fn absolute(page: &Page, at: usize) -> Option<Found> {
    let strong = page.longest(at, STRONG);
    let weak = page.longest(at, WEAK);
    let cue = strong.or(weak)?;
    let mut next = cue + usize::from(page.is_mark(cue, ":"));
    next += usize::from(matches!(page.word(next), "the" | "le" | "on"));
    let date = dates::read(page, next).filter(|_| page.is_near(next))?;
    if strong.is_none() && !date.has_day() {
        return None;
    }
    let dated = date.value.as_ref().is_some_and(|value| !value.starts_with("--"));
    let confidence = match (strong.is_some(), dated) {
        (true, _) => Confidence::High,
        (false, true) => Confidence::Medium,
        (false, false) => Confidence::Low,
    };
    Some(Found::new(Kind::Deadline, at..date.tokens.end, date.value, confidence))
}

/// '31 March at the latest', 'le 31 mars au plus tard'.
fn latest(page: &Page, at: usize) -> Option<Found> {
    let date = dates::read(page, at)?;
    let comma = usize::from(page.is_mark(date.tokens.end, ","));
    let end = page.longest(date.tokens.end + comma, &["at the latest", "au plus tard"])?;
    Some(Found::new(Kind::Deadline, at..end, date.value, Confidence::High))
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    let deadline =
        relative(page, at).or_else(|| absolute(page, at)).or_else(|| latest(page, at)).or_else(|| counted(page, at));
    found.extend(deadline);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, find};

    fn deadlines(text: &str, language: Language) -> Vec<String> {
        find(text, language)
            .into_iter()
            .filter(|fact| fact.kind == Kind::Deadline)
            .filter_map(|fact| fact.value)
            .collect()
    }

    #[test]
    fn english_deadlines() {
        for (text, expected) in [
            ("within 30 days of notice", "P30D after: notice"),
            ("within thirty (30) days after receipt of the invoice, the buyer", "P30D after: receipt of the invoice"),
            ("payable no later than 1 March 2027.", "2027-03-01"),
            ("by 31 December 2026 the tenant", "2026-12-31"),
            ("at least 14 days before the meeting", "P14D before: meeting"),
            ("on three months' notice", "P3M before"),
            ("within seven years from the date of its submission", "P7Y after: date of its submission"),
            ("Deadline: 5 May 2026", "2026-05-05"),
        ] {
            assert_eq!(deadlines(text, Language::English), [expected], "{text}");
        }
    }

    #[test]
    fn french_deadlines() {
        for (text, expected) in [
            ("dans un délai de trente jours à compter de la notification.", "P30D after: notification"),
            ("au plus tard le 1er mars 2027", "2027-03-01"),
            ("dans les huit jours suivant la réception, le locataire", "P8D after: réception"),
            ("avant le 31 décembre 2026", "2026-12-31"),
            ("sous huitaine", "P8D"),
            ("un préavis de trois mois", "P3M"),
            ("dans un délai d'un mois", "P1M"),
            ("24 heures au moins avant le début de l'absence", "PT24H before: début de l'absence"),
            ("dans l'année suivant le décès", "P1Y after: décès"),
        ] {
            assert_eq!(deadlines(text, Language::French), [expected], "{text}");
        }
    }

    #[test]
    fn what_was_is_no_deadline() {
        assert_eq!(
            deadlines("It rose to 42% by 1975, until March 1996, for at least 30 days.", Language::English),
            Vec::<String>::new()
        );
        assert_eq!(
            deadlines("a dirigé le projet jusqu'en mars 1996, 35 heures à compter du 1er mai 2022", Language::French),
            Vec::<String>::new()
        );
    }
}
