//! An issue with its scale.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::codebook::position::Position;
use crate::error::Problem;
use crate::file::document::{self, Document, Read};
use crate::words::listed;

/// What a position is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The issue's name in files.
    pub id: String,
    /// The issue's name in charts.
    pub name: String,
    /// The question that a position answers. Empty if the codebook does not say it yet.
    pub question: String,
    /// Reading conventions of this issue.
    pub conventions: Vec<String>,
    /// The scale, lowest level first: at least 2 levels with different positions.
    pub levels: Vec<Level>,
    /// How sentences say what moved, by the tag of their language, such as `en`. A language may be missing.
    pub phrases: BTreeMap<String, IssuePhrases>,
}

/// How sentences in one language name an issue and a change of position on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuePhrases {
    /// The issue within a sentence: `rents` in "Ann Example on rents".
    pub about: Option<String>,
    /// What someone did who moved up the scale: `moved toward a rent cap` in "Ann Example moved toward a rent cap".
    pub higher: Option<String>,
    /// What someone did who moved down the scale.
    pub lower: Option<String>,
}

/// One level of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level's number.
    pub position: Position,
    /// The level in words short enough for an axis.
    pub words: String,
    /// What a statement must say to get this level. Empty if the codebook does not say it yet.
    pub definition: String,
}

impl Issue {
    /// The position of a level that is written as its number or in its words, in any case.
    pub fn read(&self, written: &str) -> Option<Position> {
        let number = Position::read(written).filter(|position| self.level(*position).is_some());
        let in_words = || {
            let written = written.trim().to_lowercase();
            let level = self.levels.iter().find(|level| level.words.to_lowercase() == written)?;
            Some(level.position)
        };
        number.or_else(in_words)
    }

    /// Finds the level at a position.
    pub fn level(&self, position: Position) -> Option<&Level> {
        self.levels.binary_search_by_key(&position, |level| level.position).ok().map(|place| &self.levels[place])
    }

    /// How many levels are below a value. A value between 2 levels gives a fraction. The result stays within the
    /// scale.
    pub fn rank(&self, value: f64) -> f64 {
        let at = |rank: usize| f64::from(self.levels[rank].position.0);
        match self.levels.iter().position(|level| f64::from(level.position.0) >= value) {
            None => self.levels.len().saturating_sub(1) as f64,
            Some(0) => 0.0,
            Some(rank) => (rank - 1) as f64 + (value - at(rank - 1)) / (at(rank) - at(rank - 1)),
        }
    }

    /// The number on the scale for a mean rank, between the numbers of the levels around it. The inverse of
    /// [`Issue::rank`].
    pub fn value(&self, rank: f64) -> f64 {
        let at = |rank: usize| self.levels.get(rank).map_or(0.0, |level| f64::from(level.position.0));
        let rank = rank.clamp(0.0, self.levels.len().saturating_sub(1) as f64);
        let below = rank.floor() as usize;
        at(below) + (rank - below as f64) * (at((below + 1).min(self.levels.len() - 1)) - at(below))
    }

    /// The level nearest to a value between levels. Of two equally near, the lower.
    pub fn nearest(&self, value: f64) -> Option<&Level> {
        let rank = self.rank(value);
        self.levels.get((rank - 0.5).ceil().max(0.0) as usize)
    }

    /// The levels of the scale, as a list for people.
    pub fn level_list(&self) -> String {
        // A level without words of its own has its number as words.
        let shown = |level: &Level| match level.position.to_string() {
            number if number == level.words => number,
            number => format!("{number} {}", level.words),
        };
        let levels: Vec<String> = self.levels.iter().map(shown).collect();
        listed(levels.iter().map(String::as_str))
    }

    pub(crate) fn parse(
        document: &Document,
        mut entry: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<(Range<usize>, Issue)> {
        let before = problems.len();
        let mut levels: Vec<Level> = Vec::new();
        let mut positions: HashSet<Position> = HashSet::new();
        for part in document::take_entries(&mut entry, "level") {
            let Some((span, level)) = Level::parse(document, part, problems) else { continue };
            if !positions.insert(level.position) {
                let what = format!("the scale has the position {} twice", level.position);
                problems.push(document.fault(span, what, "give each level its own number"));
            }
            levels.push(level);
        }
        let mut read: Read<RawIssue> = document.read(entry, problems)?;
        let (id, name, question) = (read.value.id.take(), read.value.name.take(), read.value.question.take());
        let id = document.need_text(id, "id", &read, problems);
        let name = document.need_text(name, "name", &read, problems);
        let question = wanted_text(document, question, "question", &read, problems);
        if levels.len() < 2 && !problems[before..].iter().any(Problem::is_fault) {
            let what = format!("the scale of `{}` has fewer than 2 levels", id.as_ref().map_or("", |id| id.get_ref()));
            let hint = "add an [[issue.level]] with position, words and definition";
            problems.push(document.fault(read.whole.clone(), what, hint));
        }
        levels.sort_by_key(|level| level.position);
        let phrases = phrases(document, std::mem::take(&mut read.value.phrases), problems);
        let (id, conventions) = (id?, read.value.conventions);
        let name = name?.into_inner();
        Some((id.span(), Issue { id: id.into_inner(), name, question, conventions, levels, phrases }))
    }
}

/// Checks the phrases of an issue. Blank ones, and languages that are not a tag, are faults.
fn phrases(
    document: &Document,
    raw: BTreeMap<String, Spanned<RawPhrases>>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, IssuePhrases> {
    let mut all = BTreeMap::new();
    for (language, phrases) in raw {
        if !(language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())) {
            let what = format!("`{language}` is not the tag of a language");
            problems.push(document.fault(phrases.span(), what, "write 2 small letters, as in [issue.phrases.en]"));
        }
        let RawPhrases { about, higher, lower } = phrases.into_inner();
        let mut text = |phrase: Option<Spanned<String>>| {
            let phrase = phrase?;
            if phrase.get_ref().trim().is_empty() {
                let hint = "write a few words, or leave the key out";
                problems.push(document.fault(phrase.span(), "the phrase is blank", hint));
            }
            Some(phrase.into_inner().split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let phrases = IssuePhrases { about: text(about), higher: text(higher), lower: text(lower) };
        all.insert(language, phrases);
    }
    all
}

impl Level {
    fn parse(
        document: &Document,
        part: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<(Range<usize>, Level)> {
        let mut read: Read<RawLevel> = document.read(part, problems)?;
        let (position, words) = (read.value.position.take(), read.value.words.take());
        let definition = read.value.definition.take();
        let position = document.need(position, "position", &read, problems);
        let words = document.need_text(words, "words", &read, problems);
        let definition = wanted_text(document, definition, "definition", &read, problems);
        let position = position?;
        let words = words?.into_inner();
        Some((position.span(), Level { position: Position(position.into_inner()), words, definition }))
    }
}

/// A text that people need to label alike, and that nothing is computed from. Without it there is a warning, and the
/// text is empty.
fn wanted_text<R>(
    document: &Document,
    value: Option<Spanned<String>>,
    key: &str,
    read: &Read<R>,
    problems: &mut Vec<Problem>,
) -> String {
    let span = value.as_ref().map_or(read.whole.clone(), Spanned::span);
    let text = value.map(Spanned::into_inner).unwrap_or_default();
    if text.trim().is_empty() && !read.is_at_fault(key) {
        let (what, hint) = match key {
            "question" => ("the issue has no question", "write in `question = …` what its positions answer"),
            _ => {
                ("the level has no definition", "write in `definition = …` what a statement must say to get this level")
            }
        };
        problems.push(document.warning(span, what, hint));
    }
    text
}

/// An issue as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawIssue {
    id: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    question: Option<Spanned<String>>,
    #[serde(default)]
    conventions: Vec<String>,
    /// By language.
    #[serde(default)]
    phrases: BTreeMap<String, Spanned<RawPhrases>>,
    /// As `_issue` above.
    #[serde(default, rename = "level")]
    _level: Vec<RawLevel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    about: Option<Spanned<String>>,
    higher: Option<Spanned<String>>,
    lower: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    position: Option<Spanned<i32>>,
    words: Option<Spanned<String>>,
    definition: Option<Spanned<String>>,
}
