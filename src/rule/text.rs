//! A text as rules see it: words in sentences, each with the bytes it was written in.
//!
//! Text and patterns go through the same splitting, so that spelling that a reader would not
//! notice makes no difference: letter case, curly or straight apostrophes, any dash or hyphen,
//! composed or decomposed accents, and contractions ("won't" is read as "will not").

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The bytes of the text in which the word was written. The parts of a contraction share
    /// the bytes of the whole.
    pub span: Range<usize>,
    /// The sentence it belongs to, from 0.
    pub sentence: usize,
    /// Where its normal form stands in [`Words::normal`].
    normal: Range<usize>,
}

/// The words of a text. Meant to be used again for the next text, so that nothing is allocated
/// for each.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Word>,
    normal: String,
}

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "brig", "capt", "cf", "co", "col", "corp", "dec", "dr", "etc", "feb", "fri", "gen", "gov",
    "hon", "inc", "jan", "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mon", "mr", "mrs", "ms", "mt", "no",
    "nov", "oct", "pres", "prof", "rep", "rev", "sat", "sen", "sep", "sept", "sgt", "sr", "st", "sun", "thu", "tue",
    "vs", "wed",
];

impl Words {
    /// Splits a text into words and sentences, replacing what was here before.
    pub fn split(&mut self, text: &str) {
        self.words.clear();
        self.normal.clear();
        let mut sentence = 0;
        let mut at = 0;
        while let Some(word) = next_word(text, at) {
            if self.ends_between(text, at, word.start) {
                sentence += 1;
            }
            at = word.end;
            self.push(text, word, sentence);
        }
    }

    /// The words, in the order of the text.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// A word in the form in which words are compared.
    pub fn normal(&self, word: &Word) -> &str {
        &self.normal[word.normal.clone()]
    }

    /// Whether the sentence of the last word ends in the stretch of text before the next word.
    fn ends_between(&self, text: &str, from: usize, to: usize) -> bool {
        let Some(last) = self.words.last() else { return false };
        let between = &text[from..to];
        if between.matches('\n').count() > 1 || between.contains("[...]") || between.contains("[…]") {
            return true;
        }
        let Some(end) = between.find(['.', '!', '?', '…']) else { return false };
        let next = text[to..].chars().next();
        let begins_sentence = next.is_some_and(|c| !c.is_lowercase());
        let spaced = between[end..].chars().any(char::is_whitespace);
        let abbreviated = between[end..].starts_with('.') && !between[end + 1..].starts_with('.') && {
            let word = self.normal(last);
            ABBREVIATIONS.contains(&word) || word.contains('.') || (word.chars().count() == 1 && word != "i")
        };
        begins_sentence && spaced && !abbreviated
    }

    /// Adds a written word, a contraction as the words it stands for.
    fn push(&mut self, text: &str, span: Range<usize>, sentence: usize) {
        let start = self.normal.len();
        push_normal(&text[span.clone()], &mut self.normal);
        let normal = &self.normal[start..];
        if !normal.contains('\'') && normal != "cannot" {
            self.words.push(Word { span, sentence, normal: start..self.normal.len() });
            return;
        }
        let normal = self.normal.split_off(start);
        let (mut body, mut parts) = (normal.as_str(), Vec::new());
        while let Some((first, second)) = contraction(body) {
            parts.push(second);
            body = first;
        }
        parts.push(body);
        parts.reverse();
        // A possessive ending is no part of the word before it; the rest of a contraction is one.
        let own_end = text[span.clone()].char_indices().rev().nth(1).map_or(span.end, |(i, _)| span.start + i);
        let cut = if normal.ends_with("'s") { own_end } else { span.end };
        for (i, part) in parts.iter().enumerate() {
            let from = self.normal.len();
            self.normal.push_str(part);
            let ending = cut < span.end && i + 1 == parts.len();
            let written = if ending { cut..span.end } else { span.start..cut };
            self.words.push(Word { span: written, sentence, normal: from..self.normal.len() });
        }
    }
}

/// What a contraction's last part stands for, and what stands before it. A possessive and "is" look
/// alike; both become a word "s", so that "Ukraine" matches "Ukraine's".
fn contraction(normal: &str) -> Option<(&str, &'static str)> {
    match normal {
        "cannot" | "can't" => return Some(("can", "not")),
        "won't" => return Some(("will", "not")),
        "shan't" => return Some(("shall", "not")),
        _ => {}
    }
    const ENDINGS: [(&str, &str); 6] =
        [("'s", "s"), ("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am")];
    ENDINGS
        .iter()
        .find_map(|(ending, word)| Some((normal.strip_suffix(ending).filter(|first| !first.is_empty())?, *word)))
}

/// The bytes of the first word at or after `from`.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let mut chars = text[from..].char_indices().map(|(i, c)| (from + i, c)).peekable();
    let start = loop {
        let (i, c) = chars.next()?;
        if c.is_alphanumeric() {
            break i;
        }
    };
    let mut end = start;
    let mut previous = ' ';
    let mut rest = text[start..].char_indices().map(|(i, c)| (start + i, c)).peekable();
    while let Some((i, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        let inner = c.is_alphanumeric()
            || is_combining_mark(c)
            || is_invisible(c)
            || (is_apostrophe(c) && previous.is_alphabetic() && next.is_some_and(char::is_alphabetic))
            || (matches!(c, '.' | ',') && previous.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()))
            || (c == '.' && next.is_some_and(char::is_alphabetic) && ends_in_initial(&text[start..i]));
        if !inner {
            break;
        }
        end = i + c.len_utf8();
        previous = c;
    }
    Some(start..end)
}

/// Whether a word's last part is a single letter, as in "U" or "U.S".
fn ends_in_initial(word: &str) -> bool {
    let part = word.rsplit('.').next().unwrap_or(word);
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

/// Characters that take no room: soft hyphen, zero-width characters, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn push_normal(word: &str, normal: &mut String) {
    if word.is_ascii() {
        normal.extend(word.chars().map(|c| if c == '`' { '\'' } else { c.to_ascii_lowercase() }));
        return;
    }
    let plain = word.nfc().filter(|c| !is_invisible(*c)).map(|c| if is_apostrophe(c) { '\'' } else { c });
    normal.extend(plain.flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text with `|` between sentences.
    fn split(text: &str) -> String {
        let mut words = Words::default();
        words.split(text);
        let mut out = String::new();
        for (i, word) in words.words().iter().enumerate() {
            if i > 0 {
                out += if words.words()[i - 1].sentence == word.sentence { " " } else { " | " };
            }
            out += words.normal(word);
        }
        out
    }

    #[test]
    fn words_are_compared_as_a_reader_compares_them() {
        for (text, expected) in [
            ("We won’t lift them, can't we? WE'RE not.", "we will not lift them can not we | we are not"),
            ("Ukraine's pre-2014 borders", "ukraine s pre 2014 borders"),
            ("he couldn't've, won't's", "he could not have will not s"),
            ("$500bn, 1.6 billion and 50,000", "500bn 1.6 billion and 50,000"),
            ("oil—anything", "oil anything"),
            ("Cafe\u{301} ZÜRICH Київ", "café zürich київ"),
            ("sanc\u{ad}tions on\u{200b}", "sanctions on"),
            ("", ""),
            ("… !", ""),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, expected) in [
            ("The U.S. President met Mr. Putin. He left.", "the u.s president met mr putin | he left"),
            ("On Feb. 28 we met. [...] then nothing", "on feb 28 we met | then nothing"),
            ("Well… maybe not. “No!” he said", "well maybe not | no he said"),
            ("No? Yes!", "no | yes"),
            ("first line\n\nsecond line", "first line | second line"),
            ("I said so, I. Then I left", "i said so i | then i left"),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_knows_where_it_was_written() {
        let text = "Київ won’t sell Kyiv’s land";
        let mut words = Words::default();
        words.split(text);
        let written: Vec<&str> = words.words().iter().map(|word| &text[word.span.clone()]).collect();
        assert_eq!(written, ["Київ", "won’t", "won’t", "sell", "Kyiv", "’s", "land"]);
    }
}
