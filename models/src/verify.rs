//! Whether a file is the very file that the catalogue describes.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::ops::ControlFlow;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{Catalogue, Found, Model, ModelsError};

/// What is known about where a file comes from, once it has been hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provenance<'a> {
    /// Bit for bit the catalogue's file, whatever its name.
    Known {
        /// The entry.
        model: &'a Model,
        /// The file's hash.
        sha256: String,
    },
    /// Name and size are the catalogue's, the content is not: damaged, or changed by someone.
    Altered {
        /// The entry that it pretends to be.
        model: &'a Model,
        /// The file's own hash.
        sha256: String,
    },
    /// A file that the catalogue does not know. That says nothing against it.
    Unknown {
        /// The file's hash.
        sha256: String,
    },
}

/// Hashes a found file and compares it with the catalogue. `progress` is that of [`sha256`].
///
/// # Errors
/// Those of [`sha256`].
pub fn verify<'a>(
    found: &Found,
    catalogue: &'a Catalogue,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Provenance<'a>, ModelsError> {
    let sha256 = sha256(&found.path, progress)?;
    if let Some(model) = catalogue.by_sha256(&sha256) {
        return Ok(Provenance::Known { model, sha256 });
    }
    let namesake =
        found.entry_guess.as_ref().and_then(|guess| catalogue.models().iter().find(|model| model.id == guess.id));
    // An entry whose hash is not known cannot convict a file.
    match namesake.filter(|model| model.sha256.is_some()) {
        Some(model) => Ok(Provenance::Altered { model, sha256 }),
        None => Ok(Provenance::Unknown { sha256 }),
    }
}

/// The SHA-256 of a whole file in lowercase hexadecimal, read in pieces of 1 MiB.
///
/// `progress` is called before each piece and at the end with the bytes done and the file's size (a file that grows meanwhile can pass
/// it); `Break` stops.
///
/// # Errors
/// [`ModelsError::NotFound`], [`ModelsError::IsAFolder`] or [`ModelsError::Unreadable`] if the file cannot be read;
/// [`ModelsError::Stopped`] if `progress` said so.
pub fn sha256(path: &Path, progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<String, ModelsError> {
    let failed = |error| ModelsError::from_io(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let total = file.metadata().map_err(failed)?.len();
    let mut buffer = vec![0; 1 << 20];
    let mut hash = Sha256::new();
    let mut done = 0;
    loop {
        if progress(done, total).is_break() {
            return Err(ModelsError::Stopped { path: path.to_path_buf() });
        }
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => {
                hash.update(&buffer[..length]);
                done += length as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Places, choose};

    fn go_on(_: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn the_hash_is_the_standards_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        fs::write(&path, "abc").unwrap();
        assert_eq!(
            sha256(&path, &mut go_on).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn progress_runs_from_nothing_to_the_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        fs::write(&path, vec![7; (2 << 20) + 1]).unwrap();
        let mut steps = Vec::new();
        sha256(&path, &mut |done, total| {
            steps.push((done, total));
            ControlFlow::Continue(())
        })
        .unwrap();
        let size = (2 << 20) + 1;
        assert_eq!((steps.first(), steps.last()), (Some(&(0, size)), Some(&(size, size))));
        assert!(steps.len() >= 4);
    }

    #[test]
    fn hashing_stops_when_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        fs::write(&path, vec![7; 3 << 20]).unwrap();
        let mut calls = 0;
        let error = sha256(&path, &mut |done, _| {
            calls += 1;
            if done == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .unwrap_err();
        assert_eq!((error.code(), calls), ("model_check_stopped", 2));
    }

    #[test]
    fn a_folder_and_an_absent_file_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(sha256(folder.path(), &mut go_on).unwrap_err().code(), "model_is_a_folder");
        assert_eq!(sha256(&folder.path().join("absent"), &mut go_on).unwrap_err().code(), "model_not_found");
    }

    #[test]
    fn a_file_with_the_starters_name_and_size_but_other_bytes_is_altered() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::builtin().unwrap();
        let path = folder.path().join(&catalogue.starter().unwrap().file_name);
        fs::write(&path, b"GGUF\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
        File::options().write(true).open(&path).unwrap().set_len(98_362_432).unwrap();
        let found = choose(Some(&path), &Places::default(), &catalogue).unwrap();
        assert!(matches!(verify(&found, &catalogue, &mut go_on), Ok(Provenance::Altered { .. })));
    }

    #[test]
    fn an_unknown_file_is_unknown() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::builtin().unwrap();
        let path = folder.path().join("own.gguf");
        fs::write(&path, b"GGUF\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
        let found = choose(Some(&path), &Places::default(), &catalogue).unwrap();
        assert!(matches!(verify(&found, &catalogue, &mut go_on), Ok(Provenance::Unknown { .. })));
    }
}
