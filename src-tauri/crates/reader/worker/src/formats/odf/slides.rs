//! `OpenDocument` presentations: a page for each slide, titles first, then from the top left to the bottom right.

use reader::wire::{BlockKind, Why};

use super::super::inline::Inline;
use super::super::look::Look;
use super::super::slide_order::{Place, order};
use super::super::writer::Writer;
use super::super::xml::{Element, Tree};
use super::styles::{Styles, points};
use super::text::Body;

/// Reads the slides.
pub(super) fn read(content: &Tree, styles: &Styles, writer: &mut Writer) {
    let Some(presentation) = content.root().at(&["body", "presentation"]) else { return };
    let mut body = Body::new(writer, styles);
    for (i, slide) in presentation.elements().filter(|element| element.name() == "page").enumerate() {
        let name = slide.attr("name").unwrap_or_default();
        // "page1" is what the program calls it, not the person.
        let given = name.trim_end_matches(|c: char| c.is_ascii_digit()) != "page";
        body.writer.named_page(&if given { name.to_string() } else { (i + 1).to_string() });
        body.hidden = styles.of("drawing-page", slide.attr("style-name")).hidden;
        let mut shapes = Vec::new();
        collect(slide, &mut shapes);
        for index in order(&shapes.iter().map(|(_, place)| *place).collect::<Vec<_>>()) {
            if let Some((shape, _)) = shapes.get(index) {
                read_shape(*shape, styles, &mut body);
            }
        }
        if let Some(notes) = slide.find("notes") {
            let noted = notes.elements().filter(|frame| frame.attr("class") == Some("notes"));
            noted.for_each(|frame| body.asides(frame));
        }
    }
}

fn collect<'a>(container: Element<'a>, shapes: &mut Vec<(Element<'a>, Place)>) {
    for element in container.elements() {
        match element.name() {
            "notes" | "forms" | "animations" | "par" => {}
            "g" | "a" => collect(element, shapes),
            _ => {
                let at = |name: &str| element.attr(name).and_then(points);
                let place = Place {
                    title: element.attr("class") == Some("title"),
                    x: at("x").unwrap_or(0.0),
                    y: at("y").unwrap_or(0.0),
                    height: at("height").unwrap_or(0.0),
                };
                shapes.push((element, place));
            }
        }
    }
}

fn read_shape<'a>(shape: Element<'a>, styles: &'a Styles, body: &mut Body<'a>) {
    // Under a slide's text lies whatever the slide's design puts there: only the shape's own ground is known.
    let family = if shape.prefixed("class").is_some() { "presentation" } else { "graphic" };
    let ground = styles.of(family, shape.attr("style-name")).look.ground;
    body.ground = Look { ground: ground.or(Some(None)), ..Look::default() };
    let text = match shape.name() {
        "frame" => shape.find("text-box"),
        _ => Some(shape),
    };
    match (text, shape.attr("class")) {
        (Some(text), Some("title")) => {
            let mut title = Inline::default();
            body.cell_text(text, &mut title);
            if body.hidden {
                title.mark_all(Why::Invisible);
            }
            body.writer.block(BlockKind::Heading(1), title);
        }
        (Some(text), _) => body.blocks(text),
        (None, _) => shape.elements().filter(|inner| inner.name() == "table").for_each(|table| body.table(table)),
    }
}
