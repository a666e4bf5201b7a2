//! The data that there was when a plan was fixed, and what came in later.

use serde::Serialize;

use crate::codebook::Position;
use crate::corpus::{Corpus, STATEMENTS};
use crate::file::corpus_files::LABELS;
use crate::label::{self, CoderLabels, HandDecision};
use crate::words::{self, many};

/// A file of statements or labels, as a plan names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedFile {
    /// Its name within the corpus, with `/` between folders.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
    /// How many bytes.
    pub bytes: usize,
    /// Its SHA-256. In the house style it is that of the file on the disk.
    pub sha256: String,
}

/// What became of a file since the plan was fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DataTurn {
    /// It is the same, byte for byte.
    Same,
    /// It has more rows at its end, and the earlier ones are the same.
    Longer,
    /// Something else differs.
    Changed,
    /// It is not there any more.
    Missing,
    /// It was not there.
    New,
}

/// A file of statements or labels, then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataPoint {
    /// Its name within the corpus.
    pub file: String,
    /// What became of it.
    pub turn: DataTurn,
    /// How many rows it had when the plan was fixed.
    pub planned_rows: Option<usize>,
    /// How many it has now.
    pub rows: Option<usize>,
    /// Its SHA-256 when the plan was fixed.
    pub planned_sha256: Option<String>,
    /// Its SHA-256 now.
    pub sha256: Option<String>,
}

/// The texts of the statements and labels of a corpus, each with its name and number of rows.
fn texts(corpus: &Corpus) -> Vec<(String, usize, String)> {
    let files = corpus.to_files();
    let named = files.into_iter().filter_map(|(path, text)| {
        let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let name = parts.join("/");
        let rows = if name == STATEMENTS {
            corpus.statements.rows.len()
        } else {
            let coder = name.strip_prefix(LABELS)?.strip_prefix('/')?.strip_suffix(".csv")?;
            corpus.coders.iter().find(|file| file.coder == coder)?.records().count()
        };
        Some((name, rows, text))
    });
    named.collect()
}

/// The statements and labels of a corpus as a plan names them.
pub fn pinned(corpus: &Corpus) -> Vec<PinnedFile> {
    let pin = |(name, rows, text): (String, usize, String)| PinnedFile {
        name,
        rows,
        bytes: text.len(),
        sha256: words::sha256(text.as_bytes()),
    };
    texts(corpus).into_iter().map(pin).collect()
}

/// Compares the data of a plan with those of a corpus, by name.
pub fn compare(planned: &[PinnedFile], corpus: &Corpus) -> Vec<DataPoint> {
    let now = texts(corpus);
    let mut points: Vec<DataPoint> = planned
        .iter()
        .map(|was| {
            let is = now.iter().find(|(name, ..)| *name == was.name);
            let sha256 = is.map(|(.., text)| words::sha256(text.as_bytes()));
            let turn = match (is, &sha256) {
                (Some((_, rows, text)), Some(sha256)) => {
                    let beginning = || text.as_bytes().get(..was.bytes).map(words::sha256);
                    if *sha256 == was.sha256 {
                        DataTurn::Same
                    } else if *rows > was.rows && beginning().is_some_and(|hash| hash == was.sha256) {
                        DataTurn::Longer
                    } else {
                        DataTurn::Changed
                    }
                }
                _ => DataTurn::Missing,
            };
            DataPoint {
                file: was.name.clone(),
                turn,
                planned_rows: Some(was.rows),
                rows: is.map(|(_, rows, _)| *rows),
                planned_sha256: Some(was.sha256.clone()),
                sha256,
            }
        })
        .collect();
    let is_new = |name: &String| planned.iter().all(|was| was.name != *name);
    points.extend(now.iter().filter(|(name, ..)| is_new(name)).map(|(name, rows, text)| DataPoint {
        file: name.clone(),
        turn: DataTurn::New,
        planned_rows: None,
        rows: Some(*rows),
        planned_sha256: None,
        sha256: Some(words::sha256(text.as_bytes())),
    }));
    points.sort_by(|a, b| a.file.cmp(&b.file));
    points
}

/// How many statements and issues that had labels when the plan was fixed are decided otherwise by the labels that came in
/// later: an adjudication, or a further coder who disputes them or turns a majority.
pub fn decided_anew(planned: &[PinnedFile], corpus: &Corpus) -> usize {
    let rows_then = |coder: &str| {
        let name = format!("{LABELS}/{coder}.csv");
        planned.iter().find(|was| was.name == name).map_or(0, |was| was.rows)
    };
    let then: Vec<CoderLabels> = corpus.coders.iter().map(|file| file.first_rows(rows_then(&file.coder))).collect();
    let decide = |files: &[&CoderLabels]| {
        // Problems with disputes were reported when the corpus was read.
        label::decide(files, &corpus.codebook, &corpus.statements, &mut Vec::new())
    };
    let (then, now) = (decide(&then.iter().collect::<Vec<_>>()), decide(&corpus.coders.iter().collect::<Vec<_>>()));
    then.iter().filter(|(unit, was)| now.get(*unit).map(outcome) != Some(outcome(was))).count()
}

/// What is decided, whoever decided it; `None` if it is disputed.
fn outcome(decision: &HandDecision) -> Option<Option<Position>> {
    match decision {
        HandDecision::Settled { position, .. } => Some(*position),
        HandDecision::Disputed(_) => None,
    }
}

impl DataPoint {
    /// What there is to say of it, beginning with its name; nothing if it is the same.
    pub fn sentence(&self) -> Option<String> {
        let (was, is) = (self.planned_rows.unwrap_or(0), self.rows.unwrap_or(0));
        let file = &self.file;
        let rows = match (is.checked_sub(was), was.checked_sub(is)) {
            (Some(0), _) => "as many rows as".to_owned(),
            (Some(more), _) => format!("{} more than", many(more, "row")),
            (_, fewer) => format!("{} fewer than", many(fewer.unwrap_or(0), "row")),
        };
        match self.turn {
            DataTurn::Same => None,
            DataTurn::Longer => {
                Some(format!("{file} has {rows} when the plan was fixed, and the {was} before them are the same."))
            }
            DataTurn::Changed => Some(format!(
                "{file} has {rows} when the plan was fixed, and they are not the same at its beginning: rows were changed, \
                 removed or put between."
            )),
            DataTurn::Missing => Some(format!("{file} was there when the plan was fixed, and is not there now.")),
            DataTurn::New => Some(format!("{file}, with {}, was not there when the plan was fixed.", many(is, "row"))),
        }
    }
}
