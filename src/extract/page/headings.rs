//! Interviews whose questions are headings, which the article of a page often loses. Three or more headings that end in a
//! question mark become paragraphs.

use std::ops::Range;

use crate::extract::page::tags::{Tags, decoded};

/// The fewest questions.
const FEWEST: usize = 3;

/// The page with such headings as paragraphs; `None` if it has too few.
pub fn plain_headings(html: &str) -> Option<String> {
    const HEADINGS: &[&str] = &["h2", "h3", "h4", "h5"];
    if !html.contains("?</h") {
        return None;
    }
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for tag in Tags::new(html) {
        if !tag.is_one_of(HEADINGS) {
            continue;
        }
        match open.take() {
            _ if !tag.closes => open = Some(tag.range),
            Some(from) if decoded(&html[from.end..tag.range.start]).trim_end().ends_with('?') => {
                found.push((from, tag.range));
            }
            _ => {}
        }
    }
    if found.len() < FEWEST {
        return None;
    }
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (open, close) in found {
        out += &html[at..open.start];
        out += "<p>";
        out += &html[open.end..close.start];
        out += "</p>";
        at = close.end;
    }
    out += &html[at..];
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_paragraphs_if_there_are_several() {
        let one = "<h3 class='a'>Why <i>now</i>?</h3><p>It is late.</p><h3>Read more</h3>";
        assert_eq!(plain_headings(one), None);
        let told = plain_headings(&one.repeat(3)).unwrap();
        assert_eq!(told, "<p>Why <i>now</i>?</p><p>It is late.</p><h3>Read more</h3>".repeat(3));
        assert_eq!(plain_headings("<h2>Why?</h2><h2>Why?</h2><h2>Why?"), None);
    }
}
