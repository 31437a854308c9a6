//! Where model files are looked for.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The places that may hold model files. What does not apply is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// What `TACIT_MODELS` names: folders or single files, separated as in `PATH`.
    pub named: Vec<PathBuf>,
    /// The models folder inside Tacit's data folder.
    pub data: Option<PathBuf>,
    /// The folder that was installed with the program.
    pub share: Option<PathBuf>,
    /// The cache that `make run` fills with the starter model.
    pub cache: Option<PathBuf>,
}

impl Places {
    /// The places of this process; `home` is Tacit's data folder (`TACIT_HOME` or its default).
    #[must_use]
    pub fn from_environment(home: &Path) -> Self {
        Self::new(home, env::current_exe().ok().as_deref(), |name| env::var_os(name))
    }

    fn new(home: &Path, program: Option<&Path>, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        // The XDG rule: a relative path is ignored.
        let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let cache = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
        let prefix = program.and_then(Path::parent).and_then(Path::parent);
        Self {
            named: variable("TACIT_MODELS")
                .map(|list| env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect())
                .unwrap_or_default(),
            data: Some(home.join("models")),
            share: prefix.map(|prefix| prefix.join("share/tacit/models")),
            cache: cache.map(|cache| cache.join("tacit/models")),
        }
    }
}

/// The places in the order in which they are searched: `TACIT_MODELS`, the data folder, the program's share folder, the build's cache.
/// Entries of `TACIT_MODELS` may be files; the others are folders. None of them needs to exist.
#[must_use]
pub fn search_folders(places: &Places) -> Vec<PathBuf> {
    let own = [&places.data, &places.share, &places.cache];
    places.named.iter().chain(own.into_iter().flatten()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(variables: &[(&str, &str)]) -> Places {
        Places::new(Path::new("/home/ada/.tacit"), Some(Path::new("/opt/tacit/bin/tacit")), |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_places_come_in_the_documented_order() {
        let places = places(&[("HOME", "/home/ada"), ("TACIT_MODELS", "/mnt/stick::/srv/one.gguf")]);
        let expected = [
            "/mnt/stick",
            "/srv/one.gguf",
            "/home/ada/.tacit/models",
            "/opt/tacit/share/tacit/models",
            "/home/ada/.cache/tacit/models",
        ];
        assert_eq!(search_folders(&places), expected.map(PathBuf::from));
    }

    #[test]
    fn a_relative_cache_folder_is_ignored() {
        assert_eq!(
            places(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "cache")]).cache,
            Some(PathBuf::from("/home/ada/.cache/tacit/models"))
        );
        assert_eq!(
            places(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/c")]).cache,
            Some(PathBuf::from("/c/tacit/models"))
        );
        assert_eq!(places(&[]).cache, None);
    }
}
