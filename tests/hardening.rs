//! What must never happen to a person's files: written over, torn, lost to another program's save, open to others.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{Run, Workdir};

/// A folder with two corpora, and an article.
fn workdir() -> Workdir {
    let workdir = Workdir::new();
    for corpus in ["c", "other"] {
        assert_eq!(workdir.run(&["init", corpus]).code, 0);
    }
    article(&workdir, "a.txt", "bridge");
    workdir
}

fn article(workdir: &Workdir, name: &str, what: &str) {
    let text = format!("2025-11-03\n\n“We will build the {what} here at last,” Mayor Ann Lee said on Monday.\n");
    workdir.write(name, text);
}

fn fine(run: Run) -> String {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn refused(run: Run, expected: &str) {
    assert_eq!(run.code, 2, "{} {}", run.stdout, run.stderr);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
}

/// The temporary files in a folder, of this version and of earlier ones.
fn temporary(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with(".stance-") || name.starts_with(".tmp")
        })
        .collect()
}

fn quiet(workdir: &Workdir, args: &[&str]) -> Child {
    workdir.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until a program has made a temporary file in a folder; `None` if it ended before one was seen.
fn until_it_writes(child: &mut Child, folder: &Path) -> Option<PathBuf> {
    while child.try_wait().unwrap().is_none() {
        if let Some(path) = temporary(folder).pop() {
            return Some(path);
        }
    }
    None
}

#[test]
fn no_file_of_any_corpus_is_written_over() {
    let workdir = workdir();
    let label = ["label", "--corpus", "c", "--format", "csv", "-o"];
    let extract = ["extract", "a.txt", "--corpus", "c", "--format", "ndjson", "-o"];
    for name in [
        "c/statements.csv",
        "c/codebook.toml",
        "c/rules.toml",
        "c/speakers.toml",
        "c/README.md",
        "c/chart.toml",
        "c/labels/me.csv",
        "c/labels/new.csv",
        "other/statements.csv",
        "other/labels/me.csv",
    ] {
        let path = workdir.path().join(name);
        let before = fs::read(&path).ok();
        for begin in [&label[..], &extract] {
            refused(workdir.run(&[begin, &[name, "--force"]].concat()), "belongs to the corpus `");
            assert_eq!(fs::read(&path).ok(), before, "{name}");
        }
    }
    refused(workdir.run(&[&label[..], &["c/rules.toml"]].concat()), "belongs to the corpus `c`");
    symlink(workdir.path().join("c/rules.toml"), workdir.path().join("link.csv")).unwrap();
    refused(workdir.run(&[&label[..], &["link.csv", "--force"]].concat()), "belongs to the corpus `c`");
    refused(workdir.run(&["agree", "--corpus", "c", "--disagreements", "other/labels/x.csv"]), "belongs to the corpus");
    // Pictures have tables beside them, which would be taken for a coder's labels.
    for out in ["c/labels", "other/labels/deep"] {
        refused(workdir.run(&["chart", "months", "--corpus", "c", "--force", "--out", out]), "belongs to the corpus");
    }
    refused(workdir.run(&["init", "c/labels/new"]), "holds the labels");
    assert_eq!(fs::read_dir(workdir.path().join("c/labels")).unwrap().count(), 1);
    // Beside the files of a corpus there is room for others.
    fine(workdir.run(&["chart", "months", "--corpus", "c", "--out", "c/charts"]));
    assert!(fine(workdir.run(&["check", "--corpus", "c"])).contains("c is sound"));
}

#[test]
fn only_what_stance_wrote_is_written_over() {
    let workdir = workdir();
    workdir.write("notes.txt", "mine");
    for name in ["l.csv", "l.ndjson", "l.parquet"] {
        let run = |more: &[&str]| workdir.run(&[&["label", "--corpus", "c", "-o", name], more].concat());
        workdir.write(name, "");
        fine(run(&[]));
        let first = workdir.read(name);
        fine(run(&[]));
        assert_eq!(workdir.read(name), first);
        // Other columns may be a person's.
        match name {
            "l.csv" => workdir.write(name, String::from_utf8(first.clone()).unwrap().replace("\r\n", ",mine\r\n")),
            "l.ndjson" => workdir.write(name, String::from_utf8(first.clone()).unwrap().replace('}', ",\"mine\":1}")),
            _ => drop(fine(run(&["--timeline", "--force"]))),
        }
        refused(run(&[]), "Stance did not write it");
        fs::copy(workdir.path().join("notes.txt"), workdir.path().join(name)).unwrap();
        refused(run(&[]), "overwrite it with --force");
        assert_eq!(workdir.read(name), b"mine");
        fine(run(&["--force"]));
        assert_eq!(workdir.read(name), first);
    }
    refused(workdir.run(&["label", "--corpus", "c", "--format", "csv", "-o", "a.txt"]), "a.txt already exists");

    // Small and without much to draw, since unoptimised builds draw slowly.
    let begin = ["chart", "shift", "months", "--corpus", "c", "--out", "p", "--scale", "0.2", "--width", "400"];
    let chart = |more: &[&str]| workdir.run(&[&begin[..], more].concat());
    fine(chart(&[]));
    fine(chart(&["--text", "outlines", "--title", "A < B & \"C\"\nD"]));
    fine(chart(&["--locale", "de"]));
    for name in ["p/months-alex-example.svg", "p/months-alex-example.png", "p/shift.csv"] {
        workdir.write(name, "mine");
        let others = fs::read_dir(workdir.path().join("p")).unwrap().flatten();
        let before: Vec<_> = others.map(|entry| (entry.path(), fs::read(entry.path()).unwrap())).collect();
        refused(chart(&["--theme", "dark"]), &format!("{name} already exists"));
        // One that may not be written keeps all others as they were.
        assert!(before.iter().all(|(path, bytes)| fs::read(path).unwrap() == *bytes), "{name}");
        fine(chart(&["--force"]));
    }
    // Pixels without the table that goes with them may be anyone's.
    fs::remove_file(workdir.path().join("p/shift.csv")).unwrap();
    refused(chart(&[]), "p/shift.png already exists");
}

/// Without a row, lines of JSON do not show their keys.
#[test]
fn an_empty_result_replaces_an_earlier_one() {
    let workdir = workdir();
    workdir.write("none.txt", "2025-11-03\n\nThe mayor was away on Monday, and the council did not meet.\n");
    for name in ["l.csv", "l.ndjson", "l.parquet"] {
        let label = |more: &[&str]| workdir.run(&[&["label", "--corpus", "c", "-o", name], more].concat());
        fine(label(&[]));
        let first = workdir.read(name);
        let run = label(&["--from", "2030-01-01"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let header = run.stderr.contains("only the header is written");
        assert_eq!(header, name == "l.csv", "{}", run.stderr);
        assert_ne!(workdir.read(name), first);
        fine(label(&[]));
        assert_eq!(workdir.read(name), first);
    }
    for format in ["csv", "ndjson"] {
        for (text, is_empty) in [("a.txt", false), ("none.txt", true), ("a.txt", false)] {
            // Rows that are not written again may have been edited.
            let args = ["extract", text, "--corpus", "c", "--format", format, "-o", &format!("p.{format}"), "--force"];
            fine(workdir.run(&args));
            let lines = workdir.read(&format!("p.{format}")).iter().filter(|byte| **byte == b'\n').count();
            assert_eq!(lines, usize::from(format == "csv") + usize::from(!is_empty));
        }
    }
}

#[test]
fn what_a_person_decided_on_is_not_lost() {
    let workdir = workdir();
    let run = |more: &[&str]| workdir.run(&[&["extract", "a.txt", "--corpus", "c", "-o", "p.csv"], more].concat());
    fine(run(&[]));
    fine(run(&[]));
    let proposed = String::from_utf8(workdir.read("p.csv")).unwrap();
    assert!(proposed.contains(",no,high,"), "{proposed}");
    for (from, to) in [(",no,high,", ",yes,high,"), (",,no,", ",an hour of notes,no,"), ("2025-11-03", "2025-13-03")] {
        let decided = proposed.replacen(from, to, 2);
        assert_ne!(decided, proposed);
        workdir.write("p.csv", &decided);
        refused(run(&[]), "decisions");
        refused(run(&["--format", "ndjson"]), "p.csv already exists");
        assert_eq!(String::from_utf8(workdir.read("p.csv")).unwrap(), decided);
        fine(run(&["--force"]));
    }
    assert_eq!(String::from_utf8(workdir.read("p.csv")).unwrap(), proposed);
}

#[test]
fn what_a_person_edited_in_proposals_is_not_lost() {
    let workdir = workdir();
    article(&workdir, "b.txt", "tram");
    for (name, format) in [("p.csv", "csv"), ("p.ndjson", "ndjson")] {
        let run = |more: &[&str]| {
            workdir.run(&[&["extract", "--corpus", "c", "-o", name, "--format", format], more].concat())
        };
        fine(run(&["a.txt", "b.txt"]));
        let proposed = String::from_utf8(workdir.read(name)).unwrap();
        for (from, to) in [
            (",no,high,", ",yes,high,"),
            (r#""verified":"no""#, r#""verified":"yes""#),
            (r#""verified":"no""#, r#""verified":true"#),
            (r#""verified":"no""#, r#""verified":"no","checked":"no""#),
            ("Mayor", "Lord Mayor"),
            ("Ann Lee", "Anna Lee"),
            ("bridge here", "bridge there"),
        ] {
            let edited = proposed.replacen(from, to, 1);
            if edited == proposed {
                continue;
            }
            workdir.write(name, &edited);
            let run = run(&["a.txt", "b.txt"]);
            assert!(run.code == 2 && run.stderr.contains("--force"), "{name} {to}: {}", run.stderr);
            assert_eq!(String::from_utf8(workdir.read(name)).unwrap(), edited);
        }
        // Without an edit, it is written again, and grows with the texts.
        workdir.write(name, &proposed);
        fine(run(&["a.txt", "b.txt"]));
        article(&workdir, "c.txt", "ferry");
        fine(run(&["a.txt", "b.txt", "c.txt"]));
        // Nothing shows whether the row of a text that is not read now was edited. Each fault is still printed.
        let run = run(&["a.txt", "b.txt", "nosuch.txt"]);
        assert!(run.stderr.contains("overwriting ") && run.stderr.contains("nosuch.txt"), "{}", run.stderr);
        fs::remove_file(workdir.path().join("c.txt")).unwrap();
    }
}

/// An editor saves while rows are written beside the file: between the comparison and the move.
#[test]
fn what_an_editor_saves_meanwhile_is_not_lost() {
    const TIMES: usize = 12;
    let workdir = workdir();
    let path = workdir.path().join("c/statements.csv");
    let (mut saved, mut refusals) = (0, 0);
    for time in 0..TIMES {
        let name = format!("n{time}.txt");
        article(&workdir, &name, &format!("bridge number {time}"));
        let mut child = quiet(&workdir, &["extract", &name, "--corpus", "c", "--append"]);
        if until_it_writes(&mut child, &workdir.path().join("c")).is_some() {
            // As editors do: a whole new file, moved over the old one.
            let text = fs::read_to_string(&path).unwrap();
            let columns = text.lines().next().unwrap().split(',').count();
            let row = format!("mine-{time},2025-11-01,day,Alex Example,,Radio,direct,An hour of work.");
            let row = format!("{row}{}\n", ",".repeat(columns - 8));
            fs::write(workdir.path().join("edited"), text + &row).unwrap();
            fs::rename(workdir.path().join("edited"), &path).unwrap();
            saved += 1;
        }
        refusals += usize::from(!child.wait().unwrap().success());
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches("An hour of work.").count(), saved, "after {time}: {text}");
    }
    assert!(saved > 0 && refusals > 0, "{saved} saves, {refusals} refusals");
    fine(workdir.run(&["check", "--corpus", "c"]));
}

/// It opens the file before the rows are in its place, and writes after.
#[test]
fn what_an_editor_adds_late_is_not_lost() {
    let workdir = workdir();
    let path = workdir.path().join("c/statements.csv");
    let mut editor = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let mut command = workdir.command(&["extract", "a.txt", "--corpus", "c", "--append"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    editor.write_all(b"mine,2025-11-01,day,Alex Example,,Radio,direct,An hour of work.,,,,,\n").unwrap();
    drop(editor);
    refused(child.wait_with_output().unwrap().into(), "another program");
    assert!(fs::read_to_string(&path).unwrap().contains("An hour of work."));
    fine(workdir.run(&["extract", "a.txt", "--corpus", "c", "--append"]));
    assert!(fs::read_to_string(&path).unwrap().contains("An hour of work."));
}

/// It is killed between the exchange and the comparison, when the editor's work is under a temporary name.
#[test]
#[cfg(target_os = "linux")]
fn what_an_editor_saved_survives_a_killed_program() {
    let workdir = workdir();
    let path = workdir.path().join("c/statements.csv");
    let inode = fs::metadata(&path).unwrap().ino();
    let mut editor = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let mut child = quiet(&workdir, &["extract", "a.txt", "--corpus", "c", "--append"]);
    // It now waits for the editor to close the file.
    while fs::metadata(&path).unwrap().ino() == inode {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    editor.write_all(b"An hour of work.\n").unwrap();
    drop(editor);
    let run = workdir.run(&["label", "--corpus", "c", "--format", "csv", "-o", "c/x.csv"]);
    assert!(run.code == 0 && run.stderr.contains("has what another program saved"), "{}", run.stderr);
    let [kept] = &temporary(&workdir.path().join("c"))[..] else { panic!("one file is kept") };
    assert!(run.stderr.contains(kept.file_name().unwrap().to_str().unwrap()), "{}", run.stderr);
    assert!(fs::read_to_string(kept).unwrap().ends_with("An hour of work.\n"));
}

#[test]
fn a_killed_program_leaves_nothing_torn_nothing_open_and_nothing_for_long() {
    let workdir = workdir();
    let folder = workdir.path().join("c");
    let path = folder.join("statements.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let mut seen = 0;
    for time in 0..8 {
        let name = format!("n{time}.txt");
        article(&workdir, &name, &format!("bridge number {time}"));
        let before = fs::read_to_string(&path).unwrap();
        let mut child = quiet(&workdir, &["extract", &name, "--corpus", "c", "--append"]);
        if let Some(left) = until_it_writes(&mut child, &folder) {
            seen += 1;
            // What is private is private from its first byte on.
            if let Ok(about) = fs::metadata(left) {
                assert_eq!(about.mode() & 0o777, 0o600);
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let after = fs::read_to_string(&path).unwrap();
        let whole = after.lines().count() == before.lines().count() + 1 && after.ends_with('\n');
        assert!(after == before || whole, "torn: {after}");
    }
    assert!(seen > 0);
    article(&workdir, "n.txt", "last bridge");
    fine(workdir.run(&["extract", "n.txt", "--corpus", "c", "--append"]));
    assert_eq!(temporary(&folder), Vec::<PathBuf>::new());
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    fine(workdir.run(&["check", "--corpus", "c"]));
}

#[test]
fn a_program_that_is_asked_to_end_leaves_nothing() {
    let workdir = workdir();
    let folder = workdir.path().join("c");
    let (mut ended, mut time) = (0, 0);
    while ended < 3 && time < 30 {
        time += 1;
        let name = format!("n{time}.txt");
        article(&workdir, &name, &format!("bridge number {time}"));
        let mut child = quiet(&workdir, &["extract", &name, "--corpus", "c", "--append"]);
        if until_it_writes(&mut child, &folder).is_none() {
            continue;
        }
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = child.wait().unwrap();
        ended += usize::from(status.signal() == Some(15));
        assert_eq!(temporary(&folder), Vec::<PathBuf>::new());
    }
    assert!(ended > 0, "no program could be ended while it wrote");
}

#[test]
fn a_file_keeps_its_mode_its_owner_and_its_link() {
    let workdir = workdir();
    let path = workdir.path().join("c/statements.csv");
    let append = |what: &str| {
        article(&workdir, "n.txt", what);
        workdir.run(&["extract", "n.txt", "--corpus", "c", "--append"])
    };
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    // Only the superuser may give files away.
    let given = std::os::unix::fs::chown(&path, Some(12_345), Some(23_456)).is_ok();
    fine(append("bridge of stone"));
    let about = fs::metadata(&path).unwrap();
    assert_eq!(about.mode() & 0o7777, 0o640);
    assert!(!given || (about.uid(), about.gid()) == (12_345, 23_456));

    // The file is elsewhere, and the corpus has a link to it.
    let real = workdir.path().join("real.csv");
    fs::rename(&path, &real).unwrap();
    symlink(&real, &path).unwrap();
    fine(append("bridge of wood"));
    assert!(path.is_symlink() && fs::read_to_string(&real).unwrap().contains("bridge of wood"));

    // A snapshot made of hard links stays as it was, and that is said.
    fs::hard_link(&real, workdir.path().join("snapshot.csv")).unwrap();
    let run = append("bridge of iron and steel");
    assert!(run.code == 0 && run.stderr.contains("has 2 names (hard links)"), "{}", run.stderr);
    assert!(!fs::read_to_string(workdir.path().join("snapshot.csv")).unwrap().contains("bridge of iron and steel"));
    assert!(fs::read_to_string(&real).unwrap().contains("bridge of iron and steel"));
}

/// The folder would allow it; the file does not.
#[test]
fn a_file_that_the_user_may_not_write_is_not_replaced() {
    let workdir = workdir();
    let nobody = 65_534;
    fs::set_permissions(workdir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let folder = workdir.path().join("c");
    if std::os::unix::fs::chown(&folder, Some(nobody), Some(nobody)).is_err() {
        return; // Only the superuser can be somebody else.
    }
    let mut command = workdir.command(&["extract", "a.txt", "--corpus", "c", "--append"]);
    let Ok(output) = command.uid(nobody).gid(nobody).output() else {
        return; // The binary is where nobody may run it.
    };
    let path = folder.join("statements.csv");
    refused(output.into(), "you may not write it");
    assert_eq!((fs::metadata(&path).unwrap().uid(), temporary(&folder).len()), (0, 0));
    // The owner cannot be kept, and is perhaps not in the group that may write it.
    std::os::unix::fs::chown(&path, None, Some(nobody)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    let mut command = workdir.command(&["extract", "a.txt", "--corpus", "c", "--append"]);
    refused(command.uid(nobody).gid(nobody).output().unwrap().into(), "who could no longer use it");
    assert_eq!(fs::metadata(&path).unwrap().uid(), 0);
    // Of one that everyone may write, it says so, and takes nobody's rights.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o466)).unwrap();
    let mut command = workdir.command(&["extract", "a.txt", "--corpus", "c", "--append"]);
    let run: Run = command.uid(nobody).gid(nobody).output().unwrap().into();
    assert!(run.code == 0 && run.stderr.contains("belongs to you now"), "{}", run.stderr);
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o466);
}

#[test]
fn speakers_whose_names_are_alike_have_pictures_of_their_own() {
    let workdir = workdir();
    // 60 letters of 4 bytes each: more than a file name can hold.
    let long = "\u{10400}".repeat(60);
    let names = ["Alice", "alice", "Alice 2", "X", "X Curve", &long];
    let mut rows = String::from("id,date,speaker,text\n");
    for (number, name) in names.iter().enumerate() {
        for day in 1..10 {
            let text = if day % 2 == 1 { "We will build the tram." } else { "The tram is a waste of money." };
            rows += &format!("r{number}-{day},2025-01-{:02},{name},{text}\n", 3 * day);
        }
    }
    workdir.write("c/statements.csv", rows);
    workdir.write("c/labels/me.csv", "statement_id,issue,position,rationale\n");
    let mut written = 0;
    for name in names {
        let args = ["chart", "timeline", "--speaker", name, "--corpus", "c", "--format", "svg", "--out", "o"];
        written += fine(workdir.run(&args)).lines().count();
        assert_eq!(fs::read_dir(workdir.path().join("o")).unwrap().count(), written, "{name}");
    }
    assert_eq!(written, 3 * names.len());
}

/// What a running `watch` says, line by line.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn new(workdir: &Workdir, folder: &str, args: &[&str]) -> Watch {
        let mut command = workdir.command(&[&["watch"], args].concat());
        command.current_dir(workdir.path().join(folder)).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Watch { child, lines }
    }

    /// Waits for a line, however long a busy machine takes.
    fn until(&self, part: &str) {
        let mut all = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("no line with {part} in {all}"));
            all += &format!("{line}\n");
            if line.contains(part) {
                return;
            }
        }
    }

    /// How often it draws in a time.
    fn redraws(&self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let left = || end.saturating_duration_since(Instant::now());
        std::iter::from_fn(|| self.lines.recv_timeout(left()).ok()).filter(|line| line.ends_with(" ms")).count()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watch_does_not_chase_its_own_pictures() {
    let workdir = workdir();
    // The current folder is the corpus, so that its pictures lie within.
    let watch = Watch::new(&workdir, "c", &[]);
    watch.until(" ms");
    assert_eq!(watch.redraws(Duration::from_millis(1500)), 0);
    assert!(workdir.path().join("c/charts/c/timeline-alex-example.svg").is_file());
    workdir.write("c/.stance-abc123.tmp", "");
    workdir.write("c/notes.txt", "");
    assert_eq!(watch.redraws(Duration::from_millis(300)), 0);
    workdir.write("c/labels/me.csv", workdir.read("c/labels/me.csv"));
    watch.until(" ms");
}

#[test]
fn watch_goes_on_after_an_error() {
    let workdir = workdir();
    refused(workdir.run(&["watch", "--corpus", "c", "--speaker", "Alex Exmaple"]), "did you mean `Alex Example`?");
    let watch = Watch::new(&workdir, ".", &["--corpus", "c", "--speaker", "Alex Example"]);
    watch.until(" ms");
    let (here, away) = (workdir.path().join("c"), workdir.path().join("away"));
    fs::rename(&here, &away).unwrap();
    watch.until("c is not a corpus");
    watch.until(" ms");
    fs::rename(&away, &here).unwrap();
    watch.until("drawn: ");
    watch.until(" ms");
    // A picture that cannot be written.
    let picture = workdir.path().join("charts/c/timeline-alex-example.svg");
    fs::remove_file(&picture).unwrap();
    fs::create_dir(&picture).unwrap();
    workdir.write("c/labels/me.csv", workdir.read("c/labels/me.csv"));
    watch.until("it is a folder");
    watch.until(" ms");
    fs::remove_dir(&picture).unwrap();
    // A speaker who has gone.
    let rows = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    workdir.write("c/statements.csv", rows.replace("Alex Example", "Alexa Example"));
    watch.until("did you mean `Alexa Example`?");
    watch.until(" ms");
    workdir.write("c/statements.csv", rows);
    watch.until("drawn: ");
}

#[test]
fn a_text_that_is_read_is_not_written_over() {
    let workdir = Workdir::new();
    workdir.write("news/one.txt", "2031-03-03\n\n“We will build the bridge,” Ann Lee said.\n");
    let before = workdir.read("news/one.txt");
    let run = workdir.run(&["extract", "news", "-o", "news/one.txt", "--force"]);
    assert!(run.code == 2 && run.stderr.contains("one of the texts that are read"), "{}", run.stderr);
    assert_eq!(workdir.read("news/one.txt"), before);
}

#[test]
fn a_worksheet_is_written_again_only_while_nobody_has_filled_it_in() {
    let workdir = Workdir::with_fixture("coders-differ");
    let write = || workdir.run(&["agree", "--corpus", "c", "--disagreements", "d.csv"]);
    assert_eq!(write().code, 0);
    assert_eq!(write().code, 0, "nothing was decided in it");
    let text = String::from_utf8(workdir.read("d.csv")).unwrap();
    workdir.write("d.csv", text.replacen('?', "1", 1));
    let run = write();
    assert!(run.code == 2 && run.stderr.contains("may hold your decisions"), "{}", run.stderr);
}
