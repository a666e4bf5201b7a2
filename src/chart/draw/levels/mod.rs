//! Panels of levels over time: a timeline.

use chrono::NaiveDate;

use crate::chart::draw::axis::{Axis, Tick};
use crate::chart::draw::dodge;
use crate::chart::draw::face::Face;
use crate::chart::draw::flags::{self, Flag, FlagSide};
use crate::chart::draw::placed::{
    Anchor, GUTTER, GUTTER_GAP, Group, LeftOut, Line, MOST_ROW_LINES, MarkShape, PANEL_GAP, Placed, PlacedCurve, Plots,
    Rect, Sheet, TICK, TextLine, panel_head,
};
use crate::chart::draw::quotes;
use crate::chart::draw::style::{
    AXIS, BAR, FAINT, GRID, GRID_ZERO, INK, LEADING, MARK_OUTLINE, RADII, RING, RULE, SMALL, SOFT, TIGHT, level_colour,
};
use crate::chart::figure::{Calendar, CurvePoint, FigureEvent, Mark, Panel, Timeline};

use crate::error::{Error, Result};

/// Room left of the plot that event labels need at least.
const FLAG_ROOM: f64 = 76.0;
/// Widest event label.
const FLAG_WIDEST: f64 = 140.0;
/// How high labels of events may pile up on a narrow picture.
const FLAGS_NARROW: f64 = 66.0;
/// Of more events than this, a small picture is tried with so many that are taken evenly.
const FLAGS_TRIED: usize = 24;
/// Share of the width that level words may take where there is no height for a second line.
const GUTTER_TIGHT: f64 = 0.36;
/// Height of a level's band: on scales of up to five levels, on longer ones, and where marks pile up.
const BAND: (f64, f64, f64) = (38.0, 30.0, 58.0);
/// Share of the band's height that a mark may lie from its level's line.
const NEAR: f64 = 0.38;
/// Share of the marks that may be crowded before smaller marks are tried.
const CROWD: f64 = 0.1;

/// How a timeline is set: what is shown, and how close its levels stand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Plan {
    quotes: bool,
    events: bool,
    /// Whether every panel has dates, or only the last.
    dates: bool,
    /// Height of a level's band; as much as suits the content where there is none.
    step: Option<f64>,
}

/// The plans in the order in which they are preferred, each with the least height of a level's band.
const PLANS: [(Plan, f64); 4] = [
    (Plan { quotes: true, events: true, dates: true, step: None }, 26.0),
    (Plan { quotes: true, events: true, dates: false, step: None }, 22.0),
    (Plan { quotes: false, events: true, dates: false, step: None }, 20.0),
    (Plan { quotes: false, events: false, dates: false, step: None }, 15.0),
];
/// How much higher than what suits it a level's band may become to fill a given height.
const STRETCH: f64 = 1.7;

/// Places the panels of a timeline from `top`, down to `foot` where a height is given.
///
/// # Errors
/// [`Error::Draw`] for a mark on no level.
pub fn place(figure: &Timeline, calendar: &Calendar, sheet: Sheet<'_>, top: f64, foot: Option<f64>) -> Result<Plots> {
    check_positions(figure)?;
    let mut flown = Vec::new();
    let mut set = |plan: Plan| set(figure, calendar, sheet, plan, top, &mut flown);
    let Some(foot) = foot else { return Ok(set(PLANS[0].0).0) };
    let levels: usize = figure.panels.iter().map(|panel| panel.levels.len().max(1)).sum();
    let mut lowest: Option<Plots> = None;
    for (plan, least) in PLANS {
        let (natural, page) = set(plan);
        let step = page.step + (foot - natural.bottom) / levels.max(1) as f64;
        let least = least.max(page.words_height + if plan.events { 3.0 } else { 0.5 });
        let plots = set(Plan { step: Some(step.clamp(least, STRETCH * page.step.max(least))), ..plan }).0;
        if step >= least {
            return Ok(plots);
        }
        if lowest.as_ref().is_none_or(|lowest| plots.bottom < lowest.bottom) {
            lowest = Some(plots);
        }
    }
    // Nothing fits: what comes nearest says how much height is needed.
    Ok(lowest.unwrap_or_default())
}

/// Places all panels after a plan.
fn set<'f>(
    figure: &Timeline,
    calendar: &Calendar,
    sheet: Sheet<'f>,
    plan: Plan,
    top: f64,
    flown: &mut Vec<Flown>,
) -> (Plots, Page<'f>) {
    let page = Page::new(figure, calendar, sheet, plan);
    let sides = (page.left, page.right);
    // Labels of events take the longest to place, and lie alike wherever the plots begin and end alike.
    let known = flown.iter().position(|flown| flown.sides == sides && flown.events == plan.events);
    let known = known.unwrap_or_else(|| {
        let (dates, flags) = page.flags(figure);
        flown.push(Flown { sides, events: plan.events, dates, flags });
        flown.len() - 1
    });
    let Flown { dates, flags, .. } = &flown[known];
    let mut plots = Plots { bottom: top, ..Plots::default() };
    let on_axis = figure.events.iter().filter(|event| page.axis.contains(event.date)).count();
    plots.left_out.extend((dates.len() < on_axis).then_some(LeftOut::Events(on_axis - dates.len())));
    let mut quotes = 0;
    for (i, panel) in figure.panels.iter().enumerate() {
        plots.bottom += if i == 0 { 22.0 } else { page.gap() };
        let flags = if i == 0 { &flags[..] } else { &[] };
        let last = i + 1 == figure.panels.len();
        let (group, end) = place_panel(panel, &page, (dates, flags), plots.bottom, plan.dates || last);
        quotes += panel.quotes.len() - group.leaders.len();
        plots.panels.push(group);
        plots.bottom = end;
    }
    plots.left_out.extend((quotes > 0).then_some(LeftOut::Quotes(quotes)));
    (plots, page)
}

/// Refuses marks that no level of their panel can hold: they would be missing from the picture.
fn check_positions(figure: &Timeline) -> Result<()> {
    for panel in &figure.panels {
        let known = |mark: &&Mark| panel.levels.iter().any(|level| level.position == mark.position);
        if let Some(mark) = panel.marks.iter().find(|mark| !known(mark)) {
            let (title, id, position) = (&panel.title, &mark.id, mark.position);
            return Err(Error::Draw(format!("{title}: statement {id} has position {position}, which is not a level")));
        }
    }
    Ok(())
}

/// The events that are shown between two sides, and where their labels stand.
#[derive(Debug)]
struct Flown {
    sides: (f64, f64),
    /// Whether events are shown at all.
    events: bool,
    dates: Vec<NaiveDate>,
    flags: Vec<Flag>,
}

/// What all panels share.
#[derive(Debug)]
struct Page<'f> {
    sheet: Sheet<'f>,
    plan: Plan,
    left: f64,
    right: f64,
    axis: Axis,
    ticks: Vec<Tick>,
    /// Height of a level's band.
    step: f64,
    /// Height of the highest level words.
    words_height: f64,
    /// Farthest that a mark may lie from its level's line.
    band: f64,
    radius: f64,
}

impl<'f> Page<'f> {
    fn new(figure: &Timeline, calendar: &Calendar, sheet: Sheet<'f>, plan: Plan) -> Page<'f> {
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
        let words = figure.panels.iter().flat_map(|panel| &panel.levels);
        let widest = left - margin - GUTTER_GAP;
        let lines = words.map(|level| fonts.wrap_evenly(&level.words, face, widest, MOST_ROW_LINES).len());
        let words_height = lines.max().unwrap_or(0) as f64 * face.size * TIGHT;
        let step = plan.step.unwrap_or_else(|| step(figure, &rows, words_height));
        let radius = radius(&rows, step);
        let band = band(step, radius);
        Page { sheet, plan, left, right, axis, ticks, step, words_height, band, radius }
    }

    /// Where the dates below the axis begin and end.
    fn dates(&self) -> Vec<(f64, f64)> {
        let face = Face::regular(SMALL);
        let wide = |tick: &Tick| {
            let year = tick.year.as_deref().map_or(0.0, |year| self.sheet.fonts.width(year, face));
            self.sheet.fonts.width(&tick.label, face).max(year) / 2.0
        };
        self.ticks.iter().map(|tick| (tick.x - wide(tick), tick.x + wide(tick))).collect()
    }

    /// Pixels between two panels: more where dates stand there.
    fn gap(&self) -> f64 {
        if self.plan.dates { PANEL_GAP } else { PANEL_GAP / 2.5 }
    }

    /// Returns the days of the events that are shown, in order, and where their labels stand. On a small picture,
    /// where labels pile up, those that stand highest go until the rest is low enough.
    fn flags(&self, figure: &Timeline) -> (Vec<NaiveDate>, Vec<Flag>) {
        let shown = |event: &&FigureEvent| self.plan.events && self.axis.contains(event.date);
        let mut events: Vec<&FigureEvent> = figure.events.iter().filter(shown).collect();
        events.sort_by_key(|event| event.date);
        let (room, fonts, face) =
            ((self.sheet.margin, self.sheet.width - 10.0), self.sheet.fonts, Face::regular(SMALL));
        let most = if self.sheet.small { FLAGS_NARROW } else { f64::INFINITY };
        if self.sheet.small && events.len() > FLAGS_TRIED {
            // More than ever fit are thinned out evenly first, so that no part of the time is without any.
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

    /// Where the poles of events stand, and what their labels say.
    fn labels<'e>(&self, events: &[&'e FigureEvent]) -> Vec<(f64, &'e str)> {
        events.iter().map(|event| (self.axis.x(event.date), event.label.as_str())).collect()
    }
}

/// Returns the width of the widest line of level words.
fn words_width(figure: &Timeline, sheet: Sheet<'_>, widest: f64) -> f64 {
    let (fonts, face) = (sheet.fonts, sheet.row_face());
    let levels = figure.panels.iter().flat_map(|panel| &panel.levels);
    let lines = levels.flat_map(|level| fonts.wrap_evenly(&level.words, face, widest, MOST_ROW_LINES));
    lines.map(|line| fonts.width(&line, face)).fold(0.0, f64::max)
}

/// Returns the axis of the figure, stretched where marks lie outside its days: a mark is never moved.
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

/// Returns the height of a level's band: enough for its words and, within reason, its fullest day.
fn step(figure: &Timeline, rows: &[Vec<f64>], words_height: f64) -> f64 {
    let levels = figure.panels.iter().map(|panel| panel.levels.len()).max().unwrap_or(0);
    let least = if levels > 5 { BAND.1 } else { BAND.0 };
    let fullest = rows.iter().flat_map(|xs| xs.chunk_by(|a, b| a == b)).map(<[f64]>::len).max().unwrap_or(0);
    let bars = figure.panels.iter().flat_map(|panel| &panel.marks).any(|mark| mark.by_month);
    let marks = fullest as f64 * 2.0 * RADII[0] + 6.0 + if bars { 2.0 * BAR } else { 0.0 };
    marks.clamp(least, BAND.2).max(words_height + 8.0).round()
}

/// Returns the largest radius at which few marks are crowded that smaller ones would set free.
fn radius(rows: &[Vec<f64>], step: f64) -> f64 {
    let all: usize = rows.iter().map(Vec::len).sum();
    let crowded = |radius: f64| rows.iter().map(|xs| dodge::crowded(xs, radius, band(step, radius))).sum::<usize>();
    let smallest = RADII[RADII.len() - 1];
    let hopeless = crowded(smallest);
    let fits = |radius: &f64| crowded(*radius).saturating_sub(hopeless) as f64 <= CROWD * all as f64;
    RADII.into_iter().find(fits).unwrap_or(smallest)
}

/// Returns how far a mark may lie from its level's line and stay clearly nearer to it than to the next.
fn band(step: f64, radius: f64) -> f64 {
    (NEAR * step).min(0.5 * step - radius - RING - 1.5).max(0.0)
}

/// Places one panel from `top`; returns it and its lower edge.
fn place_panel(
    panel: &Panel,
    page: &Page<'_>,
    (events, flags): (&[NaiveDate], &[Flag]),
    top: f64,
    dates: bool,
) -> (Group, f64) {
    let name = [panel.title.trim(), panel.note.trim()].into_iter().filter(|part| !part.is_empty());
    let mut group = Group { name: name.collect::<Vec<_>>().join(": "), ..Group::default() };
    let sides = (page.sheet.margin, page.sheet.width - page.sheet.margin);
    let head = panel_head((&panel.title, &panel.note), &page.sheet, &mut group, sides, top);
    let flags_height = flags.iter().map(|flag| flag.top).fold(0.0, f64::max);
    let plot_top = head + 6.0 + if flags_height > 0.0 { flags_height + 8.0 } else { 0.0 };
    let plot_bottom = plot_top + panel.levels.len().max(1) as f64 * page.step;
    place_shifts(panel, page, &mut group, (plot_top, plot_bottom));
    place_levels(panel, page, &mut group, plot_bottom);
    place_rules(page, &mut group, (plot_top, plot_bottom), events, flags);
    group.curves = panel.curve.iter().map(|part| place_curve(part, page, plot_bottom)).collect();
    let places = place_marks(panel, page, &mut group, plot_bottom);
    if let Some(text) = &panel.empty {
        // Between two levels' lines, so that none runs through the words.
        let below = (panel.levels.len() / 2) as f64;
        place_empty(text, page, &mut group, plot_bottom - below.max(0.5) * page.step);
    }
    let bottom = place_axis(page, &mut group, plot_bottom, dates);
    let bottom = if page.plan.quotes {
        let shown = if dates { page.dates() } else { Vec::new() };
        quotes::place(&panel.quotes, &places, &shown, &page.sheet, &mut group, (plot_bottom, bottom))
    } else {
        bottom
    };
    (group, bottom)
}

/// Returns the y of a panel's level, counted from the lowest.
fn level_y(page: &Page<'_>, plot_bottom: f64, rank: usize) -> f64 {
    plot_bottom - (rank as f64 + 0.5) * page.step
}

/// Places the levels' lines and words.
fn place_levels(panel: &Panel, page: &Page<'_>, group: &mut Group, plot_bottom: f64) {
    let signed = panel.levels.iter().any(|l| l.position < 0) && panel.levels.iter().any(|l| l.position > 0);
    let face = page.sheet.row_face();
    let x = page.left - GUTTER_GAP;
    for (rank, level) in panel.levels.iter().enumerate() {
        let y = level_y(page, plot_bottom, rank);
        let colour = if signed && level.position == 0 { GRID_ZERO } else { GRID };
        group.lines.push(Line { from: (page.left, y), to: (page.right, y), colour, rule: false });
        let lines = page.sheet.fonts.wrap_evenly(&level.words, face, x - page.sheet.margin, MOST_ROW_LINES);
        let first = y - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * TIGHT;
        for (i, text) in lines.into_iter().enumerate() {
            let y = first + i as f64 * face.size * TIGHT;
            group.words.push(TextLine { text, x, y, anchor: Anchor::End, face, colour: INK, halo: false });
        }
    }
}

/// Places the ground behind the dates of shifts.
fn place_shifts(panel: &Panel, page: &Page<'_>, group: &mut Group, (top, bottom): (f64, f64)) {
    for shift in &panel.shifts {
        let (left, right) = (page.axis.x(shift.from).max(page.left), page.axis.x(shift.to).min(page.right));
        // A shift from one day to the next can still be seen.
        let grow = (3.0 - (right - left)).max(0.0) / 2.0;
        group.spans.push(Rect { left: left - grow, top, right: right + grow, bottom });
    }
}

/// Places the events' rules and, over the first panel, their labels.
fn place_rules(page: &Page<'_>, group: &mut Group, plot: (f64, f64), events: &[NaiveDate], flags: &[Flag]) {
    let face = Face::regular(SMALL);
    let foot = plot.0 - 3.0;
    for event in events {
        let x = page.axis.x(*event);
        let same_pole = flags.iter().filter(|flag| flag.x == x && !flag.lines.is_empty());
        let top = same_pole.map(|flag| foot - flag.top + 2.0).fold(plot.0, f64::min);
        let line = Line { from: (x, top), to: (x, plot.1), colour: RULE, rule: true };
        // Events of one day share a rule.
        if !group.lines.contains(&line) {
            group.lines.push(line);
        }
    }
    for flag in flags {
        let (x, anchor) = match flag.side {
            FlagSide::Left => (flag.right, Anchor::End),
            FlagSide::Right => (flag.left, Anchor::Start),
        };
        for (i, text) in flag.lines.iter().enumerate() {
            let y = foot - flag.top + (i as f64 + 0.5) * face.size * TIGHT;
            group.words.push(TextLine { text: text.clone(), x, y, anchor, face, colour: SOFT, halo: false });
        }
    }
}

/// Places a part of a curve; what lies outside the axis is cut off.
fn place_curve(part: &[CurvePoint], page: &Page<'_>, plot_bottom: f64) -> PlacedCurve {
    let part: Vec<&CurvePoint> = part.iter().filter(|point| page.axis.contains(point.date)).collect();
    let point = |point: &CurvePoint, rank: f64| (page.axis.x(point.date), plot_bottom - (rank + 0.5) * page.step);
    let lower = part.iter().map(|p| point(p, p.low));
    let upper = part.iter().rev().map(|p| point(p, p.high));
    PlacedCurve { mean: part.iter().map(|p| point(p, p.mean)).collect(), band: lower.chain(upper).collect() }
}

/// Places the marks: bars first, so that the days' marks lie on top. Returns where each mark is.
fn place_marks(panel: &Panel, page: &Page<'_>, group: &mut Group, plot_bottom: f64) -> Vec<Option<MarkShape>> {
    let positions: Vec<i32> = panel.levels.iter().map(|level| level.position).collect();
    let mut placed: Vec<(bool, usize, Placed)> = Vec::with_capacity(panel.marks.len());
    for (rank, level) in panel.levels.iter().enumerate() {
        // A position that stands twice on a scale is drawn once.
        if positions[..rank].contains(&level.position) {
            continue;
        }
        let y = level_y(page, plot_bottom, rank);
        let colour = level_colour(level.position, &positions);
        for (i, shape, outline) in place_level_marks(panel, level.position, page, y) {
            let Mark { kind, tooltip, .. } = &panel.marks[i];
            let mark = Placed { shape, kind: *kind, colour, outline, tooltip: tooltip.clone() };
            placed.push((matches!(shape, MarkShape::Dot(..)), i, mark));
        }
    }
    placed.sort_by_key(|(dot, i, _)| (*dot, *i));
    let mut places = vec![None; panel.marks.len()];
    for (_, i, mark) in placed {
        places[i] = Some(mark.shape);
        group.marks.push(mark);
    }
    places
}

/// Places the marks of one level, each with its index in the panel and the width of its outline.
fn place_level_marks(panel: &Panel, position: i32, page: &Page<'_>, y: f64) -> Vec<(usize, MarkShape, f64)> {
    let here = panel.marks.iter().enumerate().filter(|(_, mark)| mark.position == position);
    let (mut dots, mut bars): (Vec<_>, Vec<_>) = here.partition(|(_, mark)| !mark.by_month);
    dots.sort_by_key(|(_, mark)| mark.from);
    bars.sort_by_key(|(_, mark)| (mark.from.min(mark.to), mark.from.max(mark.to)));
    let xs: Vec<f64> = dots.iter().map(|(_, mark)| page.axis.x(mark.from)).collect();
    let offsets = dodge::dots(&xs, page.radius, page.band);
    let outlines = outlines(&xs, &offsets);
    let around: Vec<(f64, f64)> = xs.into_iter().zip(offsets).collect();
    let spans: Vec<(f64, f64)> = bars.iter().map(|(_, mark)| span(mark, page)).collect();
    let tracks = dodge::bars(&spans, &around, page.radius, NEAR * page.step);
    let bar = |((left, right), offset): ((f64, f64), f64)| {
        MarkShape::Bar(Rect { left, right, top: y + offset - BAR / 2.0, bottom: y + offset + BAR / 2.0 })
    };
    let dot = |(x, offset): (f64, f64)| MarkShape::Dot(x, y + offset, page.radius);
    let bars = bars.into_iter().zip(spans.into_iter().zip(tracks)).map(|((i, _), place)| (i, bar(place), MARK_OUTLINE));
    let dots = dots.into_iter().zip(around).zip(outlines).map(|(((i, _), place), line)| (i, dot(place), line));
    bars.chain(dots).collect()
}

/// Returns the width of every dot's outline: thinner in tight piles, which would be all outline.
fn outlines(xs: &[f64], offsets: &[f64]) -> Vec<f64> {
    let mut widths = Vec::with_capacity(xs.len());
    for day in xs.chunk_by(|a, b| a == b) {
        let first = widths.len();
        let apart = if day.len() > 1 { offsets[first + 1] - offsets[first] } else { f64::INFINITY };
        let width = (apart / 4.0).min(MARK_OUTLINE);
        widths.extend(day.iter().map(|_| if width < 0.3 { 0.0 } else { width }));
    }
    widths
}

/// Returns the pixels that a mark of several days covers; never fewer than a bar is thick, so that it
/// can be seen on long axes.
fn span(mark: &Mark, page: &Page<'_>) -> (f64, f64) {
    let (left, right) = (page.axis.x(mark.from.min(mark.to)), page.axis.x(mark.from.max(mark.to)));
    let grow = (1.6 * BAR - (right - left)).max(0.0) / 2.0;
    (left - grow, right + grow)
}

/// Places the words that stand for missing marks.
fn place_empty(text: &str, page: &Page<'_>, group: &mut Group, middle: f64) {
    let face = page.sheet.note_face();
    let lines = page.sheet.fonts.wrap_evenly(text, face, page.right - page.left - 32.0, MOST_ROW_LINES);
    let first = middle - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * LEADING;
    let x = (page.left + page.right) / 2.0;
    for (i, text) in lines.into_iter().enumerate() {
        let y = first + i as f64 * face.size * LEADING;
        group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour: FAINT, halo: true });
    }
}

/// Places the time axis at the foot of a panel, with or without its dates; returns the lower edge.
fn place_axis(page: &Page<'_>, group: &mut Group, plot_bottom: f64, dates: bool) -> f64 {
    let face = Face::regular(SMALL);
    let from = (page.left, plot_bottom);
    group.lines.push(Line { from, to: (page.right, plot_bottom), colour: AXIS, rule: false });
    let line_height = face.size * TIGHT;
    let first = plot_bottom + TICK + 3.0 + line_height / 2.0;
    for tick in &page.ticks {
        let (x, colour) = (tick.x, AXIS);
        group.lines.push(Line { from: (x, plot_bottom), to: (x, plot_bottom + TICK), colour, rule: false });
        if !dates {
            continue;
        }
        for (i, text) in std::iter::once(&tick.label).chain(&tick.year).enumerate() {
            let (text, y) = (text.clone(), first + i as f64 * line_height);
            group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour: SOFT, halo: false });
        }
    }
    if !dates {
        return plot_bottom + TICK;
    }
    let lines = if page.ticks.iter().any(|tick| tick.year.is_some()) { 2.0 } else { 1.0 };
    plot_bottom + TICK + 3.0 + lines * line_height
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::chart::draw::face::Fonts;
    use crate::chart::draw::layout::layout;
    use crate::chart::draw::placed::{Layout, Size, text_box};
    use crate::chart::figure::{Body, Companion, Figure, KeyEntry, LevelTick, MarkKind, Quote};
    use crate::chart::locale::{ChartLanguage, Locale};

    const WIDTHS: [u32; 7] = [320, 360, 480, 640, 800, 1200, 4000];

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn after(days: usize) -> NaiveDate {
        day("2025-02-04") + Days::new(days as u64)
    }

    fn mark(id: usize, date: NaiveDate, position: i32) -> Mark {
        let kind = [MarkKind::Hand, MarkKind::Rules, MarkKind::HandAgainstRules][id % 3];
        Mark { id: id.to_string(), from: date, to: date, by_month: false, position, kind, tooltip: String::new() }
    }

    fn panel(words: &[&str], marks: Vec<Mark>) -> Panel {
        let lowest = -(words.len() as i32 / 2);
        let level = |(i, words): (usize, &&str)| LevelTick {
            position: lowest + i as i32,
            number: String::new(),
            words: (*words).to_owned(),
        };
        let levels = words.iter().enumerate().map(level).collect();
        Panel {
            title: "Territory".into(),
            note: "43 statements on 30 days".into(),
            levels,
            marks,
            curve: Vec::new(),
            shifts: Vec::new(),
            quotes: Vec::new(),
            empty: None,
        }
    }

    const FIVE: [&str; 5] = ["Cede land", "Swaps, freeze", "Undecided", "Some land back", "Full restoration"];

    fn figure(panels: Vec<Panel>, events: &[(&str, &str)]) -> Figure {
        let locale = Locale::new(ChartLanguage::En);
        Figure {
            language: locale.tag(),
            calendar: locale.calendar(),
            title: "Donald Trump moved on territory and sanctions, not on aid".into(),
            subtitle: "Position of each dated quotation, 4 February – 30 September 2025".into(),
            key: vec![
                KeyEntry::Mark(MarkKind::Hand, "by hand".into()),
                KeyEntry::Mark(MarkKind::HandAgainstRules, "by hand, where the rules say otherwise".into()),
                KeyEntry::Month("day unknown, within these days ".repeat(4)),
                KeyEntry::Mark(MarkKind::Rules, "by rules alone".into()),
            ],
            body: Body::Timeline(Timeline {
                from: day("2025-02-04"),
                to: day("2025-09-30"),
                events: events
                    .iter()
                    .map(|(date, label)| FigureEvent { date: day(date), label: (*label).into() })
                    .collect(),
                panels,
            }),
            footer: vec!["111 statements on 64 days.".into(), "Sources: White House, Reuters, AP.".repeat(6)],
            description: String::new(),
            companion: Companion::default(),
            curve: Companion::default(),
        }
    }

    fn timeline(figure: &Figure) -> &Timeline {
        let Body::Timeline(timeline) = &figure.body else { panic!("a timeline") };
        timeline
    }

    fn timeline_of(figure: &mut Figure) -> &mut Timeline {
        let Body::Timeline(timeline) = &mut figure.body else { panic!("a timeline") };
        timeline
    }

    fn busy() -> Vec<Mark> {
        (0..120).map(|i| mark(i, after(i * i % 239 / (1 + i % 3)), (i % 5) as i32 - 2)).collect()
    }

    const EVENTS: [(&str, &str); 15] = [
        ("2025-02-28", "Oval Office meeting"),
        ("2025-03-03", "US pauses aid"),
        ("2025-03-11", "Jeddah talks"),
        ("2025-04-26", "Vatican meeting"),
        ("2025-05-16", "Istanbul talks"),
        ("2025-06-25", "NATO summit, The Hague"),
        ("2025-07-14", "Patriots via NATO"),
        ("2025-07-28", "10–12 day deadline"),
        ("2025-08-06", "India tariff"),
        ("2025-08-15", "Alaska summit"),
        ("2025-08-18", "White House with Europeans"),
        ("2025-08-18", "The same day again"),
        ("2025-09-23", "UN General Assembly"),
        ("2025-09-30", "Donaudampfschifffahrtsgesellschaftskapitän"),
        ("2026-09-30", "Off the axis"),
    ];

    fn place(figure: &Figure, width: u32) -> Layout {
        place_in(figure, width, None).expect("a layout")
    }

    fn place_in(figure: &Figure, width: u32, height: Option<f64>) -> Result<Layout> {
        layout(figure, Size { width: f64::from(width), height }, &Fonts::embedded())
    }

    fn check_words(layout: &Layout) {
        let fonts = Fonts::embedded();
        let words = layout.groups().flat_map(|group| &group.words);
        let boxes: Vec<(&str, Rect)> = words.map(|words| (words.text.as_str(), text_box(words, &fonts))).collect();
        for (i, (text, a)) in boxes.iter().enumerate() {
            assert!(
                a.left >= 0.0 && a.right <= layout.width && a.top >= 0.0 && a.bottom <= layout.height,
                "{text} {a:?}"
            );
            for (other, b) in &boxes[..i] {
                let apart =
                    a.left >= b.right || b.left >= a.right || a.top >= b.bottom - 0.01 || b.top >= a.bottom - 0.01;
                assert!(apart, "{text} {a:?} on {other} {b:?} at width {}", layout.width);
            }
        }
    }

    #[test]
    fn words_do_not_overlap_and_stay_inside_the_picture() {
        let long = [
            "Totale Kapitulation unter allen Bedingungen",
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "Повне відновлення суверенітету",
            "Kısmi geri çekilme",
            "",
            "Undecided",
            "Some",
            "Ermächtigungsgesetzgebungsverfahren",
            "ŞİĞÜÖÇ",
            "שלום עולם",
            "Full",
        ];
        for width in WIDTHS {
            for events in [&EVENTS[..], &EVENTS[..1], &EVENTS[7..], &[]] {
                let marked = vec![panel(&FIVE, busy()), panel(&FIVE, busy())];
                check_words(&place(&figure(marked, events), width));
                check_words(&place(&figure(vec![panel(&long, busy())], events), width));
            }
        }
    }

    /// A panel with four quotations of many words, all near one another.
    fn quoting() -> Panel {
        let quote = |mark: usize| Quote {
            mark,
            head: format!("No. {mark}, 8 July 2025"),
            text: "“We will not give up one inch of land, and no one will make us do it.”".repeat(3),
            close: "”".to_owned(),
        };
        Panel { quotes: [40, 2, 41, 42].map(quote).into(), ..panel(&FIVE, busy()) }
    }

    #[test]
    fn quotations_stand_apart_below_their_panel() {
        for width in WIDTHS {
            let layout = place(&figure(vec![quoting(), quoting()], &EVENTS), width);
            check_words(&layout);
            let leaders = layout.panels.iter().map(|panel| panel.leaders.len()).collect::<Vec<_>>();
            assert!(leaders.iter().all(|count| (1..=4).contains(count)), "{leaders:?}");
            let missing = 8 - leaders.iter().sum::<usize>();
            assert_eq!(layout.left_out.contains(&LeftOut::Quotes(missing)), missing > 0, "{width}");
            for panel in &layout.panels {
                let ends: Vec<f64> = panel.leaders.iter().map(|leader| leader.points[4].0).collect();
                assert!(ends.is_sorted(), "lines cross: {ends:?}");
            }
        }
    }

    #[test]
    fn a_given_height_is_kept_and_what_goes_is_said() {
        let figure = figure(vec![quoting(), quoting(), quoting()], &EVENTS);
        let natural = place(&figure, 1200);
        assert!(natural.left_out.is_empty());
        let mut left_out = Vec::new();
        for height in [natural.height + 400.0, natural.height, natural.height - 150.0, 800.0, 700.0] {
            let layout = place_in(&figure, 1200, Some(height)).expect("a layout");
            assert_eq!(layout.height, height);
            check_words(&layout);
            left_out.push(layout.left_out);
        }
        assert!(left_out[0].is_empty() && left_out[2].is_empty());
        assert_eq!(left_out[4], [LeftOut::Events(14), LeftOut::Quotes(12)]);
        let told = place_in(&figure, 1200, Some(300.0)).expect_err("too low").to_string();
        assert!(told.contains("300") && told.contains("needs"), "{told}");
    }

    #[test]
    fn marks_stay_on_their_date_and_nearest_to_their_own_level() {
        let mut marks = busy();
        marks.extend((0..600).map(|i| mark(i, day("2025-08-18"), -1)));
        for width in WIDTHS {
            let figure = figure(vec![panel(&FIVE, marks.clone())], &EVENTS);
            let fonts = Fonts::embedded();
            let sheet = Sheet::new(Size { width: f64::from(width), height: None }, &fonts);
            let page = Page::new(timeline(&figure), &figure.calendar, sheet, PLANS[0].0);
            let layout = place(&figure, width);
            let group = &layout.panels[0];
            // The time axis is the lowest long line; the lowest level lies half a band above it.
            let foot =
                group.lines.iter().filter(|line| line.from.1 == line.to.1).map(|line| line.from.1).fold(0.0, f64::max);
            assert_eq!(group.marks.len(), marks.len());
            for (placed, mark) in group.marks.iter().zip(&timeline(&figure).panels[0].marks) {
                let MarkShape::Dot(x, y, radius) = placed.shape else { panic!("a day's mark is a dot") };
                assert_eq!(x, page.axis.x(mark.from));
                let level = level_y(&page, foot, (mark.position + 2) as usize);
                assert!((y - level).abs() + radius < page.step / 2.0, "{mark:?}");
            }
        }
    }

    #[test]
    fn statements_of_a_month_are_bars_over_its_days() {
        let mut month = mark(0, day("2025-04-01"), 0);
        month.to = day("2025-04-30");
        month.by_month = true;
        let figure = figure(vec![panel(&FIVE, vec![month.clone(), mark(1, day("2025-04-10"), 0)])], &[]);
        let fonts = Fonts::embedded();
        let page = Page::new(
            timeline(&figure),
            &figure.calendar,
            Sheet::new(Size { width: 1200.0, height: None }, &fonts),
            PLANS[0].0,
        );
        let layout = place(&figure, 1200);
        let (MarkShape::Bar(bar), MarkShape::Dot(_, y, radius)) =
            (layout.panels[0].marks[0].shape, layout.panels[0].marks[1].shape)
        else {
            panic!("a bar, then a dot")
        };
        assert_eq!((bar.left, bar.right), (page.axis.x(month.from), page.axis.x(month.to)));
        assert!(bar.bottom < y - radius || bar.top > y + radius);
    }

    #[test]
    fn days_outside_the_axis_stretch_it() {
        let mut early = figure(vec![panel(&FIVE, vec![mark(0, day("2024-01-01"), 0)])], &[]);
        let MarkShape::Dot(x, ..) = place(&early, 800).panels[0].marks[0].shape else { panic!("a dot") };
        assert!(x > 0.0);
        let body = timeline_of(&mut early);
        std::mem::swap(&mut body.from, &mut body.to);
        assert_eq!(place(&early, 800).panels.len(), 1);
    }

    #[test]
    fn widths_and_positions_that_cannot_be_drawn_are_refused() {
        let mut figure = figure(vec![panel(&FIVE, busy())], &[]);
        for width in [0, 319, 4001, u32::MAX] {
            assert!(place_in(&figure, width, None).is_err(), "{width}");
        }
        timeline_of(&mut figure).panels[0].marks[0].position = 7;
        let message = place_in(&figure, 800, None).expect_err("no such level").to_string();
        assert!(message.contains("position 7") && message.contains("Territory"), "{message}");
        timeline_of(&mut figure).panels = vec![panel(&FIVE, Vec::new()); 1000];
        assert!(place_in(&figure, 800, None).is_err());
    }

    #[test]
    fn odd_figures_do_not_panic() {
        let mut bare = figure(Vec::new(), &EVENTS);
        check_words(&place(&bare, 320));
        (bare.title, bare.subtitle) = (String::new(), " \n".into());
        (bare.key, bare.footer) = (Vec::new(), vec![String::new()]);
        let body = timeline_of(&mut bare);
        body.to = body.from;
        let from = body.from;
        place(&bare, 320);
        let body = timeline_of(&mut bare);
        body.panels = vec![panel(&[], Vec::new()), panel(&["One"], vec![mark(0, from, 0)])];
        body.panels[0].empty = Some("No statement takes a position".into());
        (body.panels[1].title, body.panels[1].note) = (String::new(), String::new());
        check_words(&place(&bare, 320));
        let body = timeline_of(&mut bare);
        (body.from, body.to) = (NaiveDate::MIN, NaiveDate::MAX);
        place(&bare, 320);
        let backwards = Mark { from: day("2025-05-01"), to: day("2025-04-01"), by_month: true, ..mark(0, from, 0) };
        let mut figure = figure(vec![panel(&FIVE, vec![backwards])], &[]);
        timeline_of(&mut figure).panels[0].levels[4].position = 0;
        assert_eq!(place(&figure, 800).panels[0].marks.len(), 1);
    }

    #[test]
    fn twenty_thousand_marks_are_placed() {
        let same: Vec<Mark> = (0..20_000).map(|i| mark(i, day("2025-08-18"), 0)).collect();
        let spread: Vec<Mark> = (0..20_000).map(|i| mark(i, after(i % 239), (i % 5) as i32 - 2)).collect();
        let mut months = spread.clone();
        months.iter_mut().step_by(2).for_each(|mark| {
            mark.to = mark.from + Days::new(30);
            mark.by_month = true;
        });
        for marks in [same, spread, months] {
            assert_eq!(place(&figure(vec![panel(&FIVE, marks)], &EVENTS), 1200).panels[0].marks.len(), 20_000);
        }
    }
}
