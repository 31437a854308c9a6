//! What a search over passages finds.

use std::collections::HashSet;

use crate::documents_tests::{found, new_document, page, put, read_document};
use crate::tests::Place;
use crate::{
    DocumentId, Filter, NewDocument, NewPassage, PassageHit, PassageId, PassageQuery, Vault, VectorModel, phrases_in,
};

fn model(name: &str, dimensions: u32) -> VectorModel {
    VectorModel { name: name.to_owned(), dimensions }
}

fn search(vault: &Vault, words: Option<&str>, phrases: &[&str], filter: &Filter) -> Vec<PassageHit> {
    let phrases: Vec<String> = phrases.iter().map(|phrase| (*phrase).to_owned()).collect();
    vault.search_passages(&PassageQuery { words, vector: None, phrases: &phrases, filter, limit: 50 }).unwrap()
}

fn nearest(vault: &Vault, model: &VectorModel, vector: &[f32], filter: &Filter, limit: usize) -> Vec<PassageId> {
    let query = PassageQuery { words: None, vector: Some((model, vector)), phrases: &[], filter, limit };
    vault.search_passages(&query).unwrap().into_iter().map(|hit| hit.passage.id).collect()
}

fn texts(hits: &[PassageHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.passage.text.as_str()).collect()
}

/// Numbers that look random, the same in every run (Steele, Lea, Flood, 'Fast splittable pseudorandom number generators', 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Nearly normal: a sum of four evenly spread numbers.
    fn normal(&mut self) -> f32 {
        (0..4).map(|_| (self.next() >> 40) as f32 / (1 << 24) as f32 - 0.5).sum::<f32>() * 1.7
    }

    fn around(&mut self, centre: &[f32], spread: f32) -> Vec<f32> {
        centre.iter().map(|number| number + spread * self.normal()).collect()
    }
}

#[test]
fn words_are_found_in_every_script() {
    let place = Place::new();
    let vault = place.create();
    // What is kept, and questions of which any word must find it.
    let cases: [(&str, &[&str]); 13] = [
        ("Le délai de préavis est de trois mois.", &["Quel est le préavis ?", "DELAI", "trois"]),
        ("Die Kündigungsfrist beträgt sechs Wochen in Köln.", &["kundigungsfrist", "Wie lange in Köln?", "beträgt"]),
        ("किरायेदार को सूचना देनी होगी", &["सूचना", "क्या किरायेदार को बताना है?"]),
        ("வாடகை ஒப்பந்தம் மூன்று மாதங்கள்", &["ஒப்பந்தம்", "வாடகை எவ்வளவு?"]),
        ("قَرَأَ القَاضِي العَقْدَ", &["القاضي", "العقد", "من قرأ هذا؟"]),
        ("قرارداد اجاره سه‌ماهه می‌باشد", &["قرارداد", "اجاره چیست؟", "سه\u{200c}ماهه"]),
        ("สัญญาเช่าต้องแจ้งล่วงหน้าสามเดือน", &["ล่วงหน้า", "ต้องแจ้งล่วงหน้ากี่วัน", "สัญญาเช่า"]),
        ("កិច្ចសន្យាជួលផ្ទះមានរយៈពេលបីខែ", &["ជួលផ្ទះ", "កិច្ចសន្យា"]),
        ("ငှားရမ်းခစာချုပ်သုံးလ", &["စာချုပ်", "ငှားရမ်းခ"]),
        ("租赁合同的通知期为三个月", &["通知期", "合同的通知期是多长?", "租"]),
        ("賃貸契約の解約予告は三か月前です", &["解約予告", "解約予告はいつまでですか", "賃貸契約"]),
        ("계약 해지 통보는 석 달 전", &["통보는", "해지"]),
        ("Договор аренды: срок три месяца", &["ДОГОВОР", "Какой срок?"]),
    ];
    let kept: Vec<PassageId> = cases.iter().map(|(text, _)| read_document(&vault, text).1).collect();
    for ((text, questions), passage) in cases.iter().zip(kept) {
        for question in *questions {
            let hits = search(&vault, Some(question), &[], &Filter::default());
            assert_eq!(hits.first().map(|hit| hit.passage.id), Some(passage), "{question}: {:?}", texts(&hits));
            assert!(!hits[0].marks.is_empty(), "{question} is marked in {text}");
            assert!(hits[0].marks.iter().all(|&(start, end)| text.get(start..end).is_some()), "{question}");
            assert_eq!((hits[0].word_rank, hits[0].vector_rank), (Some(1), None));
        }
    }
    assert!(search(&vault, Some("京都"), &[], &Filter::default()).is_empty());
}

#[test]
fn any_word_will_do_and_the_most_telling_ones_come_first() {
    let place = Place::new();
    let vault = place.create();
    let (_, both) = read_document(&vault, "the notice period of the tenant");
    let (_, one) = read_document(&vault, "the notice on the door, and the weather of the day");
    let (_, none) = read_document(&vault, "something else");
    assert_eq!(found(&vault, "notice period"), [both, one]);
    assert_eq!(found(&vault, "What is the notice period, unless ...?"), [both, one]);
    assert_eq!(found(&vault, "else"), [none]);
    let hits = search(&vault, Some("notice PERIOD"), &[], &Filter::default());
    assert_eq!(hits[0].marks, [(4, 10), (11, 17)]);
    // A word with a mark in it is found whole first, and in parts.
    let (_, date) = read_document(&vault, "signed on 2024-05-01 in Paris");
    let (_, parts) = read_document(&vault, "05 of 01, in 2024, of l'accord");
    assert_eq!(found(&vault, "2024-05-01"), [date, parts]);
    assert_eq!(found(&vault, "accord"), [parts]);
}

#[test]
fn a_phrase_stands_letter_by_letter_in_what_is_found() {
    let place = Place::new();
    let vault = place.create();
    let (_, exact) = read_document(&vault, "In case of Force\nMajeure the contract ends.");
    read_document(&vault, "force of habit, majeure of all");
    read_document(&vault, "force, majeure");
    let open = Filter::default();
    let ids = |hits: Vec<PassageHit>| hits.into_iter().map(|hit| hit.passage.id).collect::<Vec<_>>();
    assert_eq!(ids(search(&vault, None, &["force majeure"], &open)), [exact]);
    assert_eq!(ids(search(&vault, Some("habit contract"), &["force majeure"], &open)), [exact]);
    assert_eq!(ids(search(&vault, Some("habit"), &["force majeure"], &open)), [exact]);
    assert!(search(&vault, None, &["force majeure", "habit"], &open).is_empty());
    assert_eq!(search(&vault, None, &["force majeure"], &open)[0].marks, [(11, 24)]);
    let (_, japanese) = read_document(&vault, "東京都の賃貸契約");
    read_document(&vault, "京都の東京");
    assert_eq!(ids(search(&vault, None, &["東京都の"], &open)), [japanese]);
    // A phrase in the heading counts, and one with nothing to look for finds nothing.
    let document = vault.add_document(&new_document("h"), &[]).unwrap().document();
    let passage = NewPassage { span: 0..4, heading: "Notice period", tokens: 1 };
    let put = vault.put_page(document, &page(0, "text"), &[passage]).unwrap();
    assert_eq!(ids(search(&vault, None, &["notice period"], &open)), put);
    assert!(search(&vault, None, &["..."], &open).is_empty() && search(&vault, None, &[], &open).is_empty());
}

#[test]
fn phrases_are_found_in_quotes_of_any_kind() {
    let cases: [(&str, &[&str], &str); 8] = [
        ("what is \"force majeure\" here", &["force majeure"], "what is   here"),
        ("« force majeure » ?", &["force majeure"], "?"),
        ("„eins“ und ”zwei“", &["eins"], "und ”zwei"),
        ("「東京都」と『京都』", &["東京都", "京都"], "と"),
        ("an \"open quote", &[], "an  open quote"),
        ("\"\" \"...\" x", &[], "x"),
        ("“one” “two”", &["one", "two"], ""),
        ("", &[], ""),
    ];
    for (typed, phrases, rest) in cases {
        let (found, left) = phrases_in(typed);
        assert_eq!(found, phrases, "{typed}");
        assert_eq!(left.split_whitespace().collect::<Vec<_>>(), rest.split_whitespace().collect::<Vec<_>>(), "{typed}");
    }
}

#[test]
fn filters_are_applied_before_anything_is_ranked() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 16);
    vault.use_vector_model(&chosen).unwrap();
    let work = vault.create_collection("work").unwrap();
    let empty = vault.create_collection("empty").unwrap();
    // Three hundred better matches, by words and by meaning, stand outside the filter.
    let crowd = vault.add_document(&new_document("crowd"), &[]).unwrap().document();
    let near = [1.0; 16];
    for number in 0..300 {
        let passage = put(&vault, crowd, number, "zanzibar zanzibar");
        vault.put_vectors(&chosen, &[(passage, near.to_vec())]).unwrap();
    }
    let new = NewDocument { kind: "mail", modified_at: Some(500), ..new_document("one") };
    let one = vault.add_document(&new, &[work]).unwrap().document();
    let mut far = near.map(|number| number / 2.0);
    far[0] = -9.0;
    let passage = put(&vault, one, 0, "a long text in which zanzibar stands once");
    vault.put_vectors(&chosen, &[(passage, far.to_vec())]).unwrap();
    let added = vault.document(one).unwrap().added_at;
    let filters = [
        Filter { collections: vec![work, empty], ..Filter::default() },
        Filter { documents: vec![one], ..Filter::default() },
        Filter { kinds: vec!["mail".to_owned(), "docx".to_owned()], ..Filter::default() },
        Filter { modified: Some(500..501), ..Filter::default() },
        Filter { added: Some(added..added + 1), documents: vec![one], ..Filter::default() },
    ];
    for filter in &filters {
        assert_eq!(texts(&search(&vault, Some("zanzibar"), &[], filter)).len(), 1, "{filter:?}");
        assert_eq!(nearest(&vault, &chosen, &near, filter, 9), [passage], "{filter:?}");
        assert_eq!(vault.documents(filter).unwrap().iter().map(|document| document.id).collect::<Vec<_>>(), [one]);
    }
    let none = [
        Filter { collections: vec![empty], ..Filter::default() },
        Filter { documents: vec![DocumentId(99)], ..Filter::default() },
        Filter { kinds: vec!["[]\"'".to_owned()], ..Filter::default() },
        Filter { modified: Some(0..500), ..Filter::default() },
        Filter { added: Some(0..1), ..Filter::default() },
        Filter { added: Some(std::ops::Range { start: 9, end: 1 }), ..Filter::default() },
    ];
    for filter in &none {
        assert!(search(&vault, Some("zanzibar"), &["zanzibar"], filter).is_empty(), "{filter:?}");
        assert!(nearest(&vault, &chosen, &near, filter, 9).is_empty(), "{filter:?}");
    }
}

#[test]
fn words_and_meaning_are_fused() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 4);
    vault.use_vector_model(&chosen).unwrap();
    let (_, by_words) = read_document(&vault, "the notice period is long");
    let (_, by_both) = read_document(&vault, "a period of three months, and much more text so that it is longer");
    let (_, by_meaning) = read_document(&vault, "le préavis");
    let vectors = [
        (by_both, vec![0.9, 0.1, 0.0, 0.0]),
        (by_meaning, vec![1.0, 0.0, 0.0, 0.0]),
        (by_words, vec![0.0, 0.0, 1.0, 0.0]),
    ];
    assert_eq!(vault.put_vectors(&chosen, &vectors).unwrap(), 3);
    let query = PassageQuery {
        words: Some("notice period"),
        vector: Some((&chosen, &[2.0, 0.0, 0.0, 0.0])),
        phrases: &[],
        filter: &Filter::default(),
        limit: 9,
    };
    let hits = vault.search_passages(&query).unwrap();
    let places: Vec<_> = hits.iter().map(|hit| (hit.passage.id, hit.word_rank, hit.vector_rank)).collect();
    let expected = [(by_words, Some(1), Some(3)), (by_both, Some(2), Some(2)), (by_meaning, None, Some(1))];
    assert_eq!(places, expected);
    assert!((hits[0].score - 1.0 / 61.0 - 1.0 / 63.0).abs() < 1e-9);
    assert!((hits[2].similarity.unwrap() - 1.0).abs() < 0.01);
    // A phrase holds for what is near, too.
    let phrases = ["period of".to_owned()];
    let hits = vault.search_passages(&PassageQuery { words: None, phrases: &phrases, ..query }).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.passage.id).collect::<Vec<_>>(), [by_both]);
    assert_eq!(vault.search_passages(&PassageQuery { limit: 1, ..query }).unwrap().len(), 1);
    assert!(vault.search_passages(&PassageQuery { limit: 0, ..query }).unwrap().is_empty());
}

#[test]
fn a_vector_that_does_not_fit_is_refused_and_none_of_its_batch_is_kept() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 4);
    assert_eq!(vault.put_vectors(&chosen, &[]).unwrap_err().code(), "no_such_model");
    for dimensions in [0, 4097] {
        assert_eq!(vault.use_vector_model(&model("m", dimensions)).unwrap_err().code(), "bad_vector");
    }
    vault.use_vector_model(&chosen).unwrap();
    assert_eq!(vault.use_vector_model(&model("m", 5)).unwrap_err().code(), "bad_vector");
    let (_, passage) = read_document(&vault, "zanzibar");
    let good = (passage, vec![1.0; 4]);
    for bad in [vec![1.0; 3], vec![1.0; 5], vec![0.0; 4], vec![f32::NAN; 4], Vec::new()] {
        let told = vault.put_vectors(&chosen, &[good.clone(), (passage, bad.clone())]).unwrap_err();
        assert_eq!(told.code(), "bad_vector", "{bad:?}");
        let query = PassageQuery {
            words: None,
            vector: Some((&chosen, &bad)),
            phrases: &[],
            filter: &Filter::default(),
            limit: 1,
        };
        assert_eq!(vault.search_passages(&query).unwrap_err().code(), "bad_vector");
    }
    assert_eq!(vault.vector_models().unwrap()[0].vectors, 0);
    // A passage that is gone by now is no fault.
    assert_eq!(vault.put_vectors(&chosen, &[(PassageId(99), vec![1.0; 4]), good]).unwrap(), 1);
    let state = &vault.vector_models().unwrap()[0];
    assert_eq!((state.vectors, state.waiting, state.serves, state.chosen), (1, 0, true, true));
}

#[test]
fn another_model_serves_once_it_has_every_vector() {
    let place = Place::new();
    let vault = place.create();
    let (old, new) = (model("old", 4), model("new", 8));
    let passages: Vec<PassageId> = (0..5).map(|number| read_document(&vault, &format!("text {number}")).1).collect();
    vault.use_vector_model(&old).unwrap();
    let waiting = |model: &VectorModel| {
        vault.passages_without_vectors(model, 99).unwrap().into_iter().map(|passage| passage.id).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&old), passages.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(vault.passages_without_vectors(&old, 2).unwrap()[0].text, "text 4");
    let fill = |model: &VectorModel, passages: &[PassageId]| {
        let vectors: Vec<_> = passages.iter().map(|passage| (*passage, vec![1.0; model.dimensions as usize])).collect();
        vault.put_vectors(model, &vectors).unwrap()
    };
    fill(&old, &passages);
    let states = |vault: &Vault| {
        let states = vault.vector_models().unwrap();
        states
            .into_iter()
            .map(|state| (state.model.name, state.serves, state.vectors, state.waiting))
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&vault), [("old".to_owned(), true, 5, 0)]);
    vault.use_vector_model(&new).unwrap();
    fill(&new, &passages[..3]);
    assert_eq!(states(&vault), [("old".to_owned(), true, 5, 0), ("new".to_owned(), false, 3, 2)]);
    assert_eq!(nearest(&vault, &old, &[1.0; 4], &Filter::default(), 9).len(), 5, "the old one serves");
    assert_eq!(vault.document(DocumentId(5)).unwrap().passages_waiting, 1);
    // What is added meanwhile waits for the new one.
    let (document, sixth) = read_document(&vault, "text 6");
    assert_eq!(waiting(&new)[0], sixth);
    vault.remove_document(document).unwrap();
    fill(&new, &passages[3..]);
    assert_eq!(states(&vault), [("new".to_owned(), true, 5, 0)]);
    let query = PassageQuery {
        words: None,
        vector: Some((&old, &[1.0; 4])),
        phrases: &[],
        filter: &Filter::default(),
        limit: 1,
    };
    assert_eq!(vault.search_passages(&query).unwrap_err().code(), "no_such_model");
    while vault.tidy_library().unwrap() {}
    let rows = "SELECT (SELECT count(*) FROM vector_codes) * 100 + (SELECT count(*) FROM vector_rows) * 10 + (SELECT count(*) FROM vector_models)";
    assert_eq!(vault.store.query_row(rows, [], |row| row.get::<_, i64>(0)).unwrap(), 551);
    assert_eq!(nearest(&vault, &new, &[1.0; 8], &Filter::default(), 9).len(), 5);
    // Many changes of mind need no more than there are slots.
    for number in 0..9 {
        vault.use_vector_model(&model(&format!("m{number}"), 8)).unwrap();
    }
    vault.use_vector_model(&new).unwrap();
    assert_eq!(states(&vault), [("new".to_owned(), true, 5, 0)]);
    while vault.tidy_library().unwrap() {}
    assert!(vault.check_integrity().is_empty());
}

/// Vectors that are like those of e5: far from the origin, in clusters, and of fewer directions than dimensions.
struct Space {
    common: Vec<f32>,
    directions: Vec<Vec<f32>>,
    centres: Vec<Vec<f32>>,
}

impl Space {
    const DIRECTIONS: usize = 32;

    fn new(numbers: &mut Numbers, dimensions: usize) -> Self {
        let common = numbers.around(&vec![0.0; dimensions], 2.0);
        let directions = (0..Self::DIRECTIONS).map(|_| numbers.around(&vec![0.0; dimensions], 0.2)).collect();
        let centres = (0..40).map(|_| numbers.around(&[0.0; Self::DIRECTIONS], 1.0)).collect();
        Self { common, directions, centres }
    }

    fn vector(&self, numbers: &mut Numbers) -> Vec<f32> {
        let centre = numbers.next() as usize % self.centres.len();
        let place = numbers.around(&self.centres[centre], 0.7);
        let mut vector = numbers.around(&self.common, 0.1);
        for (direction, far) in self.directions.iter().zip(place) {
            vector.iter_mut().zip(direction).for_each(|(number, along)| *number += far * along);
        }
        vector
    }
}

/// Vectors of such a space in a vault, one passage each; `batch` at a time.
fn clustered(
    vault: &Vault,
    chosen: &VectorModel,
    number: usize,
    batch: usize,
) -> (Vec<(PassageId, Vec<f32>)>, Numbers) {
    let mut numbers = Numbers(7);
    let space = Space::new(&mut numbers, chosen.dimensions as usize);
    let mut all = Vec::new();
    let document = vault.add_document(&new_document("d"), &[]).unwrap().document();
    let text = "x ".repeat(batch);
    for first in (0..number).step_by(batch) {
        let passages: Vec<NewPassage<'_>> =
            (0..batch).map(|at| NewPassage { span: at * 2..at * 2 + 1, heading: "", tokens: 1 }).collect();
        let put = vault.put_page(document, &page(first as u32, &text), &passages).unwrap();
        let vectors: Vec<_> = put.into_iter().map(|id| (id, space.vector(&mut numbers))).collect();
        vault.put_vectors(chosen, &vectors).unwrap();
        all.extend(vectors);
    }
    vault.finish_document(document).unwrap();
    (all, numbers)
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// How many of the ten nearest by exact comparison a search finds, over fifty queries.
fn recall(vault: &Vault, chosen: &VectorModel, all: &[(PassageId, Vec<f32>)], numbers: &mut Numbers) -> f64 {
    let mut found = 0;
    for _ in 0..50 {
        let like = numbers.next() as usize % all.len();
        let query = numbers.around(&all[like].1, 0.3);
        let mut exact: Vec<_> = all.iter().map(|(id, vector)| (cosine(&query, vector), *id)).collect();
        exact.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best: HashSet<_> = exact[..10].iter().map(|(_, id)| *id).collect();
        found += nearest(vault, chosen, &query, &Filter::default(), 10).iter().filter(|id| best.contains(id)).count();
    }
    found as f64 / 500.0
}

#[test]
fn the_ten_nearest_of_thousands_are_found() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 384);
    vault.use_vector_model(&chosen).unwrap();
    let (all, mut numbers) = clustered(&vault, &chosen, 6_000, 200);
    let seen = recall(&vault, &chosen, &all, &mut numbers);
    println!("recall@10 {seen}");
    assert!(seen >= 0.97, "recall@10 {seen}");
    // The codes that followed the puts are those on the disk.
    vault.close().unwrap();
    let vault = place.open().unwrap();
    assert_eq!(vault.vector_models().unwrap()[0].vectors, 6_000);
    let again = recall(&vault, &chosen, &all, &mut numbers);
    assert!(again >= 0.97, "recall@10 {again}");
}

#[test]
fn codes_follow_the_mean_in_steps_and_a_search_in_between_misses_nothing() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 64);
    vault.use_vector_model(&chosen).unwrap();
    let (all, mut numbers) = clustered(&vault, &chosen, 2_700, 100);
    // Loaded, so that it has to be kept in step.
    assert!(recall(&vault, &chosen, &all, &mut numbers) > 0.9);
    let document = vault.add_document(&new_document("more"), &[]).unwrap().document();
    let text = "x ".repeat(300);
    let passages: Vec<_> = (0..300).map(|at| NewPassage { span: at * 2..at * 2 + 1, heading: "", tokens: 1 }).collect();
    let put = vault.put_page(document, &page(0, &text), &passages).unwrap();
    let far: Vec<_> = put.iter().map(|id| (*id, numbers.around(&[-3.0; 64], 0.1))).collect();
    vault.put_vectors(&chosen, &far).unwrap();
    let version = "SELECT mean_version * 1000000 + mean_of FROM vector_models";
    let state = |sql: &str| vault.store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(state(version), 2_003_000, "the mean is taken again at ten times the number");
    let old = "SELECT count(*) FROM vector_codes WHERE mean_version <> 2";
    assert_eq!(state(old), 3_000);
    assert_eq!(nearest(&vault, &chosen, &far[7].1, &Filter::default(), 1), [far[7].0]);
    assert_eq!(nearest(&vault, &chosen, &all[7].1, &Filter::default(), 1), [all[7].0]);
    assert!(vault.tidy_library().unwrap());
    assert_eq!(state(old), 2_000);
    assert_eq!(nearest(&vault, &chosen, &far[7].1, &Filter::default(), 1), [far[7].0]);
    assert_eq!(nearest(&vault, &chosen, &all[7].1, &Filter::default(), 1), [all[7].0]);
    while vault.tidy_library().unwrap() {}
    assert_eq!(state(old), 0);
    assert!(recall(&vault, &chosen, &all, &mut numbers) > 0.9);
}

#[test]
fn what_is_removed_is_not_near_any_more() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 8);
    vault.use_vector_model(&chosen).unwrap();
    let documents: Vec<_> = (0..4).map(|number| read_document(&vault, &format!("text {number}"))).collect();
    for (at, (_, passage)) in documents.iter().enumerate() {
        let mut vector = vec![0.1; 8];
        vector[at] = 1.0;
        vault.put_vectors(&chosen, &[(*passage, vector)]).unwrap();
    }
    let near = |vault: &Vault| nearest(vault, &chosen, &[1.0; 8], &Filter::default(), 9).len();
    assert_eq!(near(&vault), 4);
    vault.put_away_document(documents[0].0).unwrap();
    assert_eq!(near(&vault), 3);
    vault.remove_document(documents[1].0).unwrap();
    vault.read_document_again(documents[2].0).unwrap();
    assert_eq!(near(&vault), 1);
    put(&vault, documents[2].0, 0, "again");
    assert_eq!(vault.passages_without_vectors(&chosen, 9).unwrap().len(), 1);
    assert_eq!(near(&vault), 1);
}

#[test]
fn no_query_makes_a_search_fail() {
    let place = Place::new();
    let vault = place.create();
    for text in ["the quick \"brown\" fox", "東京都の家", "ฉันรักภาษาไทย", "a\u{0}b", "0"]
    {
        read_document(&vault, text);
    }
    let pieces = [
        "\"",
        "*",
        "(",
        ")",
        "NEAR(",
        "OR",
        "AND",
        "NOT",
        "^",
        ":",
        "-",
        "+",
        "{",
        "}",
        "body",
        "heading:",
        "\u{0}",
        "'",
        "''",
        " ",
        "\n",
        "quick",
        "ﬁ",
        "東",
        "東京都",
        "ไ",
        "ทย",
        "\u{301}",
        "\u{200d}",
        "\u{202e}",
        "ـ",
        "ًٌٍ",
        "🙂",
        "\u{10ffff}",
        "ÀÉ",
        "ß",
        "İ",
        "9",
        "é\u{301}",
        "«",
        "»",
        "“",
        "」",
        "\\",
        "%",
        ";--",
        "x".repeat(3_000).leak(),
        "東".repeat(3_000).leak(),
    ];
    let mut numbers = Numbers(11);
    let open = Filter::default();
    for _ in 0..1_500 {
        let length = numbers.next() as usize % 9;
        let text: String = (0..length).map(|_| pieces[numbers.next() as usize % pieces.len()]).collect();
        let (mut phrases, rest) = phrases_in(&text);
        if numbers.next() % 2 == 0 {
            phrases.push(text.clone());
        }
        for words in [Some(text.as_str()), Some(rest.as_str()), None] {
            let query = PassageQuery { words, vector: None, phrases: &phrases, filter: &open, limit: 9 };
            let hits = vault.search_passages(&query).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            for hit in hits {
                let text = hit.passage.text;
                assert!(hit.marks.iter().all(|&(start, end)| start < end && text.get(start..end).is_some()));
            }
        }
    }
}
