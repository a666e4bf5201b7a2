//! Whether two wordings are of the same words, as outlets have them: a cut, "gonna" for "going to", "harbor" for
//! "harbour".
//!
//! One word can turn a statement. So wordings are never the same if a number, a negation or another word that the
//! language's file calls turning is in only one of them, nor if one has a word where the other has a different one,
//! unless the file says that both mean the same or matter little.

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// With fewer words than this, wordings are only compared as a whole.
pub const FEWEST_ALIKE: usize = 8;
/// At least this share of the shorter wording's words must be in the longer one, in the same order: of 10 words, 8.
/// Small words and spellings are at most one word in five. Two statements of one speech share less.
pub const ALIKE: f64 = 0.8;
/// How alike the spellings of a word are, at least; 1 is the same. Both begin with the same letter, and have as many
/// letters as `FEWEST_LETTERS`, so that no two words of opposite meaning are: of "import" and "export" it is 0.67.
const SPELLED_ALIKE: f64 = 0.8;
/// Shorter words are never spelled alike.
const FEWEST_LETTERS: usize = 5;
/// Only so many words of each are compared.
const MOST_COMPARED: usize = 300;

/// The section of a language's file on wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordingSection {
    /// Two ways to write the same: gonna, going to.
    #[serde(default)]
    same: Vec<[String; 2]>,
    /// Words that turn what is said: not, only, if, and counts.
    #[serde(default)]
    turning: Vec<String>,
    /// Words that matter little: the, and.
    #[serde(default)]
    small: Vec<String>,
}

/// What makes two wordings the same or not, in the languages of some texts.
#[derive(Debug, Clone, Default)]
pub struct Wordings {
    same: Vec<(Vec<String>, Vec<String>)>,
    turning: FxHashSet<String>,
    small: FxHashSet<String>,
}

impl Wordings {
    /// The wordings of all languages of a run.
    pub fn of<'s>(sections: impl IntoIterator<Item = &'s WordingSection>) -> Wordings {
        let mut wordings = Wordings::default();
        for wording in sections {
            for [one, other] in &wording.same {
                wordings.same.push((words(one), words(other)));
            }
            wordings.turning.extend(wording.turning.iter().flat_map(|word| words(word)));
            wordings.small.extend(wording.small.iter().flat_map(|word| words(word)));
        }
        // The longest first, so that "could not" is not read as "could".
        wordings.same.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        wordings
    }

    /// Whether the words of a text are nearly those of another that is as long or longer.
    pub fn is_near(&self, longer: &str, shorter: &str) -> bool {
        let (long, short) = (self.plain(longer), self.plain(shorter));
        if short.len() < FEWEST_ALIKE || short.len() > long.len() {
            return false;
        }
        let pairs = common(&long, &short);
        if (pairs.len() as f64) < ALIKE * short.len() as f64 {
            return false;
        }
        // What the longer one has before and after is a cut of the shorter one, but "if" or "only if" in the same
        // sentence turns it.
        let (first, last) = (pairs[0], pairs[pairs.len() - 1]);
        let mut at = (first.0.saturating_sub(first.1), 0);
        let end = ((last.0 + short.len() - last.1).min(long.len()), short.len());
        let lead = long[..at.0].iter().rev().take_while(|word| !word.ends);
        let tail = if long[end.0 - 1].ends { &[] } else { &long[end.0..] };
        let tail = tail.iter().take(tail.iter().position(|word| word.ends).map_or(tail.len(), |end| end + 1));
        if lead.chain(tail).any(|word| self.turns(word)) {
            return false;
        }
        for next in pairs.iter().copied().chain([end]) {
            if !self.may_differ(&long[at.0..next.0.max(at.0)], &short[at.1..next.1]) {
                return false;
            }
            at = (next.0 + 1, next.1 + 1);
        }
        true
    }

    /// Whether a word turns what is said: not, only, 20.
    fn turns(&self, word: &Word) -> bool {
        word.plain.contains(|c: char| c.is_ascii_digit()) || self.turning.contains(&word.plain)
    }

    /// Whether wordings may differ in these words, between words that they share.
    fn may_differ(&self, long: &[Word], short: &[Word]) -> bool {
        let turns = |word: &Word| {
            let has = |other: &[Word]| other.iter().any(|other| other.plain == word.plain);
            self.turns(word) && !(has(long) && has(short))
        };
        if long.iter().chain(short).any(turns) {
            return false;
        }
        // What only the shorter one has is small, or another spelling of what the longer one has there.
        let mut rest: Vec<&Word> = long.iter().filter(|word| !self.small.contains(&word.plain)).collect();
        let own = short.iter().filter(|word| !self.small.contains(&word.plain)).all(|word| {
            let spelling = rest.iter().position(|other| spelled_alike(&other.plain, &word.plain));
            spelling.map(|at| rest.remove(at)).is_some()
        });
        // A word of the longer one beside a small one is no cut but another word.
        own && (rest.is_empty() || short.is_empty())
    }

    /// The words of a text with one way to write each.
    fn plain(&self, text: &str) -> Vec<Word> {
        let written = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
        let mut all: Vec<Word> = Vec::new();
        for word in written.take(MOST_COMPARED) {
            all.extend(words(word).into_iter().map(|plain| Word { plain, ends: word.ends_with(['.', '!', '?', '…']) }));
        }
        let mut at = 0;
        let mut out: Vec<Word> = Vec::with_capacity(all.len());
        while at < all.len() {
            let fits = |from: &Vec<String>| {
                !from.is_empty()
                    && all[at..].len() >= from.len()
                    && all[at..].iter().zip(from).all(|(a, b)| a.plain == *b)
            };
            match self.same.iter().find(|(from, _)| fits(from)) {
                Some((from, to)) => {
                    let ends = all[at + from.len() - 1].ends;
                    let last = to.len().saturating_sub(1);
                    let word = |(i, plain): (usize, &String)| Word { plain: plain.clone(), ends: ends && i == last };
                    out.extend(to.iter().enumerate().map(word));
                    at += from.len();
                }
                None => {
                    out.push(all[at].clone());
                    at += 1;
                }
            }
        }
        out
    }
}

/// The words of a text in lower case, without marks.
pub fn words(text: &str) -> Vec<String> {
    let bare =
        |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// A word of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    plain: String,
    /// Whether it ends a sentence.
    ends: bool,
}

/// Whether two words are one, spelled in two ways: harbour, harbor.
fn spelled_alike(one: &str, other: &str) -> bool {
    let long = |word: &str| word.chars().count() >= FEWEST_LETTERS;
    long(one)
        && long(other)
        && one.chars().next() == other.chars().next()
        && strsim::normalized_levenshtein(one, other) >= SPELLED_ALIKE
}

/// The places of the longest row of words that two wordings share, in order.
fn common(long: &[Word], short: &[Word]) -> Vec<(usize, usize)> {
    let width = short.len() + 1;
    let mut lengths = vec![0u16; (long.len() + 1) * width];
    for i in (0..long.len()).rev() {
        for j in (0..short.len()).rev() {
            lengths[i * width + j] = if long[i].plain == short[j].plain {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < long.len() && j < short.len() {
        if long[i].plain == short[j].plain {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The words in which a wording differs from another, with a word on each side: "are gonna build". On one line.
pub fn difference(kept: &str, other: &str) -> String {
    const AROUND: usize = 1;
    let split = |text: &str| -> Vec<Word> {
        let written = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
        written.take(MOST_COMPARED).map(|word| Word { plain: words(word).concat(), ends: false }).collect()
    };
    let written: Vec<&str> = other.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let (long, short) = (split(kept), split(other));
    let pairs = common(&long, &short);
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut at = (pairs.first().map_or(0, |first| first.0), 0);
    for next in pairs.iter().copied().chain([(pairs.last().map_or(0, |last| last.0 + 1), short.len())]) {
        if next.0 > at.0 || next.1 > at.1 {
            let stretch = at.1.saturating_sub(AROUND)..(next.1 + AROUND).min(short.len());
            match stretches.last_mut() {
                Some(last) if stretch.start <= last.end => last.end = stretch.end,
                _ => stretches.push(stretch),
            }
        }
        at = (next.0 + 1, next.1 + 1);
    }
    stretches.into_iter().map(|stretch| written[stretch].join(" ")).collect::<Vec<_>>().join(" … ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        wording: WordingSection,
    }

    fn near(one: &str, other: &str) -> bool {
        let section = |code| {
            let path = format!("{}/src/extract/language/{code}.toml", env!("CARGO_MANIFEST_DIR"));
            let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            file.wording
        };
        let wordings = Wordings::of(&["en", "de", "fr"].map(section));
        let longer = words(one).len() >= words(other).len();
        let (long, short) = if longer { (one, other) } else { (other, one) };
        wordings.is_near(long, short)
    }

    /// Made-up pairs, one a line: `=` or `!`, a third set aside by lot (`*`), and two wordings.
    #[test]
    fn pairs_of_wordings_are_told_apart() {
        let path = format!("{}/tests/extract/wordings.txt", env!("CARGO_MANIFEST_DIR"));
        let all = std::fs::read_to_string(path).unwrap();
        let (mut missed, mut merged, mut count) = (Vec::new(), Vec::new(), 0);
        for line in all.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (kind, pair) = line.trim_start_matches("* ").split_once(' ').unwrap();
            let (one, other) = pair.split_once(" || ").unwrap();
            count += 1;
            match (near(one, other), kind) {
                (false, "=") => missed.push(line),
                (true, "!") => merged.push(line),
                _ => {}
            }
        }
        assert_eq!(count, 60);
        assert_eq!(merged, Vec::<&str>::new());
        // Words put differently, which could be other words.
        assert_eq!(missed.len(), 3, "{missed:#?}");
    }

    #[test]
    fn what_differs_is_shown_with_its_neighbours() {
        let kept = "We are going to build the new tram line before the winter comes";
        assert_eq!(
            difference(kept, "We are gonna build the new tram line before winter comes"),
            "are gonna build … before winter"
        );
        assert_eq!(difference(kept, kept), "");
    }
}
