//! What to draw, as plain data, without colours, pixels or stances.
//!
//! A chart kind turns labels into a [`Figure`]; `crate::chart::draw::layout` gives it geometry and
//! `crate::chart::draw::paint` draws it. Tests compare figures as data.

use chrono::{Datelike, NaiveDate};

/// One picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The tag of the language of the fixed words, such as `en`.
    pub language: &'static str,
    /// How dates are written on axes.
    pub calendar: Calendar,
    /// The headline, in neutral words.
    pub title: String,
    /// What a reader must know who reads only the headline: whole sentences right behind it. A subtitle of one's own
    /// leaves them, and they are never cut.
    pub caution: Vec<String>,
    /// What is shown, for whom, from when to when: a sentence on each line. If there is no room for all, the last ones
    /// are left out.
    pub subtitle: String,
    /// A quotation set large above the plots, with who said it, when and where.
    pub lead: Option<Quote>,
    /// How to read the marks, in the order in which they are explained.
    pub key: Vec<KeyEntry>,
    /// What is drawn.
    pub body: Body,
    /// Counts, sources and the corpus, one line each.
    pub footer: Vec<String>,
    /// A description of the picture, for those who cannot see it.
    pub description: String,
    /// What is drawn, as a table with a row for each mark, bar or arrow.
    pub companion: Companion,
    /// The drawn lines, as a table: a curve with a row for each day, the line of a finding with a row for
    /// each end. No rows if there is no line.
    pub curve: Companion,
    /// How the picture was made: what a reader does not need, and someone who checks it does.
    pub method: Companion,
}

/// How dates are written on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// January to December, abbreviated.
    pub months: [String; 12],
    /// The days of a month, 1 to 31.
    pub days: [String; 31],
}

impl Calendar {
    /// Returns the abbreviated name of a month.
    pub fn month(&self, date: NaiveDate) -> &str {
        &self.months[date.month0() as usize]
    }

    /// Returns a day and its month.
    pub fn day(&self, date: NaiveDate) -> String {
        format!("{} {}", self.days[date.day0() as usize], self.month(date))
    }
}

/// A table that goes with a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Companion {
    /// The columns.
    pub header: Vec<&'static str>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// What is drawn between head and footer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Levels over time.
    Timeline(Timeline),
    /// Rows of bars, dots and arrows on a shared scale.
    Rows(RowChart),
}

/// Panels above one another on a shared time axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// First day on the time axis.
    pub from: NaiveDate,
    /// Last day on the time axis, at or after `from`.
    pub to: NaiveDate,
    /// Dated events, drawn behind the data of every panel.
    pub events: Vec<FigureEvent>,
    /// The panels, from top to bottom.
    pub panels: Vec<Panel>,
}

/// Panels of rows above one another.
#[derive(Debug, Clone, PartialEq)]
pub struct RowChart {
    /// The panels, from top to bottom.
    pub panels: Vec<RowPanel>,
    /// Which rows the panels have.
    pub sharing: Sharing,
    /// The note about rows that a given height has no room for, by their number, because a language may
    /// have several plurals. Empty if no row may be left out.
    pub more: Vec<String>,
}

/// Which rows the panels have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Each its own.
    Own,
    /// All the same, so the panels may be beside one another.
    Same,
    /// All the same. If panels are above one another, rows without items are left out.
    SameOrNone,
}

/// Some rows on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPanel {
    /// The panel's title.
    pub title: String,
    /// The text beside the title, such as the counts.
    pub note: String,
    /// What the horizontal scale shows.
    pub across: Across,
    /// The positions of the scale, ascending. They determine the colours.
    pub positions: Vec<i32>,
    /// The head of the notes right of the plot; empty if they need none.
    pub note_head: String,
    /// The rows, from top to bottom.
    pub rows: Vec<FigureRow>,
}

/// What the horizontal scale of rows shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Across {
    /// The levels of a scale. Values are ranks, with 0 the lowest, and may be between levels.
    Levels(Vec<LevelTick>),
    /// Counts, on both sides of zero.
    Counts,
    /// Days. Values are days of the common era.
    Days(NaiveDate, NaiveDate),
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureRow {
    /// Its words, left of the plot.
    pub words: String,
    /// Its note, right of the plot.
    pub note: String,
    /// What is drawn in it, in drawing order.
    pub items: Vec<RowItem>,
    /// Its importance: whether it shows what the picture is about, then how many statements or days. If
    /// a given height has no room for all rows, those with the least weight are left out.
    pub weight: (bool, usize),
}

/// One thing in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowItem {
    /// Its form, with values on the horizontal scale.
    pub form: Form,
    /// Its colour.
    pub tone: Tone,
    /// The tooltip.
    pub tooltip: String,
    /// The address of the source of a statement; empty for none.
    pub link: String,
    /// The id of the statement that it is; empty for what is no single statement.
    pub statement: String,
}

impl RowItem {
    /// What is no single statement, such as a mean.
    pub fn plain(form: Form, tone: Tone, tooltip: String) -> RowItem {
        RowItem { form, tone, tooltip, link: String::new(), statement: String::new() }
    }
}

/// The form of an item in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A section of a bar, with words in it if there is room.
    Stretch(f64, f64, String),
    /// A thin bar in which a value may lie.
    Range(f64, f64),
    /// An arrow from one value to another.
    Arrow(f64, f64),
    /// A mean. It is not a statement, so it is not a dot.
    Tick(f64),
    /// A value.
    Dot(f64, MarkKind),
    /// A mean in one half of a row, with the range in which it may lie, if that is known.
    HalfTick(Half, f64, Option<(f64, f64)>),
    /// A thin line between two values that belong together.
    Link(f64, f64),
    /// A value lifted within its row, from -1 at its foot to 1 at its top.
    Lifted(f64, f64, MarkKind),
    /// The same for a value that is one of several, from the first to the last.
    LiftedBar(f64, f64, f64, MarkKind),
}

/// A half of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Above its middle.
    Upper,
    /// Below.
    Lower,
}

/// A colour by its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The colour of a position.
    Position(i32),
    /// No position: for what is counted or unknown, 0 to 2. Larger is darker.
    Plain(u8),
}

/// A mark of a statement in any kind of picture.
#[derive(Debug)]
pub struct StatementMark<'f> {
    /// The statement's id.
    pub id: &'f str,
    /// Its tooltip.
    pub tooltip: &'f mut String,
    /// The address that it leads to; empty for none.
    pub link: &'f mut String,
}

impl Figure {
    /// All marks that are statements. A page in which the statements are leads from marks to them.
    pub fn statement_marks(&mut self) -> Vec<StatementMark<'_>> {
        match &mut self.body {
            Body::Timeline(timeline) => {
                let marks = timeline.panels.iter_mut().flat_map(|panel| &mut panel.marks);
                marks
                    .map(|mark| StatementMark { id: &mark.id, tooltip: &mut mark.tooltip, link: &mut mark.link })
                    .collect()
            }
            Body::Rows(table) => {
                let rows = table.panels.iter_mut().flat_map(|panel| &mut panel.rows);
                let items = rows.flat_map(|row| &mut row.items).filter(|item| !item.statement.is_empty());
                items
                    .map(|item| StatementMark { id: &item.statement, tooltip: &mut item.tooltip, link: &mut item.link })
                    .collect()
            }
        }
    }

    /// All text that is drawn as letters.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.title.as_str()];
        texts.extend(self.caution.iter().map(String::as_str));
        texts.extend(self.subtitle.lines());
        texts.extend(self.lead.iter().flat_map(|lead| [lead.head.as_str(), lead.text.as_str()]));
        texts.extend(self.key.iter().map(KeyEntry::words));
        texts.extend(self.footer.iter().map(String::as_str));
        texts.extend(self.calendar.months.iter().chain(&self.calendar.days).map(String::as_str));
        match &self.body {
            Body::Timeline(timeline) => {
                texts.extend(timeline.events.iter().map(|event| event.label.as_str()));
                for panel in &timeline.panels {
                    texts.extend([panel.title.as_str(), panel.note.as_str()]);
                    texts.extend(panel.quotes.iter().flat_map(|quote| [quote.head.as_str(), quote.text.as_str()]));
                    texts.extend(panel.levels.iter().map(|level| level.words.as_str()));
                    texts.extend(panel.empty.as_deref());
                }
            }
            Body::Rows(table) => {
                texts.extend(table.more.iter().map(String::as_str));
                for panel in &table.panels {
                    texts.extend([panel.title.as_str(), panel.note.as_str(), panel.note_head.as_str()]);
                    texts.extend(panel.rows.iter().flat_map(|row| [row.words.as_str(), row.note.as_str()]));
                    let items = panel.rows.iter().flat_map(|row| &row.items);
                    texts.extend(items.filter_map(|item| match &item.form {
                        Form::Stretch(_, _, words) => Some(words.as_str()),
                        _ => None,
                    }));
                    if let Across::Levels(levels) = &panel.across {
                        texts.extend(levels.iter().flat_map(|level| [level.words.as_str(), level.number.as_str()]));
                    }
                }
            }
        }
        texts
    }
}

/// One issue's scale with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The name.
    pub title: String,
    /// The text beside the title, such as the counts.
    pub note: String,
    /// The levels of the scale, lowest first; at least two.
    pub levels: Vec<LevelTick>,
    /// The marks, in reading order: by date, then statement id.
    pub marks: Vec<Mark>,
    /// The index of the mark whose quotation is set large above the panels; it has a ring.
    pub lead: Option<usize>,
    /// The smoothed mean, in parts. Between two parts nothing is known.
    pub curve: Vec<Vec<CurvePoint>>,
    /// The line of what was found: each part is a straight line between 2 points, such as a mean before and
    /// a mean after. Its range is empty if `low` and `high` are equal.
    pub claim: Vec<[CurvePoint; 2]>,
    /// The days between which each shift was found.
    pub shifts: Vec<Span>,
    /// Quotations set in the picture, in the order of their marks.
    pub quotes: Vec<Quote>,
    /// The text shown in the panel if it has no marks.
    pub empty: Option<String>,
}

impl Panel {
    /// Whether its scale is too fine for a line and words at each level.
    pub fn is_fine(&self) -> bool {
        is_fine(self.levels.len())
    }
}

/// Whether a scale with so many levels is too fine to name each: it is drawn as an axis of numbers.
pub fn is_fine(levels: usize) -> bool {
    levels > 21
}

/// A quotation set in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The index of its mark in the panel's marks.
    pub mark: usize,
    /// The head above it: its number and date.
    pub head: String,
    /// Its words. If they do not fit, they are cut at a word.
    pub text: String,
    /// What closes the words if they are cut, after the ellipsis, such as `”`.
    pub close: String,
}

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A smoothed mean on one day, as ranks: how many levels are below it. Between two levels it is a
/// fraction.
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
pub struct LevelTick {
    /// The position's number on the scale.
    pub position: i32,
    /// The same, as it is written.
    pub number: String,
    /// The level's words.
    pub words: String,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The statement's id.
    pub id: String,
    /// The first day on which the statement may have been made.
    pub from: NaiveDate,
    /// The last such day; equal to `from` if the day is known.
    pub to: NaiveDate,
    /// Whether the day is not known, but only the month, say. It is then drawn as a bar, however much of the month is shown.
    pub by_month: bool,
    /// The position of one of the panel's levels.
    pub position: i32,
    /// Who decided the position.
    pub kind: MarkKind,
    /// Date, speaker, level, quotation and publisher: the mark's tooltip.
    pub tooltip: String,
    /// The address of its source; empty for none.
    pub link: String,
    /// How many statements it stands for.
    pub stands_for: usize,
}

/// Who decided a mark's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// By hand: a filled mark.
    Hand,
    /// By hand, if the rules give another position: a filled mark with a ring around it.
    HandAgainstRules,
    /// By rules alone: a hollow mark.
    Rules,
    /// By anyone, if the statement has not been verified against its source: a diamond.
    Unverified,
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
    /// What the line of a finding means.
    Claim(String),
    /// What a shift's dates look like.
    Span(String),
    /// What a colour means.
    Tone(Tone, Vec<i32>, String),
    /// What an arrow means.
    Arrow(String),
    /// What a tick means.
    Tick(String),
}

impl KeyEntry {
    /// The explanation.
    pub fn words(&self) -> &str {
        match self {
            KeyEntry::Mark(_, words)
            | KeyEntry::Month(words)
            | KeyEntry::Curve(words)
            | KeyEntry::Claim(words)
            | KeyEntry::Span(words)
            | KeyEntry::Tone(_, _, words)
            | KeyEntry::Arrow(words)
            | KeyEntry::Tick(words) => words,
        }
    }
}

/// Something that happened on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureEvent {
    /// The day.
    pub date: NaiveDate,
    /// A few words.
    pub label: String,
}
