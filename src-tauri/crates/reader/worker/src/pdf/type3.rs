//! How tall the glyphs of Type 3 fonts are: their programs may use any unit, so that the font size alone says nothing.

use std::collections::HashMap;

use hayro_interpret::font::{GlyphRun, Type3Glyph};
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// The heights of the glyphs that were asked for, each interpreted once.
#[derive(Default)]
pub struct Extents(HashMap<u128, f64>);

impl Extents {
    /// The height of what a glyph draws, in thousandths of the font size.
    pub fn height<'a>(&mut self, glyph: &Type3Glyph<'a>, paint: &Paint<'a>) -> f64 {
        *self.0.entry(glyph.cache_key()).or_insert_with(|| {
            let mut drawn = Drawn(None);
            glyph.interpret(&mut drawn, Affine::IDENTITY, Affine::IDENTITY, paint);
            drawn.0.map_or(0.0, |place| place.height())
        })
    }
}

/// The font size, in points, of Type 3 glyphs that a page draws at one scale, from their heights: the nominal size
/// where it can be true, else what the median height (that of letters without ascender) asks for.
pub fn size(nominal: f64, heights: &mut Vec<f64>) -> f64 {
    /// Of the font size: the height of an x, and how far the median may be from it.
    const X_HEIGHT: f64 = 0.45;
    const PLAUSIBLE: std::ops::Range<f64> = 0.2..1.3;
    heights.retain(|height| *height > 0.0);
    heights.sort_by(f64::total_cmp);
    match heights.get(heights.len() / 2) {
        Some(median) if !PLAUSIBLE.contains(&(median / nominal)) => median / X_HEIGHT,
        _ => nominal,
    }
}

/// Where anything is drawn.
struct Drawn(Option<Rect>);

impl Drawn {
    fn add(&mut self, place: Rect) {
        if place.is_finite() {
            self.0 = Some(self.0.map_or(place, |drawn| drawn.union(place)));
        }
    }
}

impl<'a> Device<'a> for Drawn {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.add((props.transform * path).bounding_box());
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.add((props.transform * glyph.transform()).transform_rect_bbox(Rect::new(0.0, 0.0, 500.0, 700.0)));
        }
    }
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let whole = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.add(props.transform.transform_rect_bbox(whole));
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
