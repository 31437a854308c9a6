//! Tesseract's data of languages: which are installed, read into memory while files may still be opened.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::Language;

/// Where Debian and Ubuntu put them.
const SYSTEM: [&str; 3] =
    ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata"];
/// Beside the program, for packages that bring their own.
const OWN: &str = "../share/tacit/tessdata";
/// The two that set-up brings come first.
const FIRST: [&str; 2] = ["eng", "fra"];
/// What is no language: orientation and script, formulas.
const NOT_LANGUAGES: [&str; 2] = ["osd", "equ"];
/// A file larger than this is no data of a language (the largest, `tessdata_best`'s, have 20 MB).
const LARGEST: u64 = 64 << 20;
/// As much is kept in memory in all.
const MOST: u64 = 128 << 20;

/// Those of the system's folders and of the program's own; English and French first, then by name. Never from the environment.
pub fn installed() -> Vec<Language> {
    let own = env::current_exe().ok().and_then(|program| Some(program.parent()?.join(OWN)));
    let folders: Vec<PathBuf> = own.into_iter().chain(SYSTEM.map(PathBuf::from)).collect();
    read_from(&folders)
}

fn read_from(folders: &[PathBuf]) -> Vec<Language> {
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for folder in folders {
        for (name, path) in files_of(folder) {
            if !files.iter().any(|(found, _)| *found == name) {
                files.push((name, path));
            }
        }
    }
    files.sort_by_key(|(name, _)| (FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()), name.clone()));
    let mut room = MOST;
    let mut languages = Vec::new();
    for (name, path) in files {
        let size = fs::metadata(&path).map_or(0, |data| data.len());
        if size == 0 || size > LARGEST.min(room) {
            continue;
        }
        if let Ok(data) = fs::read(&path) {
            room = room.saturating_sub(size);
            languages.push(Language { name, data });
        }
    }
    languages
}

fn files_of(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "traineddata"));
    let named = files.filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)));
    // The name goes into a list that Tesseract parses ("eng+fra").
    named.filter(|(name, _)| is_name(name) && !NOT_LANGUAGES.contains(&name.as_str())).collect()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(name: &str, files: &[&str]) -> PathBuf {
        let folder = env::temp_dir().join(format!("tacit-tessdata-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), file).unwrap();
        }
        folder
    }

    #[test]
    fn english_and_french_come_first_and_what_is_no_language_is_left_out() {
        let folder = folder_with(
            "order",
            &["ara.traineddata", "osd.traineddata", "fra.traineddata", "eng.traineddata", "pdf.ttf", "a+b.traineddata"],
        );
        let names: Vec<String> =
            read_from(std::slice::from_ref(&folder)).into_iter().map(|language| language.name).collect();
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(names, ["eng", "fra", "ara"]);
    }

    #[test]
    fn the_first_folder_that_has_a_language_wins() {
        let folders =
            [folder_with("one", &["eng.traineddata"]), folder_with("two", &["eng.traineddata", "deu.traineddata"])];
        fs::write(folders[0].join("eng.traineddata"), "own").unwrap();
        let languages = read_from(&folders);
        for folder in &folders {
            fs::remove_dir_all(folder).unwrap();
        }
        assert_eq!(languages.len(), 2);
        assert_eq!(languages[0].data, b"own");
    }

    #[test]
    fn without_folders_there_is_no_language() {
        assert!(read_from(&[PathBuf::from("/nowhere/at/all")]).is_empty());
    }
}
