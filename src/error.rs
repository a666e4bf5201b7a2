//! Faults and errors for people: what is wrong, where, and how to fix it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::words::{printable, printable_line};

/// How much a [`Problem`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The corpus cannot be used until this is fixed.
    Fault,
    /// Worth a look. The corpus can still be used.
    Warning,
}

/// One fault or warning, tied to a place in a file that a person edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether the corpus cannot be used until this is fixed.
    pub severity: Severity,
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// The place in the file. `None` if the fault concerns the whole file.
    pub place: Option<Place>,
    /// The cell of a workbook, such as `Sheet1!C14`. A workbook has no lines.
    pub cell: Option<String>,
    /// How many characters the fault covers, at least 1.
    pub length: usize,
    /// What is wrong, with the offending text.
    pub what: String,
    /// How to fix it.
    pub hint: String,
}

/// A place in a text file. Lines and columns count from 1; a column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// Returns the place of a byte offset in `text`; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Place {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

impl Problem {
    /// Builds a fault: the corpus cannot be used until it is fixed.
    pub fn fault(path: &Path, place: Option<Place>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        let (what, hint) = (message(&what.into()), message(&hint.into()));
        Problem { severity: Severity::Fault, path: path.to_owned(), place, cell: None, length: 1, what, hint }
    }

    /// Where it is: `path:line:column`, or the path if the fault concerns the whole file.
    pub fn location(&self) -> String {
        let path = self.path.display().to_string();
        let path = printable_line(&path);
        match self.point() {
            Some(point) => format!("{path}:{point}"),
            None => path.into_owned(),
        }
    }

    /// Where it is within the file: `line:column`, or the cell of a workbook. `None` if it concerns the whole file.
    pub fn point(&self) -> Option<String> {
        let cell = self.cell.as_deref().map(|cell| printable_line(cell).into_owned());
        cell.or_else(|| self.place.map(|Place { line, column }| format!("{line}:{column}")))
    }

    /// Whether the corpus cannot be used until this is fixed.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }

    /// The same problem, with a new length in characters.
    #[must_use]
    pub fn over(self, length: usize) -> Problem {
        Problem { length: length.max(1), ..self }
    }

    /// The same problem, in a cell of a workbook.
    #[must_use]
    pub fn in_cell(self, cell: String) -> Problem {
        Problem { cell: Some(cell), place: None, ..self }
    }

    /// The first text that the problem quotes.
    fn quoted(&self) -> Option<&str> {
        self.what.split('`').nth(1)
    }

    /// What equal problems share: everything except what they quote and the lines that they name.
    fn sort(&self) -> (Severity, &Path, String) {
        (self.severity, &self.path, [unquoted(&self.what), unquoted(&self.hint)].join("\n"))
    }

    /// Builds a warning: the corpus can still be used.
    pub fn warning(path: &Path, place: Option<Place>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::fault(path, place, what, hint) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.severity == Severity::Warning { "warning: " } else { "" };
        write!(f, "{}: {word}{}\n  hint: {}", self.location(), self.what, self.hint)
    }
}

/// A problem, and those that are equal to it in all that they do not quote: the same fault in many rows.
#[derive(Debug)]
pub struct Repeated<'p> {
    /// The first of them.
    pub first: &'p Problem,
    /// The others, in their order.
    others: Vec<&'p Problem>,
}

/// Puts equal problems together, in the order of the first of each kind. A few equal problems stay apart, because each
/// can be shown whole.
pub fn grouped(problems: &[Problem]) -> Vec<Repeated<'_>> {
    const SHOWN_WHOLE: usize = 3;
    let mut kinds: HashMap<_, Vec<usize>> = HashMap::new();
    for (place, problem) in problems.iter().enumerate() {
        kinds.entry(problem.sort()).or_default().push(place);
    }
    let mut groups: Vec<(usize, Repeated<'_>)> = Vec::new();
    for places in kinds.into_values() {
        if places.len() <= SHOWN_WHOLE {
            groups.extend(places.iter().map(|&at| (at, Repeated { first: &problems[at], others: Vec::new() })));
        } else {
            let others = places[1..].iter().map(|&at| &problems[at]).collect();
            groups.push((places[0], Repeated { first: &problems[places[0]], others }));
        }
    }
    groups.sort_unstable_by_key(|(place, _)| *place);
    groups.into_iter().map(|(_, group)| group).collect()
}

impl Repeated<'_> {
    /// How many more there are, with the first places and what is quoted there. `None` if there is only one.
    pub fn more(&self) -> Option<String> {
        const PLACES: usize = 5;
        if self.others.is_empty() {
            return None;
        }
        // What was not quoted yet says more than the same text again.
        let mut quoted = HashSet::from([self.first.quoted()]);
        let (new, again): (Vec<_>, Vec<_>) = self.others.iter().partition(|other| quoted.insert(other.quoted()));
        let mut shown: Vec<&Problem> = new.into_iter().chain(again).take(PLACES).collect();
        shown.sort_by_key(|problem| problem.place);
        let shown: Vec<String> = shown
            .into_iter()
            .map(|problem| match (problem.point(), problem.quoted()) {
                (Some(point), Some(text)) => format!("{point} `{text}`"),
                (Some(point), None) => point,
                (None, text) => format!("`{}`", text.unwrap_or_default()),
            })
            .collect();
        let rest = if self.others.len() > shown.len() { ", …" } else { "" };
        Some(format!("{} more of this kind: {}{rest}", self.others.len(), shown.join(", ")))
    }
}

/// A message without what it quotes and without the numbers of lines.
fn unquoted(text: &str) -> String {
    let outside: Vec<&str> = text.split('`').step_by(2).collect();
    let outside = outside.join("`");
    let mut parts = outside.split("line ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + "line " + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// A message on one line, short enough to read. Nothing in a user's text can act on the terminal.
fn message(text: &str) -> String {
    const LONGEST: usize = 400;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", printable_line(&text[..end])),
        None => printable_line(text).into_owned(),
    }
}

/// Something that a reader should see and that stops nothing. The library returns it, and the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What happened.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl Warning {
    /// Builds a warning.
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Warning {
        Warning { what: what.into(), hint: hint.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", printable(&self.what), printable(&self.hint))
    }
}

/// Why a command could not do its work, sorted by what the user can do about it.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The output could not be written to its end.
    Output(std::io::Error),
    /// The corpus has faults: all of them.
    Invalid(Vec<Problem>),
    /// The request cannot be met. The hint says what can be.
    Request {
        /// What was asked for and is not available.
        what: String,
        /// What to ask for instead.
        hint: String,
    },
    /// polars rejected a frame.
    Frame(Box<dyn std::error::Error + Send + Sync>),
    /// A picture could not be drawn.
    Draw(String),
}

impl Error {
    /// Builds a [`Error::Request`].
    pub fn request(what: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Request { what: what.into(), hint: hint.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &dyn fmt::Display| printable(&text.to_string()).into_owned();
        match self {
            Error::Read { path, source } => write!(f, "{}: cannot read: {source}", shown(&path.display())),
            Error::Write { path, source } => write!(f, "{}: cannot write: {}", shown(&path.display()), shown(source)),
            Error::Output(source) => write!(f, "cannot write: {source}"),
            Error::Invalid(problems) => {
                for (i, group) in grouped(problems).iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{}", group.first)?;
                    if let Some(more) = group.more() {
                        write!(f, "\n  {more}")?;
                    }
                }
                Ok(())
            }
            Error::Request { what, hint } => write!(f, "{}\n  hint: {}", shown(what), shown(hint)),
            Error::Frame(source) => write!(f, "{}", shown(source)),
            Error::Draw(what) => write!(f, "cannot draw: {}", shown(what)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. } | Error::Write { source, .. } => Some(source),
            Error::Output(source) => Some(source),
            Error::Frame(source) => Some(source.as_ref()),
            Error::Invalid(_) | Error::Request { .. } | Error::Draw(_) => None,
        }
    }
}

/// The result of every fallible function in the crate.
pub type Result<T> = std::result::Result<T, Error>;
