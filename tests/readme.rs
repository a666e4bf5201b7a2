//! The README's commands give what the README shows. A line `...` in the output stands for any
//! lines.

use std::fs;
use std::process::Command;

use crate::support::{Workdir, root};

/// The commands in the README's console blocks, each with the output shown below it.
fn examples() -> Vec<(String, String)> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut examples: Vec<(String, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => *output += &format!("{line}\n"),
                (None, None) => panic!("output without a command: {line}"),
            }
        }
    }
    examples
}

#[test]
fn every_command_gives_what_is_shown() {
    let workdir = Workdir::new();
    std::os::unix::fs::symlink(root().join("data"), workdir.path().join("data")).unwrap();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_stance")).parent().unwrap().display().to_string();
    let path = format!("{binary}:{}", std::env::var("PATH").unwrap_or_default());
    let examples = examples();
    assert!(examples.len() >= 5);
    for (command, shown) in examples {
        let output = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(workdir.path())
            .env("PATH", &path)
            .output()
            .unwrap();
        let actual = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        let expected = shown.replace("\n...\n", "\n[..]\n");
        assert!(agrees(&actual, &expected), "$ {command}\n--- the README shows\n{shown}\n--- it gives\n{actual}");
    }
}

/// Whether a text is the pattern, where a line `[..]` stands for any lines.
fn agrees(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    let parts: Vec<&str> = pattern.split("[..]\n").collect();
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
