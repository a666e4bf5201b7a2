//! Finds where something was said, according to the sentence that reports it.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match, MatchKind};
use serde::Deserialize;

/// What a language says about places and occasions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VenueWords {
    /// Places, occasions and media that are named as they are.
    phrases: Vec<String>,
    /// What comes before a name that says where.
    before_names: Vec<String>,
    /// Those of them that are included in the name.
    named_with: Vec<String>,
    /// Endings that are not part of a name.
    possessive: Vec<String>,
    /// Small words within such names.
    within_names: Vec<String>,
}

/// The same, ready for use: all phrases are looked for at once.
#[derive(Debug)]
pub struct Venues {
    phrases: AhoCorasick,
    before_names: AhoCorasick,
    named_with: Vec<String>,
    possessive: Vec<String>,
    within_names: Vec<String>,
}

/// The longest name, in words.
const LONGEST: usize = 6;

impl Venues {
    /// Makes the words of a language ready for use.
    pub fn new(words: VenueWords) -> Venues {
        let together = |phrases: &[String]| {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
            builder.kind(Some(AhoCorasickKind::DFA));
            builder.build(phrases).expect("so few words never exceed what an automaton can hold")
        };
        Venues {
            phrases: together(&words.phrases),
            before_names: together(&words.before_names),
            named_with: words.named_with,
            possessive: words.possessive,
            within_names: words.within_names,
        }
    }

    /// Finds where something was said in a sentence that reports it. Text inside the quoted words
    /// (`quotes`, bytes of the text) does not count.
    pub fn find(&self, text: &str, sentence: Range<usize>, quotes: &[Range<usize>]) -> Option<String> {
        let written = text.get(sentence.clone())?;
        let counts = |found: &Match| {
            let at = sentence.start + found.start();
            whole(written, found.start(), found.len()) && !quotes.iter().any(|quote| quote.contains(&at))
        };
        let named = self.before_names.find_iter(written).filter(counts).find_map(|found| {
            let name = self.name(&written[found.end()..])?;
            let phrase = written[found.range()].to_lowercase();
            // An interview is named together with its medium, and a post only by where it is.
            Some(if self.named_with.contains(&phrase) { format!("{phrase} {name}") } else { name })
        });
        named.or_else(|| self.phrases.find_iter(written).find(counts).map(|found| written[found.range()].to_owned()))
    }

    /// The words with a capital at the beginning of a text.
    fn name(&self, rest: &str) -> Option<String> {
        let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let mut name: Vec<&str> = Vec::new();
        for word in rest.split_whitespace().take(LONGEST) {
            let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
            let small = self.within_names.iter().any(|small| small == bare);
            if !capital(bare) && !small {
                break;
            }
            let owner = self.possessive.iter().find_map(|ending| bare.strip_suffix(ending.as_str()));
            name.push(owner.unwrap_or(bare));
            if bare.len() < word.len() {
                break;
            }
        }
        while name.last().is_some_and(|last| !capital(last)) {
            name.pop();
        }
        // "An interview with Russian state television": the capital only begins a longer name.
        let next = rest.split_whitespace().nth(name.len()).unwrap_or("");
        if name.len() == 1
            && next.starts_with(char::is_lowercase)
            && !rest.trim_start()[name[0].len()..].starts_with([',', '.'])
        {
            return None;
        }
        (!name.is_empty()).then(|| name.join(" "))
    }
}

/// Whether there is no letter on either side of a span.
fn whole(text: &str, at: usize, length: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..at].chars().next_back()) && !letter(text[at + length..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::language::Language;

    fn venue(text: &str) -> Option<String> {
        let quotes: Vec<Range<usize>> =
            text.find('“').and_then(|start| Some(start..text.find('”')?)).into_iter().collect();
        Language::english().venues.find(text, 0..text.len(), &quotes)
    }

    #[test]
    fn places_and_media_are_found_outside_the_words_said() {
        assert_eq!(venue("In a post on Truth Social, he wrote: “No.”").as_deref(), Some("Truth Social"));
        assert_eq!(venue("She told reporters in the Oval Office.").as_deref(), Some("Oval Office"));
        let interview = venue("The mayor said so in an interview with Radio Marn on Monday.");
        assert_eq!(interview.as_deref(), Some("interview with Radio Marn"));
        assert_eq!(venue("He said “the press conference was short”."), None);
        assert_eq!(venue("He said no."), None);
        assert_eq!(venue("İn the OVAL OFFICE").as_deref(), Some("OVAL OFFICE"));
    }
}
