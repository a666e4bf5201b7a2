//! `stance chart`: what is drawn, how large, and how it looks.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::chart::draw::style::Theme;
use stance::chart::kind::speakers::Order;
use stance::chart::locale::ChartLanguage;
use stance::chart::picture::{ChartKind, Letters, PictureFormat};
use stance::chart::{LengthUnit, MILLIMETRE};
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, WhichArgs};

/// Draw: every kind of chart, or those that are named.
///
/// The pictures go to charts/<corpus>/, as SVG and as PNG drawn from that same SVG, each beside a CSV
/// with what is drawn, and the timeline's curve in a second one. timeline, months and coverage show one speaker, speakers and shift all of them.
/// A filled mark was labelled by hand, a hollow one by rules, one with a ring by hand while the rules
/// say otherwise. A bar in place of a mark is a statement of which only the month is known.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance chart                                           every kind, of the speaker with most labels
  stance chart timeline --speaker 'Volodymyr Zelensky'
  stance chart timeline months --issue sanctions --from 2025-06-01 --to 2025-09-30
  stance chart --preset slide --issue sanctions          1920 by 1080 pixels
  stance chart --preset print --text outlines            180 mm, 300 dpi, for a page
  stance chart timeline --quote trump-2025-08-11-swapping-changes-in-land --locale de
  stance chart shift --format png --width 800 --scale 3 --out figures
")]
pub struct ChartArgs {
    /// The kinds to draw [default: all]
    #[arg(value_enum, value_name = "KIND")]
    pub kinds: Vec<KindArg>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// The speaker to draw; without it, the one with most labels
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// The folder for the pictures [default: charts/<corpus>]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Write over files that Stance did not write; never over a file of a corpus
    #[arg(long)]
    pub force: bool,
    /// Only this format (may be given several times) [default: both]
    #[arg(long, value_enum)]
    pub format: Vec<PictureFormatArg>,
    /// Width, height and resolution for a purpose; the flags below change single ones of them, but with a
    /// --width of your own, the preset's height no longer holds
    #[arg(long, value_enum, default_value_t = PresetArg::Article)]
    pub preset: PresetArg,
    /// The width, 320 to 4000 pixels, such as 1200 or 180mm; 96 pixels are an inch. Without --height, the height
    /// then follows from what is drawn. Lengths in the SVG are in millimetres where width or height is
    #[arg(long, value_name = "LENGTH", value_parser = length, allow_negative_numbers = true)]
    pub width: Option<Length>,
    /// The height, such as 720 or 120mm; without it, that of the preset, or as much as what is
    /// drawn needs. Where it is too low, first the quotations, then the events are left out, or the rows of fewest
    /// statements or days, and a note says so
    #[arg(long, value_name = "LENGTH", value_parser = length, allow_negative_numbers = true)]
    pub height: Option<Length>,
    /// How many pixels of the PNG to one of the picture's, instead of the preset's
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true)]
    pub scale: Option<f32>,
    /// The PNG's resolution instead, in pixels to an inch
    #[arg(long, value_name = "PIXELS", conflicts_with = "scale", allow_negative_numbers = true)]
    pub dpi: Option<f32>,
    /// The seed of the curves' bands
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// The ground of the pictures
    #[arg(long, value_enum, default_value_t = ThemeArg::Light)]
    pub theme: ThemeArg,
    /// In which order `speakers` stand
    #[arg(long, value_enum, default_value_t = OrderArg::Position)]
    pub order: OrderArg,
    /// The title of every picture, instead of what the verdicts say
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// A statement whose words are set in the timeline (may be given several times), or `none`. Without it, up
    /// to four a panel, at most one of a day, in this order: those beside every shift, of a swing, of a last day apart, the latest at
    /// the highest and at the lowest position taken, the first and the last
    #[arg(long, value_name = "ID")]
    pub quote: Vec<String>,
    /// The language of dates and of the charts' own words; the corpus' words stay as they are
    #[arg(long, value_enum, default_value_t = LocaleArg::En)]
    pub locale: LocaleArg,
    /// How the SVG has its letters
    #[arg(long, value_enum, default_value_t = TextArg::Text)]
    pub text: TextArg,
    /// A font file (TTF or OTF) for letters that the embedded Inter lacks (may be given several times)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub font: Vec<PathBuf>,
}

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// One speaker: a panel per issue, every statement a mark at its day
    Timeline,
    /// One speaker: how many statements stood at each level, by month
    Months,
    /// One speaker: how many statements there are, by month and origin
    Coverage,
    /// All speakers: a row for each, every statement a mark at its day
    Speakers,
    /// All speakers: before and after every shift, and what cannot be told
    Shift,
}

impl From<KindArg> for ChartKind {
    fn from(kind: KindArg) -> ChartKind {
        match kind {
            KindArg::Timeline => ChartKind::Timeline,
            KindArg::Months => ChartKind::Months,
            KindArg::Coverage => ChartKind::Coverage,
            KindArg::Speakers => ChartKind::Speakers,
            KindArg::Shift => ChartKind::Shift,
        }
    }
}

/// A file format for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PictureFormatArg {
    /// Scalable, with text that can be searched and read aloud
    Svg,
    /// Pixels, drawn from the SVG
    Png,
}

impl From<PictureFormatArg> for PictureFormat {
    fn from(format: PictureFormatArg) -> PictureFormat {
        match format {
            PictureFormatArg::Svg => PictureFormat::Svg,
            PictureFormatArg::Png => PictureFormat::Png,
        }
    }
}

/// A length on a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// In pixels.
    pub pixels: f64,
    /// As it was given.
    pub unit: LengthUnit,
}

fn length(text: &str) -> Result<Length, String> {
    let (number, unit) = match text.trim().strip_suffix("mm") {
        Some(number) => (number, LengthUnit::Millimetres),
        None => (text.trim().strip_suffix("px").unwrap_or(text), LengthUnit::Pixels),
    };
    let value = number.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
    let value = value.ok_or("write a number of pixels, such as 1200, or of millimetres, such as 180mm")?;
    let pixels = match unit {
        LengthUnit::Pixels => value,
        LengthUnit::Millimetres => value * MILLIMETRE,
    };
    Ok(Length { pixels, unit })
}

/// Sizes for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PresetArg {
    /// 1200 pixels wide, as high as it needs to be, PNG at 2 to 1
    Article,
    /// 360 pixels wide, as high as it needs to be, PNG at 3 to 1
    Phone,
    /// A square of 720 pixels, PNG of 1080
    Social,
    /// 1280 by 720 pixels, PNG of 1920 by 1080
    Slide,
    /// 180 mm wide, as high as it needs to be, PNG at 300 pixels to an inch
    Print,
}

impl PresetArg {
    /// Width, height and the pixels of the PNG to one of the picture's.
    pub fn measures(self) -> (Length, Option<Length>, f32) {
        let px = |pixels: f64| Length { pixels, unit: LengthUnit::Pixels };
        match self {
            PresetArg::Article => (px(1200.0), None, 2.0),
            PresetArg::Phone => (px(360.0), None, 3.0),
            PresetArg::Social => (px(720.0), Some(px(720.0)), 1.5),
            PresetArg::Slide => (px(1280.0), Some(px(720.0)), 1.5),
            PresetArg::Print => {
                (Length { pixels: 180.0 * MILLIMETRE, unit: LengthUnit::Millimetres }, None, 300.0 / PIXELS_TO_AN_INCH)
            }
        }
    }
}

/// Pixels of a picture to an inch, as CSS has it.
pub const PIXELS_TO_AN_INCH: f32 = 96.0;

/// The language of the charts' own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LocaleArg {
    /// English
    En,
    /// German
    De,
    /// French
    Fr,
    /// Ukrainian
    Uk,
}

impl From<LocaleArg> for ChartLanguage {
    fn from(locale: LocaleArg) -> ChartLanguage {
        match locale {
            LocaleArg::En => ChartLanguage::En,
            LocaleArg::De => ChartLanguage::De,
            LocaleArg::Fr => ChartLanguage::Fr,
            LocaleArg::Uk => ChartLanguage::Uk,
        }
    }
}

/// How an SVG has its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextArg {
    /// As text, which can be searched, read aloud and edited; programs without Inter show another font
    Text,
    /// As outlines, which look the same everywhere
    Outlines,
}

impl From<TextArg> for Letters {
    fn from(text: TextArg) -> Letters {
        match text {
            TextArg::Text => Letters::Text,
            TextArg::Outlines => Letters::Outlines,
        }
    }
}

/// The ground of the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// White
    Light,
    /// Nearly black
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Theme {
        match theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        }
    }
}

/// In which order speakers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// The highest mean position first
    Position,
    /// By name
    Name,
}

impl From<OrderArg> for Order {
    fn from(order: OrderArg) -> Order {
        match order {
            OrderArg::Position => Order::Position,
            OrderArg::Name => Order::Name,
        }
    }
}
