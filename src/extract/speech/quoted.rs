//! What was said, and by whom: the result of this module.

use std::ops::Range;

use crate::extract::speech::attribution::Confidence;

/// How the words of a speaker are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedKind {
    /// In quotation marks, from the first to the last.
    Direct,
    /// In the narrator's words, with some of the speaker's own words in quotation marks.
    Mixed,
    /// In the narrator's words.
    Indirect,
}

/// How a speaker is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By name, next to the words.
    Named,
    /// By an office or another description.
    Title,
    /// By a pronoun.
    Pronoun,
    /// Not next to the words: carried over from words nearby.
    Carried,
}

/// Who said the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The full name in `speakers.toml` or else in the text, without a title. If no name is known, the
    /// description or the pronoun.
    pub name: String,
    /// The office that the text gives.
    pub role: Option<String>,
    /// Where the speaker is mentioned, in bytes.
    pub mention: Option<Range<usize>>,
    /// How the speaker is mentioned.
    pub how: How,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// How the words are given.
    pub kind: QuotedKind,
    /// What was said, in bytes and without the outer quotation marks. There are several spans if the
    /// narration comes between.
    pub spans: Vec<Range<usize>>,
    /// The spans of it that are the speaker's own words.
    pub quoted: Vec<Range<usize>>,
    /// Whether the narrator's words around them turn them: not, would, whether. Then they do not stand alone.
    pub turned: bool,
    /// The verb, in bytes.
    pub cue: Option<Range<usize>>,
    /// Who said it; `None` if that is unclear, or if it is the narrator.
    pub speaker: Option<Speaker>,
    /// Who else may have said it.
    pub runner_up: Option<Speaker>,
    /// How certain the speaker is.
    pub confidence: Confidence,
    /// The paragraph in which it begins.
    pub paragraph: usize,
}

impl Quoted {
    /// Adds quoted words that belong to the same quotation.
    pub fn add(&mut self, span: Range<usize>) {
        self.spans.push(span.clone());
        self.quoted.push(span);
    }
}

/// Whether quoted words are so much of a report that they say it without the clause around: that it was “frankly strange
/// to wait” is the whole clause. Where the verb may end its clause (`verb_second`), half is enough.
pub fn is_mostly(own: usize, all: usize, verb_second: bool) -> bool {
    if verb_second { own * 2 >= all } else { own * 20 >= all * 17 }
}
