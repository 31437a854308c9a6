//! Promise 5. Works with the cable cut, on any date: no network and a clock ten years on change nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::net::TcpListener;
use std::process::Command;

use tests::{Ran, Sandbox, run};

#[test]
fn works_with_the_cable_cut_on_any_date() {
    let sandbox = Sandbox::new();
    let asked = sandbox.ask("What is the capital of France? Answer in one word.");
    assert!(!asked.answer().is_empty(), "{asked:?}");

    // No network but a loopback that is down, and a clock ten years on. The engine has no clock of its own: its
    // environment is emptied, and it is told the date.
    let clock = sandbox.preload("ten_years_on.c");
    let cut_off = |inner: &Command| {
        let mut unshare = Command::new("unshare");
        if !rustix::process::geteuid().is_root() {
            unshare.args(["--user", "--map-root-user"]);
        }
        unshare.arg("--net").arg("env").arg(format!("LD_PRELOAD={}", clock.display()));
        sandbox.inside(unshare, inner)
    };

    // The control: there is a listener, only the cable is gone; and the clock is what other programs see.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut reach = Command::new("bash");
    reach.args(["-c", &format!("exec 3<>/dev/tcp/127.0.0.1/{}", listener.local_addr().unwrap().port())]);
    assert_eq!(run(cut_off(&reach)).code, Some(1));
    assert!(reach.status().unwrap().success());
    let mut date = Command::new("date");
    date.arg("+%s");
    let seconds = |ran: &Ran| ran.stdout.trim().parse::<i64>().unwrap();
    assert!(seconds(&run(cut_off(&date))) - seconds(&run(date)) >= 3652 * 86_400);

    let again = run(cut_off(&sandbox.tacit_with_passphrase(&["ask", "--json", "--chat", "1", "And of Norway?"])));
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(!again.answer().is_empty(), "{again:?}");
    let warned = again.lines().iter().any(|line| line["type"] == "notice");
    assert!(!warned && again.stderr.is_empty(), "{again:?}");
    let shown = run(cut_off(&sandbox.tacit_with_passphrase(&["show", "1", "--json"]))).lines();
    let made: Vec<i64> = shown.iter().map(|message| message["created_at"].as_i64().unwrap()).collect();
    assert!(made.len() == 4 && made[2] - made[0] > 3650 * 86_400_000, "the program saw that clock: {made:?}");
    // And back: a chat from the future harms nothing.
    assert_eq!(run(sandbox.tacit_with_passphrase(&["chats", "--json"])).lines().len(), 1);
}
