//! What is written and how: files whole or not at all, messages in colour where a terminal shows it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use stance::error::{Error, Problem, Result, Severity};
use tempfile::NamedTempFile;

const FAULT: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

/// Writes a file whole or not at all: beside its place first, then moved there.
///
/// # Errors
/// [`Error::Write`], with the path and what the system said; the old file is then untouched.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.is_dir() {
        return Err(failed(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")));
    }
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    {
        let mut buffered = io::BufWriter::new(&mut file);
        fill(&mut buffered).map_err(|error| match error {
            Error::Output(source) => failed(source),
            other => other,
        })?;
        buffered.flush().map_err(failed)?;
    }
    set_usual_permissions(&file).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Temporary files are for their owner alone; what a user asked for is as readable as any file.
#[cfg(unix)]
fn set_usual_permissions(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    // The usual mask cannot be asked for without changing it; 644 is what it gives nearly always.
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
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
