//! The person at the terminal, when there is one.

use std::io::{self, IsTerminal, Write};

use assistant::{ExposeSecret, Person, SecretString, shown};

/// Asks on the terminal; without one, nobody answers and nothing waits.
pub struct Terminal;

impl Terminal {
    fn is_there() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }
}

impl Person for Terminal {
    fn passphrase(&mut self, why: Option<&dyn std::fmt::Display>) -> Option<SecretString> {
        if !Self::is_there() {
            return None;
        }
        if let Some(why) = why {
            say(&why.to_string());
        }
        ask("Passphrase: ")
    }

    fn new_passphrase(&mut self, why: &dyn std::fmt::Display) -> Option<SecretString> {
        if !Self::is_there() {
            return None;
        }
        say(&why.to_string());
        say(
            "Choose a passphrase for your vault: several words that nobody guesses. Without it, and without a recovery code, nobody can open it, not even its makers.",
        );
        loop {
            let first = ask("New passphrase: ")?;
            let second = ask("The same again: ")?;
            if first.expose_secret().is_empty() {
                say("It is empty. Choose one with at least a few words.");
            } else if first.expose_secret() == second.expose_secret() {
                return Some(first);
            } else {
                say("The two are not the same. Try again.");
            }
        }
    }
}

/// Reads a line that is not shown; nothing at the end of the input.
pub fn ask(prompt: &str) -> Option<SecretString> {
    if !Terminal::is_there() {
        return None;
    }
    rpassword::prompt_password(prompt).ok().map(SecretString::from)
}

fn say(text: &str) {
    writeln!(io::stderr(), "{}", shown(text)).ok();
}
