//! A text taken apart into words, numbers, marks and white space.

use std::ops::Range;

/// What a piece of text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// A single other character.
    Mark,
    /// White space.
    Space,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub range: Range<usize>,
    pub shape: Shape,
}

/// The pieces of a text, white space included.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = text[at..].chars().next()?;
        let shape = shape_of(first);
        let start = at;
        let mut previous = first;
        at += first.len_utf8();
        if shape == Shape::Mark {
            // "'s", "'ll" and their like are a piece, so that "Friday's" is "Friday" and "'s".
            if matches!(first, '\'' | '’') && start > 0 {
                let letters = text[at..].chars().take(3).take_while(|c| c.is_alphabetic()).count();
                let glued = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
                if glued && (1..=2).contains(&letters) {
                    at += text[at..].chars().take(letters).map(char::len_utf8).sum::<usize>();
                    return Some(Piece { range: start..at, shape: Shape::Word });
                }
            }
            return Some(Piece { range: start..at, shape });
        }
        // Nearly all text is ASCII, and bytes are the quicker to get at.
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii()) {
            let c = char::from(byte);
            if shape_of(c) != shape || (previous.is_lowercase() && c.is_ascii_uppercase()) {
                return Some(Piece { range: start..at, shape });
            }
            at += 1;
            previous = c;
        }
        for c in text[at..].chars() {
            // Pages glue words together: "TuesdayShare" is two.
            let own = shape_of(c) == shape && !(shape == Shape::Word && previous.is_lowercase() && c.is_uppercase());
            if !own {
                break;
            }
            at += c.len_utf8();
            previous = c;
        }
        Some(Piece { range: start..at, shape })
    })
}

fn shape_of(c: char) -> Shape {
    if c.is_ascii_alphabetic() {
        Shape::Word
    } else if c == ' ' {
        Shape::Space
    } else if c.is_ascii_digit() {
        Shape::Number
    } else if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) {
        Shape::Word
    } else if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') {
        Shape::Space
    } else {
        Shape::Mark
    }
}
