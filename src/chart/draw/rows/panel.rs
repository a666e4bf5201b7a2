//! What is in and around the rows of one panel: title, heads, words, notes and the lines of the scale.

use crate::chart::draw::face::Face;
use crate::chart::draw::placed::{Anchor, GUTTER_GAP, Group, Line, MOST_ROW_LINES, TextLine, panel_head, stack};
use crate::chart::draw::rows::items::lifted;
use crate::chart::draw::rows::kept::Kept;
use crate::chart::draw::rows::scale::Scale;
use crate::chart::draw::rows::{Column, NOTE_GAP, Page};
use crate::chart::draw::style::{FAINT, GRID, GRID_ZERO, INK, LEADING, SMALL, SOFT, TIGHT};
use crate::chart::figure::{Across, FigureRow, RowPanel};

impl Page<'_> {
    /// Says below the panels how many rows are not drawn; returns the lower edge.
    pub fn say_more(&self, count: usize, panels: &mut [Group], top: f64) -> f64 {
        let (Some(text), Some(group)) = (self.table.more.get(count), panels.last_mut()) else { return top };
        let face = self.sheet.note_face();
        let lines = self.sheet.fonts.wrap_at_most(text, face, self.sheet.inner(), MOST_ROW_LINES);
        stack(group, lines, (self.sheet.margin, top + 8.0), face, LEADING, SOFT)
    }

    /// Places a panel's title and note; returns their lower edge.
    pub fn title(&self, panel: &RowPanel, column: Column, group: &mut Group, top: f64) -> f64 {
        panel_head((&panel.title, &panel.note), &self.sheet, group, column.head, top) + 6.0
    }

    /// Places the names of a panel's values and notes; returns the plot's upper edge.
    pub fn head(&self, panel: &RowPanel, column: Column, group: &mut Group, top: f64) -> f64 {
        let scale = Scale::new(&panel.across, self, column);
        scale.place_head(self.sheet.fonts, group, top).max(self.note_head(panel, column, group, top))
    }

    /// Places a panel's rows and their scale; returns the lower edge.
    pub fn panel(&self, place: usize, column: Column, group: &mut Group, top: f64, kept: &Kept, words: bool) -> f64 {
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

    /// Places the head of the notes; returns the lower edge.
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

    /// Places a row's note, and its words unless the plot to its left has them.
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
}
