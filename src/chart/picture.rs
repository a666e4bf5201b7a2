//! From a study to the files of its pictures: which kinds, for whom, and under which names.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::chart::draw::dress::Dress;
use crate::chart::draw::face::Fonts;
use crate::chart::draw::outlines::outlines;
use crate::chart::draw::paint::svg;
use crate::chart::draw::placed::{LeftOut, Size};
use crate::chart::draw::png::png;
use crate::chart::draw::svg::LengthUnit;
use crate::chart::embed::embed;
use crate::chart::figure::{Body, Companion, Figure};
use crate::chart::kind::card::card;
use crate::chart::kind::coverage::coverage;
use crate::chart::kind::dumbbell::dumbbell;
use crate::chart::kind::months::months;
use crate::chart::kind::shift::shift;
use crate::chart::kind::speakers::{Order, compared, speakers};
use crate::chart::kind::timeline::{Quotes, timeline};
use crate::chart::kind::view::View;
use crate::chart::locale::{ChartLanguage, Locale};
use crate::codebook::IssueIndex;
use crate::corpus::Selection;
use crate::error::{Error, Result, Warning};
use crate::exchange::spreadsheet::still;
use crate::file::table::{self, Dialect};
use crate::study::Study;
use crate::words::{self, fingerprint, many};

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartKind {
    /// One speaker: a panel for each issue, with every statement a mark at its day.
    Timeline,
    /// One speaker: how many statements took each level, by month.
    Months,
    /// One speaker: how many statements there are, by month and origin.
    Coverage,
    /// All speakers: a row for each, with every statement a mark at its day.
    Speakers,
    /// All speakers: before and after every shift, and the speakers with too few statements.
    Shift,
    /// All speakers: the first and the last third of their days.
    Dumbbell,
    /// One speaker on one issue, with one quotation set large.
    Card,
}

impl ChartKind {
    /// The kinds that are drawn if none is named.
    pub const USUAL: [ChartKind; 5] =
        [ChartKind::Timeline, ChartKind::Months, ChartKind::Coverage, ChartKind::Speakers, ChartKind::Shift];
    /// Every kind, in drawing order.
    pub const ALL: [ChartKind; 7] = [
        ChartKind::Timeline,
        ChartKind::Months,
        ChartKind::Coverage,
        ChartKind::Card,
        ChartKind::Speakers,
        ChartKind::Shift,
        ChartKind::Dumbbell,
    ];

    /// The word for it, with which the names of its files begin.
    pub fn word(self) -> &'static str {
        match self {
            ChartKind::Timeline => "timeline",
            ChartKind::Months => "months",
            ChartKind::Coverage => "coverage",
            ChartKind::Speakers => "speakers",
            ChartKind::Shift => "shift",
            ChartKind::Dumbbell => "dumbbell",
            ChartKind::Card => "card",
        }
    }

    /// Whether it shows one speaker and not all.
    fn of_one(self) -> bool {
        matches!(self, ChartKind::Timeline | ChartKind::Months | ChartKind::Coverage | ChartKind::Card)
    }
}

/// What to draw from a study.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The kinds, drawn in the order of [`ChartKind::ALL`].
    pub kinds: Vec<ChartKind>,
    /// The speakers. Kinds that show one are drawn for each; without any, for the speaker with the most
    /// positions. Kinds that show all show only these if there are two or more.
    pub speakers: Vec<String>,
    /// Which quotations are set in the timeline.
    pub quotes: Quotes,
    /// The order of the speakers.
    pub order: Order,
    /// Your own words on every picture.
    pub words: OwnWords,
    /// The language of dates and fixed words.
    pub language: ChartLanguage,
    /// For whom the footer is written.
    pub notes: Notes,
    /// The only issue that is drawn; `None` for all that were selected.
    pub issue: Option<IssueIndex>,
}

/// Your own words on every picture, in place of those that Stance would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// The title.
    pub title: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The line of the footer that says where the statements come from.
    pub source: Option<String>,
    /// A line after it.
    pub note: Option<String>,
    /// Who made the picture: the last line.
    pub credit: Option<String>,
}

impl OwnWords {
    /// Puts the words into a figure. The line that counts always stays.
    fn put(&self, figure: &mut Figure) {
        if let Some(title) = &self.title {
            figure.title.clone_from(title);
        }
        if let Some(subtitle) = &self.subtitle {
            figure.subtitle.clone_from(subtitle);
        }
        // A footer ends with the source.
        if let (Some(source), Some(last)) = (&self.source, figure.footer.last_mut()) {
            last.clone_from(source);
        }
        figure.footer.retain(|line| !line.is_empty());
        figure.footer.extend(self.note.iter().chain(&self.credit).cloned());
    }
}

/// Says the cautions of a figure also in its description and beside it.
fn warn(figure: &mut Figure) {
    for caution in &figure.caution {
        figure.description += &format!(" {caution}");
        figure.method.rows.push(vec!["caution".to_owned(), caution.clone()]);
    }
}

/// For whom the footer of a picture is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Notes {
    /// For readers: counts, coders and sources.
    #[default]
    Reader,
    /// For those who check it: also corpus, rules, seed and version.
    Method,
}

impl Default for Wanted {
    /// Every kind, for the speaker with the most positions, in English.
    fn default() -> Wanted {
        Wanted {
            kinds: ChartKind::USUAL.to_vec(),
            speakers: Vec::new(),
            quotes: Quotes::Telling,
            order: Order::Position,
            words: OwnWords::default(),
            language: ChartLanguage::En,
            notes: Notes::Reader,
            issue: None,
        }
    }
}

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Shapes and text.
    Svg,
    /// Pixels.
    Png,
}

/// How an SVG stores its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As text, which can be searched and read aloud.
    Text,
    /// As outlines, which look the same in every program.
    Outlines,
}

/// How pictures look.
#[derive(Debug)]
pub struct Look {
    /// Width and height in pixels; without a height, as high as needed.
    pub size: Size,
    /// The unit for lengths in the SVG.
    pub unit: LengthUnit,
    /// How many pixels of the PNG correspond to one of the picture.
    pub scale: f32,
    /// Background, colours and logo.
    pub dress: Dress,
    /// The fonts for all text.
    pub fonts: Fonts,
    /// How the SVG stores its letters.
    pub letters: Letters,
    /// The formats.
    pub formats: Vec<PictureFormat>,
    /// Whether a fragment for web pages is written beside every SVG.
    pub embed: bool,
}

impl Default for Look {
    /// For an article: 1200 pixels wide, as high as needed, light, in both formats, with the PNG at 2 to
    /// 1.
    fn default() -> Look {
        Look {
            size: Size { width: 1200.0, height: None },
            unit: LengthUnit::Pixels,
            scale: 2.0,
            dress: Dress::default(),
            fonts: Fonts::embedded(),
            letters: Letters::Text,
            formats: vec![PictureFormat::Png, PictureFormat::Svg],
            embed: false,
        }
    }
}

/// A figure, and the name that its files share.
#[derive(Debug)]
pub struct Picture {
    /// The name, without an ending: `timeline-donald-trump`.
    pub name: String,
    /// What is drawn.
    pub figure: Figure,
    /// What is drawn instead if there is no room for it.
    pub simpler: Vec<Figure>,
    /// The language of its fixed words.
    pub language: ChartLanguage,
}

/// A file of a picture, not yet written.
#[derive(Debug)]
pub struct PictureFile {
    /// Its name, with the ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Builds the requested figures. A figure that cannot be built is an error in its place, so that the others
/// can still be drawn.
///
/// # Errors
/// [`Error::Request`] if there is nothing to draw.
pub fn pictures(study: &Study<'_>, wanted: &Wanted) -> Result<Vec<Result<Picture>>> {
    let mut speakers: Vec<String> = Vec::new();
    // The name of a group is as its column has it.
    let name = |given: &String| if study.ask.by.is_none() { words::name(given) } else { given.clone() };
    for speaker in wanted.speakers.iter().map(name) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    let compared = if speakers.len() > 1 { speakers.clone() } else { Vec::new() };
    if speakers.is_empty() {
        let most = study.most_quoted().ok_or_else(|| {
            let what = format!("no statement of {} has a position here", study.corpus.name());
            Error::request(what, "choose other issues or dates, or label some statements: see `stance check`")
        })?;
        speakers.push(most.to_owned());
    }
    let locale = Locale::new(wanted.language).of_groups(study.ask.by.is_some());
    let mut everyone = Selection { speakers: compared.clone(), ..study.ask.selection.clone() };
    if let Some(issue) = wanted.issue {
        everyone.issues = vec![issue];
    }
    // No name of a speaker has an underscore, so pictures of groups have names of their own.
    let by = study.ask.by.as_ref().map_or(String::new(), |column| format!("by-{}_", slug(&column.name)));
    let kinds: Vec<ChartKind> = ChartKind::ALL.into_iter().filter(|kind| wanted.kinds.contains(kind)).collect();
    let (of_one, of_all): (Vec<ChartKind>, Vec<ChartKind>) = kinds.into_iter().partition(|kind| kind.of_one());
    let stems = stems(study);
    let stem = |speaker: &String| stems.get(speaker.as_str()).cloned().unwrap_or_else(|| slug(speaker));
    let mut all = Vec::new();
    // A view of many statements is large, so each is made once and only if something is drawn from it.
    for speaker in speakers.iter().filter(|_| !of_one.is_empty()) {
        let selection = Selection { speakers: vec![speaker.clone()], ..everyone.clone() };
        let view = View::new(study, selection, &locale);
        all.extend(of_one.iter().map(|kind| picture(&view, *kind, &format!("{by}{}", stem(speaker)), wanted)));
    }
    if !of_all.is_empty() {
        let view = View::new(study, everyone, &locale);
        let stem = format!("{by}{}", together(&compared.iter().map(stem).collect::<Vec<_>>()));
        let stem = stem.trim_end_matches('_').to_owned();
        all.extend(of_all.iter().map(|kind| picture(&view, *kind, &stem, wanted)));
    }
    Ok(all)
}

/// Builds what a picture shows as one figure for each issue, for a picture that does not fit. None if it shows one
/// issue. `name` is the picture's.
pub fn parts(study: &Study<'_>, wanted: &Wanted, name: &str) -> Vec<Result<Picture>> {
    let issues: Vec<IssueIndex> =
        study.corpus.codebook.indices().filter(|issue| study.ask.selection.takes_issue(*issue)).collect();
    if issues.len() < 2 {
        return Vec::new();
    }
    let stem = format!("{}_on_", name.split("_on_").next().unwrap_or(name));
    let mut parts = Vec::new();
    for issue in issues {
        let all = pictures(study, &Wanted { issue: Some(issue), ..wanted.clone() }).unwrap_or_default();
        parts.extend(all.into_iter().filter(|part| part.as_ref().is_ok_and(|part| part.name.starts_with(&stem))));
    }
    parts
}

/// Builds one figure. `stem` is empty if it shows all speakers.
fn picture(view: &View<'_>, kind: ChartKind, stem: &str, wanted: &Wanted) -> Result<Picture> {
    let mut name = if stem.is_empty() { kind.word().to_owned() } else { format!("{}-{stem}", kind.word()) };
    // Names of speakers have no underscore, so a picture of some issues never takes the name of another.
    if !view.selection.issues.is_empty() && view.selection.issues.len() < view.corpus.codebook.issues.len() {
        let issues: Vec<String> = view.issues().map(|(_, issue)| slug(&issue.id)).collect();
        name += &format!("_on_{}", together(&issues));
    }
    let mut simpler = Vec::new();
    let mut first = |figures: Result<Vec<Figure>>| {
        let mut figures = figures?.into_iter();
        let figure = figures.next().ok_or_else(|| Error::Draw("there is no stretch of time to count by".to_owned()));
        simpler.extend(figures);
        figure
    };
    let mut figure = match kind {
        ChartKind::Timeline => timeline(view, &wanted.quotes),
        ChartKind::Months => first(months(view)),
        ChartKind::Coverage => first(coverage(view)),
        ChartKind::Speakers => match compared(view, wanted.order) {
            Ok(Some(figure)) => {
                simpler.extend(speakers(view, wanted.order).ok());
                Ok(figure)
            }
            Ok(None) => speakers(view, wanted.order),
            Err(error) => Err(error),
        },
        ChartKind::Shift => shift(view),
        ChartKind::Dumbbell => dumbbell(view),
        ChartKind::Card => card(view, &wanted.quotes),
    }
    .map_err(|error| named(&name, error))?;
    for figure in std::iter::once(&mut figure).chain(&mut simpler) {
        wanted.words.put(figure);
        warn(figure);
        if wanted.notes == Notes::Method {
            figure.footer.push(view.method_line());
        }
    }
    Ok(Picture { name, figure, simpler, language: wanted.language })
}

/// The error, with the picture that it concerns.
fn named(name: &str, error: Error) -> Error {
    match error {
        Error::Request { what, hint } => Error::Request { what: format!("{name}: {what}"), hint },
        other => other,
    }
}

impl Picture {
    /// Draws the figure in every format, with the tables of what is drawn, and reports what there was no
    /// room for.
    ///
    /// # Errors
    /// [`Error::Request`] if it does not fit, [`Error::Draw`] if it cannot be drawn.
    pub fn files(&self, look: &Look) -> Result<(Vec<PictureFile>, Vec<Warning>)> {
        let name = &self.name;
        let draw = |figure: &Figure| svg(figure, look.size, look.unit, look.dress.clone(), &look.fonts);
        // What does not fit is drawn in a simpler form, if there is one that fits.
        let mut drawn = draw(&self.figure);
        let mut figure = &self.figure;
        for simpler in &self.simpler {
            if matches!(drawn, Err(Error::Request { .. })) {
                (figure, drawn) = (simpler, draw(simpler));
            }
        }
        let drawn = drawn.map_err(|error| named(name, error))?;
        let mut warnings: Vec<Warning> = missing_letters(figure, &look.fonts).into_iter().collect();
        if !std::ptr::eq(figure, &raw const self.figure) {
            warnings.push(match self.figure.body {
                Body::Timeline(_) => {
                    let what =
                        format!("{name}: each speaker has a row without level names, because panels have no room");
                    Warning::new(what, "give it more height, or choose fewer speakers with --speaker")
                }
                Body::Rows(_) => {
                    let what =
                        format!("{name}: counted by longer stretches of time, because shorter ones have no room");
                    Warning::new(what, "give it more height, or draw fewer issues or days")
                }
            });
        }
        warnings.extend(drawn.left_out.iter().map(|left| no_room(name, left)));
        let mut files = Vec::new();
        let mut add = |ending: &str, bytes: Vec<u8>| files.push(PictureFile { name: format!("{name}{ending}"), bytes });
        if look.formats.contains(&PictureFormat::Png) {
            add(".png", png(&drawn.svg, look.scale, &look.fonts)?);
        }
        if look.formats.contains(&PictureFormat::Svg) {
            let text = match look.letters {
                Letters::Text => drawn.svg,
                Letters::Outlines => outlines(&drawn.svg, &look.fonts)?,
            };
            if look.embed {
                let fragment = embed(figure, &text, &Locale::new(self.language));
                add(".html", fragment.into_bytes());
            }
            add(".svg", text.into_bytes());
        }
        add(".csv", csv(&figure.companion));
        if !figure.curve.rows.is_empty() {
            add("-curve.csv", csv(&figure.curve));
        }
        add("-method.csv", csv(&figure.method));
        Ok((files, warnings))
    }
}

/// What the names of the other tables of a picture have after its own name.
const OTHERS: [&str; 2] = ["-curve", "-method"];

/// Whoever opens the table of a picture does so in a spreadsheet, which must not run what a quotation says.
fn csv(table: &Companion) -> Vec<u8> {
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| still(cell).into_owned()).collect::<Vec<_>>());
    table::write(Dialect::default(), &table.header, rows).into_bytes()
}

/// Reports what a picture had no room for.
fn no_room(name: &str, left: &LeftOut) -> Warning {
    let what = match left {
        LeftOut::Quotes(count) => many(*count, "quotation"),
        LeftOut::Events(count) => many(*count, "event"),
        LeftOut::Rows(count) => many(*count, "row"),
        LeftOut::Sentences(count) => format!("{} of the subtitle", many(*count, "sentence")),
    };
    let hint = "give it more height or width, or draw fewer issues";
    Warning::new(format!("{name}: {what} left out, because there is no room"), hint)
}

/// Reports letters that the fonts lack. They would be boxes in the picture.
fn missing_letters(figure: &Figure, fonts: &Fonts) -> Option<Warning> {
    let missing: BTreeSet<char> = figure.texts().into_iter().flat_map(|text| fonts.missing(text)).collect();
    if missing.is_empty() {
        return None;
    }
    let letters: Vec<String> = missing.iter().take(20).map(char::to_string).collect();
    let more = if missing.len() > 20 { " …" } else { "" };
    let what = format!("no font has a letter for {}{more}", letters.join(" "));
    Some(Warning::new(what, "give a font with --font; the PNG shows boxes instead"))
}

/// The names for the files of all speakers in the corpus. They are planned together, so that no file
/// overwrites another speaker's, in this run or the next.
fn stems<'s>(study: &'s Study<'_>) -> BTreeMap<&'s str, String> {
    let rows = &study.corpus.statements.rows;
    let mut speakers: BTreeSet<&str> = rows.iter().filter_map(|statement| study.who(statement)).collect();
    // What was only counted has no statements.
    speakers.extend(study.series.iter().map(|series| series.speaker));
    let (mut taken, mut stems): (HashSet<String>, BTreeMap<&str, String>) = Default::default();
    for speaker in speakers {
        let plain = slug(speaker);
        let numbered = |number: usize| if number == 1 { plain.clone() } else { format!("{plain}-{number}") };
        // Another table of a picture must not have the name of another speaker's first table.
        let free = |name: &String| {
            !taken.contains(name)
                && OTHERS.iter().all(|other| {
                    !taken.contains(&format!("{name}{other}"))
                        && name.strip_suffix(other).is_none_or(|stem| !taken.contains(stem))
                })
        };
        let name = (1..).map(numbered).find(free).unwrap_or(plain);
        taken.insert(name.clone());
        stems.insert(speaker, name);
    }
    stems
}

/// The name for the files of several speakers: all their names, or a fingerprint in place of those that make
/// it too long. Two underscores cannot be in the name of one speaker.
fn together(stems: &[String]) -> String {
    const MOST_BYTES: usize = 180;
    let all = stems.join("__");
    match stems {
        [first, rest @ ..] if all.len() > MOST_BYTES => {
            let first: String = first.chars().take(30).collect();
            format!("{first}__{}-more-{}", rest.len(), fingerprint(stems.iter().map(String::as_str)))
        }
        _ => all,
    }
}

/// Letters and digits in lower case, with hyphens between them. It is short enough for a file name on
/// any system.
fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    const MOST_BYTES: usize = 180;
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut slug: String = words.join("-").chars().take(LONGEST).collect();
    while slug.len() > MOST_BYTES {
        slug.pop();
    }
    if slug.is_empty() { "speaker".to_owned() } else { slug }
}
