//! No sentence uses the words that docs/style.md bans outright. Only words without a legitimate use are listed here; the
//! rest of the style needs a reader.

use std::fs;
use std::path::{Path, PathBuf};

use regex::{Regex, RegexBuilder};

use crate::support::root;

/// A pattern of banned words, and what to write instead.
const BANNED: [(&str, &str); 16] = [
    (r"\bmend(s|ed|ing)?\b", "fix"),
    (r"\bturn(s|ed|ing)? down\b", "reject"),
    (r"\bh(o|e)ld(s|ing)? (\w+ )?against\b", "compare with, or check against"),
    (r"\bsuch that\b", "a second sentence, or so that for a result"),
    (r"(, (save|but)|\bas it is,? but) that (missing|what|where)\b", "except that"),
    (r"\bof which\b", "name the thing again"),
    (r"\bthe same of\b", "name the thing again"),
    (r"\belse it says\b", "otherwise"),
    (r"\bnobody called\b", "there is no X"),
    (r"\bnames? nobody\b", "there is no X"),
    (r"\bthis is no\b", "this is not a"),
    (r"\b(is|are) told\b", "is reported, or says"),
    (r"\bbegins so\b", "begins with"),
    (r"\b(have|has) not the\b", "does not have"),
    (r"\b(simply|easily|powerful)\b", "leave it out"),
    (
        r"\b(error|fault|warning|day|month|file|row|rule|test|label|issue|coder|column|statement|speaker|position)\(s\)",
        "write out the plural",
    ),
];

#[test]
fn no_sentence_uses_a_banned_word() {
    let banned: Vec<(Regex, &str)> = BANNED
        .iter()
        .map(|(words, instead)| (RegexBuilder::new(words).case_insensitive(true).build().unwrap(), *instead))
        .collect();
    let mut problems = Vec::new();
    for path in texts() {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let lines: Vec<&str> = text.lines().map(without_comment_mark).collect();
        for (i, line) in lines.iter().enumerate() {
            // A phrase may go on in the next line.
            let both = format!("{line} {}", lines.get(i + 1).unwrap_or(&""));
            for (words, instead) in &banned {
                if let Some(place) = words.find(&both).filter(|place| place.start() < line.len()) {
                    problems.push(format!("{}:{}: `{}`: {instead}", path.display(), i + 1, place.as_str()));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} (see docs/style.md)\n{}", problems.len(), problems.join("\n"));
}

fn without_comment_mark(line: &str) -> &str {
    line.trim().trim_start_matches(['/', '!', '#']).trim_start()
}

/// The files with sentences of the program, relative to the repository. Corpora and articles are left out, because the
/// words in them are data. So is docs/style.md, which has to quote what it bans.
fn texts() -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::from("README.md"), PathBuf::from("ARCHITECTURE.md")];
    for folder in ["src", "docs", "data", "python/src", "python/stance", "python/examples", "tests/fixtures"] {
        collect(Path::new(folder), &mut paths);
    }
    // A word list of a language is data.
    paths.retain(|path| !path.starts_with("src/extract/language"));
    paths.sort();
    assert!(paths.len() > 100, "too few files: {paths:?}");
    paths
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(root().join(folder)).unwrap().flatten() {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            collect(&path, paths);
        } else if has_sentences(&path) {
            paths.push(path);
        }
    }
}

fn has_sentences(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if path.starts_with("src") {
        return matches!(ending, "rs" | "toml") || name == "en.ftl";
    }
    if path.starts_with("python") {
        return matches!(ending, "rs" | "py" | "pyi");
    }
    if path.starts_with("docs") {
        return ending == "md" && name != "style.md";
    }
    (path.starts_with("data") && name == "README.md") || (path.starts_with("tests/fixtures") && name == "expected.txt")
}
