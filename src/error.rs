//! Faults as people read them: where, what, and how to mend it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::words::{printable, printable_line};

/// How much a [`Problem`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The corpus cannot be used until this is mended.
    Fault,
    /// Worth a look; nothing is refused because of it.
    Warning,
}

/// One fault or warning, tied to a place in a file that a person edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether the corpus is refused because of it.
    pub severity: Severity,
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// The place in the file; `None` where the fault is the whole file's.
    pub place: Option<Place>,
    /// How many characters from the place on are meant, at least 1.
    pub length: usize,
    /// What is wrong, quoting the offending text.
    pub what: String,
    /// How to mend it.
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
    /// Builds a fault: the corpus is refused until it is mended.
    pub fn fault(path: &Path, place: Option<Place>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        let (what, hint) = (message(&what.into()), message(&hint.into()));
        Problem { severity: Severity::Fault, path: path.to_owned(), place, length: 1, what, hint }
    }

    /// Where it is: `path:line:column`, or the path where the whole file is meant.
    pub fn location(&self) -> String {
        let path = self.path.display().to_string();
        let path = printable_line(&path);
        match self.place {
            Some(Place { line, column }) => format!("{path}:{line}:{column}"),
            None => path.into_owned(),
        }
    }

    /// Whether the corpus is refused because of it.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }

    /// The same problem, over so many characters.
    #[must_use]
    pub fn over(self, length: usize) -> Problem {
        Problem { length: length.max(1), ..self }
    }

    /// Builds a warning: nothing is refused because of it.
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

/// A message on one line, short enough to read, in which nothing of a user's text acts on the terminal.
fn message(text: &str) -> String {
    const LONGEST: usize = 400;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", printable_line(&text[..end])),
        None => printable_line(text).into_owned(),
    }
}

/// Something that a reader should know and that stops nothing. The library returns it, a front end shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What there is to know.
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

/// Why a verb could not do its work, by what the user can do about it.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What was being written could not be written on.
    Output(std::io::Error),
    /// The corpus has faults; all that were found.
    Invalid(Vec<Problem>),
    /// The request cannot be met, with a hint at what can.
    Request {
        /// What was asked for and is not to be had.
        what: String,
        /// What to ask for instead.
        hint: String,
    },
    /// A frame was refused.
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

/// What every fallible step of the crate returns.
pub type Result<T> = std::result::Result<T, Error>;
