//! Takes the pictures of the README from the real window, with the real model: `pictures FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tests::{Desktop, Look, Sandbox, run};

const ANSWER: Duration = Duration::from_secs(90);
/// What was talked about before.
const EARLIER: [&str; 3] = [
    "How do I tie a bowline?",
    "What is a polite way to decline an invitation?",
    "Name three trees that grow by rivers.",
];
const SHOWN: &str = "List three things to pack for a hike, as a Markdown list with bold names.";

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("pictures: name a folder");
        return ExitCode::FAILURE;
    };
    for (look, name) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let sandbox = Sandbox::new();
        let desktop = Desktop::start(&sandbox);
        desktop.prefer("en", look);
        let window = desktop.open();
        window.first_run();
        for question in EARLIER.into_iter().chain([SHOWN]) {
            window.press("New chat");
            window.fill("Message", question);
            window.press("Send");
            window.wait_for_text("From the model\u{2019}s memory, unchecked", ANSWER);
            window.tree.wait("the end of the answer", ANSWER, || window.button("Send"));
        }
        let mut import = desktop.command("import");
        import.args(["-window", "Tacit", "-strip"]).arg(folder.join(format!("{name}.png")));
        if run(import).code != Some(0) {
            return ExitCode::FAILURE;
        }
    }
    let taken = evidence(&folder.join("evidence.png"));
    if taken { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A question about the sample document, and the page that its answer stands on.
fn evidence(file: &std::path::Path) -> bool {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let window = desktop.open();
    window.first_run();
    window.press("Try it with a sample document");
    window.tree.wait("the question", ANSWER, || (!window.entry("Message").text().is_empty()).then_some(()));
    window.fill("Message", "How many months of notice must the tenant give?");
    window.press("Send");
    window.wait_for_text("Checked against your documents", ANSWER);
    window.tree.wait("a passage", ANSWER, || window.button_anywhere("Open passage ")).press();
    window.wait_for_text("(cited place)", ANSWER);
    // The page is drawn a moment later.
    std::thread::sleep(Duration::from_secs(2));
    let mut import = desktop.command("import");
    import.args(["-window", "Tacit", "-strip"]).arg(file);
    run(import).code == Some(0)
}
