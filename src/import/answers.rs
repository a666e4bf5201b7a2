//! What a person has said about one file: who labelled, who spoke, which issue. It holds for that file alone, because
//! another file may be of somebody else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::error::Problem;
use crate::import::column::{ColumnUse, DEFAULT_CODER, Naming, bare_header, named};
use crate::import::harvest::{Harvest, Source};
use crate::import::recognise::Needs;
use crate::import::settings::{FileAnswers, ImportSettings};
use crate::words::listed;

/// The names of files in `import.toml`, by their paths from the folder that holds the corpus: 2 coders may each have a
/// folder with a file of one name. A workbook, if one of its sheets is meant, has the name of the sheet behind it.
pub fn keys(paths: &[PathBuf], corpus: &Path, settings: &ImportSettings) -> Vec<String> {
    const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "xla", "ods"];
    let sheets = if settings.sheets.is_empty() { &settings.remembered_sheets } else { &settings.sheets };
    let of_path = |path: &PathBuf| {
        let name = path_from(corpus, path);
        let ending = path.extension().map_or(String::new(), |ending| ending.to_string_lossy().to_lowercase());
        if sheets.is_empty() || !WORKBOOKS.contains(&ending.as_str()) {
            return vec![name];
        }
        sheets.iter().map(|sheet| format!("{name}:{sheet}")).collect()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The path of a file from the folder that holds the corpus, wherever the program runs.
fn path_from(corpus: &Path, file: &Path) -> String {
    let (corpus, whole) = (whole(corpus), whole(file));
    let folder: Vec<Component<'_>> = corpus.parent().unwrap_or(&corpus).components().collect();
    let parts: Vec<Component<'_>> = whole.components().collect();
    let common = folder.iter().zip(&parts).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return file.to_string_lossy().into_owned();
    }
    let up = folder[common..].iter().map(|_| "..".to_owned());
    let down = parts[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A path from the root, without `.` and `..`.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            whole.pop();
        } else if part != Component::CurDir {
            whole.push(part);
        }
    }
    whole
}

/// What `import.toml` says of all these files alike.
pub fn of_files(keys: &[String], files: &BTreeMap<String, FileAnswers>) -> FileAnswers {
    let found: Vec<FileAnswers> = keys.iter().map(|key| files.get(key).cloned().unwrap_or_default()).collect();
    let same = |value: fn(&FileAnswers) -> &Option<String>| {
        let values: BTreeSet<&Option<String>> = found.iter().map(value).collect();
        values
            .into_iter()
            .next()
            .cloned()
            .flatten()
            .filter(|first| found.iter().all(|one| value(one).as_ref() == Some(first)))
    };
    FileAnswers {
        coder: same(|answers| &answers.coder),
        speaker: same(|answers| &answers.speaker),
        issue: same(|answers| &answers.issue),
    }
}

/// What the sheets need an answer for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needed {
    /// Who labelled.
    pub coder: bool,
    /// Who spoke.
    pub speaker: bool,
    /// The issue of a column whose header names none.
    pub issue: bool,
}

/// Finds out what the sheets need an answer for.
pub fn needed(sources: &[Source], harvest: &Harvest, said: &ImportSettings) -> Needed {
    let statements = |source: &&Source| source.needs == Needs::Statements;
    let silent = |source: &Source| source.statement_column("speaker").is_none();
    Needed {
        coder: !harvest.coder_is_open.is_empty(),
        speaker: sources.iter().filter(statements).any(silent),
        issue: sources.iter().any(|source| {
            let is_open = |column: usize| match &source.columns[column].usage {
                ColumnUse::PositionOn(None) => names_no_issue(&source.columns[column].header, said),
                ColumnUse::PositionBy { issue: None, .. } => source.issue_of_row(column).is_none(),
                _ => false,
            };
            (0..source.columns.len()).any(is_open)
        }),
    }
}

/// Whether a column has no issue of its own: its header says no more than that positions are below it, or an earlier
/// import had to be told the issue.
fn names_no_issue(header: &str, said: &ImportSettings) -> bool {
    let uses = named(header);
    let says_little = uses.iter().any(|(usage, naming)| *usage == "position" && *naming != Naming::Within);
    let is_it = |(known, usage): &(String, ColumnUse)| {
        bare_header(known) == bare_header(header) && *usage == ColumnUse::PositionOn(None)
    };
    says_little || said.columns.iter().any(is_it)
}

/// Faults for what nobody says of these files, and was said of others.
pub fn faults(
    needed: Needed,
    settings: &ImportSettings,
    said: &ImportSettings,
    keys: &[String],
    path: &Path,
) -> Vec<Problem> {
    let others = |value: fn(&FileAnswers) -> &Option<String>| -> Vec<(&str, &str)> {
        let of_others = said.files.iter().filter(|(file, _)| !keys.contains(file));
        of_others.filter_map(|(file, answers)| Some((file.as_str(), value(answers).as_deref()?))).collect()
    };
    let mut problems = Vec::new();
    let mut ask = |of_others: Vec<(&str, &str)>, what: &str, is: &str, flag: &str| {
        let Some((file, value)) = of_others.first() else { return };
        let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let what =
            format!("nothing says {what} {}; for `{file}` it {is} {value}", listed(names.iter().map(String::as_str)));
        let hint = format!("say it: {flag} NAME; what was said of one file holds for that file alone");
        problems.push(Problem::fault(path, None, what, hint));
    };
    if needed.coder && settings.coder.is_none() {
        let named = others(|answers| &answers.coder);
        if named.iter().any(|(_, coder)| *coder != DEFAULT_CODER) {
            let first = named.into_iter().filter(|(_, coder)| *coder != DEFAULT_CODER).collect();
            ask(first, "who labelled", "was", "--coder");
        }
    }
    if needed.issue && settings.issue.is_none() {
        ask(others(|answers| &answers.issue), "which issue the positions are on in", "was", "--issue");
    }
    problems
}

/// Lines on what is taken from `import.toml`.
pub fn notes(needed: Needed, flags: &ImportSettings, settings: &ImportSettings) -> Vec<String> {
    let taken = [
        ("the labels are those of", needed.coder, &flags.coder, &settings.coder),
        ("everything was said by", needed.speaker, &flags.speaker, &settings.speaker),
        ("the positions are on", needed.issue, &flags.issue, &settings.issue),
    ];
    let taken = taken.into_iter().filter(|(_, needed, flag, _)| *needed && flag.is_none());
    taken.filter_map(|(what, .., value)| Some(format!("{what} {}, as import.toml says", value.as_ref()?))).collect()
}

/// What is to be kept of these files.
pub fn kept(needed: Needed, settings: &ImportSettings, has_labels: bool) -> FileAnswers {
    let coder = settings.coder.clone().or_else(|| has_labels.then(|| DEFAULT_CODER.to_owned()));
    FileAnswers {
        coder: coder.filter(|_| needed.coder),
        speaker: settings.speaker.clone().filter(|_| needed.speaker),
        issue: settings.issue.clone().filter(|_| needed.issue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_of_one_sheet_is_said_of_no_other() {
        let answer = |speaker: &str| FileAnswers { speaker: Some(speaker.to_owned()), ..FileAnswers::default() };
        let files = BTreeMap::from([("x/a.xlsx:Mai".to_owned(), answer("Ada")), ("b.csv".to_owned(), answer("Ben"))]);
        let of = |paths: &[&str], sheets: &[&str]| {
            let settings = ImportSettings {
                sheets: sheets.iter().map(|sheet| (*sheet).to_owned()).collect(),
                ..ImportSettings::default()
            };
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            of_files(&keys(&paths, Path::new("corpus"), &settings), &files).speaker
        };
        assert_eq!(of(&["x/a.xlsx"], &["Mai"]).as_deref(), Some("Ada"));
        assert_eq!(of(&["x/a.xlsx"], &["Juni"]), None);
        assert_eq!(of(&["y/a.xlsx"], &["Mai"]), None);
        assert_eq!(of(&["./y/../x/a.xlsx"], &["Mai"]).as_deref(), Some("Ada"));
        assert_eq!(of(&["b.csv"], &["Mai"]).as_deref(), Some("Ben"));
        assert_eq!(of(&["b.csv", "c.csv"], &[]), None);
    }

    #[test]
    fn a_file_has_its_path_from_the_folder_of_the_corpus() {
        for (corpus, file, path) in [
            ("c", "s.csv", "s.csv"),
            ("../c", "s.csv", "ben/s.csv"),
            ("/p/c", "/p/anna/s.csv", "anna/s.csv"),
            ("/p/q/c/", "/p/anna/s.csv", "../anna/s.csv"),
        ] {
            // As from the folder `ben`.
            let from = |path: &str| if corpus == "../c" { Path::new("/p/ben").join(path) } else { PathBuf::from(path) };
            assert_eq!(path_from(&from(corpus), &from(file)), path);
        }
    }
}
