//! What holds for one file, or for one sheet of a workbook: what was said of it, and what its name says.

use std::path::{Component, Path, PathBuf};

use crate::error::Problem;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::settings::{FileAnswers, ImportSettings};

/// A file, and the sheet of a workbook if one is named.
#[derive(Debug, Clone, Copy)]
pub struct FileOf<'f> {
    /// The folder of the corpus.
    pub corpus: &'f Path,
    /// The file.
    pub path: &'f Path,
    /// The name of the sheet. Empty for what is no workbook.
    pub sheet: &'f str,
    /// Whether a person has named the sheet, now or earlier.
    pub sheet_is_named: bool,
    /// Who labelled, if the name of the file says it.
    pub member: Option<&'f str>,
}

impl FileOf<'_> {
    /// The name of the file in `import.toml`, by its path from the folder that holds the corpus: 2 coders may each have
    /// a folder with a file of one name. A workbook, if one of its sheets is named, has the name of the sheet behind it.
    pub fn key(&self) -> String {
        let name = path_from(self.corpus, self.path);
        if self.sheet_is_named && !self.sheet.is_empty() { format!("{name}:{}", self.sheet) } else { name }
    }

    /// What holds for this file: what is said now, what was said of it, what its name or that of its sheet says if a
    /// person wants that, and what was said of all files, in this order. `headers` are the names of its columns.
    pub fn answers(&self, flags: &ImportSettings, said: &ImportSettings, headers: &[String]) -> FileAnswers {
        let plain = path_from(self.corpus, self.path);
        let of = |key: &str| said.files.get(key).cloned().unwrap_or_default();
        let (of_sheet, of_file) = (of(&self.key()), of(&plain));
        let by_name = |usage: &ColumnUse| self.by_name(usage, flags, said, headers);
        let first = |all: [Option<String>; 5]| all.into_iter().flatten().next();
        let own = by_name(&ColumnUse::Coder).or_else(|| self.member.map(str::to_owned));
        FileAnswers {
            coder: first([flags.coder.clone(), of_sheet.coder, of_file.coder, own, said.coder.clone()]),
            speaker: first([
                flags.speaker.clone(),
                of_sheet.speaker,
                of_file.speaker,
                by_name(&ColumnUse::Statement("speaker")),
                said.speaker.clone(),
            ]),
            true_dates: flags.true_dates.or(of_sheet.true_dates).or(of_file.true_dates),
            issue: first([
                flags.issue.clone(),
                of_sheet.issue,
                of_file.issue,
                by_name(&ColumnUse::Issue),
                said.issue.clone(),
            ]),
        }
    }

    /// The name of the file or of its sheet, if a person has said that it is what a column would be. A column that has
    /// the same header is meant first.
    fn by_name(
        &self,
        usage: &ColumnUse,
        flags: &ImportSettings,
        said: &ImportSettings,
        headers: &[String],
    ) -> Option<String> {
        let all = flags.columns.iter().chain(&said.columns);
        let mut wanted = all.filter(|(name, _)| !headers.iter().any(|header| bare_header(header) == bare_header(name)));
        wanted.find_map(|(name, known)| match bare_header(name).as_str() {
            _ if known != usage => None,
            SHEET if !self.sheet.is_empty() => Some(self.sheet.to_owned()),
            FILE => Some(self.path.file_stem()?.to_string_lossy().into_owned()),
            _ => None,
        })
    }
}

/// What the names of several files have in common before and behind the names of their coders: `d-` of `d-Anna.jsonl` and
/// `d-Ben.jsonl`. `None` if there are no 2 files.
pub fn around_coders(paths: &[PathBuf]) -> Option<[String; 2]> {
    const BETWEEN: [char; 4] = ['-', '_', ' ', '.'];
    let stems: Vec<String> =
        paths.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    let [first, others @ ..] = &stems[..] else { return None };
    if others.is_empty() {
        return None;
    }
    let before = |end: usize| {
        let begin = &first[..end];
        let is_name =
            |stem: &String| stem.strip_prefix(begin).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        stems.iter().all(is_name).then(|| begin.to_owned())
    };
    let ends = first.char_indices().filter(|(_, c)| BETWEEN.contains(c)).map(|(at, c)| at + c.len_utf8());
    let before = ends.filter_map(before).next_back().unwrap_or_default();
    let behind = |start: usize| {
        let end = &first[start..];
        let is_name = |stem: &String| {
            let rest = stem.strip_prefix(&before).and_then(|stem| stem.strip_suffix(end));
            rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        };
        stems.iter().all(is_name).then(|| end.to_owned())
    };
    let starts = first.char_indices().filter(|(_, c)| BETWEEN.contains(c)).map(|(at, _)| at);
    let behind = starts.filter_map(behind).next().unwrap_or_default();
    Some([before, behind])
}

/// The coder after whom a file is named, if several files are. `stem` is its name without the ending.
pub fn coder_of(stem: &str, settings: &ImportSettings) -> Option<String> {
    let [before, behind] = settings.around_coders.as_ref()?;
    let name = stem.strip_prefix(before.as_str()).unwrap_or(stem);
    Some(name.strip_suffix(behind.as_str()).unwrap_or(name).to_owned())
}

/// What stands for the name of a sheet, and for that of a file, where the name of a column may stand.
const SHEET: &str = "sheet";
const FILE: &str = "file";

/// Whether the name of a column stands for the name of a sheet or of a file.
pub fn is_name_of_file(header: &str) -> bool {
    matches!(bare_header(header).as_str(), SHEET | FILE)
}

/// Faults for names of sheets and files that are said to be what they cannot be. `headers` are the names of all columns.
pub fn name_faults(columns: &[(String, ColumnUse)], headers: &[&str], path: &Path) -> Vec<Problem> {
    let can_be = |usage: &ColumnUse| {
        matches!(usage, ColumnUse::Coder | ColumnUse::Issue | ColumnUse::Ignore | ColumnUse::Statement("speaker"))
    };
    let is_column = |name: &str| headers.iter().any(|header| bare_header(header) == bare_header(name));
    let wrong = columns.iter().filter(|(name, usage)| is_name_of_file(name) && !is_column(name) && !can_be(usage));
    wrong
        .map(|(name, usage)| {
            let what = format!("the name of a {name} cannot be `{usage}`");
            Problem::fault(
                path,
                None,
                what,
                format!("it may be: --map {name}=speaker, --map {name}=coder, --map {name}=issue"),
            )
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_was_said_of_one_sheet_is_said_of_no_other() {
        let answer = |speaker: &str| FileAnswers { speaker: Some(speaker.to_owned()), ..FileAnswers::default() };
        let files = [("x/a.xlsx:Mai", "Ada"), ("b.csv", "Ben"), ("c.xlsx", "Cy")];
        let files = files.map(|(file, speaker)| (file.to_owned(), answer(speaker)));
        let said = ImportSettings { files: BTreeMap::from(files), ..ImportSettings::default() };
        let of = |path: &str, sheet: &str, flags: &[(&str, &str)]| {
            let columns = flags.iter().map(|(name, usage)| ((*name).to_owned(), ColumnUse::from_word(usage).unwrap()));
            let flags = ImportSettings { columns: columns.collect(), ..ImportSettings::default() };
            let (corpus, path) = (Path::new("corpus"), Path::new(path));
            let file = FileOf { corpus, path, sheet, sheet_is_named: !sheet.is_empty(), member: None };
            file.answers(&flags, &said, &["Quote".to_owned(), "File".to_owned()]).speaker
        };
        assert_eq!(of("x/a.xlsx", "Mai", &[]).as_deref(), Some("Ada"));
        assert_eq!(of("x/a.xlsx", "Juni", &[]), None);
        assert_eq!(of("y/a.xlsx", "Mai", &[]), None);
        assert_eq!(of("./y/../x/a.xlsx", "Mai", &[]).as_deref(), Some("Ada"));
        assert_eq!(of("b.csv", "", &[]).as_deref(), Some("Ben"));
        // Another workbook may have taught it the names of sheets since.
        assert_eq!(of("c.xlsx", "Mai", &[]).as_deref(), Some("Cy"));
        let by_sheet = [("sheet", "speaker")];
        assert_eq!(of("x/a.xlsx", "Juni", &by_sheet).as_deref(), Some("Juni"));
        assert_eq!(of("x/a.xlsx", "Mai", &by_sheet).as_deref(), Some("Ada"));
        assert_eq!(of("d.csv", "", &by_sheet), None);
        // Here a column has this header.
        assert_eq!(of("d.csv", "", &[("file", "speaker")]), None);
    }

    #[test]
    fn coders_are_what_differs_in_the_names_of_files() {
        for (stems, coders) in [
            (["d-Anna", "d-Ben"], ["Anna", "Ben"]),
            (["anna_round1", "ben_round1"], ["anna", "ben"]),
            (["x-y-anna-2024", "x-y-ben-2024"], ["anna", "ben"]),
            (["anna", "anton"], ["anna", "anton"]),
            (["d-anna-b", "d-anna-c"], ["b", "c"]),
            (["d-1", "d-2"], ["d-1", "d-2"]),
            (["anna-b", "anna"], ["anna-b", "anna"]),
        ] {
            let paths: Vec<PathBuf> = stems.iter().map(|stem| PathBuf::from(format!("x/{stem}.jsonl"))).collect();
            let settings = ImportSettings { around_coders: around_coders(&paths), ..ImportSettings::default() };
            assert_eq!(stems.map(|stem| coder_of(stem, &settings).unwrap()), coders, "{stems:?}");
        }
        assert_eq!(around_coders(&[PathBuf::from("d-anna.jsonl")]), None);
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
