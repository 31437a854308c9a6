//! Files that are not the process's business.

#![allow(unsafe_code, reason = "std has no call that cuts a file by its path")]

use std::ffi::CString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{Attempt, Outcome, attempt};
use crate::Lock::{NoFiles, OneFile};

const OTHERS: &[crate::Lock] = &[OneFile, NoFiles];

pub const ATTEMPTS: &[Attempt] = &[
    attempt("reading another file", OTHERS, |targets| outcome(File::open(&targets.file))),
    attempt("writing another file", OTHERS, |targets| outcome(OpenOptions::new().append(true).open(&targets.file))),
    attempt("listing a folder", OTHERS, |targets| outcome(fs::read_dir(&targets.folder))),
    attempt("making a file", OTHERS, |targets| make_file(&targets.folder)),
    attempt("cutting a file by its path", OTHERS, |targets| cut(&targets.file)),
    attempt("changing who may read a file", OTHERS, |targets| change_mode(&targets.file)),
];

fn outcome<T>(result: io::Result<T>) -> Outcome {
    result.map_or_else(|error| Outcome::of_error(&error), |_| Outcome::Happened)
}

fn make_file(folder: &Path) -> Outcome {
    let path = folder.join(format!("attempt-{}", std::process::id()));
    let made = File::create_new(&path);
    if made.is_ok() {
        fs::remove_file(path).ok();
    }
    outcome(made)
}

/// To the length that it has.
fn cut(file: &Path) -> Outcome {
    let length = fs::metadata(file).map_or(0, |found| found.len());
    let Ok(path) = CString::new(file.as_os_str().as_bytes()) else { return Outcome::Failed(libc::EINVAL) };
    // SAFETY: a path that lives through the call.
    Outcome::of(i64::from(unsafe { libc::truncate(path.as_ptr(), length.try_into().unwrap_or(0)) }))
}

/// To the mode that it has.
fn change_mode(file: &Path) -> Outcome {
    let mode = fs::metadata(file).map_or(0o600, |found| found.permissions().mode());
    outcome(fs::set_permissions(file, Permissions::from_mode(mode & 0o7777)))
}
