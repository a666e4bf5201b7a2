//! The commands in the documents print what the documents show. A line `...` stands for any lines.
//! A TOML block that begins with a comment such as `# mine/rules.toml` is saved under that name
//! before the commands below it run. `SNAPSHOTS=overwrite cargo test documents` writes what the
//! commands print into the documents.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Workdir, root};

#[test]
fn the_documents_readme() {
    check("README.md");
}

#[test]
fn the_documents_guide() {
    check("docs/guide.md");
}

#[test]
fn the_documents_rules() {
    check("docs/rules.md");
}

#[test]
fn the_documents_unseen() {
    check("docs/unseen.md");
}

#[test]
fn the_documents_study() {
    check("docs/study.md");
}

/// Runs a document's commands, in order, in a folder of their own.
fn check(name: &str) {
    let path = root().join(name);
    let text = fs::read_to_string(&path).unwrap();
    let (replayed, differences) = replay(&text);
    assert!(replayed.matches("\n$ ").count() >= 2, "{name} has hardly a command");
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        return fs::write(&path, replayed).unwrap();
    }
    assert!(differences.is_empty(), "{name}\n{}", differences.join("\n"));
}

/// The document with what its commands print in place of what it shows, and each command that
/// prints something else.
fn replay(text: &str) -> (String, Vec<String>) {
    let workdir = Workdir::new();
    std::os::unix::fs::symlink(root().join("data"), workdir.path().join("data")).unwrap();
    let (mut replayed, mut differences) = (String::new(), Vec::new());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        replayed += &format!("{line}\n");
        if line == "```toml" {
            let mut block = String::new();
            while let Some(line) = lines.next_if(|line| *line != "```") {
                block += &format!("{line}\n");
            }
            let first = block.lines().next().and_then(|line| line.strip_prefix("# "));
            if let Some(name) = first.filter(|name| name.contains('/') && name.ends_with(".toml")) {
                workdir.write(name, &block);
            }
            replayed += &block;
        }
        while line == "```console"
            && let Some(line) = lines.next_if(|line| *line != "```")
        {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("output without a command: {line}"));
            let mut shown = String::new();
            while let Some(line) = lines.next_if(|line| *line != "```" && !line.starts_with("$ ")) {
                shown += &format!("{line}\n");
            }
            let printed = run(command, workdir.path());
            replayed += &format!("{line}\n");
            if agrees(&printed, &shown) {
                replayed += &shown;
            } else {
                replayed += &printed;
                differences.push(format!("$ {command}\n--- the document shows\n{shown}\n--- it prints\n{printed}"));
            }
        }
    }
    (replayed, differences)
}

/// What a command prints, its errors included.
fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_stance")).parent().unwrap().display().to_string();
    let path = format!("{binary}:{}", std::env::var("PATH").unwrap_or_default());
    let command = format!("{command} 2>&1");
    let output = Command::new("sh").args(["-c", &command]).current_dir(folder).env("PATH", &path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

/// Whether a text is the pattern, in which a line `...` stands for any lines.
fn agrees(text: &str, pattern: &str) -> bool {
    const ANY: &str = "\u{0}\n";
    let (text, pattern) = (format!("\n{text}"), format!("\n{pattern}").replace("\n...\n", &format!("\n{ANY}")));
    let mut rest = text.as_str();
    let parts: Vec<&str> = pattern.split(ANY).collect();
    for (i, part) in parts.iter().enumerate() {
        let found = match (i == 0, i + 1 == parts.len()) {
            (true, true) => return rest == *part,
            (true, false) => rest.starts_with(part).then_some(0),
            (false, true) => return rest.ends_with(part),
            (false, false) => rest.find(part),
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}
