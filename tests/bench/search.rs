//! How long a search takes among 10,000 messages: `cargo run --release -p tests --example bench_search`. It is what the window's command
//! `search` asks the store; what the page makes of the hits comes on top.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::time::{Duration, Instant};

use tests::Chance;
use vault::{Key, Provenance, Role, State, Vault};

const CHATS: usize = 100;
/// Of each chat; each is a question and an answer.
const TURNS: usize = 50;
/// As many as the window asks for.
const HITS: usize = 100;
const SYLLABLES: [&str; 16] =
    ["ba", "cor", "den", "fil", "gra", "hu", "jo", "kel", "lim", "mor", "nas", "pu", "ris", "ste", "tol", "va"];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let dir = Vault::folder(folder.path(), "default");
    std::fs::create_dir_all(dir.parent().unwrap()).unwrap();
    let vault = Vault::create(&dir, &Key::Passphrase("correct horse battery staple".into())).unwrap();
    let begun = Instant::now();
    let mut chance = Chance::new();
    fill(&vault, &mut chance);
    vault.checkpoint().unwrap();
    println!("{} messages in {CHATS} chats, written in {:.0?}", 2 * CHATS * TURNS, begun.elapsed());
    println!("{:>24} {:>6} {:>10}", "looked for", "hits", "ms");
    let mut all = Vec::new();
    for query in queries(&mut chance) {
        let begun = Instant::now();
        let hits = vault.search(&query, HITS).unwrap().len();
        let took = begun.elapsed();
        println!("{query:>24} {hits:>6} {:>10.1}", ms(took));
        all.push(took);
    }
    all.sort_unstable();
    let (median, worst) = (all[all.len() / 2], all[all.len() - 1]);
    println!(
        "{:>24} {:>6} {:>10.1}  median\n{:>24} {:>6} {:>10.1}  worst (at most 50)",
        "",
        "",
        ms(median),
        "",
        "",
        ms(worst)
    );
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// Few words are in most messages and most words in few, as in any language.
fn word(chance: &mut Chance) -> String {
    let rank = 1 << chance.below(12);
    let number = chance.below(rank);
    [number % 16, number / 16 % 16, number / 256 % 16].map(|at| SYLLABLES[at]).concat()
}

fn text(chance: &mut Chance, words: usize) -> String {
    (0..words).map(|_| word(chance)).collect::<Vec<_>>().join(" ")
}

fn fill(vault: &Vault, chance: &mut Chance) {
    let made_by = Provenance::default();
    for _ in 0..CHATS {
        let (chat, mut question) = vault.start_chat(&text(chance, 4), &text(chance, 20)).unwrap();
        let mut last = None;
        for turn in 0..TURNS {
            if turn > 0 {
                question = vault.add_message(chat, last, Role::User, &text(chance, 20)).unwrap();
            }
            let answer = vault.begin_answer(chat, question, &made_by).unwrap();
            vault.grow_answer(answer, &text(chance, 80), &[]).unwrap();
            vault.finish_answer(answer, State::Complete, &made_by).unwrap();
            last = Some(answer);
        }
    }
}

/// Common words, rare ones, several, one that is only begun, and one that is nowhere.
fn queries(chance: &mut Chance) -> Vec<String> {
    let mut queries = vec!["bababa".to_owned(), "corbaba".into(), "b".into(), "co".into(), "nowhere".into()];
    queries.extend((0..9).map(|_| word(chance)));
    queries.extend((0..6).map(|_| text(chance, 2)));
    queries
}
