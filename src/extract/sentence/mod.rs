//! The parts of a text: its sentences, and what is not part of the article.
//!
//! Lines become paragraphs (`paragraph`), paragraphs become pieces (`boundary`, and `glue` if a page
//! lost its spaces), and each piece is judged on whether it belongs to the article (`furniture`, with
//! `shape`).

pub mod paragraph;
pub mod glue;
pub mod boundary;
pub mod shape;
pub mod furniture;

use std::ops::Range;

use crate::extract::sentence::boundary::{SentencePiece, SentenceWords, pieces};
use crate::extract::sentence::furniture::{Furniture, FurnitureWords, Reason};
use crate::extract::sentence::paragraph::paragraphs;

/// A piece of a text: a sentence, or something that is not part of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    /// Where it is, in bytes.
    pub range: Range<usize>,
    /// The paragraph it belongs to, counted from 0.
    pub paragraph: usize,
    /// Why it is left out; `None` for a sentence of the article.
    pub skipped: Option<Reason>,
}

/// What a language's file says about sentences and furniture, ready for use.
#[derive(Debug, Clone)]
pub struct SentenceLexicon {
    sentence: SentenceWords,
    furniture: Furniture,
}

impl SentenceLexicon {
    /// Prepares the sections of a language's file.
    pub fn new(sentence: SentenceWords, furniture: &FurnitureWords) -> SentenceLexicon {
        let furniture = Furniture::new(furniture, &sentence.sayings);
        SentenceLexicon { sentence, furniture }
    }

    /// English.
    #[cfg(test)]
    pub fn english() -> SentenceLexicon {
        #[derive(serde::Deserialize)]
        struct File {
            sentence: SentenceWords,
            furniture: FurnitureWords,
        }
        let file: File = toml::from_str(include_str!("../language/en.toml")).expect("a test reads this file");
        SentenceLexicon::new(file.sentence, &file.furniture)
    }
}

/// Splits a text into its parts, in order, covering everything except white space.
pub fn parts(text: &str, words: &SentenceLexicon) -> Vec<TextPart> {
    let paragraphs = paragraphs(text, |line| words.furniture.is_byline(line));
    let pieces = pieces(text, &paragraphs, &words.sentence);
    let reasons = words.furniture.judge(text, &pieces);
    let part =
        |(piece, skipped): (SentencePiece, _)| TextPart { range: piece.range, paragraph: piece.paragraph, skipped };
    pieces.into_iter().zip(reasons).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of a text with `|` between them.
    fn split(text: &str) -> String {
        let parts = parts(text, &SentenceLexicon::english());
        parts.iter().map(|part| &text[part.range.clone()]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for expected in [
            "U.S. President Ada Holm met Mr. Smith on Feb. 28.|He left.",
            "It is in our 6.36 post, No. 10 said.|See No. 5.|The rest is at 5 p.m. Monday.",
            "It costs 1.5 million, J. R. Holm of Holm Inc. said in the U.S.|The tram is late.",
            "\"We want it.|It is ours,\" she said.|\"Why not?\" Holm asked.",
            "\"Understood.\"|Then she left.|“No!” he said.|“Really?” Mayor Holm replied.|Nobody spoke.",
            "Well... this is odd.|I... I think so.|He said no…|Then yes.",
            "She waited (in vain.)|Then she said: 'It is over.'|We left.",
            "1. The bridge is old.|2. The tram is new.",
            "He told Ph.D. students about St. Olaf and Lt. Gen. Holm vs. Sen. Berg.",
            "The war.[1]|He left.",
        ] {
            assert_eq!(split(&expected.replace('|', " ")), expected);
        }
    }

    #[test]
    fn glued_words_are_taken_apart() {
        for expected in [
            "Mayor can win the bridge back, Holm says|Skip to content",
            "It hurt the economy.|His comments came late.|\"It is ours,\" he said.|\"We wait.\"|Holm explained that.",
            "She saw an \"open situation\".|\"Berg is late,\" he said.",
            "Holm says|2 days ago|Share|Save|Ada Berg and|Olaf Lund|Tram correspondent",
            "in a scathing speech|Earlier on Tuesday, she left.|Then she came back.|He knew it.",
        ] {
            assert_eq!(split(&expected.replace(['|'], "").replace(" (space)", " ")), expected);
        }
    }

    #[test]
    fn names_with_a_capital_inside_stay_whole() {
        for whole in [
            "McCain, MacDonald and DeSantis posted an iPhone video on YouTube and eBay, said a PhD student of U.S.-Russia ties.",
            "News.Az reports that OpenAI's McDonald's advert by @pamHolm was seen on LinkedIn.",
        ] {
            assert_eq!(split(whole), whole);
        }
    }

    #[test]
    fn every_letter_is_in_one_part() {
        let alphabet =
            ["A", "b", ".", "\"", " ", "\n", "’", "…", "0", "(", "א", "?", "'", "”", "\0", "é", "Mr", "\r\n"];
        let mut state = 7u64;
        let words = SentenceLexicon::english();
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..24 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text += alphabet[(state >> 33) as usize % alphabet.len()];
            }
            let mut last = 0;
            for part in parts(&text, &words) {
                assert!(text[last..part.range.start].trim().is_empty(), "{text:?}");
                assert!(!text[part.range.clone()].trim().is_empty(), "{text:?}");
                last = part.range.end;
            }
            assert!(text[last..].trim().is_empty(), "{text:?}");
        }
    }
}
