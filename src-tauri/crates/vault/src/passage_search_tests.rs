//! What a search over passages finds.

use crate::documents_tests::{found, new_document, page, put, read_document};
use crate::tests::Place;
use crate::vectors_tests::{Numbers, model, nearest};
use crate::{DocumentId, Filter, NewDocument, NewPassage, PassageHit, PassageId, PassageQuery, Vault, phrases_in};

fn search(vault: &Vault, words: Option<&str>, phrases: &[&str], filter: &Filter) -> Vec<PassageHit> {
    let phrases: Vec<String> = phrases.iter().map(|phrase| (*phrase).to_owned()).collect();
    vault.search_passages(&PassageQuery { words, vector: None, phrases: &phrases, filter, limit: 50 }).unwrap()
}

fn texts(hits: &[PassageHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.passage.text.as_str()).collect()
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
fn frequent_words_are_left_out_unless_there_are_no_others() {
    let place = Place::new();
    let vault = place.create();
    let document = vault.add_document(&new_document("d"), &[]).unwrap().document();
    let text = "the lease ".repeat(2_100);
    let passages: Vec<_> =
        (0..2_100).map(|at| NewPassage { span: at * 10..at * 10 + 10, heading: "", tokens: 2 }).collect();
    let put = vault.put_page(document, &page(0, &text), &passages).unwrap();
    let (small, rare) = read_document(&vault, "the lease of a zeppelin");
    let hits = search(&vault, Some("the zeppelin lease"), &[], &Filter::default());
    assert_eq!(hits.iter().map(|hit| hit.passage.id).collect::<Vec<_>>(), [rare]);
    assert_eq!(hits[0].marks, [(15, 23)], "what was left out is not marked");
    // All of them are frequent: a passage has them all, the newest first.
    let hits = search(&vault, Some("the lease"), &[], &Filter::default());
    assert_eq!((hits.len(), hits[0].passage.id, hits[1].passage.id), (50, rare, *put.last().unwrap()));
    // In a small document no word is frequent.
    let filter = Filter { documents: vec![small], ..Filter::default() };
    let hits = search(&vault, Some("the missing lease"), &[], &filter);
    assert_eq!((hits.len(), hits[0].passage.id), (1, rare));
    assert_eq!(search(&vault, Some("zeppelin"), &["the lease"], &Filter::default())[0].passage.id, rare);
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
    for number in 0..8 {
        read_document(&vault, &format!("another matter, number {number}"));
    }
    let (_, waiting) = read_document(&vault, "of a period and of its end, which has no vector yet");
    let query = PassageQuery {
        words: Some("notice period"),
        vector: Some((&chosen, &[2.0, 0.0, 0.0, 0.0])),
        phrases: &[],
        filter: &Filter::default(),
        limit: 9,
    };
    let hits = vault.search_passages(&query).unwrap();
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    // In the middle of both lists, and the best of both together.
    assert_eq!(hits[0].passage.id, by_both);
    let of = |passage| hits.iter().find(|hit| hit.passage.id == passage).unwrap();
    let places = [by_both, by_words, by_meaning, waiting].map(|id| (of(id).word_rank, of(id).vector_rank));
    assert_eq!(places[1..], [(Some(1), Some(3)), (None, Some(1)), (places[3].0, None)]);
    assert!(places[0].1 == Some(2) && places[0].0 > Some(1) && places[3].0 > Some(1));
    assert!((of(by_meaning).similarity.unwrap() - 1.0).abs() < 0.01 && of(waiting).similarity.is_none());
    // A phrase holds for what is near, too.
    let phrases = ["period of".to_owned()];
    let hits = vault.search_passages(&PassageQuery { words: None, phrases: &phrases, ..query }).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.passage.id).collect::<Vec<_>>(), [by_both]);
    assert_eq!(vault.search_passages(&PassageQuery { limit: 1, ..query }).unwrap().len(), 1);
    assert!(vault.search_passages(&PassageQuery { limit: 0, ..query }).unwrap().is_empty());
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
        let length = numbers.below(9);
        let text: String = (0..length).map(|_| pieces[numbers.below(pieces.len())]).collect();
        let (mut phrases, rest) = phrases_in(&text);
        if numbers.below(2) == 0 {
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
