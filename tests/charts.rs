//! The committed charts are what the program draws today, by the commands in charts/README.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Workdir, root};

/// The command of each row of the table in charts/README.md.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(root().join("charts/README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| ["));
    rows.map(|row| row.split('`').nth(1).expect("each picture has its command").to_owned()).collect()
}

#[test]
fn committed_charts_equal_a_fresh_drawing() {
    let workdir = Workdir::new();
    let mut drawn = BTreeSet::new();
    for command in commands() {
        let args = shlex(&command);
        assert_eq!(args[0], "stance");
        let mut args: Vec<&str> = args[1..].iter().map(String::as_str).collect();
        let data = root().join("data/ukraine-2025");
        args.extend(["--corpus", data.to_str().unwrap()]);
        let run = workdir.run(&args);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
        for path in run.stdout.lines() {
            let committed = fs::read(root().join(path)).unwrap_or_default();
            assert!(
                committed == workdir.read(path),
                "{path} is not what `{command}` draws; draw it anew and look at it"
            );
            drawn.insert(path.to_owned());
        }
    }
    for path in files(&root().join("charts/ukraine-2025")) {
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap();
        assert!(drawn.contains(path), "no command in charts/README.md draws {path}");
    }
}

/// Every file in a folder and the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Takes a command line apart at spaces outside single quotation marks.
fn shlex(command: &str) -> Vec<String> {
    let mut quoted = false;
    let apart = |c: char| {
        quoted ^= c == '\'';
        c == ' ' && !quoted
    };
    command.split(apart).map(|word| word.trim_matches('\'').to_owned()).collect()
}
