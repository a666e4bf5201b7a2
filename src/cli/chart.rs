//! `stance chart`: pictures as SVG and PNG.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use stance::chart::face::Fonts;
use stance::chart::figure::{Companion, Figure};
use stance::chart::locale::Locale;
use stance::chart::source::Source;
use stance::chart::style::Theme;
use stance::chart::timeline::Quotes;
use stance::chart::{self, LeftOut, Size, Unit};
use stance::corpus::{Corpus, RuleDecisions};
use stance::error::{Error, Result};
use stance::frame::{LabelFrame, Selection};
use stance::series::{Basis, Series};
use stance::shift::{self, Correction, Request};

use stance::table::nearest;
use stance::words::many;

use super::args::{ChartArgs, KindArg, PIXELS_TO_AN_INCH, PictureFormat, TextArg};
use super::{Outcome, output, source, stdout_failed};

/// Draws and says which files it wrote.
pub fn run(args: &ChartArgs) -> Result<Outcome> {
    let corpus = source::load(&args.corpus)?;
    let decisions = source::label(&corpus);
    let mut stdout = anstream::stdout();
    for path in draw(args, &corpus, &decisions)? {
        writeln!(stdout, "{}", path.display()).map_err(stdout_failed)?;
    }
    Ok(Outcome::Fine)
}

/// Every kind, in the order in which they are drawn.
const KINDS: [KindArg; 5] = [KindArg::Timeline, KindArg::Months, KindArg::Coverage, KindArg::Speakers, KindArg::Shift];

/// Draws what was asked for and returns the files that were written.
pub fn draw(args: &ChartArgs, corpus: &Corpus, decisions: &RuleDecisions) -> Result<Vec<PathBuf>> {
    let named: Vec<String> = args.speaker.iter().cloned().collect();
    let all = source::select(corpus, &named, &args.which)?;
    let speaker = match named.into_iter().next() {
        Some(speaker) => speaker,
        None => most_labelled(&LabelFrame::new(corpus, decisions, &all, false)?, corpus)?,
    };
    let one = Selection { speakers: vec![speaker.clone()], ..all.clone() };
    let stem = file_name(&speaker, corpus);
    let folder = args.out.clone().unwrap_or_else(|| Path::new("charts").join(corpus.name()));
    let kinds = KINDS.into_iter().filter(|kind| args.kinds.is_empty() || args.kinds.contains(kind));
    let (of_one, of_all): (Vec<KindArg>, Vec<KindArg>) =
        kinds.partition(|kind| !matches!(kind, KindArg::Speakers | KindArg::Shift));
    // Whatever is drawn of it, a position is judged as one of the corpus: what a picture says does not
    // depend on what else is left out of it.
    let whole = Selection { speakers: Vec::new(), issues: Vec::new(), ..all.clone() };
    let labels = LabelFrame::new(corpus, decisions, &whole, false)?;
    let series = Series::all(&labels, &corpus.codebook, Basis::Both)?;
    let request = Request { alpha: 0.05, correction: Correction::Holm, seed: args.seed, event: None };
    let verdicts = shift::verdicts(&series, &corpus.codebook, &request, || {});
    let look = Look::new(args)?;
    let quotes = quotes(args, corpus)?;
    let locale = Locale::new(args.locale.into());
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (kinds, selection) in [(of_one, &one), (of_all, &all)] {
        if kinds.is_empty() {
            continue;
        }
        let labels = LabelFrame::new(corpus, decisions, selection, false)?;
        let source = Source::new(corpus, &labels, selection, &verdicts, args.seed, &locale)?;
        for kind in kinds {
            let (name, mut figure) = match kind {
                KindArg::Timeline => (format!("timeline-{stem}"), chart::timeline::timeline(&source, &quotes)?),
                KindArg::Months => (format!("months-{stem}"), chart::months::months(&source)?),
                KindArg::Coverage => (format!("coverage-{stem}"), chart::coverage::coverage(&source)?),
                KindArg::Speakers => ("speakers".to_owned(), chart::speakers::speakers(&source, args.order.into())?),
                KindArg::Shift => ("shift".to_owned(), chart::shift::shift(&source)?),
            };
            if let Some(title) = &args.title {
                figure.title.clone_from(title);
            }
            let table = |table: &Companion| output::records(&table.header, table.rows.iter().cloned());
            for (ending, bytes) in look.pictures(args, &figure, &name)? {
                files.push((folder.join(format!("{name}.{ending}")), bytes));
            }
            files.push((folder.join(format!("{name}.csv")), table(&figure.companion)?));
            if !figure.curve.rows.is_empty() {
                files.push((folder.join(format!("{name}-curve.csv")), table(&figure.curve)?));
            }
        }
    }
    // All is drawn before anything is written, so that a failure leaves the last good pictures.
    output::make_folder(&folder)?;
    for (path, bytes) in &files {
        output::write_file(path, |to| to.write_all(bytes).map_err(Error::Output))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// How pictures look: their size, theme and fonts.
struct Look {
    size: Size,
    unit: Unit,
    scale: f32,
    theme: Theme,
    fonts: Fonts,
}

impl Look {
    fn new(args: &ChartArgs) -> Result<Look> {
        let (width, height, scale) = args.preset.measures();
        // A width alone asks for a picture that is as high as it needs to be.
        let height = if args.width.is_some() { args.height } else { args.height.or(height) };
        let width = args.width.unwrap_or(width);
        let millimetres = [Some(width), height].into_iter().flatten().any(|length| length.unit == Unit::Millimetres);
        let mut fonts = Fonts::embedded();
        for path in &args.font {
            let bytes = fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
            fonts.add(&path.display().to_string(), bytes)?;
        }
        Ok(Look {
            size: Size { width: width.pixels, height: height.map(|height| height.pixels) },
            unit: if millimetres { Unit::Millimetres } else { Unit::Pixels },
            scale: args.scale.or(args.dpi.map(|dpi| dpi / PIXELS_TO_AN_INCH)).unwrap_or(scale),
            theme: args.theme.into(),
            fonts,
        })
    }

    /// Draws a figure in the formats that are wanted, each with the ending of its file.
    fn pictures(&self, args: &ChartArgs, figure: &Figure, name: &str) -> Result<Vec<(&'static str, Vec<u8>)>> {
        warn_of_missing_letters(figure, &self.fonts);
        let drawn = chart::svg(figure, self.size, self.unit, self.theme, &self.fonts).map_err(|error| match error {
            Error::Request { what, hint } => Error::Request { what: format!("{name}: {what}"), hint },
            other => other,
        })?;
        warn_of_left_out(name, &drawn.left_out);
        let mut pictures = Vec::new();
        if wants(args, PictureFormat::Png) {
            pictures.push(("png", chart::png(&drawn.svg, self.scale, &self.fonts)?));
        }
        if wants(args, PictureFormat::Svg) {
            let svg = match args.text {
                TextArg::Text => drawn.svg,
                TextArg::Outlines => chart::outlines(&drawn.svg, &self.fonts)?,
            };
            pictures.push(("svg", svg.into_bytes()));
        }
        Ok(pictures)
    }
}

fn wants(args: &ChartArgs, format: PictureFormat) -> bool {
    args.format.is_empty() || args.format.contains(&format)
}

/// Which quotations are set in the picture.
fn quotes(args: &ChartArgs, corpus: &Corpus) -> Result<Quotes> {
    if args.quote.is_empty() {
        return Ok(Quotes::Telling);
    }
    let asked: Vec<String> = args.quote.iter().filter(|id| *id != "none").cloned().collect();
    for id in &asked {
        if corpus.statements.find(id).is_none() {
            let ids = corpus.statements.rows.iter().map(|statement| statement.id.as_str());
            let hint = match nearest(id, ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "see the column id of statements.csv".to_owned(),
            };
            return Err(Error::request(format!("no statement has the id `{id}`"), hint));
        }
    }
    Ok(Quotes::Of(asked))
}

/// Says what a picture had no room for.
fn warn_of_left_out(name: &str, left_out: &[LeftOut]) {
    for left in left_out {
        let what = match left {
            LeftOut::Quotes(count) => many(*count, "quotation"),
            LeftOut::Events(count) => many(*count, "event"),
            LeftOut::Rows(count) => many(*count, "row"),
        };
        let what = format!(
            "{name}: there is no room for {what}, left out; give it more height or width, or draw fewer issues"
        );
        // A warning that cannot be printed is no reason to give up a picture.
        let _ = output::print_error(&mut anstream::stderr(), &what);
    }
}

fn most_labelled(labels: &LabelFrame, corpus: &Corpus) -> Result<String> {
    labels.most_labelled()?.ok_or_else(|| {
        let what = format!("no statement of {} has a position here", corpus.name());
        Error::request(what, "choose other issues or dates, or label some statements: see `stance check`")
    })
}

/// A name for a speaker's files: letters and digits in lower case, with hyphens between. Speakers who
/// would share one are told apart by a number.
fn file_name(speaker: &str, corpus: &Corpus) -> String {
    let own = slug(speaker);
    let speakers = corpus.statements.rows.iter().map(|statement| statement.speaker.as_str());
    let alike: BTreeSet<&str> = speakers.filter(|other| slug(other) == own).collect();
    match alike.iter().position(|other| *other == speaker) {
        Some(place) if place > 0 => format!("{own}-{}", place + 1),
        _ => own,
    }
}

fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let slug: String = words.join("-").chars().take(LONGEST).collect();
    if slug.is_empty() { "speaker".to_owned() } else { slug }
}

/// Says which letters the fonts lack; they would be boxes in the picture.
fn warn_of_missing_letters(figure: &Figure, fonts: &Fonts) {
    let missing: BTreeSet<char> = figure.texts().into_iter().flat_map(|text| fonts.missing(text)).collect();
    if !missing.is_empty() {
        let letters: Vec<String> = missing.iter().take(20).map(|letter| letter.to_string()).collect();
        let more = if missing.len() > 20 { " …" } else { "" };
        let what = format!(
            "no font has a letter for {}{more}; the PNG shows boxes instead, unless --font gives one",
            letters.join(" ")
        );
        // A warning that cannot be printed is no reason to give up a picture.
        let _ = output::print_error(&mut anstream::stderr(), &what);
    }
}
