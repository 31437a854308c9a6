//! `tacit` as a person types it in a terminal, and as programs call it without one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use tests::{Ran, Running, Sandbox, Screen, hunt, run, run_with, run_within};

const PASSPHRASE: &str = "mangroves lean over quiet water";
const STORY: &str = "Tell me a very long story about the sea, with many chapters.";

/// A chat on a screen, with the passphrase that the sandbox's file holds too.
fn first_chat(sandbox: &Sandbox) -> Screen<'_> {
    fs::write(sandbox.passphrase_file(), PASSPHRASE).unwrap();
    let screen = Screen::open(sandbox, &sandbox.tacit(&["chat"]));
    screen.wait_for("New passphrase:");
    screen.enter(PASSPHRASE);
    screen.wait_for("The same again:");
    screen.enter(PASSPHRASE);
    screen.wait_for_prompt();
    screen
}

fn leave(screen: &Screen) {
    screen.press("C-d");
    screen.wait_for("left with 0");
}

fn show(sandbox: &Sandbox, chat: &str) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["show", chat, "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

fn chats(sandbox: &Sandbox) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

/// `sh -c SCRIPT`, where `$@` is `tacit` with these arguments.
fn shell(sandbox: &Sandbox, script: &str, arguments: &[&str]) -> Command {
    let inner = sandbox.tacit_with_passphrase(arguments);
    let mut shell = Command::new("bash");
    shell.args(["-c", script, "bash"]).arg(inner.get_program()).args(inner.get_args());
    sandbox.settle(&mut shell);
    shell
}

#[test]
fn the_first_chat_asks_twice_for_a_passphrase_and_shows_it_nowhere() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(&sandbox, &sandbox.tacit(&["chat"]));
    screen.wait_for("New passphrase:");
    assert!(screen.text().contains("keyring"), "it says why: {}", screen.text());
    screen.enter("");
    screen.wait_for("The same again:");
    screen.enter("");
    screen.wait_for("It is empty.");
    let again = |times: usize| {
        screen.wait("the question", |text| text.matches("New passphrase:").count() == times);
        screen.enter(PASSPHRASE);
        screen.wait("the question", |text| text.matches("The same again:").count() == times);
    };
    again(2);
    screen.enter("something else");
    screen.wait_for("The two are not the same.");
    again(3);
    screen.enter(PASSPHRASE);
    screen.wait_for_prompt();
    assert!(!screen.text().contains(PASSPHRASE), "{}", screen.text());
    leave(&screen);
    drop(screen);

    // From now on it asks once.
    let screen = Screen::open(&sandbox, &sandbox.tacit(&["chats"]));
    screen.wait_for("Passphrase:");
    screen.enter(PASSPHRASE);
    screen.wait_for("left with 0");
    assert!(!screen.text().contains(PASSPHRASE), "{}", screen.text());
}

#[test]
fn a_wrong_passphrase_at_the_prompt_gets_three_tries() {
    let sandbox = Sandbox::new();
    assert_eq!(chats(&sandbox), Vec::<Value>::new());
    let screen = Screen::open(&sandbox, &sandbox.tacit(&["chats"]));
    for time in 1..=3 {
        screen.wait("the question", |text| text.matches("Passphrase:").count() == time);
        screen.enter("not this one");
    }
    screen.wait_for("left with 4");
    assert!(screen.text().contains("does not open this vault"), "{}", screen.text());
}

#[test]
fn control_c_stops_the_answer_and_not_the_program() {
    let sandbox = Sandbox::new();
    let screen = first_chat(&sandbox);
    // Now and then the model has little to say and ends by itself.
    let stopped = (0..8).any(|_| {
        screen.say(STORY);
        screen.wait("the answer", |text| {
            text.rsplit(STORY).next().is_some_and(|answer| answer.len() > 40 || answer.ends_with("\n>"))
        });
        screen.press("C-c");
        screen.wait_for_prompt();
        screen.text().contains("(stopped by you)")
    });
    assert!(stopped, "{}", screen.text());
    // It goes on.
    screen.say("Say hello.");
    screen.wait_for_prompt();
    // At the prompt it says how to leave, and stays.
    let advice = |text: &str| text.matches("Ctrl-D leaves.").count();
    let before = advice(&screen.text());
    screen.press("C-c");
    screen.wait("the advice", |text| advice(text) > before);
    screen.wait_for_prompt();
    leave(&screen);
    let messages = show(&sandbox, "1");
    let states: Vec<&str> = messages.iter().map(|message| message["state"].as_str().unwrap()).collect();
    let [.., "complete", "stopped", "complete", "complete"] = states[..] else { panic!("{states:?}") };
    assert_eq!(messages[messages.len() - 2]["text"], "Say hello.");
    let kept = messages[messages.len() - 3]["text"].as_str().unwrap();
    let start: String = kept.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    assert!(kept.len() > 20 && screen.text().contains(&start), "what was shown is kept: {kept:?}\n{}", screen.text());
}

#[test]
fn the_commands_of_a_chat_do_what_their_help_says() {
    let sandbox = Sandbox::new();
    let screen = first_chat(&sandbox);
    screen.say("/help");
    screen.wait_for("/edit TEXT");
    screen.say("/again");
    screen.wait_for("ask something first");
    screen.say("Name a Gruffelzahn colour.");
    screen.wait_for_prompt();
    screen.say("/again");
    screen.wait_for_prompt();
    screen.say("/edit Name a Gruffelzahn fruit.");
    screen.wait_for_prompt();
    screen.say("/new");
    screen.wait_for("A new chat.");
    screen.say("Say hello.");
    screen.wait_for_prompt();
    screen.say("/chats");
    screen.wait("both chats", |text| {
        text.lines().any(|line| line.trim().starts_with("2  20") && line.ends_with("Say hello."))
    });
    assert!(screen.text().lines().any(|line| line.trim().starts_with("1  20")), "{}", screen.text());
    screen.say("/search gruffelzahn");
    screen.wait("the hits", |text| text.rsplit("/search").next().is_some_and(|hits| hits.contains("Gruffelzahn")));
    screen.say("/open 1");
    screen.wait_for("Chat 1: Name a Gruffelzahn");
    screen.say("/open 99");
    screen.wait_for("That chat no longer exists.");
    screen.say("/no-such-command");
    screen.wait("the help", |text| text.matches("/edit TEXT").count() == 2);
    screen.say("/open 2");
    screen.wait_for("Chat 2: Say hello.");
    screen.say("/delete");
    screen.wait_for("Deleted.");
    screen.say("/quit");
    screen.wait_for("left with 0");

    let chats = chats(&sandbox);
    assert_eq!((chats.len(), chats[0]["chat"].as_i64()), (1, Some(1)), "{chats:?}");
    // The question and two answers, and the same in other words with one.
    assert_eq!(chats[0]["messages"], 5, "{chats:?}");
    let thread = show(&sandbox, "1");
    assert_eq!((thread.len(), thread[0]["text"].as_str()), (2, Some("Name a Gruffelzahn fruit.")), "{thread:?}");
    // What was typed is remembered nowhere.
    assert_eq!(hunt(&[&sandbox.home(), &sandbox.temporary()], &["Gruffelzahn", PASSPHRASE]), []);
}

#[test]
fn markdown_is_rendered_for_a_person_and_left_alone_in_a_pipe() {
    let sandbox = Sandbox::new();
    let message = "Say yes. **Widgets** and *gears*\n\n# Heading\n\n```\nlet x = **y;\n```\n";
    let asked = run_with(sandbox.tacit_with_passphrase(&["ask", "-"]), message.as_bytes());
    assert_eq!(asked.code, Some(0), "{asked:?}");
    let piped = run(sandbox.tacit_with_passphrase(&["show", "1"]));
    assert!(piped.stdout.contains(message.trim_end()), "{piped:?}");
    let screen = Screen::open(&sandbox, &sandbox.tacit_with_passphrase(&["show", "1"]));
    screen.wait_for("left with 0");
    let text = screen.text();
    assert!(text.contains("Say yes. Widgets and gears") && !text.contains("**Widgets"), "{text}");
    assert!(text.contains("let x = **y;") && !text.contains("```") && !text.contains("# Heading"), "{text}");
    assert!(screen.styled().contains("\x1B[1m"), "{:?}", screen.styled());
}

#[test]
fn what_a_message_holds_cannot_steer_the_terminal() {
    let sandbox = Sandbox::new();
    let message = "Say yes. \x1B[2J\x1B]0;owned\x07 \u{9B}31m red \u{202E}desrever\r\nend\n";
    let asked = run_with(sandbox.tacit_with_passphrase(&["ask", "-"]), message.as_bytes());
    assert_eq!(asked.code, Some(0), "{asked:?}");
    for arguments in [vec!["show", "1"], vec!["chats"], vec!["search", "owned"]] {
        let ran = run(sandbox.tacit_with_passphrase(&arguments));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stdout.contains("Say yes."), "{ran:?}");
        let steers = |c: &char| c.is_control() && *c != '\n' || ('\u{202A}'..='\u{202E}').contains(c);
        assert_eq!(ran.stdout.chars().filter(steers).collect::<String>(), "", "{ran:?}");
    }
}

#[test]
fn a_piped_chat_answers_every_line_and_reads_only_what_is_new() {
    let sandbox = Sandbox::new();
    let long = "The harbour of Bergen is wide and deep. ".repeat(40);
    let lines = format!("{long}\n\nAnd what is deep? Answer in one word.\n");
    let ran = run_with(sandbox.tacit_with_passphrase(&["chat", "--json"]), lines.as_bytes());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines = ran.lines();
    let done: Vec<&Value> = lines.iter().filter(|line| line["type"] == "done").collect();
    let [first, second] = done[..] else { panic!("{ran:?}") };
    assert_eq!((&first["chat"], &first["state"]), (&second["chat"], &second["state"]));
    let number = |done: &Value, name: &str| done[name].as_u64().unwrap_or_else(|| panic!("{name}: {done}"));
    assert!(number(first, "prompt_tokens") > 300, "{first}");
    assert!(number(second, "cached_tokens") > number(first, "prompt_tokens"), "{first} {second}");
    assert!(number(second, "prompt_tokens") - number(second, "cached_tokens") < 40, "{second}");
    assert_eq!(show(&sandbox, "1").len(), 4);
}

#[test]
fn a_reader_who_has_had_enough_is_no_fault() {
    let sandbox = Sandbox::new();
    let script = "\"$@\" | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}";
    for arguments in
        [vec!["ask", STORY], vec!["ask", "--json", "Say hello."], vec!["show", "1"], vec!["chats"], vec!["--help"]]
    {
        let ran = run(shell(&sandbox, script, &arguments));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}: {ran:?}");
    }
    // The answer that nobody read is there.
    assert_eq!(show(&sandbox, "1")[1]["state"], "complete");
    // Nor is a closed standard output or error.
    for script in ["exec \"$@\" >&-", "exec \"$@\" 2>&-"] {
        assert_eq!(run(shell(&sandbox, script, &["ask", "Say hello."])).code, Some(0), "{script}");
    }
}

#[test]
fn without_a_terminal_it_never_waits_for_an_answer_that_cannot_come() {
    let sandbox = Sandbox::new();
    // Standard input closed, or open with nobody at its other end.
    let closed = run(shell(&sandbox, "exec \"$@\" <&-", &["ask", "--json", "Say hello."]));
    assert_eq!(closed.code, Some(0), "{closed:?}");
    assert_eq!(run(shell(&sandbox, "exec \"$@\" <&-", &["chat", "--json"])).code, Some(0));
    let ended = |command: Command| {
        let ran = run(shell_that_holds_stdin(&sandbox, &command));
        (ran.code, ran.stdout)
    };
    assert_eq!(ended(sandbox.tacit_with_passphrase(&["ask", "Say hello."])).0, Some(0));
    for arguments in
        [vec!["ask", "--json", "Hi"], vec!["chat", "--json"], vec!["chats", "--json"], vec!["recovery", "--json"]]
    {
        let (code, said) = ended(sandbox.tacit(&arguments));
        assert_eq!(code, Some(4), "{arguments:?}: {said}");
        assert!(said.contains("needs_passphrase"), "{arguments:?}: {said}");
    }
    assert_eq!(ended(sandbox.tacit(&["recovery", "use", "--json"])).0, Some(4));
}

/// The command with a standard input on which nothing ever comes.
fn shell_that_holds_stdin(sandbox: &Sandbox, inner: &Command) -> Command {
    let mut shell = Command::new("bash");
    shell.args(["-c", "exec 9<> <(:); \"$@\" <&9", "bash"]).arg(inner.get_program()).args(inner.get_args());
    sandbox.settle(&mut shell);
    shell
}

#[test]
fn a_question_in_a_language_the_model_was_not_made_for_is_answered_with_one_line_about_it() {
    let sandbox = Sandbox::new();
    let french = "Pourquoi le ciel est-il bleu pendant la journée, et rouge le soir ? Répondez en un mot.";
    let ran = run(sandbox.tacit_with_passphrase(&["ask", "--json", french]));
    assert_eq!((ran.code, ran.line("notice")["code"].as_str()), (Some(0), Some("language")), "{ran:?}");
    assert!(!ran.answer().is_empty(), "{ran:?}");
    let ran = run(sandbox.tacit_with_passphrase(&["ask", french]));
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(0), 1), "{ran:?}");
    assert!(ran.stderr.contains("French"), "{ran:?}");
    let ran = run(sandbox.tacit_with_passphrase(&["ask", "Why is the sky blue during the day? Answer in one word."]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
}

#[test]
fn a_message_that_cannot_be_used_is_refused_in_seconds_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    let ask = |message: &[u8]| {
        let ran = run_within(sandbox.tacit_with_passphrase(&["ask", "--json", "-"]), message, Duration::from_secs(30));
        assert_eq!(ran.code, Some(5), "{ran:?}");
        ran.error_code()
    };
    for empty in ["", "\n", " \t\r\n \u{3000}"] {
        assert_eq!(ask(empty.as_bytes()), "message_empty", "{empty:?}");
    }
    let ran: Ran = run(sandbox.tacit_with_passphrase(&["ask", "--json", ""]));
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(5), "message_empty"));
    let picture = [b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".as_slice(), &[0, 255, 254, 128, 200].repeat(200)].concat();
    let random: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for binary in [picture.as_slice(), &random, b"\xFF\xFF\xFF\xFF", &[0; 100]] {
        assert_eq!(ask(binary), "not_text");
    }
    let words = "word ".repeat(2_000_000);
    let no_spaces = "a".repeat(10_000_000);
    let wide = "\u{1F980}".repeat(2_500_000);
    let many: String = "0123456789abcdef ".repeat(20_000);
    for huge in [&words, &no_spaces, &wide, &many] {
        let code = ask(huge.as_bytes());
        assert!(["too_large", "message_too_long"].contains(&code.as_str()), "{code}");
    }
    assert_eq!(chats(&sandbox), Vec::<Value>::new());
    // A message of a piped chat that cannot be used ends it with the same code, and what came before is kept.
    let lines = [b"Say hello.\n".as_slice(), &picture[8..12], b"\xFF\xFE\n"].concat();
    let ran = run_with(sandbox.tacit_with_passphrase(&["chat", "--json"]), &lines);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    assert_eq!(show(&sandbox, "1").len(), 2);
}

#[test]
fn an_interrupted_ask_keeps_what_was_written_and_says_so() {
    let sandbox = Sandbox::new();
    let interrupted = (0..8).any(|_| {
        let mut asked = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", STORY]));
        for _ in 0..8 {
            let _ = asked.until("token");
        }
        asked.signal(rustix::process::Signal::INT);
        let done = asked.until("done");
        let ended = asked.finish();
        let state = done["state"].as_str().unwrap().to_owned();
        assert_eq!(ended.code, Some(if state == "stopped" { 130 } else { 0 }), "{ended:?}");
        let kept = show(&sandbox, &done["chat"].to_string());
        assert_eq!((kept[1]["state"].as_str(), kept[1]["text"].as_str()), (Some(&*state), Some(&*ended.answer())));
        state == "stopped"
    });
    assert!(interrupted);
}
