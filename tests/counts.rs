//! Verdicts from counts: those of the statements, and what is wrong with counts that someone else has made.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::codebook::{Codebook, IssueIndex, Position};
use stance::corpus::{Corpus, Selection};
use stance::count::row::{CountReader, GivenRow, GivenValue, RowFault};
use stance::count::{Tally, TallyRow};
use stance::date::{Grain, Precision, StatementDate};
use stance::file::document::Document;
use stance::label::Whose;
use stance::series::{Counted, Series};
use stance::shift::{self, Pair, Request, Verdict};
use stance::study::{Ask, Study};

use crate::support::bundled;

fn codebook() -> Codebook {
    let text = "title = \"t\"\nlow = \"no\"\nhigh = \"yes\"\n".to_owned() + &["tram", "rents"].map(issue).concat();
    Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).unwrap()
}

fn issue(id: &str) -> String {
    let level = |position: i32| {
        format!("[[issue.level]]\nposition = {position}\nwords = \"level {position}\"\ndefinition = \"d\"\n")
    };
    format!("[[issue]]\nid = \"{id}\"\nname = \"{id}\"\nquestion = \"?\"\n") + &[-2, -1, 0, 2].map(level).concat()
}

/// Rows as another program would hand them on.
fn given<'r>(rows: &'r [TallyRow]) -> Vec<GivenRow<'r>> {
    let text = |text: &'r str| GivenValue::Text(Cow::Borrowed(text));
    let row = |row: &'r TallyRow| GivenRow {
        speaker: text(&row.speaker),
        issue: text(&row.issue),
        day: GivenValue::Day(row.day),
        date_precision: text(row.date_precision),
        position: row.position.map_or(GivenValue::Missing, |position| GivenValue::Whole(position.into())),
        n: GivenValue::Whole(row.n as i64),
        by_rules: GivenValue::Whole(row.by_rules as i64),
        in_conflict: GivenValue::Whole(row.in_conflict as i64),
    };
    rows.iter().map(row).collect()
}

fn read<'r>(codebook: &Codebook, rows: impl IntoIterator<Item = GivenRow<'r>>) -> Result<Tally, Vec<RowFault>> {
    let mut reader = CountReader::new(codebook);
    let faults: Vec<RowFault> = rows.into_iter().flat_map(|row| reader.row(&row)).collect();
    if faults.is_empty() { Ok(reader.finish().unwrap()) } else { Err(faults) }
}

/// What a verdict has beside the counts: the words of a statement, and which other columns change.
fn without_words(mut pair: Pair) -> Pair {
    if let Verdict::Swing(swing) = &mut pair.verdict {
        swing.quotation = None;
    }
    if let Some(latest) = &mut pair.latest {
        latest.quotation = None;
    }
    pair.mix = Vec::new();
    pair
}

#[test]
fn verdicts_from_counts_of_the_bundled_corpus_are_those_of_its_statements() {
    for path in bundled() {
        let corpus = Corpus::load(&path).unwrap();
        let decisions = corpus.label_by_rules(|| {});
        for (whose, grain) in [(Whose::Both, Grain::Day), (Whose::Rules, Grain::Month), (Whose::Hand, Grain::Week)] {
            let ask = Ask { whose, grain, ..Ask::default() };
            let request = ask.request.clone();
            let study = Study::of(&corpus, &decisions, ask, &|_, _| {});
            let mut tally = Tally::default();
            // The other way round, because the order of statements must not matter.
            for label in corpus.labelled(&decisions, &Selection::default()).iter().rev() {
                let statement = label.statement;
                tally.add_decision(&statement.speaker, label.issue, statement.date, &label.decision, whose);
            }
            assert_eq!(tally.series(&corpus.codebook, grain), study.series);
            let rows = tally.rows(&corpus.codebook);
            assert!(rows.len() > 50 || whose == Whose::Hand, "{}", rows.len());
            let again = read(&corpus.codebook, given(&rows)).unwrap();
            let verdicts = again.verdicts(&corpus.codebook, grain, &request, || {});
            let from_statements: Vec<Pair> = study.verdicts.pairs.iter().cloned().map(without_words).collect();
            assert_eq!(verdicts.pairs, from_statements);
            assert_eq!((verdicts.tested, verdicts.permutations), (study.verdicts.tested, study.verdicts.permutations));
        }
    }
}

/// A statement: speaker, issue, day, whether only its month is known, its rank or a conflict, whether rules gave it.
type Said = (usize, usize, u64, bool, Option<usize>, bool);

const SPEAKERS: [&str; 4] = ["Ann Example", "Béa  Exemple", "Ben", "béa exemple"];

fn date_of(written: NaiveDate, by_month: bool) -> StatementDate {
    StatementDate { written, precision: if by_month { Precision::Month } else { Precision::Day } }
}

fn day(of: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 11, 1).unwrap() + Days::new(of)
}

/// The series as a corpus makes them: statement by statement, by date.
fn one_by_one(said: &[Said], codebook: &Codebook, grain: Grain) -> Vec<Series<'static>> {
    let mut said = said.to_vec();
    said.sort_by_key(|said| said.2);
    let mut all = Vec::new();
    let names = SPEAKERS.map(|name| name.replace("  ", " "));
    let mut pairs: Vec<(usize, usize)> = said.iter().map(|said| (said.0, said.1)).collect();
    pairs.sort_by_key(|(speaker, issue)| (names[*speaker].clone(), *issue));
    pairs.dedup();
    for (speaker, issue) in pairs {
        let name: &'static str = if speaker == 1 { "Béa Exemple" } else { SPEAKERS[speaker] };
        let mut series = Series { grain, ..Series::new(name, IssueIndex(issue)) };
        let levels = codebook.issues[issue].levels.len();
        for said in said.iter().filter(|said| (said.0, said.1) == (speaker, issue)) {
            let counted = Counted { statements: 1, by_rules: said.5.into() };
            match said.4 {
                Some(rank) => series.add(date_of(day(said.2), said.3), rank, levels, counted),
                None => series.conflicts += 1,
            }
        }
        all.push(series);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn verdicts_from_counts_are_those_of_statements(
        said in prop::collection::vec(
            (0..4usize, 0..2usize, 0..60u64, prop::bool::weighted(0.1), prop::option::weighted(0.9, 0..4usize), any::<bool>()),
            1..200,
        ),
        grain in prop::sample::select(vec![Grain::Day, Grain::Week, Grain::Month, Grain::Quarter]),
        cut in any::<prop::sample::Index>(),
    ) {
        let codebook = codebook();
        let tally = |said: &[Said]| {
            let mut tally = Tally::default();
            for (speaker, issue, at, by_month, rank, by_rules) in said {
                let (speaker, issue, date) = (SPEAKERS[*speaker], IssueIndex(*issue), date_of(day(*at), *by_month));
                match rank {
                    Some(rank) => {
                        let position = codebook.issue(issue).levels[*rank].position;
                        let counted = Counted { statements: 1, by_rules: (*by_rules).into() };
                        tally.add(speaker, issue, date, position, counted);
                    }
                    None => tally.add_conflicts(speaker, issue, date, 1),
                }
            }
            tally
        };
        // Counted in two parts, put together the wrong way round, written and read again.
        let (first, second) = said.split_at(cut.index(said.len()));
        let mut whole = tally(second);
        whole.merge(&tally(first));
        let rows = whole.rows(&codebook);
        prop_assert_eq!(&rows, &tally(&said).rows(&codebook));
        let again = read(&codebook, given(&rows)).unwrap();
        prop_assert_eq!(&again.rows(&codebook), &rows);
        let (series, request) = (one_by_one(&said, &codebook, grain), Request::default());
        prop_assert_eq!(&again.series(&codebook, grain), &series);
        let verdicts = again.verdicts(&codebook, grain, &request, || {});
        prop_assert_eq!(verdicts, shift::verdicts(&series, &codebook, &request, || {}));
    }

    /// Whatever a row has, it is counted or each of its faults is named, and nothing panics.
    #[test]
    fn a_row_is_counted_or_its_faults_are_named(values in prop::collection::vec(any_value(), 8)) {
        let codebook = codebook();
        let [speaker, issue, day, date_precision, position, n, by_rules, in_conflict] = <[_; 8]>::try_from(values).unwrap();
        let row = GivenRow { speaker, issue, day, date_precision, position, n, by_rules, in_conflict };
        let mut reader = CountReader::new(&codebook);
        let faults = reader.row(&row);
        let tally = reader.finish().unwrap();
        prop_assert!(faults.is_empty() || tally.is_empty());
        prop_assert!(faults.iter().all(|fault| !fault.what.is_empty() && !fault.hint.is_empty()));
        let once: std::collections::BTreeSet<&str> = faults.iter().map(|fault| fault.column).collect();
        prop_assert_eq!(once.len(), faults.len());
    }
}

fn any_value() -> impl Strategy<Value = GivenValue<'static>> {
    let text =
        prop::sample::select(vec!["tram", "Ann", "2025-02-01", "day", "month", "1", "-1", "5,000", "NA", "2.0", " "]);
    prop_oneof![
        Just(GivenValue::Missing),
        text.prop_map(|text| GivenValue::Text(Cow::Borrowed(text))),
        any::<String>().prop_map(|text| GivenValue::Text(Cow::Owned(text))),
        prop_oneof![-3..5i64, any::<i64>()].prop_map(GivenValue::Whole),
        (0..900u64).prop_map(|at| GivenValue::Day(day(at))),
        any::<f64>().prop_map(|number| GivenValue::Other(number.to_string())),
    ]
}

#[test]
fn each_fault_of_a_row_is_named_with_what_was_meant() {
    let codebook = codebook();
    let text = |text: &'static str| GivenValue::Text(Cow::Borrowed(text));
    let sound = || GivenRow {
        speaker: text("Ann"),
        issue: text("tram"),
        day: text("2025-02-01"),
        position: text("-1"),
        n: text("3.0"),
        ..GivenRow::default()
    };
    let tally = read(&codebook, [sound(), GivenRow { position: text("Level 2"), ..sound() }]).unwrap();
    let rows: Vec<(Option<i32>, u64)> = tally.rows(&codebook).iter().map(|row| (row.position, row.n)).collect();
    assert_eq!(rows, [(Some(-1), 3), (Some(2), 3)]);
    assert_eq!((tally.positions(), tally.speakers()), (6, vec!["Ann"]));
    let cases: [(GivenRow<'_>, &str, &str, &str); 12] = [
        (GivenRow { speaker: text(" \u{200b}"), ..sound() }, "speaker", "missing", "leave the row out"),
        (GivenRow { issue: text("trams"), ..sound() }, "issue", "no issue `trams`", "did you mean `tram`?"),
        (GivenRow { issue: GivenValue::Missing, ..sound() }, "issue", "missing", "tram, rents"),
        (GivenRow { day: text("01/02/2025"), ..sound() }, "day", "`01/02/2025`", "not guessed"),
        (GivenRow { day: GivenValue::Whole(20_250_201), ..sound() }, "day", "`20250201`", "YYYY-MM-DD"),
        (GivenRow { date_precision: text("weekly"), ..sound() }, "date_precision", "`weekly`", "`month`"),
        (
            GivenRow { position: GivenValue::Whole(1), ..sound() },
            "position",
            "`1` is not a level of `tram`",
            "-1 level -1",
        ),
        (GivenRow { position: text("NA"), ..sound() }, "position", "no position", "in_conflict"),
        (GivenRow { n: GivenValue::Whole(-4), ..sound() }, "n", "`-4`", "whole number"),
        (GivenRow { n: text("5,000"), ..sound() }, "n", "`5,000`", "whole number"),
        (GivenRow { n: GivenValue::Missing, ..sound() }, "n", "missing", "fill it in"),
        (GivenRow { by_rules: text("4"), ..sound() }, "by_rules", "4 statements", "counted in n"),
    ];
    for (row, column, what, hint) in cases {
        let faults = read(&codebook, [row]).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].column, column);
        assert!(faults[0].what.contains(what) && faults[0].hint.contains(hint), "{faults:?}");
    }
    let everything = GivenRow { n: GivenValue::Whole(-1), position: text("9"), ..GivenRow::default() };
    assert_eq!(read(&codebook, [everything]).unwrap_err().len(), 4, "all at once: speaker, issue, day, n");
    let much = || GivenRow { n: GivenValue::Whole(u32::MAX.into()), ..sound() };
    let mut reader = CountReader::new(&codebook);
    assert!(reader.row(&much()).is_empty() && reader.row(&GivenRow { day: text("2025-02-02"), ..much() }).is_empty());
    let refused = reader.finish().unwrap_err().to_string();
    assert!(refused.contains("Ann has more than 4294967295 statements on tram"), "{refused}");
}

#[test]
fn a_row_of_conflicts_needs_no_position_and_parts_are_left_out_by_name_and_date() {
    let codebook = codebook();
    let mut tally = Tally::default();
    tally.add_conflicts("Ann", IssueIndex(1), date_of(day(3), false), 2);
    let one = Counted { statements: 1, by_rules: 0 };
    tally.add("Ann", IssueIndex(0), date_of(day(40), true), Position(-2), one);
    tally.add("Ben", IssueIndex(0), date_of(day(5), false), Position(0), one);
    let rows = tally.rows(&codebook);
    assert_eq!((rows[0].day, rows[0].date_precision), (NaiveDate::from_ymd_opt(2024, 12, 1).unwrap(), "month"));
    assert_eq!((rows[1].position, rows[1].n, rows[1].in_conflict), (None, 0, 2));
    assert_eq!(read(&codebook, given(&rows)).unwrap().rows(&codebook), rows);
    let kept = |tally: Tally| tally.rows(&codebook).len();
    assert_eq!(kept(tally.clone().within(Some(day(50)), None)), 1, "a month that reaches into the time");
    assert_eq!(kept(tally.clone().within(None, Some(day(4)))), 1);
    assert_eq!(kept(tally.clone().only(&["Ann".to_owned()], &[])), 2);
    assert_eq!(kept(tally.only(&["Ann".to_owned()], &[IssueIndex(0)])), 1);
}
