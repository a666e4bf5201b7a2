//! The paragraphs of a transcript.

use std::ops::Range;

/// The paragraphs of a text: what blank lines part, and each line that `begins` one, given the paragraph before it and the
/// line.
pub fn paragraphs(text: &str, begins: impl Fn(&str, &str) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut start, mut gap) = (0, true);
    for line in text.split_inclusive('\n') {
        let own = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        let range = from..from + own.len();
        match found.last_mut().filter(|last| !gap && !own.is_empty() && !begins(&text[(*last).clone()], own)) {
            Some(last) => last.end = range.end,
            None if !own.is_empty() => found.push(range),
            None => {}
        }
        gap = own.is_empty();
    }
    found
}
