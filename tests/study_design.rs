//! Before and after a study: groups and units of the test, what was asked, plans, and what is new.

use std::fmt::Write as _;

use stance::corpus::Corpus;
use stance::date::Grain;
use stance::shift::{Pair, Verdict};
use stance::study::groups::{self, Groups};
use stance::study::{Ask, Study};

use crate::support::{Run, Workdir};

/// A row: date, precision, speaker, party, position.
pub type Row<'r> = (String, &'r str, &'r str, &'r str, i32);

/// A corpus `c` about the tram, with a column `party`, an empty column, and a column in which each value is another.
pub fn corpus(workdir: &Workdir, rows: &[Row<'_>]) {
    assert_eq!(workdir.run(&["init", "c"]).code, 0);
    let mut statements = "id,date,date_precision,speaker,text,party,nothing,own\n".to_owned();
    let mut labels = "statement_id,issue,position\n".to_owned();
    for (place, (date, precision, speaker, party, position)) in rows.iter().enumerate() {
        let _ = writeln!(statements, "s-{place:03},{date},{precision},{speaker},Words {place}.,{party},,own {place}");
        let _ = writeln!(labels, "s-{place:03},tram,{position}");
    }
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/me.csv", labels);
    workdir.write("c/rules.toml", "");
}

/// The day after so many days of 2025, by twos.
fn day(place: usize) -> String {
    format!("2025-{:02}-{:02}", 1 + place / 14, 1 + 2 * (place % 14))
}

/// A party whose first speaker says no, and whose second says yes: in turn, or one after the other.
fn party(after_one_another: bool) -> Vec<Row<'static>> {
    let speaks = |place: usize| if after_one_another { place >= 12 } else { place % 2 == 1 };
    let row = |place: usize| {
        let (speaker, position) = if speaks(place) { ("Bea", 2) } else { ("Abe", -2) };
        (day(place), "day", speaker, "Tram  party", position)
    };
    (0..24).map(row).collect()
}

fn judged(workdir: &Workdir, by: Option<&str>, grain: Grain) -> Vec<Pair> {
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let by = by.and_then(|name| groups::column(&corpus, name).unwrap());
    Study::of(&corpus, &decisions, Ask { by, grain, ..Ask::default() }, &|_, _| {}).verdicts.pairs
}

fn one_line(run: &Run) -> String {
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_group_that_changes_its_speaker_is_not_said_to_have_changed_its_mind() {
    let workdir = Workdir::new();
    corpus(&workdir, &party(true));
    assert!(judged(&workdir, None, Grain::Day).iter().all(|pair| !pair.verdict.moved() && pair.members.is_none()));
    let pairs = judged(&workdir, Some("party"), Grain::Day);
    let [pair] = pairs.as_slice() else { panic!("{pairs:?}") };
    let members = pair.members.as_ref().unwrap();
    assert!(pair.verdict.moved() && members.count == 2 && members.largest == "Abe", "{pair:?}");
    let change = pair.mix.iter().find(|change| change.column == "speaker").unwrap();
    assert!(change.within.is_none() && change.distance > 0.99 && change.whole > 3.9, "{change:?}");
    let run = workdir.run(&["shifts", "--corpus", "c", "--by", "party"]);
    let told = one_line(&run);
    for part in
        ["The group mixes 2 speakers; Abe has 50 %", "No speaker has statements on both sides", "of party and issue"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// Two members who take turns, and both move: the mix stays. Names differ in spaces and accents only.
#[test]
fn a_group_whose_members_move_has_no_warning_and_one_name() {
    let workdir = Workdir::new();
    let mut rows = party(false);
    for (place, row) in rows.iter_mut().enumerate() {
        row.4 = if place < 12 { -1 } else { 2 };
        row.3 = if place % 3 == 0 { "Tram party" } else { " Tram party " };
    }
    corpus(&workdir, &rows);
    let pairs = judged(&workdir, Some("party"), Grain::Day);
    assert!(pairs.len() == 1 && pairs[0].verdict.moved() && pairs[0].mix.is_empty(), "{pairs:?}");
    let loaded = Corpus::load(&workdir.path().join("c")).unwrap();
    let all = Groups::new(&loaded, groups::column(&loaded, "party").unwrap());
    assert!(all.find("tram  Party").is_err());
    assert_eq!(all.find("Tram  party").unwrap(), "Tram party");
    let run = workdir.run(&["shifts", "--corpus", "c", "--by", "party", "--group", "Tram partys"]);
    assert!(run.code == 2 && run.stderr.contains("did you mean `Tram party`"), "{}", run.stderr);
}

#[test]
fn a_column_that_gives_no_groups_is_refused_with_those_that_would() {
    let workdir = Workdir::new();
    corpus(&workdir, &party(true));
    for (name, what) in [
        ("partei", "has no column `partei`"),
        ("nothing", "the column `nothing` is empty"),
        ("own", "each of the 24 statements has its own value"),
        ("text", "statements cannot be grouped by the column `text`"),
    ] {
        let run = workdir.run(&["shifts", "--corpus", "c", "--by", name]);
        assert!(run.code == 2 && run.stderr.contains(what), "{name}: {}", run.stderr);
        assert!(run.stderr.contains("columns that would do: speaker (2 values), party (1 value)"), "{}", run.stderr);
    }
    let run = workdir.run(&["shifts", "--corpus", "c", "--group", "Abe"]);
    assert!(run.code == 2 && run.stderr.contains("--by"), "{}", run.stderr);
}

/// Of these statements only the month is known. By day there is nothing to test.
#[test]
fn statements_dated_by_month_are_tested_by_month_and_not_by_week() {
    let workdir = Workdir::new();
    let month = |place: usize| format!("{}-{:02}-15", 2023 + place / 12, 1 + place % 12);
    let rows: Vec<Row<'_>> =
        (0..24).map(|place| (month(place), "month", "Abe", "", if place < 13 { -1 } else { 1 })).collect();
    corpus(&workdir, &rows);
    for grain in [Grain::Day, Grain::Week] {
        assert_eq!(judged(&workdir, None, grain)[0].verdict, Verdict::TooFew);
    }
    let pair = &judged(&workdir, None, Grain::Month)[0];
    assert!(pair.verdict.moved() && pair.days == 24 && pair.by_month == 0, "{pair:?}");
    assert_eq!(judged(&workdir, None, Grain::Quarter)[0].days, 8);
    let run = workdir.run(&["shifts", "--corpus", "c", "--grain", "month"]);
    let told = one_line(&run);
    for part in
        ["January 2024 and February 2024", "over 13 months", "24 statements on 24 months", "rearranged the months "]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let run = workdir.run(&["shifts", "--corpus", "c", "--grain", "month", "--event", "2024-02-10"]);
    assert!(run.code == 2 && run.stderr.contains("2024-02-01"), "{}", run.stderr);
}

#[test]
fn json_says_what_was_asked_and_what_the_test_saw() {
    let workdir = Workdir::new();
    corpus(&workdir, &party(true));
    let json = |more: &[&str]| -> serde_json::Value {
        let run = workdir.run(&[&["shifts", "--corpus", "c", "--format", "json"][..], more].concat());
        serde_json::from_str(&run.stdout).unwrap()
    };
    let answer = json(&["--by", "party", "--to", "2025-02-19"]);
    assert_eq!(answer["stance"], env!("CARGO_PKG_VERSION"));
    assert_eq!((answer["corpus"]["name"].as_str(), answer["selection"]["by"].as_str()), (Some("c"), Some("party")));
    assert_eq!(
        (answer["selection"]["to"].as_str(), answer["selection"]["grain"].as_str()),
        (Some("2025-02-19"), Some("day"))
    );
    let pair = &answer["pairs"][0];
    let days = pair["day_scores"].as_array().unwrap();
    assert_eq!(days.len() as u64, pair["days"].as_u64().unwrap());
    let scores: f64 = days.iter().map(|day| day["score"].as_f64().unwrap()).sum();
    assert!((scores / days.len() as f64 - 0.5).abs() < 1e-6, "the mean rank of all is ½: {scores}");
    assert!(days[0]["mean"] == -2.0 && days[0]["date"] == "2025-01-01" && days[0]["weight"] == 1.0, "{}", days[0]);
    let before = json(&[])["corpus"].clone();
    workdir.write("c/labels/me.csv", "statement_id,issue,position\ns-001,tram,0\n");
    let after = json(&[])["corpus"].clone();
    assert!(before["fingerprint"] != after["fingerprint"] && before["rules"] == after["rules"]);
}

#[test]
fn a_plan_needs_no_corpus_and_refuses_what_a_scale_has_no_room_for() {
    let workdir = Workdir::new();
    let run = |more: &[&str]| workdir.run(&[&["plan", "--speakers", "10"][..], more].concat());
    let (once, again) = (run(&["--days", "10", "--format", "csv"]), run(&["--days", "10", "--format", "csv"]));
    assert!(once.code == 0 && once.stdout == again.stdout, "{}", once.stderr);
    assert!(once.stdout.starts_with("moment,days,shift,power\r\nhalfway,10,"), "{}", once.stdout);
    let power = run(&["--days", "12", "--shift", "3"]);
    assert!(power.stdout.contains("halfway") && power.stdout.contains(" %"), "{}", power.stdout);
    let large = run(&["--shift", "3", "--levels", "3"]);
    assert!(large.code == 2 && large.stderr.contains("does not fit on a scale of 3 levels"), "{}", large.stderr);
    for wrong in
        [["--days", "0"], ["--shift", "-1"], ["--ar", "1"], ["--statements-per-day", "0.5"], ["--shift", "nan"]]
    {
        assert_eq!(run(&wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn speakers_of_groups_change_the_family_and_that_is_said() {
    let workdir = Workdir::new();
    corpus(&workdir, &party(false));
    let same = |more: &[&str]| workdir.run(&[&["shifts", "--corpus", "c", "--speaker", "Abe"][..], more].concat());
    assert_eq!(same(&["--by", "speaker"]).stdout, same(&[]).stdout, "a group of one speaker each is the speaker");
    let told = one_line(&same(&["--by", "party"]));
    assert!(told.contains("party and issue in the statements of Abe"), "{told}");
    assert!(told.contains("so it holds only if you chose the speakers before you looked"), "{told}");
    assert!(!told.contains("selecting pairs changes no verdict"), "{told}");
    let kind = workdir.run(&["shifts", "--corpus", "c", "--by", "kind"]);
    assert!(kind.stderr.contains("statements cannot be grouped by the column `kind`"), "{}", kind.stderr);
}

#[test]
fn what_is_new_is_said_with_an_exit_code() {
    let workdir = Workdir::new();
    let rows: Vec<Row<'_>> =
        (0..26).map(|place| (day(place), "day", "Abe", "", if place < 13 { -2 } else { 2 })).collect();
    corpus(&workdir, &rows);
    let run = |more: &[&str]| workdir.run(&[&["changes", "--corpus", "c"][..], more].concat());
    let since = run(&["--since", "2025-01-27"]);
    let told = one_line(&since);
    assert_eq!(since.code, 1, "{told} {}", since.stderr);
    for part in [
        "New: Abe on",
        "shift toward",
        "the verdict was “steady” (p ",
        "What differs: 13 positions are new.",
        "13 statements of 26 are new",
        "for this one look",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let nothing = run(&["--since", "2025-02-23"]);
    assert!(nothing.code == 0 && nothing.stdout.contains("No verdict is new"), "{}", nothing.stdout);
    let json: serde_json::Value =
        serde_json::from_str(&run(&["--since", "2025-01-27", "--looks", "30", "--json"]).stdout).unwrap();
    assert_eq!((json["looks"].as_u64(), json["verdicts"][0]["turn"].as_str()), (Some(30), Some("new")));
    assert_eq!(json["new_statements"].as_array().unwrap().len(), 13);
    let early = run(&["--since", "2020-03-01"]);
    assert!(early.stderr.contains("no statement is dated before 2020-03-01, so everything is new"), "{}", early.stderr);
    assert!(early.stderr.contains("the first statement is dated 2025-01-01"), "{}", early.stderr);
    let told = one_line(&early);
    assert!(told.contains("1 speaker for the first time: Abe (26 statements)."), "{told}");
    assert!(told.contains("1 issue for the first time:"), "{told}");
    let late = run(&["--since", "2025-03-01"]);
    assert!(late.code == 0 && late.stderr.contains("the last statement is dated 2025-02-23"), "{}", late.stderr);
    assert_eq!(run(&[]).code, 2, "neither a date nor a copy");
    assert_eq!(run(&["--against", "nowhere"]).code, 2);
}

#[test]
fn an_earlier_copy_shows_labels_that_changed() {
    let workdir = Workdir::new();
    let rows: Vec<Row<'_>> = (0..24).map(|place| (day(place), "day", "Abe", "", place as i32 % 2)).collect();
    corpus(&workdir, &rows);
    for name in ["statements.csv", "codebook.toml", "labels/me.csv"] {
        workdir.write(&format!("old/{name}"), workdir.read(&format!("c/{name}")));
    }
    let labels = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap();
    workdir.write("c/labels/me.csv", labels.replace("s-003,tram,1", "s-003,tram,2"));
    let run = workdir.run(&["changes", "--corpus", "c", "--against", "old", "--looks", "10"]);
    let told = one_line(&run);
    assert_eq!(run.code, 0, "{told} {}", run.stderr);
    assert!(told.contains("s-003 on tram: position 1, now 2"), "{told}");
    assert!(told.contains("divided among 10 planned looks") && !told.contains("as then"), "{told}");
    // Who audits a verdict has to know that the codebook is another one.
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    workdir.write("c/codebook.toml", codebook + "\n[labels]\nsettle = \"median\"\n");
    let told = one_line(&workdir.run(&["changes", "--corpus", "c", "--against", "old", "--looks", "10"]));
    assert!(told.contains("codebook.toml is not the same as then"), "{told}");
    assert!(told.contains("settled by median now, and were by adjudication"), "{told}");
}

/// A verdict that is gone comes with its new p and the reason; and what cannot be tested at the level of a look is named.
#[test]
fn a_verdict_that_is_gone_and_a_pair_that_cannot_be_tested_come_with_the_reason() {
    let workdir = Workdir::new();
    let mut rows: Vec<Row<'_>> =
        (0..16).map(|place| (day(place), "day", "Abe", "", if place < 8 { -2 } else { 2 })).collect();
    (16..40).for_each(|place| rows.push((day(place), "day", "Abe", "", if place % 2 == 0 { -2 } else { 2 })));
    (16..26).for_each(|place| rows.push((day(place), "day", "Bea", "", place as i32 % 2)));
    corpus(&workdir, &rows);
    let run = |more: &[&str]| workdir.run(&[&["changes", "--corpus", "c", "--since", &day(16)][..], more].concat());
    let told = one_line(&run(&[]));
    for part in [
        "Gone: Abe on",
        "It was: shift toward",
        "Now the verdict is “steady” (p ",
        "above the level 0.05",
        "24 positions are new; p is corrected for 2 pairs instead of 1",
        "1 speaker for the first time: Bea (10 statements)",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("issue for the first time") && !told.contains("too few days to be tested"), "{told}");
    let looks = run(&["--looks", "1000"]);
    let told = one_line(&looks);
    assert!(told.contains("1 pair has too few days to be tested at 0.00005"), "{told}");
    assert!(told.contains("1 of them would be tested if this were the only look"), "{told}");
    assert!(told.contains("Bea") && told.contains("10 days, 10 positions new needs "), "{told}");
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"]).stdout).unwrap();
    let gone = &json["verdicts"][0];
    assert_eq!((gone["turn"].as_str(), gone["reasons"][0]["reason"].as_str()), (Some("gone"), Some("above-level")));
    assert_eq!(gone["reasons"][1]["count"].as_u64(), Some(24), "{gone}");
    let (now, level) = (&gone["test_after"]["p_corrected"], &gone["test_after"]["level"]);
    assert!(now.as_f64() > level.as_f64() && gone["sentence_now"].is_string(), "{gone}");
    assert_eq!(json["new_speakers"][0]["name"], "Bea");
    assert_eq!(json["build"], stance::program::BUILD);
}
