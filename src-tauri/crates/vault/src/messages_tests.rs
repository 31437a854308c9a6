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

#[test]
fn a_deleted_message_takes_what_is_below_it_and_the_nearest_branch_is_shown() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let add = |parent, role, text: &str| vault.add_message(chat, Some(parent), role, text).unwrap();
    let first = add(question, Role::Assistant, "first");
    let below_first = add(first, Role::User, "below first");
    let second = add(question, Role::Assistant, "zanzibar");
    add(second, Role::User, "zanzibar below");
    let third = add(question, Role::Assistant, "third");
    vault.set_leaf(chat, vault.newest_below(second).unwrap()).unwrap();
    let updated = vault.chat(chat).unwrap().updated_at;
    vault.delete_message(chat, second).unwrap();
    assert_eq!(contents(&vault.thread(chat).unwrap()), ["question", "first", "below first"]);
    assert!(vault.search("zanzibar", 9).unwrap().is_empty());
    let left = "SELECT count(*) FROM words_data WHERE instr(block, CAST('zanzibar' AS BLOB))";
    assert_eq!(vault.store.query_row(left, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(place.size("store.db-wal"), 0);
    assert_eq!(vault.delete_message(chat, second).unwrap_err().code(), "no_such_message");
    // One that is not on show leaves the thread as it is.
    vault.delete_message(chat, third).unwrap();
    assert_eq!(vault.chat(chat).unwrap().leaf, Some(below_first));
    vault.delete_message(chat, first).unwrap();
    assert_eq!(vault.chat(chat).unwrap().leaf, Some(question));
    vault.delete_message(chat, question).unwrap();
    let empty = vault.chat(chat).unwrap();
    assert_eq!((empty.leaf, empty.messages, empty.updated_at), (None, 0, updated));
    assert!(vault.check_integrity().is_empty());
}

#[test]
fn where_nothing_older_stands_beside_a_deleted_message_the_next_one_is_shown() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let edited = vault.add_message(chat, None, Role::User, "edited").unwrap();
    vault.set_leaf(chat, question).unwrap();
    vault.delete_message(chat, question).unwrap();
    assert_eq!(vault.chat(chat).unwrap().leaf, Some(edited));
    let (other, _) = vault.start_chat("u", "x").unwrap();
    assert_eq!(vault.delete_message(other, edited).unwrap_err().code(), "no_such_message");
}

#[test]
fn the_end_of_a_branch_is_its_newest_answers_newest() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let add = |parent, text: &str| vault.add_message(chat, Some(parent), Role::Assistant, text).unwrap();
    let (first, second) = (add(question, "first"), add(question, "second"));
    let late = add(first, "late, below the older branch");
    assert_eq!(vault.newest_below(question).unwrap(), second);
    assert_eq!(vault.newest_below(first).unwrap(), late);
    assert_eq!(vault.newest_below(late).unwrap(), late);
    assert_eq!(vault.newest_below(MessageId(99)).unwrap_err().code(), "no_such_message");
}

#[test]
fn the_branches_of_a_whole_thread_are_those_of_each_message() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    vault.add_message(chat, None, Role::User, "edited").unwrap();
    let first = vault.add_message(chat, Some(question), Role::Assistant, "first").unwrap();
    vault.add_message(chat, Some(question), Role::Assistant, "second").unwrap();
    vault.add_message(chat, Some(first), Role::User, "more").unwrap();
    vault.start_chat("another", "with a root of its own").unwrap();
    let siblings = vault.siblings_of_thread(chat).unwrap();
    let thread = vault.thread(chat).unwrap();
    assert_eq!((siblings.len(), thread.len()), (3, 3));
    for message in thread {
        assert_eq!(siblings[&message.id], vault.branches(message.id).unwrap());
    }
    let empty = vault.new_chat("empty").unwrap();
    assert!(vault.siblings_of_thread(empty).unwrap().is_empty());
}

#[test]
fn an_answer_that_ended_early_is_gone_on_with() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    vault.grow_answer(answer, "zanzi", &[1, 2]).unwrap();
    assert_eq!(vault.reopen_answer(answer).unwrap_err().code(), "not_growing", "it grows already");
    for (state, text) in [(State::Stopped, "bar "), (State::Cut, "is an "), (State::Interrupted, "island")] {
        vault.finish_answer(answer, state, &provenance()).unwrap();
        assert_eq!(vault.thread(chat).unwrap()[1].state, state);
        let found = vault.search("zanzi", 5).unwrap();
        assert_eq!(found.len(), 1, "{state:?}");
        vault.reopen_answer(answer).unwrap();
        assert!(vault.search("zanzi", 5).unwrap().is_empty());
        assert_eq!(vault.thread(chat).unwrap()[1].state, State::Growing);
        vault.grow_answer(answer, text, &[3]).unwrap();
    }
    vault.finish_answer(answer, State::Complete, &provenance()).unwrap();
    let whole = vault.thread(chat).unwrap().pop().unwrap();
    assert_eq!((whole.content.as_str(), whole.state), ("zanzibar is an island", State::Complete));
    assert_eq!(whole.token_ids, [1, 2, 3, 3, 3]);
    assert_eq!(vault.search("zanzibar island", 5).unwrap().len(), 1);
    assert_eq!(vault.reopen_answer(answer).unwrap_err().code(), "not_growing");
    assert_eq!(vault.reopen_answer(question).unwrap_err().code(), "not_growing");
    assert_eq!(vault.reopen_answer(MessageId(99)).unwrap_err().code(), "no_such_message");
}

#[test]
fn an_answer_gone_on_with_when_the_program_ended_is_interrupted_and_found() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    vault.grow_answer(answer, "half ", &[1]).unwrap();
    vault.finish_answer(answer, State::Cut, &provenance()).unwrap();
    vault.reopen_answer(answer).unwrap();
    vault.grow_answer(answer, "an answer", &[2]).unwrap();
    drop(vault);
    let vault = place.open().unwrap();
    let thread = vault.thread(chat).unwrap();
    assert_eq!((thread[1].state, thread[1].content.as_str()), (State::Interrupted, "half an answer"));
    assert_eq!(vault.search("half answer", 5).unwrap().len(), 1);
}
