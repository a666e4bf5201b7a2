//! What is behind the marks of a panel: levels, shifts, events and the time axis.

use chrono::NaiveDate;

use crate::chart::draw::face::Face;
use crate::chart::draw::flags::{Flag, FlagSide};
use crate::chart::draw::levels::page::{PanelPage, level_words};
use crate::chart::draw::placed::{Anchor, GUTTER_GAP, Group, Line, MOST_ROW_LINES, Rect, TICK, TextLine};
use crate::chart::draw::style::{AXIS, FAINT, GRID, GRID_ZERO, INK, LEADING, RULE, SMALL, SOFT, TIGHT};
use crate::chart::figure::Panel;

/// Places the levels' lines and words.
pub fn place_levels(panel: &Panel, page: &PanelPage<'_>, group: &mut Group, plot_bottom: f64) {
    let signed = panel.levels.iter().any(|l| l.position < 0) && panel.levels.iter().any(|l| l.position > 0);
    let face = page.sheet.row_face();
    let x = page.left - GUTTER_GAP;
    let named = page.is_named(panel);
    let words = level_words(panel, page.sheet, x - page.sheet.margin);
    for (rank, (level, lines)) in panel.levels.iter().zip(words).enumerate().filter(|(rank, _)| named[*rank]) {
        let y = plot_bottom - page.level_height(panel, rank as f64);
        let colour = if signed && level.position == 0 { GRID_ZERO } else { GRID };
        group.lines.push(Line { from: (page.left, y), to: (page.right, y), colour, rule: false });
        let first = y - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * TIGHT;
        for (i, text) in lines.into_iter().enumerate() {
            let y = first + i as f64 * face.size * TIGHT;
            group.words.push(TextLine { text, x, y, anchor: Anchor::End, face, colour: INK, halo: false });
        }
    }
}

/// Places the background of the dates of shifts.
pub fn place_shifts(panel: &Panel, page: &PanelPage<'_>, group: &mut Group, (top, bottom): (f64, f64)) {
    for shift in &panel.shifts {
        let (left, right) = (page.axis.x(shift.from).max(page.left), page.axis.x(shift.to).min(page.right));
        // Even a shift from one day to the next must be visible.
        let grow = (3.0 - (right - left)).max(0.0) / 2.0;
        group.spans.push(Rect { left: left - grow, top, right: right + grow, bottom });
    }
}

/// Places the rules of events and, above the first panel, their labels.
pub fn place_rules(page: &PanelPage<'_>, group: &mut Group, plot: (f64, f64), events: &[NaiveDate], flags: &[Flag]) {
    let face = Face::regular(SMALL);
    let foot = plot.0 - 3.0;
    for event in events {
        let x = page.axis.x(*event);
        let same_pole = flags.iter().filter(|flag| flag.x == x && !flag.lines.is_empty());
        let top = same_pole.map(|flag| foot - flag.top + 2.0).fold(plot.0, f64::min);
        let line = Line { from: (x, top), to: (x, plot.1), colour: RULE, rule: true };
        // Events on the same day share a rule.
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

/// Places the words shown instead of marks.
pub fn place_empty(text: &str, page: &PanelPage<'_>, group: &mut Group, middle: f64) {
    let face = page.sheet.note_face();
    let lines = page.sheet.fonts.wrap_evenly(text, face, page.right - page.left - 32.0, MOST_ROW_LINES);
    let first = middle - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * LEADING;
    let x = (page.left + page.right) / 2.0;
    for (i, text) in lines.into_iter().enumerate() {
        let y = first + i as f64 * face.size * LEADING;
        group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour: FAINT, halo: true });
    }
}

/// Places the time axis at the bottom of a panel, with or without dates; returns the lower edge.
pub fn place_axis(page: &PanelPage<'_>, group: &mut Group, plot_bottom: f64, dates: bool) -> f64 {
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
            let (text, x, y) = (text.clone(), tick.label_x, first + i as f64 * line_height);
            group.words.push(TextLine { text, x, y, anchor: Anchor::Middle, face, colour: SOFT, halo: false });
        }
    }
    if !dates {
        return plot_bottom + TICK;
    }
    let lines = if page.ticks.iter().any(|tick| tick.year.is_some()) { 2.0 } else { 1.0 };
    plot_bottom + TICK + 3.0 + lines * line_height
}
