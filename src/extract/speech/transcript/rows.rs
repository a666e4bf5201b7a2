//! The rows of a turn: its words without stage directions, cut where a long turn may be cut.

use std::ops::Range;

use crate::extract::speech::cues::*;

/// From this many bytes on, a row is cut at the next sentence that stands for itself.
const LONG: usize = 600;
/// From this many bytes on, it is cut at the next sentence, whatever it is.
const TOO_LONG: usize = 1500;

/// The rows of a paragraph of a turn: its words without stage directions, cut if it is long. Each row is its spans.
pub fn rows(text: &str, block: Range<usize>, cues: &Cues) -> Vec<Vec<Range<usize>>> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut row: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    for sentence in sentences(text, block) {
        let written = &text[sentence.clone()];
        if is_aside(written) {
            continue;
        }
        let stands = !leans(written, cues);
        if !row.is_empty() && (length > LONG && stands || length > TOO_LONG) {
            rows.push(std::mem::take(&mut row));
            length = 0;
        }
        length += written.len();
        match row.last_mut() {
            Some(last) if text[last.end..sentence.start].trim().is_empty() => last.end = sentence.end,
            _ => row.push(sentence),
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    // "Thank you." is a turn, but a mark alone is none.
    let says = |spans: &Vec<Range<usize>>| spans.iter().any(|span| text[span.clone()].contains(char::is_alphabetic));
    rows.retain(says);
    rows
}

/// The sentences of a paragraph; what stands in brackets of its own is one.
fn sentences(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = block.start;
    let bytes = text[block.clone()].char_indices().map(|(i, c)| (block.start + i, c));
    let mut last = ' ';
    let mut open: Option<(usize, char)> = None;
    let push = |range: Range<usize>, found: &mut Vec<Range<usize>>| {
        let written = &text[range.clone()];
        let from = range.start + (written.len() - written.trim_start().len());
        let to = range.start + written.trim_end().len();
        if from < to {
            found.push(from..to);
        }
    };
    for (at, c) in bytes {
        match (c, open) {
            ('(' | '[', None) if last.is_whitespace() || at == start => {
                open = Some((at, if c == '(' { ')' } else { ']' }));
            }
            (c, Some((from, close))) if c == close => {
                if is_aside(&text[from..at + 1]) {
                    push(start..from, &mut found);
                    push(from..at + 1, &mut found);
                    start = at + 1;
                }
                open = None;
            }
            (c, _) if c.is_uppercase() && last.is_whitespace() && open.is_none_or(|(from, _)| at - from > 200) => {
                let before = text[start..at].trim_end();
                let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
                let initials = word.trim_end_matches('.').chars().count() <= 3
                    && word.ends_with('.')
                    && word.starts_with(char::is_uppercase);
                if before.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '…']) && !initials {
                    push(start..at, &mut found);
                    start = at;
                }
            }
            _ => {}
        }
        last = c;
    }
    push(start..block.end, &mut found);
    found
}

/// Whether words are a stage direction: `(Applause.)`, `[Laughter]`.
fn is_aside(written: &str) -> bool {
    const LONGEST: usize = 120;
    let round = written.starts_with('(') && written.ends_with(')');
    let square = written.starts_with('[') && written.ends_with(']');
    (round || square)
        && written.len() <= LONGEST
        && (square || written[1..].starts_with(char::is_uppercase) || written.len() < 24)
}

/// Whether a sentence leans on the one before: "But it is late."
fn leans(written: &str, cues: &Cues) -> bool {
    let first = written.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or("").to_lowercase();
    let class = cues.class(&first);
    class & (AND | CONTRAST | CONJUNCTION | SUBJECT) != 0 && class & NOBODY == 0
}
