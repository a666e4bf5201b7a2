//! `stance chart`: pictures as SVG and PNG.

use std::io::Write;
use std::path::{Path, PathBuf};

use stance::chart::draw::face::Fonts;
use stance::chart::kind::timeline::Quotes;
use stance::chart::picture::{ChartKind, Look, PictureFormat, Wanted, pictures};
use stance::chart::{LengthUnit, Size};
use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::file::kind::OutputKind;
use stance::file::read::{self, LARGEST_FONT};
use stance::file::save::{self, Output, Plan};
use stance::rule::RuleDecisions;
use stance::shift::Request;
use stance::study::Ask;
use stance::words::did_you_mean;

use super::args::{ChartArgs, PIXELS_TO_AN_INCH};
use super::{Outcome, source, stdout_failed};

/// Draws the charts and prints which files it wrote.
pub fn run(args: &ChartArgs) -> Result<Outcome> {
    let corpus = source::load(&args.corpus)?;
    let named: Vec<String> = args.speaker.iter().cloned().collect();
    // Charts of one speaker show the selected speaker. Charts of all speakers ignore the selection.
    let selection = source::select(&corpus, &named, &args.which)?;
    let selection = stance::corpus::Selection { speakers: Vec::new(), ..selection };
    let request = Request { seed: args.seed, ..Request::default() };
    let ask = Ask { selection, request, ..Ask::default() };
    let wanted = Wanted {
        kinds: if args.kinds.is_empty() {
            ChartKind::ALL.to_vec()
        } else {
            args.kinds.iter().copied().map(ChartKind::from).collect()
        },
        speaker: args.speaker.clone(),
        quotes: quotes(args, &corpus)?,
        order: args.order.into(),
        title: args.title.clone(),
        language: args.locale.into(),
        notes: args.notes.into(),
    };
    let look = look(args)?;
    let folder = args.out.clone().unwrap_or_else(|| folder_of(&corpus));
    let decisions = source::label(&corpus);
    let mut stdout = super::terminal::out();
    for path in draw(&corpus, &decisions, ask, &wanted, &look, (&folder, args.force))? {
        writeln!(stdout, "{}", path.display()).map_err(stdout_failed)?;
    }
    Ok(Outcome::Fine)
}

/// The default folder for the pictures of a corpus.
pub fn folder_of(corpus: &Corpus) -> PathBuf {
    Path::new("charts").join(corpus.name())
}

/// Draws the wanted charts into a folder and returns the files that were written. `force` overwrites files that
/// Stance did not write.
pub fn draw(
    corpus: &Corpus,
    decisions: &RuleDecisions,
    ask: Ask,
    wanted: &Wanted,
    look: &Look,
    (folder, force): (&Path, bool),
) -> Result<Vec<PathBuf>> {
    let study = source::study(corpus, decisions, ask);
    let mut outputs = Vec::new();
    for picture in pictures(&study, wanted)? {
        let (files, warnings) = picture.files(look)?;
        source::warn(&warnings);
        outputs.extend(files.into_iter().map(|file| {
            let path = folder.join(&file.name);
            Output { kind: kind(&path, &file.bytes), path, bytes: file.bytes }
        }));
    }
    // Everything is drawn and checked before anything is written, so a failure keeps the last good pictures.
    let paths = outputs.iter().map(|output| output.path.clone()).collect();
    let plan = Plan::new(outputs, force)?;
    save::make_folder(folder)?;
    source::warn(&plan.write()?);
    Ok(paths)
}

/// The kind that decides whether an existing picture may be overwritten.
fn kind(path: &Path, bytes: &[u8]) -> OutputKind {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => OutputKind::Svg,
        Some("png") => OutputKind::Png,
        _ => OutputKind::of_table(bytes),
    }
}

fn look(args: &ChartArgs) -> Result<Look> {
    let (width, height, scale) = args.preset.measures();
    // If only the width is given, the picture is as high as it needs to be.
    let height = if args.width.is_some() { args.height } else { args.height.or(height) };
    let width = args.width.unwrap_or(width);
    let millimetres = [Some(width), height].into_iter().flatten().any(|length| length.unit == LengthUnit::Millimetres);
    let mut fonts = Fonts::embedded();
    for path in &args.font {
        fonts.add(&path.display().to_string(), read::bytes(path, LARGEST_FONT)?)?;
    }
    let formats: Vec<PictureFormat> = args.format.iter().copied().map(PictureFormat::from).collect();
    Ok(Look {
        size: Size { width: width.pixels, height: height.map(|height| height.pixels) },
        unit: if millimetres { LengthUnit::Millimetres } else { LengthUnit::Pixels },
        scale: args.scale.or(args.dpi.map(|dpi| dpi / PIXELS_TO_AN_INCH)).unwrap_or(scale),
        theme: args.theme.into(),
        fonts,
        letters: args.text.into(),
        formats: if formats.is_empty() { Look::default().formats } else { formats },
    })
}

/// Which quotations the picture shows.
fn quotes(args: &ChartArgs, corpus: &Corpus) -> Result<Quotes> {
    if args.quote.is_empty() {
        return Ok(Quotes::Telling);
    }
    let asked: Vec<String> = args.quote.iter().filter(|id| *id != "none").cloned().collect();
    for id in &asked {
        if corpus.statements.find(id).is_none() {
            let ids = corpus.statements.rows.iter().map(|statement| statement.id.as_str());
            let hint = did_you_mean(id, ids).unwrap_or("see the column id of statements.csv".to_owned());
            return Err(Error::request(format!("there is no statement with the id `{id}`"), hint));
        }
    }
    Ok(Quotes::Of(asked))
}
