//! What to draw, as plain data: no colours, no pixels, no stance.
//!
//! A chart kind turns labels into a [`Figure`]; `crate::chart::layout` gives it geometry and
//! `crate::chart::paint` draws it. Tests compare figures as data.

use chrono::NaiveDate;

/// One picture: panels above one another on a shared time axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The headline, in neutral words.
    pub title: String,
    /// What is shown, of whom, from when to when.
    pub subtitle: String,
    /// How to read the marks, in the order in which they are explained.
    pub key: Vec<KeyEntry>,
    /// First day on the time axis.
    pub from: NaiveDate,
    /// Last day on the time axis, at or after `from`.
    pub to: NaiveDate,
    /// Dated events, drawn behind the data of every panel.
    pub events: Vec<Event>,
    /// The panels, from top to bottom.
    pub panels: Vec<Panel>,
    /// Counts, sources and the corpus that was drawn; one line each.
    pub footer: Vec<String>,
    /// The picture in words, for those who cannot see it.
    pub description: String,
}

impl Figure {
    /// Every text that is drawn as letters.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let levels = self.panels.iter().flat_map(|panel| panel.levels.iter().map(|level| level.words.as_str()));
        let panels = self.panels.iter().flat_map(|panel| [panel.title.as_str(), panel.note.as_str()]);
        let events = self.events.iter().map(|event| event.label.as_str());
        let frame = [self.title.as_str(), self.subtitle.as_str()].into_iter();
        frame.chain(levels).chain(panels).chain(events).chain(self.footer.iter().map(String::as_str))
    }
}

/// One issue's scale with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The name.
    pub title: String,
    /// What stands beside the title, such as the counts.
    pub note: String,
    /// The levels of the scale, lowest first; at least two.
    pub levels: Vec<Level>,
    /// The marks, in reading order: by date, then statement id.
    pub marks: Vec<Mark>,
    /// The smoothed mean, in parts: between two parts nothing is known.
    pub curve: Vec<Vec<CurvePoint>>,
    /// What to say in the panel's place when it has no marks.
    pub empty: Option<String>,
}

/// A smoothed mean on one day, in levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// The day.
    pub date: NaiveDate,
    /// The mean.
    pub mean: f64,
    /// The lower end of the band around it.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// One level of a scale, as an axis shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The position's number on the scale.
    pub position: i32,
    /// The level's words.
    pub words: String,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The statement's id.
    pub id: String,
    /// First day on which the words may have been said.
    pub from: NaiveDate,
    /// Last day on which they may have been said; equal to `from` where the day is known.
    pub to: NaiveDate,
    /// Whether only the month is known, which is drawn as a bar however much of it is shown.
    pub by_month: bool,
    /// A position of one of the panel's levels.
    pub position: i32,
    /// Who decided the position.
    pub kind: MarkKind,
    /// Date, speaker, level, quotation and publisher: the mark's tooltip.
    pub tooltip: String,
}

/// Who decided a mark's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// By hand: a filled mark.
    Hand,
    /// By hand, where the rules give another position: a filled mark with a ring around it.
    HandAgainstRules,
    /// By rules alone: a hollow mark.
    Rules,
}

/// One entry of the key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyEntry {
    /// What a kind of mark means.
    Mark(MarkKind, String),
    /// What a mark drawn as a month-long bar means.
    Month(String),
    /// What the curve and its band mean.
    Curve(String),
}

/// Something that happened on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The day.
    pub date: NaiveDate,
    /// A few words.
    pub label: String,
}
