//! What is supported, what is contradicted, and what can be answered.

use evidence::{Asked, Passage, Reason, Support, Why, answerable, check, extract};

const LEASE: &str = "The Tenant shall pay a monthly rent of £1,250.00 to Harbour Estates Ltd. The deposit is returned within 21 days after \
    the keys are handed back. All parts of the house are heated. The Tenant may not sublet the flat without written consent.";

fn passage(text: &str) -> Passage<'_> {
    Passage { text, place: (1, 0), heading: "" }
}

fn support(sentence: &str) -> (Support, Vec<Reason>) {
    let verdict = check(sentence, &[passage(LEASE)], None);
    (verdict.support, verdict.reasons)
}

#[test]
fn a_paraphrase_with_the_same_facts_is_supported() {
    for sentence in [
        "Harbour Estates Ltd gets 1250 pounds of rent every month.",
        "Subletting the flat is not allowed without written consent.",
        "The deposit is given back at most three weeks after the keys.",
    ] {
        assert_eq!(support(sentence), (Support::Full, vec![]), "{sentence}");
    }
}

#[test]
fn one_fact_that_differs_is_a_contradiction_with_its_reason() {
    for (sentence, reason) in [
        ("The tenant pays a monthly rent of £1,350.", Reason::FactDiffers),
        ("The tenant pays the rent to Harbour Holdings Ltd.", Reason::FactDiffers),
        ("The tenant may sublet the flat without written consent.", Reason::NegationDiffers),
        ("Some parts of the house are heated.", Reason::QuantityDiffers),
        ("The deposit is returned at least 21 days after the keys are handed back.", Reason::QuantityDiffers),
    ] {
        let (support, reasons) = support(sentence);
        assert_eq!(support, Support::None, "{sentence}");
        assert!(reasons.contains(&reason), "{sentence}: {reasons:?}");
    }
}

#[test]
fn what_stands_in_its_place_is_shown() {
    let verdict = check("The tenant pays a monthly rent of £1,350.", &[passage(LEASE)], None);
    let (index, span) = verdict.contradicted.first().and_then(|found| found.shown.clone()).unwrap();
    assert_eq!((index, &LEASE[span]), (0, "£1,250.00"));
}

#[test]
fn two_values_in_each_others_place_are_found() {
    let text = "In 2019 losses were 24 % in the north and 17 % in the south.";
    assert_eq!(
        check("Losses were 24 % in the north and 17 % in the south.", &[passage(text)], None).support,
        Support::Full
    );
    assert_eq!(
        check("Losses were 17 % in the north and 24 % in the south.", &[passage(text)], None).support,
        Support::None
    );
}

#[test]
fn neighbours_are_read_together_and_strangers_are_not() {
    let (first, second) = ("The grant is 75,000 euros for the project.", "The project report is due on 1 December.");
    let sentence = "The project has a grant of 75,000 euros and its report is due on 1 December.";
    let at = |text, place| Passage { text, place, heading: "" };
    let together = check(sentence, &[at(first, (1, 4)), at(second, (1, 5))], None);
    assert_eq!((together.support, together.passages), (Support::Full, vec![0, 1]));
    assert_ne!(check(sentence, &[at(first, (1, 4)), at(second, (2, 5))], None).support, Support::Full);
}

#[test]
fn the_span_shown_of_joined_neighbours_is_of_the_right_one() {
    let at = |text, place| Passage { text, place, heading: "" };
    let texts = ["The grant is 75,000 euros for the project.", "The project report is due on 1 December."];
    let verdict = check(
        "The project has a grant of 75,000 euros and its report is due on 2 December.",
        &[at(texts[0], (1, 4)), at(texts[1], (1, 5))],
        None,
    );
    let (index, span) = verdict.contradicted.first().and_then(|found| found.shown.clone()).unwrap();
    assert_eq!(&texts[index][span], "1 December");
}

#[test]
fn a_french_sentence_leans_on_similarity_over_an_english_passage() {
    let sentence = "Une réparation hâtive coûtera 1 250 livres chaque trimestre.";
    assert_ne!(check(sentence, &[passage(LEASE)], None).support, Support::Full);
    assert_eq!(check("Le loyer mensuel est de 1 250 livres.", &[passage(LEASE)], Some(&[0.9])).support, Support::Full);
    assert_eq!(check("Le loyer mensuel est de 1 350 livres.", &[passage(LEASE)], Some(&[0.9])).support, Support::None);
}

#[test]
fn nothing_is_supported_by_nothing() {
    assert_eq!(check("The rent is due.", &[], None).support, Support::None);
    assert_eq!(support("So it is.").1, [Reason::NothingToCheck]);
}

#[test]
fn a_question_whose_fact_is_absent_is_refused() {
    let passages = [Passage { heading: "Lease of a flat", ..passage(LEASE) }];
    let asked = |question| {
        let answer = answerable(question, &passages, &[0.9]);
        (answer.yes, answer.asked, answer.why)
    };
    assert_eq!(asked("How much is the monthly rent?"), (true, Asked::HowMuch, Why::Found));
    assert!(!asked("When was the lease signed by the witnesses?").0);
    assert_eq!(asked("When is the rent paid?"), (false, Asked::When, Why::FactMissing));
    assert_eq!(asked("Which football club won?"), (false, Asked::Other, Why::OffTopic));
    assert_eq!(answerable("How much is the rent?", &[], &[]).why, Why::NoPassages);
}

#[test]
fn the_sentence_that_answers_comes_first() {
    let found = extract("How much is the monthly rent?", &[passage(LEASE)]);
    let first = found.first().map(|extract| &LEASE[extract.span.clone()]);
    assert_eq!(first, Some("The Tenant shall pay a monthly rent of £1,250.00 to Harbour Estates Ltd."));
}

const MINUTES: &str = "The treasurer, Gwen Ashdown, reported that the society no longer has any debts. The proposal to allow bees was \
    rejected by the members. The accounts were approved with two votes against. The pump was inspected by Tom Birch on 4 May. The \
    Customer owns the data; the Provider only processes them. Parts are included, except cables.";

fn said_of_minutes(sentence: &str) -> (Support, Vec<Reason>) {
    let verdict = check(sentence, &[passage(MINUTES)], None);
    (verdict.support, verdict.reasons)
}

#[test]
fn words_taken_from_here_and_there_are_partial() {
    assert_eq!(
        said_of_minutes("The votes of Tom Birch concern the data."),
        (Support::Partial, vec![Reason::Scattered])
    );
}

#[test]
fn a_reason_that_the_passage_does_not_give_is_partial() {
    let sentence = "The pump was inspected because the accounts were approved.";
    assert_eq!(said_of_minutes(sentence), (Support::Partial, vec![Reason::CauseMissing]));
}

#[test]
fn another_actor_is_partial_and_the_same_in_the_active_is_supported() {
    let swapped = "The Provider owns the data and the Customer only processes them.";
    assert_eq!(said_of_minutes(swapped), (Support::Partial, vec![Reason::ActorDiffers]));
    assert_eq!(said_of_minutes("Tom Birch inspected the pump on 4 May."), (Support::Full, vec![]));
}

#[test]
fn an_exception_turns_what_it_excepts_and_nothing_else() {
    for (sentence, support) in [
        ("Cables are not included.", Support::Full),
        ("Cables are included.", Support::None),
        ("Parts are included.", Support::Full),
        ("The society has debts.", Support::None),
        ("The society is free of debts.", Support::Full),
    ] {
        assert_eq!(said_of_minutes(sentence).0, support, "{sentence}");
    }
}

#[test]
fn before_and_after_are_not_the_same() {
    let said = |sentence| check(sentence, &[passage(LEASE)], None).support;
    assert_eq!(said("The deposit is returned after the keys are handed back."), Support::Full);
    assert_eq!(said("The deposit is returned before the keys are handed back."), Support::None);
}

#[test]
fn an_answer_has_what_is_asked_for_in_its_place() {
    let passages = [Passage { heading: "Minutes of a society", ..passage(MINUTES) }];
    for (question, yes) in [
        ("Who inspected the pump?", true),
        ("When was the pump inspected?", true),
        ("Who is the treasurer?", true),
        ("Who approved the accounts?", false),
        ("Why was the proposal to allow bees rejected?", false),
        ("How many members does the society have?", false),
        ("Where was the pump inspected?", false),
        ("How old is the pump?", false),
    ] {
        assert_eq!(answerable(question, &passages, &[0.9]).yes, yes, "{question}");
    }
}
