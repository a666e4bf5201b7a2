//! Panels of rows: words on the left, a shared scale across, a note on the right.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::chart::draw::axis::{Axis, Tick};
use crate::chart::draw::dodge;
use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::placed::{
    Anchor, Arrow, GUTTER, GUTTER_GAP, Group, LeftOut, Line, MOST_ROW_LINES, MarkShape, PANEL_GAP, Placed, Plots, Rect,
    Sheet, TICK, TextLine, panel_head, stack,
};
use crate::chart::draw::style::{
    AXIS, FAINT, GRID, GRID_ZERO, INK, LEADING, MARK_OUTLINE, PLAIN, Rgb, SMALL, SOFT, TIGHT, ink_on, level_colour,
};
use crate::chart::figure::{
    Across, Calendar, FigureRow, Form, LevelTick, MarkKind, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::error::{Error, Result};
use crate::math::pow;

/// Height of a row whose words take one line.
const ROW: f64 = 30.0;
/// Height of a row in which marks are lifted.
const TALL_ROW: f64 = 50.0;
/// Height of a bar, and of a range.
const STRETCH: (f64, f64) = (19.0, 6.0);
/// Radius of a dot.
const DOT: f64 = 5.0;
/// The most and the least radius of a dot that is lifted.
const LIFTED: (f64, f64) = (3.6, 2.2);
/// Share of half a row's height that a lifted mark may be lifted by.
const LIFT: f64 = 0.62;
/// Pixels by which a lifted mark is nearer to its own level's line than to the next.
const NEARER: f64 = 1.0;
/// Free space left of a note.
const NOTE_GAP: f64 = 14.0;
/// Share of the width that notes may take.
const NOTES: f64 = 0.24;
/// Pixels between the names of two levels.
const LEVEL_GAP: f64 = 6.0;
/// About how many pixels lie between two counts that are named.
const BETWEEN_COUNTS: f64 = 90.0;

/// How high a row may be in a given height, as a share of what suits it: least and most.
const SQUEEZE: (f64, f64) = (0.55, 1.6);
/// The least width of a plot that stands beside others.
const COLUMN: f64 = 190.0;
/// The same where a given height has no room for plots above one another.
const COLUMN_LEAST: f64 = 72.0;
/// Pixels between panels that stand beside one another.
const COLUMN_GAP: f64 = 26.0;

/// Places panels of rows from `top`, down to `foot` where a height is given.
///
/// # Errors
/// [`Error::Draw`] where the panels have not the rows that they are said to share.
pub fn place(table: &RowChart, calendar: &Calendar, sheet: Sheet<'_>, top: f64, foot: Option<f64>) -> Result<Plots> {
    let rows = table.panels.first().map_or(0, |panel| panel.rows.len());
    if table.sharing != Sharing::Own && table.panels.iter().any(|panel| panel.rows.len() != rows) {
        return Err(Error::Draw("panels that share their rows have different numbers of them".to_owned()));
    }
    let beside = |least: f64| Page::beside(table, calendar, sheet, least);
    let stacked = Page::stacked(table, calendar, sheet);
    let mut pages: Vec<Page<'_>> = beside(COLUMN).into_iter().chain([stacked]).collect();
    let Some(foot) = foot else { return Ok(pages[0].place(top, &Kept::All)) };
    pages.extend(beside(COLUMN_LEAST));
    for page in &mut pages {
        page.squeeze = page.fitting(top, foot);
    }
    let fits = |plots: &Plots| plots.bottom <= foot + 0.5;
    if let Some(plots) = pages.iter().map(|page| page.place(top, &Kept::All)).find(fits) {
        return Ok(plots);
    }
    let order = going(table);
    let most = if table.more.is_empty() { 0 } else { order.iter().map(Vec::len).max().unwrap_or(0) };
    let kept = |page: &Page<'_>, count: usize| page.place(top, &Kept::heaviest(&order, count));
    // The fewer rows, the lower the picture, so that the most that fit are found by halving.
    let fitting = |page: &Page<'_>| {
        let (mut fit, mut over) = (0, most);
        while over > fit + 1 {
            let middle = usize::midpoint(fit, over);
            if fits(&kept(page, middle)) { fit = middle } else { over = middle }
        }
        fit
    };
    let mut best: Option<(usize, &Page<'_>)> = None;
    for page in &pages {
        let fit = fitting(page);
        if fit > best.map_or(0, |(most, _)| most) {
            best = Some((fit, page));
        }
    }
    if let Some((count, page)) = best {
        return Ok(kept(page, count));
    }
    // Nothing fits: what comes nearest says how much height it needs.
    let least = if most > 1 { Kept::heaviest(&order, 1) } else { Kept::All };
    let lowest = pages.iter().map(|page| page.place(top, &least)).min_by(|a, b| a.bottom.total_cmp(&b.bottom));
    Ok(lowest.unwrap_or_default())
}

/// Which rows of the panels are drawn.
enum Kept {
    All,
    /// Of each panel, those at these places, ascending.
    Some(Vec<Vec<usize>>),
}

impl Kept {
    /// The rows that stay where each panel has at most so many, given the order in which rows go.
    fn heaviest(order: &[Vec<usize>], count: usize) -> Kept {
        let stay = |order: &Vec<usize>| {
            let mut places = order[order.len().saturating_sub(count)..].to_vec();
            places.sort_unstable();
            places
        };
        Kept::Some(order.iter().map(stay).collect())
    }

    fn has(&self, panel: usize, row: usize) -> bool {
        match self {
            Kept::All => true,
            Kept::Some(places) => places.get(panel).is_some_and(|places| places.binary_search(&row).is_ok()),
        }
    }
}

/// The places of each panel's rows in the order in which they go for want of room: those of least weight first,
/// and of equals those in the middle, so that neither end of what the rows are ordered by is lost. Rows that
/// panels share go from all of them, by what they weigh together.
fn going(table: &RowChart) -> Vec<Vec<usize>> {
    let order = |weights: Vec<(bool, usize)>| {
        let off_middle = |place: &usize| (2 * place + 1).abs_diff(weights.len());
        let mut places: Vec<usize> = (0..weights.len()).collect();
        places.sort_by_key(|place| (weights[*place], off_middle(place), *place));
        places
    };
    let own = |panel: &RowPanel| panel.rows.iter().map(|row| row.weight).collect::<Vec<_>>();
    if table.sharing == Sharing::Own {
        return table.panels.iter().map(|panel| order(own(panel))).collect();
    }
    let mut all = table.panels.first().map_or(Vec::new(), own);
    for panel in table.panels.iter().skip(1) {
        for (sum, weight) in all.iter_mut().zip(own(panel)) {
            *sum = (sum.0 || weight.0, sum.1 + weight.1);
        }
    }
    vec![order(all); table.panels.len()]
}

/// Where panels stand, and how their rows are set.
struct Page<'p> {
    table: &'p RowChart,
    calendar: &'p Calendar,
    sheet: Sheet<'p>,
    /// The columns that panels stand in, from left to right.
    columns: Vec<Column>,
    /// Width of the words left of the first column.
    words_width: f64,
    note_width: f64,
    /// The least and the most count of all panels.
    counts: (f64, f64),
    /// The height of rows, as a share of what suits them.
    squeeze: f64,
}

/// The plot of panels that stand above one another.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Where heads begin and end.
    head: (f64, f64),
    left: f64,
    right: f64,
}

impl<'p> Page<'p> {
    /// Panels above one another.
    fn stacked(table: &'p RowChart, calendar: &'p Calendar, sheet: Sheet<'p>) -> Page<'p> {
        let mut page = Page::measured(table, calendar, sheet);
        let left = (sheet.margin + page.words_width + GUTTER_GAP).ceil();
        let right = sheet.width - sheet.margin;
        page.columns = vec![Column { head: (sheet.margin, right), left, right: right - page.notes() }];
        page
    }

    /// Panels beside one another, where they share their rows and there is so much room for each plot.
    fn beside(table: &'p RowChart, calendar: &'p Calendar, sheet: Sheet<'p>, least: f64) -> Option<Page<'p>> {
        let count = table.panels.len();
        if table.sharing == Sharing::Own || count < 2 {
            return None;
        }
        let mut page = Page::measured(table, calendar, sheet);
        let left = (sheet.margin + page.words_width + GUTTER_GAP).ceil();
        let gaps = (count - 1) as f64 * COLUMN_GAP;
        let wide = (sheet.width - sheet.margin - left - gaps) / count as f64;
        let column = |i: usize| {
            let left = left + i as f64 * (wide + COLUMN_GAP);
            Column { head: (left, left + wide), left, right: left + wide - page.notes() }
        };
        page.columns = (0..count).map(column).collect();
        (wide - page.notes() >= least).then_some(page)
    }

    fn measured(table: &'p RowChart, calendar: &'p Calendar, sheet: Sheet<'p>) -> Page<'p> {
        let fonts = sheet.fonts;
        let rows = || table.panels.iter().flat_map(|panel| &panel.rows);
        let widest = |words: &dyn Fn(&FigureRow) -> &str, most: f64| {
            let lines = rows().flat_map(|row| fonts.wrap_evenly(words(row), sheet.row_face(), most, MOST_ROW_LINES));
            lines.map(|line| fonts.width(&line, sheet.row_face())).fold(0.0, f64::max)
        };
        let words_width = widest(&|row| &row.words, sheet.width * GUTTER - sheet.margin - GUTTER_GAP);
        // The head of the notes takes as many lines as it needs, but its longest word has to fit.
        let heads = table.panels.iter().flat_map(|panel| panel.note_head.split_whitespace());
        let head_width = heads.map(|word| fonts.width(word, Face::regular(SMALL))).fold(0.0, f64::max);
        let note_width = widest(&|row| &row.note, sheet.width * NOTES).max(head_width);
        let counts = rows().flat_map(|row| &row.items).filter_map(|item| match item.form {
            Form::Stretch(from, to, _) => Some((from.min(to), from.max(to))),
            _ => None,
        });
        let counts = counts.fold((0.0, 0.0), |all: (f64, f64), one| (all.0.min(one.0), all.1.max(one.1)));
        Page { table, calendar, sheet, columns: Vec::new(), words_width, note_width, counts, squeeze: 1.0 }
    }

    /// The room that notes take right of a plot.
    fn notes(&self) -> f64 {
        if self.note_width > 0.0 { self.note_width + NOTE_GAP } else { 0.0 }
    }

    /// Whether panels stand beside one another.
    fn is_beside(&self) -> bool {
        self.columns.len() > 1
    }

    /// The rows of a panel that are drawn.
    fn rows(&self, panel: usize, kept: &Kept) -> Vec<&'p FigureRow> {
        let skips = self.table.sharing == Sharing::SameOrNone && !self.is_beside();
        let rows = self.table.panels[panel].rows.iter().enumerate();
        let drawn = rows.filter(|(place, row)| kept.has(panel, *place) && (!skips || !row.items.is_empty()));
        drawn.map(|(_, row)| row).collect()
    }

    /// The share of their height at which rows fill the space from `top` down to `foot`.
    fn fitting(&self, top: f64, foot: f64) -> f64 {
        let (mut low, mut high) = SQUEEZE;
        let rows = |squeeze: f64| -> f64 {
            let panels = 0..if self.is_beside() { 1 } else { self.table.panels.len() };
            panels.flat_map(|panel| self.heights(panel, &Kept::All, squeeze)).sum()
        };
        let fixed = self.place(top, &Kept::All).bottom - rows(self.squeeze);
        for _ in 0..20 {
            let middle = f64::midpoint(low, high);
            if fixed + rows(middle) <= foot { low = middle } else { high = middle }
        }
        low
    }

    /// The heights of a panel's rows; beside one another, a row is as high as its highest.
    fn heights(&self, panel: usize, kept: &Kept, squeeze: f64) -> Vec<f64> {
        let own = |panel: usize| -> Vec<f64> {
            self.rows(panel, kept).into_iter().map(|row| self.height(row, squeeze)).collect()
        };
        if !self.is_beside() {
            return own(panel);
        }
        let all: Vec<Vec<f64>> = (0..self.table.panels.len()).map(own).collect();
        let count = all.iter().map(Vec::len).min().unwrap_or(0);
        (0..count).map(|row| all.iter().map(|heights| heights[row]).fold(0.0, f64::max)).collect()
    }

    /// Places the panels from `top`, each with the rows that are kept.
    fn place(&self, top: f64, kept: &Kept) -> Plots {
        let mut plots = Plots { bottom: top + 22.0, ..Plots::default() };
        let mut dropped = 0;
        // Plots that stand beside one another begin at one height, and so does what stands over them.
        let (mut titles, mut heads) = (0.0_f64, 0.0_f64);
        if self.is_beside() {
            let panels = || self.table.panels.iter().zip(&self.columns);
            let title =
                |(panel, column): (&RowPanel, &Column)| self.title(panel, *column, &mut Group::default(), plots.bottom);
            titles = panels().map(title).fold(0.0, f64::max);
            let head = |(panel, column): (&RowPanel, &Column)| self.head(panel, *column, &mut Group::default(), titles);
            heads = panels().map(head).fold(0.0, f64::max);
        }
        let mut end = plots.bottom;
        for (i, panel) in self.table.panels.iter().enumerate() {
            let column = self.columns[i % self.columns.len()];
            if i > 0 && !self.is_beside() {
                plots.bottom = end + PANEL_GAP;
            }
            let name = [panel.title.trim(), panel.note.trim()].into_iter().filter(|part| !part.is_empty());
            let mut group = Group { name: name.collect::<Vec<_>>().join(": "), ..Group::default() };
            let title = self.title(panel, column, &mut group, plots.bottom).max(titles);
            let head = self.head(panel, column, &mut group, title).max(heads);
            let words = !self.is_beside() || i == 0;
            let bottom = self.panel(i, column, &mut group, head, kept, words);
            let missing = self.rows(i, &Kept::All).len() - self.rows(i, kept).len();
            dropped = if self.is_beside() { missing } else { dropped + missing };
            end = if self.is_beside() { end.max(bottom) } else { bottom };
            plots.panels.push(group);
        }
        plots.bottom = end;
        if dropped > 0 {
            plots.left_out.push(LeftOut::Rows(dropped));
            plots.bottom = self.say_more(dropped, &mut plots.panels, end);
        }
        plots
    }

    /// Says below the panels how many rows are not drawn; returns the lower edge.
    fn say_more(&self, count: usize, panels: &mut [Group], top: f64) -> f64 {
        let (Some(text), Some(group)) = (self.table.more.get(count), panels.last_mut()) else { return top };
        let face = self.sheet.note_face();
        let lines = self.sheet.fonts.wrap_at_most(text, face, self.sheet.inner(), MOST_ROW_LINES);
        stack(group, lines, (self.sheet.margin, top + 8.0), face, LEADING, SOFT)
    }

    /// Places a panel's title and note; returns their lower edge.
    fn title(&self, panel: &RowPanel, column: Column, group: &mut Group, top: f64) -> f64 {
        panel_head((&panel.title, &panel.note), &self.sheet, group, column.head, top) + 6.0
    }

    /// Places what names a panel's values and notes; returns the plot's upper edge.
    fn head(&self, panel: &RowPanel, column: Column, group: &mut Group, top: f64) -> f64 {
        let scale = Scale::new(&panel.across, self, column);
        scale.place_head(self.sheet.fonts, group, top).max(self.note_head(panel, column, group, top))
    }

    /// Places a panel's rows and their scale; returns the lower edge.
    fn panel(&self, place: usize, column: Column, group: &mut Group, top: f64, kept: &Kept, words: bool) -> f64 {
        let panel = &self.table.panels[place];
        let scale = Scale::new(&panel.across, self, column);
        let heights = self.heights(place, kept, self.squeeze);
        let bottom = top + heights.iter().sum::<f64>();
        scale.place_lines(group, (top, bottom));
        let mut above = top;
        for (row, height) in self.rows(place, kept).into_iter().zip(heights) {
            let y = above + height / 2.0;
            if lifted(row) || (self.is_beside() && row.items.is_empty() && matches!(panel.across, Across::Days(..))) {
                let (from, to) = ((column.left, y), (column.right, y));
                let colour = if row.items.is_empty() { GRID } else { GRID_ZERO };
                group.lines.push(Line { from, to, colour, rule: false });
            }
            self.words(row, column, group, y, words);
            self.items(row, panel, &scale, group, (y, height));
            above += height;
        }
        scale.place_foot(column, group, bottom)
    }

    /// Places what the notes are; returns the lower edge.
    fn note_head(&self, panel: &RowPanel, column: Column, group: &mut Group, top: f64) -> f64 {
        let face = Face::regular(SMALL);
        let lines = self.sheet.fonts.wrap_evenly(&panel.note_head, face, self.note_width.max(1.0), MOST_ROW_LINES);
        let mut bottom = top;
        for text in lines.into_iter().filter(|text| !text.is_empty()) {
            let (x, y) = (column.right + NOTE_GAP, bottom + face.size * TIGHT / 2.0);
            group.words.push(TextLine { text, x, y, anchor: Anchor::Start, face, colour: FAINT, halo: false });
            bottom += face.size * TIGHT;
        }
        if bottom > top { bottom + 4.0 } else { top }
    }

    fn height(&self, row: &FigureRow, squeeze: f64) -> f64 {
        let face = self.sheet.row_face();
        let lines = self.lines(&row.words, self.words_width + 1.0).len();
        let lines = lines.max(self.lines(&row.note, self.note_width + 1.0).len());
        let suits = if lifted(row) { TALL_ROW } else { ROW };
        (suits * squeeze).max(lines as f64 * face.size * TIGHT + 8.0 * squeeze.min(1.0))
    }

    fn lines(&self, words: &str, most: f64) -> Vec<String> {
        self.sheet.fonts.wrap_evenly(words, self.sheet.row_face(), most, MOST_ROW_LINES)
    }

    /// Places a row's note, and its words where they are not said by the plot to its left.
    fn words(&self, row: &FigureRow, column: Column, group: &mut Group, y: f64, words: bool) {
        let face = self.sheet.row_face();
        let left = if words { self.lines(&row.words, self.words_width + 1.0) } else { Vec::new() };
        let right = self.lines(&row.note, self.note_width + 1.0);
        let sides =
            [(left, column.left - GUTTER_GAP, Anchor::End, INK), (right, column.right + NOTE_GAP, Anchor::Start, SOFT)];
        for (lines, x, anchor, colour) in sides {
            let first = y - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * TIGHT;
            for (i, text) in lines.into_iter().enumerate() {
                let y = first + i as f64 * face.size * TIGHT;
                group.words.push(TextLine { text, x, y, anchor, face, colour, halo: false });
            }
        }
    }

    fn items(&self, row: &FigureRow, panel: &RowPanel, scale: &Scale, group: &mut Group, (y, height): (f64, f64)) {
        let lift = Lift::new(panel.positions.len(), height);
        for (item, moved) in row.items.iter().zip(dodged(row, scale, height, lift)) {
            let RowItem { form, tone, tooltip } = item;
            let colour = colour(*tone, &panel.positions);
            let mark = |shape: MarkShape, kind: MarkKind, outline: f64| Placed {
                shape,
                kind,
                colour,
                outline,
                tooltip: tooltip.clone(),
            };
            let bar = |from: f64, to: f64, thick: f64| {
                let (left, right) = (scale.x(from.min(to)), scale.x(from.max(to)));
                Rect { left, top: y - thick / 2.0, right, bottom: y + thick / 2.0 }
            };
            match form {
                Form::Stretch(from, to, words) => {
                    let rect = bar(*from, *to, (STRETCH.0 * self.squeeze).clamp(11.0, height - 2.0));
                    group.marks.push(mark(MarkShape::Block(rect), MarkKind::Hand, MARK_OUTLINE));
                    let face = Face::semibold(SMALL);
                    if self.sheet.fonts.width(words, face) + 4.0 <= rect.right - rect.left {
                        let (x, text) = (f64::midpoint(rect.left, rect.right), words.clone());
                        let colour = ink_on(colour);
                        group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour, halo: false });
                    }
                }
                Form::Range(from, to) => {
                    group.ranges.push((bar(*from, *to, STRETCH.1), colour));
                }
                Form::Arrow(from, to) => {
                    let tooltip = tooltip.clone();
                    group.arrows.push(Arrow { from: (scale.x(*from), y), to: (scale.x(*to), y), colour, tooltip });
                }
                Form::Tick(at) => {
                    let x = scale.x(*at);
                    let rect = Rect { left: x - 1.5, top: y - 8.0, right: x + 1.5, bottom: y + 8.0 };
                    group.marks.push(mark(MarkShape::Block(rect), MarkKind::Hand, MARK_OUTLINE));
                }
                Form::Dot(at, kind) => {
                    group.marks.push(mark(MarkShape::Dot(scale.x(*at), y + moved, DOT), *kind, MARK_OUTLINE));
                }
                Form::Lifted(at, by, kind) => {
                    let up = by.clamp(-1.0, 1.0) * lift.reach;
                    group.marks.push(mark(
                        MarkShape::Dot(scale.x(*at), y - up + moved, lift.radius),
                        *kind,
                        MARK_OUTLINE,
                    ));
                }
            }
        }
    }
}

/// How marks are lifted in a row: by how much at most, how large they are, and how far from their level's line
/// those of one place may lie.
#[derive(Debug, Clone, Copy)]
struct Lift {
    reach: f64,
    radius: f64,
    spread: f64,
}

impl Lift {
    fn new(levels: usize, height: f64) -> Lift {
        let reach = LIFT * height / 2.0;
        let between = 2.0 * reach / levels.saturating_sub(1).max(1) as f64;
        let radius = (0.47 * between).clamp(LIFTED.1, LIFTED.0);
        let spread = ((between - NEARER) / 2.0).min(height / 2.0 - reach - radius - MARK_OUTLINE);
        Lift { reach, radius, spread: spread.max(0.0) }
    }
}

/// Whether a row has marks that are lifted from its line.
fn lifted(row: &FigureRow) -> bool {
    row.items.iter().any(|item| matches!(item.form, Form::Lifted(..)))
}

/// By how much each item is moved so that dots of equal value do not hide one another.
fn dodged(row: &FigureRow, scale: &Scale, height: f64, lift: Lift) -> Vec<f64> {
    let mut dots: Vec<(usize, f64)> = row
        .items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| match item.form {
            Form::Dot(at, _) => Some((place, scale.x(at))),
            _ => None,
        })
        .collect();
    dots.sort_by(|a, b| a.1.total_cmp(&b.1));
    let xs: Vec<f64> = dots.iter().map(|(_, x)| *x).collect();
    let offsets = dodge::dots(&xs, DOT, (height / 2.0 - DOT - 1.0).max(0.0));
    let mut lifts = vec![0.0; row.items.len()];
    for ((place, _), offset) in dots.into_iter().zip(offsets) {
        lifts[place] = offset;
    }
    let mut levels: BTreeMap<u64, Vec<(f64, usize)>> = BTreeMap::new();
    for (place, item) in row.items.iter().enumerate() {
        if let Form::Lifted(at, by, _) = item.form {
            levels.entry(by.to_bits()).or_default().push((scale.x(at), place));
        }
    }
    for marks in levels.values_mut() {
        marks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let xs: Vec<f64> = marks.iter().map(|(x, _)| *x).collect();
        for ((_, place), offset) in marks.iter().zip(dodge::coins(&xs, lift.radius, lift.spread)) {
            lifts[*place] = offset;
        }
    }
    lifts
}

/// The colour that a tone has on a scale of these positions.
pub fn colour(tone: Tone, positions: &[i32]) -> Rgb {
    match tone {
        Tone::Position(position) => level_colour(position, positions),
        Tone::Plain(strength) => PLAIN[usize::from(strength).min(PLAIN.len() - 1)],
    }
}

/// Where a value lies, and what names the values.
struct Scale {
    left: f64,
    right: f64,
    kind: Kind,
}

enum Kind {
    /// Levels, and where their words find no room: of how many one is named by its number.
    Levels(Vec<LevelTick>, Option<usize>),
    Counts(f64, f64),
    Days(Axis, Vec<Tick>),
}

impl Scale {
    fn new(across: &Across, page: &Page<'_>, column: Column) -> Scale {
        let Column { left, right, .. } = column;
        let kind = match across {
            Across::Levels(levels) => Kind::Levels(levels.clone(), named(levels, page.sheet.fonts, right - left)),
            Across::Counts => Kind::Counts(page.counts.0, page.counts.1.max(page.counts.0 + 1.0)),
            Across::Days(from, to) => {
                let axis = Axis::new(*from, *to, left, right);
                let ticks = axis.ticks(page.calendar, page.sheet.fonts, Face::regular(SMALL));
                Kind::Days(axis, ticks)
            }
        };
        Scale { left, right, kind }
    }

    fn x(&self, value: f64) -> f64 {
        match &self.kind {
            Kind::Levels(levels, _) => {
                let cell = (self.right - self.left) / levels.len().max(1) as f64;
                self.left + (value + 0.5) * cell
            }
            Kind::Counts(low, high) => {
                let pad = 12.0;
                self.left + pad + (value - low) / (high - low) * (self.right - self.left - 2.0 * pad)
            }
            Kind::Days(axis, _) => {
                NaiveDate::from_num_days_from_ce_opt(value as i32).map_or(self.left, |date| axis.x(date))
            }
        }
    }

    /// The values at which a line runs through the rows.
    fn lines(&self) -> Vec<f64> {
        match &self.kind {
            Kind::Levels(levels, every) => numbered(levels, every.unwrap_or(1)).map(|rank| rank as f64).collect(),
            Kind::Counts(low, high) => {
                let step = step_of((high - low) * BETWEEN_COUNTS / (self.right - self.left));
                let first = (low / step).ceil() as i64;
                (first..).map(|i| i as f64 * step).take_while(|value| *value <= *high).collect()
            }
            Kind::Days(_, ticks) => ticks.iter().map(|tick| f64::from(tick.date.num_days_from_ce())).collect(),
        }
    }

    /// Places level words over the rows; returns the rows' upper edge. Where a cell is narrower than a
    /// word, levels' numbers stand there, and only the ends have words.
    fn place_head(&self, fonts: &Fonts, group: &mut Group, top: f64) -> f64 {
        let Kind::Levels(levels, every) = &self.kind else { return top };
        let face = Face::regular(SMALL);
        let cell = (self.right - self.left) / levels.len().max(1) as f64 - LEVEL_GAP;
        let mut put = |heads: Vec<(Vec<String>, f64, Anchor)>, top: f64| -> f64 {
            let most = heads.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
            let line = face.size * TIGHT;
            for (lines, x, anchor) in heads {
                let first = top + (most - lines.len()) as f64 * line + line / 2.0;
                for (i, text) in lines.into_iter().enumerate() {
                    let y = first + i as f64 * line;
                    group.words.push(TextLine { text, x, y, anchor, face, colour: SOFT, halo: false });
                }
            }
            top + most as f64 * line + 4.0
        };
        let over = |every: usize, lines: &dyn Fn(&LevelTick) -> Vec<String>| {
            let head = |rank: usize| (lines(&levels[rank]), self.x(rank as f64), Anchor::Middle);
            numbered(levels, every).map(head).collect()
        };
        let Some(every) = every else {
            return put(over(1, &|level| fonts.wrap_evenly(&level.words, face, cell, MOST_ROW_LINES)), top);
        };
        let half = (self.right - self.left) / 2.0 - 6.0;
        let end = |level: Option<&LevelTick>, x: f64, anchor: Anchor| {
            level.map(|level| (fonts.wrap_evenly(&level.words, face, half, MOST_ROW_LINES), x, anchor))
        };
        let ends = [
            end(levels.first(), self.left, Anchor::Start),
            end(levels.last().filter(|_| levels.len() > 1), self.right, Anchor::End),
        ];
        let below = put(ends.into_iter().flatten().collect(), top);
        put(over(*every, &|level| vec![level.number.clone()]), below)
    }

    fn place_lines(&self, group: &mut Group, (top, bottom): (f64, f64)) {
        for value in self.lines() {
            let x = self.x(value);
            let zero = matches!(self.kind, Kind::Counts(..)) && value == 0.0;
            let colour = if zero { GRID_ZERO } else { GRID };
            group.lines.push(Line { from: (x, top), to: (x, bottom), colour, rule: false });
        }
    }

    /// Places the numbers or dates below the rows; returns the lower edge.
    fn place_foot(&self, column: Column, group: &mut Group, bottom: f64) -> f64 {
        let face = Face::regular(SMALL);
        let line = face.size * TIGHT;
        let first = bottom + TICK + 3.0 + line / 2.0;
        let mut put = |text: String, x: f64, y: f64| {
            group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour: SOFT, halo: false });
        };
        let end = match &self.kind {
            Kind::Levels(..) => return bottom,
            Kind::Counts(..) => {
                for value in self.lines() {
                    put(format!("{}", value.abs()), self.x(value), first);
                }
                bottom + TICK + 3.0 + line
            }
            Kind::Days(_, ticks) => {
                for tick in ticks {
                    for (i, text) in std::iter::once(&tick.label).chain(&tick.year).enumerate() {
                        put(text.clone(), tick.x, first + i as f64 * line);
                    }
                }
                let lines = if ticks.iter().any(|tick| tick.year.is_some()) { 2.0 } else { 1.0 };
                bottom + TICK + 3.0 + lines * line
            }
        };
        let (from, to) = ((column.left, bottom), (column.right, bottom));
        group.lines.push(Line { from, to, colour: AXIS, rule: false });
        end
    }
}

/// Of how many levels one can be named by its number in a plot of a width, where not all can be by their words.
fn named(levels: &[LevelTick], fonts: &Fonts, wide: f64) -> Option<usize> {
    let face = Face::regular(SMALL);
    let cell = wide / levels.len().max(1) as f64;
    let words = levels.iter().flat_map(|level| level.words.split_whitespace());
    let room = words.map(|word| fonts.width(word, face)).fold(0.0, f64::max) + LEVEL_GAP;
    let number = levels.iter().map(|level| fonts.width(&level.number, face)).fold(0.0, f64::max) + LEVEL_GAP;
    (room > cell).then(|| step_of(number / cell) as usize)
}

/// The ranks of every so many levels, counted from zero where the scale has it.
fn numbered(levels: &[LevelTick], every: usize) -> impl Iterator<Item = usize> {
    let zero = levels.iter().position(|level| level.position == 0).unwrap_or(0);
    (0..levels.len()).filter(move |rank| rank.abs_diff(zero).is_multiple_of(every.max(1)))
}

/// The smallest round step of at least so much: 1, 2 or 5 times a power of ten.
fn step_of(least: f64) -> f64 {
    let steps = (0..9).flat_map(|tens| [1.0, 2.0, 5.0].map(|n| n * pow(10.0, f64::from(tens))));
    steps.into_iter().find(|step| *step >= least).unwrap_or(1e9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::layout::layout;
    use crate::chart::draw::placed::{Layout, Size, text_box};
    use crate::chart::figure::{Body, Companion, Figure, KeyEntry};
    use crate::chart::locale::{ChartLanguage, Locale};

    const WIDTHS: [u32; 6] = [320, 360, 480, 800, 1200, 4000];

    fn item(form: Form) -> RowItem {
        RowItem { form, tone: Tone::Position(1), tooltip: "a tooltip".to_owned() }
    }

    fn figure(across: Across, rows: Vec<FigureRow>) -> Figure {
        let panel = RowPanel {
            title: "Sanctions on Russia".to_owned(),
            note: "32 statements by 10 speakers".to_owned(),
            across,
            positions: vec![-2, -1, 0, 1, 2],
            note_head: "statements, mean".to_owned(),
            rows,
        };
        let locale = Locale::new(ChartLanguage::En);
        Figure {
            language: locale.tag(),
            calendar: locale.calendar(),
            title: "All speakers: no lasting shift was found".to_owned(),
            subtitle: "Mean positions before and after.".to_owned(),
            key: vec![
                KeyEntry::Arrow("a shift, from the mean before to the mean after".to_owned()),
                KeyEntry::Tone(Tone::Plain(0), Vec::new(), "where nine means of ten would lie".to_owned()),
                KeyEntry::Span("within these days the position shifted".to_owned()),
            ],
            body: Body::Rows(RowChart {
                panels: vec![panel.clone(), panel],
                sharing: Sharing::Own,
                more: (0..60).map(|count| format!("{count} more")).collect(),
            }),
            footer: vec!["Source: a corpus.".to_owned()],
            description: String::new(),
            companion: Companion::default(),
            curve: Companion::default(),
        }
    }

    fn levels() -> Across {
        let words = ["Totale Kapitulation", "Swaps", "Повне відновлення суверенітету", "ŞİĞÜÖÇ", "Full"];
        let level = |(rank, words): (usize, &&str)| LevelTick {
            position: rank as i32 - 2,
            number: format!("−{rank}"),
            words: (*words).to_owned(),
        };
        Across::Levels(words.iter().enumerate().map(level).collect())
    }

    fn rows(forms: &[Form]) -> Vec<FigureRow> {
        let names = ["Ursula von der Leyen", "Donaudampfschifffahrtsgesellschaftskapitän", "Volodymyr Zelensky", ""];
        let row = |name: &&str| FigureRow {
            words: (*name).to_owned(),
            note: "+1.2 levels, 8 Jul to 1 Aug".to_owned(),
            items: forms.iter().cloned().map(item).collect(),
            weight: (false, 1),
        };
        names.iter().map(row).collect()
    }

    fn words_are_apart(layout: &Layout) {
        let fonts = Fonts::embedded();
        let words = layout.groups().flat_map(|group| &group.words);
        let boxes: Vec<(&str, Rect)> = words.map(|words| (words.text.as_str(), text_box(words, &fonts))).collect();
        for (i, (text, a)) in boxes.iter().enumerate() {
            assert!(a.left >= 0.0 && a.right <= layout.width, "{text} {a:?} at {}", layout.width);
            assert!(a.top >= 0.0 && a.bottom <= layout.height, "{text} {a:?}");
            for (other, b) in &boxes[..i] {
                let apart = a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
                assert!(apart, "{text} {a:?} on {other} {b:?} at width {}", layout.width);
            }
        }
    }

    fn set(figure: &Figure, width: u32) -> Layout {
        layout(figure, Size { width: f64::from(width), height: None }, &Fonts::embedded()).unwrap()
    }

    #[test]
    fn panels_with_the_same_rows_stand_beside_one_another_where_there_is_room() {
        let shared = |across: Across, forms: &[Form]| {
            let mut figure = figure(across, rows(forms));
            let Body::Rows(table) = &mut figure.body else { panic!("rows") };
            table.sharing = Sharing::Same;
            figure
        };
        for width in WIDTHS {
            let figure = shared(Across::Counts, &[Form::Stretch(-2.0, 3.0, "5".into())]);
            let layout = set(&figure, width);
            words_are_apart(&layout);
            let tops: Vec<f64> = layout.panels.iter().map(|panel| panel.words[0].y).collect();
            assert_eq!(tops[0] == tops[1], width >= 1200, "{width}: {tops:?}");
        }
        let mut uneven = shared(Across::Counts, &[]);
        let Body::Rows(table) = &mut uneven.body else { panic!("rows") };
        table.panels[0].rows.pop();
        assert!(layout(&uneven, Size { width: 1200.0, height: None }, &Fonts::embedded()).is_err());
    }

    #[test]
    fn a_given_height_is_kept_and_rows_that_go_are_counted() {
        let mut figure =
            figure(levels(), rows(&[Form::Dot(2.0, MarkKind::Rules)]).into_iter().cycle().take(24).collect());
        let natural = set(&figure, 800).height;
        for (height, goes) in [(natural + 200.0, false), (natural - 100.0, false), (0.4 * natural, true)] {
            let layout = layout(&figure, Size { width: 800.0, height: Some(height) }, &Fonts::embedded()).unwrap();
            assert_eq!(layout.height, height);
            assert_eq!(!layout.left_out.is_empty(), goes, "{height} of {natural}: {:?}", layout.left_out);
            let said = layout.groups().flat_map(|group| &group.words).any(|words| words.text.ends_with(" more"));
            assert_eq!(said, goes);
            words_are_apart(&layout);
        }
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        let all = std::mem::take(&mut table.more);
        let told = layout(&figure, Size { width: 800.0, height: Some(100.0) }, &Fonts::embedded());
        let told = told.expect_err("too low").to_string();
        let number = told.split("needs ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
        let needs: f64 = number.expect("a number").parse().expect("a number");
        let at = |figure: &Figure, height: f64| {
            layout(figure, Size { width: 800.0, height: Some(height) }, &Fonts::embedded())
        };
        assert!(at(&figure, needs).is_ok() && at(&figure, needs - 3.0).is_err(), "{told}");
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        table.more = all;
        let needed = at(&figure, 100.0).expect_err("too low").to_string();
        assert!(needed != told, "with rows that may go, less height is needed: {needed}");
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        table.more = Vec::new();
        assert!(layout(&figure, Size { width: 800.0, height: Some(400.0) }, &Fonts::embedded()).is_err());
    }

    #[test]
    fn rows_on_which_least_rests_go_first_and_the_rest_keep_their_order() {
        let weights = [(false, 9), (false, 1), (true, 1), (false, 1), (false, 1), (false, 7)];
        let row = |(place, weight): (usize, &(bool, usize))| FigureRow {
            words: format!("Speaker {place}"),
            note: String::new(),
            items: vec![item(Form::Dot(1.0, MarkKind::Hand))],
            weight: *weight,
        };
        let mut figure = figure(levels(), weights.iter().enumerate().map(row).collect());
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        assert_eq!(going(table), vec![[3, 1, 4, 5, 0, 2]; 2]);
        // What panels share is weighed together, and goes from both.
        table.sharing = Sharing::SameOrNone;
        table.panels[1].rows[3].weight = (false, 30);
        assert_eq!(going(table), vec![[1, 4, 5, 0, 3, 2]; 2]);
        let names = |layout: &Layout| -> Vec<String> {
            let words = layout.panels.iter().flat_map(|panel| &panel.words);
            words.map(|words| words.text.clone()).filter(|text| text.starts_with("Speaker")).collect()
        };
        let mut seen = 0;
        for height in (240..700).step_by(20).map(f64::from) {
            let Ok(low) = layout(&figure, Size { width: 480.0, height: Some(height) }, &Fonts::embedded()) else {
                continue;
            };
            // Beside one another, panels have their words once; above one another, each has the same.
            let mut left = names(&low);
            if left.len() % 2 == 0 && left[..left.len() / 2] == left[left.len() / 2..] {
                left.truncate(left.len() / 2);
            }
            assert!(left.is_sorted() && left.contains(&"Speaker 2".to_owned()), "{height}: {left:?}");
            if left.len() < 6 {
                seen += 1;
                assert!(!left.contains(&"Speaker 1".to_owned()), "{height}: {left:?}");
            }
        }
        assert!(seen > 1, "{seen}");
    }

    #[test]
    fn words_do_not_overlap_and_stay_inside_the_picture() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let time = Across::Days(day("2025-02-01"), day("2025-09-30"));
        let at = f64::from(day("2025-05-01").num_days_from_ce());
        for width in WIDTHS {
            for (across, forms) in [
                (levels(), vec![Form::Range(0.5, 2.5), Form::Arrow(0.5, 3.2), Form::Dot(2.0, MarkKind::Rules)]),
                (
                    Across::Counts,
                    vec![Form::Stretch(-120.0, -20.0, "100".into()), Form::Stretch(-20.0, 3.0, "23".into())],
                ),
                (
                    time.clone(),
                    vec![Form::Lifted(at, 1.0, MarkKind::Hand), Form::Lifted(at, -1.0, MarkKind::HandAgainstRules)],
                ),
            ] {
                words_are_apart(&set(&figure(across, rows(&forms)), width));
            }
        }
    }

    #[test]
    fn values_lie_where_the_scale_puts_them() {
        let forms = [Form::Stretch(-2.0, 0.0, "2".into()), Form::Stretch(0.0, 6.0, "6".into())];
        let placed = set(&figure(Across::Counts, rows(&forms)), 1200);
        let blocks: Vec<Rect> = placed.panels[0]
            .marks
            .iter()
            .map(|mark| match mark.shape {
                MarkShape::Block(rect) => rect,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!((blocks[0].right - blocks[1].left).abs() < 1e-9);
        let (short, long) = (blocks[0].right - blocks[0].left, blocks[1].right - blocks[1].left);
        assert!((long / short - 3.0).abs() < 1e-9);
    }

    #[test]
    fn dots_of_one_value_do_not_hide_one_another() {
        let forms = vec![Form::Dot(1.0, MarkKind::Hand); 2];
        let placed = set(&figure(levels(), rows(&forms)), 800);
        let (MarkShape::Dot(_, a, _), MarkShape::Dot(_, b, _)) =
            (placed.panels[0].marks[0].shape, placed.panels[0].marks[1].shape)
        else {
            panic!("dots")
        };
        assert!((a - b).abs() >= 2.0 * DOT);
    }

    #[test]
    fn lifted_marks_stay_nearest_to_their_own_level_and_inside_their_row() {
        let fonts = Fonts::embedded();
        let locale = Locale::new(ChartLanguage::En);
        let sheet = Sheet::new(Size { width: 800.0, height: None }, &fonts);
        let Body::Rows(table) = figure(levels(), Vec::new()).body else { panic!("rows") };
        let calendar = locale.calendar();
        let page = Page::stacked(&table, &calendar, sheet);
        let scale = Scale::new(&Across::Counts, &page, page.columns[0]);
        for count in [2, 3, 5, 7, 11, 21] {
            let by = |rank: usize| 2.0 * rank as f64 / (count - 1) as f64 - 1.0;
            let forms = (0..count).flat_map(|rank| (0..9).map(move |i| (i / 3, rank)));
            let forms = forms.map(|(at, rank)| Form::Lifted(f64::from(at) / 900.0, by(rank), MarkKind::Hand));
            let row = FigureRow {
                words: String::new(),
                note: String::new(),
                items: forms.map(item).collect(),
                weight: (false, 1),
            };
            for height in [SQUEEZE.0 * TALL_ROW, TALL_ROW, SQUEEZE.1 * TALL_ROW] {
                let lift = Lift::new(count, height);
                let between = 2.0 * lift.reach / (count - 1) as f64;
                let moved = dodged(&row, &scale, height, lift);
                assert!(count > 11 || moved.iter().any(|moved| moved.abs() > 0.2), "{count} levels in {height}");
                for (item, moved) in row.items.iter().zip(moved) {
                    let Form::Lifted(_, by, _) = item.form else { panic!("lifted") };
                    let y = moved - by * lift.reach;
                    assert!(moved.abs() < between / 2.0 || moved == 0.0, "{count} levels in {height}: {moved}");
                    assert!(y.abs() + lift.radius <= height / 2.0, "{count} levels in {height}: {y}");
                }
            }
        }
    }

    #[test]
    fn a_panel_without_rows_is_placed() {
        for across in [levels(), Across::Counts, Across::Levels(Vec::new())] {
            words_are_apart(&set(&figure(across, Vec::new()), 360));
        }
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 1.0, 1.5, 3.0, 7.0, 12.0].map(step_of), [1.0, 1.0, 2.0, 5.0, 10.0, 20.0]);
    }
}
