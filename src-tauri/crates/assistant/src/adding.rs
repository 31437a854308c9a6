//! Adding to the library: files, folders, text.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};
use vault::{Added, CollectionId, DocumentId, NewDocument};

use crate::Assistant;
use crate::error::AssistantError;
use crate::events::Stop;

/// A larger file is not taken: the reader would have to hold it.
const LARGEST: u64 = 1 << 30;
/// Folders in folders are followed so deep.
const DEEPEST: usize = 64;

/// The endings of files that are taken from a folder. A file that is named itself is taken whatever it is called.
const ENDINGS: [&str; 33] = [
    "pdf", "docx", "docm", "odt", "pptx", "odp", "xlsx", "xlsm", "xls", "ods", "csv", "tsv", "html", "htm", "xhtml",
    "epub", "rtf", "md", "markdown", "txt", "text", "log", "eml", "mbox", "png", "jpg", "jpeg", "tif", "tiff", "bmp",
    "gif", "webp", "rst",
];

/// How documents are added.
#[derive(Clone, Debug)]
pub struct Adding {
    /// The collections they go into.
    pub collections: Vec<CollectionId>,
    /// Whether the originals are kept, sealed, in the vault; otherwise only their text is.
    pub seal: bool,
}

impl Default for Adding {
    fn default() -> Self {
        Self { collections: Vec::new(), seal: true }
    }
}

/// What came of adding.
#[derive(Debug, Default)]
pub struct AddedDocuments {
    /// What was added or was there, in the order in which it was found, with the file's name.
    pub added: Vec<(String, Added)>,
    /// What was not taken, by name, and why.
    pub refused: Vec<(String, AssistantError)>,
}

impl AddedDocuments {
    /// The documents.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.added.iter().map(|(_, added)| added.document())
    }
}

impl Assistant {
    /// Adds files, and what is in folders. Nothing is read yet: [`Self::work_on_library`] does that. `progress` gets each file's name.
    ///
    /// # Errors
    /// When the vault cannot be written, or it was stopped; what was added until then stays. A file that is not taken is no error.
    pub fn add_paths(
        &self,
        paths: &[PathBuf],
        adding: &Adding,
        stop: &Stop,
        progress: &mut dyn FnMut(&str),
    ) -> Result<AddedDocuments, AssistantError> {
        let mut done = AddedDocuments::default();
        for path in files_of(paths, &mut done.refused) {
            if stop.is_asked() {
                return Err(AssistantError::Stopped);
            }
            let name = name_of(&path);
            progress(&name);
            match self.add_file(&path, &name, adding) {
                Ok(added) => done.added.push((name, added)),
                Err(error) if of_this_file(&error) => done.refused.push((name, error)),
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    /// Adds a text that was pasted.
    ///
    /// # Errors
    /// When it is empty, or the vault cannot be written.
    pub fn add_text(&self, name: &str, text: &str, adding: &Adding) -> Result<Added, AssistantError> {
        if text.trim().is_empty() {
            return Err(AssistantError::EmptyDocument);
        }
        self.add_bytes(name, text.as_bytes(), adding)
    }

    /// Adds a document that is in memory; its original is kept, for it is nowhere else.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn add_bytes(&self, name: &str, bytes: &[u8], adding: &Adding) -> Result<Added, AssistantError> {
        let new = NewDocument {
            name,
            kind: "",
            origin: None,
            bytes: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
            modified_at: None,
            keeps_original: true,
        };
        let added = self.stored(|vault| vault.add_document(&new, &adding.collections))?;
        self.seal(added, bytes)?;
        Ok(added)
    }

    fn add_file(&self, path: &Path, name: &str, adding: &Adding) -> Result<Added, AssistantError> {
        let unreadable = |error: io::Error| AssistantError::DocumentNotRead(error.to_string());
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(AssistantError::NotAFile);
        }
        if metadata.len() == 0 {
            return Err(AssistantError::EmptyDocument);
        }
        if metadata.len() > LARGEST {
            return Err(AssistantError::TooLarge { bytes: metadata.len(), most: LARGEST });
        }
        let (sha256, bytes) = File::open(path).and_then(|mut file| fingerprint(&mut file)).map_err(unreadable)?;
        let origin = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let new = NewDocument {
            name,
            kind: "",
            origin: origin.to_str(),
            bytes,
            sha256,
            modified_at: modified.and_then(|time| i64::try_from(time.as_millis()).ok()),
            keeps_original: adding.seal,
        };
        let added = self.stored(|vault| vault.add_document(&new, &adding.collections))?;
        if adding.seal {
            self.seal(added, File::open(path).map_err(unreadable)?)?;
        }
        Ok(added)
    }

    /// Keeps the original of a document that has none yet.
    fn seal(&self, added: Added, mut original: impl Read) -> Result<(), AssistantError> {
        let document = added.document();
        if self.stored(|vault| vault.document(document))?.has_original {
            return Ok(());
        }
        // Sealing a large file takes a while, and the vault is held for moments only.
        let mut sealing = self.stored(|vault| vault.seal_original(document))?;
        io::copy(&mut original, &mut sealing).map_err(|error| AssistantError::DocumentNotRead(error.to_string()))?;
        self.stored(|vault| vault.keep_original(sealing))
    }
}

/// Whether others may still be added.
fn of_this_file(error: &AssistantError) -> bool {
    matches!(
        error,
        AssistantError::DocumentNotRead(_)
            | AssistantError::NotAFile
            | AssistantError::EmptyDocument
            | AssistantError::TooLarge { .. }
    )
}

/// The SHA-256 of a file, and its length.
pub(crate) fn fingerprint(file: &mut File) -> io::Result<([u8; 32], u64)> {
    let (mut hasher, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok((hasher.finalize().into(), bytes)),
            read => {
                hasher.update(&piece[..read]);
                bytes += read as u64;
            }
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files to add, by name inside each folder; what cannot be looked at goes to `refused`. Hidden files, links out of a folder and
/// files of kinds that are not read are passed over.
pub(crate) fn files_of(paths: &[PathBuf], refused: &mut Vec<(String, AssistantError)>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
            walk(path, DEEPEST, &mut files, refused);
        } else {
            files.push(path.clone());
        }
    }
    files.retain(|file| seen.insert(fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    files
}

fn walk(folder: &Path, deeper: usize, files: &mut Vec<PathBuf>, refused: &mut Vec<(String, AssistantError)>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return refused.push((name_of(folder), AssistantError::DocumentNotRead(error.to_string()))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if hidden || metadata.is_symlink() {
            continue;
        }
        if metadata.is_dir() && deeper > 0 {
            walk(&path, deeper - 1, files, refused);
        } else if metadata.is_file() && is_document(&path) {
            files.push(path);
        }
    }
}

/// Whether a file in a folder is of a kind that is read, going by its name.
pub(crate) fn is_document(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_documents_by_name_and_nothing_hidden_or_linked() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        for name in ["z.pdf", "a.TXT", ".hidden.pdf", "program.exe", "b/inside.docx"] {
            fs::write(at(name), "x").unwrap();
        }
        std::os::unix::fs::symlink("/etc/hostname", at("link.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("round")).unwrap();
        let mut refused = Vec::new();
        let files = files_of(&[folder.path().to_owned(), at("z.pdf"), at("program.exe")], &mut refused);
        assert_eq!(files, [at("a.TXT"), at("b/inside.docx"), at("z.pdf"), at("program.exe")]);
        assert!(refused.is_empty());
    }

    #[test]
    fn the_endings_are_those_that_readers_know_and_each_stands_once() {
        assert_eq!(ENDINGS.iter().collect::<HashSet<_>>().len(), ENDINGS.len());
        assert!(is_document(Path::new("x/Scan 1.JPEG")) && !is_document(Path::new("x/pdf")));
    }
}
