//! What is drawn in a row: bars, ranges, arrows, ticks and dots, and how they are kept apart.

use std::collections::BTreeMap;

use crate::chart::draw::dodge;
use crate::chart::draw::face::Face;
use crate::chart::draw::palette::Palette;
use crate::chart::draw::placed::{Anchor, Arrow, Group, Line, MarkShape, Placed, Rect, TextLine};
use crate::chart::draw::rows::Page;
use crate::chart::draw::rows::scale::Scale;
use crate::chart::draw::style::{MARK_OUTLINE, PLAIN, Rgb, SMALL, ink_on};
use crate::chart::figure::{FigureRow, Form, Half, MarkKind, RowItem, RowPanel, Tone};

/// The height of a bar, and of a range.
const STRETCH: (f64, f64) = (19.0, 6.0);
/// The most height of a bar.
const STRETCH_MOST: f64 = 48.0;
/// The height of a mean in one half of a row.
const HALF_TICK: f64 = 9.0;
/// The radius of a dot.
pub const DOT: f64 = 5.0;
/// Free pixels between a pile of dots and the edge of its row: piles of neighbouring rows must not look like one.
const ROW_GAP: f64 = 5.0;
/// The largest and the smallest radius of a lifted dot.
const LIFTED: (f64, f64) = (3.6, 2.2);
/// How far a mark may be lifted, as a share of half a row's height.
const LIFT: f64 = 0.55;
/// How thick a lifted bar is, as a share of a lifted dot's radius.
const BAR_SHARE: f64 = 1.2;
/// How many pixels closer a lifted mark is to its own level's line than to the next.
const NEARER: f64 = 1.0;

impl Page<'_> {
    /// Places what is drawn in a row, around `y`.
    pub fn items(&self, row: &FigureRow, panel: &RowPanel, scale: &Scale, group: &mut Group, (y, height): (f64, f64)) {
        let lift = Lift::new(panel.positions.len(), height);
        for (item, moved) in row.items.iter().zip(dodged(row, scale, height, lift)) {
            let RowItem { form, tone, tooltip, link, .. } = item;
            let colour = colour(*tone, &panel.positions, self.sheet.palette);
            let mark = |shape: MarkShape, kind: MarkKind, outline: f64| Placed {
                shape,
                kind,
                colour,
                outline,
                tooltip: tooltip.clone(),
                link: link.clone(),
            };
            let bar = |from: f64, to: f64, thick: f64| {
                let (left, right) = (scale.x(from.min(to)), scale.x(from.max(to)));
                Rect { left, top: y - thick / 2.0, right, bottom: y + thick / 2.0 }
            };
            match form {
                Form::Stretch(from, to, words) => {
                    let rect = bar(*from, *to, (STRETCH.0 * self.squeeze).min(STRETCH_MOST).clamp(11.0, height - 2.0));
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
                Form::Link(from, to) => {
                    let (from, to) = ((scale.x(*from), y), (scale.x(*to), y));
                    group.lines.push(Line { from, to, colour, rule: false });
                }
                Form::Tick(at) => {
                    let x = scale.x(*at);
                    let rect = Rect { left: x - 1.5, top: y - 8.0, right: x + 1.5, bottom: y + 8.0 };
                    group.marks.push(mark(MarkShape::Block(rect), MarkKind::Hand, MARK_OUTLINE));
                }
                Form::HalfTick(half, at, range) => {
                    let (x, way) = (scale.x(*at), if *half == Half::Upper { -1.0 } else { 1.0 });
                    if let Some((from, to)) = range {
                        let Rect { left, right, top, bottom } = bar(*from, *to, STRETCH.1);
                        let aside = way * HALF_TICK / 2.0;
                        group.ranges.push((Rect { left, right, top: top + aside, bottom: bottom + aside }, colour));
                    }
                    let (top, bottom) = if way < 0.0 { (y - HALF_TICK, y) } else { (y, y + HALF_TICK) };
                    let rect = Rect { left: x - 1.5, top, right: x + 1.5, bottom };
                    group.marks.push(mark(MarkShape::Block(rect), MarkKind::Hand, 0.0));
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
                Form::LiftedBar(from, to, by, kind) => {
                    let aside = moved - by.clamp(-1.0, 1.0) * lift.reach;
                    let (left, right) = span(scale, (*from, *to), lift);
                    let thick = BAR_SHARE * lift.radius;
                    let rect = Rect { left, top: y + aside - thick / 2.0, right, bottom: y + aside + thick / 2.0 };
                    group.marks.push(mark(MarkShape::Bar(rect), *kind, MARK_OUTLINE));
                }
            }
        }
    }
}

/// How marks are lifted in a row: by how much at most, how large they are, and how far marks in the same
/// place may be from their level's line.
#[derive(Debug, Clone, Copy)]
pub struct Lift {
    pub reach: f64,
    pub radius: f64,
    spread: f64,
}

impl Lift {
    pub fn new(levels: usize, height: f64) -> Lift {
        let reach = LIFT * height / 2.0;
        let between = 2.0 * reach / levels.saturating_sub(1).max(1) as f64;
        let radius = (0.47 * between).clamp(LIFTED.1, LIFTED.0);
        let spread = ((between - NEARER) / 2.0).min(height / 2.0 - reach - radius - MARK_OUTLINE);
        Lift { reach, radius, spread: spread.max(0.0) }
    }
}

/// The pixels of a lifted bar, never fewer than a dot is wide.
fn span(scale: &Scale, (from, to): (f64, f64), lift: Lift) -> (f64, f64) {
    let (left, right) = (scale.x(from.min(to)), scale.x(from.max(to)));
    let grow = (2.4 * lift.radius - (right - left)).max(0.0) / 2.0;
    (left - grow, right + grow)
}

/// Whether a row has marks that are lifted from its line.
pub fn lifted(row: &FigureRow) -> bool {
    row.items.iter().any(|item| matches!(item.form, Form::Lifted(..) | Form::LiftedBar(..)))
}

/// The most dots of one value in a row.
pub fn piled(row: &FigureRow) -> usize {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for item in &row.items {
        if let Form::Dot(at, _) = item.form {
            *counts.entry(at.to_bits()).or_default() += 1;
        }
    }
    counts.into_values().max().unwrap_or(0)
}

/// How far each item is moved, so that dots of equal value do not hide one another.
pub fn dodged(row: &FigureRow, scale: &Scale, height: f64, lift: Lift) -> Vec<f64> {
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
    let offsets = dodge::dots(&xs, DOT, (height / 2.0 - DOT - ROW_GAP).max(0.0));
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
    let mut bars: BTreeMap<u64, Vec<(f64, f64, usize)>> = BTreeMap::new();
    for (place, item) in row.items.iter().enumerate() {
        if let Form::LiftedBar(from, to, by, _) = item.form {
            let (left, right) = span(scale, (from, to), lift);
            bars.entry(by.to_bits()).or_default().push((left, right, place));
        }
    }
    for all in bars.values_mut() {
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        // Bars of the same month would hide one another. They share the room that a level has.
        for same in all.chunk_by(|a, b| b.0 < a.1) {
            let step = 2.0 * lift.spread / same.len() as f64;
            for (track, (.., place)) in same.iter().enumerate() {
                lifts[*place] = (track as f64 - (same.len() - 1) as f64 / 2.0) * step;
            }
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

/// The colour of a tone on a scale with these positions.
pub fn colour(tone: Tone, positions: &[i32], palette: Palette) -> Rgb {
    match tone {
        Tone::Position(position) => palette.colour(position, positions),
        Tone::Plain(strength) => PLAIN[usize::from(strength).min(PLAIN.len() - 1)],
    }
}
