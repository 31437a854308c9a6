//! What is done to a scan's grey values: noise out, shadows and stains divided away, ink made black and paper white.
//!
//! Not worth it: looking for the paper in a blurred scan. It whitens strong noise on shaded paper, but thins the strokes of scans of
//! 130 and 150 dots an inch, and parts of numbers are then lost.

use image::{GenericImageView as _, GrayImage, Luma, imageops};

/// The paper is looked at in cells of so many inches.
const CELL: f32 = 0.0125;
/// Within so many inches of each place there is paper: more than a stroke is wide, less than a stain.
const REACH: f32 = 0.03;
/// Noise of a standard deviation above this, in grey values, is smoothed.
const NOISY: f32 = 4.0;
/// A black and white scan is blurred by so many pixels, so that it can be enlarged without stairs.
const SOFT: f32 = 0.7;
/// Paper lighter than this part of the way from ink to paper is made white.
const WHITE: f32 = 0.8;

/// A scan without single pixels that stand apart (salt and pepper) and, where there is noise or no grey, a little blurred.
pub fn quiet(scan: GrayImage) -> GrayImage {
    if is_black_and_white(&scan) {
        return imageops::blur(&without_specks(&scan), SOFT);
    }
    let scan = if is_peppered(&scan) { median(&scan) } else { scan };
    let noise = noise(&scan);
    if noise < NOISY {
        return scan;
    }
    imageops::blur(&scan, (0.5 + noise / 40.0).min(1.2))
}

/// Whether there is next to no grey in it. A median would then take thin strokes away, which are as thin as the noise.
fn is_black_and_white(scan: &GrayImage) -> bool {
    let mut counts = [0_u32; 256];
    scan.pixels().for_each(|pixel| count(&mut counts, pixel.0[0]));
    let grey: u32 = counts.iter().skip(16).take(224).sum();
    u64::from(grey) * 100 < u64::from(scan.width()) * u64::from(scan.height())
}

/// A black and white scan without specks of one pixel or two, black or white.
fn without_specks(scan: &GrayImage) -> GrayImage {
    let mut clean = scan.clone();
    for (x, y, pixel) in scan.enumerate_pixels() {
        let mut like = likes(scan, x, y);
        let alone = match (like.next(), like.next()) {
            (None, _) => true,
            (Some((x, y)), None) => likes(scan, x, y).count() == 1,
            _ => false,
        };
        if alone {
            clean.put_pixel(x, y, Luma([u8::MAX - pixel.0[0]]));
        }
    }
    clean
}

/// The neighbours of a pixel that are as dark or light as it is.
fn likes(scan: &GrayImage, x: u32, y: u32) -> impl Iterator<Item = (u32, u32)> {
    let dark = |x, y| scan.get_pixel_checked(x, y).map(|pixel| pixel.0[0] < 128);
    let own = dark(x, y);
    let around = (y.saturating_sub(1)..=y + 1)
        .flat_map(move |row| (x.saturating_sub(1)..=x + 1).map(move |column| (column, row)));
    around.filter(move |near| *near != (x, y) && dark(near.0, near.1) == own)
}

/// A scan with shadows and stains divided away, ink near 0 and paper at 255.
pub fn even(scan: &GrayImage, dots_per_inch: f32) -> GrayImage {
    let (width, height) = scan.dimensions();
    let paper = paper(scan, dots_per_inch);
    let paper = imageops::resize(&paper, width, height, imageops::FilterType::Triangle);
    let mut even = scan.clone();
    for (pixel, paper) in even.pixels_mut().zip(paper.pixels()) {
        let (ink, paper) = (u16::from(pixel.0[0]), u16::from(paper.0[0]).max(1));
        pixel.0[0] = u8::try_from((ink * 255 / paper).min(255)).unwrap_or(255);
    }
    stretch(&mut even);
    even
}

/// How light the paper is, letters painted over: the lightest of each neighbourhood, and of those the darkest (a morphological closing),
/// which keeps the edges of shadows and stains where they are. In cells of several pixels.
fn paper(scan: &GrayImage, dots_per_inch: f32) -> GrayImage {
    let cell = whole(CELL * dots_per_inch).max(1);
    let reach = whole(REACH * dots_per_inch / as_f32(cell)).max(1);
    let (columns, rows) = (scan.width().div_ceil(cell), scan.height().div_ceil(cell));
    let lightest = GrayImage::from_fn(columns, rows, |column, row| {
        let (x, y) = (column * cell, row * cell);
        let part = imageops::crop_imm(scan, x, y, cell.min(scan.width() - x), cell.min(scan.height() - y));
        Luma([part.pixels().map(|(_, _, pixel)| pixel.0[0]).max().unwrap_or(u8::MAX)])
    });
    spread(&spread(&lightest, reach, u8::max), reach, u8::min)
}

/// Each pixel replaced by the lightest or darkest within reach, in a square.
fn spread(map: &GrayImage, reach: u32, choose: fn(u8, u8) -> u8) -> GrayImage {
    let (width, height) = map.dimensions();
    let across = GrayImage::from_fn(width, height, |x, y| {
        let near = x.saturating_sub(reach)..=(x + reach).min(width - 1);
        Luma([near.map(|x| map.get_pixel(x, y).0[0]).reduce(choose).unwrap_or(u8::MAX)])
    });
    GrayImage::from_fn(width, height, |x, y| {
        let near = y.saturating_sub(reach)..=(y + reach).min(height - 1);
        Luma([near.map(|y| across.get_pixel(x, y).0[0]).reduce(choose).unwrap_or(u8::MAX)])
    })
}

#[allow(clippy::cast_precision_loss, reason = "small")]
fn as_f32(number: u32) -> f32 {
    number as f32
}

/// Spreads the grey values: the darkest hundredth to black, what is nearly paper to white.
fn stretch(scan: &mut GrayImage) {
    let mut counts = [0_u32; 256];
    scan.pixels().for_each(|pixel| count(&mut counts, pixel.0[0]));
    let (ink, paper) = (f32::from(quantile(&counts, 0.01)), 255.0);
    let white = ink + WHITE * (paper - ink);
    if white - ink < 16.0 {
        return;
    }
    for pixel in scan.pixels_mut() {
        pixel.0[0] = grey((f32::from(pixel.0[0]) - ink) * 255.0 / (white - ink));
    }
}

fn count(counts: &mut [u32; 256], grey: u8) {
    if let Some(count) = counts.get_mut(usize::from(grey)) {
        *count += 1;
    }
}

/// The grey value that this part of the pixels is not lighter than.
#[allow(clippy::cast_precision_loss, reason = "counts of pixels, for a fraction of them")]
fn quantile(counts: &[u32; 256], part: f32) -> u8 {
    let all: u32 = counts.iter().sum();
    let wanted = all as f32 * part;
    let mut seen = 0.0;
    for (grey, count) in (0..=u8::MAX).zip(counts) {
        seen += *count as f32;
        if seen >= wanted && seen > 0.0 {
            return grey;
        }
    }
    u8::MAX
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn grey(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
fn whole(value: f32) -> u32 {
    value.round().max(0.0) as u32
}

/// The noise's standard deviation (Immerkær, Fast Noise Variance Estimation, 1996), by the median of the absolute differences, so that
/// letters do not count.
fn noise(scan: &GrayImage) -> f32 {
    let mut counts = [0_u32; 256];
    for rows in three_rows(scan).step_by(3) {
        for [a, b, c] in threes(rows).step_by(2) {
            let corners = i32::from(a[0]) + i32::from(a[2]) + i32::from(c[0]) + i32::from(c[2]);
            let sides = i32::from(a[1]) + i32::from(b[0]) + i32::from(b[2]) + i32::from(c[1]);
            let difference = (corners - 2 * sides + 4 * i32::from(b[1])).unsigned_abs() / 6;
            count(&mut counts, u8::try_from(difference).unwrap_or(u8::MAX));
        }
    }
    f32::from(quantile(&counts, 0.5)) / 0.6745
}

/// Whether single pixels often differ much from all around them.
fn is_peppered(scan: &GrayImage) -> bool {
    const APART: u8 = 40;
    const OFTEN: u32 = 1000;
    let (mut alone, mut seen) = (0_u32, 0_u32);
    for rows in three_rows(scan).step_by(3) {
        for [a, b, c] in threes(rows).step_by(3) {
            let mut around = a.into_iter().chain(c).chain([b[0], b[2]]);
            alone += u32::from(around.all(|pixel| pixel.abs_diff(b[1]) > APART));
            seen += 1;
        }
    }
    alone * OFTEN > seen
}

fn median(scan: &GrayImage) -> GrayImage {
    let mut median = scan.clone();
    for (y, rows) in (1..).zip(three_rows(scan)) {
        for (x, [a, b, c]) in (1..).zip(threes(rows)) {
            let mut nine = [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]];
            let (_, middle, _) = nine.select_nth_unstable(4);
            median.put_pixel(x, y, Luma([*middle]));
        }
    }
    median
}

fn three_rows(scan: &GrayImage) -> impl Iterator<Item = [&[u8]; 3]> {
    let width = usize::try_from(scan.width()).unwrap_or(usize::MAX);
    let row = move |at: usize| scan.as_raw().get(at * width..(at + 1) * width);
    (0..usize::try_from(scan.height()).unwrap_or(0)).map_while(move |at| Some([row(at)?, row(at + 1)?, row(at + 2)?]))
}

fn threes(rows: [&[u8]; 3]) -> impl Iterator<Item = [[u8; 3]; 3]> {
    let [above, own, below] = rows.map(|row| row.windows(3).filter_map(|three| three.first_chunk::<3>().copied()));
    above.zip(own).zip(below).map(|((above, own), below)| [above, own, below])
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Luma<u8> = Luma([0]);
    const SHEET: Luma<u8> = Luma([255]);

    fn sheet(dark: &[(u32, u32)]) -> GrayImage {
        let mut sheet = GrayImage::from_pixel(40, 40, SHEET);
        for (x, y) in dark {
            sheet.put_pixel(*x, *y, BLACK);
        }
        sheet
    }

    #[test]
    fn specks_of_one_pixel_or_two_go_and_thin_strokes_stay() {
        let stroke: Vec<(u32, u32)> = (10..20).map(|x| (x, 20)).collect();
        let dot = [(30, 30), (31, 30), (30, 31), (31, 31)];
        let specks = [(2, 2), (5, 30), (6, 31), (39, 39)];
        let scan = sheet(&[&stroke[..], &dot, &specks].concat());
        assert!(without_specks(&scan) == sheet(&[&stroke[..], &dot].concat()));
    }

    #[test]
    fn holes_of_one_pixel_are_filled() {
        let square: Vec<(u32, u32)> = (10..20).flat_map(|x| (10..20).map(move |y| (x, y))).collect();
        let mut scan = sheet(&square);
        scan.put_pixel(15, 15, SHEET);
        assert!(without_specks(&scan) == sheet(&square));
    }

    #[test]
    fn a_scan_with_shades_of_grey_is_not_black_and_white() {
        assert!(is_black_and_white(&sheet(&[(3, 3)])));
        assert!(!is_black_and_white(&GrayImage::from_fn(40, 40, |x, y| Luma([u8::try_from(x + y).unwrap_or(0) * 3]))));
    }
}
