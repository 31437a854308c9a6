//! The glyphs of a page, as hayro-interpret draws them, each with its text, its place and what would keep a person from
//! seeing it.
//!
//! Lengths are points, from the top left corner of the page as it is shown.

use std::collections::{HashMap, HashSet};

use hayro_interpret::font::{Glyph as Shape, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use reader::wire::Why;

use super::fonts;
use super::number::step;
use super::type3::{self, Extents};
use super::unicode;

/// Glyphs that a page may have; more are no text.
const MOST_GLYPHS: usize = 1_000_000;
/// Shapes that are remembered as what lies under or over text.
const MOST_SHAPES: usize = 20_000;
/// Points; what is set farther away or larger is no text, nor is what has no place at all.
const FARTHEST: f64 = 30_000.0;
/// Above this opacity what lies below cannot be read.
const OPAQUE: f32 = 0.95;
/// Below this opacity a glyph cannot be seen.
const CLEAR: f32 = 0.05;
/// Colours that differ by less in every channel (of 1) are the same to a reader.
const NEARLY: f32 = 0.08;

/// A glyph, or what `/ActualText` says that several stand for.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its bytes in [`Content::text`].
    pub text: std::ops::Range<usize>,
    /// Where the pen was before it.
    pub origin: Point,
    /// Where the pen was after it.
    pub end: Point,
    /// The unit of its font size, in points.
    pub size: f64,
    /// Whether it is written from top to bottom, its origin in the middle of its top.
    pub vertical: bool,
    /// Whether its font is bold, as far as it says so.
    pub bold: bool,
    /// Why it is not seen.
    pub hidden: Option<Why>,
}

/// What a page draws.
#[derive(Default)]
pub struct Content {
    /// The text of all glyphs.
    pub text: String,
    /// In the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// How much of the page the largest picture covers, 0 to 1.
    pub pictured: f64,
    /// Straight thin lines, as tables have them.
    pub rules: Vec<Rect>,
}

/// A shape that hides what is below it.
struct Cover {
    place: Rect,
    colour: Option<[f32; 3]>,
    /// How many glyphs were drawn before it.
    after: usize,
}

/// Collects a page's glyphs.
pub struct Collector {
    content: Content,
    covers: Vec<Cover>,
    clips: Vec<Rect>,
    page: Rect,
    lies: HashSet<(u32, char)>,
    extents: Extents,
    actual: Actual,
    last_run: Option<(usize, usize)>,
    faded: Vec<bool>,
    /// Glyphs of Type 3 fonts: which, and how tall what they draw is, in points.
    type3: Vec<(usize, f64)>,
}

/// Whether a stretch stands for a text of its own.
#[derive(Default)]
struct Actual {
    /// How deep marked content is nested.
    depth: usize,
    /// The depth at which it began, its text, and the first glyph.
    open: Option<(usize, String, usize)>,
}

impl Collector {
    /// For a page of this size, and the codes with which its fonts name other characters than they draw.
    pub fn new(width: f64, height: f64, lies: HashSet<(u32, char)>) -> Self {
        Self {
            content: Content::default(),
            covers: Vec::new(),
            clips: Vec::new(),
            page: Rect::new(0.0, 0.0, width, height),
            lies,
            extents: Extents::default(),
            actual: Actual::default(),
            last_run: None,
            faded: Vec::new(),
            type3: Vec::new(),
        }
    }

    /// All that was drawn.
    pub fn finish(mut self) -> Content {
        self.end_actual();
        self.size_type3();
        for cover in &self.covers {
            for glyph in self.content.glyphs.iter_mut().take(cover.after) {
                if glyph.hidden.is_none() && cover.place.contains(middle(glyph)) {
                    glyph.hidden = Some(Why::OffPage);
                }
            }
        }
        self.content
    }

    /// Glyphs whose font size says nothing get one by what they draw.
    fn size_type3(&mut self) {
        let mut by_scale: HashMap<i32, (f64, Vec<f64>)> = HashMap::new();
        let scale = |nominal: f64| step(nominal, 0.02);
        for (at, height) in &self.type3 {
            if let Some(glyph) = self.content.glyphs.get(*at) {
                by_scale.entry(scale(glyph.size)).or_insert((glyph.size, Vec::new())).1.push(*height);
            }
        }
        let sizes: HashMap<i32, f64> = by_scale
            .into_iter()
            .map(|(key, (nominal, mut heights))| (key, type3::size(nominal, &mut heights)))
            .collect();
        for (at, _) in &self.type3 {
            if let Some(glyph) = self.content.glyphs.get_mut(*at) {
                glyph.size = sizes.get(&scale(glyph.size)).copied().unwrap_or(glyph.size);
            }
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn push_clip(&mut self, place: Rect) {
        let clip = self.clip().intersect(place);
        self.clips.push(clip);
    }

    fn cover(&mut self, place: Rect, colour: Option<[f32; 3]>) {
        /// Smaller ones cover no word.
        const LEAST: f64 = 3.0;
        let place = place.intersect(self.clip());
        if place.width() < LEAST || place.height() < LEAST || self.covers.len() >= MOST_SHAPES {
            return;
        }
        self.covers.push(Cover { place, colour, after: self.content.glyphs.len() });
    }

    /// The colour under a place, white where nothing was painted, nothing where it is no plain colour.
    fn under(&self, place: Point) -> Option<[f32; 3]> {
        let cover = self.covers.iter().rev().find(|cover| cover.place.contains(place));
        cover.map_or(Some([1.0; 3]), |cover| cover.colour)
    }

    /// Why a run that is drawn so is not seen anywhere on the page.
    fn never_seen(&self, props: &DrawProps<'_>, mode: &DrawMode) -> Option<Why> {
        if matches!(mode, DrawMode::Invisible) || self.faded.contains(&true) {
            return Some(Why::Invisible);
        }
        let (_, opacity) = plain(&props.paint)?;
        (opacity < CLEAR).then_some(Why::Invisible)
    }

    fn take<'a>(&mut self, glyph: &PositionedGlyph<'a>, run: &Run<'_, 'a>) {
        let advance = match &**glyph {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(type3) => type3.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(0.0));
        let place = run.props.transform * glyph.transform();
        let [a, b, c, d, ..] = place.as_coeffs();
        let size = c.hypot(d) * 1000.0;
        // Fonts that stand in for others are stretched to the width that was asked for: how far the pen goes is then
        // measured along the height, whose scale is the true one.
        let along = if run.stretched { c.hypot(d) / a.hypot(b).max(f64::MIN_POSITIVE) } else { 1.0 };
        let (origin, end) = if run.vertical {
            let cell = 1000.0;
            (place * Point::new(advance / 2.0, 0.88 * cell), place * Point::new(advance / 2.0, -0.12 * cell))
        } else {
            (place * Point::ORIGIN, place * Point::new(advance * along, 0.0))
        };
        if ![origin.x, origin.y, end.x, end.y, size].iter().all(|it| it.abs() < FARTHEST) {
            return;
        }
        let start = self.content.text.len();
        match &**glyph {
            Shape::Outline(outline) => fonts::text_of(outline, &mut self.content.text),
            Shape::Type3(type3) => {
                unicode::of_type3(glyph.as_unicode(), glyph.char_code(), &mut self.content.text);
                let height = self.extents.height(type3, &run.props.paint) * c.hypot(d);
                self.type3.push((self.content.glyphs.len(), height));
            }
        }
        let mut taken = Glyph {
            text: start..self.content.text.len(),
            origin,
            end,
            size,
            vertical: run.vertical,
            bold: run.bold,
            hidden: run.hidden,
        };
        if taken.hidden.is_none() {
            taken.hidden = self.unseen(&taken, run.colour).or_else(|| self.lies_about(glyph, &taken));
        }
        self.content.glyphs.push(taken);
    }

    fn lies_about(&self, glyph: &PositionedGlyph<'_>, taken: &Glyph) -> Option<Why> {
        let said = self.content.text.get(taken.text.clone())?.chars().next()?;
        self.lies.contains(&(glyph.char_code(), said)).then_some(Why::ForgedFont)
    }

    fn unseen(&self, glyph: &Glyph, colour: Option<[f32; 3]>) -> Option<Why> {
        /// Points; what is smaller is no text to a reader.
        const TINY: f64 = 2.0;
        let middle = middle(glyph);
        if !self.page.contains(middle) || !self.clip().contains(middle) {
            return Some(Why::OffPage);
        }
        if glyph.size < TINY {
            return Some(Why::Tiny);
        }
        let under = self.under(middle)?;
        let same = colour?.iter().zip(under).all(|(one, other)| (one - other).abs() < NEARLY);
        same.then_some(Why::SameColour)
    }

    fn end_actual(&mut self) {
        let Some((_, text, first)) = self.actual.open.take() else { return };
        let content = &mut self.content;
        let before = first.checked_sub(1).and_then(|at| content.glyphs.get(at)).cloned();
        let Some(glyphs) = content.glyphs.get(first..) else { return };
        let Some(mut whole) = joined(glyphs, before.as_ref()) else { return };
        let own: String = glyphs.iter().filter_map(|glyph| content.text.get(glyph.text.clone())).collect();
        let spread = glyphs.iter().map(|glyph| across(&whole, glyph.origin).abs()).fold(0.0, f64::max);
        if spread > whole.size * 0.8 && !own.trim().is_empty() {
            // Several lines: one box for all of them would be none.
            return;
        }
        if unicode::differs(&own, &text) {
            whole.hidden = whole.hidden.or(Some(Why::ForgedFont));
        }
        content.glyphs.truncate(first);
        let start = content.text.len();
        unicode::push_clean(&text, &mut content.text);
        whole.text = start..content.text.len();
        content.glyphs.push(whole);
    }
}

/// One glyph in the place of several, on the baseline of the one before them where one of them stands on it: the
/// others are marks then, set higher or lower.
fn joined(glyphs: &[Glyph], before: Option<&Glyph>) -> Option<Glyph> {
    let length = |glyph: &Glyph| glyph.origin.distance(glyph.end);
    // What takes no place has no direction.
    let longest = glyphs.iter().max_by(|one, other| length(one).total_cmp(&length(other)))?;
    let off = |glyph: &Glyph| before.map_or(0.0, |before| across(before, glyph.origin).abs());
    let placed = glyphs.iter().filter(|glyph| length(glyph) > 0.0);
    let based = placed.min_by(|one, other| off(one).total_cmp(&off(other))).unwrap_or(longest);
    let direction = (longest.end - longest.origin) / length(longest).max(f64::MIN_POSITIVE);
    let along = |at: Point| (at - based.origin).dot(direction);
    let ends = || glyphs.iter().flat_map(|glyph| [glyph.origin, glyph.end]).map(along);
    let (from, to) = (ends().fold(f64::MAX, f64::min), ends().fold(f64::MIN, f64::max));
    let all_hidden = glyphs.iter().map(|glyph| glyph.hidden).reduce(Option::and)?;
    Some(Glyph {
        origin: based.origin + direction * from,
        end: based.origin + direction * to,
        hidden: all_hidden,
        ..longest.clone()
    })
}

/// What all glyphs of a run have in common.
struct Run<'r, 'a> {
    props: &'r DrawProps<'a>,
    hidden: Option<Why>,
    colour: Option<[f32; 3]>,
    vertical: bool,
    bold: bool,
    stretched: bool,
}

/// How far a place is from a glyph's baseline.
fn across(glyph: &Glyph, place: Point) -> f64 {
    let length = glyph.origin.distance(glyph.end).max(f64::MIN_POSITIVE);
    let (dx, dy) = ((glyph.end.x - glyph.origin.x) / length, (glyph.end.y - glyph.origin.y) / length);
    (place.x - glyph.origin.x) * dy - (place.y - glyph.origin.y) * dx
}

fn middle(glyph: &Glyph) -> Point {
    let Glyph { origin, end, size, vertical, .. } = glyph;
    let middle = origin.midpoint(*end);
    if *vertical {
        return middle;
    }
    // A third of the size above the baseline, whatever the direction of writing.
    let length = origin.distance(*end);
    if length < f64::EPSILON {
        return Point::new(middle.x, middle.y - size / 3.0);
    }
    let (dx, dy) = ((end.x - origin.x) / length, (end.y - origin.y) / length);
    Point::new(middle.x + dy * size / 3.0, middle.y - dx * size / 3.0)
}

/// A plain colour and its opacity; nothing for patterns.
fn plain(paint: &Paint<'_>) -> Option<([f32; 3], f32)> {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, opacity] = colour.to_rgba().components();
            Some(([red, green, blue], opacity))
        }
        Paint::Pattern(_) => None,
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let place = (props.transform * path).bounding_box();
        if place.is_finite() {
            self.painted(place, is_box(path), &props, mode);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let place = props.transform.transform_rect_bbox(*rect);
        self.painted(place, true, &props, mode);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.push_clip(clip_path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(*rect);
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.faded.push(opacity < CLEAR);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        if self.content.glyphs.len() > MOST_GLYPHS {
            return;
        }
        // Text that is filled and then stroked comes twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.is_again(first, run.glyphs().len(), &props) {
            return;
        }
        let described = match &**first {
            Shape::Outline(outline) => fonts::described(outline),
            Shape::Type3(_) => fonts::Described::default(),
        };
        let run_of = Run {
            hidden: self.never_seen(&props, mode),
            colour: plain(&props.paint).filter(|(_, opacity)| *opacity >= CLEAR).map(|(colour, _)| colour),
            vertical: !matches!(run.writing_mode(), hayro_interpret::hayro_cmap::WritingMode::Horizontal),
            bold: described.bold,
            stretched: described.stretched,
            props: &props,
        };
        let start = self.content.glyphs.len();
        for glyph in run.glyphs() {
            self.take(glyph, &run_of);
        }
        self.last_run = Some((start, run.glyphs().len()));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        if !place.is_finite() {
            return;
        }
        let seen = place.intersect(self.clip());
        let whole = self.page.area().max(1.0);
        self.content.pictured = self.content.pictured.max(seen.area() / whole);
        let solid = match &image {
            Image::Raster(raster) => {
                let described = raster.stream().dict();
                !described.contains_key(b"SMask") && !described.contains_key(b"Mask") && props.soft_mask.is_none()
            }
            Image::Stencil(_) => false,
        };
        if solid && props.blend_mode == BlendMode::Normal {
            self.cover(place, None);
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.faded.pop();
    }

    fn begin_marked_content(&mut self, _tag: &[u8], properties: Option<&Dict<'_>>) {
        self.actual.depth += 1;
        if self.actual.open.is_some() {
            return;
        }
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        if let Some(text) = text {
            let text = unicode::of_pdf_string(text.as_bytes());
            self.actual.open = Some((self.actual.depth, text, self.content.glyphs.len()));
        }
    }

    fn end_marked_content(&mut self) {
        if self.actual.open.as_ref().is_some_and(|(depth, ..)| *depth == self.actual.depth) {
            self.end_actual();
        }
        self.actual.depth = self.actual.depth.saturating_sub(1);
    }
}

impl Collector {
    fn is_again(&self, first: &PositionedGlyph<'_>, length: usize, props: &DrawProps<'_>) -> bool {
        let Some((start, before)) = self.last_run else { return false };
        let origin = props.transform * first.transform() * Point::ORIGIN;
        let same = self.content.glyphs.get(start).is_some_and(|glyph| glyph.origin.distance(origin) < 0.01);
        same && before == length
    }

    fn painted(&mut self, place: Rect, is_box: bool, props: &DrawProps<'_>, mode: &DrawMode) {
        /// Points: as thick as lines of tables are at most.
        const THIN: f64 = 2.0;
        const LONG: f64 = 10.0;
        let (thin, long) = (place.width().min(place.height()), place.width().max(place.height()));
        if thin < THIN && long > LONG && self.content.rules.len() < MOST_SHAPES {
            self.content.rules.push(place);
            return;
        }
        let filled = matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        let hides = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        if let Some((colour, opacity)) = plain(&props.paint)
            && filled
            && hides
            && is_box
            && opacity > OPAQUE
        {
            self.cover(place, Some(colour));
        }
    }
}

/// Whether a path is a rectangle along the axes.
fn is_box(path: &BezPath) -> bool {
    let mut points = Vec::new();
    for element in path.elements() {
        match element.end_point() {
            Some(point) => points.push(point),
            None => break,
        }
        if points.len() > 5 {
            return false;
        }
    }
    points.len() >= 4
        && points.windows(2).all(|two| two.iter().map(|it| it.x).all_equal() || two.iter().map(|it| it.y).all_equal())
}

trait AllEqual {
    fn all_equal(self) -> bool;
}

impl<I: Iterator<Item = f64>> AllEqual for I {
    fn all_equal(mut self) -> bool {
        let Some(first) = self.next() else { return true };
        self.all(|it| (it - first).abs() < 1e-3)
    }
}

/// Where a page is shown: its own coordinates to points from its top left corner.
pub fn shown(page: &hayro_interpret::hayro_syntax::page::Page<'_>) -> Affine {
    use hayro_interpret::TransformExt as _;
    page.initial_transform(true).to_kurbo()
}
