//! Verdicts from counts: those of the statements, and what is wrong with counts that someone else has made.

use std::borrow::Cow;
use std::path::Path;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::chart::kind::view::{View, statements};
use stance::chart::locale::{ChartLanguage, Locale};
use stance::chart::picture::{ChartKind, Picture, Wanted, pictures};
use stance::codebook::{Codebook, IssueIndex, Position};
use stance::corpus::{Corpus, Selection};
use stance::count::exemplar::{Exemplar, Exemplars};
use stance::count::row::{CountReader, GivenRow, GivenValue, GivenWords, RowFault, WordsKept};
use stance::count::{Tally, TallyRow};
use stance::date::{Grain, Precision, StatementDate};
use stance::file::document::Document;
use stance::label::Whose;
use stance::report::{Format, report};
use stance::series::{Counted, Series};
use stance::shift::{self, Pair, Request, Verdict};
use stance::statement::Kind;
use stance::study::counted::{CountedLabels, CountedStudy};
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
        words: None,
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

/// The labels of a corpus, counted row by row as from a file, with a few kept in words.
fn counted(corpus: &Corpus, kept: Option<WordsKept>) -> Tally {
    let decisions = corpus.label_by_rules(|| {});
    let mut reader = CountReader::new(&corpus.codebook).keeping(kept);
    for label in corpus.labelled(&decisions, &Selection::default()).iter().rev() {
        let (statement, position) = (label.statement, label.decision.position());
        let conflict = label.decision.conflict_by(Whose::Both);
        let by_rules = position.is_some() && label.decision.hand.is_none();
        let row = GivenRow {
            speaker: GivenValue::Text(Cow::Borrowed(&statement.speaker)),
            issue: GivenValue::Text(Cow::Borrowed(&corpus.codebook.issue(label.issue).id)),
            day: GivenValue::Day(statement.date.written),
            date_precision: GivenValue::Text(Cow::Borrowed(statement.date.precision.word())),
            position: position.map_or(GivenValue::Missing, |position| GivenValue::Whole(position.0.into())),
            n: GivenValue::Whole(position.is_some().into()),
            by_rules: GivenValue::Whole(by_rules.into()),
            in_conflict: GivenValue::Whole(conflict.into()),
            words: Some(GivenWords {
                id: &statement.id,
                text: &statement.text,
                kind: statement.kind.word(),
                publisher: &statement.source_publisher,
                title: &statement.source_title,
                url: &statement.source_url,
            }),
        };
        assert_eq!(reader.row(&row), []);
    }
    reader.finish().unwrap()
}

fn drawn(study: &Study<'_>, kinds: &[ChartKind]) -> Vec<Picture> {
    let wanted = Wanted { kinds: kinds.to_vec(), ..Wanted::default() };
    pictures(study, &wanted).unwrap().into_iter().map(Result::unwrap).collect()
}

#[test]
fn pictures_of_counts_show_what_pictures_of_the_statements_show() {
    for path in bundled() {
        let corpus = Corpus::load(&path).unwrap();
        let decisions = corpus.label_by_rules(|| {});
        let whole = Study::of(&corpus, &decisions, Ask::default(), &|_, _| {});
        let shell = Corpus::without_statements(&path, Path::new("labels.csv")).unwrap();
        assert_eq!(shell.codebook, corpus.codebook);
        for kept in [None, Some(WordsKept::default())] {
            let tally = counted(&corpus, kept);
            let ask = Ask::default();
            let labels = CountedLabels::of(&tally, &shell.codebook, &ask);
            let judged = CountedStudy::of(&tally, &shell.codebook, ask, &|_, _| {}).unwrap();
            let study = Study::of_counts(judged, &labels, &shell);
            let pairs =
                |study: &Study<'_>| -> Vec<Pair> { study.verdicts.pairs.iter().cloned().map(without_words).collect() };
            assert_eq!(pairs(&study), pairs(&whole));
            let locale = Locale::new(ChartLanguage::En);
            let view = |study| View::new(study, Selection::default(), &locale);
            assert_eq!(view(&study).marks().len(), view(&whole).marks().len());
            // These show no words, so all that they show is the same.
            let same = [ChartKind::Months, ChartKind::Coverage, ChartKind::Shift, ChartKind::Dumbbell];
            for (of_counts, of_statements) in drawn(&study, &same).iter().zip(drawn(&whole, &same)) {
                let figures = (&of_counts.figure, &of_statements.figure);
                assert_eq!(of_counts.name, of_statements.name);
                assert_eq!(figures.0.title, figures.1.title);
                assert_eq!(figures.0.subtitle, figures.1.subtitle);
                assert_eq!(figures.0.companion, figures.1.companion, "{}", of_counts.name);
            }
            let marks = [ChartKind::Timeline, ChartKind::Speakers];
            for (of_counts, of_statements) in drawn(&study, &marks).iter().zip(drawn(&whole, &marks)) {
                let figures = (&of_counts.figure, &of_statements.figure);
                assert_eq!((&figures.0.title, &figures.0.curve), (&figures.1.title, &figures.1.curve));
                assert_eq!(figures.0.companion.rows.len(), figures.1.companion.rows.len());
            }
            let card =
                pictures(&study, &Wanted { kinds: vec![ChartKind::Card], ..Wanted::default() }).unwrap().remove(0);
            match (kept, card) {
                (None, Err(error)) => assert!(error.to_string().contains("a card sets a quotation"), "{error}"),
                (Some(_), Ok(card)) => assert!(!card.figure.lead.unwrap().text.trim_matches(['“', '”']).is_empty()),
                (kept, card) => panic!("{kept:?} {card:?}"),
            }
            let page = report(&study, &Default::default(), &Format::default()).unwrap();
            let words = if kept.is_some() { "at most 4 statements" } else { "no statement in words" };
            assert!(page.contains(words) && page.contains("how far coders agree"));
            // A mark without words says how many statements it is, and not nothing between quotation marks.
            assert!(!page.contains("“”") && page.contains("1 statement"));
        }
    }
}

#[test]
fn many_statements_of_a_day_share_a_mark_and_all_are_counted() {
    let (mut tally, book) = (Tally::default(), codebook());
    for (place, statements) in [(0, 1_999), (1, 700), (9, 1)] {
        let date = date_of(day(place), false);
        tally.add("Ann", IssueIndex(0), date, Position(-1), Counted { statements, by_rules: statements / 2 });
    }
    tally.add_conflicts("Ann", IssueIndex(0), date_of(day(3), false), 5);
    let folder = tempfile::tempdir().unwrap();
    let text = "title = \"t\"\nlow = \"no\"\nhigh = \"yes\"\n".to_owned() + &["tram", "rents"].map(issue).concat();
    std::fs::write(folder.path().join("codebook.toml"), text).unwrap();
    let shell = Corpus::without_statements(folder.path(), Path::new("n.csv")).unwrap();
    let labels = CountedLabels::of(&tally, &book, &Ask::default());
    let judged = CountedStudy::of(&tally, &book, Ask::default(), &|_, _| {}).unwrap();
    let study = Study::of_counts(judged, &labels, &shell);
    let locale = Locale::new(ChartLanguage::En);
    let view = View::new(&study, Selection::default(), &locale);
    // By hand and by rules on 2 days, by hand on the last.
    assert_eq!((view.marks().len(), statements(view.marks())), (5, 2_700));
    assert_eq!(view.conflicts(IssueIndex(0)), 5);
    let timeline = &drawn(&study, &[ChartKind::Timeline])[0].figure;
    assert!(timeline.subtitle.contains("all statements of a day"), "{}", timeline.subtitle);
    assert!(timeline.footer[0].starts_with("2700 positions on 3 days"), "{:?}", timeline.footer);
    let months = &drawn(&study, &[ChartKind::Months])[0].figure.companion;
    assert_eq!(months.rows, [["tram", "2024-11", "-1 level -1", "2700", "1.000"]]);
}

fn exemplar(day_of: u64, id: usize, position: i32, indirect: bool) -> Exemplar {
    Exemplar {
        day: day(day_of),
        id: format!("s{id}"),
        position: Position(position),
        by_rules: false,
        kind: if indirect { Kind::Indirect } else { Kind::Direct },
        text: format!("words {id}"),
        publisher: String::new(),
        title: String::new(),
        url: String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(19), cases: 64, ..ProptestConfig::default() })]

    /// Whatever the order in which statements come, and however they are divided, the same few are kept: those at the
    /// ends of time and of the scale.
    #[test]
    fn the_same_statements_are_kept_in_any_order(
        all in prop::collection::vec((0u64..9, 0usize..9, -2i32..3, any::<bool>()), 1..20),
        cut in 0usize..20,
    ) {
        let all: Vec<Exemplar> = all.into_iter().map(|(day, id, position, indirect)| exemplar(day, id, position, indirect)).collect();
        let of = |some: &[Exemplar]| {
            let mut kept = Exemplars::default();
            some.iter().for_each(|exemplar| kept.offer(exemplar));
            kept
        };
        let (whole, cut) = (of(&all), cut.min(all.len()));
        let mut parts = of(&all[cut..]);
        parts.merge(&of(&all[..cut]));
        prop_assert_eq!(&parts, &whole);
        let kept = whole.all();
        prop_assert!((1..=4).contains(&kept.len()));
        let ends = |value: fn(&Exemplar) -> i64| {
            let (low, high) = (all.iter().map(value).min(), all.iter().map(value).max());
            let has = |end: Option<i64>| kept.iter().any(|kept| Some(value(kept)) == end);
            has(low) && has(high)
        };
        prop_assert!(ends(|exemplar| (exemplar.day - day(0)).num_days()) && ends(|exemplar| exemplar.position.0.into()));
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
        let row = GivenRow { speaker, issue, day, date_precision, position, n, by_rules, in_conflict, words: None };
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
