//! Measures and breaks text, using the advances of a picture's fonts.

use std::collections::BTreeSet;

use crate::chart::direction;
use crate::chart::draw::face::{Face, Fonts};

/// The sign for cut words.
const ELLIPSIS: char = '…';

impl Fonts {
    /// Returns the width of `text` in pixels without kerning, which could only make the text narrower.
    pub fn width(&self, text: &str, face: Face) -> f64 {
        text.chars().map(|c| self.advance(c, face)).sum()
    }

    /// Breaks `text` at white space into lines no wider than `max` pixels. A wider word is broken
    /// inside. Text without words gives no lines.
    pub fn wrap(&self, text: &str, face: Face, max: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let fits = |word: &str| self.width(word, face) <= max;
        for word in words(text).flat_map(|word| apart(word, fits(word))) {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined, face) <= max {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = self.break_word(word, face, max);
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        direction::keep(text, lines)
    }

    /// Wraps like [`Fonts::wrap`] into at most `most` lines. If there are more, the last line is cut.
    pub fn wrap_at_most(&self, text: &str, face: Face, max: f64, most: usize) -> Vec<String> {
        let mut lines = self.wrap(text, face, max);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.shorten(last, face, max);
            }
        }
        lines
    }

    /// Wraps like [`Fonts::wrap_at_most`] and evens out the lines: no more lines, but the narrowest
    /// block.
    pub fn wrap_evenly(&self, text: &str, face: Face, max: f64, most: usize) -> Vec<String> {
        let lines = self.wrap_at_most(text, face, max, most);
        let whole = self.wrap(text, face, max);
        if lines != whole {
            return lines;
        }
        let widest_word = words(text).map(|word| self.width(word, face)).fold(0.0, f64::max);
        let (mut low, mut high) = (widest_word.min(max), max);
        while high - low > 1.0 {
            let middle = (low + high) / 2.0;
            if self.wrap(text, face, middle).len() <= lines.len() { high = middle } else { low = middle }
        }
        self.wrap(text, face, high)
    }

    /// Wraps each text like [`Fonts::wrap_evenly`]. If 2 of them would be cut to the same words, all get more lines: levels
    /// whose names differ only at the end must not look like one level.
    pub fn wrap_apart(&self, texts: &[&str], face: Face, max: f64, most: usize) -> Vec<Vec<String>> {
        let enough = texts.iter().map(|text| self.wrap(text, face, max).len()).max().unwrap_or(0);
        let wrapped =
            |most| texts.iter().map(|text| self.wrap_evenly(text, face, max, most)).collect::<Vec<Vec<String>>>();
        let are_apart = |all: &[Vec<String>]| all.iter().collect::<BTreeSet<_>>().len() == all.len();
        (most..enough).map(wrapped).find(|all| are_apart(all)).unwrap_or_else(|| wrapped(most.max(enough)))
    }

    /// Returns the beginning of a line with `…` after it, no wider than `max`.
    fn shorten(&self, line: &str, face: Face, max: f64) -> String {
        let mut room = max - self.advance(ELLIPSIS, face);
        let fits = |c: &char| {
            room -= self.advance(*c, face);
            room >= 0.0
        };
        let kept: String = line.chars().take_while(fits).collect();
        format!("{}{ELLIPSIS}", kept.trim_end_matches(|c: char| c.is_whitespace() || c == '-'))
    }

    /// Breaks a word into pieces no wider than `max`, each of at least one character and as even as
    /// possible. A break between letters gets a hyphen.
    fn break_word(&self, word: &str, face: Face, max: f64) -> Vec<String> {
        let room = (max - self.advance('-', face)).max(1.0);
        let whole = self.width(word, face);
        if whole <= max {
            return vec![word.to_owned()];
        }
        // A reader expects a break at a hyphen in the word, but not at an added hyphen.
        if word.trim_end_matches('-').contains('-') {
            let mut pieces: Vec<String> = Vec::new();
            for part in word.split_inclusive('-') {
                match pieces.last_mut() {
                    Some(last) if self.width(&format!("{last}{part}"), face) <= max => last.push_str(part),
                    _ => pieces.extend(self.break_word(part, face, max)),
                }
            }
            return pieces;
        }
        // Every piece except the last reaches its share, so one wide letter less must be enough for all.
        let share = whole / (whole / (room - 0.6 * face.size).max(1.0)).ceil();
        let mut pieces = vec![String::new()];
        let mut used = 0.0;
        for c in word.chars() {
            let step = self.advance(c, face);
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
}

/// A word, or if it does not fit into a line, what is between the spaces in it at which no line should end.
fn apart(word: &str, fits: bool) -> impl Iterator<Item = &str> {
    word.split(move |c: char| !fits && c == '\u{a0}').filter(|part| !part.is_empty())
}

/// A text in which no line ends within short quoted words, such as the name of a level, or between a day and its year.
pub fn kept_together(text: &str) -> String {
    let mut dated = String::with_capacity(text.len());
    for (place, word) in text.split(' ').enumerate() {
        let year = word.chars().take_while(char::is_ascii_digit).count() == 4;
        // A number and what it counts: `6 statements`.
        let number = dated.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let counted = (1..=3).contains(&number.len())
            && number.chars().all(|c| c.is_ascii_digit())
            && word.starts_with(char::is_alphabetic);
        let of_day =
            year && dated.rsplit(' ').next().is_some_and(|day| day.contains('\u{a0}') && !day.ends_with([',', ';']));
        dated += if place == 0 {
            ""
        } else if of_day || counted {
            "\u{a0}"
        } else {
            " "
        };
        dated += word;
    }
    let text = dated.as_str();
    const OPEN: [char; 3] = ['“', '„', '«'];
    const CLOSE: [char; 3] = ['”', '“', '»'];
    const LONGEST: usize = 40;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let open = rest[at..].chars().next().map_or(0, char::len_utf8);
        let (before, quoted) = rest.split_at(at + open);
        out += before;
        let Some(end) = quoted.find(CLOSE) else {
            rest = quoted;
            break;
        };
        let (inside, after) = quoted.split_at(end);
        let short = inside.chars().count() <= LONGEST;
        out += &if short { inside.replace(' ', "\u{a0}") } else { inside.to_owned() };
        // What closes is taken with it: in German, the same mark opens in English.
        let close = after.chars().next().map_or(0, char::len_utf8);
        out += &after[..close];
        rest = &after[close..];
    }
    out + rest
}

/// Returns the words of a text: what is between spaces at which a line may end.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    text.split(breaks).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::style::Weight;

    const FACE: Face = Face { size: 13.0, weight: Weight::Regular };

    #[test]
    fn a_name_breaks_at_its_own_hyphens_first() {
        let fonts = Fonts::embedded();
        let lines = fonts.wrap("Hohenstaufen-Wittelsbach-Schleswig", FACE, fonts.width("Hohenstaufen-", FACE) + 20.0);
        assert_eq!(lines, ["Hohenstaufen-", "Wittelsbach-", "Schleswig"]);
    }

    #[test]
    fn widths_grow_with_text_size_and_weight() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.width("", FACE), 0.0);
        assert!(fonts.width("Київ", FACE) > fonts.width("Киї", FACE));
        assert!((fonts.width("Łódź", Face::regular(26.0)) - 2.0 * fonts.width("Łódź", FACE)).abs() < 1e-9);
        assert!(fonts.width("Full restoration", Face::semibold(13.0)) > fonts.width("Full restoration", FACE));
    }

    #[test]
    fn lines_keep_every_word_and_fit() {
        let fonts = Fonts::embedded();
        let text = "The quick brown  fox\njumps over the lazy dog";
        let lines = fonts.wrap(text, FACE, 80.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| fonts.width(line, FACE) <= 80.0));
        assert_eq!(lines.join(" "), words(text).collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn long_words_are_broken_and_nothing_is_lost() {
        let fonts = Fonts::embedded();
        let word = "Donaudampfschifffahrtsgesellschaft";
        let lines = fonts.wrap(word, FACE, 60.0);
        assert!(lines.iter().all(|line| fonts.width(line, FACE) <= 60.0));
        assert!(lines[0].ends_with('-'), "{lines:?}");
        assert_eq!(lines.concat().replace('-', ""), word);
        assert_eq!(fonts.wrap(word, FACE, 0.0).concat().replace('-', ""), word);
        assert!(fonts.wrap(&"1".repeat(300), FACE, 60.0).iter().all(|line| !line.contains('-')));
    }

    #[test]
    fn lines_do_not_end_at_spaces_that_forbid_it() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.wrap("since 4\u{a0}February", FACE, 75.0), ["since", "4\u{a0}February"]);
    }

    #[test]
    fn lines_do_not_end_within_short_quoted_words_unless_they_must() {
        let fonts = Fonts::embedded();
        let text = kept_together("from near “Against” to near “In favour, with conditions”, in May");
        let lines = fonts.wrap(&text, FACE, fonts.width("from near “Against” to near “In favour", FACE));
        assert_eq!(lines, ["from near “Against” to near", "“In\u{a0}favour,\u{a0}with\u{a0}conditions”, in May"]);
        let narrow = fonts.wrap(&text, FACE, fonts.width("“In favour, with", FACE) + 1.0);
        assert!(narrow.iter().all(|line| !line.contains('-')), "{narrow:?}");
        assert_eq!(narrow.join(" "), text.replace('\u{a0}', " "));
        assert_eq!(kept_together("von „Gar nicht“ zu „Ja“ und “a b"), "von „Gar\u{a0}nicht“ zu „Ja“ und “a b");
        assert_eq!(kept_together("on 8\u{a0}July 2025, in 2024"), "on 8\u{a0}July\u{a0}2025, in 2024");
        let long = format!("“{}”", "very long words ".repeat(5));
        assert_eq!(kept_together(&long), long);
        assert_eq!(kept_together("in 6 statements, 2023 too"), "in 6\u{a0}statements, 2023 too");
    }

    #[test]
    fn blank_text_has_no_lines() {
        let fonts = Fonts::embedded();
        assert!(fonts.wrap("", FACE, 50.0).is_empty());
        assert!(fonts.wrap_evenly(" \n\t", FACE, 50.0, 2).is_empty());
    }

    #[test]
    fn cut_text_fits_and_says_so() {
        let fonts = Fonts::embedded();
        let line = fonts.wrap_at_most("White House with Europeans", FACE, 80.0, 1).concat();
        assert!(line.ends_with(ELLIPSIS) && fonts.width(&line, FACE) <= 80.0, "{line}");
        assert_eq!(
            fonts.wrap_at_most("Donaudampfschifffahrtsgesellschaft", FACE, 60.0, 2)[1].matches(['-', ELLIPSIS]).count(),
            1
        );
        assert_eq!(fonts.wrap_at_most("one two three four five", FACE, 30.0, 2).len(), 2);
    }

    #[test]
    fn even_lines_are_as_few_and_narrower() {
        let fonts = Fonts::embedded();
        let lines = fonts.wrap_evenly("UN General Assembly opens", FACE, 150.0, 3);
        assert_eq!(lines, ["UN General", "Assembly opens"]);
    }

    /// Cut at 2 lines, both would read "In favour, with…".
    #[test]
    fn levels_that_differ_at_the_end_stay_apart() {
        let fonts = Fonts::embedded();
        let words = ["In favour, with conditions A", "In favour, with conditions B"];
        let lines = fonts.wrap_apart(&words, FACE, 50.0, 2);
        assert!(lines[0].join(" ").ends_with('A') && lines[1].join(" ").ends_with('B'), "{lines:?}");
        assert_eq!(fonts.wrap_apart(&["Against and so on", "For"], FACE, 50.0, 1)[0].len(), 1);
    }
}
