use std::fs;
use std::path::PathBuf;

use super::*;

const STATEMENTS: &str = "id,date,speaker,text,verified\n\
    a,2025-01-01,Al,First,yes\nb,2025-01-02,Al,Second,yes\nc,2025-01-03,Bo,Third,yes\nd,2025-01-04,Bo,Fourth,no\n";
const CODEBOOK: &str = r#"
title = "Trams"
low = "Fewer"
high = "More"
[[issue]]
id = "tram"
name = "Tram"
question = "More trams?"
level = [{ position = 1, words = "More", definition = "x" }, { position = -1, words = "Fewer", definition = "x" }]
[[issue]]
id = "fares"
name = "Fares"
question = "Lower fares?"
level = [{ position = 1, words = "Lower", definition = "x" }, { position = -1, words = "Higher", definition = "x" }]
"#;

fn corpus() -> (tempfile::TempDir, Corpus, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("statements.csv"), STATEMENTS).unwrap();
    fs::write(folder.path().join("codebook.toml"), CODEBOOK).unwrap();
    let corpus = Corpus::load(folder.path()).unwrap();
    let file = folder.path().join("labels/anna.csv");
    (folder, corpus, file)
}

fn by_date(corpus: &Corpus) -> Coding {
    let mut coding = Coding::open(corpus, "anna").unwrap();
    coding.set(corpus, QueueSettings { order: crate::desk::queue::QueueOrder::Date, ..QueueSettings::default() });
    coding
}

const TRAM: IssueIndex = IssueIndex(0);
const FARES: IssueIndex = IssueIndex(1);
const UP: CoderChoice = CoderChoice::Level(Position(1));

#[test]
fn every_unit_comes_once_and_skipped_ones_come_back() {
    let (_folder, corpus, file) = corpus();
    let mut coding = by_date(&corpus);
    assert_eq!(coding.next_open(&corpus, None), Some((0, TRAM)));
    coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
    assert_eq!(coding.next_open(&corpus, Some((0, TRAM))), Some((0, FARES)));
    let second = coding.next_statement(&corpus, 0).unwrap();
    assert_eq!(second, (1, TRAM));
    coding.no_more(&corpus, 1).unwrap();
    coding.no_more(&corpus, 2).unwrap();
    assert_eq!(coding.next_open(&corpus, Some((2, FARES))), Some((0, FARES)), "what was skipped comes again");
    coding.answer(&corpus, (0, FARES), None, CoderChoice::Unsure, "  two\nlines ").unwrap();
    assert_eq!(coding.next_open(&corpus, Some((0, FARES))), None, "d is not verified");
    assert_eq!(coding.progress(&corpus), CodingProgress { done: 3, all: 3, unsure: 1 });
    let text = "statement_id,issue,position,rationale\r\na,tram,1,\r\nb,tram,,\r\nb,fares,,\r\nc,tram,,\r\n\
                c,fares,,\r\na,fares,?,two lines\r\n";
    assert_eq!(fs::read_to_string(file).unwrap(), text);
    // The corpus reads what was written.
    let read = Corpus::load(&corpus.path).unwrap();
    assert_eq!((read.coders[0].labels.len(), read.coders[0].undecided.len()), (5, 1));
}

#[test]
fn undo_goes_back_to_the_beginning_and_says_what() {
    let (_folder, corpus, file) = corpus();
    let before = "statement_id,issue,position\na,tram,More\n";
    fs::create_dir(file.parent().unwrap()).unwrap();
    fs::write(&file, before).unwrap();
    let mut coding = by_date(&corpus);
    let seen = coding.row(&corpus, (0, TRAM));
    coding.answer(&corpus, (0, TRAM), seen.clone(), UP, "").unwrap();
    assert_eq!((coding.undoable(), fs::read_to_string(&file).unwrap()), (0, before.to_owned()), "the same answer");
    coding.answer(&corpus, (0, TRAM), seen, CoderChoice::NoPosition, "").unwrap();
    coding.no_more(&corpus, 1).unwrap();
    assert_eq!(coding.undo(&corpus).unwrap(), Undone::Back { unit: Some((1, TRAM)), was: Some(CoderChoice::NoPosition), units: 2 });
    assert_eq!(coding.undo(&corpus).unwrap(), Undone::Back { unit: Some((0, TRAM)), was: Some(CoderChoice::NoPosition), units: 1 });
    assert_eq!(coding.undo(&corpus).unwrap(), Undone::Nothing);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn a_second_session_and_an_editor_are_reported() {
    let (_folder, corpus, file) = corpus();
    let (mut one, mut other) = (by_date(&corpus), by_date(&corpus));
    assert_eq!(one.answer(&corpus, (0, TRAM), None, UP, "").unwrap(), Outcome::Saved);
    let down = CoderChoice::Level(Position(-1));
    assert_eq!(other.answer(&corpus, (0, TRAM), None, down, "").unwrap(), Outcome::Differs((0, TRAM)));
    assert_eq!(other.choice(&corpus, (0, TRAM)), Some(UP), "it is shown now");
    assert_eq!(other.answer(&corpus, (1, TRAM), None, down, "").unwrap(), Outcome::Saved);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("a,tram,1", "a,tram,-1")).unwrap();
    assert_eq!(one.undo(&corpus).unwrap(), Undone::Differs(Some((0, TRAM))));
    assert!(fs::read_to_string(&file).unwrap().contains("a,tram,-1"));
}

#[test]
fn a_name_becomes_the_name_of_one_file_in_labels() {
    let (_folder, corpus, _) = corpus();
    for name in ["anna", "coder-1", "Жанна", "a.b", "Anna Example", "x_"] {
        check_name(name, &corpus.codebook).unwrap();
    }
    for name in ["", "..", ".", "../x", "a/b", "a\\b", "adjudicated", "Rules", "~a", ".a", "a.", " a", "a\n", "a:b", &"a".repeat(61)] {
        check_name(name, &corpus.codebook).unwrap_err();
    }
}

#[test]
fn arrows_and_issues() {
    let (_folder, corpus, _) = corpus();
    let mut coding = by_date(&corpus);
    assert_eq!(coding.neighbour((0, FARES), 1), Some((1, FARES)));
    assert_eq!((coding.neighbour((0, TRAM), -1), coding.neighbour((2, TRAM), 1)), (None, None));
    assert_eq!(coding.next_issue(&corpus.codebook, (0, TRAM)), (0, FARES));
    assert_eq!(coding.next_issue(&corpus.codebook, (0, FARES)), (0, TRAM));
    assert_eq!(coding.number(2), Some(3));
    coding.set(&corpus, QueueSettings { issue: Some(FARES), ..coding.settings.clone() });
    assert_eq!(coding.next_open(&corpus, None), Some((0, FARES)));
    coding.answer(&corpus, (0, FARES), None, UP, "").unwrap();
    assert_eq!(coding.next_open(&corpus, Some((0, FARES))), Some((1, FARES)));
}
