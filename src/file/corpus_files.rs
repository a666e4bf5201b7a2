//! Which files belong to a corpus, as their names and folders say.
//!
//! A folder is a corpus if it has a `codebook.toml` or a `statements.csv`. Its files are those named in [`NAMES`],
//! whether they exist yet or not, and everything in its folder `labels`.

use std::path::{Path, PathBuf};

/// What was said.
pub const STATEMENTS: &str = "statements.csv";
/// The issues and their scales.
pub const CODEBOOK: &str = "codebook.toml";
/// The label rules.
pub const RULES_FILE: &str = "rules.toml";
/// The events that charts show.
pub const EVENTS: &str = "events.csv";
/// The people whose names `stance extract` looks for.
pub const SPEAKERS: &str = "speakers.toml";
/// How often the unseen statements were looked at, and what was found at first contact.
pub const UNSEEN: &str = "unseen.csv";
/// The house style of its charts.
pub const HOUSE: &str = "chart.toml";
/// What people write about the corpus. No command reads it.
pub const README: &str = "README.md";
/// How sheets become the corpus. Only `stance import` reads it.
pub const IMPORT: &str = "import.toml";
/// The folder with a file of labels per coder.
pub const LABELS: &str = "labels";

/// What was fixed before the labels were looked at. Only `stance shifts --plan` and `stance bundle --plan` read it.
pub const PLAN: &str = "plan.toml";
/// Under which licence others may use the corpus.
pub const LICENCE: &str = "LICENSE";

/// The names of the files in a corpus folder.
pub const NAMES: [&str; 11] =
    [STATEMENTS, CODEBOOK, RULES_FILE, EVENTS, SPEAKERS, UNSEEN, README, IMPORT, HOUSE, PLAN, LICENCE];
/// The files that results come from, in addition to those in [`LABELS`].
const READ: [&str; 4] = [STATEMENTS, CODEBOOK, RULES_FILE, EVENTS];
/// A folder with one of these is a corpus.
const SIGNS: [&str; 2] = [CODEBOOK, STATEMENTS];

/// The folder of the corpus that a file belongs to, or would belong to if it were written.
///
/// A link is judged by where it is and by where it leads.
pub fn corpus_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = resolved(folder).join(name);
    holder(&place).or_else(|| holder(&resolved(path)))
}

/// The folder of the corpus whose `labels` folder this is, or whose `labels` folder holds this one.
pub fn labels_of(folder: &Path) -> Option<PathBuf> {
    labels_above(&resolved(folder))
}

/// Whether a change of this file may change the results for a corpus.
pub fn is_read(path: &Path) -> bool {
    let named = path.file_name().is_some_and(|name| is_in(&READ, name));
    let is_labels = |path: &Path| path.file_name().is_some_and(|name| name == LABELS);
    let table = path.extension().is_some_and(|ending| ending == "csv");
    named || is_labels(path) || (table && path.parent().is_some_and(is_labels))
}

fn holder(place: &Path) -> Option<PathBuf> {
    let folder = place.parent()?;
    let named = place.file_name().is_some_and(|name| is_in(&NAMES, name));
    if named && is_corpus(folder) { Some(folder.to_owned()) } else { labels_above(folder) }
}

fn labels_above(folder: &Path) -> Option<PathBuf> {
    let labels = |folder: &&Path| folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case(LABELS));
    let corpus = folder.ancestors().filter(labels).filter_map(Path::parent).find(|above| is_corpus(above));
    corpus.map(Path::to_owned)
}

/// Some file systems open `rules.toml` as `Rules.toml` too.
fn is_in(names: &[&str], name: &std::ffi::OsStr) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a folder is a corpus.
pub fn is_corpus(folder: &Path) -> bool {
    SIGNS.iter().any(|sign| folder.join(sign).is_file())
}

/// A path with its links followed, as far as the path exists.
fn resolved(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(real) = above.canonicalize() {
            return path.strip_prefix(above).map_or_else(|_| real.join(path), |rest| real.join(rest));
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_folders_tell_what_belongs_to_a_corpus() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().canonicalize().unwrap().join("c");
        std::fs::create_dir_all(corpus.join("charts")).unwrap();
        let belongs = |name: &str| corpus_of(&corpus.join(name));
        assert_eq!(belongs("statements.csv"), None, "the folder is not a corpus yet");
        std::fs::write(corpus.join("codebook.toml"), "").unwrap();
        for name in ["statements.csv", "Rules.toml", "plan.toml", "README.md", "labels/x.svg", "labels/deep/x.png"] {
            assert_eq!(belongs(name).as_deref(), Some(&*corpus), "{name}");
        }
        for name in ["labels.csv", "charts/shift.csv", "charts/README.md", "../c.csv"] {
            assert_eq!(belongs(name), None, "{name}");
        }
        std::os::unix::fs::symlink(corpus.join("codebook.toml"), folder.path().join("link")).unwrap();
        assert_eq!(corpus_of(&folder.path().join("link")).as_deref(), Some(&*corpus));
        assert_eq!(labels_of(&corpus.join("labels")).as_deref(), Some(&*corpus));
        assert!(is_read(Path::new("c/labels/me.csv")) && is_read(Path::new("c/Rules.toml")));
        for name in [SPEAKERS, UNSEEN, README, "chart.toml", "import.toml", "plan.toml"] {
            assert!(!is_read(&corpus.join(name)) && belongs(name).is_some(), "{name}");
        }
        assert!(!is_read(Path::new("c/charts/shift.csv")) && !is_read(Path::new("c/.stance-abcdef.tmp")));
    }
}
