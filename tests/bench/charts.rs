//! How fast charts are drawn: `cargo bench --bench charts`.
//!
//! A generated speaker with 600 statements, or as many as `--statements N` says, on three issues; each kind from labels to SVG and PNG at 2 to 1, the
//! median of eleven. Verdicts are made once, before, as `stance chart` does. With `--write FOLDER`
//! the corpus is left there, so that whole runs can be measured beside `tests/bench/timeline.py`.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "where the corpus cannot be written there is nothing to measure")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use stance::chart::draw::face::Fonts;
use stance::chart::draw::style::Theme;
use stance::chart::figure::Figure;
use stance::chart::kind::card::card;
use stance::chart::kind::coverage::coverage;
use stance::chart::kind::dumbbell::dumbbell;
use stance::chart::kind::months::months;
use stance::chart::kind::shift::shift;
use stance::chart::kind::speakers::{Order, speakers};
use stance::chart::kind::timeline::{Quotes, timeline};
use stance::chart::kind::view::View;
use stance::chart::locale::{ChartLanguage, Locale};
use stance::chart::{self, LengthUnit, Size};
use stance::codebook::IssueIndex;
use stance::corpus::{Corpus, Selection};
use stance::error::Result;
use stance::study::{Ask, Study};

const ISSUES: [&str; 3] = ["tram", "bridge", "harbour"];

/// Writes a corpus in which one speaker speaks on three issues for eight months.
fn write(folder: &Path, number: usize) {
    let mut codebook = "title = \"Generated\"\nlow = \"no\"\nhigh = \"yes\"\n".to_owned();
    let mut labels = "statement_id,issue,position,rationale\n".to_owned();
    let mut statements = "id,date,date_precision,speaker,role,venue,kind,text,source_publisher,source_title,\
                          source_url,source_date,notes\n"
        .to_owned();
    for issue in ISSUES {
        write!(codebook, "[[issue]]\nid = \"{issue}\"\nname = \"The {issue}\"\nquestion = \"Build it?\"\n").unwrap();
        for position in -2..=2 {
            write!(
                codebook,
                "[[issue.level]]\nposition = {position}\nwords = \"Level {position}\"\ndefinition = \"d\"\n"
            )
            .unwrap();
        }
    }
    for i in 0..number {
        let (month, day) = (2 + i * 8 / number, 1 + i * i * 7 % 28);
        writeln!(
            statements,
            "s{i},2025-{month:02}-{day:02},day,Ada Example,,,direct,We will see about number {i} and decide.,Paper,,,,"
        )
        .unwrap();
        writeln!(labels, "s{i},{},{},", ISSUES[i % 3], (i * 5 / 3 % 5) as i32 - 2).unwrap();
    }
    fs::create_dir_all(folder.join("labels")).unwrap();
    fs::write(folder.join("codebook.toml"), codebook).unwrap();
    fs::write(folder.join("statements.csv"), statements).unwrap();
    fs::write(folder.join("labels/coder-1.csv"), labels).unwrap();
}

/// The median of the milliseconds of eleven runs.
fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let begin = Instant::now();
            run();
            begin.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[5]
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let after = |flag: &str| args.iter().position(|arg| arg == flag).map(|at| args[at + 1].as_str());
    let folder = match after("--write") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("charts-corpus"),
    };
    write(&folder, after("--statements").map_or(600, |number| number.parse().expect("a number of statements")));
    let corpus = Corpus::load(&folder)?;
    let decisions = corpus.label_by_rules(|| {});
    let study = Study::of(&corpus, &decisions, Ask::default(), &|_, _| {});
    let (locale, fonts) = (Locale::new(ChartLanguage::En), Fonts::embedded());
    let view = View::new(&study, Selection::default(), &locale);
    let one =
        View::new(&study, Selection { speakers: vec!["Ada Example".to_owned()], ..Selection::default() }, &locale);
    let tram = View::new(
        &study,
        Selection { speakers: vec!["Ada Example".to_owned()], issues: vec![IssueIndex(0)], ..Selection::default() },
        &locale,
    );
    let size = Size { width: 1200.0, height: None };
    let kinds: [(&str, &dyn Fn() -> Result<Figure>); 7] = [
        ("timeline", &|| timeline(&one, &Quotes::Telling)),
        ("months", &|| months(&one).map(|mut all| all.remove(0))),
        ("coverage", &|| coverage(&one).map(|mut all| all.remove(0))),
        ("speakers", &|| speakers(&view, Order::Position)),
        ("shift", &|| shift(&view)),
        ("dumbbell", &|| dumbbell(&view)),
        ("card", &|| card(&tram, &Quotes::Telling)),
    ];
    println!("{:<10}{:>12}{:>10}{:>10}{:>10}", "kind", "figure ms", "SVG ms", "PNG ms", "all ms");
    for (name, figure) in kinds {
        let drawn = figure()?;
        let draw = || chart::svg(&drawn, size, LengthUnit::Pixels, Theme::Light, &fonts).expect("a picture");
        let svg = draw().svg;
        let times = [
            median(|| drop(std::hint::black_box(figure()))),
            median(|| drop(std::hint::black_box(draw()))),
            median(|| drop(std::hint::black_box(chart::png(&svg, 2.0, &fonts)))),
        ];
        let all: f64 = times.iter().sum();
        println!("{name:<10}{:>12.1}{:>10.1}{:>10.1}{all:>10.1}", times[0], times[1], times[2]);
    }
    Ok(())
}
