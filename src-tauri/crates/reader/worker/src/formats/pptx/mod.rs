//! `PowerPoint` presentations (Office Open XML): a page for each slide, its notes beside the text.

mod shapes;
mod theme;

use reader::wire::{BlockKind, Failure, Why};

use super::Flow;
use super::inline::Inline;
use super::package::{Package, Relations};
use super::slide_order::order;
use super::writer::{Division, Writer};
use super::xml::{Element, Tree};
use shapes::{Content, Layout, Shape};
use theme::Theme;

/// Half-inch wide and high, in EMU, where a presentation does not say how large its slides are: nothing is off them then.
const UNSAID: f32 = f32::INFINITY;

/// Reads a presentation.
///
/// # Errors
/// [`Failure::Damaged`], [`Failure::Protected`], [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let mut package = Package::open(bytes)?;
    let mut writer = Writer::new(Division::Never);
    writer.title = package.core_title()?;
    let main = package.relations("")?.into_values().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "ppt/presentation.xml".to_string(), |relation| relation.target);
    let presentation = package.required(&main)?;
    let relations = package.relations(&main)?;
    let size = presentation.root().find("sldSz");
    let length = |name| size.and_then(|size| size.attr(name)?.parse::<f32>().ok()).unwrap_or(UNSAID);
    let (width, height) = (length("cx"), length("cy"));
    let slides =
        presentation.root().find("sldIdLst").map(|list| list.elements().collect::<Vec<_>>()).unwrap_or_default();
    for (i, slide) in slides.into_iter().enumerate() {
        writer.named_page(&(i + 1).to_string());
        let Some(target) = slide.prefixed("id").and_then(|id| relations.get(id)) else { continue };
        let Some(tree) = package.optional(&target.target)? else { continue };
        let relations = package.relations(&target.target)?;
        let page = Slide { tree: &tree, width, height };
        page.read(&mut package, &relations, &mut writer)?;
        if writer.is_full() {
            break;
        }
    }
    writer.finish()
}

struct Slide<'a> {
    tree: &'a Tree,
    width: f32,
    height: f32,
}

impl Slide<'_> {
    fn read(&self, package: &mut Package<'_>, relations: &Relations, writer: &mut Writer) -> Result<(), Failure> {
        let find = |kind: &str| relations.values().find(|relation| relation.kind == kind);
        let mut backgrounds = vec![background(self.tree)];
        let mut layout = Layout::default();
        let mut theme = Theme::default();
        if let Some(target) = find("slideLayout").map(|relation| relation.target.clone()) {
            let above = package.relations(&target)?;
            if let Some(tree) = package.optional(&target)? {
                layout.add(&tree);
                backgrounds.push(background(&tree));
            }
            let master = above.values().find(|relation| relation.kind == "slideMaster");
            if let Some(target) = master.map(|relation| relation.target.clone()) {
                let above = package.relations(&target)?;
                if let Some(tree) = package.optional(&target)? {
                    layout.add(&tree);
                    backgrounds.push(background(&tree));
                }
                let tree =
                    above.values().find(|relation| relation.kind == "theme").map(|relation| relation.target.clone());
                theme = tree
                    .map(|target| package.optional(&target))
                    .transpose()?
                    .flatten()
                    .map(|tree| Theme::read(&tree))
                    .unwrap_or_default();
            }
        }
        // What is nearest to the slide counts; a picture or a gradient hides what is behind it.
        let ground = backgrounds.into_iter().flatten().next().and_then(|fill| theme.colour(&fill));
        let hidden = self.tree.root().attr("show").is_some_and(|show| matches!(show, "0" | "false"));
        let shapes = shapes::collect(self.tree, &layout, &theme, ground);
        for index in order(&shapes.iter().map(|shape| shape.place).collect::<Vec<_>>()) {
            if let Some(shape) = shapes.get(index) {
                self.write(shape, hidden, package, relations, writer)?;
            }
        }
        if let Some(target) = find("notesSlide").map(|relation| relation.target.clone())
            && let Some(tree) = package.optional(&target)?
        {
            notes(&tree, writer);
        }
        Ok(())
    }

    fn write(
        &self,
        shape: &Shape<'_>,
        hidden: bool,
        package: &mut Package<'_>,
        relations: &Relations,
        writer: &mut Writer,
    ) -> Result<(), Failure> {
        let why = match () {
            () if hidden || shape.hidden => Some(Why::Invisible),
            () if shape.is_outside(self.width, self.height) => Some(Why::OffPage),
            () => None,
        };
        match shape.content {
            Content::Text(body) => {
                for (kind, mut inline) in shapes::paragraphs(body, shape) {
                    if let Some(why) = why {
                        inline.mark_all(why);
                    }
                    writer.block(kind, inline);
                }
            }
            Content::Table(table) => {
                shapes::table(table, why, writer);
            }
            Content::Diagram(id) => {
                let Some(target) = relations.get(id).map(|relation| relation.target.clone()) else { return Ok(()) };
                let Some(tree) = package.optional(&target)? else { return Ok(()) };
                for paragraph in tree.root().descendants().filter(|element| element.name() == "p") {
                    let mut inline = Inline::plain(&paragraph.text());
                    if let Some(why) = why {
                        inline.mark_all(why);
                    }
                    writer.block(BlockKind::Paragraph, inline);
                }
            }
        }
        Ok(())
    }
}

/// What a slide, a layout or a master lays under everything: the element that holds the fill.
fn background(tree: &Tree) -> Option<theme::Fill> {
    let ground = tree.root().at(&["cSld", "bg"])?;
    ground.find("bgPr").or_else(|| ground.find("bgRef")).map(theme::fill)
}

fn notes(tree: &Tree, writer: &mut Writer) {
    let is_body = |shape: &Element<'_>| {
        let placeholder = shape.at(&["nvSpPr", "nvPr", "ph"]);
        placeholder.is_some_and(|placeholder| placeholder.attr("type") == Some("body"))
    };
    for shape in tree.root().descendants().filter(|element| element.name() == "sp" && is_body(element)) {
        for paragraph in
            shape.find("txBody").into_iter().flat_map(Element::elements).filter(|element| element.name() == "p")
        {
            writer.block(BlockKind::Aside, shapes::line(paragraph, &Theme::default(), super::look::Look::default()));
        }
    }
}
