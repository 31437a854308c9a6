//! The two pipes: requests come in on a thread of their own, events go out from wherever they happen.

use std::io::{self, BufReader};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// At once: what the standard library's does before would take the model away under threads that still compute with it.
use signal_hook::low_level::exit;

use engine::wire::{Event, Request};
use pipe::frame;

/// Sends one event. When the program that started us is gone, so are we.
pub fn send(event: &Event) {
    if frame::write(&mut io::stdout().lock(), event).is_err() {
        exit(0);
    }
}

/// Reads requests until stdin closes, which closes the channel.
pub fn listen() -> Receiver<Request> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        loop {
            match frame::read::<Request>(&mut stdin) {
                Ok(Some(request)) => {
                    if sender.send(request).is_err() {
                        return;
                    }
                }
                Ok(None) => exit(0),
                Err(error) => {
                    tracing::error!(kind = ?error.kind(), "unreadable request");
                    exit(4);
                }
            }
        }
    });
    receiver
}
