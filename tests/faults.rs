//! Every fault has a fixture: a corpus that differs from the base in that fault alone, and the
//! message that `check` prints. SNAPSHOTS=overwrite writes the messages anew.

use std::fs;

use snapbox::{Assert, Data};

use crate::support::{Workdir, fixtures};

#[test]
fn every_fault_gives_its_message() {
    let mut cases: Vec<String> =
        fs::read_dir(fixtures()).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap()).collect();
    cases.sort();
    assert!(cases.len() > 40);
    for case in cases.iter().filter(|case| *case != "base") {
        let run = Workdir::with_fixture(case).run(&["check", "--corpus", "c"]);
        let actual = format!("{}{}exit code {}\n", run.stdout, run.stderr, run.code);
        let expected = Data::read_from(&fixtures().join(case).join("expected.txt"), None);
        Assert::new().action_env("SNAPSHOTS").eq(actual, expected);
    }
}

#[test]
fn other_verbs_refuse_a_faulty_corpus_with_the_same_list() {
    let workdir = Workdir::with_fixture("several-at-once");
    let check = workdir.run(&["check", "--corpus", "c"]);
    for verb in ["label", "chart"] {
        let run = workdir.run(&[verb, "--corpus", "c"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{verb}");
        assert!(check.stdout.starts_with(&run.stderr), "{verb}: {}", run.stderr);
    }
    assert!(!workdir.path().join("charts").exists());
}
