use super::*;
use crate::tests::{Place, provenance};

fn contents(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.content.as_str()).collect()
}

#[test]
fn a_thread_goes_from_the_root_to_the_leaf_and_leaves_other_branches_out() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let first = vault.add_message(chat, Some(question), Role::Assistant, "first").unwrap();
    let second = vault.add_message(chat, Some(question), Role::Assistant, "second").unwrap();
    let more = vault.add_message(chat, Some(second), Role::User, "more").unwrap();
    assert_eq!(contents(&vault.thread(chat).unwrap()), ["question", "second", "more"]);
    vault.set_leaf(chat, first).unwrap();
    assert_eq!(contents(&vault.thread(chat).unwrap()), ["question", "first"]);
    assert_eq!(contents(&vault.messages(chat).unwrap()), ["question", "first", "second", "more"]);
    assert_eq!(vault.branches(second).unwrap(), [first, second]);
    assert_eq!(vault.branches(more).unwrap(), [more]);
    let edited = vault.add_message(chat, None, Role::User, "edited").unwrap();
    assert_eq!(vault.branches(question).unwrap(), [question, edited]);
    assert_eq!(vault.chat(chat).unwrap().messages, 5);
}

#[test]
fn an_answer_grows_is_finished_and_keeps_its_tokens() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    let ids = [0, 1, -1, 255, 256, i32::MAX, i32::MIN];
    vault.grow_answer(answer, "so far ", &ids).unwrap();
    vault.grow_answer(answer, "\u{0}so good", &ids).unwrap();
    vault.grow_answer(answer, "", &[]).unwrap();
    assert!(vault.search("good", 5).unwrap().is_empty());
    assert_eq!(vault.finish_answer(answer, State::Growing, &provenance()).unwrap_err().code(), "not_growing");
    let last = Provenance { completion_tokens: 14, ..provenance() };
    vault.finish_answer(answer, State::Stopped, &last).unwrap();
    let thread = vault.thread(chat).unwrap();
    assert_eq!(thread[1].content, "so far \u{0}so good");
    assert_eq!(thread[1].token_ids, [ids, ids].concat());
    assert_eq!((thread[1].state, thread[1].provenance.as_ref()), (State::Stopped, Some(&last)));
    assert_eq!((thread[0].provenance.as_ref(), thread[0].token_ids.len()), (None, 0));
    assert_eq!(vault.search("good", 5).unwrap().len(), 1);
    assert_eq!(place.size("store.db-wal"), 0);
    assert_eq!(vault.grow_answer(answer, "x", &[]).unwrap_err().code(), "not_growing");
    assert_eq!(vault.grow_answer(question, "x", &[]).unwrap_err().code(), "not_growing");
}

#[test]
fn an_unfinished_answer_is_marked_interrupted_on_open() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    vault.grow_answer(answer, "half an answer", &[1, 2]).unwrap();
    drop(vault);
    let vault = place.open().unwrap();
    let thread = vault.thread(chat).unwrap();
    assert_eq!((thread[1].state, thread[1].content.as_str()), (State::Interrupted, "half an answer"));
    assert_eq!(vault.search("half", 5).unwrap()[0].message, answer);
    vault.close().unwrap();
    assert_eq!(place.open().unwrap().search("half", 5).unwrap().len(), 1);
}

#[test]
fn a_message_cannot_be_put_below_another_chats() {
    let place = Place::new();
    let vault = place.create();
    let (one, message) = vault.start_chat("one", "x").unwrap();
    let (two, _) = vault.start_chat("two", "y").unwrap();
    let before = vault.chats().unwrap();
    assert_eq!(vault.add_message(two, Some(message), Role::User, "z").unwrap_err().code(), "no_such_message");
    assert_eq!(vault.begin_answer(two, message, &provenance()).unwrap_err().code(), "no_such_message");
    assert_eq!(vault.set_leaf(two, message).unwrap_err().code(), "no_such_message");
    assert_eq!(vault.add_message(ChatId(99), None, Role::User, "z").unwrap_err().code(), "no_such_chat");
    assert_eq!(vault.thread(ChatId(99)).unwrap_err().code(), "no_such_chat");
    assert_eq!(vault.chats().unwrap(), before);
    assert!(vault.set_leaf(one, message).is_ok());
}

#[test]
fn a_message_does_not_print_what_it_says() {
    let place = Place::new();
    let vault = place.create();
    let (chat, _) = vault.start_chat("t", "canary").unwrap();
    let printed = format!("{:?}", vault.messages(chat).unwrap());
    assert!(!printed.contains("canary") && printed.contains("<6 bytes>"), "{printed}");
    assert!(!format!("{:?}", provenance()).contains("canary"));
}

#[test]
fn what_is_acknowledged_is_there_without_a_close() {
    let place = Place::new();
    let vault = place.create();
    let (chat, _) = vault.start_chat("t", "kept").unwrap();
    // What a killed process leaves: the files as they are at this moment.
    let copy = place.copy_without_lock();
    let vault = copy.open().unwrap();
    assert_eq!(contents(&vault.thread(chat).unwrap()), ["kept"]);
}
