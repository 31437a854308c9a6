//! Which model files there are, and which one is taken.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::{Catalogue, Choice, Model, ModelsError, Places, Purpose, search_folders};

/// A file that begins as a GGUF model does. Whether the rest of it is sound only the engine can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies, as it was reached (links are followed when it is opened, not resolved here).
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// When it was last changed, if the file system says so.
    pub modified: Option<SystemTime>,
    /// The version in its header.
    pub gguf_version: u32,
    /// The catalogue's entry with this name and size: a guess, until the hash is compared (see [`crate::verify`]).
    pub entry_guess: Option<Model>,
}

/// A file or folder that was not taken, and why.
#[derive(Debug)]
pub struct PassedOver {
    /// What was passed over.
    pub path: PathBuf,
    /// Why.
    pub reason: ModelsError,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Findings {
    /// The models that may answer, the one to take first. See [`find`] for the order.
    pub models: Vec<Found>,
    /// The embedding models, by name and size: no chat is offered with them. The catalogue's default comes first, then as above.
    pub embeddings: Vec<Found>,
    /// Files named `.gguf` that are none, and places that could not be read. A place that does not exist is here only if the person
    /// named it in `TACIT_MODELS`.
    pub passed_over: Vec<PassedOver>,
    /// Every place that was looked at, in order, whether it exists or not.
    pub looked_in: Vec<PathBuf>,
}

/// Magic, version, number of tensors, number of keys: what every GGUF file since version 2 has at least.
const HEADER_BYTES: usize = 24;

/// Looks through `places` (not into folders inside them) for files that end in `.gguf`.
///
/// The order is the same whenever the files are the same. Embedding models are listed apart. First come files that `TACIT_MODELS` names one by one: the person asked for
/// them. Then the others in the order of [`search_folders`], inside a folder by name. The catalogue's starter comes last unless it was
/// named: whoever brings a model of their own means it to be used. A file reached twice counts once. Of a model in several parts
/// (`-00002-of-00003.gguf`) only the first is listed, for llama.cpp opens the rest from there.
#[must_use]
pub fn find(places: &Places, catalogue: &Catalogue) -> Findings {
    let mut findings = Findings { looked_in: search_folders(places), ..Findings::default() };
    let (mut asked_for, mut others) = (Vec::new(), Vec::new());
    for (index, place) in findings.looked_in.iter().enumerate() {
        let named = index < places.named.len();
        match model_paths(place) {
            Ok(Contents::File) => asked_for.push(place.clone()),
            Ok(Contents::Folder(paths)) => others.extend(paths),
            Err(error) if !named && error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => findings
                .passed_over
                .push(PassedOver { path: place.clone(), reason: ModelsError::from_io(place, error) }),
        }
    }
    let mut seen = HashSet::new();
    let mut examine = |path: PathBuf| match inspect(&path, catalogue) {
        Ok(found) => seen.insert(fs::canonicalize(&path).unwrap_or(path)).then_some(found),
        Err(reason) => {
            findings.passed_over.push(PassedOver { path, reason });
            None
        }
    };
    let asked_for: Vec<_> = asked_for.into_iter().filter_map(&mut examine).collect();
    let mut others: Vec<_> = others.into_iter().filter_map(&mut examine).collect();
    others.sort_by_key(Found::is_starter);
    let all = asked_for.into_iter().chain(others);
    (findings.embeddings, findings.models) = all.partition(Found::is_embedding);
    findings.embeddings.sort_by_key(|found| !found.is_default_embedding());
    findings
}

/// The model to use: `explicit` (what `--model` names) if given, else the first of [`find`].
///
/// # Errors
/// For `explicit`: [`ModelsError::NotFound`], [`ModelsError::IsAFolder`], [`ModelsError::NotAFile`], [`ModelsError::Empty`],
/// [`ModelsError::Cut`], [`ModelsError::NotGguf`] or [`ModelsError::Unreadable`]; no other model is taken in its stead.
/// Otherwise [`ModelsError::NoModel`].
pub fn choose(explicit: Option<&Path>, places: &Places, catalogue: &Catalogue) -> Result<Found, ModelsError> {
    if let Some(path) = explicit {
        return inspect(path, catalogue);
    }
    let findings = find(places, catalogue);
    findings.models.into_iter().next().ok_or(ModelsError::NoModel { looked_in: findings.looked_in })
}

/// The file of the embedding model with this id, or without an id of the first in [`Findings::embeddings`]. None if it is not there.
#[must_use]
pub fn choose_embedding(id: Option<&str>, places: &Places, catalogue: &Catalogue) -> Option<Found> {
    let asked_for = |found: &Found| id.is_none_or(|id| found.entry_guess.as_ref().is_some_and(|model| model.id == id));
    find(places, catalogue).embeddings.into_iter().find(asked_for)
}

impl Found {
    /// Whether name and size are those of an embedding model of the catalogue.
    #[must_use]
    pub fn is_embedding(&self) -> bool {
        self.entry_guess.as_ref().is_some_and(|model| model.purpose == Purpose::Embedding)
    }

    fn is_default_embedding(&self) -> bool {
        let facts = self.entry_guess.as_ref().and_then(|model| model.embedding.as_ref());
        facts.is_some_and(|facts| facts.choice == Choice::Default)
    }

    /// Whether name and size are the starter's.
    #[must_use]
    pub fn is_starter(&self) -> bool {
        self.entry_guess.as_ref().is_some_and(|model| model.starter)
    }
}

enum Contents {
    File,
    Folder(Vec<PathBuf>),
}

/// What a place holds. Entries of a folder that vanish or cannot be named are left to the next look.
fn model_paths(place: &Path) -> io::Result<Contents> {
    if !fs::metadata(place)?.is_dir() {
        return Ok(Contents::File);
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(place)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_model_name(path))
        .collect();
    paths.sort();
    Ok(Contents::Folder(paths))
}

/// Whether a name ends in `.gguf` and is not the second or a later part of a model.
fn is_model_name(path: &Path) -> bool {
    let gguf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gguf"));
    gguf && !path.file_stem().and_then(OsStr::to_str).is_some_and(is_later_part)
}

fn is_later_part(stem: &str) -> bool {
    let number = |digits: &str| {
        if digits.len() == 5 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            digits.parse::<u32>().ok()
        } else {
            None
        }
    };
    let Some((rest, total)) = stem.rsplit_once("-of-") else { return false };
    let Some((_, part)) = rest.rsplit_once('-') else { return false };
    number(total).is_some() && number(part).is_some_and(|part| part > 1)
}

/// Reads the first bytes of a file and nothing more.
fn inspect(path: &Path, catalogue: &Catalogue) -> Result<Found, ModelsError> {
    let failed = |error| ModelsError::from_io(path, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(ModelsError::IsAFolder { path: path.to_path_buf() });
    }
    if !metadata.is_file() {
        // Opening a pipe would wait for its other end.
        return Err(ModelsError::NotAFile { path: path.to_path_buf() });
    }
    let mut header = Vec::with_capacity(HEADER_BYTES);
    File::open(path).and_then(|file| file.take(HEADER_BYTES as u64).read_to_end(&mut header)).map_err(failed)?;
    if header.is_empty() {
        return Err(ModelsError::Empty { path: path.to_path_buf() });
    }
    if !header.starts_with(b"GGUF") {
        return Err(ModelsError::NotGguf { path: path.to_path_buf() });
    }
    let Some((version, _)) = header[4..].split_first_chunk().filter(|_| header.len() == HEADER_BYTES) else {
        return Err(ModelsError::Cut { path: path.to_path_buf(), bytes: header.len() as u64 });
    };
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    Ok(Found {
        path: path.to_path_buf(),
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
        gguf_version: u32::from_le_bytes(*version),
        entry_guess: catalogue.by_file_name_and_size(name, metadata.len()).cloned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::builtin().unwrap()
    }

    /// A file with a sound header of version 3.
    fn model(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, [b"GGUF\x03\0\0\0".as_slice(), &[0; 16]].concat()).unwrap();
        path
    }

    /// A sparse file with the name and size of this entry.
    fn known(folder: &Path, entry: &Model) -> PathBuf {
        let path = model(folder, &entry.file_name);
        File::options().write(true).open(&path).unwrap().set_len(entry.bytes.unwrap()).unwrap();
        path
    }

    fn starter(folder: &Path) -> PathBuf {
        known(folder, catalogue().starter().unwrap())
    }

    /// Both embedding models: the default one, the light one.
    fn embeddings(folder: &Path) -> [PathBuf; 2] {
        let catalogue = catalogue();
        let light = catalogue.embedding("all-minilm-l6-v2-q8_0").unwrap();
        [known(folder, catalogue.default_embedding().unwrap()), known(folder, light)]
    }

    fn in_data(folder: &Path) -> Places {
        Places { data: Some(folder.to_path_buf()), ..Places::default() }
    }

    fn paths(findings: &Findings) -> Vec<PathBuf> {
        findings.models.iter().map(|found| found.path.clone()).collect()
    }

    fn code_for(content: &[u8]) -> &'static str {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.gguf");
        fs::write(&path, content).unwrap();
        choose(Some(&path), &Places::default(), &catalogue()).unwrap_err().code()
    }

    #[test]
    fn a_sound_header_is_taken_with_its_version_and_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = model(folder.path(), "m.gguf");
        let found = choose(Some(&path), &Places::default(), &catalogue()).unwrap();
        assert_eq!((found.path, found.bytes, found.gguf_version, found.entry_guess), (path, 24, 3, None));
    }

    #[test]
    fn each_bad_file_has_an_error_of_its_own() {
        assert_eq!(code_for(b""), "model_empty");
        assert_eq!(code_for(b"G"), "model_not_gguf");
        assert_eq!(code_for(b"%PDF-1.7 and so on and so on"), "model_not_gguf");
        assert_eq!(code_for(b"GGUF"), "model_cut");
        assert_eq!(code_for(b"GGUF\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "model_cut");
    }

    #[test]
    fn what_is_no_file_has_an_error_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| choose(Some(path), &Places::default(), &catalogue()).unwrap_err().code();
        assert_eq!(code(&folder.path().join("absent.gguf")), "model_not_found");
        assert_eq!(code(folder.path()), "model_is_a_folder");
        assert_eq!(code(Path::new("/dev/null")), "model_not_a_file");
    }

    #[test]
    fn a_bad_explicit_model_is_never_replaced_by_another() {
        let folder = tempfile::tempdir().unwrap();
        model(folder.path(), "good.gguf");
        let absent = folder.path().join("absent.gguf");
        assert!(choose(Some(&absent), &in_data(folder.path()), &catalogue()).is_err());
    }

    #[test]
    fn without_any_model_the_error_says_where_it_looked() {
        let folder = tempfile::tempdir().unwrap();
        match choose(None, &in_data(folder.path()), &catalogue()).unwrap_err() {
            ModelsError::NoModel { looked_in } => assert_eq!(looked_in, [folder.path()]),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn the_starter_gives_way_to_a_model_of_ones_own() {
        let (data, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = starter(data.path());
        let places = Places { cache: Some(cache.path().to_path_buf()), ..in_data(data.path()) };
        assert_eq!(choose(None, &places, &catalogue()).unwrap().path, first);
        let own = model(cache.path(), "z.gguf");
        assert_eq!(paths(&find(&places, &catalogue())), [own, first]);
    }

    #[test]
    fn a_file_named_in_tacit_models_comes_first_even_if_it_is_the_starter() {
        let (stick, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let named = starter(stick.path());
        let own = model(data.path(), "a.gguf");
        let places = Places { named: vec![named.clone()], ..in_data(data.path()) };
        assert_eq!(paths(&find(&places, &catalogue())), [named, own]);
    }

    #[test]
    fn an_embedding_model_never_answers() {
        let folder = tempfile::tempdir().unwrap();
        let embeddings = embeddings(folder.path());
        let named = Places { named: embeddings.to_vec(), ..in_data(folder.path()) };
        for places in [in_data(folder.path()), named] {
            assert_eq!(choose(None, &places, &catalogue()).unwrap_err().code(), "no_model");
        }
        let first = starter(folder.path());
        assert_eq!(paths(&find(&in_data(folder.path()), &catalogue())), [first]);
    }

    #[test]
    fn the_default_embedding_model_is_taken_unless_another_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let places = in_data(folder.path());
        assert_eq!(choose_embedding(None, &places, &catalogue()), None);
        let [default, light] = embeddings(folder.path());
        starter(folder.path());
        model(folder.path(), "a.gguf");
        let chosen = |id| choose_embedding(id, &places, &catalogue()).map(|found| found.path);
        assert_eq!(chosen(None), Some(default.clone()));
        assert_eq!(chosen(Some("all-minilm-l6-v2-q8_0")), Some(light.clone()));
        assert_eq!(chosen(Some("another")), None);
        fs::remove_file(default).unwrap();
        assert_eq!(chosen(None), Some(light));
    }

    #[test]
    fn models_in_one_folder_come_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["b.gguf", "a.GGUF", "c.gguf"].map(|name| model(folder.path(), name));
        assert_eq!(
            paths(&find(&in_data(folder.path()), &catalogue())),
            [names[1].clone(), names[0].clone(), names[2].clone()]
        );
    }

    #[test]
    fn a_file_that_is_reached_twice_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = model(folder.path(), "m.gguf");
        let places = Places { named: vec![folder.path().to_path_buf()], ..in_data(folder.path()) };
        assert_eq!(paths(&find(&places, &catalogue())), [path]);
    }

    #[test]
    fn of_a_model_in_parts_only_the_first_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let first = model(folder.path(), "m-00001-of-00002.gguf");
        model(folder.path(), "m-00002-of-00002.gguf");
        assert_eq!(paths(&find(&in_data(folder.path()), &catalogue())), [first]);
    }

    #[test]
    fn what_is_passed_over_is_said_and_other_files_are_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.txt"), "x").unwrap();
        fs::write(folder.path().join("fake.gguf"), "x").unwrap();
        let absent = folder.path().join("absent");
        let places = Places {
            named: vec![absent.clone()],
            cache: Some(folder.path().join("no cache")),
            ..in_data(folder.path())
        };
        let findings = find(&places, &catalogue());
        assert!(findings.models.is_empty());
        let said: Vec<_> =
            findings.passed_over.iter().map(|passed| (passed.path.clone(), passed.reason.code())).collect();
        assert_eq!(said, [(absent, "model_not_found"), (folder.path().join("fake.gguf"), "model_not_gguf")]);
    }
}
