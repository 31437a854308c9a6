//! The shapes of a slide: where they stand, what they say.

use std::collections::HashMap;

use reader::wire::{BlockKind, Why};

use super::super::inline::Inline;
use super::super::look::{Colour, Look};
use super::super::slide_order::Place;
use super::super::writer::Writer;
use super::super::xml::{Element, Tree};
use super::theme::{self, Fill, Theme};

/// A shape that says something.
pub(super) struct Shape<'a> {
    pub(super) place: Place,
    width: f32,
    placed: bool,
    pub(super) hidden: bool,
    /// `title`, `body` and so on; nothing for what is no placeholder.
    kind: Option<&'a str>,
    pub(super) content: Content<'a>,
    ground: Look,
    theme: &'a Theme,
}

/// What it says it with.
pub(super) enum Content<'a> {
    Text(Element<'a>),
    Table(Element<'a>),
    /// A relation's id.
    Diagram(&'a str),
}

/// Where placeholders stand that slides do not place themselves.
#[derive(Default)]
pub(super) struct Layout {
    places: HashMap<String, [f32; 4]>,
}

/// A group's coordinates: scale and offset.
#[derive(Clone, Copy)]
struct Frame {
    scale: [f32; 2],
    offset: [f32; 2],
}

impl Layout {
    /// Adds the places of a layout, then those of its master: the first counts.
    pub(super) fn add(&mut self, tree: &Tree) {
        for shape in tree.root().descendants().filter(|element| element.name() == "sp") {
            if let (Some(placeholder), Some(place)) = (placeholder(shape), transform(shape)) {
                let keys =
                    [placeholder.attr("idx").map(|index| format!("#{index}")), Some(kind(placeholder).to_string())];
                for key in keys.into_iter().flatten() {
                    self.places.entry(key).or_insert(place);
                }
            }
        }
    }

    fn place(&self, placeholder: Element<'_>) -> Option<[f32; 4]> {
        let index = placeholder.attr("idx").and_then(|index| self.places.get(&format!("#{index}")));
        index.or_else(|| self.places.get(kind(placeholder))).copied()
    }
}

impl Shape<'_> {
    /// Whether nothing of it is on a slide of this size.
    pub(super) fn is_outside(&self, width: f32, height: f32) -> bool {
        let Place { x, y, height: own, .. } = self.place;
        self.placed && (x >= width || y >= height || x + self.width <= 0.0 || y + own <= 0.0)
    }
}

/// All shapes of a slide that say something, in the order of the file.
pub(super) fn collect<'a>(
    tree: &'a Tree,
    layout: &Layout,
    theme: &'a Theme,
    background: Option<Colour>,
) -> Vec<Shape<'a>> {
    let mut shapes = Vec::new();
    let Some(root) = tree.root().at(&["cSld", "spTree"]) else { return shapes };
    // Under letters on a picture lies the picture.
    let pictured = root.descendants().any(|element| matches!(element.name(), "pic" | "blipFill"));
    let context = Context { layout, theme, background: background.filter(|_| !pictured) };
    context.group(root, Frame { scale: [1.0; 2], offset: [0.0; 2] }, false, &mut shapes);
    shapes
}

struct Context<'a, 'b> {
    layout: &'b Layout,
    theme: &'a Theme,
    background: Option<Colour>,
}

impl<'a> Context<'a, '_> {
    fn group(&self, group: Element<'a>, frame: Frame, hidden: bool, shapes: &mut Vec<Shape<'a>>) {
        for element in group.elements() {
            let hidden = hidden || is_hidden(element);
            match element.name() {
                "grpSp" => self.group(element, frame.within(element), hidden, shapes),
                "AlternateContent" => {
                    let choice = element.find("Choice").or_else(|| element.find("Fallback"));
                    if let Some(choice) = choice {
                        self.group(choice, frame, hidden, shapes);
                    }
                }
                "sp" | "cxnSp" => {
                    if let Some(text) = element.find("txBody") {
                        shapes.push(self.shape(element, frame, hidden, Content::Text(text)));
                    }
                }
                "graphicFrame" => {
                    let Some(data) = element.at(&["graphic", "graphicData"]) else { continue };
                    let diagram = data.find("relIds").and_then(|ids| ids.prefixed("dm")).map(Content::Diagram);
                    if let Some(content) = data.find("tbl").map(Content::Table).or(diagram) {
                        shapes.push(self.shape(element, frame, hidden, content));
                    }
                }
                _ => {}
            }
        }
    }

    fn shape(&self, element: Element<'a>, frame: Frame, hidden: bool, content: Content<'a>) -> Shape<'a> {
        let placeholder = placeholder(element);
        let own = transform(element).map(|place| frame.apply(place));
        let place = own.or_else(|| self.layout.place(placeholder?));
        let [x, y, width, height] = place.unwrap_or_default();
        let kind = placeholder.map(kind);
        let title = matches!(kind, Some("title" | "ctrTitle"));
        let ground = match element.find("spPr").map(theme::fill) {
            Some(Fill::Nothing) | None => self.background,
            Some(fill) => self.theme.colour(&fill),
        };
        Shape {
            place: Place { title, x, y, height },
            width,
            placed: place.is_some(),
            hidden,
            kind,
            content,
            ground: Look { ground: Some(ground), ..Look::default() },
            theme: self.theme,
        }
    }
}

impl Frame {
    fn within(self, group: Element<'_>) -> Self {
        let Some(transform) = group.at(&["grpSpPr", "xfrm"]) else { return self };
        let (outer, inner) = (pair(transform, "off", ["x", "y"]), pair(transform, "chOff", ["x", "y"]));
        let (size, inner_size) = (pair(transform, "ext", ["cx", "cy"]), pair(transform, "chExt", ["cx", "cy"]));
        let (Some(outer), Some(inner), Some(size), Some(inner_size)) = (outer, inner, size, inner_size) else {
            return self;
        };
        let axis = |size: f32, inner: f32| if inner == 0.0 { 1.0 } else { size / inner };
        let scale = [axis(size[0], inner_size[0]), axis(size[1], inner_size[1])];
        Self {
            scale: [self.scale[0] * scale[0], self.scale[1] * scale[1]],
            offset: [
                self.offset[0] + self.scale[0] * (outer[0] - inner[0] * scale[0]),
                self.offset[1] + self.scale[1] * (outer[1] - inner[1] * scale[1]),
            ],
        }
    }

    fn apply(self, [x, y, width, height]: [f32; 4]) -> [f32; 4] {
        let [sx, sy] = self.scale;
        [self.offset[0] + sx * x, self.offset[1] + sy * y, sx * width, sy * height]
    }
}

fn transform(shape: Element<'_>) -> Option<[f32; 4]> {
    let transform = shape.at(&["spPr", "xfrm"]).or_else(|| shape.find("xfrm"))?;
    let ([x, y], [width, height]) = (pair(transform, "off", ["x", "y"])?, pair(transform, "ext", ["cx", "cy"])?);
    Some([x, y, width, height])
}

fn pair(transform: Element<'_>, name: &str, keys: [&str; 2]) -> Option<[f32; 2]> {
    let element = transform.find(name)?;
    let value = |key| element.attr(key)?.parse::<f32>().ok();
    Some([value(keys[0])?, value(keys[1])?])
}

fn placeholder(shape: Element<'_>) -> Option<Element<'_>> {
    let own = shape.elements().find(|element| element.name().starts_with("nv"))?;
    own.at(&["nvPr", "ph"])
}

fn kind(placeholder: Element<'_>) -> &str {
    placeholder.attr("type").unwrap_or("body")
}

fn is_hidden(shape: Element<'_>) -> bool {
    let own = shape.elements().find(|element| element.name().starts_with("nv")).and_then(|own| own.find("cNvPr"));
    own.and_then(|own| own.attr("hidden")).is_some_and(|hidden| matches!(hidden, "1" | "true"))
}

/// The paragraphs of a shape and what they are.
pub(super) fn paragraphs(body: Element<'_>, shape: &Shape<'_>) -> Vec<(BlockKind, Inline)> {
    let paragraphs: Vec<Element<'_>> = body.elements().filter(|element| element.name() == "p").collect();
    let several = paragraphs.len() > 1;
    let read = |paragraph: Element<'_>| {
        let properties = paragraph.find("pPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.find(name).is_some());
        let item = match shape.kind {
            Some("title" | "ctrTitle") => BlockKind::Heading(1),
            Some("subTitle") => BlockKind::Heading(2),
            Some("dt" | "ftr" | "sldNum" | "hdr") => BlockKind::Aside,
            // The bullets of a slide's body come from its design.
            Some("body") if several && !has("buNone") => BlockKind::Item,
            _ if has("buChar") || has("buAutoNum") => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        (item, line(paragraph, shape.theme, shape.ground))
    };
    paragraphs.into_iter().map(read).collect()
}

/// A paragraph's text.
pub(super) fn line(paragraph: Element<'_>, theme: &Theme, outer: Look) -> Inline {
    let mut inline = Inline::default();
    for element in paragraph.elements() {
        match element.name() {
            "r" | "fld" => {
                let look = element.find("rPr").map(|properties| look(properties, theme)).unwrap_or_default();
                let text = element.find("t").map(Element::text).unwrap_or_default();
                inline.push(&text, look.over(outer).why());
            }
            "br" => inline.line_break(),
            // Formulas.
            "AlternateContent" | "m" => {
                let text = element.descendants().filter(|inner| inner.name() == "t").map(Element::text);
                inline.push(&text.collect::<String>(), None);
            }
            _ => {}
        }
    }
    inline
}

fn look(properties: Element<'_>, theme: &Theme) -> Look {
    let fill = theme::fill(properties);
    let size = properties.attr("sz").and_then(|size| size.parse::<f32>().ok());
    Look {
        colour: (fill != Fill::Nothing).then(|| theme.colour(&fill)),
        ground: properties.find("highlight").map(|ground| theme.colour(&theme::fill(ground))),
        size: size.map(|hundredths| hundredths / 100.0),
        hidden: properties.find("noFill").map(|_| true),
    }
}

/// Writes a table. The grounds of its cells come from its style: letters are taken to be readable.
pub(super) fn table(table: Element<'_>, why: Option<Why>, writer: &mut Writer) {
    let named =
        table.find("tblPr").and_then(|properties| properties.attr("firstRow")).is_some_and(|first| first != "0");
    let ground = Look { ground: Some(None), ..Look::default() };
    for (i, row) in table.elements().filter(|element| element.name() == "tr").enumerate() {
        let mut cells = Vec::new();
        for cell in row.elements().filter(|element| element.name() == "tc") {
            let merged = ["hMerge", "vMerge"].iter().any(|merge| cell.attr(merge).is_some_and(|merge| merge != "0"));
            let mut text = Inline::default();
            if !merged {
                let body = cell.find("txBody").into_iter().flat_map(Element::elements);
                for paragraph in body.filter(|element| element.name() == "p") {
                    text.join(&line(paragraph, &Theme::default(), ground), " ");
                }
            }
            if let Some(why) = why {
                text.mark_all(why);
            }
            cells.push(text);
        }
        writer.row(cells, i == 0 && named);
    }
    writer.end_table();
}
