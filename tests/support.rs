//! A folder to work in, and the binary run there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test, removed at the end.
pub struct Workdir {
    dir: tempfile::TempDir,
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Workdir {
    pub fn new() -> Workdir {
        Workdir { dir: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A folder with a corpus `c`: the base fixture, and over it the files of a case. A file
    /// called `x.remove` in the case takes `x` away.
    pub fn with_fixture(case: &str) -> Workdir {
        let workdir = Workdir::new();
        let to = workdir.path().join("c");
        copy_tree(&fixtures().join("base"), &to);
        copy_tree(&fixtures().join(case), &to);
        workdir
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stance"));
        command
            .current_dir(self.path())
            .args(args)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null());
        command
    }

    /// Runs the binary here.
    pub fn run(&self, args: &[&str]) -> Run {
        self.command(args).output().expect("the binary runs").into()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn fixtures() -> PathBuf {
    root().join("tests/fixtures")
}

/// The corpora that are bundled.
pub fn bundled() -> Vec<PathBuf> {
    let mut corpora: Vec<PathBuf> = fs::read_dir(root().join("data"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    corpora.sort();
    assert!(!corpora.is_empty());
    corpora
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else if target.extension().is_some_and(|extension| extension == "remove") {
            fs::remove_file(target.with_extension("")).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A run that did what it was asked for.
pub fn sound(run: &Run) {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

/// A run that was refused with these words.
pub fn refused(run: &Run, words: &[&str]) {
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
    assert!(words.iter().all(|word| run.stderr.contains(word)), "{words:?}: {}", run.stderr);
}

/// A file as text, with plain ends of lines.
pub fn text(workdir: &Workdir, name: &str) -> String {
    String::from_utf8(workdir.read(name)).unwrap().replace("\r\n", "\n")
}

/// What was printed, without its line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
