//! Whether a person can see letters: their size, their colour and what lies under them.

use reader::wire::Why;

/// A colour, 0xRRGGBB.
pub(super) type Colour = u32;

/// A colour; nothing where it is automatic, or not known.
pub(super) type Paint = Option<Colour>;

/// White paper.
pub(super) const WHITE: Colour = 0x00ff_ffff;

/// Below so many points letters cannot be read.
const TINY: f32 = 2.0;
/// Two colours that differ less than this in each of red, green and blue (0 to 255) cannot be told apart on paper.
const NEAR: u32 = 20;

/// How a run of letters looks, as far as it is said; what is not said comes from what is around it.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Hidden text of a word processor.
    pub(super) hidden: Option<bool>,
    /// The letters' colour; `Some(None)` is automatic, which is always readable.
    pub(super) colour: Option<Paint>,
    /// What lies under them; `Some(None)` is something that is not known.
    pub(super) ground: Option<Paint>,
    /// Their size in points.
    pub(super) size: Option<f32>,
}

impl Look {
    /// This look over that of what is around it.
    pub(super) fn over(self, outer: Self) -> Self {
        Self {
            hidden: self.hidden.or(outer.hidden),
            colour: self.colour.or(outer.colour),
            ground: self.ground.or(outer.ground),
            size: self.size.or(outer.size),
        }
    }

    /// Why such letters are not seen on white paper.
    pub(super) fn why(self) -> Option<Why> {
        if self.hidden == Some(true) {
            return Some(Why::Invisible);
        }
        if self.size.is_some_and(|size| size < TINY) {
            return Some(Why::Tiny);
        }
        match (self.colour.flatten(), self.ground.unwrap_or(Some(WHITE))) {
            (Some(colour), Some(ground)) if near(colour, ground) => Some(Why::SameColour),
            _ => None,
        }
    }
}

/// Whether two colours look the same.
pub(super) fn near(a: Colour, b: Colour) -> bool {
    [0, 8, 16].iter().all(|shift| (a >> shift & 0xff).abs_diff(b >> shift & 0xff) < NEAR)
}

/// `RRGGBB`, with or without `#`, or with two more digits of opacity before it.
pub(super) fn hex(text: &str) -> Option<Colour> {
    let digits = text.trim().trim_start_matches('#');
    let digits = if digits.len() == 8 { digits.get(2..)? } else { digits };
    match digits.len() {
        6 => Colour::from_str_radix(digits, 16).ok(),
        // #rgb is #rrggbb.
        3 => Colour::from_str_radix(&digits.chars().flat_map(|c| [c, c]).collect::<String>(), 16).ok(),
        _ => None,
    }
}

/// A colour by the names that Word, CSS and `DrawingML` share.
pub(super) fn named(name: &str) -> Option<Colour> {
    Some(match name.to_ascii_lowercase().as_str() {
        "white" => WHITE,
        "black" => 0,
        "yellow" => 0x00ff_ff00,
        "red" => 0x00ff_0000,
        "green" | "lime" => 0x0000_ff00,
        "blue" => 0x0000_00ff,
        "cyan" | "aqua" => 0x0000_ffff,
        "magenta" | "fuchsia" => 0x00ff_00ff,
        "gray" | "grey" | "darkgray" => 0x0080_8080,
        "lightgray" | "lightgrey" | "silver" => 0x00c0_c0c0,
        "snow" | "ivory" | "ghostwhite" | "whitesmoke" => 0x00fa_fafa,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_on_white_is_marked_and_white_on_blue_is_not() {
        let white = Look { colour: Some(hex("FEFEFE")), ..Look::default() };
        assert_eq!(white.why(), Some(Why::SameColour));
        assert_eq!(white.over(Look { ground: Some(hex("#1F497D")), ..Look::default() }).why(), None);
        assert_eq!(white.over(Look { ground: Some(None), ..Look::default() }).why(), None);
        assert_eq!(Look { colour: Some(None), ..Look::default() }.why(), None);
    }

    #[test]
    fn hidden_goes_before_tiny() {
        let look = Look { hidden: Some(true), size: Some(1.0), ..Look::default() };
        assert_eq!(look.why(), Some(Why::Invisible));
        assert_eq!(Look { hidden: Some(false), ..look }.why(), Some(Why::Tiny));
    }
}
