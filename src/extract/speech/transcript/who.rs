//! Whose words a paragraph of a transcript has, and what may be a name.

use std::ops::Range;

use crate::extract::speech::cues::*;

/// The most words of a name.
const NAME_WORDS: usize = 6;

/// Who speaks, as a paragraph begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The name, without office, party or time.
    pub name: Range<usize>,
    /// The office or party after it.
    pub office: Option<Range<usize>>,
    /// Where the words begin.
    pub words: usize,
    /// Whether the name is written in capitals, or is a letter for question and answer.
    pub loud: bool,
}

/// The last boundary of a letter at or before a byte.
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a text is written in capitals.
pub fn is_loud(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// Whether words may be someone's name or office: each has a capital, or may be within a name.
pub fn is_name(name: &str, cues: &Cues) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &str| cues.class(&word.to_lowercase()) & (PARTICLE | DETERMINER) != 0;
    let letters = |word: &&&str| word.chars().any(char::is_alphabetic);
    let fits = |word: &&str| {
        let allowed = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '#' | '&'));
        allowed && (word.starts_with(char::is_uppercase) || small(word) || !word.contains(char::is_alphabetic))
    };
    // "Some hon. members: Hear, hear!"
    let class = |word: &str| cues.class(&word.to_lowercase());
    let several = (2..=NAME_WORDS).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && class(words[0]) & DETERMINER != 0
        && words[1..].iter().any(|word| class(word) & (HONORIFIC | HEARERS) != 0)
        && words[1..].iter().all(|word| word.chars().all(|c| c.is_lowercase() || c == '.'));
    if several {
        return true;
    }
    let first = words.first().is_some_and(|first| first.starts_with(char::is_uppercase));
    // "But remember this:" is a sentence that goes on.
    let sentence = words.len() > 1
        && words.first().is_some_and(|first| {
            cues.class(&first.to_lowercase()) & (CONJUNCTION | SUBJECT | FUTURE | ADVERB) != 0 && !is_loud(name)
        });
    // "From: the ministry".
    let field = words.len() == 1 && cues.class(&name.to_lowercase()) & PREPOSITION != 0 && !is_loud(name);
    first
        && !sentence
        && !field
        && words.len() <= NAME_WORDS
        && words.iter().filter(letters).count() > 0
        && words.iter().all(fits)
}
