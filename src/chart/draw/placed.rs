//! Placed things: the parts of a layout, in pixels, and what all layouts share.

use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::palette::Palette;
use crate::chart::draw::style::{BODY, SMALL};
use crate::chart::draw::style::{HEADING, HEADING_NARROW, INK, LEADING, NARROW, Rgb, SMALL_AREA, SOFT, TIGHT};
use crate::chart::figure::MarkKind;

/// The most lines of a title, subtitle, note or footer line. Further lines are cut.
pub const MOST_LINES: usize = 8;
/// The most lines of the words beside a row or a level. Further lines are cut.
pub const MOST_ROW_LINES: usize = 4;
/// Pixels between the words beside a plot and the plot.
pub const GUTTER_GAP: f64 = 12.0;
/// The share of the width that the words beside a plot may take: about a quarter.
pub const GUTTER: f64 = 0.27;
/// Pixels between panels.
pub const PANEL_GAP: f64 = 30.0;
/// Length of a tick.
pub const TICK: f64 = 5.0;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// The point of a line of text that is at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One line of text. Its y is the middle of its capitals.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// The text.
    pub text: String,
    /// The x of `anchor`.
    pub x: f64,
    /// The middle of the capitals.
    pub y: f64,
    /// The point that is at `x`.
    pub anchor: Anchor,
    /// Size and weight.
    pub face: Face,
    /// Colour.
    pub colour: Rgb,
    /// Whether lines beneath are hidden around the letters.
    pub halo: bool,
}

/// A straight line, vertical or horizontal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// First end.
    pub from: (f64, f64),
    /// Other end.
    pub to: (f64, f64),
    /// Colour.
    pub colour: Rgb,
    /// Whether it is the rule of an event.
    pub rule: bool,
}

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MarkShape {
    /// A statement on one day: centre and radius.
    Dot(f64, f64, f64),
    /// A statement on one of several days.
    Bar(Rect),
    /// A section of a bar that counts something.
    Block(Rect),
}

/// A placed mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its shape.
    pub shape: MarkShape,
    /// Who decided the position.
    pub kind: MarkKind,
    /// The colour of its level.
    pub colour: Rgb,
    /// Width of the white line around it if it is filled.
    pub outline: f64,
    /// Its tooltip; empty in the key.
    pub tooltip: String,
    /// The address that it leads to; empty for none.
    pub link: String,
}

/// A part of a smoothed mean with its band.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedCurve {
    /// The mean, from left to right.
    pub mean: Vec<(f64, f64)>,
    /// The outline of the band; empty for none.
    pub band: Vec<(f64, f64)>,
    /// Whether it is the line of a finding, which is stronger than a smoothed mean.
    pub claim: bool,
}

/// A line from a mark to its quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Leader {
    /// The mark's centre and radius if it is a dot: a ring shows which mark it is.
    pub ring: Option<(f64, f64, f64)>,
    /// The line.
    pub points: Vec<(f64, f64)>,
}

/// A change from one value to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub from: (f64, f64),
    /// Where its head ends.
    pub to: (f64, f64),
    /// Colour.
    pub colour: Rgb,
    /// Its tooltip.
    pub tooltip: String,
}

/// Things that belong together, in the order in which they are drawn: spans, lines, bands of curves,
/// leaders, ranges, arrows, marks, curves, words. A curve is above the marks, because many marks at a level
/// would hide it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// A description of the group, for those who cannot see it; empty for the parts around the panels.
    pub name: String,
    /// Shaded areas behind everything.
    pub spans: Vec<Rect>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Parts of a curve.
    pub curves: Vec<PlacedCurve>,
    /// Lines from marks to their quotations.
    pub leaders: Vec<Leader>,
    /// Thin bars in which a value may lie.
    pub ranges: Vec<(Rect, Rgb)>,
    /// Changes.
    pub arrows: Vec<Arrow>,
    /// Marks.
    pub marks: Vec<Placed>,
    /// Texts.
    pub words: Vec<TextLine>,
}

/// What there was no room for in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The number of quotations left out.
    Quotes(usize),
    /// The number of events left out.
    Events(usize),
    /// The number of rows left out.
    Rows(usize),
    /// The number of sentences of the subtitle left out.
    Sentences(usize),
}

/// A placed picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// How many pixels of a given height nothing needs, between the plots and the footer.
    pub blank: f64,
    /// What was left out for lack of room.
    pub left_out: Vec<LeftOut>,
    /// Title, subtitle and key.
    pub head: Group,
    /// The panels.
    pub panels: Vec<Group>,
    /// The footer.
    pub foot: Group,
    /// Where the logo is, if there is one.
    pub logo: Option<Rect>,
}

impl Layout {
    /// How many letters are drawn, without those of breaks and cuts.
    pub fn letters(&self) -> usize {
        let words = self.groups().flat_map(|group| &group.words);
        words.map(|line| line.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    }

    /// How many lines of text are in and beside the plots.
    pub fn lines(&self) -> usize {
        self.panels.iter().map(|panel| panel.words.len()).sum()
    }

    /// Every group, in reading order.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        std::iter::once(&self.head).chain(&self.panels).chain([&self.foot])
    }
}

/// The placed panels of a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plots {
    /// The panels.
    pub panels: Vec<Group>,
    /// Their lower edge.
    pub bottom: f64,
    /// What was left out for lack of room.
    pub left_out: Vec<LeftOut>,
}

/// The size of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// The width.
    pub width: f64,
    /// The height. Without one, it depends on the content.
    pub height: Option<f64>,
}

/// The sheet on which a picture is set.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'f> {
    /// Width in pixels.
    pub width: f64,
    /// Free space on every side.
    pub margin: f64,
    /// Whether type and margins are small.
    pub small: bool,
    /// The fonts for measuring text.
    pub fonts: &'f Fonts,
    /// The colours of scales.
    pub palette: Palette,
}

impl Sheet<'_> {
    /// A sheet of a given size.
    pub fn new(size: Size, fonts: &Fonts) -> Sheet<'_> {
        let Size { width, height } = size;
        let small = width < NARROW || height.is_some_and(|height| width * height < SMALL_AREA);
        Sheet { width, margin: if small { 16.0 } else { 28.0 }, small, fonts, palette: Palette::default() }
    }

    /// The width between the margins.
    pub fn inner(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// The size of the subtitle and of the panel titles.
    pub fn heading(&self) -> f64 {
        if self.small { HEADING_NARROW } else { HEADING }
    }

    /// The face of the words beside rows and levels.
    pub fn row_face(&self) -> Face {
        Face::regular(if self.small { SMALL } else { BODY })
    }

    /// The face of notes and the key.
    pub fn note_face(&self) -> Face {
        Face::regular(BODY)
    }
}

/// Places lines below one another from a corner; returns the lower edge.
pub fn stack(group: &mut Group, lines: Vec<String>, corner: (f64, f64), face: Face, leading: f64, colour: Rgb) -> f64 {
    let (x, mut top) = corner;
    for text in lines {
        let y = top + face.size * leading / 2.0;
        group.words.push(TextLine { text, x, y, anchor: Anchor::Start, face, colour, halo: false });
        top += face.size * leading;
    }
    top
}

/// Places a panel's title between two pixels, with the note beside it, or below it if there is no room;
/// returns the lower edge.
pub fn panel_head(
    words: (&str, &str),
    sheet: &Sheet<'_>,
    group: &mut Group,
    (left, right): (f64, f64),
    top: f64,
) -> f64 {
    let (title, note) = words;
    let (face, fonts, room) = (Face::semibold(sheet.heading()), sheet.fonts, right - left);
    let titles = fonts.wrap(title, face, room);
    let beside = titles.last().map_or(0.0, |last| fonts.width(last, face) + 10.0);
    let fits = fonts.width(note.trim(), sheet.note_face()) <= room - beside;
    let bottom = stack(group, titles, (left, top), face, TIGHT, INK);
    let Some(y) = group.words.last().map(|last| last.y).filter(|_| fits) else {
        let notes = fonts.wrap_at_most(note, sheet.note_face(), room, MOST_LINES);
        return stack(group, notes, (left, bottom + 1.0), sheet.note_face(), LEADING, SOFT);
    };
    for text in fonts.wrap(note, sheet.note_face(), f64::INFINITY) {
        // The two sizes share a baseline: by as much as the middle of capitals is above it.
        let y = y + fonts.middle() * (face.size - sheet.note_face().size);
        let (face, colour) = (sheet.note_face(), SOFT);
        group.words.push(TextLine { text, x: left + beside, y, anchor: Anchor::Start, face, colour, halo: false });
    }
    bottom
}

/// The box of a line of text, for tests: from above its capitals to below its descenders.
#[cfg(test)]
pub fn text_box(words: &TextLine, fonts: &Fonts) -> Rect {
    let (wide, size) = (fonts.width(&words.text, words.face), words.face.size);
    let left = match words.anchor {
        Anchor::Start => words.x,
        Anchor::Middle => words.x - wide / 2.0,
        Anchor::End => words.x - wide,
    };
    Rect { left, top: words.y - 0.5 * size, right: left + wide, bottom: words.y + 0.6 * size }
}
