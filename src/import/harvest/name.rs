//! The names of issues, from the headers of their columns.

use unicode_normalization::UnicodeNormalization;

use crate::import::column::{ColumnUse, bare_header, is_frame};
use crate::import::recognise::Recognised;
use crate::import::scale;
use crate::import::settings::FileAnswers;
use crate::words::shortened;

/// The longest id that a header gives, in characters.
const LONGEST_ID: usize = 40;

/// Where a column of positions gets its issue from.
pub fn issue_of(column: &Recognised, answers: &FileAnswers) -> String {
    match &column.usage {
        ColumnUse::PositionOn(Some(issue)) | ColumnUse::PositionBy { issue: Some(issue), .. } => issue.clone(),
        _ => answers.issue.clone().unwrap_or_else(|| column.header.clone()),
    }
}

/// A header without what explains its numbers: `Keep the pool? (-2..2)` is `Keep the pool?`, `Fares: 1 = raise` is
/// `Fares`.
fn without_legend(header: &str) -> &str {
    let header = header.trim();
    // `(-2..2)` and `(1 against, 5 for)` do. One number is part of the name, as in `Rent cap (2024)`, and so are years.
    let explains = |text: &str| {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        text.contains('=')
            || scale::range(text).is_some()
            || (numbers.clone().count() > 1 && numbers.clone().all(|digits| digits.len() < 4))
    };
    let mut rest = header;
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, inside)) = rest.rsplit_once(open)
            && inside.trim_end().ends_with(close)
            && explains(inside)
            && !before.trim().is_empty()
        {
            rest = before.trim_end();
        }
    }
    for mark in [": ", " - ", " – ", " — "] {
        if let Some((before, after)) = rest.split_once(mark)
            && explains(after)
            && !before.trim().is_empty()
        {
            rest = before.trim_end();
        }
    }
    // `Assisted dying, 0 to 10`
    match rest.rsplit_once(", ") {
        Some((before, after)) if scale::range(after).is_some() && !before.trim().is_empty() => before.trim_end(),
        _ => rest,
    }
}

/// The name of an issue in charts: `Position on the trams` and `Trams: stance (-2..2)` are `Trams`.
pub fn issue_name(header: &str) -> String {
    let header = without_points(without_legend(header)).replace('_', " ");
    let header = header.trim().trim_end_matches(['?', ':']).trim_end();
    let words: Vec<&str> = header.split_whitespace().collect();
    let first = words.iter().position(|word| !is_frame(word)).unwrap_or(0);
    let last = words.iter().rposition(|word| !is_frame(word)).map_or(words.len(), |last| last + 1);
    let own = words[first.min(words.len())..last.max(first)].join(" ");
    let own = own.trim_end_matches([':', ',']).to_owned();
    // A header that begins with its own name stays as it is written.
    let mut letters = own.chars();
    match letters.next().filter(|_| first > 0) {
        Some(initial) => initial.to_uppercase().chain(letters).collect(),
        None => own,
    }
}

/// A name of a program, such as `min.wage` or `codes.tram`, as words.
fn without_points(header: &str) -> String {
    let letters: Vec<char> = header.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic());
    // `e.g. this` and `U.S.` are no names of programs.
    let program = !header.trim().contains(' ') && letters.last().is_some_and(|c| *c != '.');
    let shown = |(at, c): (usize, &char)| match c {
        '.' if program && is_letter(at.checked_sub(1)) && is_letter(Some(at + 1)) => ' ',
        c => *c,
    };
    letters.iter().enumerate().map(shown).collect()
}

/// The question of an issue: its header, if it is one.
pub fn issue_question(header: &str) -> String {
    let header = without_legend(header);
    if header.ends_with('?') { header.to_owned() } else { String::new() }
}

/// An id for an issue: lowercase words with hyphens, the first of them if they are many. `Position on the trams` is
/// `trams`.
pub fn issue_id(name: &str) -> String {
    let words = issue_words(name);
    let words = if words.chars().count() > LONGEST_ID { shortened(&words, LONGEST_ID) } else { words };
    let id = words.trim_end_matches('…').split_whitespace().collect::<Vec<_>>().join("-");
    if id.is_empty() { "issue".to_owned() } else { id }
}

/// The words by which headers are compared: those of an id, all of them.
pub fn issue_words(name: &str) -> String {
    let name = without_legend(name);
    let lower: String = name.to_lowercase().nfc().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let first = words.iter().position(|word| !is_frame(word)).unwrap_or(0);
    let last = words.iter().rposition(|word| !is_frame(word)).map_or(words.len(), |last| last + 1);
    words[first..last.max(first)].join(" ")
}

/// The id and the name of an issue in the forms in which they are compared, made once: a sheet may have hundreds of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedNames {
    bare: [String; 2],
    words: [String; 2],
}

impl ComparedNames {
    /// Of an issue.
    #[must_use]
    pub fn of(id: &str, name: &str) -> Self {
        Self { bare: [id, name].map(bare_header), words: [id, name].map(issue_words) }
    }

    /// Whether a header is the id or the name, but for case, accents and marks.
    #[must_use]
    pub fn has_bare(&self, bare: &str) -> bool {
        self.bare.iter().any(|own| own == bare)
    }

    /// Whether the name has these words.
    #[must_use]
    pub fn is_named(&self, words: &str) -> bool {
        self.words[1] == words
    }

    /// Whether the id or the name has these words.
    #[must_use]
    pub fn has_words(&self, words: &str) -> bool {
        self.words.iter().any(|own| own == words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_give_names_that_charts_can_show() {
        for (header, id, name, question) in [
            ("Position on the trams", "trams", "Trams", ""),
            ("Keep the pool? (-2..2)", "keep-the-pool", "Keep the pool", "Keep the pool?"),
            ("Fares: 1 = raise, 5 = keep", "fares", "Fares", ""),
            ("stance_tram", "tram", "Tram", ""),
            ("Tram stance", "tram", "Tram", ""),
            ("Haltung Straßenbahn", "straßenbahn", "Straßenbahn", ""),
            ("Позиція щодо трамвая", "трамвая", "Трамвая", ""),
            ("Stance", "stance", "Stance", ""),
            ("Tram [1-5]", "tram", "Tram", ""),
            ("NATO", "nato", "NATO", ""),
            ("Assisted dying, 0 to 10", "assisted-dying", "Assisted dying", ""),
            ("Budget, 2025", "budget-2025", "Budget, 2025", ""),
            ("codes.speed_limit", "speed-limit", "Speed limit", ""),
            ("min.wage", "min-wage", "min wage", ""),
        ] {
            assert_eq!((issue_id(header).as_str(), issue_name(header).as_str()), (id, name), "{header}");
            assert_eq!(issue_question(header), question, "{header}");
        }
        let long = "How far does the speaker support building the tram in this year or the next?";
        assert_eq!(issue_id(long), "how-far-does-the-speaker-support");
    }
}
