//! Panels of rows: words on the left, a shared scale across, a note on the right.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::chart::axis::Axis;
use crate::chart::dodge;
use crate::chart::figure::{Across, Form, Item, Level, MarkKind, Row, RowPanel, Table, Tone};
use crate::chart::placed::{
    Anchor, Arrow, GUTTER, GUTTER_GAP, Group, Line, MOST_ROW_LINES, PANEL_GAP, Placed, Rect, Shape, Sheet, TICK, Words,
    panel_head,
};
use crate::chart::style::{
    AXIS, FAINT, GRID, GRID_ZERO, INK, MARK_OUTLINE, PLAIN, Rgb, SMALL, SOFT, TIGHT, ink_on, level_colour,
};
use crate::chart::text::{Face, width, wrap_evenly};
use crate::codebook::Position;

/// Height of a row whose words take one line.
const ROW: f64 = 30.0;
/// Height of a row in which marks are lifted.
const TALL_ROW: f64 = 44.0;
/// Height of a bar, and of a range.
const STRETCH: (f64, f64) = (19.0, 6.0);
/// Radius of a dot, and of one that is lifted.
const DOT: (f64, f64) = (5.0, 3.6);
/// Share of half a row's height that a lifted mark may be lifted by.
const LIFT: f64 = 0.66;
/// Free space left of a note.
const NOTE_GAP: f64 = 14.0;
/// Share of the width that notes may take.
const NOTES: f64 = 0.24;
/// About how many pixels lie between two counts that are named.
const BETWEEN_COUNTS: f64 = 90.0;

/// Places panels of rows from `top`; returns them and the lower edge.
pub fn place(table: &Table, sheet: Sheet, top: f64) -> (Vec<Group>, f64) {
    let page = Page::new(table, sheet);
    let mut bottom = top;
    let mut panels = Vec::with_capacity(table.panels.len());
    for (i, panel) in table.panels.iter().enumerate() {
        bottom += if i == 0 { 22.0 } else { PANEL_GAP };
        let (group, end) = page.panel(panel, bottom);
        panels.push(group);
        bottom = end;
    }
    (panels, bottom)
}

/// What all panels share.
struct Page {
    sheet: Sheet,
    left: f64,
    right: f64,
    /// The least and the most count of all panels.
    counts: (f64, f64),
    note_width: f64,
}

impl Page {
    fn new(table: &Table, sheet: Sheet) -> Page {
        let rows = || table.panels.iter().flat_map(|panel| &panel.rows);
        let widest = |words: &dyn Fn(&Row) -> &str, most: f64| {
            let lines = rows().flat_map(|row| wrap_evenly(words(row), sheet.row_face(), most, MOST_ROW_LINES));
            lines.map(|line| width(&line, sheet.row_face())).fold(0.0, f64::max)
        };
        let left_width = widest(&|row| &row.words, sheet.width * GUTTER - sheet.margin - GUTTER_GAP);
        // The head of the notes takes as many lines as it needs, but its longest word has to fit.
        let heads = table.panels.iter().flat_map(|panel| panel.note_head.split_whitespace());
        let head_width = heads.map(|word| width(word, Face::regular(SMALL))).fold(0.0, f64::max);
        let note_width = widest(&|row| &row.note, sheet.width * NOTES).max(head_width);
        let left = (sheet.margin + left_width + GUTTER_GAP).ceil();
        let notes = if note_width > 0.0 { note_width + NOTE_GAP } else { 0.0 };
        let counts = rows().flat_map(|row| &row.items).filter_map(|item| match item.form {
            Form::Stretch(from, to, _) => Some((from.min(to), from.max(to))),
            _ => None,
        });
        let counts = counts.fold((0.0, 0.0), |all: (f64, f64), one| (all.0.min(one.0), all.1.max(one.1)));
        Page { sheet, left, right: sheet.width - sheet.margin - notes, counts, note_width }
    }

    fn panel(&self, panel: &RowPanel, top: f64) -> (Group, f64) {
        let name = [panel.title.trim(), panel.note.trim()].into_iter().filter(|part| !part.is_empty());
        let mut group = Group { name: name.collect::<Vec<_>>().join(": "), ..Group::default() };
        let head = panel_head(&panel.title, &panel.note, &self.sheet, &mut group, top) + 6.0;
        let scale = Scale::new(&panel.across, self);
        let plot_top = scale.place_head(&mut group, head).max(self.note_head(panel, &mut group, head));
        let mut bottom = plot_top;
        let mut middles = Vec::with_capacity(panel.rows.len());
        for row in &panel.rows {
            let height = self.height(row);
            middles.push((bottom + height / 2.0, height));
            bottom += height;
        }
        scale.place_lines(&mut group, (plot_top, bottom));
        for (row, (y, height)) in panel.rows.iter().zip(middles) {
            if lifted(row) {
                let (from, to) = ((self.left, y), (self.right, y));
                group.lines.push(Line { from, to, colour: GRID_ZERO, rule: false });
            }
            self.words(row, &mut group, y);
            self.items(row, panel, &scale, &mut group, (y, height));
        }
        let end = scale.place_foot(self, &mut group, bottom);
        (group, end)
    }

    /// Places what the notes are; returns the lower edge.
    fn note_head(&self, panel: &RowPanel, group: &mut Group, top: f64) -> f64 {
        let face = Face::regular(SMALL);
        let lines = wrap_evenly(&panel.note_head, face, self.note_width.max(1.0), MOST_ROW_LINES);
        let mut bottom = top;
        for text in lines.into_iter().filter(|text| !text.is_empty()) {
            let (x, y) = (self.right + NOTE_GAP, bottom + face.size * TIGHT / 2.0);
            group.words.push(Words { text, x, y, anchor: Anchor::Start, face, colour: FAINT, halo: false });
            bottom += face.size * TIGHT;
        }
        if bottom > top { bottom + 4.0 } else { top }
    }

    fn height(&self, row: &Row) -> f64 {
        let face = self.sheet.row_face();
        let lines = self.lines(&row.words, self.left - GUTTER_GAP - self.sheet.margin).len();
        let lines = lines.max(self.lines(&row.note, self.note_width + 1.0).len());
        let least = if lifted(row) { TALL_ROW } else { ROW };
        (lines as f64 * face.size * TIGHT + 8.0).max(least)
    }

    fn lines(&self, words: &str, most: f64) -> Vec<String> {
        wrap_evenly(words, self.sheet.row_face(), most, MOST_ROW_LINES)
    }

    fn words(&self, row: &Row, group: &mut Group, y: f64) {
        let face = self.sheet.row_face();
        let left = self.lines(&row.words, self.left - GUTTER_GAP - self.sheet.margin);
        let right = self.lines(&row.note, self.note_width + 1.0);
        let sides =
            [(left, self.left - GUTTER_GAP, Anchor::End, INK), (right, self.right + NOTE_GAP, Anchor::Start, SOFT)];
        for (lines, x, anchor, colour) in sides {
            let first = y - lines.len().saturating_sub(1) as f64 / 2.0 * face.size * TIGHT;
            for (i, text) in lines.into_iter().enumerate() {
                let y = first + i as f64 * face.size * TIGHT;
                group.words.push(Words { text, x, y, anchor, face, colour, halo: false });
            }
        }
    }

    fn items(&self, row: &Row, panel: &RowPanel, scale: &Scale, group: &mut Group, (y, height): (f64, f64)) {
        let lifts = dodged(row, scale, height);
        for (item, lift) in row.items.iter().zip(lifts) {
            let Item { form, tone, tooltip } = item;
            let colour = colour(*tone, &panel.positions);
            let mark = |shape: Shape, kind: MarkKind, outline: f64| Placed {
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
                    let rect = bar(*from, *to, STRETCH.0);
                    group.marks.push(mark(Shape::Block(rect), MarkKind::Hand, MARK_OUTLINE));
                    let face = Face::semibold(SMALL);
                    if width(words, face) + 4.0 <= rect.right - rect.left {
                        let (x, text) = (f64::midpoint(rect.left, rect.right), words.clone());
                        let colour = ink_on(colour);
                        group.words.push(Words { text, x, y, anchor: Anchor::Middle, face, colour, halo: false });
                    }
                }
                Form::Range(from, to) => {
                    group.ranges.push((bar(*from, *to, STRETCH.1), colour));
                }
                Form::Arrow(from, to) => {
                    let tooltip = tooltip.clone();
                    group.arrows.push(Arrow { from: (scale.x(*from), y), to: (scale.x(*to), y), colour, tooltip });
                }
                Form::Dot(at, kind) => {
                    group.marks.push(mark(Shape::Dot(scale.x(*at), y + lift, DOT.0), *kind, MARK_OUTLINE));
                }
                Form::Lifted(at, by, kind) => {
                    let up = by.clamp(-1.0, 1.0) * LIFT * height / 2.0;
                    group.marks.push(mark(Shape::Dot(scale.x(*at), y - up + lift, DOT.1), *kind, MARK_OUTLINE));
                }
            }
        }
    }
}

/// Whether a row has marks that are lifted from its line.
fn lifted(row: &Row) -> bool {
    row.items.iter().any(|item| matches!(item.form, Form::Lifted(..)))
}

/// By how much each item is moved so that dots of equal value do not hide one another.
fn dodged(row: &Row, scale: &Scale, height: f64) -> Vec<f64> {
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
    let offsets = dodge::dots(&xs, DOT.0, (height / 2.0 - DOT.0 - 1.0).max(0.0));
    let mut lifts = vec![0.0; row.items.len()];
    for ((place, _), offset) in dots.into_iter().zip(offsets) {
        lifts[place] = offset;
    }
    // Lifted marks of one day and level lie upon one another like coins, each still to be seen.
    let mut piles: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
    for (place, item) in row.items.iter().enumerate() {
        if let Form::Lifted(at, by, _) = item.form {
            piles.entry((at.to_bits(), by.to_bits())).or_default().push(place);
        }
    }
    for pile in piles.values().filter(|pile| pile.len() > 1) {
        let highest = (pile.len() - 1) as f64;
        let apart = (DOT.1).min(2.0 * DOT.1 / highest);
        for (before, place) in pile.iter().enumerate() {
            lifts[*place] = (before as f64 - highest / 2.0) * apart;
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
    Levels(Vec<Level>),
    Counts(f64, f64),
    Days(Axis),
}

impl Scale {
    fn new(across: &Across, page: &Page) -> Scale {
        let kind = match across {
            Across::Levels(levels) => Kind::Levels(levels.clone()),
            Across::Counts => Kind::Counts(page.counts.0, page.counts.1.max(page.counts.0 + 1.0)),
            Across::Days(from, to) => Kind::Days(Axis::new(*from, *to, page.left, page.right)),
        };
        Scale { left: page.left, right: page.right, kind }
    }

    fn x(&self, value: f64) -> f64 {
        match &self.kind {
            Kind::Levels(levels) => {
                let cell = (self.right - self.left) / levels.len().max(1) as f64;
                self.left + (value + 0.5) * cell
            }
            Kind::Counts(low, high) => {
                let pad = 12.0;
                self.left + pad + (value - low) / (high - low) * (self.right - self.left - 2.0 * pad)
            }
            Kind::Days(axis) => {
                NaiveDate::from_num_days_from_ce_opt(value as i32).map_or(self.left, |date| axis.x(date))
            }
        }
    }

    /// The values at which a line runs through the rows.
    fn lines(&self) -> Vec<f64> {
        match &self.kind {
            Kind::Levels(levels) => (0..levels.len()).map(|rank| rank as f64).collect(),
            Kind::Counts(low, high) => {
                let step = step_of((high - low) * BETWEEN_COUNTS / (self.right - self.left));
                let first = (low / step).ceil() as i64;
                (first..).map(|i| i as f64 * step).take_while(|value| *value <= *high).collect()
            }
            Kind::Days(axis) => {
                let days = axis.ticks(Face::regular(SMALL));
                days.iter().map(|tick| f64::from(tick.date.num_days_from_ce())).collect()
            }
        }
    }

    /// Places level words over the rows; returns the rows' upper edge. Where a cell is narrower than a
    /// word, the levels' numbers stand there, and only the ends have words.
    fn place_head(&self, group: &mut Group, top: f64) -> f64 {
        let Kind::Levels(levels) = &self.kind else { return top };
        let face = Face::regular(SMALL);
        let cell = (self.right - self.left) / levels.len().max(1) as f64 - 6.0;
        let narrow =
            levels.iter().flat_map(|level| level.words.split_whitespace()).any(|word| width(word, face) > cell);
        let mut put = |heads: Vec<(Vec<String>, f64, Anchor)>, top: f64| -> f64 {
            let most = heads.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
            let line = face.size * TIGHT;
            for (lines, x, anchor) in heads {
                let first = top + (most - lines.len()) as f64 * line + line / 2.0;
                for (i, text) in lines.into_iter().enumerate() {
                    let y = first + i as f64 * line;
                    group.words.push(Words { text, x, y, anchor, face, colour: SOFT, halo: false });
                }
            }
            top + most as f64 * line + 4.0
        };
        let over = |lines: &dyn Fn(&Level) -> Vec<String>| {
            let head = |(rank, level): (usize, &Level)| (lines(level), self.x(rank as f64), Anchor::Middle);
            levels.iter().enumerate().map(head).collect()
        };
        if !narrow {
            return put(over(&|level| wrap_evenly(&level.words, face, cell, MOST_ROW_LINES)), top);
        }
        let half = (self.right - self.left) / 2.0 - 6.0;
        let end = |level: Option<&Level>, x: f64, anchor: Anchor| {
            level.map(|level| (wrap_evenly(&level.words, face, half, MOST_ROW_LINES), x, anchor))
        };
        let ends = [
            end(levels.first(), self.left, Anchor::Start),
            end(levels.last().filter(|_| levels.len() > 1), self.right, Anchor::End),
        ];
        let below = put(ends.into_iter().flatten().collect(), top);
        put(over(&|level| vec![Position(level.position).to_string()]), below)
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
    fn place_foot(&self, page: &Page, group: &mut Group, bottom: f64) -> f64 {
        let face = Face::regular(SMALL);
        let line = face.size * TIGHT;
        let first = bottom + TICK + 3.0 + line / 2.0;
        let mut put = |text: String, x: f64, y: f64| {
            group.words.push(Words { text, x, y, anchor: Anchor::Middle, face, colour: SOFT, halo: false });
        };
        let end = match &self.kind {
            Kind::Levels(_) => return bottom,
            Kind::Counts(..) => {
                for value in self.lines() {
                    put(format!("{}", value.abs()), self.x(value), first);
                }
                bottom + TICK + 3.0 + line
            }
            Kind::Days(axis) => {
                let ticks = axis.ticks(face);
                for tick in &ticks {
                    for (i, text) in std::iter::once(&tick.label).chain(&tick.year).enumerate() {
                        put(text.clone(), tick.x, first + i as f64 * line);
                    }
                }
                let lines = if ticks.iter().any(|tick| tick.year.is_some()) { 2.0 } else { 1.0 };
                bottom + TICK + 3.0 + lines * line
            }
        };
        let from = (page.left, bottom);
        group.lines.push(Line { from, to: (page.right, bottom), colour: AXIS, rule: false });
        end
    }
}

/// The smallest round step of at least so much: 1, 2 or 5 times a power of ten.
fn step_of(least: f64) -> f64 {
    let steps = (0..9).flat_map(|tens| [1.0, 2.0, 5.0].map(|n| n * 10_f64.powi(tens)));
    steps.into_iter().find(|step| *step >= least).unwrap_or(1e9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::{Body, Companion, Figure, KeyEntry};
    use crate::chart::layout::layout;
    use crate::chart::placed::Layout;

    const WIDTHS: [u32; 6] = [320, 360, 480, 800, 1200, 4000];

    fn item(form: Form) -> Item {
        Item { form, tone: Tone::Position(1), tooltip: "a tooltip".to_owned() }
    }

    fn figure(across: Across, rows: Vec<Row>) -> Figure {
        let panel = RowPanel {
            title: "Sanctions on Russia".to_owned(),
            note: "32 statements by 10 speakers".to_owned(),
            across,
            positions: vec![-2, -1, 0, 1, 2],
            note_head: "statements, mean".to_owned(),
            rows,
        };
        Figure {
            title: "All speakers: no lasting shift was found".to_owned(),
            subtitle: "Mean positions before and after.".to_owned(),
            key: vec![
                KeyEntry::Arrow("a shift, from the mean before to the mean after".to_owned()),
                KeyEntry::Tone(Tone::Plain(0), Vec::new(), "where nine means of ten would lie".to_owned()),
                KeyEntry::Span("within these days the position shifted".to_owned()),
            ],
            body: Body::Rows(Table { panels: vec![panel.clone(), panel] }),
            footer: vec!["Source: a corpus.".to_owned()],
            description: String::new(),
            companion: Companion::default(),
        }
    }

    fn levels() -> Across {
        let words = ["Totale Kapitulation", "Swaps", "Повне відновлення суверенітету", "ŞİĞÜÖÇ", "Full"];
        let level = |(rank, words): (usize, &&str)| Level { position: rank as i32 - 2, words: (*words).to_owned() };
        Across::Levels(words.iter().enumerate().map(level).collect())
    }

    fn rows(forms: &[Form]) -> Vec<Row> {
        let names = ["Ursula von der Leyen", "Donaudampfschifffahrtsgesellschaftskapitän", "Volodymyr Zelensky", ""];
        let row = |name: &&str| Row {
            words: (*name).to_owned(),
            note: "+1.2 levels, 8 Jul to 1 Aug".to_owned(),
            items: forms.iter().cloned().map(item).collect(),
        };
        names.iter().map(row).collect()
    }

    fn words_are_apart(layout: &Layout) {
        let groups = std::iter::once(&layout.frame).chain(&layout.panels);
        let boxes: Vec<(&str, Rect)> = groups
            .flat_map(|group| &group.words)
            .map(|words| {
                let (wide, size) = (width(&words.text, words.face), words.face.size);
                let left = match words.anchor {
                    Anchor::Start => words.x,
                    Anchor::Middle => words.x - wide / 2.0,
                    Anchor::End => words.x - wide,
                };
                let (top, bottom) = (words.y - 0.5 * size, words.y + 0.6 * size);
                (words.text.as_str(), Rect { left, top, right: left + wide, bottom })
            })
            .collect();
        for (i, (text, a)) in boxes.iter().enumerate() {
            assert!(a.left >= 0.0 && a.right <= layout.width, "{text} {a:?} at {}", layout.width);
            assert!(a.top >= 0.0 && a.bottom <= layout.height, "{text} {a:?}");
            for (other, b) in &boxes[..i] {
                let apart = a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
                assert!(apart, "{text} {a:?} on {other} {b:?} at width {}", layout.width);
            }
        }
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
                words_are_apart(&layout(&figure(across, rows(&forms)), width).unwrap());
            }
        }
    }

    #[test]
    fn values_lie_where_the_scale_puts_them() {
        let forms = [Form::Stretch(-2.0, 0.0, "2".into()), Form::Stretch(0.0, 6.0, "6".into())];
        let placed = layout(&figure(Across::Counts, rows(&forms)), 1200).unwrap();
        let blocks: Vec<Rect> = placed.panels[0]
            .marks
            .iter()
            .map(|mark| match mark.shape {
                Shape::Block(rect) => rect,
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
        let placed = layout(&figure(levels(), rows(&forms)), 800).unwrap();
        let (Shape::Dot(_, a, _), Shape::Dot(_, b, _)) =
            (placed.panels[0].marks[0].shape, placed.panels[0].marks[1].shape)
        else {
            panic!("dots")
        };
        assert!((a - b).abs() >= 2.0 * DOT.0);
    }

    #[test]
    fn a_panel_without_rows_is_placed() {
        for across in [levels(), Across::Counts, Across::Levels(Vec::new())] {
            words_are_apart(&layout(&figure(across, Vec::new()), 360).unwrap());
        }
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 1.0, 1.5, 3.0, 7.0, 12.0].map(step_of), [1.0, 1.0, 2.0, 5.0, 10.0, 20.0]);
    }
}
