//! Words that ran together because a page lost its spaces: "saysSkip to content".
//!
//! A lower-case letter before a capital inside a word is a seam, unless the word is a name written that
//! way ("McCain", "YouTube", "iPhone"). A word that begins with a lower-case letter ("saysSkip") is
//! hardly ever such a name. A word that begins with a capital ("RussiaFrom") is split only in a
//! paragraph that has lost spaces elsewhere too.

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// What a language writes with a capital inside a word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlueWords {
    /// Names with a capital inside: "YouTube".
    pub names: FxHashSet<String>,
    /// First parts of surnames that are followed by a capital: "Mc", "De".
    pub prefixes: FxHashSet<String>,
    /// Words that follow a number: "2 days", "40 mins".
    pub units: FxHashSet<String>,
    /// Agencies that are a credit before a text: "Reuters".
    pub agencies: FxHashSet<String>,
}

/// The longest part of a word, in bytes, that is examined. Real words are shorter, and time stays
/// linear.
const LONGEST_WORD: usize = 40;

/// The longest part of a name before or after its inner capital, in characters.
const LONGEST_NAME: usize = 16;
/// How many beginnings and ends of a name are tried.
const PARTS_OF_A_NAME: usize = 3;

/// How certain it is that two words ran together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// In any paragraph.
    Certain,
    /// If the paragraph has lost spaces elsewhere.
    Likely,
}

/// Whether there may be a seam at `at`, where the text before ends in `before` and continues with
/// `next`.
pub fn is_candidate(before: char, next: char) -> bool {
    if next.is_ascii_digit() {
        return before.is_alphabetic();
    }
    next.is_uppercase() && (before.is_alphanumeric() || matches!(before, ')' | '%'))
}

/// Judges a candidate; `from` is where the paragraph begins.
pub fn seam(text: &str, from: usize, at: usize, words: &GlueWords) -> Option<Seam> {
    let mut letters = text[at..].chars().skip(1);
    if text[from..at].ends_with(char::is_uppercase)
        && !letters.next().is_some_and(char::is_lowercase)
        && !text[at..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let left = word_before(text, from, at);
    let right = word_after(text, at);
    let before = text[from..at].chars().next_back()?;
    let next = right.chars().next()?;
    let start = at - left.len();
    // A handle, a tag, an address.
    if text[from..start].ends_with(['@', '#', '/', '_', '.', '-', '=', '&']) && !left.is_empty() {
        return None;
    }
    if next.is_ascii_digit() {
        let sure = if before.is_lowercase() { Seam::Certain } else { Seam::Likely };
        return (left.len() > 1 && is_time(text, at, words)).then_some(sure);
    }
    if matches!(before, ')' | '%') {
        return (right.len() > 1).then_some(Seam::Likely);
    }
    if before.is_ascii_digit() {
        let year = left.len() == 4 && left.bytes().all(|byte| byte.is_ascii_digit());
        let word = right.chars().nth(1).is_some_and(char::is_lowercase);
        return (year && word).then_some(Seam::Likely);
    }
    if before.is_uppercase() {
        // "BBCPrivacy": a word of capitals, then one that begins with a capital.
        let capitals = left.chars().count() >= 2 && left.chars().all(char::is_uppercase);
        let word = right.chars().skip(1).take(2).filter(|c| c.is_lowercase()).count() == 2;
        return (capitals && word && !is_name(text, start, at, words)).then_some(Seam::Likely);
    }
    if !before.is_lowercase() || is_name(text, start, at, words) {
        return None;
    }
    let left_hump = last_hump(left);
    if words.prefixes.contains(left_hump) && right.chars().count() > 2 {
        return None;
    }
    if words.agencies.contains(left_hump) {
        return Some(Seam::Certain);
    }
    let small = left_hump.chars().next().is_some_and(char::is_lowercase);
    let letters = left_hump.chars().count();
    let capitals = right.chars().take_while(|c| c.is_uppercase()).count();
    let whole = right.chars().count() == 1 || capitals >= 2 || right.chars().nth(1).is_some_and(char::is_lowercase);
    match (small, letters) {
        (true, 4..) if whole => Some(Seam::Certain),
        (true, 2..) | (false, 2..) if whole => Some(Seam::Likely),
        _ => None,
    }
}

/// Whether there is a number with a unit of time at `at`: "40 mins".
pub fn is_time(text: &str, at: usize, words: &GlueWords) -> bool {
    let digits = text[at..].bytes().take(4).take_while(u8::is_ascii_digit).count();
    let rest = text[at + digits..].strip_prefix(' ');
    digits <= 3 && rest.is_some_and(|rest| words.units.contains(word_after(rest, 0)))
}

/// Whether the seam is inside a name that is written with a capital inside, such as "YouTube". The name
/// may begin at any capital of the word and end before any: "LinkedInYouTubeFollow".
fn is_name(text: &str, start: usize, at: usize, words: &GlueWords) -> bool {
    let end = at + word_after(text, at).len();
    let whole = text[start..at].char_indices().rev().take(LONGEST_NAME);
    let starts = whole.filter(|&(i, c)| i == 0 || c.is_uppercase()).map(|(i, _)| start + i).take(PARTS_OF_A_NAME);
    let ends = || {
        let inner = text[at..end].char_indices().take(LONGEST_NAME).skip(1);
        inner
            .filter(|&(_, c)| c.is_uppercase() || matches!(c, '\'' | '’'))
            .map(|(i, _)| at + i)
            .take(PARTS_OF_A_NAME)
            .chain([end])
    };
    starts.into_iter().any(|first| ends().any(|last| words.names.contains(&text[first..last])))
}

/// The text from the last capital of a word on; the whole word if it has no capital.
fn last_hump(word: &str) -> &str {
    word.rfind(char::is_uppercase).map_or(word, |capital| &word[capital..])
}

/// The letters, digits and apostrophes directly before `at`.
pub fn word_before(text: &str, from: usize, at: usize) -> &str {
    let mut start = at;
    for (i, c) in text[from..at].char_indices().rev() {
        if !(c.is_alphanumeric() || matches!(c, '\'' | '’')) || at - from - i > LONGEST_WORD {
            break;
        }
        start = from + i;
    }
    &text[start..at]
}

/// The letters, digits and apostrophes directly after `at`.
pub fn word_after(text: &str, at: usize) -> &str {
    let mut end = at;
    for (i, c) in text[at..].char_indices() {
        if !(c.is_alphanumeric() || matches!(c, '\'' | '’')) || i > LONGEST_WORD {
            break;
        }
        end = at + i + c.len_utf8();
    }
    &text[at..end]
}
