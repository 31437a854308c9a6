//! The labelled set of `tests/quality/evidence` as a guard: whoever changes a rule sees at once what it costs. The
//! figures in the crate's head come from the example `measure`.

#![allow(clippy::expect_used, reason = "a test without its set must fail loudly")]

use std::path::Path;

use evidence::{Passage, Support, answerable, check};
use serde_json::Value;

fn rows(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/quality/evidence").join(name);
    let text = std::fs::read_to_string(path).expect("the labelled set is part of the repository");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// Runs `judge` on each row with the passages that retrieval gave; returns the shares judged yes among the rows
/// marked and not marked.
fn shares(rows: &[Value], mark: &str, judge: impl Fn(&Value, &[Passage<'_>], &[f32]) -> bool) -> (f64, f64) {
    let sources = self::rows("passages.jsonl");
    let (mut yes, mut all) = ([0.0, 0.0], [0.0, 0.0]);
    for row in rows {
        let hits = row["retrieved"].as_array().expect("retrieved passages");
        let found = hits
            .iter()
            .map(|hit| sources.iter().find(|source| source["id"] == hit["passage"]).expect("a known passage"));
        let passages: Vec<Passage<'_>> = found
            .zip(0..)
            .map(|(source, at)| Passage {
                text: source["text"].as_str().expect("a text"),
                place: (at, 0),
                heading: source["title"].as_str().expect("a title"),
            })
            .collect();
        #[allow(clippy::cast_possible_truncation, reason = "cosines")]
        let cosines: Vec<f32> = hits.iter().map(|hit| hit["cosine"].as_f64().expect("a cosine") as f32).collect();
        let marked = usize::from(row[mark] == true);
        all[marked] += 1.0;
        yes[marked] += f64::from(u8::from(judge(row, &passages, &cosines)));
    }
    (yes[1] / all[1], yes[0] / all[0])
}

#[test]
fn sentences_with_and_without_support_are_told_apart() {
    let own: Vec<Value> =
        rows("sentences.jsonl").into_iter().filter(|row| row["cross"] == false && row["flip"] != "invented").collect();
    assert!(own.len() >= 300);
    let (kept, passed) = shares(&own, "supported", |row, passages, cosines| {
        check(row["sentence"].as_str().expect("a sentence"), passages, Some(cosines)).support == Support::Full
    });
    assert!(kept >= 0.9, "true sentences kept: {kept}");
    assert!(passed <= 0.05, "flips taken for true: {passed}");
}

#[test]
fn invented_sentences_are_seldom_fully_supported() {
    let invented: Vec<Value> = rows("sentences.jsonl").into_iter().filter(|row| row["flip"] == "invented").collect();
    assert!(invented.len() >= 48);
    let (_, passed) = shares(&invented, "supported", |row, passages, cosines| {
        check(row["sentence"].as_str().expect("a sentence"), passages, Some(cosines)).support == Support::Full
    });
    // The crate's head says what is missing.
    assert!(passed <= 0.2, "invented sentences taken for true: {passed}");
}

#[test]
fn near_misses_are_refused_and_answerable_questions_are_not() {
    let (answered, let_through) = shares(&rows("questions.jsonl"), "answerable", |row, passages, cosines| {
        answerable(row["question"].as_str().expect("a question"), passages, cosines).yes
    });
    assert!(answered >= 0.9, "answerable questions answered: {answered}");
    assert!(let_through <= 0.1, "near misses answered: {let_through}");
}
