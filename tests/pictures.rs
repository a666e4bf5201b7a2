//! What charts say: titles, subtitles, notes and marks of figures, for made-up speakers whose verdicts are known.
//! `SNAPSHOTS=overwrite` writes the sentences anew; read them before you commit them.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use snapbox::{Assert, Data};
use stance::chart::figure::{Body, Figure, Form, RowItem, RowPanel};
use stance::chart::kind::timeline::Quotes;
use stance::chart::locale::ChartLanguage;
use stance::chart::picture::{ChartKind, Wanted, pictures};
use stance::corpus::Corpus;
use stance::date::Grain;
use stance::study::groups::column;
use stance::study::{Ask, Study};

use crate::support::{Workdir, root};

/// Positions by day after 1 February 2023: of each speaker, on each issue.
pub type World = Vec<(&'static str, &'static str, Vec<(u64, i32)>)>;

const LEVELS: [(i32, &str); 5] =
    [(-2, "Ban them"), (-1, "Limit them"), (0, "Wait"), (1, "Allow them"), (2, "Promote them")];

pub fn written(world: &World) -> Workdir {
    let workdir = Workdir::new();
    let mut codebook = "title = \"Quotations\"\nlow = \"against\"\nhigh = \"for\"\n".to_owned();
    let mut issues: Vec<&str> = world.iter().map(|(_, issue, _)| *issue).collect();
    issues.sort_unstable();
    issues.dedup();
    for issue in issues {
        codebook += &format!("[[issue]]\nid = \"{}\"\nname = \"{issue}\"\nquestion = \"?\"\n", issue.to_lowercase());
        for (position, words) in LEVELS {
            codebook += &format!("[[issue.level]]\nposition = {position}\nwords = \"{words}\"\ndefinition = \"d\"\n");
        }
    }
    let mut statements = "id,date,speaker,text,source_publisher\r\n".to_owned();
    let mut labels = "statement_id,issue,position\r\n".to_owned();
    for (who, (speaker, issue, said)) in world.iter().enumerate() {
        for (place, (after, position)) in said.iter().enumerate() {
            let day = NaiveDate::from_ymd_opt(2023, 2, 1).unwrap() + Days::new(*after);
            writeln!(statements, "s{who}-{place},{day},{speaker},We will see.,Gazette\r").unwrap();
            writeln!(labels, "s{who}-{place},{},{position}\r", issue.to_lowercase()).unwrap();
        }
    }
    workdir.write("c/codebook.toml", codebook);
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/me.csv", labels);
    workdir
}

/// The first figure of each request, from one study.
pub fn figures(world: &World, grain: Grain, wanted: &[Wanted]) -> Vec<Figure> {
    drawn(&written(world), Ask { grain, ..Ask::default() }, None, wanted)
}

/// The same for a corpus that is written, with a column whose values count as speakers.
pub fn drawn(workdir: &Workdir, ask: Ask, by: Option<&str>, wanted: &[Wanted]) -> Vec<Figure> {
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let by = by.and_then(|name| column(&corpus, name).unwrap());
    let study = Study::of(&corpus, &decisions, Ask { by, ..ask }, &|_, _| {});
    let first = |wanted: &Wanted| pictures(&study, wanted).unwrap().remove(0).unwrap().figure;
    wanted.iter().map(first).collect()
}

/// The figure of one kind, of all speakers or of the only one.
fn figure(world: &World, grain: Grain, kind: ChartKind) -> Figure {
    let wanted = Wanted { kinds: vec![kind], quotes: Quotes::Telling, ..Wanted::default() };
    figures(world, grain, &[wanted]).remove(0)
}

pub fn every(days: u64, positions: &[i32]) -> Vec<(u64, i32)> {
    positions.iter().enumerate().map(|(place, position)| (place as u64 * days, *position)).collect()
}

/// 30 days, the last of which is far from the others.
fn swung() -> Vec<(u64, i32)> {
    (0..30).map(|i| (i * 6, if i == 29 { 2 } else { -2 + i32::from(i % 5 == 0) })).collect()
}

pub fn steady() -> Vec<(u64, i32)> {
    (0..40).map(|i| (i * 5, i as i32 * 7 % 3 - 1)).collect()
}

pub fn moved(days: u64, low: i32, high: i32) -> Vec<(u64, i32)> {
    (0..days).map(|i| (i * 5, if i < days / 2 { low } else { high - i32::from(i % 5 == 0) })).collect()
}

fn drifted() -> Vec<(u64, i32)> {
    (0..60).map(|i| (i * 4, (i as i32 / 12) - 2 + i32::from(i % 7 == 3 && i < 40))).collect()
}

/// Six days, the last of which is far from the others: too few to test.
fn few_and_apart() -> Vec<(u64, i32)> {
    every(40, &[1, 2, 1, 2, 1, -2])
}

pub fn row_panels(figure: &Figure) -> &[RowPanel] {
    match &figure.body {
        Body::Rows(chart) => &chart.panels,
        Body::Timeline(_) => panic!("no rows"),
    }
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\n'], " ")
}

/// Titles and subtitles, as they are committed and were read.
#[test]
fn sentences_say_what_was_found() {
    let worlds: Vec<(&str, World)> = vec![
        ("one statement", vec![("Ann Lee", "Trams", every(40, &[1]))]),
        ("always the same", vec![("Ann Lee", "Trams", every(40, &[1, 1, 1]))]),
        ("one way", vec![("Ann Lee", "Trams", every(40, &[-2, -1, -1, 0, 2]))]),
        ("two levels", vec![("Ann Lee", "Trams", every(40, &[1, 1, 1, -2, -2]))]),
        ("there and back", vec![("Ann Lee", "Trams", every(40, &[1, 1, -2, 1, 1]))]),
        ("three levels", vec![("Ann Lee", "Trams", every(40, &[1, 1, -2, 0]))]),
        ("anything", vec![("Ann Lee", "Trams", every(40, &[1, -2, 0, 2, -1, 1]))]),
        ("few and apart", vec![("Ann Lee", "Trams", few_and_apart())]),
        ("moved", vec![("Ann Lee", "Trams", moved(40, -2, 2))]),
        ("little by little", vec![("Ann Lee", "Trams", drifted())]),
        ("a day apart", vec![("Ann Lee", "Trams", swung())]),
        ("steady", vec![("Ann Lee", "Trams", steady())]),
        ("the strongest leads", vec![("Ann Lee", "Buses", moved(13, -2, 2)), ("Ann Lee", "Trams", moved(60, -1, 1))]),
        (
            "several moved",
            vec![
                ("Ann Lee", "Trams", moved(40, -2, 2)),
                ("Bo Ray", "Trams", moved(40, 2, -1)),
                ("Cy Fox", "Trams", drifted()),
                ("Di Oak", "Trams", few_and_apart()),
            ],
        ),
        (
            "nobody moved",
            vec![("Ann Lee", "Trams", swung()), ("Bo Ray", "Trams", steady()), ("Cy Fox", "Trams", few_and_apart())],
        ),
        (
            "always the same, several",
            vec![("Ann Lee", "Trams", every(40, &[1, 1, 1])), ("Bo Ray", "Trams", every(40, &[-2, -2]))],
        ),
        ("several issues", vec![("Ann Lee", "Buses", moved(40, -2, 2)), ("Bo Ray", "Trams", moved(40, -2, 2))]),
    ];
    let mut said = String::new();
    for (name, world) in worlds {
        let several = world.iter().any(|(speaker, ..)| *speaker != world[0].0);
        let kind = if several { ChartKind::Speakers } else { ChartKind::Timeline };
        let wanted = |language| Wanted { kinds: vec![kind], language, ..Wanted::default() };
        let figures = figures(&world, Grain::Day, &ChartLanguage::ALL.map(wanted));
        for (language, figure) in ChartLanguage::ALL.iter().zip(figures) {
            let (title, subtitle) = (plain(&figure.title), plain(&figure.subtitle));
            writeln!(said, "{name}, {language:?}\n    {title}").unwrap();
            if !figure.caution.is_empty() {
                writeln!(said, "    ! {}", plain(&figure.caution.join(" "))).unwrap();
            }
            writeln!(said, "    {subtitle}").unwrap();
        }
    }
    let expected = Data::read_from(&root().join("tests/pictures.txt"), None);
    Assert::new().action_env("SNAPSHOTS").eq(said, expected);
}

/// A last day apart of too few days is never said or drawn as a finding.
#[test]
fn too_few_is_said_as_too_few() {
    let world = vec![("Ann Lee", "Trams", few_and_apart()), ("Ann Lee", "Buses", few_and_apart())];
    let figure = figure(&world, Grain::Day, ChartKind::Timeline);
    assert!(figure.title.ends_with("too few to test") && !figure.title.contains("apart"), "{}", figure.title);
    let Body::Timeline(timeline) = &figure.body else { panic!("a timeline") };
    for panel in &timeline.panels {
        assert!(panel.note.starts_with("too few to test; 6 statements"), "{}", panel.note);
        assert!(panel.claim.is_empty() && panel.curve.is_empty());
    }
}

/// With a longer unit, every kind names it, and none invents a day or calls months days.
#[test]
fn the_unit_of_the_test_is_named() {
    // Two statements a month, none on the first day of one.
    let said: Vec<(u64, i32)> =
        (0..40).map(|i| (9 + i * 15, if i == 39 || i == 38 { 2 } else { -2 + (i % 2) as i32 })).collect();
    let world = vec![("Ann Lee", "Trams", said), ("Bo Ray", "Trams", every(15, &[1, 1, 1, 1]))];
    for kind in [ChartKind::Timeline, ChartKind::Months, ChartKind::Speakers, ChartKind::Shift, ChartKind::Dumbbell] {
        let figure = figure(&world, Grain::Month, kind);
        let (title, subtitle) = (plain(&figure.title), plain(&figure.subtitle));
        assert!(subtitle.contains("Tested by month"), "{kind:?}: {subtitle}");
        let method: Vec<String> = figure.method.rows.iter().map(|row| row.join(": ")).collect();
        assert!(method.contains(&"unit of the test: month".to_owned()), "{kind:?}: {method:?}");
        assert!(!title.contains(" day") && !title.contains(" 1 "), "{kind:?}: {title}");
        if let Body::Rows(chart) = &figure.body {
            let notes = chart.panels.iter().flat_map(|panel| &panel.rows).map(|row| row.note.as_str());
            assert!(notes.clone().all(|note| !note.contains("day")), "{kind:?}: {:?}", notes.collect::<Vec<_>>());
        }
    }
    let by_day = figure(&world, Grain::Day, ChartKind::Shift);
    assert!(!by_day.subtitle.contains("Tested by"), "{}", by_day.subtitle);
}

/// A swing is no steady position: it is named apart from these, and its day is drawn.
#[test]
fn a_swing_is_a_finding_of_its_own() {
    let world = vec![("Ann Lee", "Trams", swung()), ("Bo Ray", "Trams", steady())];
    let shift = figure(&world, Grain::Day, ChartKind::Shift);
    for kind in [ChartKind::Speakers, ChartKind::Shift, ChartKind::Dumbbell] {
        let figure = figure(&world, Grain::Day, kind);
        assert!(
            plain(&figure.title).starts_with("Ann Lee on “Trams”: “Promote them” on"),
            "{kind:?}: {}",
            figure.title
        );
        assert!(figure.subtitle.contains("No lasting shift found for Bo Ray."), "{kind:?}: {}", figure.subtitle);
    }
    let items = |speaker: &str| -> &[RowItem] {
        let mut rows = row_panels(&shift)[0].rows.iter();
        &rows.find(|row| row.words == speaker).unwrap().items
    };
    let dots = |speaker: &str| items(speaker).iter().filter(|item| matches!(item.form, Form::Dot(..))).count();
    assert_eq!((dots("Ann Lee"), dots("Bo Ray")), (1, 0));
    assert!(items("Ann Lee").iter().any(|item| matches!(item.form, Form::Tick(at) if at < 0.5)));
    assert!(shift.key.iter().any(|entry| entry.words().contains("with a swing, the average of the rest")));
}

/// The strongest evidence leads, and then the largest change.
#[test]
fn the_strongest_finding_leads() {
    let world = vec![("Ann Lee", "Buses", moved(13, -2, 2)), ("Ann Lee", "Trams", moved(60, -1, 1))];
    let figure = figure(&world, Grain::Day, ChartKind::Timeline);
    assert!(figure.title.starts_with("Ann Lee moved on “Trams”"), "{}", figure.title);
}

/// A subtitle that has no room for all sentences loses the last ones, and says so.
#[test]
fn no_sentence_of_a_subtitle_is_cut() {
    let names = ["Ann Lee", "Bo Ray", "Cy Fox", "Di Oak"];
    let world: World = names.iter().map(|name| (*name, "Trams", moved(40, -2, 2))).collect();
    let workdir = written(&world);
    let args = ["chart", "shift", "--corpus", "c", "--out", "o", "--format", "svg", "--width", "320"];
    let run = workdir.run(&args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("of the subtitle left out"), "{}", run.stderr);
    let svg = String::from_utf8(workdir.read("o/shift.svg")).unwrap();
    assert!(!svg.contains('…'), "a sentence is cut");
}
