//! Word documents (Office Open XML). The crates `office_oxide` and `undoc` read them too, but into models of their own in which it is lost
//! what text was struck or hidden, where a page ended and what a note belongs to.

mod body;
mod numbering;
mod styles;

use std::collections::HashMap;

use reader::wire::Failure;

pub(super) use numbering::number;
pub(super) use styles::heading;

use super::Flow;
use super::package::{Package, Relations};
use super::writer::{Division, Writer};
use super::xml::Tree;
use super::{limits, look};
use body::{Body, Note};
use numbering::Numbering;
use styles::Styles;

/// The parts of a document.
struct Parts {
    document: Tree,
    styles: Styles,
    numbering: Numbering,
    notes: Vec<(Note, Tree)>,
    headers: Vec<Tree>,
    footers: Vec<Tree>,
}

/// Reads a Word document.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut package = Package::open(bytes)?;
    let title = package.core_title()?;
    let mut parts = parts(&mut package)?;
    let mut writer = Writer::new(division(&parts.document));
    writer.title = title;
    let numbering = std::mem::take(&mut parts.numbering);
    let notes = note_index(&parts.notes);
    let mut body = Body::new(&mut writer, &parts.styles, numbering, notes);
    body.background = parts.document.root().find("background").and_then(|ground| look::hex(ground.attr("color")?));
    parts.headers.iter().for_each(|tree| body.asides(tree.root()));
    if let Some(element) = parts.document.root().find("body") {
        body.blocks(element);
    }
    body.endnotes();
    parts.footers.iter().for_each(|tree| body.asides(tree.root()));
    writer.finish()
}

fn parts(package: &mut Package<'_>) -> Result<Parts, Failure> {
    let main = package.relations("")?.into_values().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_string(), |relation| relation.target);
    let document = package.required(&main)?;
    let relations = package.relations(&main)?;
    let styles = one(package, &relations, "styles")?.map(|tree| Styles::read(&tree)).unwrap_or_default();
    let numbering = one(package, &relations, "numbering")?.map(|tree| Numbering::read(&tree)).unwrap_or_default();
    let mut notes = Vec::new();
    for (kind, note) in [("footnotes", Note::Foot), ("endnotes", Note::End), ("comments", Note::Comment)] {
        notes.extend(one(package, &relations, kind)?.map(|tree| (note, tree)));
    }
    let headers = margins(package, &relations, &document, "headerReference")?;
    let footers = margins(package, &relations, &document, "footerReference")?;
    Ok(Parts { document, styles, numbering, notes, headers, footers })
}

fn one(package: &mut Package<'_>, relations: &Relations, kind: &str) -> Result<Option<Tree>, Failure> {
    match relations.values().find(|relation| relation.kind == kind) {
        Some(relation) => package.optional(&relation.target),
        None => Ok(None),
    }
}

/// Running heads or feet, in the order of the sections that use them, each once.
fn margins(
    package: &mut Package<'_>,
    relations: &Relations,
    document: &Tree,
    name: &str,
) -> Result<Vec<Tree>, Failure> {
    let mut targets: Vec<&str> = Vec::new();
    for reference in document.root().descendants().filter(|element| element.name() == name) {
        let target = reference.prefixed("id").and_then(|id| relations.get(id)).map(|relation| relation.target.as_str());
        targets.extend(target.filter(|target| !targets.contains(target)));
    }
    let mut trees: Vec<Tree> = Vec::new();
    for target in targets {
        // The same words on left and right pages are one running head.
        if let Some(tree) = package.optional(target)?
            && trees.iter().all(|other| other.root().text() != tree.root().text())
        {
            trees.push(tree);
        }
    }
    Ok(trees)
}

fn note_index(notes: &[(Note, Tree)]) -> HashMap<(Note, &str), super::xml::Element<'_>> {
    let mut index = HashMap::new();
    for (kind, tree) in notes {
        for element in tree.root().elements() {
            // Separators between text and notes have a type.
            if let (Some(id), None | Some("normal")) = (element.attr("id"), element.attr("type")) {
                index.insert((*kind, id), element);
            }
        }
    }
    index
}

/// A document that Word saved says where its pages ended.
fn division(document: &Tree) -> Division {
    let paged = document.root().descendants().any(|element| element.name() == "lastRenderedPageBreak");
    Division::Stretches(if paged { limits::STRETCH * 4 } else { limits::STRETCH })
}
