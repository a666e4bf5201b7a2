//! How results are printed: tables for people and programs, and messages, in colour if a terminal shows it.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use stance::error::{self, Error, Problem, Result, Severity};
use stance::file::read::{self, LARGEST_TEXT};
pub use stance::file::records::csv;
use stance::words::{printable, printable_line};

use super::terminal::Gate;

const FAULT: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();
/// How many problems are shown with their line.
const MOST_SHOWN: usize = 1_000;

/// Prints problems one after another: where and what, the line itself with the place marked, and a hint on how to fix
/// it. Equal ones are printed once, with their count and the next places.
pub fn print_problems(to: &mut Gate<impl Write>, problems: &[Problem]) -> io::Result<()> {
    let mut to = to.styled();
    let mut sources: HashMap<&Path, Vec<String>> = HashMap::new();
    for (number, group) in error::grouped(problems).iter().enumerate() {
        let problem = group.first;
        let (style, word) = match problem.severity {
            Severity::Fault => (FAULT, ""),
            Severity::Warning => (WARNING, "warning: "),
        };
        writeln!(to, "{style}{}:{style:#} {word}{}", problem.location(), printable_line(&problem.what))?;
        let source = sources.entry(&problem.path).or_insert_with(|| {
            // If the file has gone in the meantime, the line is left out.
            let bytes = read::bytes(&problem.path, LARGEST_TEXT).unwrap_or_default();
            // A file in UTF-16, or a workbook, has no lines to show.
            let bytes = if bytes.contains(&0) { Vec::new() } else { bytes };
            String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
        });
        // Only the first problems are shown with their line: there may be very many, all on one long line.
        let shown = if number < MOST_SHOWN { excerpt(problem, source) } else { None };
        match shown {
            Some(excerpt) => writeln!(to, "{excerpt}")?,
            None => writeln!(to, "  {HINT}hint:{HINT:#} {}", printable_line(&problem.hint))?,
        }
        if let Some(more) = group.more() {
            writeln!(to, "  {}", printable_line(&more))?;
        }
    }
    Ok(())
}

/// The line of a problem with its place marked, and the hint; `None` if there is no such line.
fn excerpt(problem: &Problem, source: &[String]) -> Option<String> {
    // Of a long line, only the part near the place is shown.
    const BEFORE: usize = 60;
    const SHOWN: usize = 110;
    let place = problem.place?;
    let line = source.get(place.line - 1)?.trim_start_matches('\u{feff}');
    let from = (place.column - 1).saturating_sub(BEFORE);
    let shown: String = line.chars().skip(from).take(SHOWN).collect();
    let byte_of = |character: usize| shown.char_indices().nth(character).map_or(shown.len(), |(byte, _)| byte);
    let start = byte_of(place.column - 1 - from);
    let end = byte_of(place.column - 1 - from + problem.length).max(start);
    let [before, meant, after] = [&shown[..start], &shown[start..end], &shown[end..]].map(printable);
    let (start, end) = (before.len(), before.len() + meant.len());
    let shown = [before, meant, after].concat();
    let level = match problem.severity {
        Severity::Fault => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet =
        Snippet::source(shown.as_str()).line_start(place.line).annotation(AnnotationKind::Primary.span(start..end));
    let hint = Level::HELP.with_name("hint").message(printable_line(&problem.hint));
    let group = Group::with_level(level).element(snippet).element(hint);
    Some(Renderer::styled().render(&[group]))
}

/// Prints why a command failed.
pub fn print_error(to: &mut Gate<impl Write>, message: &str) -> io::Result<()> {
    writeln!(to.styled(), "{FAULT}stance:{FAULT:#} {}", printable(message))
}

/// Prints a warning: the work goes on.
pub fn print_warning(to: &mut Gate<impl Write>, message: &str) -> io::Result<()> {
    writeln!(to.styled(), "{WARNING}stance:{WARNING:#} {}", printable(message))
}

/// Rows as aligned columns: the first to the left, numbers to the right.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|column| wide(column).unwrap_or(0)).collect();
    let number = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || "+-–.%() ".contains(c));
    let right: Vec<bool> = (0..count)
        .map(|column| rows.iter().skip(1).filter_map(|row| row.get(column)).all(|cell| number(cell)))
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(i, cell)| {
                let width = widths[i];
                if right[i] && i > 0 { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            })
            .collect();
        out += cells.join("  ").trim_end();
        out.push('\n');
    }
    out
}

/// Rows of cells as CSV, below a header.
pub fn records<R>(header: &[&str], rows: impl Iterator<Item = R>) -> Result<Vec<u8>>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(header);
    let mut rows = rows;
    let written = written.and_then(|()| rows.try_for_each(|row| writer.write_record(row)));
    written.map_err(|error| Error::Output(error.into()))?;
    writer.into_inner().map_err(|error| Error::Output(error.into_error()))
}

/// A paragraph in lines of at most 100 characters, each with an indent.
pub fn paragraph(text: &str, indent: &str) -> String {
    const WIDTH: usize = 100;
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && indent.len() + line.chars().count() + 1 + word.chars().count() > WIDTH {
            out += &format!("{indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    out + &format!("{indent}{line}\n")
}
