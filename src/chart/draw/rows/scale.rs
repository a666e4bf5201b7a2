//! What is from left to right: where a value is, and the names of values above and below the rows.

use chrono::{Datelike, NaiveDate};

use crate::chart::draw::axis::{Axis, Tick};
use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::placed::{Anchor, Group, Line, TICK, TextLine};
use crate::chart::draw::rows::{Column, Page};
use crate::chart::draw::style::{AXIS, GRID, GRID_ZERO, SMALL, SOFT, TIGHT};
use crate::chart::figure::{Across, LevelTick};
use crate::math::pow;

/// The most lines of the name of a level above the rows. There is room for more than beside a row.
const MOST_HEAD_LINES: usize = 8;
/// Pixels between the names of two levels.
const LEVEL_GAP: f64 = 6.0;
/// Approximate number of pixels between two labelled counts.
const BETWEEN_COUNTS: f64 = 90.0;

/// Where a value is, and what names the values.
pub struct Scale {
    left: f64,
    right: f64,
    kind: Kind,
}

enum Kind {
    /// Levels. If there is no room for their words, every nth level has its number: n.
    Levels(Vec<LevelTick>, Option<usize>),
    Counts(f64, f64),
    Days(Axis, Vec<Tick>),
}

impl Scale {
    pub fn new(across: &Across, page: &Page<'_>, column: Column) -> Scale {
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

    pub fn x(&self, value: f64) -> f64 {
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

    /// Places level words above the rows; returns the rows' upper edge. If a cell is narrower than a
    /// word, the levels have numbers instead, and only the ends have words.
    pub fn place_head(&self, fonts: &Fonts, group: &mut Group, top: f64) -> f64 {
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
            return put(over(1, &|level| fonts.wrap_evenly(&level.words, face, cell, MOST_HEAD_LINES)), top);
        };
        let half = (self.right - self.left) / 2.0 - 6.0;
        let end = |level: Option<&LevelTick>, x: f64, anchor: Anchor| {
            level.map(|level| (fonts.wrap_evenly(&level.words, face, half, MOST_HEAD_LINES), x, anchor))
        };
        let ends = [
            end(levels.first(), self.left, Anchor::Start),
            end(levels.last().filter(|_| levels.len() > 1), self.right, Anchor::End),
        ];
        let below = put(ends.into_iter().flatten().collect(), top);
        put(over(*every, &|level| vec![level.number.clone()]), below)
    }

    pub fn place_lines(&self, group: &mut Group, (top, bottom): (f64, f64)) {
        for value in self.lines() {
            let x = self.x(value);
            let zero = matches!(self.kind, Kind::Counts(..)) && value == 0.0;
            let colour = if zero { GRID_ZERO } else { GRID };
            group.lines.push(Line { from: (x, top), to: (x, bottom), colour, rule: false });
        }
    }

    /// Places the numbers or dates below the rows; returns the lower edge.
    pub fn place_foot(&self, column: Column, group: &mut Group, bottom: f64) -> f64 {
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
                        put(text.clone(), tick.label_x, first + i as f64 * line);
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

/// The n for which the number of every nth level fits into a plot of a given width; `None` if there is
/// room for all words.
fn named(levels: &[LevelTick], fonts: &Fonts, wide: f64) -> Option<usize> {
    let face = Face::regular(SMALL);
    let cell = wide / levels.len().max(1) as f64;
    let words = levels.iter().flat_map(|level| level.words.split_whitespace());
    let room = words.map(|word| fonts.width(word, face)).fold(0.0, f64::max) + LEVEL_GAP;
    let number = levels.iter().map(|level| fonts.width(&level.number, face)).fold(0.0, f64::max) + LEVEL_GAP;
    (room > cell).then(|| step_of(number / cell) as usize)
}

/// The ranks of every nth level, counted from zero if the scale has it.
fn numbered(levels: &[LevelTick], every: usize) -> impl Iterator<Item = usize> {
    let zero = levels.iter().position(|level| level.position == 0).unwrap_or(0);
    (0..levels.len()).filter(move |rank| rank.abs_diff(zero).is_multiple_of(every.max(1)))
}

/// The smallest round step of at least this size: 1, 2 or 5 times a power of ten.
fn step_of(least: f64) -> f64 {
    let steps = (0..9).flat_map(|tens| [1.0, 2.0, 5.0].map(|n| n * pow(10.0, f64::from(tens))));
    steps.into_iter().find(|step| *step >= least).unwrap_or(1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 1.0, 1.5, 3.0, 7.0, 12.0].map(step_of), [1.0, 1.0, 2.0, 5.0, 10.0, 20.0]);
    }
}
