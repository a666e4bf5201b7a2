//! What is written and how: files whole or not at all, messages in colour where a terminal shows it.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use stance::error::{Error, Problem, Result, Severity};
use tempfile::NamedTempFile;

const FAULT: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

/// Writes a file whole or not at all: beside its place first, then moved there. A link is followed,
/// and what is no file, such as a pipe, is written to as it is.
///
/// # Errors
/// [`Error::Write`], with the path and what the system said; the old file is then untouched.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |source: io::Error| Error::Write { path: path.to_owned(), source };
    let said = |kind, what: String| failed(io::Error::new(kind, what));
    let old = fs::metadata(path).ok();
    match &old {
        Some(old) if old.is_dir() => return Err(said(ErrorKind::IsADirectory, "it is a folder".into())),
        Some(old) if !old.is_file() => {
            let mut stream = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
            return fill(&mut stream).and_then(|()| stream.flush().map_err(failed));
        }
        Some(old) if old.permissions().readonly() => {
            return Err(said(ErrorKind::PermissionDenied, "the file is read-only".into()));
        }
        _ => {}
    }
    let target = if old.is_some() { path.canonicalize().map_err(failed)? } else { path.to_owned() };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(said(ErrorKind::NotFound, format!("there is no folder {}; make it first", folder.display())));
    }
    // The name of the file beside it is of no use to anyone, so only the kind of failure is told.
    let mut file = new_beside(folder).map_err(|error| failed(error.kind().into()))?;
    {
        let mut buffered = io::BufWriter::new(&mut file);
        fill(&mut buffered).map_err(|error| match error {
            Error::Output(source) => failed(source),
            other => other,
        })?;
        buffered.flush().map_err(failed)?;
    }
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Temporary files are for their owner alone; what a user asked for is as readable as any new file.
fn new_beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes a folder and those above it.
///
/// # Errors
/// [`Error::Write`], with the path and what the system said.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Prints problems, one after another.
pub fn print_problems(to: &mut impl Write, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        let (style, word) = match problem.severity {
            Severity::Fault => (FAULT, ""),
            Severity::Warning => (WARNING, "warning: "),
        };
        writeln!(to, "{style}{}:{style:#} {word}{}", problem.location(), problem.what)?;
        writeln!(to, "  {HINT}hint:{HINT:#} {}", problem.hint)?;
    }
    Ok(())
}

/// Prints why something could not be done.
pub fn print_error(to: &mut impl Write, message: &str) -> io::Result<()> {
    writeln!(to, "{FAULT}stance:{FAULT:#} {message}")
}
