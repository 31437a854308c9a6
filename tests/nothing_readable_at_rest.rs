//! Promise 2. Nothing readable at rest: a canary planted in everything that a person hands over is in no file that the
//! programs write, and whatever they write is private.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;
use tests::{Found, Keyring, Ran, Running, Sandbox, everything_below, hunt, planted, run, run_with};

const PASSPHRASE: &str = "Mangrovenpass zwölf \"Reiher\"";
const QUESTION: &str = "Quittenmarmelade für Ödön";
const FOLLOW_UP: &str = "Kormoranfeder in Ålesund";
const FILE_NAME: &str = "Vertrag-Zwetschgenhof";
const FILE_TEXT: &str = "Hollunderbrück schuldet Tjørnhom";
const SEARCHED: &str = "Unauffindbarkeitsprüfung";
const WRONG: &str = "Falschpassphrase Käuzchen";
const DOCUMENT_NAME: &str = "Gutachten-Ravenkliff";
const DOCUMENT_TEXT: &str = "Zaunkönigsteig gehört Maelsund";
const COLLECTION: &str = "Sammlung-Wiesenknopf";
const CANARIES: [&str; 10] =
    [PASSPHRASE, QUESTION, FOLLOW_UP, FILE_NAME, FILE_TEXT, SEARCHED, WRONG, DOCUMENT_NAME, DOCUMENT_TEXT, COLLECTION];

/// All that the programs of this sandbox may have written.
fn found_in(sandbox: &Sandbox, canaries: &[&str]) -> Vec<Found> {
    hunt(&[&sandbox.home(), &sandbox.temporary(), &sandbox.runtime()], canaries)
}

#[track_caller]
fn nothing_found(sandbox: &Sandbox, canaries: &[&str]) {
    assert_eq!(found_in(sandbox, canaries), []);
}

#[test]
fn the_hunt_finds_a_canary_in_every_form() {
    let sandbox = Sandbox::new();
    for canary in CANARIES {
        for (form, bytes) in planted(canary) {
            let file = sandbox.temporary().join("planted");
            fs::write(&file, [b"some \x80 text before ".as_slice(), &bytes, b" and after"].concat()).unwrap();
            let found = found_in(&sandbox, &CANARIES);
            assert_eq!(found, [Found { path: file.clone(), canary: canary.into(), form }], "{canary}");
            fs::remove_file(file).unwrap();
        }
    }
    // A name is as readable as what the file holds.
    fs::create_dir(sandbox.home().join(format!("{FILE_NAME}.txt.bak"))).unwrap();
    assert_eq!(found_in(&sandbox, &CANARIES).len(), 1);
}

#[test]
fn nothing_readable_at_rest() {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    let code = nothing_is_readable(&sandbox, &|arguments| sandbox.tacit_in(&keyring, arguments));
    // What the keyring holds for it is not beside it either.
    let secret = keyring.command("secret-tool").args(["lookup", "service", "tacit"]).output().unwrap().stdout;
    assert!(secret.len() >= 16, "{}", secret.len());
    for file in everything_below(&sandbox.home()).iter().filter(|path| path.is_file()) {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", file.display());
    }
    drop(keyring);
    nothing_found(&sandbox, &[&code]);
}

#[test]
fn nothing_readable_at_rest_with_a_passphrase() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.passphrase_file(), PASSPHRASE).unwrap();
    nothing_is_readable(&sandbox, &|arguments| sandbox.tacit_with_passphrase(arguments));
}

/// Plants a canary in everything that a person can hand over, and hunts while an answer is written, after crashes, and
/// at the end. Gives the recovery code.
fn nothing_is_readable(sandbox: &Sandbox, plain: &dyn Fn(&[&str]) -> Command) -> String {
    let tacit = |arguments: &[&str]| {
        let mut command = plain(arguments);
        command.env("TACIT_LOG", "debug");
        command
    };
    let story = format!("{QUESTION}! Tell me a very long story about the sea, with many chapters.");

    // Killed in mid-answer, crashed in mid-answer. Now and then the model has little to say and ends before that.
    for signal in [Signal::KILL, Signal::ABORT] {
        assert!((0..8).any(|_| ended_in_mid_answer(sandbox, tacit(&["ask", "--json", &story]), signal)), "{signal:?}");
        nothing_found(sandbox, &CANARIES);
    }

    // Every command, done.
    let answer = done(run(tacit(&["ask", "--json", QUESTION, "Why is the sky blue?"]))).answer();
    let mut searched = done(run(tacit(&["search", "--json", QUESTION]))).lines().len();
    assert!(searched >= 3, "{searched} of three chats hold it");
    let lines = format!("{FOLLOW_UP}: say yes.\n{FOLLOW_UP}: say no.\n");
    done(run_with(tacit(&["chat", "--json", "--chat", "1"]), lines.as_bytes()));
    let file = sandbox.give(&format!("{FILE_NAME}.txt"), format!("{FILE_TEXT} three boats and a net. ").repeat(9));
    let summary = done(run(tacit(&["summarize", "--json", file.to_str().unwrap()]))).answer();
    done(run(tacit(&["search", SEARCHED])));
    for shown in [vec!["show", "1"], vec!["show", "1", "--json"]] {
        let shown = done(run(tacit(&shown)));
        assert!(shown.stdout.contains(QUESTION) && shown.stdout.contains(FOLLOW_UP), "it is kept: {shown:?}");
    }
    assert!(done(run(tacit(&["chats"]))).stdout.contains(FILE_NAME));
    // A document: added, found, asked about; what is left of it when it is removed is looked at below.
    let document = sandbox.give(&format!("{DOCUMENT_NAME}.md"), format!("{DOCUMENT_TEXT} since 1994. ").repeat(9));
    done(run(tacit(&["add", "--in", COLLECTION, document.to_str().unwrap()])));
    nothing_found(sandbox, &CANARIES);
    assert!(done(run(tacit(&["docs"]))).stdout.contains(DOCUMENT_NAME));
    assert!(done(run(tacit(&["search", "--docs", DOCUMENT_TEXT]))).stdout.contains(DOCUMENT_TEXT));
    done(run(tacit(&["ask", "--docs", &format!("{DOCUMENT_TEXT}: since when?")])));
    let code = done(run(tacit(&["recovery", "make", "--json"]))).line("recovery_code")["words"].clone();
    let code = code.as_str().unwrap().to_owned();

    // What fails is told without it.
    let wrong = sandbox.give("wrong", WRONG);
    let wrong = wrong.to_str().unwrap();
    for mistaken in [
        vec!["chats", "--passphrase-file", wrong],
        vec!["recovery", "use", "--code-file", wrong],
        vec!["ask", "--no-such-option", QUESTION],
        vec!["summarize", QUESTION],
        vec!["ask", QUESTION, "--model", FILE_NAME],
    ] {
        assert_ne!(run(tacit(&mistaken)).code, Some(0), "{mistaken:?}");
    }

    // Words of the code two by two, and what the model wrote.
    let words: Vec<&str> = code.split(' ').collect();
    let mut canaries: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).filter(|pair| pair.len() > 8).collect();
    for written in [&answer, &summary] {
        let start: String = written.chars().take(40).collect();
        canaries.extend((start.len() >= 20).then_some(start));
    }
    canaries.extend(CANARIES.map(str::to_owned));
    let canaries: Vec<&str> = canaries.iter().map(String::as_str).collect();
    nothing_found(sandbox, &canaries);

    // Deleted is gone for the person, and was never there for anybody else.
    done(run(tacit(&["delete", "1"])));
    done(run(tacit(&["remove", "1"])));
    searched = done(run(tacit(&["search", "--json", FOLLOW_UP]))).lines().len();
    assert_eq!(searched, 0);
    nothing_found(sandbox, &canaries);
    let logged: usize = logs(sandbox).map(|log| fs::read(log).unwrap().len()).sum();
    assert!(logged > 1000, "the logs were written: {logged} bytes");
    code
}

/// Hunts while an answer is written and ends the program by a signal; whether the signal came before the answer's end.
fn ended_in_mid_answer(sandbox: &Sandbox, ask: Command, signal: Signal) -> bool {
    let mut asked = Running::start(ask);
    for _ in 0..8 {
        let _ = asked.until("token");
    }
    nothing_found(sandbox, &CANARIES);
    for engine in asked.children() {
        let arguments = fs::read_to_string(format!("/proc/{engine}/cmdline")).unwrap_or_default();
        assert!(!arguments.contains(QUESTION), "{arguments}");
    }
    // Long enough for the answer to be saved once.
    std::thread::sleep(Duration::from_millis(700));
    nothing_found(sandbox, &CANARIES);
    asked.signal(signal);
    asked.finish().code.is_none()
}

#[track_caller]
fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran
}

fn logs(sandbox: &Sandbox) -> impl Iterator<Item = PathBuf> {
    everything_below(&sandbox.tacit_home().join("logs")).into_iter().filter(|path| path.is_file())
}

#[test]
fn files_are_private_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let sandbox = Sandbox::new();
        let open = |arguments: &[&str]| {
            let umask = format!("umask {umask}; touch \"$TMPDIR/control\"");
            sandbox.after(&umask, &sandbox.tacit_with_passphrase(arguments))
        };
        let mut asked = Running::start(open(&["ask", "--json", "Tell me a very long story."]));
        let _ = asked.until("token");
        let seen = all_private(&sandbox);
        assert!(seen.contains("store.db-wal") && seen.contains("slots.copy"), "{seen:?}");
        asked.signal(Signal::KILL);
        let _ = asked.finish();
        for arguments in [vec!["chats"], vec!["recovery", "make"], vec!["delete", "1"]] {
            assert_eq!(run(open(&arguments)).code, Some(0));
            all_private(&sandbox);
        }
        let control = fs::metadata(sandbox.temporary().join("control")).unwrap().permissions().mode() & 0o777;
        assert_eq!(control, 0o666 & !u32::from_str_radix(umask, 8).unwrap(), "the umask was another one");
    }
}

/// Every file is 0600 and every folder 0700; gives the names.
#[track_caller]
fn all_private(sandbox: &Sandbox) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in everything_below(&sandbox.tacit_home()) {
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        let wanted = if found.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(found.permissions().mode() & 0o7777, wanted, "{}", path.display());
        names.insert(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    names
}
