//! Pictures of pages, drawn by hayro.

use std::io::Cursor;

use hayro::hayro_interpret::{InterpreterSettings, TransformExt as _};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, GrayImage, ImageEncoder as _};
use reader::wire::{Failure, Picture, Rect};

/// The most pixels of a picture.
const MOST_PIXELS: f64 = 40e6;
/// The most pixels of a side.
const LONGEST: f64 = 16_000.0;

/// Draws a page, or an area of it (points), at `scale` dots for each point. Asked for more than 40 megapixels, it draws
/// with as many dots as that allows.
pub fn draw(page: &Page<'_>, number: u32, scale: f32, area: Option<Rect>) -> Result<Picture, Failure> {
    let (pixmap, width, height) = rendered(page, scale, area)?;
    let rgb: Vec<u8> =
        pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let mut png = Cursor::new(Vec::new());
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&rgb, width.into(), height.into(), ExtendedColorType::Rgb8)
        .map_err(|_| Failure::TooLarge)?;
    Ok(Picture { page: number, width: width.into(), height: height.into(), png: png.into_inner() })
}

/// Draws a page in shades of gray, at `scale` dots for each point.
pub fn gray(page: &Page<'_>, scale: f32) -> Result<GrayImage, Failure> {
    let (pixmap, width, height) = rendered(page, scale, None)?;
    let luma = |pixel: &[u8]| match pixel {
        // Rec. 601, as scanners weigh them.
        [red, green, blue, ..] => {
            let weighed = u32::from(*red) * 299 + u32::from(*green) * 587 + u32::from(*blue) * 114;
            u8::try_from(weighed / 1000).unwrap_or(u8::MAX)
        }
        _ => u8::MAX,
    };
    let shades = pixmap.data_as_u8_slice().chunks_exact(4).map(luma).collect();
    GrayImage::from_raw(width.into(), height.into(), shades).ok_or(Failure::TooLarge)
}

fn rendered(page: &Page<'_>, scale: f32, area: Option<Rect>) -> Result<(Pixmap, u16, u16), Failure> {
    let (page_width, page_height) = page.render_dimensions();
    let whole = Rect { x: 0.0, y: 0.0, width: page_width, height: page_height };
    let area = within(area.unwrap_or(whole), whole).ok_or(Failure::NoPage)?;
    let scale = allowed(f64::from(scale), area).ok_or(Failure::NoPage)?;
    let side = |points: f32| (f64::from(points) * scale).round().clamp(1.0, LONGEST);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
    let (width, height) = (side(area.width) as u16, side(area.height) as u16);
    let shown = page.initial_transform(true).to_kurbo();
    let transform = Affine::scale(scale) * Affine::translate((-f64::from(area.x), -f64::from(area.y))) * shown;
    let cache = RenderCache::new();
    let mut context = RenderContext::new(width, height);
    let settings = InterpreterSettings::default();
    render_into(page, &cache, &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let on_white = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), on_white);
    Ok((pixmap, width, height))
}

/// What of an area lies on the page; nothing where none does.
fn within(area: Rect, whole: Rect) -> Option<Rect> {
    let (x0, y0) = (area.x.max(0.0), area.y.max(0.0));
    let (x1, y1) = ((area.x + area.width).min(whole.width), (area.y + area.height).min(whole.height));
    let cut = Rect { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    (cut.width > 0.0 && cut.height > 0.0 && cut.width.is_finite() && cut.height.is_finite()).then_some(cut)
}

/// The scale at which a picture of this area stays within its limits; nothing for one that makes no sense.
fn allowed(scale: f64, area: Rect) -> Option<f64> {
    let (width, height) = (f64::from(area.width), f64::from(area.height));
    let most = (MOST_PIXELS / (width * height)).sqrt().min(LONGEST / width.max(height));
    (scale.is_finite() && scale > 0.0).then(|| scale.min(most))
}
