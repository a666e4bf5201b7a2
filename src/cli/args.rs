//! Every flag, in one file; a doc comment is the help text.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use stance::agreement::statistic::Metric;
use stance::agreement::{Between, By};
use stance::chart::draw::style::Theme;
use stance::chart::kind::speakers::Order;
use stance::chart::locale::ChartLanguage;
use stance::chart::picture::{ChartKind, Letters, PictureFormat};
use stance::chart::{LengthUnit, MILLIMETRE};
use stance::date;
use stance::frame::export;
use stance::label::Whose;
use stance::shift::Correction;
use stance::shift::request::SEED;
use stance::study::Family;

/// Track how a speaker's position on an issue shifts over time, one dated quotation at a time.
///
/// A corpus is a folder: dated statements, a codebook with the issues and their scales, rules
/// that label statements, and labels given by hand. Stance checks it, labels the statements and
/// draws every labelled statement as a mark on a named scale.
#[derive(Debug, Parser)]
#[command(name = "stance", version, arg_required_else_help = true, after_help = AFTER)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER: &str = "\
Begin here:
  stance init my-corpus                  a new corpus with an example that works at once
  stance check --corpus my-corpus        everything that is wrong with it
  stance chart --corpus my-corpus        a picture in charts/my-corpus/

Exit code: 0 all is well, 1 `check` found faults or `extract` could not read every text, 2 the work could
not be done.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Init(InitArgs),
    Extract(ExtractArgs),
    Check(CheckArgs),
    Label(LabelArgs),
    Shifts(ShiftsArgs),
    Agree(AgreeArgs),
    Chart(ChartArgs),
    Find(FindArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Watch(WatchArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Begin a new corpus: files that explain themselves, and an example that works at once.
///
/// Nothing is ever overwritten: where a file of the new corpus exists already, nothing is written.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance init my-corpus                  write my-corpus/codebook.toml, statements.csv, …
  stance chart --corpus my-corpus        draw the example at once
")]
pub struct InitArgs {
    /// The folder to write; made if it is not there
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// Propose statements from news texts: who said what, on which day.
///
/// Reads plain text as saved from a page, HTML and Markdown: files, folders, or - for the standard input. Every
/// quotation and every report ("she said that …") becomes a row of a statements file with `verified` set to
/// `no`; a person confirms them with --review. Unverified statements stay out of charts and verdicts unless
/// `stance label`, `shifts` and `chart` are given --include-unverified. Who speaks is told from names, titles
/// and pronouns, with the help of speakers.toml; the day from words such as "on Tuesday", against the day of
/// publication, which is the page's own or --published, and is never guessed.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance extract article.html                            rows as CSV on the standard output
  stance extract articles/ -o proposals.csv              all texts of a folder
  stance extract article.txt --published 2025-09-24 --append --corpus my-corpus
  stance extract --review --corpus my-corpus             confirm what was proposed, one at a time
  stance extract --review proposals.csv                  the same in a file of its own
  stance extract article.txt --show-skipped > /dev/null  what was left out, and why

speakers.toml, in the corpus, an entry for each speaker:
  [[speaker]]
  name = \"Volodymyr Zelensky\"                          as in the column speaker
  aliases = [\"Zelenskyy\", \"Zelenskiy\", \"Зеленський\"]
  titles = [\"Ukraine's president\", \"the Ukrainian leader\"]
  pronoun = \"he\"

Columns: those of statements.csv; verified (no); confidence (of the speaker: high named beside the words,
  medium carried on from words nearby, by a pronoun or of two people, low a guess, review mended by a
  person); runner_up (who else it may be); date_from (the words that gave the day, `publication`, `as in` a
  row whose words it has, or `review`); file; start and end (in characters of the text, from 0, end excluded;
  of HTML and Markdown, of the text that --text prints); spans (the stretches of the words themselves, where
  the narrator's stand between); also_in (other files of the same run with the same words, between
  semicolons). notes says what a day cannot: the first and the last day of a week or year, and the row of the
  corpus whose words a longer form has.

Exit code: 0 all texts were read, 1 some could not be (listed at the end), 2 nothing could be done.
")]
pub struct ExtractArgs {
    /// Texts: files, folders, or - for the standard input; with --review the CSV to go through
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// The day of publication of texts that do not give one
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<NaiveDate>,
    /// Who speaks [default: speakers.toml of the corpus]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub speakers: Option<PathBuf>,
    /// A language file in place of the English one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub language: Option<PathBuf>,
    /// Who published the texts, instead of what they say
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// The headline, instead of what the text says
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// The address, instead of what the text says
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Only quotations, or only reports
    #[arg(long, value_enum)]
    pub only: Option<KindOfWords>,
    /// List what was left out, and why, on the standard error; of HTML and Markdown also what stands around the article
    #[arg(long)]
    pub show_skipped: bool,
    /// Add the rows to statements.csv of the corpus; what is there stays as it is, but that missing columns are
    /// added at the ends of its lines. Words that a row has already, accepted, mended or rejected, are not added again
    #[arg(long, conflicts_with_all = ["output", "format"])]
    pub append: bool,
    /// Go through proposals one at a time: accept, mend, reject, undo; every decision is saved at once
    #[arg(long, conflicts_with_all = ["append", "output", "show_skipped", "text", "only", "published", "publisher", "title", "url", "language", "speakers"])]
    pub review: bool,
    /// Print the text of one article, in which start and end count, instead of rows
    #[arg(long, conflicts_with_all = ["output", "append", "format", "only", "show_skipped"])]
    pub text: bool,
    /// Write to this file instead of the standard output; it is replaced only when complete
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The file format
    #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
    pub format: RowFormat,
}

/// Which words are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfWords {
    /// In quotation marks
    Direct,
    /// In the narrator's words
    Indirect,
}

/// A file format for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Comma-separated values after RFC 4180, in UTF-8
    Csv,
    /// A JSON object a line
    Ndjson,
}

/// Find everything that is wrong with a corpus.
///
/// Each fault is one line, path:line:column: what, and a second with a hint how to mend it. All
/// faults of all files are listed at once, and the tests that stand in rules.toml are run. Without
/// a fault, a summary says what the corpus holds.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance check                           the only corpus in data/, else this folder
  stance check --corpus my-corpus        another
  stance check && stance chart           draw only what is sound

Exit code: 0 no fault (there may be warnings), 1 faults, 2 the check could not run.
")]
pub struct CheckArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Export the labelled statements.
///
/// A row for each statement and issue with a label, sorted by date, statement id and the
/// codebook's order of issues. Labels by hand win over labels by rules; both are kept, in
/// hand_position and rule_position. Where coders differ, or rules do, origin is `conflict` and the
/// position is empty. Quotations come out as they went in, character for character; columns of
/// statements.csv that Stance does not know are carried along at the end.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance label -o labels.csv                             all labels
  stance label --speaker 'Donald Trump' --issue sanctions --from 2025-07-01
  stance label --all -o all.csv                          with the statements that have no label
  stance label -o labels.parquet                         the format follows the file's ending
  stance label --format ndjson | head -3
  stance label --timeline -o curves.csv                  speaker, issue, date, mean, low, high,
                                                         effective_days, bandwidth (in days)

Columns: statement_id, date, date_precision, speaker, role, venue, kind, issue, position, level,
  origin (hand, rules or conflict), coder, rule_id, evidence, evidence_start, evidence_end
  (in characters of the text, from 0, end excluded), contexts (such as negated) and what they
  did, hand_position, rule_position, text,
  source_publisher, source_title, source_url, then what else statements.csv has of a statement:
  source_date, notes and columns of your own. With --all, a statement without a position has an
  empty issue; its origin is `hand` where a hand has read it.
")]
pub struct LabelArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Also statements without a label: a row with an empty issue
    #[arg(long)]
    pub all: bool,
    /// The curve of each speaker and issue instead: exactly the numbers that charts draw
    #[arg(long, conflicts_with = "all")]
    pub timeline: bool,
    /// The seed of the curves' bands
    #[arg(long, default_value_t = SEED, requires = "timeline")]
    pub seed: u64,
    /// Write to this file instead of the standard output; it is replaced only when complete
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The file format; without it, what the ending of the output file says, else csv
    #[arg(long, value_enum)]
    pub format: Option<DataFormat>,
}

/// Judge whether positions moved: when, by how much, how sure, and what that rests on.
///
/// A verdict for each speaker and issue: `shift` (lasting), `drift` (little by little), `swing` (a
/// single day apart), `steady` (no shift found, whatever was said) or `too few` (no shift could have been found). What is
/// tested is the order of days, not of statements; p is corrected for the number of pairs that were
/// tested. docs/methods.md says how, and what it cannot do.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance shifts                                          all speakers and issues
  stance shifts --speaker 'Donald Trump' --stress        what each verdict rests on
  stance shifts --event 2025-08-15                       before and after a date chosen beforehand
  stance shifts --format csv > shifts.csv                a row per finding
  stance shifts --origin rules --correction bh           as the rules see it

A p is corrected for the pairs of the run, not for runs: who selects after looking, by --speaker,
--issue, --from or --event, has tested more than the run says.

CSV columns: speaker, issue, verdict; from, to: a shift happened between these days (90 %); a drift's
  first and last day; a swing's day; likeliest_from, likeliest_to; mean: of all days; before, after,
  before_level, after_level: means before and after a shift, ends of a drift's line, the other days and
  the day of a swing; size (in levels); direction; superiority: the share of pairs in which a later
  statement stands higher; p, p_corrected, smallest_p, days_needed; detectable (in levels);
  statement_id (of a swing), latest_statement_id (of a last day apart); statements, days, by_month,
  in_conflict, by_rules; relabelled_stands, stress_stands (shares, 0 to 1).
")]
pub struct ShiftsArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Whose positions count
    #[arg(long, value_enum, default_value_t = OriginArg::Both)]
    pub origin: OriginArg,
    /// Hold the days before this one against it and those after; choose it before you look
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub event: Option<NaiveDate>,
    /// Re-run each verdict without each statement, day, source, rule and coder, and without paraphrases
    #[arg(long)]
    pub stress: bool,
    /// The level of the tests, from 0.00001 to below 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = alpha, allow_negative_numbers = true)]
    pub alpha: f64,
    /// How p is corrected for the number of pairs tested
    #[arg(long, value_enum, default_value_t = CorrectionArg::Holm)]
    pub correction: CorrectionArg,
    /// Which pairs p is corrected for
    #[arg(long, value_enum, default_value_t = FamilyArg::Whole)]
    pub family: FamilyArg,
    /// The seed of all that is random; the same seed gives the same verdicts
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// Measure how far the labels agree: coders with one another, hands with rules.
///
/// Of what two or more have read, it is told apart whether there is a position, and which. Agreement on
/// the position: percent, Krippendorff's alpha with a bootstrap interval, Gwet's AC1 and AC2 (ordinal
/// weights), Cohen's kappa (Fleiss' for more than two coders), also weighted. Labels are taken as the
/// coders gave them, before adjudication; against rules, hands count as they settled.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance agree                                           by issue
  stance agree --by speaker --by month
  stance agree --between coders --alpha-metric nominal
  stance agree --disagreements differences.csv           to adjudicate: replace each ? by a level, or by
                                                         nothing for \"takes none\", and save as
                                                         labels/adjudicated.csv; further columns may stay

Both read: two or more coders have read the statement. Both gave one: two or more gave a position.
One gave none: some gave a position, others who read it did not. Same: the share of equal labels, with
more than two coders the mean share of agreeing pairs. Which figure to quote: alpha with its interval
is the usual one; AC1 and AC2 beside it where nearly all labels are equal, which pulls alpha down.
")]
pub struct AgreeArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Whose labels to compare (may be given several times) [default: both]
    #[arg(long, value_enum)]
    pub between: Vec<BetweenArg>,
    /// The groups, within each issue (may be given several times) [default: issue]
    #[arg(long, value_enum)]
    pub by: Vec<ByArg>,
    /// How alpha measures the distance of two levels
    #[arg(long, value_enum, default_value_t = MetricArg::Ordinal)]
    pub alpha_metric: MetricArg,
    /// Write the statements on which labels differ to this new file, worst first: those of coders, or
    /// with `--between rules` those of hands and rules. Open decisions have a `?` for a position
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub disagreements: Option<PathBuf>,
    /// The seed of the bootstrap
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// Whose positions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OriginArg {
    /// Those given by hand
    Hand,
    /// Those given by rules
    Rules,
    /// By hand, and by rules where no hand has read the statement
    Both,
}

impl From<OriginArg> for Whose {
    fn from(origin: OriginArg) -> Whose {
        match origin {
            OriginArg::Hand => Whose::Hand,
            OriginArg::Rules => Whose::Rules,
            OriginArg::Both => Whose::Both,
        }
    }
}

/// How p is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CorrectionArg {
    /// Holm: at most α that any shift found is false
    Holm,
    /// Benjamini and Hochberg: of the shifts found, at most the share α is false
    Bh,
    /// Not at all
    None,
}

impl From<CorrectionArg> for Correction {
    fn from(correction: CorrectionArg) -> Correction {
        match correction {
            CorrectionArg::Holm => Correction::Holm,
            CorrectionArg::Bh => Correction::BenjaminiHochberg,
            CorrectionArg::None => Correction::None,
        }
    }
}

/// Which pairs p is corrected for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FamilyArg {
    /// Every pair of speaker and issue between the dates, shown or not: a verdict is the same everywhere
    Whole,
    /// Only the speakers and issues selected here, if you chose them before you looked
    Selected,
}

impl From<FamilyArg> for Family {
    fn from(family: FamilyArg) -> Family {
        match family {
            FamilyArg::Whole => Family::Whole,
            FamilyArg::Selected => Family::Selected,
        }
    }
}

/// Whose labels to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BetweenArg {
    /// The coders, before adjudication
    Coders,
    /// What hands settled on, and the rules
    Rules,
}

impl From<BetweenArg> for Between {
    fn from(between: BetweenArg) -> Between {
        match between {
            BetweenArg::Coders => Between::Coders,
            BetweenArg::Rules => Between::Rules,
        }
    }
}

/// The groups of an agreement table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByArg {
    /// A row per issue
    Issue,
    /// A row per issue and speaker
    Speaker,
    /// A row per issue and month
    Month,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> By {
        match by {
            ByArg::Issue => By::Issue,
            ByArg::Speaker => By::Speaker,
            ByArg::Month => By::Month,
        }
    }
}

/// How alpha measures the distance of two levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MetricArg {
    /// By the labels between
    Ordinal,
    /// Different is different
    Nominal,
    /// By the square of the difference
    Interval,
}

impl From<MetricArg> for Metric {
    fn from(metric: MetricArg) -> Metric {
        match metric {
            MetricArg::Ordinal => Metric::Ordinal,
            MetricArg::Nominal => Metric::Nominal,
            MetricArg::Interval => Metric::Interval,
        }
    }
}

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

/// Find a pattern in the statements: how a rule begins.
///
/// Prints each place with the words around it, the date, the speaker and the labels that the
/// statement has already. The pattern language is that of rules.toml, its named lists included.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance find 'land swap*'                               these words, the second completed
  stance find 'swap* ... (territory|land)'               with up to five words between
  stance find '<weapons>' --speaker 'Donald Trump'       a list of rules.toml
  stance find '=US'                                      in exactly these letters

Patterns:
  land swap     these words, next to one another, whatever their case
  swap*         a word that begins so            *        any one word
  ...           a gap of up to five words        ...8     of up to eight
  (a|b c)       either; (a|) may be missing      <name>   a list of [lists] in rules.toml
  =US           exactly these letters            /…/      a regular expression
")]
pub struct FindArgs {
    /// The pattern to find
    pub pattern: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Only statements from this day on, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Only statements up to this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
}

/// Explain why a statement has the label it has, or none.
///
/// Shows the text with the evidence underlined, each rule that fires with its pattern, place and
/// contexts, what was decided and why; and for each issue without a label the rules that came
/// nearest and what stopped them.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance explain trump-2025-08-11-swapping-changes-in-land
  stance explain --text 'There is no land swap.' --speaker 'Donald Trump' --date 2025-08-11
")]
pub struct ExplainArgs {
    /// The statement's id
    #[arg(required_unless_present = "text", conflicts_with = "text")]
    pub statement: Option<String>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Explain this text instead of a statement of the corpus
    #[arg(long)]
    pub text: Option<String>,
    /// Who says the text
    #[arg(long, requires = "text", value_name = "NAME")]
    pub speaker: Option<String>,
    /// When the text is said; without it, the corpus' last day
    #[arg(long, requires = "text", value_name = "DATE", value_parser = day)]
    pub date: Option<NaiveDate>,
}

/// See how the rules do: against hand labels, against one another, against other rules.
///
/// Without a further word, a table with a row per rule, totals per issue, rules that never fire,
/// conflicts, and the statements on which hands and rules do not agree, worst first.
///
/// Coverage, Overlaps and Conflicts are shares of all statements: those a rule fires on, those
/// another rule on the issue fires on too, those on which it gives another position. Correct and
/// Incorrect count statements on which hands settled; Emp. Acc. is the share of correct ones, and
/// Within 1 of those at most one level away.
#[derive(Debug, Parser)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  stance rules                           the table
  stance rules --format csv > rules.csv  a row per rule
  stance rules test                      run the match, reject and todo sentences
  stance rules lint                      untested, unreachable or too eager rules
  stance rules diff HEAD~1               what changed since the last commit
  stance rules diff other-rules.toml     or against another file
"
)]
pub struct RulesArgs {
    #[command(subcommand)]
    pub verb: Option<RulesVerb>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesVerb {
    /// Run the match, reject and todo sentences that stand in rules.toml
    Test(RulesTestArgs),
    /// List rules that are untested, unreachable, badly named or too eager; exit code 1 if any
    Lint(RulesLintArgs),
    /// Compare with another rule file, or with a git revision of this one
    Diff(RulesDiffArgs),
}

/// Run the match, reject and todo sentences that stand in rules.toml.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules test                      exit code 1 if a test fails
")]
pub struct RulesTestArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// List rules that are untested, unreachable, badly named or too eager.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules lint                      exit code 1 if there is anything to say
")]
pub struct RulesLintArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Compare with another rule file, or with a git revision of this one: labels gained, lost and
/// moved, each with its sentence, and the effect on the counts per level.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules diff HEAD                 what your changes do that are not committed yet
  stance rules diff old-rules.toml       what has changed since that file
")]
pub struct RulesDiffArgs {
    /// A rule file, or a git revision
    pub other: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Check, label, test and redraw on each save, with three lines on what moved.
///
/// A faulty save keeps the last good pictures and shows the faults. Ends with Ctrl-C.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance watch                           beside your editor and a picture viewer
  stance watch --speaker 'Volodymyr Zelensky'
")]
pub struct WatchArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// The speaker to draw; without it, the one with most labels
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// The folder for the pictures [default: charts/<corpus>]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// How to print a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// Everything, as one JSON object
    Json,
}

/// Print completions for a shell.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance completions bash > ~/.local/share/bash-completion/completions/stance
  stance completions zsh > ~/.zfunc/_stance
  stance completions fish > ~/.config/fish/completions/stance.fish
")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print the manual page.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance man > ~/.local/share/man/man1/stance.1
  stance man label | man -l -                            the page of one verb
")]
pub struct ManArgs {
    /// The verb whose page to print; without it, the page of stance itself
    pub verb: Option<String>,
}

/// Which corpus.
#[derive(Debug, Parser)]
pub struct CorpusArg {
    /// The corpus folder; without it, the only corpus in data/, else the current folder
    #[arg(long = "corpus", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

/// Which labels.
#[derive(Debug, Parser)]
pub struct WhichArgs {
    /// Only this issue (may be given several times)
    #[arg(long, value_name = "ID")]
    pub issue: Vec<String>,
    /// Only statements from this day on, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Only statements up to this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Also statements that nobody has verified yet (`verified` is `no`); charts draw them as diamonds
    #[arg(long)]
    pub include_unverified: bool,
}

/// A file format for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// Comma-separated values after RFC 4180, in UTF-8
    Csv,
    /// A JSON object per line
    Ndjson,
    /// Apache Parquet
    Parquet,
}

impl From<DataFormat> for export::FrameFormat {
    fn from(format: DataFormat) -> export::FrameFormat {
        match format {
            DataFormat::Csv => export::FrameFormat::Csv,
            DataFormat::Ndjson => export::FrameFormat::Ndjson,
            DataFormat::Parquet => export::FrameFormat::Parquet,
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

fn day(text: &str) -> Result<NaiveDate, String> {
    date::parse_day(text).map_err(|fault| format!("{}; {}", fault.what, fault.hint))
}

fn alpha(text: &str) -> Result<f64, String> {
    const LEAST: f64 = 1e-5;
    let share = text.parse::<f64>().ok().filter(|share| (LEAST..1.0).contains(share));
    share.ok_or_else(|| format!("a level lies between {LEAST} and 1, such as 0.05"))
}
