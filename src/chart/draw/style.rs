//! How pictures look: type, colours, strokes and spacing, and the embedded fonts.

/// Inter Regular, unmodified; its licence is `fonts/OFL.txt`.
pub const INTER_REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
/// Inter SemiBold, unmodified; its licence is `fonts/OFL.txt`.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.otf");
/// The font families of a program that has none of a picture's own. They are no wider than Inter, so they fit its
/// boxes.
pub const FONT_FALLBACK: &str = "'Helvetica Neue', Arial, sans-serif";

/// The narrowest picture that can be laid out, in pixels.
pub const MIN_WIDTH: u32 = 320;
/// The widest picture that can be laid out, in pixels.
pub const MAX_WIDTH: u32 = 4000;
/// Below this width, type and margins are small.
pub const NARROW: f64 = 600.0;
/// If a height is given: below this area in square pixels, they are small too.
pub const SMALL_AREA: f64 = 600_000.0;
/// The tallest picture that is drawn, in pixels.
pub const MAX_HEIGHT: f64 = 100_000.0;

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The background of a picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// White.
    #[default]
    Light,
    /// Nearly black: what is dark on white becomes light, and hues stay.
    Dark,
}

impl Theme {
    /// The opacity for this background, of one for white and one for black.
    pub fn opacity(self, (light, dark): (f64, f64)) -> f64 {
        match self {
            Theme::Light => light,
            Theme::Dark => dark,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Returns a colour of the light theme as this theme shows it.
    pub fn show(self, colour: Rgb) -> Rgb {
        match self {
            Theme::Light => colour,
            Theme::Dark => {
                // The lightness of HSL, mirrored between nearly black and nearly white.
                let Rgb(r, g, b) = colour;
                let (r, g, b) = (f64::from(r) / 255.0, f64::from(g) / 255.0, f64::from(b) / 255.0);
                let (most, least) = (r.max(g).max(b), r.min(g).min(b));
                let lightness = f64::midpoint(most, least);
                let turned = 0.93 - 0.86 * lightness;
                let spread = 1.0 - (2.0 * lightness - 1.0).abs();
                let saturation = if spread > 0.0 { (most - least) / spread } else { 0.0 };
                let reach = saturation * (1.0 - (2.0 * turned - 1.0).abs());
                let channel = |value: f64| {
                    let share = if most > least { (value - least) / (most - least) } else { 0.5 };
                    ((turned + (share - 0.5) * reach) * 255.0).round() as u8
                };
                Rgb(channel(r), channel(g), channel(b))
            }
        }
    }
}

/// The type sizes, in pixels. Nothing is smaller than the last.
pub const TITLE: f64 = 25.0;
/// The title on narrow pictures.
pub const TITLE_NARROW: f64 = 20.0;
/// The subtitle and the panels' titles.
pub const HEADING: f64 = 16.0;
/// The subtitle and the panels' titles on narrow pictures.
pub const HEADING_NARROW: f64 = 15.0;
/// Level words, notes and the key.
pub const BODY: f64 = 13.0;
/// Dates, events, and level words on narrow pictures.
pub const SMALL: f64 = 12.0;
/// The footer.
pub const FOOTER: f64 = 11.5;

/// The distance between lines of running text, as a multiple of the type size.
pub const LEADING: f64 = 1.36;
/// The same for titles, and for labels of 2 or 3 short lines.
pub const TIGHT: f64 = 1.2;

/// Titles and level words.
pub const INK: Rgb = Rgb(0x1f, 0x1f, 0x1f);
/// Subtitles, notes, dates and event labels: 7:1 on white.
pub const SOFT: Rgb = Rgb(0x55, 0x55, 0x55);
/// The footer, and words shown instead of data: above 4.5:1 on white.
pub const FAINT: Rgb = Rgb(0x6e, 0x6e, 0x6e);
/// The line of a level.
pub const GRID: Rgb = Rgb(0xe4, 0xe4, 0xe4);
/// The line of the scale's zero, if there is one.
pub const GRID_ZERO: Rgb = Rgb(0xc2, 0xc2, 0xc2);
/// The time axis and its ticks.
pub const AXIS: Rgb = Rgb(0x8a, 0x8a, 0x8a);
/// The rule of an event.
pub const RULE: Rgb = Rgb(0xb2, 0xb2, 0xb2);
/// The smoothed mean: thin and without a hue, because only the marks are quotations.
pub const CURVE: Rgb = Rgb(0x4a, 0x4a, 0x4a);
/// The band around it.
pub const BAND_COLOUR: Rgb = Rgb(0x80, 0x80, 0x80);
/// The opacity of the band, on white and on black.
pub const BAND_OPACITY: (f64, f64) = (0.16, 0.32);
/// The background of the picture, and the inside of hollow marks.
pub const PAPER: Rgb = Rgb(0xff, 0xff, 0xff);

/// The strongest and the mildest colour of negative positions: browns and oranges.
pub const NEGATIVE: (Rgb, Rgb) = (Rgb(0x85, 0x3a, 0x00), Rgb(0xdb, 0x7e, 0x26));
/// The same for positive positions: blues.
pub const POSITIVE: (Rgb, Rgb) = (Rgb(0x0b, 0x3f, 0x7d), Rgb(0x51, 0x9a, 0xd2));
/// The middle of a scale: lighter than its neighbours, so that it is recognisable without its hue.
pub const MIDDLE: Rgb = Rgb(0x9b, 0x9b, 0x9b);

/// What is counted or unknown: light, medium, dark.
pub const PLAIN: [Rgb; 3] = [Rgb(0xc4, 0xc4, 0xc4), Rgb(0x8f, 0x8f, 0x8f), Rgb(0x4d, 0x4d, 0x4d)];
/// The background of the dates of a shift.
pub const SPAN: Rgb = Rgb(0x2b, 0x6c, 0xb0);
/// The opacity of that background, on white and on black.
pub const SPAN_OPACITY: (f64, f64) = (0.10, 0.34);
/// The opacity of a range, on white and on black.
pub const RANGE_OPACITY: (f64, f64) = (0.35, 0.50);
/// The width of an arrow's shaft, and the length and half width of its head.
pub const ARROW: (f64, f64, f64) = (2.4, 10.0, 5.5);

/// Width of hairlines.
pub const HAIRLINE: f64 = 1.0;
/// The dash and the gap of an event's rule.
pub const RULE_DASH: (f64, f64) = (3.0, 3.0);
/// Width of the smoothed mean.
pub const CURVE_STROKE: f64 = 2.0;
/// Width of the line of a finding.
pub const CLAIM_STROKE: f64 = 3.0;
/// Width of the blank line on each side of a curve, which keeps it apart from marks beneath.
pub const CASING: f64 = 1.0;
/// Width of the stroke of hollow marks and rings.
pub const MARK_STROKE: f64 = 1.5;
/// The width of the white line that separates overlapping filled marks.
pub const MARK_OUTLINE: f64 = 0.8;
/// The radii of marks, largest first. The first that is not crowded is used for the whole picture.
pub const RADII: [f64; 5] = [5.0, 4.5, 4.0, 3.5, 3.0];
/// How far outside its mark a ring is.
pub const RING: f64 = 0.6;
/// How far outside a mark the ring is if the mark's words are set in the picture.
pub const QUOTED: f64 = 2.6;
/// The share of its size that a mark keeps within a ring.
pub const RINGED: f64 = 0.55;
/// Free space between marks on the same day.
pub const MARK_GAP: f64 = 1.0;
/// The thickness of the bar of a statement dated by month.
pub const BAR: f64 = 5.0;
/// The width of the blank stroke around the letters of text that is on lines: it fills the gaps between
/// words.
pub const HALO: f64 = 8.0;

/// Returns where a position is between the lowest (-1) and the highest (+1) of its scale.
pub fn strength(position: i32, positions: &[i32]) -> f64 {
    let below = positions.iter().filter(|&&p| p < 0).count();
    let above = positions.iter().filter(|&&p| p > 0).count();
    if below > 0 && above > 0 {
        let nearer = |p: &&i32| p.signum() == position.signum() && p.unsigned_abs() <= position.unsigned_abs();
        let rank = positions.iter().filter(nearer).count() as f64;
        return match position.signum() {
            -1 => -rank / below as f64,
            1 => rank / above as f64,
            _ => 0.0,
        };
    }
    let half = positions.len().saturating_sub(1) as f64 / 2.0;
    let rank = positions.iter().filter(|&&p| p < position).count() as f64;
    if half == 0.0 { 0.0 } else { (rank - half) / half }
}

/// Returns the colour of words on a background: ink or paper, whichever has more contrast.
pub fn ink_on(ground: Rgb) -> Rgb {
    let Rgb(r, g, b) = ground;
    // Half the luminance of white as an eye sees it, by the sRGB weights.
    let light = 0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b);
    if light > 140.0 { INK } else { PAPER }
}

/// Mixes two colours. `share` is the share of the second, limited to 0..=1.
pub fn mix(a: Rgb, b: Rgb, share: f64) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Rgb(channel(a.0, b.0), channel(a.1, b.1), channel(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::palette::{LEAST_CONTRAST, LEAST_DISTANCE, Palette};
    use crate::chart::draw::vision::{self, KINDS, distance};

    fn level_colour(position: i32, positions: &[i32]) -> Rgb {
        Palette::default().colour(position, positions)
    }

    fn contrast(colour: Rgb) -> f64 {
        vision::contrast(colour, PAPER)
    }

    #[test]
    fn signs_have_their_hue_and_zero_is_grey() {
        for n in 1..=5 {
            let positions: Vec<i32> = (-n..=n).collect();
            for &p in &positions {
                let Rgb(r, _, b) = level_colour(p, &positions);
                assert_eq!(p.signum(), i32::from(b).cmp(&i32::from(r)) as i32, "{p} of ±{n}");
            }
        }
    }

    #[test]
    fn scales_without_signs_have_their_middle_at_the_middle_rank() {
        let positions = [1, 2, 3, 4, 5];
        assert_eq!(level_colour(3, &positions), MIDDLE);
        assert_eq!(level_colour(1, &positions), level_colour(-2, &[-2, -1, 0, 1, 2]));
        assert_eq!(level_colour(5, &positions), level_colour(2, &[-2, -1, 0, 1, 2]));
    }

    #[test]
    fn two_levels_are_the_two_extremes() {
        assert_eq!(level_colour(-1, &[-1, 1]), NEGATIVE.0);
        assert_eq!(level_colour(1, &[-1, 1]), POSITIVE.0);
        assert_eq!(level_colour(0, &[0, 1]), NEGATIVE.0);
    }

    #[test]
    fn stronger_positions_are_darker_and_all_are_seen_on_white() {
        let positions: Vec<i32> = (-5..=5).collect();
        for p in 1..=5 {
            for sign in [-1, 1] {
                let here = contrast(level_colour(sign * p, &positions));
                assert!(here >= LEAST_CONTRAST, "{here}");
                assert!(p == 1 || here > contrast(level_colour(sign * (p - 1), &positions)));
            }
        }
        assert!(contrast(FAINT) >= 4.5 && contrast(SOFT) >= 7.0);
    }

    fn between(a: Rgb, b: Rgb) -> f64 {
        vision::contrast(a, b)
    }

    #[test]
    fn the_dark_theme_is_as_legible_as_the_light_one() {
        let dark = |colour| Theme::Dark.show(colour);
        for words in [INK, SOFT, FAINT] {
            assert!(between(dark(words), dark(PAPER)) >= 4.5, "{words:?}");
        }
        let positions: Vec<i32> = (-2..=2).collect();
        for position in &positions {
            let colour = level_colour(*position, &positions);
            assert!(between(dark(colour), dark(PAPER)) >= 2.7, "{position}");
            for theme in [Theme::Light, Theme::Dark] {
                let (ground, ink) = (theme.show(colour), theme.show(ink_on(colour)));
                assert!(between(ground, ink) >= 3.0, "{position} {theme:?} {}", between(ground, ink));
            }
        }
        assert_eq!(Theme::Light.show(MIDDLE), MIDDLE);
    }

    #[test]
    fn levels_differ_for_the_colour_blind() {
        let positions: Vec<i32> = (-2..=2).collect();
        for theme in [Theme::Light, Theme::Dark] {
            let shown: Vec<Rgb> = positions.iter().map(|p| theme.show(level_colour(*p, &positions))).collect();
            for (kind, matrix) in KINDS {
                for (i, a) in shown.iter().enumerate() {
                    for b in &shown[..i] {
                        let apart = distance(*a, *b, &matrix);
                        assert!(apart >= LEAST_DISTANCE, "{kind} {theme:?}: {apart:.1} between {a:?} and {b:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn odd_scales_do_not_panic() {
        for positions in [&[][..], &[3], &[-1, 0]] {
            level_colour(i32::MIN, positions);
        }
    }
}
