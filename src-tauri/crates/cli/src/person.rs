//! The person at the terminal, when there is one.

use std::io::{self, IsTerminal, Write};

use assistant::{Answer, ExposeSecret, Person, SecretString, shown};

/// Asks on the terminal; without one, nobody answers and nothing waits.
pub struct Terminal;

impl Terminal {
    fn is_there() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }
}

impl Person for Terminal {
    fn passphrase(&mut self, why: Option<&dyn std::fmt::Display>) -> Answer {
        if let Some(why) = why.filter(|_| Self::is_there()) {
            say(&why.to_string());
        }
        ask("Passphrase: ")
    }

    fn new_passphrase(&mut self, why: &dyn std::fmt::Display) -> Answer {
        if !Self::is_there() {
            return Answer::NobodyThere;
        }
        say(&why.to_string());
        say(
            "Choose a passphrase for your vault: several words that nobody guesses. Without it, and without a recovery code, nobody can open it, not even its makers.",
        );
        loop {
            let Answer::Given(first) = ask("New passphrase: ") else { return Answer::Declined };
            let Answer::Given(second) = ask("The same again: ") else { return Answer::Declined };
            if first.expose_secret().is_empty() {
                say("It is empty. Choose one with at least a few words.");
            } else if first.expose_secret() == second.expose_secret() {
                return Answer::Given(first);
            } else {
                say("The two are not the same. Try again.");
            }
        }
    }
}

/// Reads a line that is not shown. Ctrl-C and Ctrl-D decline.
pub fn ask(prompt: &str) -> Answer {
    if !Terminal::is_there() {
        return Answer::NobodyThere;
    }
    rpassword::prompt_password(prompt).map_or(Answer::Declined, |line| Answer::Given(SecretString::from(line)))
}

fn say(text: &str) {
    writeln!(io::stderr(), "{}", shown(text)).ok();
}
