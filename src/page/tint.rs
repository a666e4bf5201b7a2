//! Colours on both backgrounds. A page follows the reader's light or dark scheme, and so do the pictures in it.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::chart::draw::palette::Palette;
use crate::chart::draw::style::{Rgb, Theme};
use crate::codebook::Codebook;

/// The condition of the dark scheme. A printed page is light.
const DARK: &str = "@media screen and (prefers-color-scheme:dark)";

/// On which backgrounds something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schemes {
    /// Light only: a part of a page of others, whose background is not known to follow the reader.
    Light,
    /// Light or dark, as the reader's machine is set.
    Both,
}

/// The style that colours the levels of a codebook: the class `l0-2` is the third lowest level of the
/// first issue. It sets `--level`, which `style.css` uses.
pub fn levels(codebook: &Codebook, palette: &Palette, schemes: Schemes) -> String {
    let rules = |theme: Theme| {
        let mut css = String::new();
        for (issue, scale) in codebook.issues.iter().enumerate() {
            let positions: Vec<i32> = scale.levels.iter().map(|level| level.position.0).collect();
            for (rank, position) in positions.iter().enumerate() {
                let colour = hex(theme.show(palette.colour(*position, &positions)));
                // Writing to a string cannot fail.
                let _ = write!(css, ".l{issue}-{rank}{{--level:{colour}}}");
            }
        }
        css
    };
    let light = format!(".stance{{{}}}\n", rules(Theme::Light));
    match schemes {
        Schemes::Light => light,
        Schemes::Both => format!("{light}{DARK}{{.stance{{{}}}}}\n", rules(Theme::Dark)),
    }
}

/// The style that shows pictures, drawn light, in the dark scheme: each colour that occurs in them is shown as
/// [`Theme::Dark`] would draw it. A picture is in an element with the class `chart`.
pub fn pictures<'p>(pictures: impl IntoIterator<Item = &'p str>) -> String {
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    for picture in pictures {
        for attribute in ["fill", "stroke"] {
            let begins = format!(" {attribute}=\"#");
            let values = picture.split(begins.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(values.filter(|value| value.len() == 6).map(|value| (attribute, value)));
        }
    }
    let mut css = String::new();
    for (attribute, value) in found {
        let Some(colour) = rgb(value) else { continue };
        let shown = hex(Theme::Dark.show(colour));
        let _ = write!(css, "[{attribute}=\"#{value}\"]{{{attribute}:{shown}}}");
    }
    format!("{DARK}{{.stance .chart{{{css}}}}}\n")
}

fn hex(Rgb(r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A colour of 6 hexadecimal digits.
fn rgb(digits: &str) -> Option<Rgb> {
    let whole = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
    let [_, r, g, b] = whole.to_be_bytes();
    Some(Rgb(r, g, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::style::{AXIS, FAINT, GRID, INK, PAPER, SOFT, SPAN};
    use crate::chart::draw::vision::contrast;
    use crate::page::shell::{DARK_STYLE, STYLE};

    #[test]
    fn pages_have_the_colours_of_pictures_and_enough_contrast() {
        let names = [
            ("paper", PAPER),
            ("ink", INK),
            ("soft", SOFT),
            ("faint", FAINT),
            ("line", GRID),
            ("edge", AXIS),
            ("link", SPAN),
        ];
        for theme in [Theme::Light, Theme::Dark] {
            for (name, colour) in names {
                let shown = theme.show(colour);
                let set = format!("--{name}: {};", hex(shown));
                let style = if theme == Theme::Light { STYLE } else { DARK_STYLE };
                assert!(style.contains(&set), "the style has no `{set}` for the {} scheme", theme.word());
                let least = match name {
                    "ink" | "soft" | "faint" | "link" => 4.5,
                    // What has to be seen, but is not read.
                    "edge" => 3.0,
                    _ => 1.0,
                };
                let found = contrast(shown, theme.show(PAPER));
                assert!(found >= least, "--{name} has a contrast of {found:.2} in the {} scheme", theme.word());
            }
        }
    }

    #[test]
    fn a_picture_is_shown_in_the_dark_as_it_would_be_drawn() {
        let css = pictures([r##"<path fill="none" stroke="#1f1f1f"/><rect fill="#ffffff"/><b fill="#zzzzzz"/>"##]);
        let (ink, paper) = (hex(Theme::Dark.show(INK)), hex(Theme::Dark.show(PAPER)));
        let rules = format!("[fill=\"#ffffff\"]{{fill:{paper}}}[stroke=\"#1f1f1f\"]{{stroke:{ink}}}");
        assert_eq!(css, format!("{DARK}{{.stance .chart{{{rules}}}}}\n"));
    }
}
