//! The codebook: the issues, their scales, what each level means, and the coding conventions.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use crate::document::{self, Document};
use crate::error::Problem;

/// One level of an issue's scale, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Position(pub i32);

/// With its sign, as people say it: `+1`, `0`, `-1`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { f.write_str("0") } else { write!(f, "{:+}", self.0) }
    }
}

/// An issue's place in the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueIndex(pub usize);

/// The issues of a corpus and how positions on them are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// What the corpus is about, in a line.
    pub title: String,
    /// What the low end of every scale stands for.
    pub low: String,
    /// What the high end of every scale stands for.
    pub high: String,
    /// Coding conventions that hold for all issues.
    pub conventions: Vec<String>,
    /// The coders by name, each with who they are; `None` where the codebook does not list them.
    pub coders: Option<BTreeMap<String, String>>,
    /// The issues, in the order in which charts and exports show them; at least one.
    pub issues: Vec<Issue>,
}

/// What a position is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The issue's name in files.
    pub id: String,
    /// The issue's name in pictures.
    pub name: String,
    /// The question that a position answers.
    pub question: String,
    /// Coding conventions of this issue.
    pub conventions: Vec<String>,
    /// The scale, lowest level first; at least two levels with different positions.
    pub levels: Vec<Level>,
}

/// One level of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level's number.
    pub position: Position,
    /// The level in words short enough for an axis.
    pub words: String,
    /// What a statement must say to be coded so.
    pub definition: String,
}

impl Codebook {
    /// Reads a codebook; every fault is added to `problems`, and any fault gives `None`.
    pub fn parse(document: &Document, problems: &mut Vec<Problem>) -> Option<Codebook> {
        let before = problems.len();
        let mut root = document.root(problems)?;
        let span = root.span();
        let mut issues: Vec<(std::ops::Range<usize>, Issue)> = Vec::new();
        for entry in document::take_entries(&mut root, "issue") {
            let Some((id_span, issue)) = Issue::parse(document, entry, problems) else { continue };
            if issues.iter().any(|(_, other)| other.id == issue.id) {
                let what = format!("the issue `{}` stands here a second time", issue.id);
                problems.push(document.fault(id_span, what, "give each issue an id of its own"));
                continue;
            }
            issues.push((id_span, issue));
        }
        let head = document.read::<RawCodebook>(root, problems);
        if issues.is_empty() && problems.len() == before {
            let hint = "add an [[issue]] with id, name, question and two or more [[issue.level]]";
            problems.push(document.fault(span, "the codebook has no issue", hint));
        }
        let head = head.filter(|_| problems.len() == before)?;
        Some(Codebook {
            title: head.title,
            low: head.low,
            high: head.high,
            conventions: head.conventions,
            coders: head.coders,
            issues: issues.into_iter().map(|(_, issue)| issue).collect(),
        })
    }

    /// Finds an issue by its id.
    pub fn find(&self, id: &str) -> Option<IssueIndex> {
        self.issues.iter().position(|issue| issue.id == id).map(IssueIndex)
    }

    /// The issue at a place in the codebook.
    pub fn issue(&self, index: IssueIndex) -> &Issue {
        &self.issues[index.0]
    }

    /// The places of all issues, in order.
    pub fn indices(&self) -> impl Iterator<Item = IssueIndex> + use<> {
        (0..self.issues.len()).map(IssueIndex)
    }

    /// The ids of all issues, as a list for people.
    pub fn issue_list(&self) -> String {
        self.issues.iter().map(|issue| issue.id.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Issue {
    /// Finds the level at a position.
    pub fn level(&self, position: Position) -> Option<&Level> {
        self.levels.iter().find(|level| level.position == position)
    }

    /// The levels of the scale, as a list for people.
    pub fn level_list(&self) -> String {
        self.levels.iter().map(|l| format!("{} {}", l.position, l.words)).collect::<Vec<_>>().join(", ")
    }

    fn parse(
        document: &Document,
        mut entry: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<(std::ops::Range<usize>, Issue)> {
        let before = problems.len();
        let span = entry.span();
        let mut levels: Vec<Level> = Vec::new();
        for part in document::take_entries(&mut entry, "level") {
            let Some(raw) = document.read::<RawLevel>(part, problems) else { continue };
            let position_span = raw.position.span();
            let position = Position(raw.position.into_inner());
            if levels.iter().any(|level| level.position == position) {
                let what = format!("the scale has the position {position} twice");
                problems.push(document.fault(position_span, what, "give each level a number of its own"));
                continue;
            }
            levels.push(Level { position, words: raw.words, definition: raw.definition });
        }
        let raw = document.read::<RawIssue>(entry, problems)?;
        if levels.len() < 2 && problems.len() == before {
            let what = format!("the scale of `{}` has fewer than two levels", raw.id.get_ref());
            problems.push(document.fault(span, what, "add an [[issue.level]] with position, words and definition"));
        }
        levels.sort_by_key(|level| level.position);
        let id_span = raw.id.span();
        let issue = Issue {
            id: raw.id.into_inner(),
            name: raw.name,
            question: raw.question,
            conventions: raw.conventions,
            levels,
        };
        (problems.len() == before).then_some((id_span, issue))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodebook {
    title: String,
    low: String,
    high: String,
    #[serde(default)]
    conventions: Vec<String>,
    coders: Option<BTreeMap<String, String>>,
    /// Only there when `issue` is not a list of tables, so that the key is known and its kind refused.
    #[serde(default, rename = "issue")]
    _issue: Vec<RawIssue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIssue {
    id: Spanned<String>,
    name: String,
    question: String,
    #[serde(default)]
    conventions: Vec<String>,
    /// As `_issue` above.
    #[serde(default, rename = "level")]
    _level: Vec<RawLevel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    position: Spanned<i32>,
    words: String,
    definition: String,
}
