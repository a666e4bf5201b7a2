//! The parts of a quotation as one line.

use std::ops::Range;

use crate::extract::line::one_line;
use crate::extract::speech::cues::{CONJUNCTION, Cues, PREPOSITION, THAT};

/// The longest lead of a clause, in words, that has no comma of its own: "If".
const LEAD: usize = 2;

/// The spans of a quotation as one line. The comma before the narration is the narrator's. It becomes a
/// full stop if the words go on with a new sentence, and is dropped if they go on with the same clause.
pub fn joined(text: &str, spans: &[Range<usize>], cues: &Cues) -> String {
    let mut out = String::new();
    for (i, span) in spans.iter().enumerate() {
        let piece = one_line(&text[span.clone()]);
        if i > 0 {
            let between = &text[spans[i - 1].end..span.start];
            let begins = |what: fn(char) -> bool| piece.chars().next().is_some_and(what);
            let class = cues.class(piece.split(' ').next().unwrap_or(""));
            let other_clause = class & CONJUNCTION != 0 && class & THAT == 0;
            let narrated = between.contains(char::is_alphanumeric);
            // The comma may be inside nested quotation marks: ‘No,’” she said.
            let comma = out.trim_end_matches(['’', '\'', '”', '"']).strip_suffix(',').map(str::len);
            if let Some(comma) = comma {
                // "If we wait,” she said, “we lose" needs its comma.
                let opens = cues.class(&out.split(' ').next().unwrap_or("").to_lowercase());
                let clause = opens & (CONJUNCTION | PREPOSITION) != 0 && out.split(' ').count() > LEAD;
                if narrated && begins(char::is_lowercase) && !other_clause && !clause {
                    out.remove(comma);
                } else if begins(char::is_uppercase) && between.contains(['.', '!', '?', '\n']) {
                    out.replace_range(comma..=comma, ".");
                }
            }
            // « Je suis prête », assure-t-elle. « Nous partons. »
            let open = comma.is_none() && narrated && out.ends_with(char::is_alphanumeric);
            if open && begins(char::is_uppercase) && between.contains(['.', '!', '?']) {
                out.push('.');
            }
            out.push(' ');
        }
        out += &piece;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_before_the_narration_is_the_narrators() {
        let cues = Cues::english();
        for (text, expected) in [
            ("“We want,” she said, “to end it.”", "We want to end it."),
            ("“If,” she said, “we wait, we lose.”", "If we wait, we lose."),
            ("“We want it,” she said, “and we pay.”", "We want it, and we pay."),
            ("“If we wait long,” she said, “we lose.”", "If we wait long, we lose."),
            ("“a·” she said, “b”", "a· b"),
            ("“It is late,” she said. “Go home.”", "It is late. Go home."),
            ("“He said ‘no,’” she said. “Go home.”", "He said ‘no.’ Go home."),
            ("“It is,” “so late.”", "It is, so late."),
            ("“It is late”, she said. “Go home”", "It is late. Go home"),
            ("“It is 3 p.m.”, she said, “Mr. Lee”", "It is 3 p.m. Mr. Lee"),
        ] {
            let marks: Vec<usize> = text.match_indices(['“', '”']).map(|(at, _)| at).collect();
            let spans: Vec<Range<usize>> = marks.chunks(2).map(|pair| pair[0] + '“'.len_utf8()..pair[1]).collect();
            assert_eq!(joined(text, &spans, &cues), expected);
        }
    }
}
