//! What the program knows about a language, from its file.

use serde::Deserialize;

use crate::error::Problem;
use crate::extract::day;
use crate::extract::sentence;
use crate::extract::sentence::boundary::SentenceWords;
use crate::extract::sentence::furniture::FurnitureWords;
use crate::extract::speech::Cues;
use crate::extract::speech::section::SpeechSection;
use crate::extract::venue::{VenueWords, Venues};
use crate::extract::wording::WordingSection;
use crate::file::document::Document;

/// The built-in languages, with their codes (ISO 639-1). The first is the usual one.
const BUILT_IN: [(&str, &str); 5] = [
    ("en", include_str!("language/en.toml")),
    ("de", include_str!("language/de.toml")),
    ("fr", include_str!("language/fr.toml")),
    ("uk", include_str!("language/uk.toml")),
    ("ru", include_str!("language/ru.toml")),
];

/// How much of a text, in bytes, is enough to tell its language.
const ENOUGH: usize = 3000;

/// How confident the detector must be of a built-in language.
const SURE: f64 = 0.25;

/// The code of the language in which a text is written, if it is clear; any language, built in or not.
pub fn detected(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    // The detector is less sure of languages of one family than it asks of itself.
    let code = match info.lang() {
        whatlang::Lang::Eng => Some("en"),
        whatlang::Lang::Deu => Some("de"),
        whatlang::Lang::Fra => Some("fr"),
        whatlang::Lang::Ukr => Some("uk"),
        whatlang::Lang::Rus => Some("ru"),
        _ => None,
    };
    if !(info.is_reliable() || code.is_some() && info.confidence() >= SURE) {
        return None;
    }
    Some(code.unwrap_or_else(|| info.lang().eng_name()))
}

/// The codes of the built-in languages.
pub fn codes() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(code, _)| *code)
}

/// What is known about a language, ready for use.
#[derive(Debug)]
pub struct Language {
    /// Sentences and furniture.
    pub sentences: sentence::SentenceLexicon,
    /// Who says something, and how.
    pub cues: Cues,
    /// Days.
    pub days: day::DayLexicon,
    /// Where something is said.
    pub venues: Venues,
    /// When two wordings are one statement.
    pub wording: WordingSection,
}

/// The file of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentence: SentenceWords,
    furniture: FurnitureWords,
    speech: SpeechSection,
    day: day::DaySection,
    venue: VenueWords,
    #[serde(default)]
    wording: WordingSection,
}

impl Language {
    /// English.
    pub fn english() -> Language {
        Language::built_in("en").expect("English is built in")
    }

    /// A built-in language by its code; `None` if there is none.
    pub fn built_in(code: &str) -> Option<Language> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| known.eq_ignore_ascii_case(code))?;
        Some(Language::of(toml::from_str(text).expect("the file is part of the program, and a test reads it")))
    }

    /// Reads a language file. Its first fault is added to `problems`.
    pub fn read(document: &Document, problems: &mut Vec<Problem>) -> Option<Language> {
        match toml::from_str(&document.text) {
            Ok(file) => Some(Language::of(file)),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let hint = "give the file the sections of src/extract/language/en.toml, each with all its lists";
                problems.push(document.fault(span, error.message(), hint));
                None
            }
        }
    }

    fn of(file: File) -> Language {
        Language {
            sentences: sentence::SentenceLexicon::new(file.sentence, &file.furniture),
            cues: Cues::new(&file.speech),
            days: day::DayLexicon::new(&file.day),
            venues: Venues::new(file.venue),
            wording: file.wording,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_text() {
        let german = "Die Bürgermeisterin sagte am Dienstag, die Straßenbahn werde noch vor dem Winter fertig, und niemand könne sie \
            aufhalten. Der Rat der Stadt hatte zuvor vier Stunden lang über den Plan beraten, den die Verwaltung vorlegte.";
        let english = "The mayor said on Tuesday that the tram would be ready before the winter. ".repeat(4);
        assert_eq!((detected(german), detected(&english), detected("")), (Some("de"), Some("en"), None));
        assert!(Language::built_in("DE").is_some() && Language::built_in("tlh").is_none());
    }

    #[test]
    fn languages_are_read_and_a_fault_has_its_place() {
        for code in codes() {
            Language::built_in(code).unwrap();
        }
        let text = BUILT_IN[0].1.replacen("weekdays = [", "weekdayz = [", 1);
        let mut problems = Vec::new();
        assert!(Language::read(&Document::new("de.toml", text), &mut problems).is_none());
        assert!(problems[0].what.contains("weekdayz"), "{problems:?}");
        assert!(problems[0].place.is_some_and(|place| place.line > 1));
    }
}
