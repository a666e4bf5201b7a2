//! What ARCHITECTURE.md promises: modules use only those above them, and each door to the
//! outside stands in one room.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// A source file of the library: its module path, such as `["rule", "engine"]`, and its code
/// without comments and without its unit tests.
struct Source {
    module: Vec<String>,
    path: PathBuf,
    code: String,
}

fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn collect(dir: &Path, module: &[String], sources: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut inner = module.to_vec();
        if path.is_dir() {
            inner.push(name);
            collect(&path, &inner, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            if !["mod", "lib", "main"].contains(&name.as_str()) {
                inner.push(name);
            }
            sources.push(Source { module: inner, code: code_of(&path), path });
        }
    }
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root().join("src"), &[], &mut sources);
    assert!(sources.len() > 20);
    sources
}

fn library() -> impl Iterator<Item = Source> {
    let own = |source: &Source| source.module.first().is_some_and(|module| module != "cli");
    sources().into_iter().filter(own)
}

/// The modules that a file declares, in its order.
fn declared(file: &str) -> Vec<String> {
    let code = code_of(&root().join("src").join(file));
    let names = code.lines().filter_map(|line| {
        let line = line.trim().strip_prefix("pub(crate) ").or(Some(line.trim()))?;
        line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    names.collect()
}

/// The modules, as far as two levels, that code names after `crate::`.
fn used(code: &str) -> Vec<Vec<String>> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.split("crate::")
        .skip(1)
        .map(|rest| {
            let first = word(rest);
            let second = rest[first.len()..].strip_prefix("::").map(word).unwrap_or_default();
            vec![first, second]
        })
        .collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let top = declared("lib.rs");
    let inner = |folder: &str| declared(&format!("{folder}/mod.rs"));
    for source in library() {
        assert!(!source.code.contains("super::"), "{}: name modules from the crate's root", source.path.display());
        assert!(!source.code.contains("crate::{"), "{}: one module a line", source.path.display());
        let place = |list: &[String], name: &str| list.iter().position(|other| other == name);
        let own = place(&top, &source.module[0]).unwrap_or_else(|| panic!("{:?} is not in lib.rs", source.module));
        for used in used(&source.code) {
            let Some(other) = place(&top, &used[0]) else { continue };
            assert!(other <= own, "{} uses `{}`, which stands below it", source.path.display(), used[0]);
            if other == own && source.module.len() > 1 {
                let order = inner(&source.module[0]);
                let (Some(mine), Some(theirs)) = (place(&order, &source.module[1]), place(&order, &used[1])) else {
                    continue;
                };
                assert!(theirs <= mine, "{} uses `{}`, which stands below it", source.path.display(), used[1]);
            }
        }
    }
}

/// Checks that only some files hold any of the given words.
fn only(allowed: &[&str], words: &[&str], sources: impl IntoIterator<Item = Source>) {
    for source in sources {
        let name = source.path.strip_prefix(root().join("src")).unwrap().display().to_string();
        if allowed.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        for word in words {
            assert!(!source.code.contains(word), "{name} has `{word}`; only {allowed:?} may");
        }
    }
}

#[test]
fn each_door_to_the_outside_stands_in_one_room() {
    only(&["cli/", "main.rs"], &["clap"], sources());
    only(&["frame.rs", "export.rs", "series.rs", "timeline.rs", "chart/source.rs"], &["polars"], sources());
    only(
        &["chart/paint.rs", "chart/svg.rs", "chart/png.rs", "chart/outlines.rs", "chart/style.rs", "chart/face.rs"],
        &["plotters", "resvg", "png::Encoder", "ab_glyph"],
        library(),
    );
    only(&["chart/locale.rs"], &["fluent", "unic_langid"], library());
    only(&["table.rs", "corpus.rs"], &["fs::", "File::"], library());
    only(&[], &["println!", "print!", "stdout", "stderr", "std::env", "process::"], library());
    only(&[], &["std::net", "SystemTime", "Utc::now", "Local::now"], sources());
    // Only `watch` looks at a clock, to say how long a save took.
    only(&["cli/watch.rs"], &["Instant"], sources());
}
