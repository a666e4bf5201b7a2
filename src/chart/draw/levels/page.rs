//! What all panels of a timeline share: where the plots begin and end, and how far apart levels and
//! marks are.

use chrono::NaiveDate;

use crate::chart::draw::axis::{Axis, Tick};
use crate::chart::draw::dodge;
use crate::chart::draw::face::Face;
use crate::chart::draw::flags::{self, Flag};
use crate::chart::draw::levels::Plan;
use crate::chart::draw::placed::{GUTTER, GUTTER_GAP, MOST_ROW_LINES, PANEL_GAP, Sheet};
use crate::chart::draw::style::{BAR, RADII, RING, SMALL, TIGHT};
use crate::chart::figure::{Calendar, FigureEvent, Panel, Timeline};

/// The room that event labels need left of the plot, at least.
const FLAG_ROOM: f64 = 76.0;
/// The widest event label.
const FLAG_WIDEST: f64 = 140.0;
/// How high the labels of events may pile up on a narrow picture.
const FLAGS_NARROW: f64 = 66.0;
/// With more events than this, a small picture first tries this many, spread evenly.
const FLAGS_TRIED: usize = 24;
/// The share of the width that level words may take if there is no height for a second line.
const GUTTER_TIGHT: f64 = 0.36;
/// The height of a level's band: on scales of up to five levels, on longer ones, and with piles of
/// marks.
const BAND: (f64, f64, f64) = (38.0, 30.0, 58.0);
/// How far from its level's line a mark may be, as a share of the band's height.
pub const NEAR: f64 = 0.38;
/// How many bands of an ordinary scale a fine one is as high as.
const FINE_BANDS: f64 = 9.0;
/// How far apart the numbers of a fine scale are at least, in heights of a line.
const FINE_LINES: f64 = 1.5;
/// The share of crowded marks above which smaller marks are tried.
const CROWD: f64 = 0.1;

/// What all panels share.
#[derive(Debug)]
pub struct PanelPage<'f> {
    pub sheet: Sheet<'f>,
    pub plan: Plan,
    pub left: f64,
    pub right: f64,
    pub axis: Axis,
    pub ticks: Vec<Tick>,
    /// The height of a level's band, except on fine scales.
    pub step: f64,
    /// The height of the tallest level words.
    pub words_height: f64,
    pub radius: f64,
}

impl<'f> PanelPage<'f> {
    /// Measures what all panels share, for a plan.
    pub fn new(figure: &Timeline, calendar: &Calendar, sheet: Sheet<'f>, plan: Plan) -> PanelPage<'f> {
        let Sheet { width, margin, fonts, .. } = sheet;
        let face = sheet.row_face();
        let words_width =
            words_width(figure, sheet, width * if plan.events { GUTTER } else { GUTTER_TIGHT } - margin - GUTTER_GAP);
        let flag_room = if figure.events.is_empty() || !plan.events { 0.0 } else { FLAG_ROOM - GUTTER_GAP };
        let left = (margin + words_width.max(flag_room) + GUTTER_GAP).ceil();
        let right = width - margin;
        let axis = axis(figure, left, right);
        let ticks = axis.ticks(calendar, fonts, Face::regular(SMALL));
        let rows = rows(figure, &axis);
        let named = figure.panels.iter().filter(|panel| !panel.is_fine());
        let words = named.flat_map(|panel| level_words(panel, sheet, left - margin - GUTTER_GAP));
        let words_height = words.map(|lines| lines.len()).max().unwrap_or(0) as f64 * face.size * TIGHT;
        let step = plan.step.unwrap_or_else(|| step(figure, &rows, words_height));
        let radius = radius(&rows, step);
        PanelPage { sheet, plan, left, right, axis, ticks, step, words_height, radius }
    }

    /// The height of a panel's plot.
    pub fn height(&self, panel: &Panel) -> f64 {
        bands(panel) * self.step
    }

    /// The height of a level's band in a panel.
    pub fn step_in(&self, panel: &Panel) -> f64 {
        self.height(panel) / panel.levels.len().max(1) as f64
    }

    /// How far from the foot of a panel the line of a level is, counted from the lowest level.
    pub fn level_height(&self, panel: &Panel, rank: f64) -> f64 {
        (rank + 0.5) * self.step_in(panel)
    }

    /// The farthest that a mark of a panel may be from its level's line. On a fine scale that is more than a level, so
    /// that no line hides a mark.
    pub fn band_in(&self, panel: &Panel) -> f64 {
        if panel.is_fine() { 2.0 * self.radius } else { band(self.step_in(panel), self.radius) }
    }

    /// Whether each level of a panel has a line and words. On a fine scale, round numbers do.
    pub fn is_named(&self, panel: &Panel) -> Vec<bool> {
        if !panel.is_fine() {
            return vec![true; panel.levels.len()];
        }
        let apart = FINE_LINES * self.sheet.row_face().size * TIGHT / self.step_in(panel);
        let round = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i32.pow(power)));
        let named = |stride: i32| panel.levels.iter().map(move |level| level.position % stride == 0);
        let fits = |stride: &i32| {
            let ranks: Vec<usize> = named(*stride).enumerate().filter(|(_, named)| *named).map(|(i, _)| i).collect();
            ranks.windows(2).all(|pair| (pair[1] - pair[0]) as f64 >= apart)
        };
        round.into_iter().find(fits).map_or(vec![false; panel.levels.len()], |stride| named(stride).collect())
    }

    /// Where the dates below the axis begin and end.
    pub fn dates(&self) -> Vec<(f64, f64)> {
        let face = Face::regular(SMALL);
        let wide = |tick: &Tick| {
            let year = tick.year.as_deref().map_or(0.0, |year| self.sheet.fonts.width(year, face));
            self.sheet.fonts.width(&tick.label, face).max(year) / 2.0
        };
        self.ticks.iter().map(|tick| (tick.x - wide(tick), tick.x + wide(tick))).collect()
    }

    /// Pixels between two panels. There are more if dates are between them.
    pub fn gap(&self) -> f64 {
        if self.plan.dates { PANEL_GAP } else { PANEL_GAP / 2.5 }
    }

    /// Returns the days of the events that are shown, in order, and where their labels are. If labels
    /// pile up on a small picture, the highest are removed until the rest is low enough.
    pub fn flags(&self, figure: &Timeline) -> (Vec<NaiveDate>, Vec<Flag>) {
        let shown = |event: &&FigureEvent| self.plan.events && self.axis.contains(event.date);
        let mut events: Vec<&FigureEvent> = figure.events.iter().filter(shown).collect();
        events.sort_by_key(|event| event.date);
        let (room, fonts, face) =
            ((self.sheet.margin, self.sheet.width - 10.0), self.sheet.fonts, Face::regular(SMALL));
        let most = if self.sheet.small { FLAGS_NARROW } else { f64::INFINITY };
        if self.sheet.small && events.len() > FLAGS_TRIED {
            // If there are far more than fit, they are thinned out evenly first, so that no part of the
            // time is left without events.
            events = (0..FLAGS_TRIED).map(|i| events[(2 * i + 1) * events.len() / (2 * FLAGS_TRIED)]).collect();
        }
        loop {
            let flags = flags::place(&self.labels(&events), room, FLAG_WIDEST, fonts, face);
            let highest = (0..flags.len()).max_by(|a, b| flags[*a].top.total_cmp(&flags[*b].top));
            match highest.filter(|highest| flags[*highest].top > most) {
                Some(highest) => events.remove(highest),
                None => return (events.iter().map(|event| event.date).collect(), flags),
            };
        }
    }

    /// Where the poles of events are, and what their labels say.
    fn labels<'e>(&self, events: &[&'e FigureEvent]) -> Vec<(f64, &'e str)> {
        events.iter().map(|event| (self.axis.x(event.date), event.label.as_str())).collect()
    }
}

/// The words of a panel's levels as lines, the lowest level first.
pub fn level_words(panel: &Panel, sheet: Sheet<'_>, widest: f64) -> Vec<Vec<String>> {
    let words: Vec<&str> = panel.levels.iter().map(|level| level.words.as_str()).collect();
    sheet.fonts.wrap_apart(&words, sheet.row_face(), widest, MOST_ROW_LINES)
}

/// Returns the width of the widest line of level words.
fn words_width(figure: &Timeline, sheet: Sheet<'_>, widest: f64) -> f64 {
    let lines = figure.panels.iter().flat_map(|panel| level_words(panel, sheet, widest)).flatten();
    lines.map(|line| sheet.fonts.width(&line, sheet.row_face())).fold(0.0, f64::max)
}

/// Returns the axis of the figure, extended if marks are outside its days. A mark is never moved.
fn axis(figure: &Timeline, left: f64, right: f64) -> Axis {
    let marks = || figure.panels.iter().flat_map(|panel| &panel.marks);
    let from = marks().map(|mark| mark.from.min(mark.to)).fold(figure.from.min(figure.to), |a, b| a.min(b));
    let to = marks().map(|mark| mark.to.max(mark.from)).fold(figure.to.max(figure.from), |a, b| a.max(b));
    Axis::new(from, to, left, right)
}

/// Returns the xs of the dots of every level of every panel, ascending.
fn rows(figure: &Timeline, axis: &Axis) -> Vec<Vec<f64>> {
    let row = |panel: &Panel, position: i32| {
        let dots = panel.marks.iter().filter(|mark| mark.position == position && !mark.by_month);
        let mut xs: Vec<f64> = dots.map(|mark| axis.x(mark.from)).collect();
        xs.sort_by(f64::total_cmp);
        xs
    };
    figure.panels.iter().flat_map(|panel| panel.levels.iter().map(move |level| row(panel, level.position))).collect()
}

/// Returns the height of a level's band: enough for its words and, within limits, for its busiest day.
fn step(figure: &Timeline, rows: &[Vec<f64>], words_height: f64) -> f64 {
    let levels = figure.panels.iter().map(|panel| bands(panel) as usize).max().unwrap_or(0);
    let least = if levels > 5 { BAND.1 } else { BAND.0 };
    let fullest = rows.iter().flat_map(|xs| xs.chunk_by(|a, b| a == b)).map(<[f64]>::len).max().unwrap_or(0);
    let bars = figure.panels.iter().flat_map(|panel| &panel.marks).any(|mark| mark.by_month);
    let marks = fullest as f64 * 2.0 * RADII[0] + 6.0 + if bars { 2.0 * BAR } else { 0.0 };
    marks.clamp(least, BAND.2).max(words_height + 8.0).round()
}

/// Returns the largest radius at which few marks are crowded that would not be with a smaller radius.
fn radius(rows: &[Vec<f64>], step: f64) -> f64 {
    let all: usize = rows.iter().map(Vec::len).sum();
    let crowded = |radius: f64| rows.iter().map(|xs| dodge::crowded(xs, radius, band(step, radius))).sum::<usize>();
    let smallest = RADII[RADII.len() - 1];
    let hopeless = crowded(smallest);
    let fits = |radius: &f64| crowded(*radius).saturating_sub(hopeless) as f64 <= CROWD * all as f64;
    RADII.into_iter().find(fits).unwrap_or(smallest)
}

/// Returns how far a mark may be from its level's line and still be clearly closer to it than to the
/// next.
fn band(step: f64, radius: f64) -> f64 {
    (NEAR * step).min(0.5 * step - radius - RING - 1.5).max(0.0)
}

/// How many bands of an ordinary scale a panel is as high as.
pub fn bands(panel: &Panel) -> f64 {
    if panel.is_fine() { FINE_BANDS } else { panel.levels.len().max(1) as f64 }
}
