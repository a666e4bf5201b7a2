//! The bundled corpora check clean, save to the bytes they were read from, and give every label
//! and every quotation back unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use stance::corpus::Corpus;

use crate::support::{Workdir, bundled};

type Rows = Vec<BTreeMap<String, String>>;

/// Reads a CSV file with nothing of ours.
fn read(csv: &[u8]) -> Rows {
    csv::Reader::from_reader(csv).deserialize().map(Result::unwrap).collect()
}

fn read_file(path: &Path) -> Rows {
    read(&fs::read(path).unwrap())
}

#[test]
fn every_corpus_checks_clean() {
    for path in bundled() {
        let run = Workdir::new().run(&["check", "--corpus", path.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}", run.stdout);
        let (first, issues) = run.stdout.split_once('\n').unwrap();
        assert!(first.contains(" is sound: "), "no warning either: {}", run.stdout);
        assert!(issues.lines().all(|line| line.starts_with("  ")), "a line for each issue: {}", run.stdout);
    }
}

#[test]
fn every_corpus_saves_to_the_bytes_it_was_read_from() {
    for path in bundled() {
        let files = Corpus::load(&path).unwrap().to_files();
        for (name, text) in &files {
            assert!(fs::read(path.join(name)).unwrap() == text.as_bytes(), "{} changes when saved", name.display());
        }
        for coder in fs::read_dir(path.join("labels")).unwrap().flatten() {
            assert!(files.contains_key(&Path::new("labels").join(coder.file_name())));
        }
    }
}

#[test]
fn every_settled_hand_label_comes_back_unchanged() {
    for path in bundled() {
        let mut codes: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut settled: BTreeMap<(String, String), String> = BTreeMap::new();
        for file in fs::read_dir(path.join("labels")).unwrap().flatten() {
            for row in read_file(&file.path()) {
                let unit = (row["statement_id"].clone(), row["issue"].clone());
                if file.file_name() == "adjudicated.csv" {
                    settled.insert(unit, row["position"].clone());
                } else {
                    codes.entry(unit).or_default().insert(row["position"].clone());
                }
            }
        }
        for (unit, positions) in codes {
            if positions.len() == 1 {
                settled.insert(unit, positions.into_iter().next().unwrap());
            } else {
                assert!(settled.contains_key(&unit), "{unit:?} is in dispute");
            }
        }
        let labels = Workdir::new().run(&["label", "--corpus", path.to_str().unwrap()]).stdout;
        let given: BTreeMap<(String, String), String> = read(labels.as_bytes())
            .into_iter()
            .filter(|row| row["origin"] == "hand")
            .map(|row| ((row["statement_id"].clone(), row["issue"].clone()), row["position"].clone()))
            .collect();
        for (unit, position) in &settled {
            // A statement that takes no position has a row only where the rules say otherwise.
            assert_eq!(given.get(unit).map_or("", String::as_str), position, "{unit:?}");
        }
        assert!(given.keys().all(|unit| settled.contains_key(unit)));
    }
}

#[test]
fn every_quotation_comes_back_character_for_character() {
    for path in bundled() {
        let statements = read_file(&path.join("statements.csv"));
        let texts: BTreeMap<&str, &str> =
            statements.iter().map(|row| (row["id"].as_str(), row["text"].as_str())).collect();
        let labels =
            read(Workdir::new().run(&["label", "--all", "--corpus", path.to_str().unwrap()]).stdout.as_bytes());
        let seen: BTreeSet<&str> = labels.iter().map(|row| row["statement_id"].as_str()).collect();
        assert_eq!(seen.len(), texts.len(), "--all leaves no statement out");
        for row in &labels {
            assert_eq!(row["text"], texts[row["statement_id"].as_str()]);
            if !row["evidence"].is_empty() {
                let (start, end): (usize, usize) =
                    (row["evidence_start"].parse().unwrap(), row["evidence_end"].parse().unwrap());
                let cut: String = row["text"].chars().skip(start).take(end - start).collect();
                assert_eq!(cut, row["evidence"]);
            }
        }
        let order: Vec<(&str, &str)> =
            labels.iter().map(|row| (row["date"].as_str(), row["statement_id"].as_str())).collect();
        assert!(order.is_sorted());
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for path in bundled() {
        let (corpus, workdir) = (path.to_str().unwrap(), Workdir::new());
        for (threads, dir) in [("1", "a"), ("2", "b")] {
            let run = |args: &[&str]| {
                let output =
                    workdir.command(args).env("RAYON_NUM_THREADS", threads).env("POLARS_MAX_THREADS", threads).output();
                assert!(output.unwrap().status.success(), "{args:?}");
            };
            run(&["chart", "--corpus", corpus, "--out", dir]);
            for ending in ["csv", "ndjson", "parquet"] {
                run(&["label", "--corpus", corpus, "-o", &format!("{dir}/labels.{ending}")]);
            }
        }
        for entry in fs::read_dir(workdir.path().join("a")).unwrap().flatten() {
            let other = workdir.path().join("b").join(entry.file_name());
            assert!(fs::read(entry.path()).unwrap() == fs::read(other).unwrap(), "{:?} differs", entry.file_name());
        }
    }
}
