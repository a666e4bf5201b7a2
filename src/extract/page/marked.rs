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
        // "<footer>Ann Lee</footer>": who said it.
        if quoting > 0 && tag.is_one_of(&["footer", "cite"]) && !tag.closes {
            let rest = html[at..].trim_start();
            out.push_str(own);
            if rest.starts_with(char::is_uppercase) {
                out.push_str("— ");
            }
            continue;
        }
        if tag.is_one_of(&["blockquote"]) {
            quoting = if tag.closes { quoting.saturating_sub(1) } else { quoting + 1 };
            closing = None;
        }
        // "<p>We wait.</p><cite>Ann Lee</cite>": words, and who said them.
        if tag.is_one_of(&["cite"])
            && !tag.closes
            && quoting == 0
            && let Some(next) = tags.peek().filter(|next| next.closes)
            && let Some(name) = signature(&html[tag.range.end..next.range.start])
            && quote_last(&mut out)
        {
            out.push_str("<p>— ");
            out.push_str(&name);
            out.push_str("</p>");
            at = next.range.end;
            tags.next();
            continue;
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

/// Puts the paragraph that ends a page so far in quotation marks, if it is one person's words without marks.
fn quote_last(out: &mut String) -> bool {
    let Some(end) = out.trim_end().strip_suffix("</p>").map(str::len) else { return false };
    let Some(start) = out[..end].rfind('>').map(|before| before + 1) else { return false };
    if !out[..start].rfind('<').is_some_and(|tag| out[tag..].starts_with("<p")) || !is_quotable(&out[start..end]) {
        return false;
    }
    out.insert(end, '”');
    out.insert(start, '“');
    true
}

/// The name and the day of a `<cite>`: "Ann Lee @annlee · 7:02 AM · Aug 8, 2025".
fn signature(inside: &str) -> Option<String> {
    const LONGEST: usize = 160;
    let written = decoded(inside);
    let end = written.find(['@', '·', '|', '/', '(']).unwrap_or(written.len());
    let name = written[..end].trim();
    let capital = name.starts_with(char::is_uppercase) && name.contains(' ');
    if !capital || written.len() > LONGEST || written.contains('<') {
        return None;
    }
    let year = |part: &&str| part.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
    let day = written[end..].split(['·', '|']).map(str::trim).rfind(year);
    Some(day.map_or_else(|| name.to_owned(), |day| format!("{name}, {day}")))
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
            (
                "<p>We wait for it here.</p><cite>Ann Lee @annlee &middot; 7:02 AM &middot; Aug 8, 2031</cite>",
                "<p>“We wait for it here.”</p><p>— Ann Lee, Aug 8, 2031</p>",
            ),
            ("<p>Read this.</p><cite>The Gazette</cite>", "<p>Read this.</p><cite>The Gazette</cite>"),
            ("<q", "<q"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }
}
