//! Panels of rows: words on the left, a shared scale in the middle, and a note on the right.

use crate::chart::draw::face::Face;
use crate::chart::draw::placed::{GUTTER, GUTTER_GAP, Group, LeftOut, MOST_ROW_LINES, PANEL_GAP, Plots, Sheet};
use crate::chart::draw::style::{SMALL, TIGHT};
use crate::chart::figure::{Calendar, FigureRow, Form, RowChart, RowPanel, Sharing};
use crate::error::{Error, Result};

mod kept;
mod scale;
mod items;
mod panel;

pub use items::colour;

use items::{lifted, piled};
use kept::{Kept, going};

/// The height of a row whose words take one line.
const ROW: f64 = 30.0;
/// The height of a row with lifted marks.
const TALL_ROW: f64 = 64.0;
/// The height that each of several dots of one value adds to a row.
const PILED: f64 = 11.0;
/// What the ends of such a pile take, together.
const PILE_ENDS: f64 = 9.0;
/// The most that a pile makes a row high. Higher piles overlap.
const TALLEST: f64 = 180.0;
/// Free space left of a note.
const NOTE_GAP: f64 = 14.0;
/// The share of the width that notes may take.
const NOTES: f64 = 0.24;

/// The lowest and the highest a row may be in a given height, as a share of its suitable height.
const SQUEEZE: (f64, f64) = (0.45, 3.2);
/// The smallest width of a plot beside others.
const COLUMN: f64 = 190.0;
/// The same, if a given height has no room for plots above one another.
const COLUMN_LEAST: f64 = 72.0;
/// Pixels between panels beside one another.
const COLUMN_GAP: f64 = 26.0;

/// Places panels of rows from `top`, down to `foot` if a height is given.
///
/// # Errors
/// [`Error::Draw`] if the panels lack the rows that they should share.
pub fn place(table: &RowChart, calendar: &Calendar, sheet: Sheet<'_>, top: f64, foot: Option<f64>) -> Result<Plots> {
    let rows = table.panels.first().map_or(0, |panel| panel.rows.len());
    if table.sharing != Sharing::Own && table.panels.iter().any(|panel| panel.rows.len() != rows) {
        return Err(Error::Draw("panels that should share their rows have different numbers of rows".to_owned()));
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
    // With fewer rows the picture is lower, so the most rows that fit can be found by bisection.
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
    // Nothing fits. The closest arrangement says how much height is needed.
    let least = if most > 1 { Kept::heaviest(&order, 1) } else { Kept::All };
    let lowest = pages.iter().map(|page| page.place(top, &least)).min_by(|a, b| a.bottom.total_cmp(&b.bottom));
    Ok(lowest.unwrap_or_default())
}

/// Where panels are, and how their rows are set.
struct Page<'p> {
    table: &'p RowChart,
    calendar: &'p Calendar,
    sheet: Sheet<'p>,
    /// The columns of panels, from left to right.
    columns: Vec<Column>,
    /// Width of the words left of the first column.
    words_width: f64,
    note_width: f64,
    /// The lowest and the highest count of all panels.
    counts: (f64, f64),
    /// The height of rows, as a share of their suitable height.
    squeeze: f64,
}

/// The plot of panels above one another.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Where panel heads begin and end.
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

    /// Panels beside one another, if they share their rows and there is enough room for each plot.
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

    /// The room for notes right of a plot.
    fn notes(&self) -> f64 {
        if self.note_width > 0.0 { self.note_width + NOTE_GAP } else { 0.0 }
    }

    /// Whether panels are beside one another.
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

    /// The heights of a panel's rows. If panels are beside one another, a row is as high as its highest.
    fn heights(&self, panel: usize, kept: &Kept, squeeze: f64) -> Vec<f64> {
        let heights_of = |panel: usize| -> Vec<f64> {
            self.rows(panel, kept).into_iter().map(|row| self.height(row, squeeze)).collect()
        };
        if !self.is_beside() {
            return heights_of(panel);
        }
        let by_panel: Vec<Vec<f64>> = (0..self.table.panels.len()).map(heights_of).collect();
        let count = by_panel.iter().map(Vec::len).min().unwrap_or(0);
        (0..count).map(|row| by_panel.iter().map(|heights| heights[row]).fold(0.0, f64::max)).collect()
    }

    /// Places the panels from `top`, each with the rows that are kept.
    fn place(&self, top: f64, kept: &Kept) -> Plots {
        let mut plots = Plots { bottom: top + 22.0, ..Plots::default() };
        let mut dropped = 0;
        // Plots beside one another begin at the same height, and so does what is above them.
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

    fn height(&self, row: &FigureRow, squeeze: f64) -> f64 {
        let face = self.sheet.row_face();
        let lines = self.lines(&row.words, self.words_width + 1.0).len();
        let lines = lines.max(self.lines(&row.note, self.note_width + 1.0).len());
        let suits = if lifted(row) { TALL_ROW } else { (PILED * piled(row) as f64 + PILE_ENDS).clamp(ROW, TALLEST) };
        (suits * squeeze).max(lines as f64 * face.size * TIGHT + 8.0 * squeeze.min(1.0))
    }

    fn lines(&self, words: &str, most: f64) -> Vec<String> {
        self.sheet.fonts.wrap_evenly(words, self.sheet.row_face(), most, MOST_ROW_LINES)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::*;
    use crate::chart::draw::dress::Dress;
    use crate::chart::draw::face::Fonts;
    use crate::chart::draw::layout::layout;
    use crate::chart::draw::placed::{Layout, MarkShape, Rect, Size, text_box};
    use crate::chart::draw::rows::items::{DOT, Lift, dodged};
    use crate::chart::draw::rows::scale::Scale;
    use crate::chart::figure::{Across, Body, Companion, Figure, KeyEntry, LevelTick, MarkKind, RowItem, Tone};
    use crate::chart::locale::{ChartLanguage, Locale};

    const WIDTHS: [u32; 6] = [320, 360, 480, 800, 1200, 4000];

    fn item(form: Form) -> RowItem {
        RowItem::plain(form, Tone::Position(1), "a tooltip".to_owned())
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
            caution: Vec::new(),
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
            method: Companion::default(),
            lead: None,
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
        layout(figure, Size { width: f64::from(width), height: None }, &Fonts::embedded(), &Dress::default()).unwrap()
    }

    #[test]
    fn panels_with_the_same_rows_are_side_by_side_if_there_is_room() {
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
        assert!(layout(&uneven, Size { width: 1200.0, height: None }, &Fonts::embedded(), &Dress::default()).is_err());
    }

    #[test]
    fn a_given_height_is_kept_and_rows_that_go_are_counted() {
        let mut figure =
            figure(levels(), rows(&[Form::Dot(2.0, MarkKind::Rules)]).into_iter().cycle().take(24).collect());
        let natural = set(&figure, 800).height;
        for (height, goes) in [(natural + 200.0, false), (natural - 100.0, false), (0.4 * natural, true)] {
            let layout =
                layout(&figure, Size { width: 800.0, height: Some(height) }, &Fonts::embedded(), &Dress::default())
                    .unwrap();
            assert_eq!(layout.height, height);
            assert_eq!(!layout.left_out.is_empty(), goes, "{height} of {natural}: {:?}", layout.left_out);
            let said = layout.groups().flat_map(|group| &group.words).any(|words| words.text.ends_with(" more"));
            assert_eq!(said, goes);
            words_are_apart(&layout);
        }
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        let all = std::mem::take(&mut table.more);
        let refusal =
            layout(&figure, Size { width: 800.0, height: Some(100.0) }, &Fonts::embedded(), &Dress::default());
        let refusal = refusal.expect_err("too low").to_string();
        let number = refusal.split("needs ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
        let needs: f64 = number.expect("a number").parse().expect("a number");
        let at = |figure: &Figure, height: f64| {
            layout(figure, Size { width: 800.0, height: Some(height) }, &Fonts::embedded(), &Dress::default())
        };
        assert!(at(&figure, needs).is_ok() && at(&figure, needs - 3.0).is_err(), "{refusal}");
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        table.more = all;
        let needed = at(&figure, 100.0).expect_err("too low").to_string();
        assert!(needed != refusal, "with rows that may go, less height is needed: {needed}");
        let Body::Rows(table) = &mut figure.body else { panic!("rows") };
        table.more = Vec::new();
        assert!(
            layout(&figure, Size { width: 800.0, height: Some(400.0) }, &Fonts::embedded(), &Dress::default()).is_err()
        );
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
        // Shared rows are weighed together, and dropped from both panels.
        table.sharing = Sharing::SameOrNone;
        table.panels[1].rows[3].weight = (false, 30);
        assert_eq!(going(table), vec![[1, 4, 5, 0, 3, 2]; 2]);
        let names = |layout: &Layout| -> Vec<String> {
            let words = layout.panels.iter().flat_map(|panel| &panel.words);
            words.map(|words| words.text.clone()).filter(|text| text.starts_with("Speaker")).collect()
        };
        let mut seen = 0;
        for height in (240..700).step_by(20).map(f64::from) {
            let Ok(low) =
                layout(&figure, Size { width: 480.0, height: Some(height) }, &Fonts::embedded(), &Dress::default())
            else {
                continue;
            };
            // Panels beside one another have their words once; panels above one another each have them.
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
}
