//! Measuring and breaking text, with the advances of the embedded fonts.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};

use crate::chart::style::{INTER_REGULAR, INTER_SEMIBOLD, Weight};

/// What stands for cut words.
const ELLIPSIS: char = '…';

/// A size and weight of type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Size in pixels.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
}

impl Face {
    /// Returns the regular face of a size.
    pub fn regular(size: f64) -> Face {
        Face { size, weight: Weight::Regular }
    }

    /// Returns the semibold face of a size.
    pub fn semibold(size: f64) -> Face {
        Face { size, weight: Weight::SemiBold }
    }
}

/// Returns the width of `text` in pixels, without kerning, which makes text narrower if anything.
pub fn width(text: &str, face: Face) -> f64 {
    text.chars().map(|c| advance(c, face)).sum()
}

/// Breaks `text` at white space into lines no wider than `max` pixels. A word that is wider is
/// broken inside; text without words gives no lines.
pub fn wrap(text: &str, face: Face, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, face) <= max {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = break_word(word, face, max);
        line = pieces.pop().unwrap_or_default();
        lines.append(&mut pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Wraps like [`wrap`] into at most `most` lines; the last is cut where there are more.
pub fn wrap_at_most(text: &str, face: Face, max: f64, most: usize) -> Vec<String> {
    let mut lines = wrap(text, face, max);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = shorten(last, face, max);
        }
    }
    lines
}

/// Wraps like [`wrap_at_most`] and evens the lines out: no more lines, but the narrowest block.
pub fn wrap_evenly(text: &str, face: Face, max: f64, most: usize) -> Vec<String> {
    let lines = wrap_at_most(text, face, max, most);
    let whole = wrap(text, face, max);
    if lines != whole {
        return lines;
    }
    let widest_word = words(text).map(|word| width(word, face)).fold(0.0, f64::max);
    let (mut low, mut high) = (widest_word.min(max), max);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        if wrap(text, face, middle).len() <= lines.len() { high = middle } else { low = middle }
    }
    wrap(text, face, high)
}

/// Returns the beginning of a line with `…` after it, no wider than `max`.
fn shorten(line: &str, face: Face, max: f64) -> String {
    let mut room = max - advance(ELLIPSIS, face);
    let fits = |c: &char| {
        room -= advance(*c, face);
        room >= 0.0
    };
    let kept: String = line.chars().take_while(fits).collect();
    format!("{}{ELLIPSIS}", kept.trim_end_matches(|c: char| c.is_whitespace() || c == '-'))
}

/// Returns the characters of `text` that the embedded font cannot show, each once, in order.
pub fn missing(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && !c.is_control()) {
        if glyph(c, Weight::Regular) == GlyphId(0) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// Returns the words of a text: what stands between spaces at which a line may end.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    text.split(breaks).filter(|word| !word.is_empty())
}

/// Breaks a word into pieces no wider than `max`, each of at least one character, as even as can be;
/// between letters with a hyphen.
fn break_word(word: &str, face: Face, max: f64) -> Vec<String> {
    let room = (max - advance('-', face)).max(1.0);
    let whole = width(word, face);
    if whole <= max {
        return vec![word.to_owned()];
    }
    // A hyphen of the word's own is where a reader expects a break, and one that is put in is not.
    if word.trim_end_matches('-').contains('-') {
        let mut pieces: Vec<String> = Vec::new();
        for part in word.split_inclusive('-') {
            match pieces.last_mut() {
                Some(last) if width(&format!("{last}{part}"), face) <= max => last.push_str(part),
                _ => pieces.extend(break_word(part, face, max)),
            }
        }
        return pieces;
    }
    // Each piece but the last reaches its share, so one wide letter less has to be enough for all.
    let share = whole / (whole / (room - 0.6 * face.size).max(1.0)).ceil();
    let mut pieces = vec![String::new()];
    let mut used = 0.0;
    for c in word.chars() {
        let step = advance(c, face);
        let full = used + step > room || used >= share;
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() || !full => piece.push(c),
            Some(piece) => {
                if c.is_alphabetic() && piece.ends_with(char::is_alphabetic) {
                    piece.push('-');
                }
                pieces.push(c.to_string());
                used = 0.0;
            }
            None => {}
        }
        used += step;
    }
    pieces
}

/// Returns how far one character moves the pen, in pixels.
fn advance(c: char, face: Face) -> f64 {
    let font = font(face.weight);
    let units = font.units_per_em().unwrap_or(1000.0);
    f64::from(font.h_advance_unscaled(glyph(c, face.weight)) / units) * face.size
}

/// Returns the glyph of a character; glyph 0 is the font's sign for a missing one.
fn glyph(c: char, weight: Weight) -> GlyphId {
    font(weight).glyph_id(c)
}

/// Returns an embedded font, parsed on first use.
fn font(weight: Weight) -> &'static FontRef<'static> {
    static REGULAR: OnceLock<FontRef<'static>> = OnceLock::new();
    static SEMIBOLD: OnceLock<FontRef<'static>> = OnceLock::new();
    let (cell, bytes) = match weight {
        Weight::Regular => (&REGULAR, INTER_REGULAR),
        Weight::SemiBold => (&SEMIBOLD, INTER_SEMIBOLD),
    };
    cell.get_or_init(|| FontRef::try_from_slice(bytes).expect("the embedded fonts parse: they are part of the program"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 13.0, weight: Weight::Regular };

    #[test]
    fn a_name_breaks_at_its_own_hyphens_first() {
        let lines = wrap("Hohenstaufen-Wittelsbach-Schleswig", FACE, width("Hohenstaufen-", FACE) + 20.0);
        assert_eq!(lines, ["Hohenstaufen-", "Wittelsbach-", "Schleswig"]);
    }

    #[test]
    fn widths_grow_with_text_size_and_weight() {
        assert_eq!(width("", FACE), 0.0);
        assert!(width("Київ", FACE) > width("Киї", FACE));
        assert!((width("Łódź", Face::regular(26.0)) - 2.0 * width("Łódź", FACE)).abs() < 1e-9);
        assert!(width("Full restoration", Face::semibold(13.0)) > width("Full restoration", FACE));
    }

    #[test]
    fn lines_keep_every_word_and_fit() {
        let text = "The quick brown  fox\njumps over the lazy dog";
        let lines = wrap(text, FACE, 80.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| width(line, FACE) <= 80.0));
        assert_eq!(lines.join(" "), words(text).collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn long_words_are_broken_and_nothing_is_lost() {
        let word = "Donaudampfschifffahrtsgesellschaft";
        let lines = wrap(word, FACE, 60.0);
        assert!(lines.iter().all(|line| width(line, FACE) <= 60.0));
        assert!(lines[0].ends_with('-'), "{lines:?}");
        assert_eq!(lines.concat().replace('-', ""), word);
        assert_eq!(wrap(word, FACE, 0.0).concat().replace('-', ""), word);
        assert!(wrap(&"1".repeat(300), FACE, 60.0).iter().all(|line| !line.contains('-')));
    }

    #[test]
    fn lines_do_not_end_at_spaces_that_forbid_it() {
        assert_eq!(wrap("since 4\u{a0}February", FACE, 75.0), ["since", "4\u{a0}February"]);
    }

    #[test]
    fn blank_text_has_no_lines() {
        assert!(wrap("", FACE, 50.0).is_empty());
        assert!(wrap_evenly(" \n\t", FACE, 50.0, 2).is_empty());
    }

    #[test]
    fn cut_text_fits_and_says_so() {
        let line = wrap_at_most("White House with Europeans", FACE, 80.0, 1).concat();
        assert!(line.ends_with(ELLIPSIS) && width(&line, FACE) <= 80.0, "{line}");
        assert_eq!(
            wrap_at_most("Donaudampfschifffahrtsgesellschaft", FACE, 60.0, 2)[1].matches(['-', ELLIPSIS]).count(),
            1
        );
        assert_eq!(wrap_at_most("one two three four five", FACE, 30.0, 2).len(), 2);
    }

    #[test]
    fn even_lines_are_as_few_and_narrower() {
        let lines = wrap_evenly("UN General Assembly opens", FACE, 150.0, 3);
        assert_eq!(lines, ["UN General", "Assembly opens"]);
    }

    #[test]
    fn missing_characters_are_named_once() {
        assert!(missing("Zelenskyy, Erdoğan, Київ, Łódź → “−2…+2”\n\u{1}").is_empty());
        assert_eq!(missing("שלום של 中"), ['ש', 'ל', 'ו', 'ם', '中']);
    }
}
