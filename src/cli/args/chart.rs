//! `stance chart`: what is drawn, how large, and how it looks.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::chart::draw::style::Theme;
use stance::chart::kind::speakers::Order;
use stance::chart::locale::ChartLanguage;
use stance::chart::picture::{ChartKind, Letters, Notes, PictureFormat};
use stance::chart::{LengthUnit, MILLIMETRE};
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, CountsArg, GrainArg, SELECTION, WhichArgs};

const SIZE: &str = "Size";
const LOOK: &str = "Look";

/// Draw charts of positions over time, as SVG and PNG.
///
/// Use it to see every statement at once, and to publish what you found. Without a KIND, it draws 5 kinds:
/// timeline, months and coverage show one speaker; speakers and shift show all speakers. The kinds dumbbell and card
/// are drawn if you name them. The titles state the verdicts. Beside each picture is a CSV of what it shows, and a CSV of how it was made; beside a
/// timeline is also a CSV with its lines.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance chart                                     draw every kind
  stance chart timeline --speaker 'Volodymyr Zelensky'
  stance chart timeline months --issue sanctions --from 2025-06-01 --to 2025-09-30
  stance chart timeline --by source_publisher --group Reuters
  stance chart --preset slide --issue sanctions    draw for a slide
  stance chart --preset print --text outlines      draw for a printed page
  stance chart timeline --quote trump-2025-08-11-swapping-changes-in-land --locale de
  stance chart shift --format png --width 800 --scale 3 --out figures
  stance chart card --preset social --issue sanctions
  stance chart timeline --embed                    write a fragment for a web page too
  stance chart timeline --credit 'Ann Example / Gazette' --logo logo.svg
  stance chart --labels labels.parquet             draw what `stance label` wrote

House style:
  A file chart.toml in the corpus holds what is the same on all your pictures: source,
  note, credit, theme, logo and fonts (paths from the corpus), the table [font] with
  regular and bold, and the table [colours] with low, middle and high. A flag wins
  over it.

Marks:
  filled              labelled by hand
  hollow              labelled by rules
  with a ring in it   labelled by hand, and the rules say otherwise
  diamond             not confirmed yet, drawn only with --include-unverified
  bar                 dated only by month

From --labels, if there are more than 2,000 statements, a mark is all of them of
a day at a level. A card needs labels with a text.
")]
pub struct ChartArgs {
    #[command(flatten)]
    pub counts: CountsArg,
    /// The kinds of chart to draw [default: all]
    #[arg(value_enum, value_name = "KIND")]
    pub kinds: Vec<KindArg>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Draw this speaker, in the kinds that show one; repeat the flag for more [default: the one with the most positions]
    ///
    /// If you name 2 or more, the kinds that show all speakers show only these.
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    /// Draw each value of this column of statements.csv instead of each speaker, such as a party or an outlet
    ///
    /// --speaker then chooses whose statements are read.
    #[arg(long, value_name = "COLUMN", help_heading = SELECTION)]
    pub by: Option<String>,
    /// Choose the unit of the test behind the titles and lines, as in `stance shifts`; marks stay at their days
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = GrainArg::Day, help_heading = SELECTION)]
    pub grain: GrainArg,
    /// With --by, draw this group, as --speaker does for speakers; repeat the flag for more
    #[arg(long, value_name = "NAME", requires = "by", help_heading = SELECTION)]
    pub group: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Write the pictures into this folder [default: charts/<corpus>]
    #[arg(short, long, alias = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Replace files even if Stance did not write them; never files of a corpus
    #[arg(long)]
    pub force: bool,
    /// Write only this format [default: both]
    #[arg(long, value_enum)]
    pub format: Vec<PictureFormatArg>,
    /// Write a fragment for a web page beside every SVG: a <figure> with caption and the table of quotations
    #[arg(long)]
    pub embed: bool,
    /// Choose width, height and resolution for a purpose
    ///
    /// --width, --height, --scale and --dpi each replace a part of it. If you set --width without --height, the
    /// preset's height does not apply.
    #[arg(long, value_enum, value_name = "PURPOSE", default_value_t = PresetArg::Article, help_heading = SIZE)]
    pub preset: PresetArg,
    /// Set the width, such as 1200 (pixels) or 180mm, from 320 to 4000 pixels
    ///
    /// An inch has 96 pixels. Without --height, the height follows from what is drawn. If you give the width or the
    /// height in millimetres, the SVG has its size in millimetres.
    #[arg(long, value_name = "LENGTH", value_parser = length, allow_negative_numbers = true, help_heading = SIZE)]
    pub width: Option<Length>,
    /// Set the height, such as 720 (pixels) or 120mm [default: the preset's, or as high as needed]
    ///
    /// If not everything fits, a timeline leaves out quotations first, then events. Charts with rows leave out the
    /// rows with the fewest statements or days. A message says so.
    #[arg(long, value_name = "LENGTH", value_parser = length, allow_negative_numbers = true, help_heading = SIZE)]
    pub height: Option<Length>,
    /// Draw the PNG this many times as large as the SVG [default: the preset's]
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true, help_heading = SIZE)]
    pub scale: Option<f32>,
    /// Set the resolution of the PNG in pixels per inch, instead of --scale
    #[arg(long, value_name = "PIXELS", conflicts_with = "scale", allow_negative_numbers = true, help_heading = SIZE)]
    pub dpi: Option<f32>,
    /// Set the seed of the random numbers behind verdicts and bands
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// Choose the background [default: light]
    #[arg(long, value_enum, help_heading = LOOK)]
    pub theme: Option<ThemeArg>,
    /// Choose the colours of the scale: the lowest level, the middle and the highest, such as '#853a00,#9b9b9b,#0b3f7d'
    ///
    /// Colours that some people could not tell apart, or from the background, are rejected, with the figure.
    #[arg(long, alias = "colors", value_name = "COLOURS", help_heading = LOOK)]
    pub colours: Option<String>,
    /// Put this logo beside the footer: an SVG file; only its shapes are taken
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = LOOK)]
    pub logo: Option<PathBuf>,
    /// Choose the order of the kind `speakers`, after those who moved
    #[arg(long, value_enum, default_value_t = OrderArg::Position, help_heading = LOOK)]
    pub order: OrderArg,
    /// Put this title on every picture, instead of the verdicts
    #[arg(long, value_name = "WORDS", help_heading = LOOK)]
    pub title: Option<String>,
    /// Put this subtitle on every picture
    #[arg(long, value_name = "WORDS", help_heading = LOOK)]
    pub subtitle: Option<String>,
    /// Put this line into the footer, instead of the titles of the corpus and its publishers
    #[arg(long, value_name = "WORDS", help_heading = LOOK)]
    pub source: Option<String>,
    /// Add this line to the footer
    #[arg(long, value_name = "WORDS", help_heading = LOOK)]
    pub note: Option<String>,
    /// Say who made the picture, as the last line of the footer
    #[arg(long, value_name = "WORDS", help_heading = LOOK)]
    pub credit: Option<String>,
    /// Print the quotation of this statement in the timeline, or on the card; repeat the flag for more
    ///
    /// `none` leaves out all quotations. Without the flag, a timeline prints up to 4 quotations per panel, at most one per day, in this order: those beside
    /// a shift or at the ends of a drift, the quotation of a swing, the quotation of a last day that stands apart,
    /// the latest at the highest and at the lowest position, the first and the last.
    #[arg(long, value_name = "ID", help_heading = LOOK)]
    pub quote: Vec<String>,
    /// Choose the language of dates and of the charts' own words; your words stay as they are
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = LocaleArg::En, help_heading = LOOK)]
    pub locale: LocaleArg,
    /// Choose for whom the footer is written
    #[arg(long, value_enum, value_name = "WHOM", default_value_t = NotesArg::Reader, help_heading = LOOK)]
    pub notes: NotesArg,
    /// Choose how the SVG stores its letters
    #[arg(long, value_enum, value_name = "LETTERS", default_value_t = TextArg::Text, help_heading = LOOK)]
    pub text: TextArg,
    /// Add a font file (TTF or OTF) for letters that the embedded font Inter lacks; repeat the flag for more
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = LOOK)]
    pub font: Vec<PathBuf>,
}

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// One speaker: a panel per issue, every statement a mark on its day, and the smoothed mean
    Timeline,
    /// One speaker: how many statements took each level, month by month
    Months,
    /// One speaker: how many statements there are each month, and who labelled them
    Coverage,
    /// All speakers: on one issue a panel for each, otherwise a row for each and a column per issue
    Speakers,
    /// All speakers: before and after every shift, and the pairs with too few days to tell
    Shift,
    /// All speakers: averages of the first and the last third of their days
    Dumbbell,
    /// One speaker on one issue, with one quotation set large
    Card,
}

impl From<KindArg> for ChartKind {
    fn from(kind: KindArg) -> ChartKind {
        match kind {
            KindArg::Timeline => ChartKind::Timeline,
            KindArg::Months => ChartKind::Months,
            KindArg::Coverage => ChartKind::Coverage,
            KindArg::Speakers => ChartKind::Speakers,
            KindArg::Shift => ChartKind::Shift,
            KindArg::Dumbbell => ChartKind::Dumbbell,
            KindArg::Card => ChartKind::Card,
        }
    }
}

/// A file format for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PictureFormatArg {
    /// A vector picture, sharp at any size
    Svg,
    /// A pixel picture, drawn from the SVG
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
    /// 1200 pixels wide, as high as needed; PNG twice as large
    Article,
    /// 360 pixels wide, as high as needed; PNG 3 times as large
    Phone,
    /// 720 by 720 pixels; PNG of 1080 by 1080
    Social,
    /// 1280 by 720 pixels; PNG of 1920 by 1080
    Slide,
    /// 180 mm wide, as high as needed; PNG at 300 pixels per inch
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

/// Pixels of a picture to an inch, as in CSS.
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

/// For whom the footer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotesArg {
    /// For readers: how many statements, who coded them, and who published them
    Reader,
    /// For those who check it: also corpus, rules, seed and version
    Method,
}

impl From<NotesArg> for Notes {
    fn from(notes: NotesArg) -> Notes {
        match notes {
            NotesArg::Reader => Notes::Reader,
            NotesArg::Method => Notes::Method,
        }
    }
}

/// How an SVG stores its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextArg {
    /// As text, which can be searched, read aloud and edited; a device without the font Inter shows another one
    Text,
    /// As outlines, which look the same everywhere and cannot be searched
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

/// The background of the pictures.
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

/// The order of the speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// On one issue the highest average first, on several the most statements first
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
