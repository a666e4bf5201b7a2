//! Files that someone else has made: what they may not do to whoever opens them.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Run, Workdir};

/// What would act on a terminal: a line wiped, a title set, the clipboard filled, and letters that read backwards.
const ESCAPES: &str =
    "\u{1b}[2K\r\u{1b}]0;title\u{7}\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[31m\u{9b}2K\u{202e}\u{200b}\u{2066}";

/// Runs the binary with colours, as on a terminal.
fn on_a_terminal(workdir: &Workdir, args: &[&str]) -> Run {
    workdir.command(args).env("CLICOLOR_FORCE", "1").output().unwrap().into()
}

/// Whether a text would act on a terminal: colours of letters are the program's own.
fn acts(text: &str) -> Option<String> {
    let known = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[4m", "\u{1b}[1;4m", "\u{1b}[31m", "\u{1b}[33m"];
    let known = known.into_iter().chain(["\u{1b}[36m", "\u{1b}[91m", "\u{1b}[93m", "\u{1b}[94m", "\u{1b}[96m"]);
    let text = known.fold(text.to_owned(), |text, code| text.replace(code, ""));
    let acts = |c: &char| {
        (c.is_control() && *c != '\n' && *c != '\t') || ('\u{200b}'..='\u{206f}').contains(c) && !c.is_alphanumeric()
    };
    let quotes = |c: &char| ('\u{2010}'..='\u{2027}').contains(c) || ('\u{202f}'..='\u{205f}').contains(c);
    let place = text.chars().position(|c| acts(&c) && !quotes(&c))?;
    Some(text.chars().skip(place.saturating_sub(20)).take(60).collect::<String>().escape_debug().to_string())
}

#[test]
fn nothing_in_a_file_acts_on_the_terminal() {
    let workdir = Workdir::with_fixture("base");
    let (name, words) = (format!("Ada {ESCAPES}"), format!("We will build the tram. {ESCAPES}No tram is dead."));
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["id", "date", "speaker", "text", "notes", "verified"]).unwrap();
    for (i, verified) in ["yes", "no", "yes"].iter().enumerate() {
        let day = format!("2025-03-0{}", i + 1);
        csv.write_record([&format!("a-{i}{ESCAPES}"), &day, &name, &words, ESCAPES, *verified]).unwrap();
    }
    let csv = csv.into_inner().unwrap();
    workdir.write("c/statements.csv", &csv);
    let label = |position: u8| {
        let id = format!("a-0{ESCAPES}").replace('"', "\"\"");
        format!("statement_id,issue,position,rationale\n\"{id}\",tram,{position},\n")
    };
    for (coder, position) in [("anna", 0), ("ben", 1)] {
        let _ = fs::remove_file(workdir.path().join(format!("c/labels/{coder}.csv")));
        workdir.write(&format!("c/labels/{coder}.csv"), label(position));
    }
    workdir.write("c/labels/note\u{1b}[2K\u{202e}.txt", "x");
    workdir.write(
        "article\u{202e}.txt",
        format!("5 March 2025\n\n“We {ESCAPES} will build the tram,” said Ada Holm.\n\nSubscribe {ESCAPES}now.\n"),
    );
    let ways: &[&[&str]] = &[
        &["check"],
        &["find", "tram"],
        &["explain", &format!("a-0{ESCAPES}")],
        &["explain", "a-0"],
        &["shifts"],
        &["shifts", "--speaker", "Ben"],
        &["agree"],
        &["rules"],
        &["rules", "lint"],
        &["rules", "test"],
        &["rules", "diff", "c/rules.toml"],
        &["chart", "timeline", "--out", "o"],
        &["extract", "article\u{202e}.txt", "--show-skipped", "-o", "p.csv"],
    ];
    for args in ways {
        let args: Vec<&str> = args.iter().copied().chain(["--corpus", "c"]).collect();
        let run = on_a_terminal(&workdir, &args);
        assert!(run.stdout.len() + run.stderr.len() > 0, "{args:?} says nothing");
        assert_eq!((acts(&run.stdout), acts(&run.stderr)), (None, None), "{args:?}");
    }
    // A review, which shows one proposal after another.
    workdir.write("p.csv", &csv);
    let run = on_a_terminal(&workdir, &["extract", "--review", "p.csv"]);
    assert!(run.stdout.contains("We will build the tram. \\u{1b}[2K"), "{}", run.stdout);
    assert_eq!(acts(&run.stdout), None);
    // Data for programs are as they were.
    let data = on_a_terminal(&workdir, &["shifts", "--format", "csv", "--corpus", "c", "--include-unverified"]);
    assert!(data.stdout.contains("\u{1b}]0;title"), "{}{}", data.stdout, data.stderr);
}

/// Runs the binary, and ends it when it has not ended by itself.
fn ended(workdir: &Workdir, args: &[&str]) -> Run {
    let mut child = workdir.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{args:?} waits for ever");
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap().into()
}

#[test]
fn what_is_no_file_is_told_and_not_waited_for() {
    let pipe = |workdir: &Workdir, name: &str| {
        let path = workdir.path().join(name);
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    };
    for (name, args) in [
        ("c/rules.toml", &["check", "--corpus", "c"][..]),
        ("c/statements.csv", &["check", "--corpus", "c"]),
        ("c/labels/anna.csv", &["label", "--corpus", "c"]),
        ("font.ttf", &["chart", "timeline", "--corpus", "c", "--font", "font.ttf"]),
        ("other.toml", &["rules", "diff", "other.toml", "--corpus", "c"]),
    ] {
        let workdir = Workdir::with_fixture("base");
        pipe(&workdir, name);
        let run = ended(&workdir, args);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(run.code > 0 && said.contains(&format!("{name}: this is no file but a pipe")), "{said}");
    }
    let workdir = Workdir::with_fixture("base");
    fs::remove_file(workdir.path().join("c/events.csv")).unwrap_or(());
    std::os::unix::fs::symlink("/dev/zero", workdir.path().join("c/events.csv")).unwrap();
    fs::create_dir(workdir.path().join("c/labels/folder.csv")).unwrap();
    let run = ended(&workdir, &["check", "--corpus", "c"]);
    assert!(run.stdout.contains("c/events.csv: this is no file but a pipe, a device"), "{}", run.stdout);
    assert!(run.stdout.contains("c/labels/folder.csv: this is a folder, and a file is meant"), "{}", run.stdout);
}

#[test]
fn a_file_too_large_to_be_meant_is_told() {
    let workdir = Workdir::with_fixture("base");
    // A file with a hole takes no room on the disk.
    let file = fs::File::create(workdir.path().join("c/events.csv")).unwrap();
    file.set_len((2 << 30) + 1).unwrap();
    let run = ended(&workdir, &["check", "--corpus", "c"]);
    assert!(run.stdout.contains("c/events.csv: the file has more than 2048 MiB"), "{}", run.stdout);
}

#[test]
fn rules_diff_runs_no_command_of_a_repository() {
    let workdir = Workdir::with_fixture("base");
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-C", "c"];
        let run = Command::new("git").current_dir(workdir.path()).args(identity).args(args).output().unwrap();
        assert!(run.status.success(), "{run:?}");
        String::from_utf8(run.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "x"]);
    let done = workdir.path().join("DONE");
    let act = format!("touch {}; true", done.display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.cat-file",
        "pager.show",
        "core.sshCommand",
        "core.askPass",
        "core.alternateRefsCommand",
        "diff.external",
        "uploadpack.packObjectsHook",
        "alias.cat-file",
        "credential.helper",
    ] {
        git(&["config", key, &act]);
    }
    git(&["config", "filter.x.smudge", &act]);
    git(&["config", "diff.x.textconv", &act]);
    workdir.write("c/.gitattributes", "* filter=x diff=x\n");
    assert_eq!(workdir.run(&["rules", "diff", "HEAD", "--corpus", "c"]).code, 0);
    // The file is missing from the clone, and the configuration names a command to fetch it with.
    let blob = git(&["rev-parse", "HEAD:rules.toml"]);
    fs::remove_file(workdir.path().join(format!("c/.git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let url = format!("ext::sh -c touch% {}", done.display());
    for (key, value) in [
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &url),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("url.ext::sh.insteadOf", "https:"),
    ] {
        git(&["config", key, value]);
    }
    let run = ended(&workdir, &["rules", "diff", "HEAD", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("`HEAD` is no file, and no git revision"), "{}", run.stderr);
    assert!(!done.exists(), "a command of the repository has run");
    let run = workdir.run(&["rules", "diff", "--corpus", "c", "--", "--batch"]);
    assert!(run.stderr.contains("no revision begins with `-`"), "{}", run.stderr);
}
