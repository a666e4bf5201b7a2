//! One study, one verdict: whatever part is shown, and wherever.

use std::collections::BTreeMap;
use std::path::Path;

use stance::chart::figure::{Body, MarkKind};
use stance::chart::picture::{ChartKind, Wanted, pictures};
use stance::corpus::{Corpus, Selection};
use stance::label::Whose;
use stance::shift::{Pair, Request, Verdict, words};
use stance::statement::Verified;
use stance::study::{Ask, Family, Relabel, Study};

use crate::support::{Workdir, bundled};

/// What is said of a verdict in each front end, and what must not be said of the others.
const IN_TITLES: [(&str, &str); 4] = [
    ("moved", " moved "),
    ("swing", "a single day"),
    ("steady", "no lasting shift found"),
    ("too few", "too few to test"),
];

/// The kind of a finding as titles say it: shifts and drifts are both moves. A last day that stands apart is no finding,
/// so the verdict beside it is said.
fn kind(pair: &Pair) -> &'static str {
    match &pair.verdict {
        verdict if verdict.moved() => "moved",
        verdict => verdict.word(),
    }
}

fn ask(speakers: &[&str], issues: &[stance::codebook::IssueIndex]) -> Ask {
    let speakers = speakers.iter().map(|name| (*name).to_owned()).collect();
    let selection = Selection { speakers, issues: issues.to_vec(), ..Selection::default() };
    Ask { selection, ..Ask::default() }
}

/// A corpus with a speaker for each verdict: one moved, one steady, one with a day apart, one with too few days; and
/// one whose shift is found alone but not among all.
fn four_verdicts(workdir: &Workdir) {
    let codebook = workdir.run(&["init", "c"]);
    assert_eq!(codebook.code, 0, "{}", codebook.stderr);
    let (mut statements, mut labels) =
        ("id,date,speaker,text\n".to_owned(), "statement_id,issue,position\n".to_owned());
    let mut add = |speaker: &str, positions: &[i32]| {
        for (place, position) in positions.iter().enumerate() {
            let (month, day) = (1 + place / 14, 1 + 2 * (place % 14));
            let id = format!("{}-{place}", speaker.to_lowercase());
            statements += &format!("{id},2025-{month:02}-{day:02},{speaker},These are the words.\n");
            labels += &format!("{id},tram,{position}\n");
        }
    };
    add("Moved", &[[-2; 12], [2; 12]].concat());
    add("Steady", &[0, 1].repeat(12));
    add("Swinging", &[vec![-2; 12], vec![2], vec![-2; 12]].concat());
    add("Few", &[1, 0, -1]);
    add("Marginal", &[-1, -1, 0, -1, 0, -1, 1, 0, -1, 0, 1, 0, 0, 1, 0, 1, 1, -1]);
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/me.csv", labels);
    workdir.write("c/rules.toml", "");
}

#[test]
fn a_verdict_is_the_same_in_every_front_end_under_every_selection() {
    let workdir = Workdir::new();
    four_verdicts(&workdir);
    let mut seen = BTreeMap::new();
    check(&workdir.path().join("c"), &workdir, &mut seen);
    // The test speaks of nothing if some verdict never occurs.
    assert!(IN_TITLES.iter().all(|(word, _)| seen.contains_key(word)), "{seen:?}");
}

/// Sanctions of one speaker are found to have moved if they are tested alone, and not among all.
#[test]
fn the_bundled_corpus_says_the_same_in_print_and_in_a_picture() {
    let (workdir, path) = (Workdir::new(), bundled().remove(0));
    let which = ["--corpus", path.to_str().unwrap(), "--speaker", "Volodymyr Zelensky", "--issue", "sanctions"];
    let printed = workdir.run(&[&["shifts"][..], &which].concat()).stdout;
    assert!(printed.contains("no lasting shift was found"), "{printed}");
    let drawn = workdir.run(&[&["chart", "timeline", "--format", "svg", "--out", "o"][..], &which].concat());
    assert_eq!(drawn.code, 0, "{}", drawn.stderr);
    let svg = String::from_utf8(workdir.read("o/timeline-volodymyr-zelensky_on_sanctions.svg")).unwrap();
    assert!(svg.contains("no lasting shift found"), "the title of the picture");
}

fn check(path: &Path, workdir: &Workdir, seen: &mut BTreeMap<&'static str, usize>) {
    let corpus = Corpus::load(path).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let study = |ask: Ask| Study::of(&corpus, &decisions, ask, &|_, _| {});
    let whole = study(Ask::default());
    // Of pairs with too few days to be tested a handful will do: they are all alike.
    let (tested, few): (Vec<&Pair>, Vec<&Pair>) = whole.shown().partition(|pair| pair.tested);
    let pairs: Vec<&Pair> = tested.into_iter().chain(few.into_iter().step_by(12)).collect();
    for pair in &pairs {
        *seen.entry(kind(pair)).or_default() += 1;
        for part in [
            ask(&[&pair.speaker], &[]),
            ask(&[], &[pair.index]),
            ask(&[&pair.speaker, &pairs[0].speaker], &[pair.index, pairs[0].index]),
        ] {
            let part = study(part);
            assert_eq!(part.pair(&pair.speaker, pair.index), Some(*pair));
            assert!(part.shown().any(|shown| shown == *pair));
        }
        // The title of that pair's own timeline.
        let one = study(ask(&[], &[pair.index]));
        let wanted =
            Wanted { kinds: vec![ChartKind::Timeline], speakers: vec![pair.speaker.clone()], ..Wanted::default() };
        let title = pictures(&one, &wanted).unwrap()[0].as_ref().unwrap().figure.title.clone();
        for (word, phrase) in IN_TITLES {
            assert_eq!(title.contains(phrase), word == kind(pair), "{title}: {}", pair.verdict.word());
        }
        // The sentence.
        let sentence = words::sentences(pair, &corpus.codebook).remove(0);
        assert!(sentence.contains(pair.verdict.word()), "{sentence}");
    }
    // What the program prints of each pair alone is what it prints of all.
    let corpus_flag = path.to_str().unwrap();
    let run = |more: &[&str]| {
        let run = workdir.run(&[&["shifts", "--corpus", corpus_flag][..], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let json = |more: &[&str]| -> serde_json::Value {
        serde_json::from_str(&run(&[&["--format", "json"], more].concat())).unwrap()
    };
    let (all, csv) = (json(&[]), run(&["--format", "csv"]));
    for pair in pairs.iter().filter(|pair| pair.tested) {
        let which = ["--speaker", &pair.speaker, "--issue", &pair.issue];
        let alone = json(&which);
        let same = |answer: &serde_json::Value| {
            let all = answer["pairs"].as_array().unwrap().clone();
            all.into_iter().find(|other| other["speaker"] == *pair.speaker && other["issue"] == *pair.issue).unwrap()
        };
        assert_eq!(same(&alone), same(&all));
        assert_eq!(same(&all)["verdict"]["word"], pair.verdict.word());
        let rows = run(&[&["--format", "csv"][..], &which].concat());
        assert!(rows.lines().skip(1).all(|row| csv.contains(row)), "{rows}");
        let text = run(&which);
        assert!(text.contains(pair.verdict.word()), "{text}");
    }
}

#[test]
fn the_p_of_a_part_is_printed_only_on_request_and_named() {
    let workdir = Workdir::new();
    four_verdicts(&workdir);
    let which = ["shifts", "--corpus", "c", "--speaker", "Marginal"];
    let (whole, selected) = (workdir.run(&which), workdir.run(&[&which[..], &["--family", "selected"]].concat()));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (whole, selected) = (one_line(&whole.stdout), one_line(&selected.stdout));
    assert!(whole.contains("p is corrected for all tested pairs"), "{whole}");
    assert!(selected.contains("only if you chose them before you looked"), "{selected}");
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let corrected = |family: Family| {
        let study = Study::of(&corpus, &decisions, Ask { family, ..ask(&["Marginal"], &[]) }, &|_, _| {});
        study.shown().next().unwrap().p_corrected.unwrap()
    };
    assert!(corrected(Family::Selected) < corrected(Family::Whole));
}

#[test]
fn a_finding_is_shown_by_its_statement() {
    let workdir = Workdir::new();
    four_verdicts(&workdir);
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let study =
        Study::of(&corpus, &decisions, Ask { request: Request::default(), ..ask(&["Swinging"], &[]) }, &|_, _| {});
    let Verdict::Swing(swing) = &study.shown().next().unwrap().verdict else { panic!("a swing") };
    assert_eq!(swing.quotation.as_ref().unwrap().statement_id, "swinging-12");
}

/// Rules that differ are no conflict of coders, and the other way round.
#[test]
fn conflicts_are_those_of_whose_positions_are_taken() {
    let workdir = Workdir::with_fixture("rule-conflict");
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let conflicts = |whose: Whose| -> usize {
        let study = Study::of(&corpus, &decisions, Ask { whose, ..Ask::default() }, &|_, _| {});
        study.positions.iter().map(|positions| positions.conflicts).sum()
    };
    assert_eq!((conflicts(Whose::Hand), conflicts(Whose::Rules), conflicts(Whose::Both)), (0, 1, 1));
}

/// What a person has rejected says nothing of how often rules are wrong, and a picture of rules shows their positions.
#[test]
fn a_study_of_rules_rests_on_their_positions_alone() {
    let workdir = Workdir::new();
    four_verdicts(&workdir);
    let rule = "[[rule]]\nid = \"words\"\nissue = \"tram\"\nposition = 1\nany = [\"these are the words\"]\n\
                match = [\"These are the words.\"]\n";
    workdir.write("c/rules.toml", rule);
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let rejected: String = statements
        .lines()
        .map(|line| match line {
            "id,date,speaker,text" => "id,date,speaker,text,verified\n".to_owned(),
            line if line.starts_with("moved-") => format!("{line},rejected\n"),
            line => format!("{line},yes\n"),
        })
        .collect();
    workdir.write("c/statements.csv", rejected);
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let ask = Ask { whose: Whose::Rules, relabel: Relabel::All, ..Ask::default() };
    let study = Study::of(&corpus, &decisions, ask, &|_, _| {});
    let kept = corpus.statements.rows.iter().filter(|row| row.verified == Verified::Yes).count();
    assert!(study.shown().all(|pair| pair.speaker != "Moved"));
    let relabelled = study.shown().find_map(|pair| pair.relabelled).unwrap();
    assert_eq!(relabelled.measured_on, kept);
    let wanted = Wanted { kinds: vec![ChartKind::Timeline], speakers: vec!["Steady".to_owned()], ..Wanted::default() };
    let figure = &pictures(&study, &wanted).unwrap().remove(0).unwrap().figure;
    let Body::Timeline(timeline) = &figure.body else { panic!("a timeline") };
    assert!(timeline.panels[0].marks.iter().all(|mark| mark.position == 1 && mark.kind == MarkKind::Rules));
}
