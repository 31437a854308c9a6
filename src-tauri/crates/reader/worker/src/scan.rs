//! A picture as a document of one page: a scan, a photograph of a letter.

use std::cell::OnceCell;
use std::io::Cursor;
use std::rc::Rc;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use reader::wire::{Failure, Kind, Opened, Page, Picture, Rect};

use crate::document::Document;
use crate::ocr::Ocr;

/// The most memory that a picture may take when it is unpacked.
const MOST_BYTES: u64 = 512 << 20;
/// A picture whose file does not say how large it is on paper is taken to be a sheet this wide, in points (A4).
const SHEET: f32 = 595.0;

/// An open picture.
pub struct Scan {
    picture: DynamicImage,
    ocr: Option<Rc<Ocr>>,
    /// Reading takes seconds, and is done once.
    read: OnceCell<Result<Page, Failure>>,
}

impl Scan {
    /// Opens a picture.
    ///
    /// # Errors
    /// When it is damaged or too large.
    pub fn open(bytes: Vec<u8>, ocr: Option<&Rc<Ocr>>) -> Result<Self, Failure> {
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_BYTES);
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Failure::Damaged)?;
        reader.limits(limits);
        let picture = reader.decode().map_err(|error| match error {
            image::ImageError::Limits(_) => Failure::TooLarge,
            image::ImageError::Unsupported(_) => Failure::Unknown,
            _ => Failure::Damaged,
        })?;
        Ok(Self { picture, ocr: ocr.cloned(), read: OnceCell::new() })
    }

    #[allow(clippy::cast_precision_loss, reason = "pixels of a side are few")]
    fn dots_per_point(&self) -> f32 {
        self.picture.width().max(1) as f32 / SHEET
    }

    fn page(&self) -> Result<Page, Failure> {
        match &self.ocr {
            Some(ocr) => ocr.page(0, &self.picture.to_luma8(), self.dots_per_point() * 72.0),
            None => Err(Failure::Unknown),
        }
    }
}

impl Document for Scan {
    fn opened(&self) -> Opened {
        Opened { kind: Kind::Image, title: String::new(), pages: 1, drawable: true }
    }

    fn read(&self, first: u32, count: u32, each: &mut dyn FnMut(u32, Result<Page, Failure>)) {
        if first == 0 && count > 0 {
            each(0, self.read.get_or_init(|| self.page()).clone());
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "clamped to the picture"
    )]
    fn draw(&self, page: u32, scale: f32, area: Option<Rect>) -> Result<Picture, Failure> {
        if page != 0 || !scale.is_finite() || scale <= 0.0 {
            return Err(Failure::NoPage);
        }
        let (across, down) = (self.picture.width() as f32, self.picture.height() as f32);
        let dots = self.dots_per_point();
        let area = area.unwrap_or(Rect { x: 0.0, y: 0.0, width: across / dots, height: down / dots });
        let pixel = |points: f32, most: f32| (points * dots).clamp(0.0, most) as u32;
        let (x, y) = (pixel(area.x, across - 1.0), pixel(area.y, down - 1.0));
        let (width, height) = (pixel(area.width, across).max(1), pixel(area.height, down).max(1));
        let cut = self.picture.crop_imm(x, y, width, height);
        // Never larger than it is: that shows nothing more.
        let smaller = (scale / dots).min(1.0);
        let side = |pixels: u32| ((pixels as f32 * smaller) as u32).max(1);
        let drawn = if smaller < 1.0 { cut.thumbnail(side(cut.width()), side(cut.height())) } else { cut };
        let mut png = Cursor::new(Vec::new());
        drawn.to_rgb8().write_to(&mut png, ImageFormat::Png).map_err(|_| Failure::TooLarge)?;
        Ok(Picture { page, width: drawn.width(), height: drawn.height(), png: png.into_inner() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_luma8(width, height).write_to(&mut png, ImageFormat::Png).unwrap();
        png.into_inner()
    }

    #[test]
    fn a_part_of_a_picture_is_drawn_and_never_larger_than_it_is() {
        let scan = Scan::open(png(1190, 1684), None).unwrap();
        let whole = scan.draw(0, 1.0, None).unwrap();
        assert_eq!((whole.width, whole.height), (595, 842));
        let part = scan.draw(0, 8.0, Some(Rect { x: 10.0, y: 20.0, width: 100.0, height: 50.0 })).unwrap();
        assert_eq!((part.width, part.height), (200, 100));
        assert!(matches!(scan.draw(1, 1.0, None), Err(Failure::NoPage)));
    }

    #[test]
    fn a_damaged_picture_is_refused() {
        let whole = png(40, 40);
        assert!(matches!(Scan::open(whole[..whole.len() / 2].to_vec(), None), Err(Failure::Damaged)));
        assert!(matches!(Scan::open(b"GIF89a".to_vec(), None), Err(Failure::Damaged)));
    }
}
