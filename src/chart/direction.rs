//! The direction of text: which way a line is read, by Unicode's algorithm (UAX 9).
//!
//! Layout breaks a text into lines, and each line is drawn alone. A line keeps the direction of its text
//! through invisible marks: an isolate that goes over the end of a line is closed there and opened again, and
//! a line that would be read the other way begins with a mark of direction.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, Direction, bidi_class, get_base_direction};

/// Begins a part whose own letters decide its direction, without effect on what is around it.
const FIRST_STRONG: char = '\u{2068}';
/// Begins a part that is read from right to left.
const RIGHT_TO_LEFT: char = '\u{2067}';
/// Begins a part that is read from left to right.
const LEFT_TO_RIGHT: char = '\u{2066}';
/// Ends such a part.
const END: char = '\u{2069}';

/// Whether a character is an invisible mark of direction. It takes no room, and no font needs it.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text has letters that are read from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL))
}

/// Whether a whole text is read from right to left: its first letter outside isolates decides.
pub fn is_right_to_left(text: &str) -> bool {
    get_base_direction(text) == Direction::Rtl
}

/// A text that is put into a sentence. If it has letters from right to left, it is isolated, so that the
/// sentence around it stays in order.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if has_right_to_left(text) { format!("{FIRST_STRONG}{text}{END}").into() } else { text.into() }
}

/// Keeps the direction of a text in the lines that it was broken into.
pub fn keep(text: &str, lines: Vec<String>) -> Vec<String> {
    if !has_right_to_left(text) {
        return lines;
    }
    let base = get_base_direction(text);
    let mut open: Vec<char> = Vec::new();
    let keep = |line: String| {
        let mut kept: String = open.iter().collect();
        kept += &line;
        for c in line.chars() {
            match c {
                FIRST_STRONG | RIGHT_TO_LEFT | LEFT_TO_RIGHT => open.push(c),
                END => drop(open.pop()),
                _ => {}
            }
        }
        kept.extend(open.iter().map(|_| END));
        match base {
            Direction::Rtl if get_base_direction(kept.as_str()) != Direction::Rtl => format!("\u{200f}{kept}"),
            Direction::Ltr if get_base_direction(kept.as_str()) != Direction::Ltr => format!("\u{200e}{kept}"),
            _ => kept,
        }
    };
    lines.into_iter().map(keep).collect()
}

/// An SVG of ours in the form that the renderer of pixels needs. The renderer takes every text as one from
/// left to right, and `direction` is unknown to it: an isolate gives the same order, and the anchor is named
/// by the side where a browser puts it.
pub fn for_renderer(svg: &str) -> Cow<'_, str> {
    const ATTRIBUTE: &str = " direction=\"rtl\" unicode-bidi=\"embed\"";
    if !svg.contains(ATTRIBUTE) {
        return svg.into();
    }
    let mut out = String::with_capacity(svg.len() + 1024);
    for line in svg.split_inclusive('\n') {
        let Some((head, words)) = line.strip_prefix("<text").and_then(|rest| rest.split_once('>')) else {
            out += line;
            continue;
        };
        if !head.contains(ATTRIBUTE) {
            out += line;
            continue;
        }
        let head = head.replacen(ATTRIBUTE, "", 1);
        let head = if head.contains(" text-anchor=\"end\"") {
            head.replacen(" text-anchor=\"end\"", "", 1)
        } else if head.contains(" text-anchor=") {
            head
        } else {
            format!("{head} text-anchor=\"end\"")
        };
        let words = words.replacen("</text>", &format!("{END}</text>"), 1);
        out += &format!("<text{head}>{RIGHT_TO_LEFT}{words}");
    }
    out.into()
}

/// The attributes of a line that is read from right to left.
pub fn attributes(text: &str) -> &'static str {
    if is_right_to_left(text) { " direction=\"rtl\" unicode-bidi=\"embed\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use unicode_bidi::BidiInfo;

    use super::*;

    /// A line as a reader sees it, from left to right, without invisible marks.
    fn seen(line: &str) -> String {
        let info = BidiInfo::new(line, None);
        let paragraph = &info.paragraphs[0];
        let seen = info.reorder_line(paragraph, paragraph.range.clone());
        seen.chars().filter(|c| !is_mark(*c)).collect()
    }

    #[test]
    fn a_line_is_read_as_its_text_is() {
        let text = "אבג ABC-15 דהו";
        let lines = keep(text, vec!["אבג".to_owned(), "ABC-15 דהו".to_owned()]);
        assert!(lines.iter().all(|line| is_right_to_left(line)), "{lines:?}");
        assert_eq!(seen(&lines[1]), "והד ABC-15");
        let latin = keep("Ann אבג דהו", vec!["Ann".to_owned(), "אבג דהו".to_owned()]);
        assert!(!is_right_to_left(&latin[1]));
        assert_eq!(keep("plain", vec!["plain".to_owned()]), ["plain"]);
    }

    #[test]
    fn a_name_in_a_sentence_does_not_turn_it_round() {
        let name = isolated("דנה (MK 15)");
        let sentence = format!("{name} on Tram: 6 statements");
        assert!(!is_right_to_left(&sentence));
        assert!(seen(&sentence).ends_with(" on Tram: 6 statements"), "{}", seen(&sentence));
        // Broken within the name, both lines stay in order.
        let lines = keep(&sentence, vec![format!("{FIRST_STRONG}דנה"), format!("(MK 15){END} on Tram: 6 statements")]);
        assert!(lines.iter().all(|line| !is_right_to_left(line)), "{lines:?}");
        assert!(lines[0].ends_with(END) && seen(&lines[1]).ends_with("on Tram: 6 statements"));
        assert_eq!(isolated("Ann"), "Ann");
    }

    #[test]
    fn the_renderer_is_given_isolates_and_sides() {
        let line =
            |anchor: &str| format!("<text x=\"1\"{anchor} direction=\"rtl\" unicode-bidi=\"embed\">אבג</text>\n");
        let plain = "<text x=\"1\">abc</text>\n";
        let svg = format!("{plain}{}{}", line(""), line(" text-anchor=\"end\""));
        let given = for_renderer(&svg);
        assert!(given.starts_with(plain) && !given.contains("direction"));
        assert!(given.contains("<text x=\"1\" text-anchor=\"end\">\u{2067}אבג\u{2069}</text>"), "{given}");
        assert!(given.ends_with("<text x=\"1\">\u{2067}אבג\u{2069}</text>\n"), "{given}");
        assert!(matches!(for_renderer(plain), Cow::Borrowed(_)));
    }
}
