//! Faults and errors for people: what is wrong, where, and how to fix it.

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
        Problem { severity: Severity::Fault, path: path.to_owned(), place, length: 1, what, hint }
    }

    /// Where it is: `path:line:column`, or the path if the fault concerns the whole file.
    pub fn location(&self) -> String {
        let path = self.path.display().to_string();
        let path = printable_line(&path);
        match self.place {
            Some(Place { line, column }) => format!("{path}:{line}:{column}"),
            None => path.into_owned(),
        }
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
                for (i, problem) in problems.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{problem}")?;
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
