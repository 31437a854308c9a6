//! Whether a model was made for the language of a question.

use crate::events::Notice;

/// Names of languages for a sentence, by their ISO 639-1 code; other languages are named by their own code.
const NAMES: [(&str, &str); 10] = [
    ("ar", "Arabic"),
    ("de", "German"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("pt", "Portuguese"),
    ("zh", "Chinese"),
];

/// A line for the person when the model was made for other languages than this text's. Nothing when either is unknown.
pub fn notice(text: &str, made_for: &[String]) -> Option<Notice> {
    if made_for.is_empty() {
        return None;
    }
    let found = whatlang::detect(text)?;
    // A few Latin letters look like many languages; another script does not.
    if found.script() == whatlang::Script::Latin && !found.is_reliable() {
        return None;
    }
    let code = found.lang().code();
    if made_for.iter().any(|known| same(known, code)) {
        return None;
    }
    let languages: Vec<&str> = made_for.iter().take(3).map(|known| name(known)).collect();
    let about =
        vec![("languages", languages.join(", ").into()), ("language", found.lang().eng_name().to_owned().into())];
    Some(Notice::new("language", about))
}

/// The language of a text among those that sentences written by rule are translated into; English where it is another.
pub fn of_text(text: &str) -> &'static str {
    use whatlang::Lang::{Ara, Eng, Fra};
    match whatlang::Detector::with_allowlist(vec![Ara, Eng, Fra]).detect_lang(text) {
        Some(Ara) => "ar",
        Some(Fra) => "fr",
        _ => "en",
    }
}

/// Catalogues write `fr`, whatlang writes `fra`.
fn same(known: &str, code: &str) -> bool {
    let two = match code {
        "ara" => "ar",
        "ben" => "bn",
        "ces" => "cs",
        "cmn" => "zh",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "fra" => "fr",
        "hin" => "hi",
        "ind" => "id",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "spa" => "es",
        "swe" => "sv",
        "tam" => "ta",
        "tha" => "th",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "vie" => "vi",
        other => other,
    };
    known.eq_ignore_ascii_case(two) || known.eq_ignore_ascii_case(code)
}

fn name(code: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn english() -> Vec<String> {
        vec!["en".into()]
    }

    #[test]
    fn a_question_in_another_language_gets_one_line() {
        for text in [
            "Pourquoi le ciel est-il bleu pendant la journ\u{E9}e, et rouge le soir ?",
            "\u{645}\u{627} \u{647}\u{64A} \u{639}\u{627}\u{635}\u{645}\u{629} \u{641}\u{631}\u{646}\u{633}\u{627}\u{61F}",
            "\u{30D5}\u{30E9}\u{30F3}\u{30B9}\u{306E}\u{9996}\u{90FD}\u{306F}\u{3069}\u{3053}\u{3067}\u{3059}\u{304B}",
        ] {
            let notice = notice(text, &english()).unwrap();
            assert!(notice.text.starts_with("This model was made for English"), "{}", notice.text);
            assert!(!notice.text.contains('\n'));
        }
    }

    #[test]
    fn a_question_in_its_own_language_gets_none() {
        for text in ["Why is the sky blue during the day, and red in the evening?", "ok", "2 + 2 = ?"] {
            assert_eq!(notice(text, &english()), None);
        }
        assert_eq!(notice("Pourquoi le ciel est-il bleu pendant la journ\u{E9}e ?", &[]), None);
    }
}
