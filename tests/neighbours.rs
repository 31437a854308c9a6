//! Other programs of the same person: none can look into `tacit` or its engine while they answer. As root nothing would be
//! shown, so all of it runs as an ordinary user.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::{LONG, Running, Sandbox, not_run, program, run, starter_model, until_it_grows};

/// Who runs what root starts: `nobody` by custom.
const ORDINARY: u32 = 65_534;

/// A sandbox of an ordinary user, with programs and a model that this user can read.
struct Place {
    sandbox: Sandbox,
    programs: PathBuf,
    neighbour: PathBuf,
}

impl Place {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let neighbour = sandbox.compiled("neighbour.c");
        let programs = sandbox.path().join("programs");
        fs::create_dir(&programs).unwrap();
        let built = program("tacit");
        let libraries = fs::read_dir(built.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        let libraries = libraries.filter(|path| is_library(path) && path.is_file());
        let others = [built.clone(), program("tacit-engine"), env!("CARGO_BIN_EXE_probe").into(), starter_model()];
        for file in libraries.chain(others) {
            fs::copy(&file, programs.join(file.file_name().unwrap())).unwrap();
        }
        if rustix::process::geteuid().is_root() {
            let owner = format!("{ORDINARY}:{ORDINARY}");
            assert!(Command::new("chown").arg("-R").arg(owner).arg(sandbox.path()).status().unwrap().success());
        }
        Self { sandbox, programs, neighbour }
    }

    /// A command of the ordinary user's.
    fn ordinary(&self, inner: &Command) -> Command {
        let mut outer = Command::new("env");
        if rustix::process::geteuid().is_root() {
            outer = Command::new("setpriv");
            outer.args([&format!("--reuid={ORDINARY}"), &format!("--regid={ORDINARY}"), "--clear-groups"]);
        }
        let mut command = self.sandbox.inside(outer, inner);
        command.env("TACIT_MODELS", self.programs.join(starter_model().file_name().unwrap()));
        command
    }

    /// `tacit` in the middle of an answer.
    fn answering(&self, is_locked: bool) -> Running {
        let mut tacit = Command::new(self.programs.join("probe"));
        tacit.args(["lacking", "memory"]).arg(self.programs.join("tacit"));
        if is_locked {
            tacit = Command::new(self.programs.join("tacit"));
        }
        tacit.arg("--passphrase-file").arg(self.sandbox.passphrase_file()).args(["ask", "--json", LONG]);
        let mut running = Running::start(self.ordinary(&tacit));
        until_it_grows(&mut running, &mut Vec::new(), 1);
        running
    }

    /// What came of each way to look into a process.
    fn look_into(&self, process: u32) -> BTreeMap<String, String> {
        let mut neighbour = Command::new(&self.neighbour);
        neighbour.arg(process.to_string());
        let ran = run(self.ordinary(&neighbour));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
        let ways = ran.stdout.lines().map(|line| line.split_once('\t').unwrap());
        ways.map(|(way, outcome)| (way.to_owned(), outcome.to_owned())).collect()
    }
}

fn is_library(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.starts_with("lib") && name.contains(".so")
}

/// The user who runs a process.
fn user(process: u32) -> u32 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let user = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
    user.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn another_program_of_the_person_cannot_read_its_memory() {
    let place = Place::new();
    // The control: the same programs without what closes their memory.
    let open = place.answering(false);
    let control = [open.id(), open.children()[0]].map(|process| place.look_into(process));
    drop(open);
    let running = place.answering(true);
    let processes = [("tacit", running.id()), ("tacit-engine", running.children()[0])];
    for ((name, process), control) in processes.into_iter().zip(control) {
        assert_ne!(user(process), 0, "as root nothing would be shown");
        let looked = place.look_into(process);
        println!("{name}: {looked:?}, control {control:?}");
        let happens: Vec<&String> =
            control.iter().filter(|(_, outcome)| *outcome == "happened").map(|it| it.0).collect();
        for (way, outcome) in &looked {
            assert_eq!(outcome, "refused", "{name}: {way}");
            if !happens.contains(&way) {
                not_run(&format!("{name}: {way}"), &format!("this system lets nobody do so ({})", control[way]));
            }
        }
        assert!(happens.len() >= 4, "{name}: the control is closed too: {control:?}");
    }
}
