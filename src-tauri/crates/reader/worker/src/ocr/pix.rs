//! Leptonica's picture and the few operations on it that pay for OCR: the only file that names that library.
//!
//! Pictures come as Rust's own and are never decoded here, so no file format of Leptonica's is reached.

#![allow(unsafe_code, reason = "Leptonica is a C library")]

use std::ffi::{c_int, c_void};
use std::ptr::{self, NonNull};

use image::GrayImage;

/// `struct Pix`.
#[repr(C)]
pub struct RawPix(c_void);

/// `L_ROTATE_AREA_MAP` and `L_BRING_IN_WHITE` of `leptonica/pix.h`.
const ROTATE_AREA_MAP: c_int = 1;
const BRING_IN_WHITE: c_int = 1;

// leptonica/allheaders.h
unsafe extern "C" {
    fn setMsgSeverity(severity: c_int) -> c_int;
    fn pixCreate(width: c_int, height: c_int, depth: c_int) -> *mut RawPix;
    fn pixDestroy(picture: *mut *mut RawPix);
    fn pixGetWidth(picture: *const RawPix) -> c_int;
    fn pixGetHeight(picture: *const RawPix) -> c_int;
    fn pixGetWpl(picture: *const RawPix) -> c_int;
    fn pixGetData(picture: *mut RawPix) -> *mut u32;
    fn pixScale(picture: *mut RawPix, x: f32, y: f32) -> *mut RawPix;
    fn pixRotate(picture: *mut RawPix, angle: f32, how: c_int, fill: c_int, width: c_int, height: c_int)
    -> *mut RawPix;
    fn pixRotateOrth(picture: *mut RawPix, quarters: c_int) -> *mut RawPix;
    fn pixThresholdToBinary(picture: *mut RawPix, threshold: c_int) -> *mut RawPix;
    fn pixFindSkew(picture: *mut RawPix, angle: *mut f32, confidence: *mut f32) -> c_int;
    fn pixClipRectangle(picture: *mut RawPix, area: *mut c_void, clipped: *mut *mut c_void) -> *mut RawPix;
    fn boxCreate(x: c_int, y: c_int, width: c_int, height: c_int) -> *mut c_void;
    fn boxDestroy(area: *mut *mut c_void);
}

/// A picture of one or eight bits a pixel.
pub struct Pix(NonNull<RawPix>);

impl Pix {
    /// A copy of a picture.
    pub fn from_gray(picture: &GrayImage) -> Option<Self> {
        // SAFETY: a setting; 6 is `L_SEVERITY_NONE`. Leptonica then writes nothing to standard error.
        unsafe { setMsgSeverity(6) };
        let (width, height) = (c_int::try_from(picture.width()).ok()?, c_int::try_from(picture.height()).ok()?);
        // SAFETY: it refuses sizes that it cannot make.
        let mut made = Self::owned(unsafe { pixCreate(width, height, 8) })?;
        let row_width = usize::try_from(picture.width()).ok()?;
        for (words, row) in made.rows()?.zip(picture.as_raw().chunks_exact(row_width)) {
            for (word, bytes) in words.iter_mut().zip(row.chunks(4)) {
                let mut four = [0; 4];
                four.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
                // The first pixel is the highest byte of its word, on every machine.
                *word = u32::from_be_bytes(four);
            }
        }
        Some(made)
    }

    fn owned(picture: *mut RawPix) -> Option<Self> {
        NonNull::new(picture).map(Self)
    }

    fn rows(&mut self) -> Option<std::slice::ChunksExactMut<'_, u32>> {
        // SAFETY: the picture is live; its pixels are `height` rows of `words` words, and borrowed as long as the picture.
        unsafe {
            let words = usize::try_from(pixGetWpl(self.0.as_ptr())).ok().filter(|words| *words > 0)?;
            let height = usize::try_from(pixGetHeight(self.0.as_ptr())).ok()?;
            let data = NonNull::new(pixGetData(self.0.as_ptr()))?;
            Some(std::slice::from_raw_parts_mut(data.as_ptr(), words.checked_mul(height)?).chunks_exact_mut(words))
        }
    }

    /// For Tesseract, which only reads it.
    pub fn as_mut_ptr(&mut self) -> *mut RawPix {
        self.0.as_ptr()
    }

    /// In pixels.
    pub fn width(&self) -> i32 {
        // SAFETY: it is live.
        unsafe { pixGetWidth(self.0.as_ptr()) }
    }

    /// In pixels.
    pub fn height(&self) -> i32 {
        // SAFETY: it is live.
        unsafe { pixGetHeight(self.0.as_ptr()) }
    }

    /// Enlarged or reduced, smoothly.
    pub fn scaled(&self, by: f32) -> Option<Self> {
        // SAFETY: it is live and not changed; the result is a new picture or none. The same holds for each operation below.
        Self::owned(unsafe { pixScale(self.0.as_ptr(), by, by) })
    }

    /// Turned about its centre, by radians, clockwise; made larger so that nothing is cut off.
    pub fn rotated(&self, angle: f32) -> Option<Self> {
        let (width, height) = (self.width(), self.height());
        // SAFETY: as in `scaled`.
        Self::owned(unsafe { pixRotate(self.0.as_ptr(), angle, ROTATE_AREA_MAP, BRING_IN_WHITE, width, height) })
    }

    /// Turned by quarters, clockwise.
    pub fn turned(&self, quarters: u8) -> Option<Self> {
        // SAFETY: as in `scaled`.
        Self::owned(unsafe { pixRotateOrth(self.0.as_ptr(), c_int::from(quarters % 4)) })
    }

    /// Black where it is darker than this, of 255.
    pub fn black_and_white(&self, threshold: u8) -> Option<Self> {
        // SAFETY: as in `scaled`.
        Self::owned(unsafe { pixThresholdToBinary(self.0.as_ptr(), c_int::from(threshold)) })
    }

    /// A part of it; cut to what there is.
    pub fn part(&self, left: i32, top: i32, width: i32, height: i32) -> Option<Self> {
        // SAFETY: as in `scaled`; the box is ours and destroyed once.
        unsafe {
            let mut area = boxCreate(left.max(0), top.max(0), width, height);
            if area.is_null() {
                return None;
            }
            let part = pixClipRectangle(self.0.as_ptr(), area, ptr::null_mut());
            boxDestroy(&raw mut area);
            Self::owned(part)
        }
    }

    /// Of a black and white picture: by how many degrees its lines lean, and how sure that is. Positive means that turning it clockwise
    /// by as much sets it straight.
    pub fn skew(&self) -> Option<(f32, f32)> {
        let (mut angle, mut confidence) = (0.0, 0.0);
        // SAFETY: it is live and not changed, and both places are ours.
        let failed = unsafe { pixFindSkew(self.0.as_ptr(), &raw mut angle, &raw mut confidence) };
        (failed == 0).then_some((angle, confidence))
    }
}

impl Drop for Pix {
    fn drop(&mut self) {
        let mut picture = self.0.as_ptr();
        // SAFETY: it is ours and destroyed once.
        unsafe { pixDestroy(&raw mut picture) };
    }
}
