//! Finds where quotation marks open and close.
//!
//! The marks of a block (a paragraph) are paired within it: an open mark is never closed beyond the
//! block, so that a mistake in one paragraph cannot swallow the next.

use std::ops::Range;

use crate::extract::speech::cues::Cues;

/// The text between two quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedStretch {
    /// From the opening mark to the closing mark, including both, in bytes.
    pub outer: Range<usize>,
    /// The text between the marks.
    pub inner: Range<usize>,
    /// How many other quotations it is inside.
    pub depth: usize,
    /// Whether a mark closes it, and not the end of its block.
    pub closed: bool,
    /// What kind of marks it has.
    pub marks: Marks,
    /// Whether it goes on with what was said before the narrator came between.
    pub goes_on: bool,
}

/// A kind of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// "…", “…”, „…“, ''…''
    Double,
    /// '…', ‘…’, ‚…‘
    Single,
    /// «…», »…«
    Angled,
    /// ‹…›, ›…‹
    SingleAngled,
    /// — …, at the beginning of a paragraph.
    Dash,
}

/// What the shape of a mark alone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opens,
    Closes,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    marks: Marks,
    shape: Shape,
    character: char,
}

/// How far ahead to look for a closing mark, in bytes, to distinguish it from a possessive.
const LOOK_AHEAD: usize = 300;

/// How many open marks to examine for the one that is closed.
const DEEPEST: usize = 64;

/// Finds the quotations in a block of text, in the order in which they begin.
pub fn quotations(text: &str, block: Range<usize>, cues: &Cues) -> Vec<QuotedStretch> {
    let mut pairing = Pairing { text, block: block.clone(), cues, open: Vec::new(), found: Vec::new() };
    let mut at = block.start;
    while let Some(mark) = next_mark(text, at..block.end) {
        at = mark.end;
        pairing.take(mark);
    }
    pairing.finish()
}

/// The kind of quotation that a block can open with; `None` if it begins with no such mark.
pub fn opens_with(text: &str, block: Range<usize>) -> Option<Marks> {
    let mark = next_mark(text, block.clone())?;
    (mark.at == block.start && mark.shape != Shape::Closes).then_some(mark.marks)
}

struct Pairing<'t> {
    text: &'t str,
    block: Range<usize>,
    cues: &'t Cues,
    open: Vec<Mark>,
    found: Vec<QuotedStretch>,
}

impl Pairing<'_> {
    fn take(&mut self, mark: Mark) {
        match mark.marks {
            Marks::Double => self.take_double(mark),
            Marks::Single => self.take_single(mark),
            Marks::Angled | Marks::SingleAngled | Marks::Dash => self.take_angled(mark),
        }
    }

    fn take_double(&mut self, mark: Mark) {
        let (before, after) = self.around(&mark);
        let Some(open) = self.last_open(|open| open.marks == Marks::Double) else {
            // A mark after a letter or a digit does not open anything: 6'2", <a href="…">.
            let may_open = before.is_none_or(|c| !c.is_alphanumeric() && c != '=' && c != '\'');
            let has_words = after.is_some_and(|c| !c.is_whitespace());
            // 'One mark opens," and another closes.
            let single = self.last_open(|open| open.marks == Marks::Single && open.at == self.block.start);
            if let Some(single) = single.filter(|_| before.is_some_and(|c| matches!(c, ',' | '.' | '!' | '?'))) {
                return self.close(single, mark);
            }
            // A closing mark that can only open: ”We …, at the beginning or after a space.
            let turned = before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric);
            if (mark.shape != Shape::Closes || turned) && has_words && (may_open || mark.shape == Shape::Opens) {
                self.open.push(mark);
            }
            return;
        };
        let tight_before = before.is_some_and(|c| !c.is_whitespace());
        let tight_after = after.is_some_and(|c| c.is_alphanumeric());
        let opening = !tight_before && after.is_some_and(|c| !c.is_whitespace())
            || before.is_some_and(|c| matches!(c, '(' | '['));
        let low = self.open[open].character == '„';
        match mark.shape {
            Shape::Closes => self.close(open, mark),
            Shape::Opens if low && mark.character == '“' => self.close(open, mark),
            // A curly mark in the wrong direction: “Not so,“ he said.
            Shape::Opens if tight_before && !tight_after => self.close(open, mark),
            Shape::Opens => self.open.push(mark),
            Shape::Either if opening && self.open[open].shape == Shape::Either && self.nests(&mark) => {
                self.open.push(mark);
            }
            Shape::Either if opening && self.open[open].shape == Shape::Either => {
                // The previous mark was never closed. It is dropped, with everything open inside it.
                self.open.truncate(open);
                self.open.push(mark);
            }
            Shape::Either if opening => self.open.push(mark),
            Shape::Either => self.close(open, mark),
        }
    }

    /// Whether straight marks are within straight marks: "It is "over" now." Then two marks close, one after the
    /// other, before another one opens.
    fn nests(&self, mark: &Mark) -> bool {
        const FEW: usize = 8;
        let mut at = mark.end;
        for closed in 0..2 {
            let Some(next) = next_mark(self.text, at..self.block.end.min(self.boundary(mark.end + LOOK_AHEAD)))
                .filter(|next| next.shape == Shape::Either && next.marks == Marks::Double)
            else {
                return false;
            };
            let (before, after) = self.around(&next);
            let closes = before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(char::is_alphanumeric);
            let words = self.text[mark.end..next.at].split_whitespace().count();
            // What is within is short, and what is around it goes on behind it.
            if !closes || closed == 0 && (words > FEW || self.text[..next.at].ends_with(['.', ',', '!', '?'])) {
                return false;
            }
            at = next.end;
        }
        true
    }

    fn boundary(&self, at: usize) -> usize {
        (at.min(self.text.len())..=self.text.len())
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(self.text.len())
    }

    fn take_single(&mut self, mark: Mark) {
        let (before, after) = self.around(&mark);
        let word_before = before.is_some_and(char::is_alphanumeric);
        let word_after = after.is_some_and(char::is_alphanumeric);
        // An apostrophe: don't, '90s, rock 'n' roll.
        if word_before && word_after {
            return;
        }
        // A quotation in single marks does not extend beyond the double marks around it.
        let floor = self.last_open(|open| open.marks != Marks::Single).map_or(0, |outer| outer + 1);
        let open = self.last_open(|open| open.marks == Marks::Single).filter(|open| *open >= floor);
        let tight = before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '“' | '"' | '—' | '–'));
        if let Some(open) = open {
            if mark.shape != Shape::Opens && tight && !word_after && !self.possessive(&mark, before, after) {
                return self.close(open, mark);
            }
            if mark.character == '‘' && self.open[open].character == '‚' {
                return self.close(open, mark);
            }
        }
        let opens = mark.shape != Shape::Closes && !tight && after.is_some_and(|c| !c.is_whitespace());
        if opens && !self.elided(&mark) {
            if let Some(open) = open {
                self.open.truncate(open);
            }
            self.open.push(mark);
        }
    }

    fn take_angled(&mut self, mark: Mark) {
        match self.last_open(|open| open.marks == mark.marks) {
            Some(open) if self.open[open].character != mark.character => self.close(open, mark),
            _ => self.open.push(mark),
        }
    }

    /// The innermost open mark of a kind, as deep as people nest marks.
    fn last_open(&self, fits: impl Fn(&Mark) -> bool) -> Option<usize> {
        (0..self.open.len()).rev().take(DEEPEST).find(|i| fits(&self.open[*i]))
    }

    fn close(&mut self, open: usize, mark: Mark) {
        let opening = self.open[open];
        self.open.truncate(open);
        self.add(opening, mark.at, mark.end, true);
    }

    fn add(&mut self, opening: Mark, inner_end: usize, outer_end: usize, closed: bool) {
        self.found.push(QuotedStretch {
            outer: opening.at..outer_end,
            inner: opening.end..inner_end,
            depth: 0,
            closed,
            marks: opening.marks,
            goes_on: false,
        });
    }

    /// Anything still open ends with the block, unless it was a mistake.
    fn finish(mut self) -> Vec<QuotedStretch> {
        let open = std::mem::take(&mut self.open);
        // Only the outermost quotation can continue. Open single marks were apostrophes, unless the
        // block has only those.
        if let Some(opening) = open.first().copied() {
            let begins_block = opening.at == self.block.start;
            let holds_another =
                self.found.iter().any(|other| other.outer.start > opening.at && other.marks == opening.marks);
            let slip = !begins_block && (holds_another || opening.marks != Marks::Double);
            if !slip && opening.end < self.block.end {
                self.add(opening, self.block.end, self.block.end, false);
            }
        }
        self.found.sort_by_key(|quotation| (quotation.outer.start, std::cmp::Reverse(quotation.outer.end)));
        let mut ends: Vec<usize> = Vec::new();
        for quotation in &mut self.found {
            while ends.last().is_some_and(|end| *end <= quotation.outer.start) {
                ends.pop();
            }
            quotation.depth = ends.len();
            ends.push(quotation.outer.end);
        }
        self.found
    }

    fn around(&self, mark: &Mark) -> (Option<char>, Option<char>) {
        let before = self.text[self.block.start..mark.at].chars().next_back();
        (before, self.text[mark.end..self.block.end].chars().next())
    }

    /// Whether a mark after an s is a possessive: the workers’ rights. It is one if a better closing
    /// mark follows.
    fn possessive(&self, mark: &Mark, before: Option<char>, after: Option<char>) -> bool {
        if !before.is_some_and(|c| matches!(c, 's' | 'S')) || after != Some(' ') {
            return false;
        }
        let mut end = self.block.end.min(mark.end + LOOK_AHEAD);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let mut last = ' ';
        for c in self.text[mark.end..end].chars() {
            match c {
                '’' | '\'' if matches!(last, '.' | ',' | '!' | '?') => return true,
                '‘' | '“' | '”' | '"' => return false,
                _ => last = c,
            }
        }
        false
    }

    /// Whether a mark stands for omitted letters: '90s, 'em.
    fn elided(&self, mark: &Mark) -> bool {
        let rest = &self.text[mark.end..self.block.end];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..end];
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 2 && matches!(&word[2..], "" | "s") || self.cues.is_elision(word)
    }
}

/// The next quotation mark in a range.
fn next_mark(text: &str, within: Range<usize>) -> Option<Mark> {
    let bytes = text.as_bytes();
    let mut at = within.start;
    while at < within.end {
        let (length, marks, shape, character) = match bytes[at] {
            b'"' => (1, Marks::Double, Shape::Either, '"'),
            b'\'' if bytes[at..within.end].starts_with(b"''") => (2, Marks::Double, Shape::Either, '"'),
            b'`' if bytes[at..within.end].starts_with(b"``") => (2, Marks::Double, Shape::Opens, '“'),
            b'\'' => (1, Marks::Single, Shape::Either, '\''),
            0xC2 if bytes[at + 1] == 0xAB => (2, Marks::Angled, Shape::Either, '«'),
            0xC2 if bytes[at + 1] == 0xBB => (2, Marks::Angled, Shape::Either, '»'),
            0xE2 if bytes[at + 1] == 0x80 => match bytes[at + 2] {
                0x98 => (3, Marks::Single, Shape::Opens, '‘'),
                0x99 => (3, Marks::Single, Shape::Closes, '’'),
                0x9A => (3, Marks::Single, Shape::Opens, '‚'),
                0x9B => (3, Marks::Single, Shape::Opens, '‛'),
                0x9C => (3, Marks::Double, Shape::Opens, '“'),
                0x9D => (3, Marks::Double, Shape::Closes, '”'),
                0x9E => (3, Marks::Double, Shape::Opens, '„'),
                0x9F => (3, Marks::Double, Shape::Opens, '‟'),
                0xB9 => (3, Marks::SingleAngled, Shape::Either, '‹'),
                0xBA => (3, Marks::SingleAngled, Shape::Either, '›'),
                _ => {
                    at += 3;
                    continue;
                }
            },
            _ => {
                at += 1;
                continue;
            }
        };
        return Some(Mark { at, end: at + length, marks, shape, character });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, usize, bool)> {
        let all = quotations(text, 0..text.len(), &Cues::english());
        all.iter().map(|q| (&text[q.inner.clone()], q.depth, q.closed)).collect()
    }

    #[test]
    fn marks_of_every_kind_are_paired() {
        for text in [
            "He said “we agree” now.",
            "He said \"we agree\" now.",
            "He said ‘we agree’ now.",
            "He said 'we agree' now.",
            "Er sagte „we agree“ now.",
            "Il dit «we agree» now.",
            "Er sagte »we agree« now.",
            "He said ''we agree'' now.",
            "He said ``we agree'' now.",
            "Er sagte ‚we agree‘ now.",
            "Il dit ‹we agree› now.",
            "Er sagte ›we agree‹ now.",
        ] {
            assert_eq!(found(text), [("we agree", 0, true)], "{text}");
        }
    }

    #[test]
    fn apostrophes_inches_and_decades_are_no_quotations() {
        for text in [
            "The '90s weren't the party's best years, said the Joneses' son.",
            "He is 6'2\" tall and doesn't mind.",
            "The workers’ rights and the voters’ will are one’s own in the ’60s.",
            "Rock 'n' roll got 'em going.",
            "<img alt=\"none\" src=\"x\">",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_possessive_does_not_close_single_marks() {
        assert_eq!(
            found("‘We will not give up the farmers’ land,’ she said."),
            [("We will not give up the farmers’ land,", 0, true)]
        );
    }

    #[test]
    fn nested_quotations_know_how_deep_they_are() {
        let text = "“He told me, ‘It is “over” now,’ and left,” she said.";
        let depths: Vec<usize> = found(text).iter().map(|q| q.1).collect();
        assert_eq!(depths, [0, 1, 2]);
        assert_eq!(found(text)[1].0, "It is “over” now,");
    }

    #[test]
    fn a_mark_left_open_ends_with_the_block() {
        assert_eq!(found("“We will go on. And on."), [("We will go on. And on.", 0, false)]);
        assert_eq!(found("\"One, he said. \"Two,\" he added."), [("Two,", 0, true)]);
        assert_eq!(found("A word” that closes nothing."), []);
    }

    #[test]
    fn a_curly_mark_turned_the_wrong_way_closes() {
        assert_eq!(found("“Not so,“ he said. “Never.”"), [("Not so,", 0, true), ("Never.", 0, true)]);
        assert_eq!(found("”Not so,” he said."), [("Not so,", 0, true)]);
    }

    #[test]
    fn ten_thousand_nested_marks_take_no_time() {
        let text = "“a ".repeat(10_000) + &"”".repeat(10_000);
        assert_eq!(found(&text).len(), 10_000);
        let open = "“a ‘b ".repeat(10_000);
        assert!(found(&open).len() <= 1);
    }
}
