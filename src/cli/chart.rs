//! `stance chart`: pictures as SVG and PNG.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use stance::chart::draw::dress::Dress;
use stance::chart::draw::face::Fonts;
use stance::chart::draw::logo::Logo;
use stance::chart::draw::palette::Palette;
use stance::chart::draw::style::Theme;
use stance::chart::house::House;
use stance::chart::kind::timeline::Quotes;
use stance::chart::picture::{ChartKind, Look, OwnWords, Picture, PictureFormat, Wanted, parts, pictures};
use stance::chart::{LengthUnit, Size};
use stance::corpus::{Corpus, Selection};
use stance::error::{Error, Result, Warning};
use stance::file::corpus_files::HOUSE;
use stance::file::document::Document;
use stance::file::kind::OutputKind;
use stance::file::read::{self, LARGEST_FONT};
use stance::file::save::{self, Output, Plan};
use stance::rule::RuleDecisions;
use stance::shift::Request;
use stance::statement::TextColumn;
use stance::study::groups::{self, Groups};
use stance::study::{Ask, Relabel, Study};
use stance::words::did_you_mean;

use super::args::{ChartArgs, PIXELS_TO_AN_INCH};
use super::counts::{self, FileCounts};
use super::{Outcome, output, source, stdout_failed};

/// Draws the charts and prints which files it wrote.
pub fn run(args: &ChartArgs) -> Result<Outcome> {
    if let Some(file) = &args.counts.labels {
        return of_counts(args, file);
    }
    let corpus = source::load(&args.corpus)?;
    let Commission { ask, wanted, look } = commission(args, &corpus)?;
    let folder = args.out.clone().unwrap_or_else(|| folder_of(&corpus));
    let decisions = source::label(&corpus);
    report(draw(&corpus, &decisions, ask, &wanted, &look, (&folder, args.force))?)
}

/// Draws counts or labels of a file.
fn of_counts(args: &ChartArgs, file: &Path) -> Result<Outcome> {
    counts::no_column(args.by.as_ref())?;
    if args.quote.iter().any(|id| id != "none") {
        let what = "counts keep only a few statements of each pair in words, so none can be asked for";
        return Err(Error::request(what, "leave --quote out, or write --quote none"));
    }
    let counts = FileCounts::load(file, &args.corpus, &args.which)?;
    let drawn = counts.select(&args.speaker, &args.which)?;
    let selection = Selection { speakers: Vec::new(), ..drawn.clone() };
    let asked = ChartAsk { selection, by: None, drawn: drawn.speakers, quotes: quotes(args) };
    let Commission { ask, wanted, look } = commissioned(args, asked, &counts.folder)?;
    let counts = counts.part(&ask)?;
    let labels = counts.labels(&ask);
    let study = Study::of_counts(counts.judge(ask)?, &labels, &counts.corpus);
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("labels");
    let folder = args.out.clone().unwrap_or_else(|| Path::new("charts").join(stem));
    report(put_all(&study, &wanted, &look, (&folder, args.force))?)
}

/// Prints which files were written, and which pictures could not be drawn.
fn report((paths, failed): (Vec<PathBuf>, Vec<Error>)) -> Result<Outcome> {
    let mut stdout = super::terminal::out();
    for path in paths {
        writeln!(stdout, "{}", path.display()).map_err(stdout_failed)?;
    }
    for error in &failed {
        // The pictures are written, so a message that cannot be printed does not undo them.
        let _ = output::print_error(&mut super::terminal::err(), &error.to_string());
    }
    Ok(if failed.is_empty() { Outcome::Fine } else { Outcome::PicturesFailed })
}

/// What a chart needs besides a corpus.
pub struct Commission {
    /// What to study.
    pub ask: Ask,
    /// What to draw of it.
    pub wanted: Wanted,
    /// How it looks.
    pub look: Look,
}

/// What the arguments ask for.
///
/// # Errors
/// [`Error::Request`] for a speaker, an issue or a statement that the corpus does not have, [`Error::Read`] for a file
/// that cannot be read.
pub fn commission(args: &ChartArgs, corpus: &Corpus) -> Result<Commission> {
    let selection = source::select(corpus, &args.speaker, &args.which)?;
    let by = args.by.as_ref().map(|name| groups::column(corpus, name)).transpose()?.flatten();
    let all = Groups::new(corpus, by.clone());
    let find = |name: &String| if by.is_some() { all.find(name) } else { corpus.find_speaker(name) };
    let groups = args.group.iter().map(find).collect::<Result<Vec<String>>>()?;
    let (selection, drawn) = match by {
        // Which kinds show which speakers is for the pictures to say. Verdicts are judged on all.
        None => {
            let named = args.speaker.iter().chain(&args.group).cloned().collect();
            (Selection { speakers: Vec::new(), ..selection }, named)
        }
        Some(_) => (selection, groups),
    };
    check_quotes(args, corpus)?;
    commissioned(args, ChartAsk { selection, by, drawn, quotes: quotes(args) }, &corpus.path)
}

/// What is asked of a corpus or of counts.
struct ChartAsk {
    selection: Selection,
    by: Option<TextColumn>,
    /// The speakers or groups that are drawn.
    drawn: Vec<String>,
    quotes: Quotes,
}

/// What the arguments ask for. `folder` has the house style.
fn commissioned(args: &ChartArgs, asked: ChartAsk, folder: &Path) -> Result<Commission> {
    let ChartAsk { selection, by, drawn, quotes } = asked;
    let house = house(folder)?;
    let request = Request { seed: args.seed, ..Request::default() };
    let grain = args.grain.into();
    let ask = Ask { selection, request, relabel: Relabel::Moved, by, grain, ..Ask::default() };
    let wanted = Wanted {
        kinds: if args.kinds.is_empty() {
            ChartKind::USUAL.to_vec()
        } else {
            args.kinds.iter().copied().map(ChartKind::from).collect()
        },
        speakers: drawn,
        quotes,
        order: args.order.into(),
        words: OwnWords {
            title: args.title.clone(),
            subtitle: args.subtitle.clone(),
            source: args.source.clone().or(house.source.clone()),
            note: args.note.clone().or(house.note.clone()),
            credit: args.credit.clone().or(house.credit.clone()),
        },
        language: args.locale.into(),
        notes: args.notes.into(),
        issue: None,
    };
    let look = look(args, &house, folder)?;
    Ok(Commission { ask, wanted, look })
}

/// The default folder for the pictures of a corpus.
pub fn folder_of(corpus: &Corpus) -> PathBuf {
    Path::new("charts").join(corpus.name())
}

/// Draws the wanted charts into a folder. Returns the files that were written, and why other pictures could not
/// be drawn. `force` overwrites files that Stance did not write.
///
/// # Errors
/// The first reason if no picture could be drawn.
pub fn draw(
    corpus: &Corpus,
    decisions: &RuleDecisions,
    ask: Ask,
    wanted: &Wanted,
    look: &Look,
    (folder, force): (&Path, bool),
) -> Result<(Vec<PathBuf>, Vec<Error>)> {
    put_all(&source::study(corpus, decisions, ask), wanted, look, (folder, force))
}

/// Draws the wanted charts of a study into a folder, as [`draw`].
fn put_all(
    study: &Study<'_>,
    wanted: &Wanted,
    look: &Look,
    (folder, force): (&Path, bool),
) -> Result<(Vec<PathBuf>, Vec<Error>)> {
    let (mut outputs, mut failed) = (Vec::new(), Vec::new());
    // Each picture is drawn alone, so their bytes do not depend on how many are drawn at a time.
    let draw = |picture: Result<Picture>| match picture {
        Ok(picture) => {
            let files = picture.files(look);
            (Some(picture.name), files)
        }
        Err(error) => (None, Err(error)),
    };
    let drawn: Vec<_> = pictures(study, wanted)?.into_par_iter().map(draw).collect();
    let mut all = Vec::new();
    for (name, picture) in drawn {
        // What does not fit into one picture may fit into one for each issue.
        let parts = match (&name, &picture) {
            (Some(name), Err(_)) => parts(study, wanted, name),
            _ => Vec::new(),
        };
        let fitting: Vec<_> = parts.into_par_iter().map(draw).map(|(_, files)| files).collect();
        if fitting.iter().any(Result::is_ok) {
            let what =
                format!("{}: one picture for each issue, because all do not fit into one", name.unwrap_or_default());
            source::warn(&[Warning::new(what, "give it more height, or draw fewer issues, to have them in one")]);
            all.extend(fitting);
        } else {
            all.push(picture);
        }
    }
    for picture in all {
        let (files, warnings) = match picture {
            Ok(drawn) => drawn,
            Err(error @ (Error::Request { .. } | Error::Draw(_))) => {
                failed.push(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        source::warn(&warnings);
        outputs.extend(files.into_iter().map(|file| {
            let path = folder.join(&file.name);
            Output { kind: kind(&path, &file.bytes), path, bytes: file.bytes }
        }));
    }
    if outputs.is_empty() && !failed.is_empty() {
        return Err(failed.remove(0));
    }
    // Everything is drawn and checked before anything is written.
    let paths = outputs.iter().map(|output| output.path.clone()).collect();
    let plan = Plan::new(outputs, force)?;
    save::make_folder(folder)?;
    source::warn(&plan.write()?);
    Ok((paths, failed))
}

/// Draws one picture into a folder as SVG and PNG. Returns the files that were written.
///
/// # Errors
/// As [`draw`].
pub fn put(picture: &Picture, folder: &Path) -> Result<Vec<PathBuf>> {
    let (files, warnings) = picture.files(&Look::default())?;
    source::warn(&warnings);
    let outputs: Vec<Output> = files
        .into_iter()
        .map(|file| {
            let path = folder.join(&file.name);
            Output { kind: kind(&path, &file.bytes), path, bytes: file.bytes }
        })
        .collect();
    let paths = outputs.iter().map(|output| output.path.clone()).collect();
    let plan = Plan::new(outputs, false)?;
    save::make_folder(folder)?;
    source::warn(&plan.write()?);
    Ok(paths)
}

/// Says on the standard error which pictures were written: the standard output has the figures.
pub fn say(paths: &[PathBuf]) {
    for path in paths {
        let _ = writeln!(super::terminal::err(), "written: {}", path.display());
    }
}

/// The kind that decides whether an existing picture may be overwritten.
fn kind(path: &Path, bytes: &[u8]) -> OutputKind {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => OutputKind::Svg,
        Some("png") => OutputKind::Png,
        Some("html") => OutputKind::Fragment,
        _ => OutputKind::of_table(bytes),
    }
}

/// The fonts: Inter or that of the house style, those that were given, those of the house style.
pub fn fonts(given: &[PathBuf], house: &House, folder: &Path) -> Result<Fonts> {
    let mut fonts = Fonts::embedded();
    if let Some([regular, bold]) = &house.font {
        let [regular, bold] = [regular, bold].map(|path| folder.join(path));
        let [one, other] = [&regular, &bold].map(|path| read::bytes(path, LARGEST_FONT));
        let (regular, bold) = (regular.display().to_string(), bold.display().to_string());
        fonts.set_main((&regular, one?), (&bold, other?))?;
    }
    let of_house = house.fonts.iter().map(|path| folder.join(path));
    for path in given.iter().cloned().chain(of_house) {
        fonts.add(&path.display().to_string(), read::bytes(&path, LARGEST_FONT)?)?;
    }
    Ok(fonts)
}

/// The house style of a corpus: the `chart.toml` in its folder, if there is one.
pub fn house(folder: &Path) -> Result<House> {
    let path = folder.join(HOUSE);
    if !read::is_file(&path) {
        return Ok(House::default());
    }
    let bytes = read::bytes(&path, LARGEST_HOUSE)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::request(format!("{} is not UTF-8", path.display()), "save it as UTF-8 in your editor"))?;
    let mut problems = Vec::new();
    let house = House::parse(&Document::new(path, text), &mut problems);
    if problems.is_empty() { Ok(house.unwrap_or_default()) } else { Err(Error::Invalid(problems)) }
}

/// The largest house style that is read, in bytes.
const LARGEST_HOUSE: u64 = 1 << 20;

/// The colours of the scale in a flag: low, middle and high.
fn colours(text: &str) -> Result<Palette> {
    match text.split(',').collect::<Vec<_>>().as_slice() {
        [low, middle, high] => Palette::of(low, middle, high),
        _ => Err(Error::request(
            format!("`{text}` is not 3 colours"),
            "write the lowest, the middle and the highest, such as '#853a00,#9b9b9b,#0b3f7d'",
        )),
    }
}

fn look(args: &ChartArgs, house: &House, folder: &Path) -> Result<Look> {
    let (width, height, scale) = args.preset.measures();
    // If only the width is given, the picture is as high as it needs to be.
    let height = if args.width.is_some() { args.height } else { args.height.or(height) };
    let width = args.width.unwrap_or(width);
    let millimetres = [Some(width), height].into_iter().flatten().any(|length| length.unit == LengthUnit::Millimetres);
    let fonts = fonts(&args.font, house, folder)?;
    let logo = match args.logo.clone().or(house.logo.as_ref().map(|path| folder.join(path))) {
        Some(path) => Some(Logo::read(&path.display().to_string(), &read::bytes(&path, LARGEST_FONT)?, &fonts)?),
        None => None,
    };
    let palette = args.colours.as_deref().map(colours).transpose()?.or(house.palette).unwrap_or_default();
    let theme = args.theme.map(Theme::from).or(house.theme).unwrap_or_default();
    let formats: Vec<PictureFormat> = args.format.iter().copied().map(PictureFormat::from).collect();
    Ok(Look {
        size: Size { width: width.pixels, height: height.map(|height| height.pixels) },
        unit: if millimetres { LengthUnit::Millimetres } else { LengthUnit::Pixels },
        scale: args.scale.or(args.dpi.map(|dpi| dpi / PIXELS_TO_AN_INCH)).unwrap_or(scale),
        dress: Dress { theme, palette, logo },
        fonts,
        letters: args.text.into(),
        formats: if formats.is_empty() { Look::default().formats } else { formats },
        embed: args.embed,
    })
}

/// How pictures look in a house style, if nothing else is asked for.
///
/// # Errors
/// As [`fonts`] and [`Logo::read`].
pub fn house_look(house: &House, folder: &Path) -> Result<Look> {
    let (usual, fonts) = (Look::default(), fonts(&[], house, folder)?);
    let logo = |path: PathBuf| Logo::read(&path.display().to_string(), &read::bytes(&path, LARGEST_FONT)?, &fonts);
    let logo = house.logo.as_ref().map(|path| logo(folder.join(path))).transpose()?;
    let dress = Dress { theme: house.theme.unwrap_or_default(), palette: house.palette.unwrap_or_default(), logo };
    Ok(Look { dress, fonts, ..usual })
}

/// Which quotations the picture shows.
fn quotes(args: &ChartArgs) -> Quotes {
    if args.quote.is_empty() {
        return Quotes::Telling;
    }
    Quotes::Of(args.quote.iter().filter(|id| *id != "none").cloned().collect())
}

/// Checks that the corpus has the statements that are to be quoted.
fn check_quotes(args: &ChartArgs, corpus: &Corpus) -> Result<()> {
    for id in args.quote.iter().filter(|id| *id != "none") {
        if corpus.statements.find(id).is_none() {
            let ids = corpus.statements.rows.iter().map(|statement| statement.id.as_str());
            let hint = did_you_mean(id, ids).unwrap_or("see the column id of statements.csv".to_owned());
            return Err(Error::request(format!("there is no statement with the id `{id}`"), hint));
        }
    }
    Ok(())
}
