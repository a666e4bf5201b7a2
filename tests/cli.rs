//! The verbs through the binary: one or two tests each.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::support::{Run, Workdir, bundled};

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column(csv: &str, name: &str) -> Vec<String> {
    let rows = rows(csv);
    let place = rows[0].iter().position(|cell| cell == name).unwrap();
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

fn fine(run: Run) -> String {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

#[test]
fn a_new_corpus_works_at_once_and_is_never_overwritten() {
    let workdir = Workdir::new();
    fine(workdir.run(&["init", "mine"]));
    assert!(fine(workdir.run(&["check", "--corpus", "mine"])).contains("5 statements"));
    let labels = fine(workdir.run(&["label", "--corpus", "mine"]));
    assert_eq!(column(&labels, "origin"), ["rules", "hand", "hand", "hand", "rules"]);
    let drawn = fine(workdir.run(&["chart", "--corpus", "mine"]));
    for kind in ["timeline-alex-example", "months-alex-example", "coverage-alex-example", "speakers", "shift"] {
        assert!(drawn.contains(&format!("charts/mine/{kind}.png\ncharts/mine/{kind}.svg\n")), "{drawn}");
    }

    workdir.write("mine/statements.csv", "mine alone");
    let again = workdir.run(&["init", "mine"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("already has README.md, codebook.toml, statements.csv"), "{}", again.stderr);
    assert_eq!(workdir.read("mine/statements.csv"), b"mine alone");
}

#[test]
fn hands_win_over_rules_and_both_are_kept() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/labels/anna.csv", "statement_id,issue,position,rationale\na-1,tram,0,\na-2,tram,,\nb-1,tram,,\n");
    workdir.write("c/labels/ben.csv", "statement_id,issue,position,rationale\na-2,tram,-1,\n");
    let labels = fine(workdir.run(&["label", "--corpus", "c"]));
    let of = |name| column(&labels, name);
    assert_eq!(of("statement_id"), ["a-1", "a-2"]);
    assert_eq!(of("origin"), ["hand", "conflict"]);
    assert_eq!(of("position"), ["0", ""]);
    assert_eq!(of("level"), ["Undecided", ""]);
    assert_eq!(of("coder"), ["anna", "anna; ben"]);
    assert_eq!(
        (of("hand_position"), of("rule_position")),
        (vec!["0".into(), String::new()], vec!["1".into(), String::new()])
    );
    assert_eq!(of("evidence")[0], "build the tram");
    assert_eq!((of("evidence_start")[0].as_str(), of("evidence_end")[0].as_str()), ("8", "22"));
    let all = fine(workdir.run(&["label", "--corpus", "c", "--all"]));
    assert_eq!(column(&all, "statement_id"), ["a-1", "a-2", "b-1"]);
    assert_eq!(column(&all, "issue"), ["tram", "tram", ""]);
}

#[test]
fn rules_that_differ_are_a_conflict_without_a_position() {
    let workdir = Workdir::with_fixture("base");
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let other = "\n[[rule]]\nid = \"tram-other\"\nissue = \"tram\"\nposition = -1\nany = [\"tram\"]\n";
    workdir.write("c/rules.toml", rules.clone() + other);
    let labels = fine(workdir.run(&["label", "--corpus", "c", "--speaker", "Ada Example", "--to", "2025-03-31"]));
    assert_eq!(column(&labels, "origin"), ["conflict"]);
    assert_eq!(column(&labels, "position"), [""]);
    assert_eq!(column(&labels, "rule_id"), ["tram-build; tram-other"]);
    workdir.write("c/rules.toml", rules + other + "priority = 1\n");
    let labels = fine(workdir.run(&["label", "--corpus", "c", "--speaker", "Ada Example", "--to", "2025-03-31"]));
    assert_eq!(
        (column(&labels, "position"), column(&labels, "rule_id")),
        (vec!["-1".into()], vec!["tram-other".into()])
    );
}

#[test]
fn rules_keep_to_their_speaker_and_their_time() {
    let workdir = Workdir::with_fixture("base");
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    for (limit, labelled) in [
        ("speaker = [\"Ada Example\"]", true),
        ("speaker = [\"Ben Example\"]", false),
        ("since = 2025-03-01", true),
        ("since = 2025-03-02", false),
        ("until = 2025-03-01", true),
        ("until = 2025-02-28", false),
    ] {
        workdir.write("c/rules.toml", format!("{rules}{limit}\n"));
        let labels = fine(workdir.run(&["label", "--corpus", "c"]));
        assert_eq!(column(&labels, "statement_id").contains(&"a-1".to_owned()), labelled, "{limit}");
    }
}

#[test]
fn messy_files_come_out_lossless_with_their_own_columns() {
    let workdir = Workdir::with_fixture("sound-but-messy");
    let labels = fine(workdir.run(&["label", "--corpus", "c"]));
    assert_eq!(column(&labels, "text"), ["We will build the tram;\r\nthat is \"settled\"."]);
    assert_eq!(column(&labels, "page"), ["12"]);
}

#[test]
fn month_precision_is_respected_by_filters_and_charts() {
    let workdir = Workdir::with_fixture("base");
    workdir.write(
        "c/statements.csv",
        "id,date,date_precision,speaker,text\na-2,2025-06-01,month,Ada Example,No tram.\na-3,2025-07-04,day,Ada Example,Build a tram.\n",
    );
    let count =
        |from: &str| column(&fine(workdir.run(&["label", "--corpus", "c", "--from", from])), "date_precision").len();
    assert_eq!((count("2025-06-30"), count("2025-07-01")), (2, 1));
    fine(workdir.run(&["chart", "--corpus", "c"]));
    let svg = String::from_utf8(workdir.read("charts/c/timeline-ada-example.svg")).unwrap();
    assert!(svg.contains("June 2025, Ada Example: Do not build (−1)"), "the tooltip names the month");
    assert!(svg.contains("without an exact day"));
    assert!(!svg.contains("1 June 2025, Ada"));
}

#[test]
fn other_formats_hold_the_same_rows() {
    let workdir = Workdir::with_fixture("base");
    let ndjson = fine(workdir.run(&["label", "--corpus", "c", "--format", "ndjson"]));
    assert_eq!(ndjson.lines().count(), 2);
    assert!(ndjson.starts_with("{\"statement_id\":\"a-1\",\"date\":\"2025-03-01\","), "{ndjson}");
    fine(workdir.run(&["label", "--corpus", "c", "-o", "labels.parquet"]));
    assert!(workdir.read("labels.parquet").starts_with(b"PAR1"));
    let refused = workdir.run(&["label", "--corpus", "c", "-o", "labels.xlsx"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("`.xlsx`"), "{}", refused.stderr);
}

#[test]
fn what_is_not_there_is_named_with_the_nearest() {
    let workdir = Workdir::with_fixture("base");
    for (args, expected) in [
        (vec!["label", "--corpus", "c", "--speaker", "ben"], "did you mean `Ben Example`?"),
        (vec!["chart", "--corpus", "c", "--speaker", "Ada Exmaple"], "did you mean `Ada Example`?"),
        (vec!["label", "--corpus", "c", "--issue", "trams"], "the codebook has: tram, fares"),
        (vec!["label", "--corpus", "c", "--from", "2025-06-01", "--to", "2025-05-01"], "--to 2025-05-01 is before"),
        (vec!["label", "--corpus", "c", "--from", "1/6/2025"], "write a day, such as 2025-02-01"),
        (vec!["chart", "--corpus", "c", "--issue", "fares"], "has a position here"),
        (vec!["chart", "--corpus", "c", "--width", "10"], "320"),
        (vec!["chart", "--corpus", "c", "--scale", "0"], "scale"),
        (vec!["chart", "--corpus", "c", "--scale", "NaN"], "scale"),
        (vec!["check", "--corpus", "nowhere"], "nowhere is not a corpus"),
        (vec!["check"], "stance init"),
    ] {
        let run = workdir.run(&args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(expected), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn output_that_cannot_be_written_leaves_what_was_there() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("folder/labels.csv/inside", "");
    for (output, expected) in [
        ("no/such/labels.csv", "cannot write"),
        ("folder/labels.csv", "it is a folder"),
        ("/proc/labels.csv", "cannot write"),
    ] {
        let run = workdir.run(&["label", "--corpus", "c", "-o", output]);
        assert_eq!(run.code, 2, "{output}");
        assert!(run.stderr.contains(expected) && run.stderr.contains(output), "{}", run.stderr);
    }
    workdir.write("charts", "a file where a folder should be");
    let run = workdir.run(&["chart", "--corpus", "c"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("charts/c"), "{}", run.stderr);
}

#[test]
fn a_read_only_folder_is_said_to_be_one() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("locked/labels.csv", "old");
    let folder = workdir.path().join("locked");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser may write anywhere; then there is nothing to see.
    if fs::write(folder.join("probe"), "").is_err() {
        let run = workdir.run(&["label", "--corpus", "c", "-o", "locked/labels.csv"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("locked/labels.csv: cannot write: Permission denied"), "{}", run.stderr);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // A read-only file is refused to everyone, the superuser included.
    fs::set_permissions(folder.join("labels.csv"), fs::Permissions::from_mode(0o444)).unwrap();
    let run = workdir.run(&["label", "--corpus", "c", "-o", "locked/labels.csv"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("locked/labels.csv: cannot write: the file is read-only"), "{}", run.stderr);
    assert_eq!(workdir.read("locked/labels.csv"), b"old");
}

#[test]
fn a_full_disk_is_an_error_and_no_half_file() {
    let workdir = Workdir::with_fixture("base");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run: Run = workdir.command(&["label", "--corpus", "c"]).stdout(full).output().unwrap().into();
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot write: No space left"), "{}", run.stderr);
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let workdir = Workdir::new();
    let corpus = bundled()[0].display().to_string();
    for args in [
        vec!["label", "--corpus", &corpus],
        vec!["check", "--corpus", &corpus],
        vec!["man"],
        vec!["completions", "bash"],
    ] {
        let mut child = workdir.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run: Run = child.wait_with_output().unwrap().into();
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let workdir = Workdir::with_fixture("several-at-once");
    let plain = workdir.run(&["check", "--corpus", "c"]).stdout;
    assert!(!plain.contains('\u{1b}'));
    let forced: Run = workdir.command(&["check", "--corpus", "c"]).env("CLICOLOR_FORCE", "1").output().unwrap().into();
    assert!(forced.stdout.contains('\u{1b}'));
    let refused: Run = workdir
        .command(&["check", "--corpus", "c"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
        .into();
    assert_eq!(refused.stdout, plain);
}

#[test]
fn every_verb_has_help_with_examples_and_a_manual_page() {
    let workdir = Workdir::new();
    const VERBS: [&str; 20] = [
        "init",
        "import",
        "extract",
        "check",
        "sheet",
        "label",
        "export",
        "plan",
        "shifts",
        "changes",
        "agree",
        "chart",
        "desk",
        "report",
        "find",
        "explain",
        "rules",
        "watch",
        "completions",
        "man",
    ];
    for verb in VERBS {
        let help = fine(workdir.run(&[verb, "--help"]));
        assert!(help.contains(&format!("stance {verb}")) && help.contains("Examples:"), "{verb}");
        assert!(help.contains("\n\nUse it "), "{verb} does not say when to use it");
        // A line of an example or a table that is too long is broken in its middle.
        let tail = &help[help.find("Examples:").unwrap_or(0)..];
        assert!(tail.lines().all(|line| line.chars().count() <= 90), "{verb}");
        assert!(fine(workdir.run(&["man", verb])).contains(".TH"), "{verb}");
    }
    assert!(fine(workdir.run(&["completions", "zsh"])).contains("#compdef stance"));
}

#[test]
fn the_only_corpus_in_data_is_meant_when_none_is_named() {
    let workdir = Workdir::new();
    fine(workdir.run(&["init", "data/one"]));
    assert!(fine(workdir.run(&["check"])).starts_with("one is sound"));
    fine(workdir.run(&["init", "data/two"]));
    let run = workdir.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("data/one, data/two"), "{}", run.stderr);
    let within: Run = workdir.command(&["check"]).current_dir(workdir.path().join("data/two")).output().unwrap().into();
    assert!(fine(within).starts_with("two is sound"));
}

#[test]
fn find_shows_a_pattern_in_its_surroundings() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/rules.toml", "[lists]\nvehicles = [\"tram*\", \"bus\"]\n");
    let found = fine(workdir.run(&["find", "(build|is) ...3 (<vehicles>|dead)", "--corpus", "c"]));
    assert_eq!(
        found,
        "2025-03-01  Ada Example  a-1\n                                    We will build the tram.\n\
         2025-06-01  Ada Example  a-2  [tram -1]\n                                   The tram is dead.\n\
         2 places in 2 statements\n"
    );
    let refused = workdir.run(&["find", "tram (now", "--corpus", "c"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("  tram (now\n       ^\n  hint: close the alternatives"), "{}", refused.stderr);
}

#[test]
fn explain_says_what_fired_and_what_came_near() {
    let workdir = Workdir::with_fixture("base");
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let context = "[[context]]\nid = \"conditional\"\neffect = \"soften\"\nbefore = [\"if\"]\n\n";
    workdir.write("c/rules.toml", format!("{context}{rules}speaker = [\"Ada Example\"]\nsince = 2025-02-01\n"));
    let explain = |text: &str, speaker: &str, date: &str| {
        fine(workdir.run(&["explain", "--corpus", "c", "--text", text, "--speaker", speaker, "--date", date]))
    };
    for (text, speaker, date, expected) in [
        ("We build the tram.", "Ada Example", "2025-03-01", "tram: +1 Build by rules"),
        ("We build the tram.", "Ada Example", "2025-03-01", "     ~~~~~~~~~~~~~~\n"),
        ("We build the tram.", "Ada Example", "2025-03-01", "pattern `build ...2 tram`"),
        ("We build the tram.", "Ada Example", "2025-03-01", "decided: only this rule fires"),
        ("If we build the tram.", "Ada Example", "2025-03-01", "context conditional: soften by “If”: from +1 to 0"),
        ("We never build the tram.", "Ada Example", "2025-03-01", "blocked by `never` in `none`: “never”"),
        ("We build the tram.", "Ben Example", "2025-03-01", "it applies only to Ada Example"),
        ("We build the tram.", "Ada Example", "2025-01-01", "it applies only from 2025-02-01 to …"),
        (
            "We build the long new tram.",
            "Ada Example",
            "2025-03-01",
            "is 1 word too narrow for “build the long new tram”",
        ),
    ] {
        let told = explain(text, speaker, date);
        assert!(told.contains(expected), "{text}: {expected}\n{told}");
    }
    let known = fine(workdir.run(&["explain", "a-2", "--corpus", "c"]));
    assert!(known.contains("tram: no rule fires; by hand -1 Do not build (anna)"), "{known}");
    let unknown = workdir.run(&["explain", "a2", "--corpus", "c"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("there is no statement with the id `a2`"), "{}", unknown.stderr);
}

#[test]
fn rules_are_measured_against_hands() {
    let workdir = Workdir::with_fixture("base");
    workdir
        .write("c/labels/anna.csv", "statement_id,issue,position,rationale\na-1,tram,0,\na-2,tram,-1,\nb-1,tram,,\n");
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let doubts = "\n[[rule]]\nid = \"tram-doubts\"\nissue = \"tram\"\nposition = -1\nany = [\"doubts\", \"dead\"]\nmatch = [\"I have doubts.\"]\n";
    workdir.write("c/rules.toml", rules + doubts);
    let table = fine(workdir.run(&["rules", "--corpus", "c", "--format", "csv"]));
    assert_eq!(column(&table, "rule"), ["tram-build", "tram-doubts"]);
    assert_eq!(column(&table, "fires"), ["1", "2"]);
    assert_eq!(
        (column(&table, "correct"), column(&table, "incorrect")),
        (vec!["0".into(), "1".into()], vec!["1".into(), "1".into()])
    );
    assert_eq!(column(&table, "within_one_level"), ["1.0", "0.5"]);
    let json: serde_json::Value =
        serde_json::from_str(&fine(workdir.run(&["rules", "--corpus", "c", "--format", "json"]))).unwrap();
    assert_eq!(json["issues"][0]["hand"], 2);
    assert_eq!(json["issues"][0]["exact"], 1);
    assert_eq!(json["issues"][0]["false_alarms"], 1);
    assert_eq!(json["differences"][0]["statement_id"], "a-1");
    let people = fine(workdir.run(&["rules", "--corpus", "c"]));
    assert!(
        people.contains("0 of 1 (0 to 79 %)") && people.contains("b-1  tram: by hand none, by rules -1"),
        "{people}"
    );
}

#[test]
fn rule_tests_and_lint_have_their_own_exit_codes() {
    let workdir = Workdir::with_fixture("rule-test-fails");
    let failing = workdir.run(&["rules", "test", "--corpus", "c"]);
    assert_eq!(failing.code, 1);
    assert!(
        failing.stdout.contains("c/rules.toml:7:10:") && failing.stdout.ends_with("2 of 4 tests failed, 1 todo\n"),
        "{}",
        failing.stdout
    );
    let workdir = Workdir::with_fixture("base");
    assert_eq!(fine(workdir.run(&["rules", "test", "--corpus", "c"])), "2 tests passed, 0 todo\n");
    let lint = workdir.run(&["rules", "lint", "--corpus", "c"]);
    assert!(lint.stdout.contains("there is no [[topic]] for `tram`"), "{}", lint.stdout);
    assert!(lint.stdout.ends_with("1 finding\n") && lint.code == 1, "{}", lint.stdout);
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    workdir.write("c/rules.toml", format!("[[topic]]\nissue = \"tram\"\nwords = [\"tram\"]\n\n{rules}"));
    assert_eq!(fine(workdir.run(&["rules", "lint", "--corpus", "c"])), "0 findings\n");
    let poor = "[[rule]]\nid = \"rule-1\"\nissue = \"tram\"\nposition = 1\nany = [\"build the tram\", \"build\", \"a ...20 tram\", \"/.*tram/\", \"zeppelin\"]\n";
    workdir.write("c/rules.toml", format!("{poor}\n[[rule]]\nid = \"tram-over\"\nissue = \"tram\"\nposition = -1\nany = [\"tram\"]\npriority = 9\nmatch = [\"tram\"]\n"));
    let lint = workdir.run(&["rules", "lint", "--corpus", "c"]);
    assert_eq!(lint.code, 1);
    for expected in [
        "the id `rule-1` does not name what the rule catches",
        "the rule `rule-1` has no test",
        "`build the tram` only finds what `build` finds too",
        "the gap of 20 words",
        "is run on every sentence",
        "`zeppelin`",
        "the rule `rule-1` never decides",
    ] {
        assert!(lint.stdout.contains(expected), "{expected}\n{}", lint.stdout);
    }
}

#[test]
fn rules_diff_lists_what_moved_against_a_file_or_a_revision() {
    let workdir = Workdir::with_fixture("base");
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        let run =
            std::process::Command::new("git").current_dir(workdir.path()).args(identity).args(args).output().unwrap();
        assert!(run.status.success(), "{run:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    workdir.write("old.toml", workdir.read("c/rules.toml"));
    let now = "[[rule]]\nid = \"tram-dead\"\nissue = \"tram\"\nposition = -1\nany = [\"dead\", \"doubts\"]\n";
    workdir.write("c/rules.toml", now);
    for other in ["HEAD", "old.toml"] {
        let diff = fine(workdir.run(&["rules", "diff", other, "--corpus", "c"]));
        assert!(diff.contains("lost  a-1  tram: +1 → none  tram-build\n    “build the tram”"), "{diff}");
        assert!(diff.contains("gained  b-1  tram: none → -1  tram-dead"), "{diff}");
        assert!(diff.contains("2 gained, 1 lost, 0 moved"), "{diff}");
        assert!(diff.contains("tram   -1 Do not build       0      2      +2"), "{diff}");
    }
    let none = workdir.run(&["rules", "diff", "no-such", "--corpus", "c"]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("`no-such` is neither a file nor a git revision"), "{}", none.stderr);
    // Only the superuser can give the repository to somebody else.
    if std::os::unix::fs::chown(workdir.path().join(".git"), Some(65_534), None).is_ok() {
        let run = workdir.run(&["rules", "diff", "HEAD", "--corpus", "c"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("the repository belongs to another user"), "{}", run.stderr);
        let hint = "copy the old file with `git show HEAD:./rules.toml > old.toml`, and name it";
        assert!(run.stderr.contains(hint), "{}", run.stderr);
    }
}

#[test]
fn watch_redraws_on_each_save_and_keeps_the_last_good_pictures() {
    let workdir = Workdir::with_fixture("base");
    let mut child =
        workdir.command(&["watch", "--corpus", "c"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    let out = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in std::io::BufRead::lines(std::io::BufReader::new(out)).map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    // Waits for a line, however long a busy machine takes; the end of the program ends it too.
    let wait_for = |part: &str| loop {
        let line =
            lines.recv_timeout(std::time::Duration::from_secs(60)).unwrap_or_else(|_| panic!("no line with {part}"));
        if line.contains(part) {
            return;
        }
    };
    wait_for(" ms");
    let picture = workdir.read("charts/c/timeline-ada-example.svg");
    let rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    workdir.write("c/rules.toml", rules.replace("position = 1", "position = 7"));
    wait_for("has no position +7");
    wait_for("the last good pictures are kept");
    wait_for(" ms");
    assert_eq!(workdir.read("charts/c/timeline-ada-example.svg"), picture);
    workdir.write("c/rules.toml", rules.replace("position = 1", "position = 0"));
    wait_for("1 label by rules changed: a-1 +1 → 0");
    wait_for("drawn: ");
    wait_for(" ms");
    assert_ne!(workdir.read("charts/c/timeline-ada-example.svg"), picture);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_failing_rule_test_stops_labels_but_not_what_helps_to_mend_it() {
    let workdir = Workdir::with_fixture("rule-test-fails");
    for args in [&["label", "--corpus", "c"][..], &["chart", "--corpus", "c"], &["check", "--corpus", "c"]] {
        assert_ne!(workdir.run(args).code, 0, "{args:?}");
    }
    for args in [
        &["find", "tram", "--corpus", "c"][..],
        &["explain", "a-1", "--corpus", "c"],
        &["rules", "--corpus", "c"],
        &["rules", "diff", "c/rules.toml", "--corpus", "c"],
    ] {
        fine(workdir.run(args));
    }
}

#[test]
fn a_quotation_that_cannot_be_set_is_named() {
    let workdir = Workdir::with_fixture("base");
    let draw = |quotes: &[&str]| {
        let quotes = quotes.iter().flat_map(|id| ["--quote", id]);
        let args = ["chart", "timeline", "--corpus", "c", "--speaker", "Ada Example"];
        workdir.run(&args.into_iter().chain(quotes).collect::<Vec<_>>())
    };
    let data = bundled()[0].display().to_string();
    let near = ["chart", "timeline", "--corpus", &data, "--quote", "trump-2025-08-11-swapping-changes-in-lan"];
    let near = workdir.run(&near);
    assert_eq!(near.code, 2);
    assert!(near.stderr.contains("did you mean `trump-2025-08-11-swapping-changes-in-land`?"), "{}", near.stderr);
    for (id, expected) in [
        ("a1", "there is no statement with the id `a1`"),
        ("b-1", "the statement `b-1` has no mark in the timeline of Ada Example"),
    ] {
        let run = draw(&["a-1", id]);
        assert_eq!(run.code, 2, "{id}");
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    fine(draw(&["a-1", "a-1"]));
    let svg = String::from_utf8(workdir.read("charts/c/timeline-ada-example.svg")).unwrap();
    assert_eq!(svg.matches(">1\u{a0}March</text>").count(), 1, "the same id twice is set once");
}

#[test]
fn pictures_follow_dpi_outlines_and_fonts() {
    let workdir = Workdir::with_fixture("base");
    let draw = |more: &[&str]| workdir.run(&[&["chart", "timeline", "--corpus", "c"][..], more].concat());
    fine(draw(&["--dpi", "192", "--width", "400", "--text", "outlines"]));
    let png = workdir.read("charts/c/timeline-ada-example.png");
    // Bytes 16 to 19 of a PNG are its width: at 192 pixels to an inch, twice that of the picture.
    assert_eq!(u32::from_be_bytes(png[16..20].try_into().unwrap()), 800);
    let svg = String::from_utf8(workdir.read("charts/c/timeline-ada-example.svg")).unwrap();
    assert!(!svg.contains("<text") && svg.contains("<path"));
    fine(draw(&["--height", "150mm", "--width", "800"]));
    let svg = String::from_utf8(workdir.read("charts/c/timeline-ada-example.svg")).unwrap();
    assert!(svg.contains("height=\"150.00mm\""), "{}", &svg[..300]);
    workdir.write("notes.txt", "no font");
    for (more, expected) in [
        (&["--font", "notes.txt"][..], "notes.txt cannot be read as a font"),
        (&["--font", "none.ttf"], "none.ttf"),
        (&["--dpi", "0"], "scale"),
        (&["--width", "1200pxpx"], "such as 1200"),
    ] {
        let run = draw(more);
        assert_eq!(run.code, 2, "{more:?}");
        assert!(run.stderr.contains(expected), "{more:?}: {}", run.stderr);
    }
}
