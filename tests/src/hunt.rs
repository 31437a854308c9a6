//! Hunting a canary: text that must not be readable in any file.

use std::fs;
use std::path::{Path, PathBuf};

/// Where a canary was found, and in which form.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The file or folder.
    pub path: PathBuf,
    /// The canary.
    pub canary: String,
    /// How it was written there.
    pub form: &'static str,
}

/// Looks for these canaries in the bytes and in the name of everything below the folders, links not followed.
///
/// Text is found in capitals and small letters alike, because an index folds them. A canary should be at least eight
/// characters long, so that chance does not write it.
#[must_use]
pub fn hunt(folders: &[&Path], canaries: &[&str]) -> Vec<Found> {
    let needles: Vec<(&str, Vec<Needle>)> = canaries.iter().map(|canary| (*canary, forms(canary))).collect();
    let mut found = Vec::new();
    for path in folders.iter().flat_map(|folder| everything_below(folder)) {
        // What is gone by now cannot be read by anybody.
        let Ok(kind) = fs::symlink_metadata(&path) else { continue };
        let mut bytes = path.file_name().unwrap_or_default().as_encoded_bytes().to_vec();
        if kind.is_file() {
            bytes.push(0);
            bytes.extend(fs::read(&path).unwrap_or_default());
        }
        let folded = bytes.to_ascii_lowercase();
        for (canary, needles) in &needles {
            let seen = |needle: &&Needle| needle.is_in(if needle.folded { &folded } else { &bytes });
            found.extend(needles.iter().filter(seen).map(|needle| Found {
                path: path.clone(),
                canary: (*canary).to_owned(),
                form: needle.form,
            }));
        }
    }
    found
}

/// Writes a canary in every form that [`hunt`] knows, each after the other, as the control of a hunt.
#[must_use]
pub fn planted(canary: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |of: fn(u16) -> [u8; 2]| canary.encode_utf16().flat_map(of).collect();
    let mut planted = vec![
        ("UTF-8", canary.as_bytes().to_vec()),
        ("UTF-8", canary.to_uppercase().into_bytes()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("hexadecimal", hex(canary.as_bytes()).into_bytes()),
    ];
    if escaped(canary) != canary {
        planted.push(("JSON", escaped(canary).into_bytes()));
    }
    for before in ["", "x", "xy"] {
        planted.push(("base64", base64(format!("{before}{canary} and more").as_bytes()).into_bytes()));
    }
    planted
}

/// Every folder, file and link below a folder, and the folder itself.
#[must_use]
pub fn everything_below(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(path) = all.get(next).cloned() {
        next += 1;
        if fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir()) {
            all.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        }
    }
    all
}

struct Needle {
    form: &'static str,
    /// Any of these is it.
    bytes: Vec<Vec<u8>>,
    /// They are small letters, and looked for in capitals too.
    folded: bool,
}

fn forms(canary: &str) -> Vec<Needle> {
    // Only ASCII is folded where it is looked for, so the other letters come in each of their cases.
    let mut cases = [canary.to_owned(), canary.to_lowercase(), canary.to_uppercase()].map(|it| it.to_ascii_lowercase());
    cases.sort();
    let folded = |form, write: &dyn Fn(&str) -> Vec<u8>| {
        let mut bytes: Vec<Vec<u8>> = cases.iter().map(|case| write(case)).collect();
        bytes.dedup();
        Needle { form, bytes, folded: true }
    };
    let mut forms = vec![
        folded("UTF-8", &|text| text.as_bytes().to_vec()),
        folded("UTF-16LE", &|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        folded("UTF-16BE", &|text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Needle { form: "hexadecimal", bytes: vec![hex(canary.as_bytes()).into_bytes()], folded: true },
    ];
    if escaped(canary) != canary {
        forms.push(folded("JSON", &|text| escaped(text).into_bytes()));
    }
    // In a longer text a canary begins at any of three places of a group; what surely stands there is what is left of
    // the groups that hold nothing but the canary.
    for skip in 0..3 {
        let whole = &canary.as_bytes()[skip..];
        let whole = &whole[..whole.len() - whole.len() % 3];
        forms.push(Needle { form: "base64", bytes: vec![base64(whole).into_bytes()], folded: false });
    }
    forms
}

impl Needle {
    fn is_in(&self, bytes: &[u8]) -> bool {
        self.bytes.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle))
    }
}

/// As JSON may write it: everything that is not ASCII as `\uXXXX`.
fn escaped(text: &str) -> String {
    let unit = |unit: u16| match u8::try_from(unit) {
        Ok(b'"') => "\\\"".to_owned(),
        Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    text.encode_utf16().map(unit).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(group.get(at).copied().unwrap_or_default()));
        let digits = [18, 12, 6, 0].map(|shift| char::from(DIGITS[bits >> shift & 63]));
        text.extend(&digits[..=group.len()]);
    }
    text
}
