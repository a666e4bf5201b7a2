//! The charts of a report: drawn for a wide page and for a phone, with marks that lead to their statements.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use crate::chart;
use crate::chart::draw::dress::Dress;
use crate::chart::figure::Figure;
use crate::chart::kind::finding::{Finding, told};
use crate::chart::kind::view::{View, statements};
use crate::chart::locale::Locale;
use crate::chart::picture::{ChartKind, OwnWords, Picture, Wanted, pictures as figures};
use crate::chart::{LengthUnit, Size};
use crate::error::Result;
use crate::page::statement::anchor;
use crate::report::Format;
use crate::report::statements::Listed;
use crate::study::Study;
use crate::words::shortened;

/// The width of a chart on a page and on a phone, in pixels.
const WIDTHS: (f64, f64) = (1200.0, 360.0);
/// The most charts of single speakers.
const MOST_OF_ONE: usize = 4;
/// The most marks in a chart, and in all charts. With more, the statements are counted instead.
const MOST_MARKS: (usize, usize) = (1_000, 1_500);
/// From this many statements on, tooltips are short.
const MANY: usize = 500;
/// The longest tooltip and the longest short one, in characters. The table has every statement in full.
const TOOLTIPS: (usize, usize) = (400, 140);
/// The longest description of a chart, in characters.
const DESCRIPTION: usize = 4_000;

/// A chart as it stands in a page.
pub struct Drawing {
    /// Whom it is about.
    pub name: String,
    /// What its files are called.
    pub file: String,
    wide: String,
    narrow: Option<String>,
}

impl Drawing {
    /// Its pictures.
    pub fn svgs(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.wide.as_str()).chain(self.narrow.as_deref())
    }
}

/// The charts of a report.
pub struct Gallery {
    /// In the order of the page.
    pub drawings: Vec<Drawing>,
    /// Whose chart is missing, and why.
    pub missing: Vec<(String, String)>,
    /// How many statements are too many to draw each, if they are.
    pub crowd: Option<usize>,
    /// How many speakers have a chart of their own, and how many there are.
    pub speakers: (usize, usize),
}

/// What is drawn.
struct Plan {
    /// Whom each group of charts is about, and what it shows.
    wanted: Vec<(String, Wanted)>,
    /// As [`Gallery::crowd`].
    crowd: Option<usize>,
    /// As [`Gallery::speakers`].
    speakers: (usize, usize),
}

/// Draws the charts: of single speakers, those with the strongest finding first, then of all.
pub fn pictures(study: &Study<'_>, view: &View<'_>, format: &Format, listed: &Listed<'_>) -> Gallery {
    let Plan { wanted, crowd, speakers } = plan(study, view, format);
    let mut gallery = Gallery { drawings: Vec::new(), missing: Vec::new(), crowd, speakers };
    for (name, wanted) in &wanted {
        gallery.add(study, name, wanted, (format, listed));
    }
    gallery
}

/// The one of these charts whose files are called like this, with these words of its own. `None` if there is none.
pub fn picture(study: &Study<'_>, view: &View<'_>, format: &Format, file: &str, words: &OwnWords) -> Option<Picture> {
    // A chart that cannot be drawn is not among those that are shown.
    let all = plan(study, view, format).wanted.into_iter();
    let drawn = all.filter_map(|(_, wanted)| figures(study, &Wanted { words: words.clone(), ..wanted }).ok());
    drawn.flatten().flatten().find(|picture| picture.name == file)
}

/// Decides which charts there are: of single speakers, those with the strongest finding first, then of all.
fn plan(study: &Study<'_>, view: &View<'_>, format: &Format) -> Plan {
    let (chosen, all) = speakers(view, format);
    let marks_of_all = view.marks().len();
    let everyone = view.locale.say("report-everyone", &[]);
    let wanted = |kinds: &[ChartKind], speakers: &[String]| Wanted {
        kinds: kinds.to_vec(),
        speakers: speakers.to_vec(),
        language: format.language,
        ..Wanted::default()
    };
    let mut plan = Plan { wanted: Vec::new(), crowd: None, speakers: (chosen.len(), all) };
    let mut drawn = 0;
    for speaker in &chosen {
        let of_speaker = || view.marks().iter().filter(|mark| mark.speaker() == speaker);
        let marks = of_speaker().count();
        let too_many = marks > MOST_MARKS.0 || drawn + marks > MOST_MARKS.1;
        let kind = if too_many { ChartKind::Months } else { ChartKind::Timeline };
        drawn += if too_many { 0 } else { marks };
        plan.crowd = plan.crowd.max(too_many.then(|| statements(of_speaker())));
        let also = (all == 1 && kind != ChartKind::Months).then_some(ChartKind::Months);
        let kinds: Vec<ChartKind> = std::iter::once(kind).chain(also).collect();
        plan.wanted.push((speaker.clone(), wanted(&kinds, std::slice::from_ref(speaker))));
    }
    if all > 1 {
        let mut kinds = vec![ChartKind::Shift];
        if marks_of_all > MOST_MARKS.0 || drawn + marks_of_all > MOST_MARKS.1 {
            plan.crowd = Some(statements(view.marks()));
        } else {
            kinds.insert(0, ChartKind::Speakers);
        }
        plan.wanted.push((everyone, wanted(&kinds, &study.ask.selection.speakers)));
    }
    plan
}

/// Who gets a chart of their own, and of how many speakers.
fn speakers(view: &View<'_>, format: &Format) -> (Vec<String>, usize) {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    view.marks().iter().for_each(|mark| *all.entry(mark.speaker()).or_default() += mark.stands_for);
    let mut chosen: Vec<String> = Vec::new();
    let mut choose = |name: &str| {
        if chosen.len() < MOST_OF_ONE && all.contains_key(name) && !chosen.iter().any(|other| other == name) {
            chosen.push(name.to_owned());
        }
    };
    if !format.speakers.is_empty() {
        format.speakers.iter().for_each(|name| choose(name));
        return (chosen, all.len());
    }
    let told = told(view);
    for told in told.iter().filter(|told| !matches!(told.finding, Finding::Steady | Finding::Few)) {
        choose(&told.pair.speaker);
    }
    let mut most: Vec<(&str, usize)> = all.iter().map(|(name, count)| (*name, *count)).collect();
    most.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    most.into_iter().for_each(|(name, _)| choose(name));
    (chosen, all.len())
}

impl Gallery {
    /// What the charts do not show, in sentences.
    pub fn left_out(&self, locale: &Locale) -> Vec<String> {
        let crowd = self.crowd.map(|crowd| locale.many("statements", crowd));
        let crowd = crowd.map(|crowd| locale.say("report-left-crowd", &[("statements", &crowd)]));
        let (drawn, all) = self.speakers;
        let speakers = (drawn < all).then(|| locale.say("report-left-speakers", &[("count", &drawn), ("all", &all)]));
        let missing =
            self.missing.iter().map(|(name, why)| locale.say("report-left-picture", &[("name", name), ("why", why)]));
        crowd.into_iter().chain(speakers).chain(missing).collect()
    }

    /// Draws figures, or notes why one is missing.
    fn add(&mut self, study: &Study<'_>, name: &str, wanted: &Wanted, (format, listed): (&Format, &Listed<'_>)) {
        let figures = match figures(study, wanted) {
            Ok(figures) => figures,
            Err(error) => return self.missing.push((name.to_owned(), error.to_string())),
        };
        for picture in figures {
            match picture.and_then(|picture| drawing(name, &picture, format, listed)) {
                Ok(drawing) => self.drawings.push(drawing),
                Err(error) => self.missing.push((name.to_owned(), error.to_string())),
            }
        }
    }
}

/// Draws a figure in both widths.
fn drawing(name: &str, picture: &Picture, format: &Format, listed: &Listed<'_>) -> Result<Drawing> {
    let dress = Dress { palette: format.palette, ..Dress::default() };
    let draw = |figure: &Figure, width: f64| {
        let size = Size { width, height: None };
        chart::svg(figure, size, LengthUnit::Pixels, dress.clone(), &format.fonts).map(|drawn| drawn.svg)
    };
    let mut figure = picture.figure.clone();
    lead_to_statements(&mut figure, listed);
    let wide = match (draw(&figure, WIDTHS.0), picture.simpler.as_slice()) {
        (Err(_), [simpler, ..]) => {
            figure = simpler.clone();
            lead_to_statements(&mut figure, listed);
            draw(&figure, WIDTHS.0)?
        }
        (drawn, _) => drawn?,
    };
    // The narrow one has the same words; a phone shows no tooltips, and the card of a mark comes from the table. Its
    // description must differ, or both pictures would have the same ids.
    for mark in figure.statement_marks() {
        *mark.tooltip = mark.tooltip.split(": ").next().unwrap_or_default().to_owned();
    }
    figure.description = figure.subtitle.replace('\n', " ");
    let narrow = draw(&figure, WIDTHS.1).ok();
    Ok(Drawing { name: name.to_owned(), file: picture.name.clone(), wide, narrow })
}

/// Makes marks lead to the statements in the page, and cuts what would repeat long texts.
fn lead_to_statements(figure: &mut Figure, listed: &Listed<'_>) {
    let longest = if listed.rows.len() > MANY { TOOLTIPS.1 } else { TOOLTIPS.0 };
    for mark in figure.statement_marks() {
        *mark.link = listed.place(mark.id).map_or(String::new(), |place| format!("#{}", anchor(place)));
        *mark.tooltip = shortened(mark.tooltip, longest);
    }
    figure.description = shortened(&figure.description, DESCRIPTION);
}

/// The charts as a section, each with what belongs below it.
pub fn section(gallery: &Gallery, locale: &Locale, below: impl Fn(&Drawing) -> Markup) -> Markup {
    let mut before = "";
    html! {
        @for line in gallery.left_out(locale) { p class="small" dir="auto" { (line) } }
        @if gallery.drawings.is_empty() { p { (locale.say("report-no-figures", &[])) } }
        @for drawing in &gallery.drawings {
            @if drawing.name != before { h3 { bdi { (drawing.name) } } }
            @let _named = std::mem::replace(&mut before, drawing.name.as_str());
            figure class={ "chart" @if drawing.narrow.is_some() { " both" } } {
                (PreEscaped(classed(&drawing.wide, "wide-only")))
                @if let Some(narrow) = &drawing.narrow { (PreEscaped(classed(narrow, "narrow"))) }
                (below(drawing))
            }
        }
    }
}

/// An SVG with a class. The drawing code has escaped every text in it.
fn classed(svg: &str, class: &str) -> String {
    svg.replacen("<svg ", &format!("<svg class=\"{class}\" "), 1)
}
