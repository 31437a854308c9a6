//! `tacit recovery`: make a recovery code, or use one.

use std::process::ExitCode;

use assistant::{Answer, Assistant, AssistantError, SlotKind};
use serde_json::json;

use crate::arguments::{RecoveryAction, Setup, read_secret};
use crate::failure::Failure;
use crate::output::Output;
use crate::person::{Terminal, ask};

pub fn run(setup: Setup, action: Option<RecoveryAction>, output: &Output) -> Result<ExitCode, Failure> {
    match action {
        None | Some(RecoveryAction::Make) => make(setup, output),
        Some(RecoveryAction::Use { code_file }) => {
            let code = match code_file {
                Some(file) => read_secret(&file)?,
                None => match ask("Recovery code (twelve words): ") {
                    Answer::Given(code) => code,
                    Answer::Declined => return Err(AssistantError::Stopped.into()),
                    Answer::NobodyThere => return Err(AssistantError::NeedsRecoveryCode.into()),
                },
            };
            let lacking = setup.lacking;
            let (assistant, kind) = Assistant::recover(setup.home, setup.options, &code, &mut Terminal)?;
            crate::lock_up(lacking, output);
            assistant.close()?;
            let now = match kind {
                SlotKind::Keyring => "The vault is open again. From now on it opens with the system's keyring.",
                _ => "The vault is open again. From now on it opens with the new passphrase.",
            };
            output.line(now);
            output.object(&json!({"type": "recovered", "slot": kind}));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn make(setup: Setup, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = Assistant::open(setup.home, setup.options, &mut Terminal)?;
    crate::lock_up(setup.lacking, output);
    let code = assistant.make_recovery_code()?;
    // From here on the older code opens nothing, so this one is shown whatever else fails.
    let closed = assistant.close();
    output.aside("Write these twelve words on paper and keep them away from this computer. Whoever has them can open your vault; an older code no longer works.");
    output.line(&code.to_string());
    output.object(&json!({"type": "recovery_code", "words": code.to_string()}));
    closed?;
    Ok(ExitCode::SUCCESS)
}
