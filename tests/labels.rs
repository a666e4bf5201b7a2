//! Labels by hand of several coders: what settles a statement on which they differ, and what exports say about it.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::agreement::{Between, By, Comparison, agreement, statistic::Metric};
use stance::codebook::{Codebook, IssueIndex, Position, Settle};
use stance::corpus::{Corpus, Selection};
use stance::error::Problem;
use stance::file::document::Document;
use stance::label::settle::Settlement;
use stance::label::{ADJUDICATED, CoderLabels, HandDecision, decide};
use stance::statement::Statements;

use crate::support::{Run, Workdir};

const ISSUE: IssueIndex = IssueIndex(0);

static CODEBOOKS: LazyLock<[Codebook; 3]> = LazyLock::new(|| Settle::ALL.map(codebook));
static STATEMENTS: LazyLock<Statements> = LazyLock::new(|| {
    let text = "id,date,speaker,text\na,2025-01-01,S,Words.\nb,2025-01-02,S,Words.\n";
    Statements::parse(Path::new("statements.csv"), text, &mut Vec::new()).unwrap()
});

/// A codebook with a scale of 5 levels of uneven numbers, and the rule.
fn codebook(settle: Settle) -> Codebook {
    let levels: String = [-5, -1, 0, 1, 7]
        .map(|position| format!("[[issue.level]]\nposition = {position}\nwords = \"w\"\ndefinition = \"d\"\n"))
        .concat();
    let text = format!(
        "title = \"t\"\nlow = \"l\"\nhigh = \"h\"\n[labels]\nsettle = \"{}\"\n[[issue]]\nid = \"tram\"\nname = \"n\"\n\
         question = \"q\"\n{levels}",
        settle.word()
    );
    let mut problems = Vec::new();
    let codebook = Codebook::parse(&Document::new("codebook.toml", text), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    codebook.unwrap()
}

/// A coder's file on the statement `a`: the cell of the position, or no row.
fn file(coder: &str, cell: Option<&str>, codebook: &Codebook) -> CoderLabels {
    let row = cell.map_or(String::new(), |cell| format!("a,tram,{cell},because\n"));
    let text = format!("statement_id,issue,position,rationale\n{row}");
    let mut problems = Vec::new();
    let path = format!("labels/{coder}.csv");
    let file =
        CoderLabels::parse(Path::new(&path), &text, coder, Some(codebook), Some(&STATEMENTS), &mut problems).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(file.to_text(), text, "saving it changes nothing");
    file
}

/// What the cells of coders, and of the adjudication, decide on the statement `a`.
fn decided(settle: Settle, cells: &[Option<&str>], adjudicated: Option<&str>) -> (Option<HandDecision>, Vec<Problem>) {
    let codebook = CODEBOOKS.iter().find(|codebook| codebook.settle == settle).unwrap();
    let mut files: Vec<CoderLabels> =
        cells.iter().enumerate().map(|(place, cell)| file(&format!("coder-{place}"), *cell, codebook)).collect();
    files.push(file(ADJUDICATED, adjudicated, codebook));
    let mut problems = Vec::new();
    let decisions = decide(&files.iter().collect::<Vec<_>>(), codebook, &STATEMENTS, &mut problems);
    assert!(problems.iter().all(|problem| !problem.is_fault()));
    (decisions.get(&(0, ISSUE)).cloned(), problems)
}

/// The position and how it was settled; `None` if it is open.
fn settled(decision: &Option<HandDecision>) -> Option<(Option<Position>, Settlement)> {
    match decision {
        Some(HandDecision::Settled { position, by, .. }) => Some((*position, *by)),
        _ => None,
    }
}

const CELLS: [Option<&str>; 8] = [None, Some(""), Some("?"), Some("-5"), Some("-1"), Some("0"), Some("1"), Some("7")];

fn cells() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    prop::collection::vec(prop::sample::select(&CELLS[..]), 0..7)
}

fn rule() -> impl Strategy<Value = Settle> {
    prop::sample::select(&Settle::ALL[..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_coders_changes_no_decision(rule in rule(), given in cells().prop_flat_map(|cells| (Just(cells.clone()), Just(cells).prop_shuffle()))) {
        let ((one, _), (other, _)) = (decided(rule, &given.0, None), decided(rule, &given.1, None));
        prop_assert_eq!(settled(&one), settled(&other));
        prop_assert_eq!(one.is_some(), other.is_some());
    }

    #[test]
    fn an_adjudication_wins_and_a_question_mark_is_no_answer(rule in rule(), cells in cells(), decision in prop::sample::select(&CELLS[..])) {
        let (with, problems) = decided(rule, &cells, decision);
        if let Some(cell) = decision.filter(|cell| *cell != "?") {
            prop_assert_eq!(settled(&with), Some((cell.parse().ok().map(Position), Settlement::Adjudicated)));
            prop_assert!(problems.is_empty(), "{:?}", problems);
        } else {
            let read: Vec<Option<&str>> = cells.iter().map(|cell| cell.filter(|cell| *cell != "?")).collect();
            prop_assert_eq!(settled(&with), settled(&decided(rule, &read, None).0));
            let open = matches!(with, Some(HandDecision::Disputed(_)));
            prop_assert_eq!(problems.len(), usize::from(open), "every dispute is reported, and nothing else");
        }
    }

    #[test]
    fn what_is_settled_was_given_by_enough_coders(rule in rule(), cells in cells()) {
        let answers: Vec<Option<Position>> =
            cells.iter().flatten().filter(|cell| **cell != "?").map(|cell| cell.parse().ok().map(Position)).collect();
        let (decision, _) = decided(rule, &cells, None);
        prop_assert_eq!(decision.is_none(), answers.is_empty());
        let Some((position, by)) = settled(&decision) else {
            prop_assert!(answers.is_empty() || answers.iter().any(|answer| *answer != answers[0]));
            return Ok(());
        };
        let same = answers.iter().filter(|answer| **answer == position).count();
        prop_assert!(same > 0, "someone gave it");
        match by {
            Settlement::Single => prop_assert_eq!(answers.len(), 1),
            Settlement::Agreed => prop_assert!(answers.len() > 1 && same == answers.len()),
            Settlement::Majority { same: counted, of } => {
                prop_assert!(rule != Settle::Adjudication && counted == same && of == answers.len() && 2 * same > of);
                prop_assert!(of > 2, "2 who differ have no majority");
            }
            Settlement::Median { of } => {
                let below = answers.iter().flatten().filter(|other| Some(**other) < position).count();
                let above = answers.iter().flatten().filter(|other| Some(**other) > position).count();
                prop_assert!(rule == Settle::Median && 2 * of > answers.len());
                prop_assert!(2 * below < of && 2 * above < of, "half or more are on one side");
            }
            Settlement::Adjudicated => prop_assert!(false, "nobody adjudicated"),
        }
    }
}

/// The base corpus with 3 coders. Of 4 labels on the tram, 2 have a majority, one has a median, one nothing.
fn three_coders(rule: &str) -> Workdir {
    let workdir = Workdir::with_fixture("base");
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    let coders = "ben = \"the second\"\ncleo = \"the third\"\n";
    workdir.write("c/codebook.toml", codebook.replace("ben = \"the second\"\n", &format!("{coders}{rule}")));
    workdir.write(
        "c/statements.csv",
        "id,date,speaker,text,rationales\n\
         a-1,2025-03-01,Ada Example,We shall see.,mine\n\
         a-2,2025-06-01,Ada Example,We shall see.,\n\
         a-3,2025-07-01,Ada Example,We shall see.,\n\
         b-1,2025-08-01,Ben Example,We shall see.,\n",
    );
    let header = "statement_id,issue,position,rationale\n";
    workdir.write("c/labels/anna.csv", format!("{header}a-1,tram,1,hopes\na-2,tram,,\na-3,tram,1,\nb-1,tram,1,\n"));
    workdir.write("c/labels/ben.csv", format!("{header}a-1,tram,1,\na-2,tram,,\na-3,tram,-1,\nb-1,tram,,\n"));
    workdir.write(
        "c/labels/cleo.csv",
        format!("{header}a-1,tram,-1,\"no; never\"\na-2,tram,1,\na-3,tram,0,\nb-1,tram,0,\n"),
    );
    workdir
}

const MAJORITY: &str = "[labels]\nsettle = \"majority\"\n";
const MEDIAN: &str = "[labels]\nsettle = \"median\"\n";

fn fine(run: Run) -> Run {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run
}

/// The columns `statement_id`, `position`, `settled_by`, `hand_labels` and `rationales` of an export.
fn exported(workdir: &Workdir) -> Vec<String> {
    let run = fine(workdir.run(&["label", "--corpus", "c"]));
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let last: Vec<&str> = header.iter().rev().take(4).collect();
    assert_eq!(last, ["rationales", "hand_labels", "settled_by", "carried_rationales"], "new columns are last");
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let wanted = ["statement_id", "position", "settled_by", "hand_labels", "rationales"].map(place);
    let row = |row: csv::StringRecord| wanted.map(|column| row[column].to_owned()).join(" | ");
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn an_export_shows_who_gave_what_and_what_settled_it() {
    let workdir = three_coders("");
    assert_eq!(
        exported(&workdir),
        [
            "a-1 |  | open | anna +1; ben +1; cleo -1 | anna: hopes; cleo: no; never",
            "a-2 |  | open | anna none; ben none; cleo +1 | ",
            "a-3 |  | open | anna +1; ben -1; cleo 0 | ",
            "b-1 |  | open | anna +1; ben none; cleo 0 | ",
        ]
    );
    let workdir = three_coders(MAJORITY);
    let adjudicated = "statement_id,issue,position,rationale\nb-1,tram,0,doubts\na-3,tram,?,hard\na-1,fares,1,\n";
    workdir.write("c/labels/adjudicated.csv", adjudicated);
    assert_eq!(
        exported(&workdir),
        [
            "a-1 | 1 | majority 2 of 3 | anna +1; ben +1; cleo -1 | anna: hopes; cleo: no; never",
            "a-1 | 1 | adjudicated | adjudicated +1 | ",
            "a-2 |  | majority 2 of 3 | anna none; ben none; cleo +1 | ",
            "a-3 |  | open | anna +1; ben -1; cleo 0; adjudicated ? | adjudicated: hard",
            "b-1 | 0 | adjudicated | anna +1; ben none; cleo 0; adjudicated 0 | adjudicated: doubts",
        ]
    );
    assert_eq!(
        exported(&three_coders(MEDIAN))[2..],
        ["a-3 | 0 | median of 3 | anna +1; ben -1; cleo 0 | ", "b-1 |  | open | anna +1; ben none; cleo 0 | ",]
    );
}

#[test]
fn every_command_says_which_rule_settled_labels() {
    let (plain, counted) = (three_coders(""), three_coders(MAJORITY));
    let says = "If coders differ, the answer of more than half of them counts.";
    for (args, labels) in [
        (&["check"][..], "2 labels were"),
        (&["label"][..], "1 label was"),
        (&["label", "--format", "ndjson"][..], "1 label was"),
        (&["shifts"][..], "1 label was"),
        (&["shifts", "--format", "json"][..], "1 label was"),
        (&["shifts", "--issue", "tram", "--speaker", "Ada Example", "--format", "csv"][..], "1 label was"),
    ] {
        let run = fine(counted.run(&[args, &["--corpus", "c"]].concat()));
        let text = format!("{}{}", run.stdout, run.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&format!("{says} {labels} settled this way.")), "{args:?}: {text}");
        assert!(!args.contains(&"--format") || run.stderr.contains(says), "data has no other lines: {}", run.stdout);
    }
    let check = fine(plain.run(&["check", "--corpus", "c"])).stdout;
    assert!(!check.contains(says) && check.contains("More than half of the coders agree on 2 labels"), "{check}");
    let draw = ["chart", "timeline", "--corpus", "c", "--format", "svg", "--out", "."];
    fine(counted.run(&draw));
    let svg = String::from_utf8(counted.read("timeline-ada-example.svg")).unwrap();
    let text = svg.split(['<', '>']).collect::<Vec<_>>().join(" ");
    // A number and its noun stay on one line.
    assert!(text.contains("the answer of more than half of them counts (here: 1\u{a0}position)"), "{text}");
    let explained = fine(counted.run(&["explain", "a-1", "--corpus", "c"])).stdout;
    assert!(explained.contains("(anna, ben; majority 2 of 3)"), "{explained}");
}

/// A label that a majority settled is used like any other, and one in dispute is still counted as one.
#[test]
fn what_is_settled_counts_everywhere() {
    let lines = |rule| fine(three_coders(rule).run(&["check", "--corpus", "c"])).stdout;
    assert!(lines("").contains("tram: 0 by hand, 0 by rules alone, 4 in conflict, 0 read without a position"));
    assert!(lines(MAJORITY).contains("tram: 1 by hand, 0 by rules alone, 2 in conflict, 1 read without a position"));
    assert!(lines(MEDIAN).contains("tram: 2 by hand, 0 by rules alone, 1 in conflict, 1 read without a position"));
    let shifts = fine(three_coders(MAJORITY).run(&["shifts", "--corpus", "c"])).stdout;
    assert!(shifts.contains("1 in conflict"), "{shifts}");
}

/// Reliability is that of the coders, whatever was decided afterwards and by which rule.
#[test]
fn agreement_does_not_depend_on_what_is_settled() {
    let measured = |workdir: &Workdir| {
        let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
        let request = Comparison {
            selection: Selection::default(),
            between: vec![Between::Coders],
            by: vec![By::Issue, By::Speaker, By::Month],
            metric: Metric::Ordinal,
        };
        let measured = agreement(&corpus, &corpus.label_by_rules(|| {}), &request);
        let positions =
            measured.disagreements.iter().map(|d| (d.statement_id.clone(), d.labels.clone(), d.levels_apart));
        // As text, because a coefficient that is undefined does not equal itself.
        format!("{:?} {:?} {:?}", measured.rows, measured.counts, positions.collect::<Vec<_>>())
    };
    let adjudicated = "statement_id,issue,position\na-1,tram,-1\na-2,tram,?\nb-1,fares,1\na-3,tram,\n";
    let expected = measured(&three_coders(""));
    assert!(expected.contains("both: 3"), "{expected}");
    for rule in ["", MAJORITY, MEDIAN] {
        let workdir = three_coders(rule);
        assert_eq!(measured(&workdir), expected, "{rule}");
        workdir.write("c/labels/adjudicated.csv", adjudicated);
        assert_eq!(measured(&workdir), expected, "{rule} with an adjudication");
    }
}

/// A worksheet holds decisions of people only, and saving it as the adjudication changes no decision.
#[test]
fn a_worksheet_saved_as_adjudication_changes_no_decision() {
    let workdir = three_coders(MAJORITY);
    workdir.write("c/labels/adjudicated.csv", "statement_id,issue,position,rationale\nb-1,tram,0,doubts\n");
    let before = exported(&workdir);
    fine(workdir.run(&["agree", "--corpus", "c", "--disagreements", "open.csv"]));
    let sheet = String::from_utf8(workdir.read("open.csv")).unwrap();
    assert!(sheet.contains("a-1,tram,?,,2,+1,+1,-1,") && sheet.contains("b-1,tram,0,doubts,"), "{sheet}");
    workdir.write("c/labels/adjudicated.csv", sheet);
    let after: Vec<String> = exported(&workdir).iter().map(|row| row.replace("; adjudicated ?", "")).collect();
    assert_eq!(after, before);
}
