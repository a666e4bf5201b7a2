//! What the program knows about a language, from its file.

use serde::Deserialize;

use crate::error::Problem;
use crate::extract::day;
use crate::extract::sentence;
use crate::extract::sentence::boundary::SentenceWords;
use crate::extract::sentence::furniture::FurnitureWords;
use crate::extract::speech::Cues;
use crate::extract::speech::cues;
use crate::extract::venue::{VenueWords, Venues};
use crate::file::document::Document;

/// The built-in language.
const ENGLISH: &str = include_str!("language/en.toml");

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
}

/// The file of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentence: SentenceWords,
    furniture: FurnitureWords,
    speech: cues::SpeechSection,
    day: day::DaySection,
    venue: VenueWords,
}

impl Language {
    /// English.
    pub fn english() -> Language {
        Language::of(toml::from_str(ENGLISH).expect("the file is part of the program, and a test reads it"))
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_read_and_a_fault_has_its_place() {
        Language::english();
        let text = ENGLISH.replacen("weekdays = [", "weekdayz = [", 1);
        let mut problems = Vec::new();
        assert!(Language::read(&Document::new("de.toml", text), &mut problems).is_none());
        assert!(problems[0].what.contains("weekdayz"), "{problems:?}");
        assert!(problems[0].place.is_some_and(|place| place.line > 1));
    }
}
