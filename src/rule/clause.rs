//! Where a sentence parts into clauses: the marks and words of `[clauses]` in `rules.toml`, or the built-in ones for
//! English. They are data, because every language parts its clauses with other words and marks.

use crate::rule::pattern::{Pattern, Phrase};

/// What parts a sentence into clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseWords {
    /// A clause ends at each of these.
    pub always: Parting,
    /// A clause ends at one of these if one of `subjects` follows directly.
    pub before_subject: Parting,
    /// What may be the subject of a new clause.
    pub subjects: Vec<Phrase>,
    /// If the clauses of a sentence differ, the one that begins with one of these decides.
    pub last_wins: Vec<Phrase>,
}

/// Marks and words that part clauses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parting {
    /// Punctuation between 2 words.
    pub marks: Vec<char>,
    /// Words and phrases. A clause begins with them.
    pub words: Vec<Phrase>,
}

/// The built-in list for `always`.
pub const ALWAYS: [&str; 19] = [
    ";", ":", "—", "–", "but", "however", "although", "though", "whereas", "while", "because", "if", "unless", "when",
    "until", "who", "whom", "whose", "which",
];
/// The built-in list for `before_subject`.
pub const BEFORE_SUBJECT: [&str; 7] = [",", "and", "or", "so", "nor", "yet", "then"];
/// The built-in list for `subjects`.
pub const SUBJECTS: [&str; 15] = [
    "i",
    "we",
    "you",
    "he",
    "she",
    "it",
    "they",
    "there",
    "nobody",
    "no one",
    "everybody",
    "everyone",
    "somebody",
    "someone",
    "(the|a|an|this|that|these|those|my|our|your|his|her|its|their) ...2 \
     (is|are|was|were|has|have|had|does|do|did|will|would|can|could|shall|should|must|may|might)",
];

impl Default for ClauseWords {
    fn default() -> ClauseWords {
        let parting = |entries: &[&str]| {
            let mut parting = Parting::default();
            for entry in entries {
                match mark(entry) {
                    Some(mark) => parting.marks.push(mark),
                    None => parting.words.extend(phrase(entry)),
                }
            }
            parting
        };
        ClauseWords {
            always: parting(&ALWAYS),
            before_subject: parting(&BEFORE_SUBJECT),
            subjects: SUBJECTS.iter().filter_map(|entry| phrase(entry)).collect(),
            last_wins: Vec::new(),
        }
    }
}

fn phrase(written: &str) -> Option<Phrase> {
    match Pattern::parse(written) {
        Ok(Pattern::Phrase(phrase)) => Some(phrase),
        _ => None,
    }
}

/// The punctuation mark that an entry is; `None` if it is a word.
pub fn mark(entry: &str) -> Option<char> {
    let mut characters = entry.trim().chars();
    let first = characters.next()?;
    (characters.next().is_none() && !first.is_alphanumeric() && first != '*').then_some(first)
}

impl ClauseWords {
    /// Whether nothing parts clauses, so that every sentence is one clause.
    pub fn is_empty(&self) -> bool {
        let nothing = |parting: &Parting| parting.marks.is_empty() && parting.words.is_empty();
        nothing(&self.always)
            && self.last_wins.is_empty()
            && (nothing(&self.before_subject) || self.subjects.is_empty())
    }
}

/// Whether the text between 2 words of a sentence has one of some marks. A hyphen between spaces, and a double hyphen,
/// are dashes as people type them. A short dash without spaces joins words: "the Paris–Lyon line".
pub fn has_mark(between: &str, marks: &[char]) -> bool {
    // Nearly all words are separated by one space.
    if between == " " || between.is_empty() {
        return false;
    }
    let spaced = |at: usize, mark: char| {
        let before = between[..at].chars().next_back().is_none_or(char::is_whitespace);
        let after = between[at + mark.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        before && after && at > 0
    };
    let is_dash = |dash: char| matches!(dash, '—' | '–');
    let typed_dash = || {
        marks.iter().any(|mark| is_dash(*mark))
            && (between.contains("--") || between.match_indices('-').any(|(at, _)| spaced(at, '-')))
    };
    let is_listed = |(at, mark): (usize, char)| marks.contains(&mark) && (mark != '–' || spaced(at, mark));
    between.char_indices().any(is_listed) || typed_dash()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_marks_and_patterns() {
        let words = ClauseWords::default();
        assert_eq!(words.always.marks, [';', ':', '—', '–']);
        assert_eq!(words.always.words.len() + words.always.marks.len(), ALWAYS.len());
        assert_eq!(words.before_subject.words.len() + 1, BEFORE_SUBJECT.len());
        assert_eq!(words.subjects.len(), SUBJECTS.len());
        assert!(!words.is_empty());
    }

    #[test]
    fn a_dash_parts_clauses_as_it_is_typed_and_a_hyphen_does_not() {
        for (between, parts) in [
            (" ", false),
            ("; ", true),
            (", ", false),
            ("—", true),
            (" — ", true),
            (" – ", true),
            ("–", false),
            (" - ", true),
            ("-", false),
            ("--", true),
            ("”: “", true),
            ("", false),
        ] {
            assert_eq!(has_mark(between, &[';', ':', '—', '–']), parts, "{between:?}");
        }
        assert!(!has_mark(" - ", &[';']));
        assert!(has_mark(", ", &[',']));
    }
}
