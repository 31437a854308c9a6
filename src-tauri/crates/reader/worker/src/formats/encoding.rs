//! Text in whatever encoding it came: a byte order mark, UTF-16 without one, UTF-8, or what `chardetng` takes it for.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a text is looked at.
const SAMPLE: usize = 1 << 20;

/// Bytes as text. Nothing is refused: what has no meaning in the encoding becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    encoding(bytes).decode(bytes).0.into_owned()
}

/// The encoding of a text.
pub(super) fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = utf16(sample) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a mark: most of the zero bytes stand on one side of the pairs, or the pairs make letters of few scripts.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    if sample.len() < 4 {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= pairs && odd > even * 8 {
        return Some(UTF_16LE);
    }
    (even * 10 >= pairs && even > odd * 8).then_some(UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_told_apart() {
        let french = "L’été, à Orléans, la réunion fût déplacée ; où et pourquoi ?";
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(french);
        assert_eq!(decode(&latin), french);
        assert_eq!(decode(french.as_bytes()), french);
        let japanese = "契約書の第三条により、当事者は三十日以内に通知しなければならない。";
        assert_eq!(decode(&encoding_rs::SHIFT_JIS.encode(japanese).0), japanese);
        assert_eq!(decode(&encoding_rs::EUC_JP.encode(japanese).0), japanese);
        let russian = "Договор вступает в силу со дня его подписания сторонами.";
        assert_eq!(decode(&encoding_rs::KOI8_R.encode(russian).0), russian);
        let arabic = "يدخل هذا العقد حيز التنفيذ من تاريخ توقيعه من قبل الطرفين.";
        assert_eq!(decode(&encoding_rs::WINDOWS_1256.encode(arabic).0), arabic);
    }

    #[test]
    fn utf_16_is_known_with_and_without_its_mark() {
        let text = "Contract of 3 May, signed in Málaga";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((decode(&little).as_str(), decode(&big).as_str()), (text, text));
        let marked: Vec<u8> = [&[0xff, 0xfe][..], &little].concat();
        assert_eq!(decode(&marked), text);
    }

    #[test]
    fn zero_bytes_within_a_text_do_not_make_it_utf_16() {
        assert_eq!(decode(b"one\0two three four five six seven"), "one\0two three four five six seven");
    }
}
