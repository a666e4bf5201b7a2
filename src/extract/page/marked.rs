//! Pages whose elements say what marks and lines say in a text: `<q>` and `<blockquote>` are quotations, and `<time>`
//! or a heading above an entry of a live page is the entry's day. They are written as marks and lines, because the
//! article keeps only its text.

use crate::extract::page::metadata::day;
use crate::extract::page::tags::{Tags, decoded};

/// The fewest words of a block quotation. Shorter ones are labels.
const FEWEST_WORDS: usize = 4;
/// The longest heading, in bytes, that is a day.
const LONGEST_DAY: usize = 60;

/// The page with its quotations in quotation marks, and the days of entries as paragraphs.
pub fn marked(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 32);
    let mut tags = Tags::new(html).peekable();
    let (mut at, mut quoting) = (0, 0usize);
    // Where the last closing mark is, while nothing but the next paragraph of its block quotation has come.
    let mut closing: Option<usize> = None;
    while let Some(tag) = tags.next() {
        let text = &html[at..tag.range.start];
        if quoting > 0 {
            quote(text, &mut out, &mut closing)
        } else {
            out.push_str(text)
        }
        at = tag.range.end;
        let own = &html[tag.range.clone()];
        if quoting > 0 && !tag.is_one_of(&["p"]) {
            closing = None;
        }
        if tag.is_one_of(&["q"]) {
            out.push_str(if tag.closes { "”" } else { "“" });
            continue;
        }
        if tag.is_one_of(&["blockquote"]) {
            quoting = if tag.closes { quoting.saturating_sub(1) } else { quoting + 1 };
            closing = None;
        }
        let heads = tag.is_one_of(&["time", "h2", "h3", "h4", "h5", "h6"]) && !tag.closes;
        if heads && let Some(next) = tags.peek().filter(|next| next.closes) {
            let inside = &html[tag.range.end..next.range.start];
            if let Some(line) = entry(inside, tag.attribute("datetime").as_deref()) {
                out.push_str("<p>");
                out.push_str(&line);
                out.push_str("</p>");
                at = next.range.end;
                tags.next();
                continue;
            }
        }
        out.push_str(own);
    }
    out.push_str(&html[at..]);
    out
}

/// Adds the text of a block quotation, in quotation marks if it has none. One of several paragraphs is closed only at
/// its end.
fn quote(text: &str, out: &mut String, closing: &mut Option<usize>) {
    let trimmed = text.trim();
    if !is_quotable(trimmed) {
        if !trimmed.is_empty() {
            *closing = None;
        }
        return out.push_str(text);
    }
    if let Some(before) = closing.take() {
        out.replace_range(before..before + '”'.len_utf8(), "");
    }
    out.push('“');
    out.push_str(trimmed);
    *closing = Some(out.len());
    out.push('”');
}

/// Whether a paragraph of a block quotation is one person's words without marks.
pub fn is_quotable(paragraph: &str) -> bool {
    let trimmed = paragraph.trim();
    let marked = trimmed.starts_with(['"', '“', '„', '«', '»', '‘', '—', '–', '-', '&']);
    let ends = trimmed.ends_with(['.', '!', '?', '…']);
    !marked && ends && trimmed.split_whitespace().count() >= FEWEST_WORDS && !trimmed.contains(['"', '“', '”'])
}

/// The line for a day and time above an entry: a full date with a time of day; `None` if it is something else.
fn entry(inside: &str, stamp: Option<&str>) -> Option<String> {
    let written = decoded(inside);
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = written.chars().filter(char::is_ascii_digit).count();
    if written.len() > LONGEST_DAY || digits < 3 || written.contains('<') {
        return None;
    }
    let year = written.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4 && word.starts_with(['1', '2']));
    let time = written.contains(':') || written.to_lowercase().contains("m.") || written.contains(" GMT");
    let dotted = written.split([' ', ',']).any(is_dotted_clock);
    match stamp.and_then(|stamp| Some((day(stamp)?, stamp))) {
        _ if year && time => Some(written),
        // "22.10 GMT": the stamp has the day.
        Some((day, stamp)) if !year || dotted => {
            let clock = stamp.get(11..16).filter(|clock| clock.as_bytes()[2] == b':')?;
            Some(format!("{day} {clock}"))
        }
        _ => None,
    }
}

/// Whether a word is a time with a dot: 16.40.
fn is_dotted_clock(word: &str) -> bool {
    let digits = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('.').is_some_and(|(hour, minute)| digits(hour) && minute.len() == 2 && digits(minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_marks_and_lines() {
        for (html, expected) in [
            ("<p>She said: <q>We wait.</q></p>", "<p>She said: “We wait.”</p>"),
            (
                "<blockquote><p>No, we do not wait.</p><p>— Ann Lee</p></blockquote>",
                "<blockquote><p>“No, we do not wait.”</p><p>— Ann Lee</p></blockquote>",
            ),
            ("<blockquote>“It is late here.”</blockquote>", "<blockquote>“It is late here.”</blockquote>"),
            (
                "<blockquote><p>We wait for it here.</p> <p>It is late for us.</p></blockquote>",
                "<blockquote><p>“We wait for it here.</p> <p>“It is late for us.”</p></blockquote>",
            ),
            ("<blockquote>Read more</blockquote>", "<blockquote>Read more</blockquote>"),
            ("<h2>10:10 p.m. ET, March 4, 2031</h2>", "<p>10:10 p.m. ET, March 4, 2031</p>"),
            ("<time datetime=\"2031-03-04T22:10:00Z\">22.10 GMT</time>", "<p>2031-03-04 22:10</p>"),
            ("<time datetime=\"2031-03-04T16:40:00Z\">4 March 2031 16.40</time>", "<p>2031-03-04 16:40</p>"),
            ("<time datetime=\"2031-03-04\">4 March 2031</time>", "<time datetime=\"2031-03-04\">4 March 2031</time>"),
            ("<h2>Ten reasons for 2031</h2>", "<h2>Ten reasons for 2031</h2>"),
            ("<q", "<q"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }
}
