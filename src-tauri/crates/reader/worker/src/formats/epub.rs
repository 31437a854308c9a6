//! EPUB books: the chapters in the order of the spine, each with its name from the table of contents.

use std::collections::HashMap;

use reader::wire::Failure;

use super::package::{Package, resolve};
use super::writer::{Division, Writer};
use super::xml::{Element, Tree};
use super::{Flow, html, limits};

/// Reads a book.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut package = Package::open(bytes)?;
    let container = package.required("META-INF/container.xml")?;
    let root = container.root().descendants().find(|element| element.name() == "rootfile");
    let path = root.and_then(|root| root.attr("full-path")).ok_or(Failure::Damaged)?.to_string();
    let book = package.required(&path)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items = items(&book, folder);
    let names = contents(&mut package, &book, &items)?;
    let locked = encrypted(&mut package)?;
    let mut writer = Writer::new(Division::Stretches(limits::STRETCH));
    writer.title = title(&book);
    let spine: Vec<Element<'_>> = book.root().find("spine").into_iter().flat_map(Element::elements).collect();
    for item in spine.into_iter().filter_map(|reference| items.get(reference.attr("idref")?)) {
        if locked.contains(&item.path) {
            return Err(Failure::Protected);
        }
        if !matches!(item.kind, "application/xhtml+xml" | "text/html" | "") {
            continue;
        }
        let Some(bytes) = package.part(&item.path)? else { continue };
        writer.labelled_page(names.get(&item.path).map_or("", String::as_str));
        html::write(&html::without_empty_tags(&html::decode(&bytes)), &mut writer)?;
        if writer.is_full() {
            break;
        }
    }
    writer.finish()
}

/// A file of the book.
struct Item<'a> {
    path: String,
    kind: &'a str,
    properties: &'a str,
}

fn items<'a>(book: &'a Tree, folder: &str) -> HashMap<&'a str, Item<'a>> {
    let manifest = book.root().find("manifest").into_iter().flat_map(Element::elements);
    let item = |item: Element<'a>| {
        let path = resolve(folder, item.attr("href")?);
        let (kind, properties) =
            (item.attr("media-type").unwrap_or_default(), item.attr("properties").unwrap_or_default());
        Some((item.attr("id")?, Item { path, kind, properties }))
    };
    manifest.filter_map(item).collect()
}

fn title(book: &Tree) -> String {
    book.root().find("metadata").and_then(|metadata| metadata.find("title")).map(Element::text).unwrap_or_default()
}

/// The names of chapters by their files: from EPUB 3's navigation, else from EPUB 2's.
fn contents(
    package: &mut Package<'_>,
    book: &Tree,
    items: &HashMap<&str, Item<'_>>,
) -> Result<HashMap<String, String>, Failure> {
    let mut names = HashMap::new();
    let navigation = items.values().find(|item| item.properties.split_whitespace().any(|property| property == "nav"));
    let old = book.root().find("spine").and_then(|spine| items.get(spine.attr("toc")?));
    for item in navigation.into_iter().chain(old) {
        let folder = item.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
        let Some(tree) = package.optional(&item.path)? else { continue };
        for element in tree.root().descendants() {
            let (reference, name) = match element.name() {
                "a" => (element.attr("href"), element.text()),
                "navPoint" => {
                    let label = element.find("navLabel").map(Element::text).unwrap_or_default();
                    (element.find("content").and_then(|content| content.attr("src")), label)
                }
                _ => continue,
            };
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(reference) = reference.filter(|_| !name.is_empty()) {
                names.entry(resolve(&folder, reference)).or_insert(name);
            }
        }
    }
    Ok(names)
}

/// The files that a shop's lock encrypts; fonts, which are only scrambled, among them.
fn encrypted(package: &mut Package<'_>) -> Result<Vec<String>, Failure> {
    let tree = package.optional("META-INF/encryption.xml")?;
    let references = tree.iter().flat_map(|tree| tree.root().descendants());
    let references = references.filter(|element| element.name() == "CipherReference");
    Ok(references.filter_map(|element| Some(resolve("", element.attr("URI")?))).collect())
}
