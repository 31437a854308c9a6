//! `OpenDocument`: texts, presentations and sheets. No crate was found that keeps notes, hidden text and the cells' own display text.

mod sheets;
mod slides;
mod styles;
mod text;

use reader::wire::{Failure, Kind};

use super::Flow;
use super::limits;
use super::package::Package;
use super::writer::{Division, Writer};
use super::xml::Tree;
use styles::Styles;

/// Reads an `OpenDocument` file.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(kind: Kind, bytes: &[u8]) -> Result<Flow, Failure> {
    let mut package = Package::open(bytes)?;
    if package.optional("META-INF/manifest.xml")?.is_some_and(|manifest| is_encrypted(&manifest)) {
        return Err(Failure::Protected);
    }
    let title = title(&mut package)?;
    let content = package.required("content.xml")?;
    let common = package.optional("styles.xml")?;
    let styles = Styles::read(&content, common.as_ref());
    let mut writer = Writer::new(match kind {
        Kind::Ods => Division::Rows(limits::ROWS),
        Kind::Odp => Division::Never,
        _ => text::division(&content),
    });
    writer.title = title;
    match kind {
        Kind::Ods => sheets::read(&content, &styles, &mut writer),
        Kind::Odp => slides::read(&content, &styles, &mut writer),
        _ => text::read(&content, common.as_ref(), &styles, &mut writer),
    }
    writer.finish()
}

fn is_encrypted(manifest: &Tree) -> bool {
    let content = ["content.xml", "encrypted-package"];
    let entries =
        manifest.root().elements().filter(|entry| entry.attr("full-path").is_some_and(|path| content.contains(&path)));
    entries.into_iter().any(|entry| entry.find("encryption-data").is_some())
}

fn title(package: &mut Package<'_>) -> Result<String, Failure> {
    let meta = package.optional("meta.xml")?;
    Ok(meta.and_then(|meta| Some(meta.root().at(&["meta", "title"])?.text())).unwrap_or_default())
}
