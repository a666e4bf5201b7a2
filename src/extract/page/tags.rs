//! The tags of an HTML page, one after another, in linear time and without a tree. This is enough to see
//! how deeply a page is nested, what it says about itself, and what its text is.

use std::ops::Range;

use html_escape::decode_html_entities;

/// A tag of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its name as written.
    pub name: &'t str,
    /// Whether it closes an element.
    pub closes: bool,
    /// Where it is, in bytes, including the brackets.
    pub range: Range<usize>,
    /// What is between its name and the closing bracket.
    attributes: &'t str,
}

/// The tags of a page, including comments, but without the content of scripts and styles.
#[derive(Debug, Clone)]
pub struct Tags<'t> {
    html: &'t str,
    at: usize,
    /// The open element whose content is not HTML, such as a script.
    raw: Option<&'t str>,
    /// Whether the page is known to have no further `-->` or `--!>`, so that each is looked for only once.
    unended: [bool; 2],
    /// Whether there is known to be no further `-->` or `--!>`, so that each is looked for only once.
    raw_names: &'static [&'static str],
}

/// The name for a comment or a declaration, which is not an element.
const COMMENT: &str = "!";
/// Elements that have no content.
const VOID: &[&str] = &[
    COMMENT, "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements whose content is not HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "template", "iframe", "xmp"];
/// Elements that are not part of a text, whatever they contain.
const LEFT_OUT: &[&str] = &[
    "script",
    "style",
    "textarea",
    "title",
    "noscript",
    "template",
    "iframe",
    "head",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "svg",
    "math",
    "object",
    "audio",
    "video",
    "dialog",
    "menu",
    "time",
];
/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "meter", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr", "img", COMMENT,
];

impl<'t> Tags<'t> {
    /// The tags of a page, from its beginning.
    pub fn new(html: &'t str) -> Tags<'t> {
        Tags { html, at: 0, raw: None, unended: [false; 2], raw_names: RAW }
    }
}

impl Tag<'_> {
    /// Whether the tag is one of these.
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// The value of an attribute, with entities decoded; `None` if there is no such attribute.
    pub fn attribute(&self, wanted: &str) -> Option<String> {
        self.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| decoded(value))
    }

    /// The attributes, each with its value as written.
    fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if rest.is_empty() {
                return None;
            }
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => value(after.trim_start()),
            };
            // A stray `=` has no name, and would be read forever.
            rest = if next.len() < rest.len() { next } else { &rest[rest.chars().next().map_or(0, char::len_utf8)..] };
            Some((name, value))
        })
    }
}

/// The value at the beginning of a text, and the text after it.
fn value(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark) {
            return inside.split_once(mark).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        let html = self.html;
        loop {
            let start = self.at + html[self.at..].find('<')?;
            let rest = &html[start + 1..];
            if self.raw.is_none() && rest.starts_with("!--") {
                let find = |mark: &str, within: &str| within.find(mark).map(|at| at + mark.len());
                let [plain, odd] = &mut self.unended;
                let ended = if *plain { None } else { find("-->", rest) };
                *plain |= ended.is_none();
                // The unusual end is looked for only up to the usual one, which is skipped anyway.
                let end = match ended {
                    Some(end) => find("--!>", &rest[..end]).or(ended),
                    None if *odd => None,
                    None => find("--!>", rest),
                };
                *odd |= end.is_none();
                self.at = end.map_or(start + 1, |end| start + 1 + end);
                if end.is_none() {
                    continue;
                }
                return Some(Tag { name: COMMENT, closes: false, range: start..self.at, attributes: "" });
            }
            let declares = |kind: &&str| rest.get(..kind.len()).is_some_and(|own| own.eq_ignore_ascii_case(kind));
            if self.raw.is_none() && ["!doctype", "?xml", "![cdata["].iter().any(declares) {
                let end = rest.find('>')?;
                self.at = start + 1 + end + 1;
                return Some(Tag { name: COMMENT, closes: false, range: start..self.at, attributes: "" });
            }
            let closes = rest.starts_with('/');
            let name_at = start + 1 + usize::from(closes);
            let name_end =
                html[name_at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(html.len() - name_at);
            let name = &html[name_at..name_at + name_end];
            let open = self.raw.is_some_and(|raw| !(closes && raw.eq_ignore_ascii_case(name)));
            if open || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start + 1;
                continue;
            }
            let attributes_at = name_at + name.len();
            let end = tag_end(&html[attributes_at..])?;
            let attributes = &html[attributes_at..attributes_at + end];
            self.at = attributes_at + end + 1;
            let tag = Tag { name, closes, range: start..self.at, attributes };
            self.raw = (!closes && !attributes.ends_with('/') && tag.is_one_of(self.raw_names)).then_some(name);
            return Some(tag);
        }
    }
}

/// Where the bracket is that ends a tag, ignoring brackets in quoted values. If a quotation mark is
/// never closed, it is the first bracket.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (i, byte) in attributes.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(i),
            (None, b'"' | b'\'') if attributes[..i].ends_with(['=', ' ']) => quote = Some(byte),
            (Some(mark), byte) if mark == byte => quote = None,
            _ => {}
        }
    }
    attributes.find('>')
}

/// The longest tag, in bytes, whose quoted values are read, including embedded pictures.
const LONGEST_TAG: usize = 1 << 20;

/// How much work a page is for a tree builder, which is not linear in either number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// How deep its elements are nested at most, including elements that are never closed.
    pub depth: usize,
    /// The most attributes of a tag.
    pub attributes: usize,
}

/// Measures a page. It reads every element that a tree builder reads, shown or not.
pub fn shape(html: &str) -> Shape {
    const CLOSED: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp"];
    let (mut depth, mut shape) = (0usize, Shape::default());
    for tag in (Tags { raw_names: CLOSED, ..Tags::new(html) }) {
        shape.attributes = shape.attributes.max(tag.attributes().count());
        if tag.closes {
            depth = depth.saturating_sub(1);
        } else if !tag.is_one_of(VOID) && !tag.is_one_of(&["p", "li"]) && !tag.attributes.ends_with('/') {
            depth += 1;
            shape.depth = shape.depth.max(depth);
        }
    }
    shape
}

/// The text of a page or a part of one, with blank lines between its paragraphs. Headings, menus,
/// captions and scripts are left out.
pub fn text(html: &str) -> String {
    text_without(html, LEFT_OUT)
}

/// Everything a reader of a page may see, including headings, menus and captions.
pub fn all_text(html: &str) -> String {
    text_without(html, RAW)
}

fn text_without(html: &str, left_out: &[&str]) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut out: Option<(&str, usize)> = None;
    let mut at = 0;
    for tag in Tags::new(html) {
        if out.is_none() {
            push(&html[at..tag.range.start], &mut text);
        }
        at = tag.range.end;
        match &mut out {
            Some((name, open)) if name.eq_ignore_ascii_case(tag.name) => {
                *open = if tag.closes { *open - 1 } else { *open + 1 };
                if *open == 0 {
                    out = None;
                }
            }
            None if !tag.closes && tag.is_one_of(left_out) && !tag.attributes.ends_with('/') => {
                out = Some((tag.name, 1))
            }
            _ => {}
        }
        if tag.is_one_of(&["br"]) {
            end_line(&mut text, 1);
        } else if !tag.is_one_of(INLINE) {
            end_line(&mut text, 2);
        }
    }
    if out.is_none() {
        push(&html[at..], &mut text);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Decodes the entities of a text one by one. An `&` without a `;` soon after it is not an entity, and
/// must not be searched to the end of the page.
pub fn decoded(written: &str) -> String {
    const LONGEST: usize = 40;
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let entity = rest.as_bytes()[at..].iter().take(LONGEST).position(|byte| *byte == b';').map_or(1, |end| end + 1);
        out.push_str(&decode_html_entities(&rest[at..at + entity]));
        rest = &rest[at + entity..];
    }
    out.push_str(rest);
    out
}

/// Adds text with its entities decoded and its white space reduced to single spaces.
fn push(written: &str, text: &mut String) {
    for c in decoded(written).chars() {
        // Characters that readers cannot see, and that may split a word.
        if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
            continue;
        }
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

/// Ends a line or, with 2, a paragraph.
fn end_line(text: &mut String, lines: usize) {
    text.truncate(text.trim_end_matches(' ').len());
    let there = text.len() - text.trim_end_matches('\n').len();
    if !text.is_empty() {
        // Some pages separate paragraphs by two line breaks in a row.
        let wanted = if lines == 1 { (there + 1).min(2) } else { 2 };
        text.extend(std::iter::repeat_n('\n', wanted.saturating_sub(there)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_whatever_is_between_them() {
        let html = "<!-- <b> --><p class='a>b'>x</p><script>if (a < b) '<i>'</script><IMG alt=\"q\">";
        let names: Vec<&str> = Tags::new(html).map(|tag| tag.name).collect();
        assert_eq!(names, [COMMENT, "p", "p", "script", "script", "IMG"]);
        for broken in ["<", "<a", "<a b='", "<!--", "<a =>x</a", "a < b > c", "</", "<a = = ='>"] {
            Tags::new(broken).for_each(|tag| drop(tag.attribute("b")));
            let _ = text(broken);
        }
    }

    #[test]
    fn text_has_its_paragraphs() {
        let html = "<!DOCTYPE html><!-- <p>No.</p> --><h1>Tram</h1><div><p>One &amp; <!-- and --><b>two</b>,\n three.</p><p>“Four”</p>five<br>six</div><nav>Home<nav>x</nav></nav>";
        assert!(all_text(html).starts_with("Tram\n\nOne") && all_text(html).contains("six\n\nHome"));
        assert_eq!(text(html), "One & two, three.\n\n“Four”\n\nfive\nsix");
    }

    #[test]
    fn depth_and_attributes_are_counted() {
        let of = |html: &str| (shape(html).depth, shape(html).attributes);
        assert_eq!(of("<div><div><br><p a>a<p b='1 2 3' c=>b</div></div><div></div>"), (2, 2));
        assert_eq!(of(&"<i>".repeat(1000)), (1000, 0));
        assert_eq!(of(&format!("<noscript><p {}>", "a ".repeat(1000))), (1, 1000));
        assert_eq!(of(&format!("<!-- --!><br {}> -->", "a ".repeat(1000))), (0, 1000));
    }
}
