//! Writes the types and commands of the page: `types FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("types: name a folder");
        return ExitCode::FAILURE;
    };
    match tacit_desktop::api::typescript::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("types: {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
