//! `stance chart`: pictures as SVG and PNG.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use stance::chart;
use stance::chart::figure::Figure;
use stance::chart::source::Source;
use stance::corpus::{Corpus, RuleDecisions};
use stance::error::{Error, Result};
use stance::frame::{LabelFrame, Selection};
use stance::series::{Basis, Series};
use stance::shift::{self, Correction, Request};

use super::args::{ChartArgs, KindArg, PictureFormat};
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
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (kinds, selection) in [(of_one, &one), (of_all, &all)] {
        if kinds.is_empty() {
            continue;
        }
        let labels = LabelFrame::new(corpus, decisions, selection, false)?;
        let source = Source::new(corpus, &labels, selection, &verdicts, args.seed)?;
        for kind in kinds {
            let (name, mut figure) = match kind {
                KindArg::Timeline => (format!("timeline-{stem}"), chart::timeline::timeline(&source)?),
                KindArg::Months => (format!("months-{stem}"), chart::months::months(&source)?),
                KindArg::Coverage => (format!("coverage-{stem}"), chart::coverage::coverage(&source)?),
                KindArg::Speakers => ("speakers".to_owned(), chart::speakers::speakers(&source, args.order.into())?),
                KindArg::Shift => ("shift".to_owned(), chart::shift::shift(&source)?),
            };
            if let Some(title) = &args.title {
                figure.title.clone_from(title);
            }
            warn_of_missing_letters(&figure);
            let svg = chart::svg(&figure, args.width, args.theme.into())?;
            if wants(args, PictureFormat::Png) {
                files.push((folder.join(format!("{name}.png")), chart::png(&svg, args.scale)?));
            }
            if wants(args, PictureFormat::Svg) {
                files.push((folder.join(format!("{name}.svg")), svg.into_bytes()));
            }
            files.push((
                folder.join(format!("{name}.csv")),
                output::records(&figure.companion.header, figure.companion.rows.into_iter())?,
            ));
        }
    }
    // All is drawn before anything is written, so that a failure leaves the last good pictures.
    output::make_folder(&folder)?;
    for (path, bytes) in &files {
        output::write_file(path, |to| to.write_all(bytes).map_err(Error::Output))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn wants(args: &ChartArgs, format: PictureFormat) -> bool {
    args.format.is_empty() || args.format.contains(&format)
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

/// Says which letters the embedded font lacks; they would be boxes in the picture.
fn warn_of_missing_letters(figure: &Figure) {
    let missing: BTreeSet<char> = figure.texts().into_iter().flat_map(chart::missing).collect();
    if !missing.is_empty() {
        let letters: Vec<String> = missing.iter().take(20).map(|letter| letter.to_string()).collect();
        let more = if missing.len() > 20 { " …" } else { "" };
        let what = format!("the font has no letter for {}{more}; the PNG shows boxes instead", letters.join(" "));
        // A warning that cannot be printed is no reason to give up a picture.
        let _ = output::print_error(&mut anstream::stderr(), &what);
    }
}
