//! A scan made ready for Tesseract, and the way back from what it found to the scan.

use image::GrayImage;

use super::pix::Pix;
use super::tesseract::Area;
use super::{PixelRect, paper};

/// What Tesseract's models were trained on.
pub const DOTS_PER_INCH: f32 = 300.0;
/// Nearer to it than this is not worth a resampling.
const NEAR: f32 = 0.1;
/// More pixels than this are not made.
const MOST_PIXELS: f32 = 40_000_000.0;
/// Text is darker than this once the paper is white.
const INK: u8 = 160;
/// Lines that lean less than this, in degrees, are straight.
const STRAIGHT: f32 = 0.15;
/// Leptonica's own measure of how sure a skew is; below it is a guess.
const SURE_OF_SKEW: f32 = 3.0;

/// What is done to a scan; all of it in the product.
#[allow(clippy::struct_excessive_bools, reason = "each is measured by itself")]
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// Divide shadows and stains away.
    pub even: bool,
    /// Set straight.
    pub straighten: bool,
    /// Take noise away where there is much.
    pub quieten: bool,
    /// To 300 dots an inch.
    pub scale: bool,
}

impl Steps {
    /// All.
    pub const ALL: Self = Self { even: true, straighten: true, quieten: true, scale: true };
}

/// A scan made ready.
pub struct Prepared {
    /// What is read.
    pub picture: Pix,
    /// Dots for each inch of it.
    pub dots_per_inch: f32,
    /// Clockwise quarters by which it was turned.
    pub quarters: u8,
    /// Radians by which it was then turned, clockwise.
    angle: f32,
    scale: f32,
    /// Before the turns.
    scaled_size: (f32, f32),
    /// Between the two turns.
    turned_size: (f32, f32),
}

impl Prepared {
    /// Prepares a scan of so many dots an inch, to be turned clockwise by so many quarters. Nothing where there is not enough memory.
    pub fn new(scan: &GrayImage, dots_per_inch: f32, steps: Steps, quarters: u8) -> Option<Self> {
        let scan = if steps.quieten { paper::quiet(scan.clone()) } else { scan.clone() };
        let scan = if steps.even { paper::even(&scan, dots_per_inch) } else { scan };
        let mut picture = Pix::from_gray(&scan)?;
        let scale = if steps.scale { scale_for(&scan, dots_per_inch) } else { 1.0 };
        if (scale - 1.0).abs() > f32::EPSILON {
            picture = picture.scaled(scale)?;
        }
        let scaled_size = size(&picture);
        if quarters != 0 {
            picture = picture.turned(quarters)?;
        }
        let turned_size = size(&picture);
        let angle = if steps.straighten { skew(&picture) } else { 0.0 };
        if angle != 0.0 {
            picture = picture.rotated(angle)?;
        }
        Some(Self { picture, dots_per_inch: dots_per_inch * scale, quarters, angle, scale, scaled_size, turned_size })
    }

    /// [`Prepared::dots_per_inch`] as Tesseract takes it.
    #[allow(clippy::cast_possible_truncation, reason = "at most a few thousand")]
    pub fn whole_dots_per_inch(&self) -> i32 {
        self.dots_per_inch.round() as i32
    }

    /// Where something found stands in the scan.
    pub fn back(&self, area: Area) -> PixelRect {
        let corners =
            [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)];
        let corners = corners.map(|(x, y)| self.point_back(as_f32(x), as_f32(y)));
        let least = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
        let (width, height) = (self.scaled_size.0 / self.scale, self.scaled_size.1 / self.scale);
        let (left, top) = (least(|corner| corner.0).clamp(0.0, width), least(|corner| corner.1).clamp(0.0, height));
        let (right, bottom) = (most(|corner| corner.0).clamp(0.0, width), most(|corner| corner.1).clamp(0.0, height));
        PixelRect { x: left, y: top, width: right - left, height: bottom - top }
    }

    fn point_back(&self, x: f32, y: f32) -> (f32, f32) {
        let (width, height) = size(&self.picture);
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        let (sine, cosine) = (-self.angle).sin_cos();
        let (x, y) =
            (x * cosine - y * sine + self.turned_size.0 / 2.0, x * sine + y * cosine + self.turned_size.1 / 2.0);
        let (x, y) = match self.quarters {
            1 => (y, self.scaled_size.1 - x),
            2 => (self.scaled_size.0 - x, self.scaled_size.1 - y),
            3 => (self.scaled_size.0 - y, x),
            _ => (x, y),
        };
        (x / self.scale, y / self.scale)
    }
}

fn size(picture: &Pix) -> (f32, f32) {
    (as_f32(picture.width()), as_f32(picture.height()))
}

#[allow(clippy::cast_precision_loss, reason = "sizes of pictures are far below 2^24")]
fn as_f32(number: i32) -> f32 {
    number as f32
}

#[allow(clippy::cast_precision_loss, reason = "as above")]
fn scale_for(scan: &GrayImage, dots_per_inch: f32) -> f32 {
    let wanted = DOTS_PER_INCH / dots_per_inch;
    let pixels = scan.width() as f32 * scan.height() as f32;
    let scale = wanted.min((MOST_PIXELS / pixels).sqrt()).clamp(0.25, 5.0);
    if (scale - 1.0).abs() < NEAR { 1.0 } else { scale }
}

/// By how many radians to turn it.
fn skew(picture: &Pix) -> f32 {
    match picture.black_and_white(INK).and_then(|ink| ink.skew()) {
        Some((angle, confidence)) if confidence > SURE_OF_SKEW && angle.abs() > STRAIGHT => angle.to_radians(),
        _ => 0.0,
    }
}
