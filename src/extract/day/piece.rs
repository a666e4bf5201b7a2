//! Splits a text into words, numbers, marks and white space.

use std::ops::Range;

/// What a piece of text consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenShape {
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
pub(crate) struct TextPiece {
    pub range: Range<usize>,
    pub shape: TokenShape,
}

/// The pieces of a text, including white space.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = TextPiece> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = text[at..].chars().next()?;
        let shape = shape_of(first);
        let start = at;
        at += first.len_utf8();
        if shape == TokenShape::Mark {
            // "'s", "'ll" and similar endings are separate pieces, so that "Friday's" is "Friday" and
            // "'s".
            if matches!(first, '\'' | '’') && start > 0 {
                let letters = text[at..].chars().take(3).take_while(|c| c.is_alphabetic()).count();
                let glued = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
                if glued && (1..=2).contains(&letters) {
                    at += text[at..].chars().take(letters).map(char::len_utf8).sum::<usize>();
                    return Some(TextPiece { range: start..at, shape: TokenShape::Word });
                }
            }
            return Some(TextPiece { range: start..at, shape });
        }
        let mut small = first.is_lowercase();
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii()) {
            // Web pages join words without a space: "TuesdayShare" is two.
            if ASCII[usize::from(byte)] != shape || (small && byte.is_ascii_uppercase()) {
                return Some(TextPiece { range: start..at, shape });
            }
            at += 1;
            small = byte.is_ascii_lowercase();
        }
        for c in text[at..].chars() {
            if shape_of(c) != shape || (small && c.is_uppercase()) {
                break;
            }
            at += c.len_utf8();
            small = c.is_lowercase();
        }
        Some(TextPiece { range: start..at, shape })
    })
}

/// The shape of each ASCII character. Nearly all text is ASCII, and a table is fastest.
const ASCII: [TokenShape; 128] = {
    let mut shapes = [TokenShape::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        shapes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => TokenShape::Word,
            b'0'..=b'9' => TokenShape::Number,
            b' ' | b'\t'..=b'\r' => TokenShape::Space,
            _ => TokenShape::Mark,
        };
        byte += 1;
    }
    shapes
};

fn shape_of(c: char) -> TokenShape {
    if let Some(shape) = ASCII.get(c as usize) {
        *shape
    } else if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) {
        TokenShape::Word
    } else if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') {
        TokenShape::Space
    } else {
        TokenShape::Mark
    }
}
