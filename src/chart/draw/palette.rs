//! The colours of a scale, and whether everyone can tell them apart.

use crate::chart::draw::style::{MIDDLE, NEGATIVE, PAPER, POSITIVE, Rgb, Theme, mix, strength};
use crate::chart::draw::vision::{KINDS, contrast, distance};
use crate::error::{Error, Result};

/// The least contrast of a level with the background.
pub const LEAST_CONTRAST: f64 = 2.7;
/// The least distance of two levels for people with any kind of colour blindness.
pub const LEAST_DISTANCE: f64 = 12.0;
/// How much of the background is in the mildest colour of a side.
const MILD: f64 = 0.36;

/// The colours of a scale: from each end, the strongest and the mildest, and the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    low: (Rgb, Rgb),
    middle: Rgb,
    high: (Rgb, Rgb),
}

impl Default for Palette {
    fn default() -> Palette {
        Palette { low: NEGATIVE, middle: MIDDLE, high: POSITIVE }
    }
}

impl Palette {
    /// Colours of one's own: the lowest level, the middle and the highest, such as `#853a00`.
    ///
    /// # Errors
    /// [`Error::Request`], with the figure, if one is not a colour, or if 5 levels in these colours cannot be
    /// told from the background or from one another.
    pub fn of(low: &str, middle: &str, high: &str) -> Result<Palette> {
        let side = |text: &str| -> Result<(Rgb, Rgb)> {
            let strong = colour(text)?;
            Ok((strong, mix(strong, PAPER, MILD)))
        };
        let palette = Palette { low: side(low)?, middle: colour(middle)?, high: side(high)? };
        palette.check()?;
        Ok(palette)
    }

    /// The colour of a position on a scale with these positions, lowest first.
    ///
    /// Scales with negative and positive positions have their middle at zero. All others have it at the
    /// middle of their ranks. The further a position is from the middle, in ranks, the stronger its colour.
    pub fn colour(&self, position: i32, positions: &[i32]) -> Rgb {
        let strength = strength(position, positions);
        let (extreme, mild) = if strength < 0.0 { self.low } else { self.high };
        if strength == 0.0 { self.middle } else { mix(mild, extreme, (strength.abs() - 0.2) / 0.8) }
    }

    fn check(&self) -> Result<()> {
        const LEVELS: [(i32, &str); 5] = [
            (-2, "the lowest level"),
            (-1, "the level above the lowest"),
            (0, "the middle"),
            (1, "the level below the highest"),
            (2, "the highest level"),
        ];
        let positions = LEVELS.map(|(position, _)| position);
        let hint = "choose a darker or more different colour, or leave the colours out";
        for theme in [Theme::Light, Theme::Dark] {
            let shown = |position: i32| theme.show(self.colour(position, &positions));
            let ground = theme.show(PAPER);
            for (place, (position, name)) in LEVELS.into_iter().enumerate() {
                let here = contrast(shown(position), ground);
                if here < LEAST_CONTRAST {
                    let what = format!(
                        "the colour of {name} has a contrast of {here:.2} on the {} background; {LEAST_CONTRAST} is \
                         the least",
                        theme.word()
                    );
                    return Err(Error::request(what, hint));
                }
                for (other, other_name) in &LEVELS[..place] {
                    for (kind, matrix) in KINDS {
                        let apart = distance(shown(position), shown(*other), &matrix);
                        if apart < LEAST_DISTANCE {
                            let what = format!(
                                "the colours of {other_name} and {name} are {apart:.1} apart for people with {kind} \
                                 on the {} background; {LEAST_DISTANCE} is the least",
                                theme.word()
                            );
                            return Err(Error::request(what, hint));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Reads a colour as `#rrggbb`.
fn colour(text: &str) -> Result<Rgb> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
    let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let value = value.ok_or_else(|| {
        Error::request(format!("`{text}` is not a colour"), "write 6 digits after a #, such as #0b3f7d")
    })?;
    Ok(Rgb((value >> 16) as u8, (value >> 8) as u8, value as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_that_look_alike_are_refused_with_the_figure() {
        assert!(Palette::of("#853a00", "#9b9b9b", "#0b3f7d").is_ok());
        let refused =
            |low: &str, middle: &str, high: &str| Palette::of(low, middle, high).expect_err("a refusal").to_string();
        let alike = refused("#8a1c1c", "#9b9b9b", "#1c6b1c");
        assert!(alike.contains("apart for people with"), "{alike}");
        let pale = refused("#ffee99", "#9b9b9b", "#0b3f7d");
        assert!(pale.contains("contrast of 1."), "{pale}");
        assert!(refused("brown", "#9b9b9b", "#0b3f7d").contains("`brown` is not a colour"));
    }
}
