//! A zip archive of XML parts, as Office, `OpenDocument` and EPUB files are: unpacked in memory, within limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use reader::wire::Failure;
use zip::ZipArchive;
use zip::result::ZipError;

use super::limits;
use super::xml::Tree;

/// An archive and what was unpacked of it so far.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
    /// Paths in small letters: some writers do not agree with themselves.
    folded: HashMap<String, usize>,
}

/// What a part refers to.
pub(super) struct Relation {
    /// The last word of its type (`footnotes`, `slide`).
    pub(super) kind: String,
    /// The part it leads to.
    pub(super) target: String,
}

/// A part's relations by their ids.
pub(super) type Relations = HashMap<String, Relation>;

impl<'a> Package<'a> {
    /// # Errors
    /// [`Failure::Damaged`] where it is no archive, [`Failure::TooLarge`] with too many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Failure::Damaged)?;
        if zip.len() > limits::ENTRIES {
            return Err(Failure::TooLarge);
        }
        let folded =
            zip.file_names().filter_map(|name| Some((name.to_lowercase(), zip.index_for_name(name)?))).collect();
        Ok(Self { zip, unpacked: 0, folded })
    }

    /// The bytes of a part; nothing where it is not there.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limits, [`Failure::Protected`] where it is encrypted, [`Failure::Damaged`].
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = path.trim_start_matches('/');
        let exact = self.zip.index_for_name(path);
        let Some(index) = exact.or_else(|| self.folded.get(&path.to_lowercase()).copied()) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Failure::Protected,
            _ => Failure::Damaged,
        })?;
        let (packed, left) = (file.compressed_size(), limits::UNPACKED.saturating_sub(self.unpacked));
        let allowed = left.min(packed.saturating_mul(limits::RATIO).max(limits::RATIO_FROM));
        let mut bytes = Vec::new();
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(|_| Failure::Damaged)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.unpacked += size;
        if size > allowed { Err(Failure::TooLarge) } else { Ok(Some(bytes)) }
    }

    /// A part as XML; nothing where it is not there.
    ///
    /// # Errors
    /// As [`Package::part`] and [`Tree::parse`].
    pub(super) fn xml(&mut self, path: &str) -> Result<Option<Tree>, Failure> {
        self.part(path)?.map(|bytes| Tree::parse(&bytes)).transpose()
    }

    /// A part without which there is no document.
    ///
    /// # Errors
    /// As [`Package::xml`]; [`Failure::Damaged`] where it is not there.
    pub(super) fn required(&mut self, path: &str) -> Result<Tree, Failure> {
        self.xml(path)?.ok_or(Failure::Damaged)
    }

    /// A part that may be missing or damaged without the document being so.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limits.
    pub(super) fn optional(&mut self, path: &str) -> Result<Option<Tree>, Failure> {
        match self.xml(path) {
            Err(Failure::TooLarge) => Err(Failure::TooLarge),
            other => Ok(other.unwrap_or_default()),
        }
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, path: &str) -> bool {
        self.folded.contains_key(&path.to_lowercase())
    }

    /// What a part refers to (Office Open XML, `_rels/NAME.rels` beside it); `""` is the whole package.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limits.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, Failure> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}/_rels/{name}.rels");
        let Some(tree) = self.optional(&path)? else { return Ok(Relations::new()) };
        let mut relations = Relations::new();
        for element in tree.root().elements() {
            let (Some(id), Some(target)) = (element.attr("Id"), element.attr("Target")) else { continue };
            if element.attr("TargetMode") == Some("External") {
                continue;
            }
            let kind = element.attr("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default().to_string();
            relations.insert(id.to_string(), Relation { kind, target: resolve(folder, target) });
        }
        Ok(relations)
    }

    /// The title that the package gives itself (Office Open XML).
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limits.
    pub(super) fn core_title(&mut self) -> Result<String, Failure> {
        let tree = self.optional("docProps/core.xml")?;
        Ok(tree.and_then(|tree| Some(tree.root().find("title")?.text())).unwrap_or_default())
    }
}

/// A reference from a part in `folder` as a path in the package, `..` and `%20` resolved.
pub(super) fn resolve(folder: &str, reference: &str) -> String {
    let reference = unescaped(reference.split('#').next().unwrap_or_default());
    let mut path: Vec<&str> = if reference.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in reference.split('/') {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

fn unescaped(reference: &str) -> String {
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match code {
            Some(code) if *first == b'%' => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    /// An archive of the parts.
    pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_part_that_unpacks_without_end_is_too_large() {
        let bytes = archive(&[("bomb.xml", &vec![b' '; 64 << 20])]);
        assert!(bytes.len() < 100_000);
        assert_eq!(Package::open(&bytes).unwrap().part("bomb.xml").err(), Some(Failure::TooLarge));
    }

    #[test]
    fn too_many_entries_are_too_large() {
        let names: Vec<String> = (0..=limits::ENTRIES).map(|i| i.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(Package::open(&archive(&parts)).err(), Some(Failure::TooLarge));
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(resolve("ppt/slides", "../media/a%20b.xml#x"), "ppt/media/a b.xml");
        assert_eq!(resolve("ppt/slides", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolve("", "../../x"), "x");
    }
}
