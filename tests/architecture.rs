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
    let mut code = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" || line.trim().starts_with("#[cfg(all(test,") {
            // The item for tests alone is one line, or ends with a brace as far in as it begins.
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let is_attribute = |line: &&str| line.trim_start().starts_with("#[");
            let first = lines.by_ref().find(|line| !is_attribute(line)).unwrap_or_default();
            if !first.ends_with(';') {
                let _ = lines.by_ref().find(|line| *line == end);
            }
        } else if !line.trim_start().starts_with("//") {
            code.push(line);
        }
    }
    code.join("\n")
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

/// The modules that a folder declares, in its order; none for a file that is no folder.
fn declared(folder: &[String]) -> Vec<String> {
    let mut path = root().join("src");
    path.extend(folder);
    let of_folder = path.join(if folder.is_empty() { "lib.rs" } else { "mod.rs" });
    let path = if of_folder.is_file() { of_folder } else { path.with_extension("rs") };
    if !path.is_file() {
        return Vec::new();
    }
    let code = code_of(&path);
    let names = code.lines().filter_map(|line| {
        let line = line.trim().strip_prefix("pub(crate) ").or(Some(line.trim()))?;
        line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    names.collect()
}

/// The paths that code names after `crate::`, as far as they may be modules.
fn used(code: &str) -> Vec<Vec<String>> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let path = |mut rest: &str| {
        let mut path = Vec::new();
        loop {
            let name = word(rest);
            rest = &rest[name.len()..];
            if !name.is_empty() {
                path.push(name);
            }
            match rest.strip_prefix("::") {
                Some(after) => rest = after,
                None => return path,
            }
        }
    };
    code.split("crate::").skip(1).map(path).collect()
}

/// At every depth: where two modules part, the one that is used stands above the one that uses it.
#[test]
fn a_module_uses_only_those_above_it() {
    for source in library() {
        let name = source.path.display();
        assert!(!source.code.contains("super::"), "{name}: name modules from the crate's root");
        assert!(!source.code.contains("crate::{"), "{name}: one module a line");
        assert!(declared(&[]).contains(&source.module[0]), "{:?} is not in lib.rs", source.module);
        for used in used(&source.code) {
            let shared = source.module.iter().zip(&used).take_while(|(own, other)| own == other).count();
            let (Some(own), Some(other)) = (source.module.get(shared), used.get(shared)) else { continue };
            let order = declared(&source.module[..shared]);
            let place = |module: &String| order.iter().position(|declared| declared == module);
            // What is no module is an item of the folder that both stand in.
            let (Some(own), Some(other)) = (place(own), place(other)) else { continue };
            assert!(other < own, "{name} uses `{}`, which stands below it", used.join("::"));
        }
    }
}

/// Otherwise the test above would not see which module a path in a group names.
#[test]
fn a_group_of_imports_names_one_module() {
    for source in sources() {
        let uses = source.code.split("use ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(path, _)| path);
        for group in uses.filter_map(|path| path.split_once("::{")).map(|(_, group)| group) {
            assert!(!group.contains("::"), "{}: one module a line, not `{group}`", source.path.display());
        }
    }
}

/// A word has one sense: no two public types of the library share a name.
#[test]
fn a_public_type_has_a_name_of_its_own() {
    let mut seen: std::collections::BTreeMap<String, PathBuf> = std::collections::BTreeMap::new();
    let mut twice = Vec::new();
    for source in library() {
        for line in source.code.lines().filter(|line| line.starts_with("pub ")) {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            let keyword =
                words.find(|word| ["struct", "enum", "type", "trait", "fn", "const", "use", "mod"].contains(word));
            let (Some("struct" | "enum" | "type" | "trait"), Some(name)) = (keyword, words.next()) else { continue };
            if let Some(other) = seen.insert(name.to_owned(), source.path.clone()) {
                twice.push(format!("{name}: {} and {}", other.display(), source.path.display()));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
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
    only(&["frame/"], &["polars"], sources());
    only(&["import/workbook.rs"], &["calamine"], library());
    only(&["import/packed.rs", "exchange/refi_qda.rs", "bundle/packed.rs"], &["zip::"], library());
    only(&["exchange/xlsx.rs", "exchange/sheet.rs"], &["rust_xlsxwriter"], library());
    only(&["exchange/dna.rs", "file/"], &["rusqlite"], library());
    only(&["exchange/xml.rs", "import/tool/", "import/open_document.rs"], &["quick_xml"], library());
    only(&["chart/draw/"], &["plotters", "resvg", "png::Encoder", "ab_glyph"], library());
    only(&["chart/locale.rs"], &["fluent", "unic_langid"], library());
    only(&["file/"], &["fs::", "File::"], library());
    let looking = ["is_file()", "is_dir()", ".exists()", "canonicalize", "fs::metadata"];
    only(&["file/"], &looking, sources());
    let writing =
        ["fs::write", "fs::rename", "fs::copy", "remove_", "create_dir", "create_new", "OpenOptions", "persist"];
    only(&["file/"], &writing, sources());
    // All that people read passes one gate, where nothing of a file or a page can act on the terminal.
    only(&["cli/terminal.rs"], &["anstream::"], sources());
    only(&["cli/terminal.rs", "cli/output.rs", "cli/find.rs", "cli/review.rs"], &[".styled()"], sources());
    only(&[], &["println!", "print!", "stdout", "stderr", "std::env", "process::"], library());
    only(&[], &["std::net", "Utc::now", "Local::now"], sources());
    // A look at unseen statements is an act, and its record has the day. No output has it.
    only(&["cli/unseen.rs", "cli/desk/state.rs", "file/", "label/sheet.rs"], &["SystemTime"], sources());
    only(&["cli/unseen.rs"], &["SystemTime::now"], sources());
    // Only the desk listens, on this machine alone. Pages are made by one crate, which escapes every text.
    only(&["cli/desk/"], &["axum", "tokio", "opener::", "getrandom"], sources());
    only(&["page/", "report/", "desk/", "cli/desk/"], &["maud"], sources());
    // Only `watch` looks at a clock, to say how long a save took, and the desk, for the pace of a coder and for
    // connections that take too long. What they show is in no file. `stamp` compares times and shows none.
    only(&["cli/watch.rs", "cli/desk/"], &["Instant"], sources());
}

/// Counts from anywhere can be judged: Python and streams have no corpus and no frame.
#[test]
fn verdicts_need_no_corpus_and_no_frame() {
    let below = ["series.rs", "shift/", "curve.rs"];
    for source in library() {
        let name = source.path.strip_prefix(root().join("src")).unwrap().display().to_string();
        if below.iter().any(|room| name.starts_with(room)) {
            for word in ["crate::corpus", "crate::frame", "crate::statement", "crate::rule", "crate::file"] {
                assert!(!source.code.contains(word), "{name} has `{word}`");
            }
        }
    }
}

/// The Python package is a front end: it reads no file and draws nothing itself, and is `unsafe` in one place.
#[test]
fn the_python_package_is_a_front_end() {
    let mut python = Vec::new();
    collect(&root().join("python/src"), &[], &mut python);
    assert!(python.len() > 10);
    for source in &python {
        let name = source.path.file_name().unwrap().to_str().unwrap();
        for word in ["fs::", "File::", "println!", "clap", "plotters", "resvg", "polars::", "polars_io"] {
            assert!(!source.code.contains(word), "python/src/{name} has `{word}`");
        }
        assert!(name == "arrow.rs" || !source.code.contains("unsafe"), "python/src/{name} is unsafe");
        assert!(name == "work.rs" || !source.code.contains("ThreadPool"), "python/src/{name} starts threads");
    }
}

/// The fuzzers take modules in by their paths, and nothing builds them from day to day.
#[test]
fn the_fuzzers_name_modules_that_exist() {
    for target in ["rules", "extract"] {
        let folder = root().join("tests/fuzz/fuzz_targets");
        let text = fs::read_to_string(folder.join(format!("{target}.rs"))).unwrap();
        let paths: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("#[path = \"")?.strip_suffix("\"]")).collect();
        assert!(paths.len() >= 5, "{target} takes in {paths:?}");
        for path in paths {
            assert!(folder.join(path).is_file(), "{target} takes in {path}, which does not exist");
        }
        // What a module uses must be taken in, too.
        let taken: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
        for source in library() {
            let name = source.path.strip_prefix(root().join("src")).unwrap().display().to_string();
            let room = name.split(['/', '.']).next().unwrap_or_default().to_owned();
            if taken.contains(&room.as_str()) {
                for used in source.code.match_indices("crate::").map(|(at, _)| &source.code[at + 7..]) {
                    let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                    assert!(
                        used.is_empty() || taken.contains(&used),
                        "{target}: {name} uses `{used}`, which is not taken in"
                    );
                }
            }
        }
    }
}
