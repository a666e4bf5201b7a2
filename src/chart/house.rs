//! The house style of a corpus: `chart.toml`, read if it is there.
//!
//! It holds words and looks that are the same on every picture of a newsroom. It cannot change what keeps a
//! picture honest: how labels by rules, labels at odds and unchecked statements look, and the line that counts.

use std::path::PathBuf;

use serde::Deserialize;

use crate::chart::draw::palette::Palette;
use crate::chart::draw::style::Theme;
use crate::error::{Error, Problem};
use crate::file::document::Document;
use toml::Spanned;

/// A house style. Whatever is missing is as without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct House {
    /// The line that says where the statements come from.
    pub source: Option<String>,
    /// Who made the picture.
    pub credit: Option<String>,
    /// A line of one's own.
    pub note: Option<String>,
    /// An SVG, relative to the corpus.
    pub logo: Option<PathBuf>,
    /// The files of the font in place of Inter, regular and bold, relative to the corpus.
    pub font: Option<[PathBuf; 2]>,
    /// Font files for letters that the main font lacks, relative to the corpus.
    pub fonts: Vec<PathBuf>,
    /// The background.
    pub theme: Option<Theme>,
    /// The colours of the scales.
    pub palette: Option<Palette>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    source: Option<String>,
    credit: Option<String>,
    note: Option<String>,
    logo: Option<PathBuf>,
    font: Option<MainFont>,
    #[serde(default)]
    fonts: Vec<PathBuf>,
    theme: Option<Spanned<String>>,
    colours: Option<Spanned<Colours>>,
}

/// The font of all text. Without a bold file, the regular one is taken for both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MainFont {
    regular: PathBuf,
    bold: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Colours {
    low: String,
    middle: String,
    high: String,
}

impl House {
    /// Reads a house style. Every fault is added to `problems`.
    pub fn parse(document: &Document, problems: &mut Vec<Problem>) -> Option<House> {
        let root = document.root(problems)?;
        let Raw { source, credit, note, logo, font, fonts, theme, colours } =
            document.read::<Raw>(root, problems)?.value;
        let theme = theme.and_then(|theme| match theme.get_ref().as_str() {
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            other => {
                let what = format!("there is no theme `{other}`");
                problems.push(document.fault(theme.span(), what, "write \"light\" or \"dark\""));
                None
            }
        });
        let palette = colours.and_then(|colours| {
            let Colours { low, middle, high } = colours.get_ref();
            match Palette::of(low, middle, high) {
                Ok(palette) => Some(palette),
                Err(Error::Request { what, hint }) => {
                    problems.push(document.fault(colours.span(), what, hint));
                    None
                }
                Err(_) => None,
            }
        });
        let font = font.map(|MainFont { regular, bold }| [regular.clone(), bold.unwrap_or(regular)]);
        Some(House { source, credit, note, logo, font, fonts, theme, palette })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<House>, Vec<Problem>) {
        let mut problems = Vec::new();
        let house = House::parse(&Document::new("chart.toml", text.to_owned()), &mut problems);
        (house, problems)
    }

    #[test]
    fn a_house_style_is_read_and_its_faults_are_reported_together() {
        let (house, problems) = read("credit = \"Midtown Gazette\"\ntheme = \"dark\"\nlogo = \"logo.svg\"\n");
        let house = house.expect("a house style");
        assert!(problems.is_empty());
        assert_eq!((house.credit.as_deref(), house.theme), (Some("Midtown Gazette"), Some(Theme::Dark)));
        let (house, _) = read("[font]\nregular = \"Serif.ttf\"\n");
        assert_eq!(house.and_then(|house| house.font), Some(["Serif.ttf".into(), "Serif.ttf".into()]));
        let colours = "[colours]\nlow = \"#8a1c1c\"\nmiddle = \"#9b9b9b\"\nhigh = \"#1c6b1c\"\n";
        let (_, problems) = read(&format!("theme = \"blue\"\n{colours}"));
        let said: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].contains("apart"), "{said:?}");
        assert_eq!(read("hide = \"rules\"\n").1.len(), 1);
    }
}
