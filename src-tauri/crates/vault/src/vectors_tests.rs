//! What holds for vectors: which are kept, which are near, and what happens when the model or the mean changes.

use std::collections::HashSet;

use crate::codes::{unit, without};
use crate::documents_tests::{new_document, page, put, read_document};
use crate::tests::Place;
use crate::{DocumentId, Filter, NewPassage, PassageId, PassageQuery, Vault, VectorModel};

pub(crate) fn model(name: &str, dimensions: u32) -> VectorModel {
    VectorModel { name: name.to_owned(), dimensions }
}

pub(crate) fn nearest(
    vault: &Vault,
    model: &VectorModel,
    vector: &[f32],
    filter: &Filter,
    limit: usize,
) -> Vec<PassageId> {
    let query = PassageQuery { words: None, vector: Some((model, vector)), phrases: &[], filter, limit };
    vault.search_passages(&query).unwrap().into_iter().map(|hit| hit.passage.id).collect()
}

/// Numbers that look random, the same in every run (Steele, Lea, Flood, 'Fast splittable pseudorandom number generators', 2014).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Nearly normal: a sum of four evenly spread numbers.
    fn normal(&mut self) -> f32 {
        (0..4).map(|_| f32::from(u16::try_from(self.next() >> 48).unwrap()) / 65_536.0 - 0.5).sum::<f32>() * 1.7
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap() % end
    }

    fn around(&mut self, centre: &[f32], spread: f32) -> Vec<f32> {
        centre.iter().map(|number| number + spread * self.normal()).collect()
    }
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
        let centre = numbers.below(self.centres.len());
        let place = numbers.around(&self.centres[centre], 0.7);
        let mut vector = numbers.around(&self.common, 0.1);
        for (direction, far) in self.directions.iter().zip(place) {
            vector.iter_mut().zip(direction).for_each(|(number, along)| *number += far * along);
        }
        vector
    }
}

/// Vectors of such a space in a vault, one passage each; `batch` at a time.
fn clustered(vault: &Vault, chosen: &VectorModel, pages: u32, batch: usize) -> (Vec<(PassageId, Vec<f32>)>, Numbers) {
    let mut numbers = Numbers(7);
    let space = Space::new(&mut numbers, chosen.dimensions as usize);
    let mut all = Vec::new();
    let document = vault.add_document(&new_document("d"), &[]).unwrap().document();
    let text = "x ".repeat(batch);
    for number in 0..pages {
        let passages: Vec<NewPassage<'_>> =
            (0..batch).map(|at| NewPassage { span: at * 2..at * 2 + 1, heading: "", tokens: 1 }).collect();
        let put = vault.put_page(document, &page(number, &text), &passages).unwrap();
        let vectors: Vec<_> = put.into_iter().map(|id| (id, space.vector(&mut numbers))).collect();
        vault.put_vectors(chosen, &vectors).unwrap();
        all.extend(vectors);
    }
    vault.finish_document(document).unwrap();
    (all, numbers)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// How many of the ten nearest by exact comparison, without the passages' main direction, a search finds, over fifty queries.
fn recall(vault: &Vault, chosen: &VectorModel, all: &[(PassageId, Vec<f32>)], numbers: &mut Numbers) -> f64 {
    let direction = vault.main_direction(chosen).unwrap();
    assert_eq!(direction.len(), chosen.dimensions as usize);
    let mut found = 0;
    for _ in 0..50 {
        let like = numbers.below(all.len());
        let query = numbers.around(&all[like].1, 0.3);
        let asked = without(&query, &direction);
        let score = |vector: &[f32]| dot(&asked, &unit(vector).unwrap());
        let mut exact: Vec<_> = all.iter().map(|(id, vector)| (score(vector), *id)).collect();
        exact.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best: HashSet<_> = exact[..10].iter().map(|(_, id)| *id).collect();
        found += nearest(vault, chosen, &query, &Filter::default(), 10).iter().filter(|id| best.contains(id)).count();
    }
    f64::from(u32::try_from(found).unwrap()) / 500.0
}

#[test]
fn the_ten_nearest_of_thousands_are_found() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 384);
    vault.use_vector_model(&chosen).unwrap();
    let (all, mut numbers) = clustered(&vault, &chosen, 30, 200);
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
fn a_passage_in_another_language_is_nearer_than_one_on_another_matter() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 64);
    vault.use_vector_model(&chosen).unwrap();
    let mut numbers = Numbers(3);
    let matters: Vec<Vec<f32>> = (0..200).map(|_| numbers.around(&[0.0; 64], 1.0)).collect();
    // As under a multilingual model: the language is a large part of each vector, the same one for all of a language.
    let language = numbers.around(&[0.0; 64], 1.5);
    let says = |matter: &[f32], side: f32| matter.iter().zip(&language).map(|(a, b)| a + side * b).collect::<Vec<_>>();
    let document = vault.add_document(&new_document("d"), &[]).unwrap().document();
    let text = "x ".repeat(400);
    let spans: Vec<_> = (0..400).map(|at| NewPassage { span: at * 2..at * 2 + 1, heading: "", tokens: 1 }).collect();
    let put = vault.put_page(document, &page(0, &text), &spans).unwrap();
    let (first, second) = put.split_at(200);
    let of = |passages: &[PassageId], side| {
        passages.iter().zip(&matters).map(|(id, matter)| (*id, says(matter, side))).collect::<Vec<_>>()
    };
    vault.put_vectors(&chosen, &of(first, 1.0)).unwrap();
    vault.put_vectors(&chosen, &of(second, -1.0)).unwrap();
    for at in [0, 77, 199] {
        let near = nearest(&vault, &chosen, &says(&matters[at], 1.0), &Filter::default(), 2);
        assert_eq!(near, [first[at], second[at]]);
    }
}

#[test]
fn codes_follow_the_mean_in_steps_and_a_search_in_between_misses_nothing() {
    let place = Place::new();
    let vault = place.create();
    let chosen = model("m", 64);
    vault.use_vector_model(&chosen).unwrap();
    let (all, mut numbers) = clustered(&vault, &chosen, 27, 100);
    // Loaded, so that it has to be kept in step.
    assert!(recall(&vault, &chosen, &all, &mut numbers) > 0.9);
    let document = vault.add_document(&new_document("more"), &[]).unwrap().document();
    let text = "x ".repeat(300);
    let passages: Vec<_> = (0..300).map(|at| NewPassage { span: at * 2..at * 2 + 1, heading: "", tokens: 1 }).collect();
    let put = vault.put_page(document, &page(0, &text), &passages).unwrap();
    let far: Vec<_> = put.iter().map(|id| (*id, numbers.around(&[-3.0; 64], 0.1))).collect();
    vault.put_vectors(&chosen, &far).unwrap();
    // They differ from each other by next to nothing, and from all others.
    let is_far = |found: &[PassageId]| found.len() == 10 && found.iter().all(|id| put.contains(id));
    let version = "SELECT mean_version * 1000000 + mean_of FROM vector_models";
    let state = |sql: &str| vault.store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(state(version), 2_003_000, "the mean is taken again at ten times the number");
    let old = "SELECT count(*) FROM vector_codes WHERE mean_version <> 2";
    assert_eq!(state(old), 3_000);
    assert!(is_far(&nearest(&vault, &chosen, &far[7].1, &Filter::default(), 10)));
    assert!(nearest(&vault, &chosen, &all[7].1, &Filter::default(), 10).contains(&all[7].0));
    assert!(vault.tidy_library().unwrap());
    assert_eq!(state(old), 2_000);
    assert!(is_far(&nearest(&vault, &chosen, &far[7].1, &Filter::default(), 10)));
    assert!(nearest(&vault, &chosen, &all[7].1, &Filter::default(), 10).contains(&all[7].0));
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
