//! A text as words, numbers and marks, each looked up once.

use std::ops::Range;

use crate::extract::day::lexicon::{DayClass, DayLexicon, flag};
use crate::extract::day::piece::{TextPiece, TokenShape, pieces};

/// A word (or several that form one), a number or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    start: u32,
    length: u32,
    pub shape: TokenShape,
    /// Its index among the classes of words; 0 is none.
    pub class: u16,
    /// Whether there is white space before it.
    pub spaced: bool,
    /// Whether a line begins with it.
    pub line: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// The value of a number of up to 4 digits, or the character of a mark.
    pub value: u32,
}

impl Token {
    /// The byte at which it begins.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// The byte after it.
    pub(crate) fn end(&self) -> usize {
        self.start as usize + self.length as usize
    }

    /// How many bytes long it is.
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    /// The value of a number with this many digits.
    pub(crate) fn number(&self, digits: Range<usize>) -> Option<u32> {
        (self.shape == TokenShape::Number && digits.contains(&(self.length as usize))).then_some(self.value)
    }

    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.shape == TokenShape::Mark && self.value == mark as u32
    }

    pub(crate) fn is_quote(&self) -> bool {
        const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '»', '‟', '`', '″'];
        self.shape == TokenShape::Mark && QUOTES.iter().any(|quote| *quote as u32 == self.value)
    }

    pub(crate) fn is_dash(&self) -> bool {
        const DASHES: [char; 6] = ['-', '–', '—', '‐', '‑', '−'];
        self.shape == TokenShape::Mark && DASHES.iter().any(|dash| *dash as u32 == self.value)
    }
}

/// The tokens of a text.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'t> {
    pub text: &'t str,
    pub words: &'t DayLexicon,
    pub tokens: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Splits a text. Words that form one, by the language's file, are one token. Text beyond 4 GB is
    /// not read: no article is that long, and the limit halves the memory.
    pub(crate) fn of(text: &'t str, words: &'t DayLexicon) -> Tokens<'t> {
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        Tokens { text, words, tokens: join(text, split(text, words), words) }
    }

    /// The class of a token; beyond the end, the empty class.
    pub(crate) fn class(&self, at: usize) -> &DayClass {
        &self.words.classes[self.tokens.get(at).map_or(0, |token| usize::from(token.class))]
    }

    pub(crate) fn written(&self, at: usize) -> &'t str {
        &self.text[self.tokens[at].start()..self.tokens[at].end()]
    }

    pub(crate) fn is(&self, at: usize, flags: u64) -> bool {
        self.class(at).is(flags)
    }

    pub(crate) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_dash)
    }

    /// Whether a token follows the previous one without white space.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// Whether a sentence ends before a token, as far as days need it.
    pub(crate) fn sentence_begins(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let Some(token) = self.tokens.get(at) else { return true };
        let mark = self.tokens[before];
        if token.line || mark.is_mark('!') || mark.is_mark('?') || mark.is_mark(';') {
            return true;
        }
        // A full stop after an initial or a short month name does not end a sentence, and neither does
        // one before a lower-case letter.
        mark.is_mark('.')
            && (token.spaced || token.capital)
            && (token.capital || token.shape != TokenShape::Word)
            && !before.checked_sub(1).is_some_and(|word| {
                let (word, class) = (self.tokens[word], self.class(word));
                let letters = word.len();
                word.shape == TokenShape::Word
                    && (letters == 1
                        || class.is(flag::SHORT)
                        || (letters <= 3
                            && word.capital
                            && token.shape == TokenShape::Word
                            && letters > 1
                            && is_title(&self.text[word.start()..word.end()])))
            })
    }
}

/// Whether a short word before a full stop is a title and not the end of a sentence: there is no vowel
/// between its consonants ("Mr", "Dr", "St", "Jr", "Sgt").
fn is_title(word: &str) -> bool {
    !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// The tokens as written, each with its index among the entries in place of its class.
fn split(text: &str, words: &DayLexicon) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut folded = String::new();
    let (mut spaced, mut line) = (false, true);
    for TextPiece { range, shape } in pieces(text) {
        let written = &text[range.clone()];
        if shape == TokenShape::Space {
            spaced = true;
            line |= written.contains('\n');
            continue;
        }
        let first = written.chars().next().unwrap_or(' ');
        if shape == TokenShape::Word && line && first.is_lowercase() && join_broken(text, &range, &mut tokens, words) {
            (spaced, line) = (false, false);
            continue;
        }
        let mut class = 0;
        let mut value = 0;
        match shape {
            TokenShape::Word if written.len() <= LONGEST => {
                fold(written, &mut folded);
                class = words.places.get(folded.as_str()).copied().unwrap_or(0);
            }
            TokenShape::Number if written.len() <= 4 => value = written.parse().unwrap_or(0),
            TokenShape::Mark => value = first as u32,
            _ => {}
        }
        tokens.push(Token {
            start: range.start as u32,
            length: range.len() as u32,
            shape,
            class,
            spaced,
            line,
            capital: first.is_uppercase(),
            value,
        });
        (spaced, line) = (false, false);
    }
    tokens
}

/// "Wed-\nnesday": makes a word that a column broke whole, if it is in a list then.
fn join_broken(text: &str, rest: &Range<usize>, tokens: &mut Vec<Token>, words: &DayLexicon) -> bool {
    let [.., word, hyphen] = tokens.as_mut_slice() else { return false };
    let broken = word.shape == TokenShape::Word && hyphen.value == u32::from('-') && !hyphen.spaced;
    if !broken || rest.end - word.start() > LONGEST {
        return false;
    }
    let whole = format!("{}{}", &text[word.start()..word.end()], &text[rest.clone()]);
    let mut folded = String::new();
    fold(&whole, &mut folded);
    let Some(class) = words.places.get(folded.as_str()) else { return false };
    word.class = *class;
    word.length = (rest.end - word.start()) as u32;
    tokens.pop();
    true
}

/// Words longer than this, in bytes, are in no list.
const LONGEST: usize = 40;

/// A word in the form used for comparing.
fn fold(written: &str, folded: &mut String) {
    folded.clear();
    if written.is_ascii() {
        folded.push_str(written);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(written.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
    }
}

/// Whether a word equals another in the form used for comparing.
fn is_folded(written: &str, part: &str, folded: &mut String) -> bool {
    if written.is_ascii() {
        return written.eq_ignore_ascii_case(part);
    }
    written.len() <= LONGEST && {
        fold(written, folded);
        folded == part
    }
}

/// The same tokens with their classes. Tokens that form one, by the language's file, are joined.
fn join(text: &str, mut tokens: Vec<Token>, words: &DayLexicon) -> Vec<Token> {
    let mut folded = String::new();
    let (mut at, mut kept) = (0, 0);
    while at < tokens.len() {
        let mut token = tokens[at];
        let mut taken = 1;
        if token.class > 0 {
            let entry = &words.entries[usize::from(token.class)];
            token.class = entry.class;
            let fitting = entry.longer.iter().find(|(rest, _)| {
                rest.len() < tokens.len() - at
                    && rest
                        .iter()
                        .zip(&tokens[at + 1..])
                        .all(|(part, next)| !next.line && is_folded(&text[next.start()..next.end()], part, &mut folded))
            });
            if let Some((rest, class)) = fitting {
                token.class = *class;
                token.length = (tokens[at + rest.len()].end() - token.start()) as u32;
                taken += rest.len();
            }
        }
        tokens[kept] = token;
        kept += 1;
        at += taken;
    }
    tokens.truncate(kept);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let words = DayLexicon::english();
        let tokens = Tokens::of(text, &words);
        (0..tokens.tokens.len()).map(|at| tokens.written(at).to_owned()).collect()
    }

    #[test]
    fn a_text_is_words_numbers_and_marks() {
        assert_eq!(written("Friday’s vote, Oct. 2"), ["Friday", "’s", "vote", ",", "Oct", ".", "2"]);
        assert_eq!(written("25TuesdayShare 3pm"), ["25", "Tuesday", "Share", "3", "pm"]);
        assert_eq!(written("the day before yesterday he"), ["the day before yesterday", "he"]);
        assert_eq!(written("on Wed-\nnesday and zo-\nbbled"), ["on", "Wed-\nnesday", "and", "zo", "-", "bbled"]);
        assert_eq!(written(""), [""; 0]);
        assert_eq!(written("'s \u{0}׳שלום"), ["'", "s", "\u{0}", "׳", "שלום"]);
    }
}
