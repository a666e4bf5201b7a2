//! Statements kept from whoever writes the rules, looks at them, and help to write rules.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use stance::codebook::Codebook;
use stance::corpus::Corpus;
use stance::draft::{missed, phrases};
use stance::file::document::Document;
use stance::statement::Statements;
use stance::unseen;
use stance::unseen::looks::{Found, LookRow, Looks};

use crate::support::{Run, Workdir};

const CODEBOOK: &str = "title = \"Trams\"\nlow = \"no\"\nhigh = \"yes\"\n[[issue]]\nid = \"tram\"\nname = \"Tram\"\nquestion = \"Build?\"\n[[issue.level]]\nposition = 1\nwords = \"Build\"\ndefinition = \"b\"\n[[issue.level]]\nposition = 0\nwords = \"Undecided\"\ndefinition = \"u\"\n[[issue.level]]\nposition = -1\nwords = \"Do not\"\ndefinition = \"d\"\n";
const RULES: &str = "[[rule]]\nid = \"tram-build\"\nissue = \"tram\"\nposition = 1\nany = [\"build* ... tram*\"]\nmatch = [\"Build it, the tram.\"]\n[[rule]]\nid = \"tram-ruin\"\nissue = \"tram\"\nposition = -1\nany = [\"ruin* ... tram*\", \"tram* ... ruin*\"]\nmatch = [\"Trams ruin us.\"]\n";

fn fine(run: Run) -> String {
    assert_eq!(run.code, 0, "{run:?}");
    run.stdout
}

/// A corpus in which `zebra` stands only in statements that are set aside.
fn with_zebras() -> Workdir {
    let workdir = Workdir::new();
    workdir.write("c/codebook.toml", format!("{CODEBOOK}[unseen]\ncolumn = \"aside\"\n"));
    workdir.write("c/rules.toml", RULES);
    let rows = [
        ("a-1", "Build the tram, we build it.", "no"),
        ("a-2", "The town will build its tram soon.", "no"),
        ("a-3", "Trams ruin the street.", "no"),
        ("a-4", "The rails go through my garden.", ""),
        ("a-5", "The rails go through our school.", "no"),
        ("z-1", "Build the zebra tram.", "yes"),
        ("z-2", "The zebra rails go through a park.", "yes"),
        ("z-3", "A zebra tram ruins and builds a tram.", "yes"),
        ("z-4", "The zebra tram will ruin us.", "yes"),
    ];
    let text: String = rows
        .iter()
        .enumerate()
        .map(|(day, (id, text, aside))| format!("{id},2025-03-{:02},Ada,\"{text}\",{aside}\n", day + 1))
        .collect();
    workdir.write("c/statements.csv", format!("id,date,speaker,text,aside\n{text}"));
    let labels = "statement_id,issue,position\na-1,tram,1\na-2,tram,1\na-3,tram,-1\na-4,tram,-1\na-5,tram,-1\nz-1,tram,1\nz-2,tram,-1\nz-4,tram,1\n";
    workdir.write("c/labels/me.csv", labels);
    workdir
}

#[test]
fn no_command_for_writing_rules_shows_a_statement_that_is_set_aside() {
    let workdir = with_zebras();
    workdir.write("old.toml", RULES.replace("build* ... tram*", "never"));
    for args in [
        &["check"][..],
        &["find", "the"],
        &["find", "tram*"],
        &["find", "rails", "--rule"],
        &["rules"],
        &["rules", "--format", "json"],
        &["rules", "--suggest"],
        &["rules", "lint"],
        &["rules", "test"],
        &["rules", "diff", "old.toml"],
        &["rules", "--unseen"],
        &["rules", "--unseen", "--format", "json"],
        &["rules", "--unseen", "--format", "csv"],
        &["explain", "z-1"],
        &["explain", "a-1"],
        &["agree", "--between", "rules", "--disagreements", "differ.csv"],
    ] {
        let run = workdir.run(&[args, &["--corpus", "c"]].concat());
        assert!(run.code < 2, "{args:?} {run:?}");
        assert!(!(run.stdout.clone() + &run.stderr).contains("zebra"), "{args:?} {run:?}");
    }
    for file in ["differ.csv", "c/unseen.csv"] {
        assert!(!String::from_utf8(workdir.read(file)).unwrap().contains("zebra"), "{file}");
    }
    assert!(
        fine(workdir.run(&["find", "rails", "--corpus", "c"]))
            .contains("2 places in 2 statements; 4 statements set aside were not searched")
    );
    let shown = fine(workdir.run(&["explain", "z-1", "--show-unseen", "--corpus", "c"]));
    assert!(shown.contains("zebra") && shown.contains("by hand +1"), "{shown}");
}

#[test]
fn a_look_is_recorded_and_meets_each_statement_once() {
    let workdir = with_zebras();
    let rules = |more: &[&str]| fine(workdir.run(&[&["rules", "--corpus", "c"][..], more].concat()));
    assert!(rules(&[]).contains("is not known: nobody has looked at the\n4 statements set aside."), "{}", rules(&[]));
    let first = rules(&["--unseen"]);
    // z-1 is found and exact, z-2 is not found, z-4 is found and 2 levels away.
    for expected in [
        "Look 1 ",
        "tram   2 of 3 (21 to 94 %)  1 of 2 (9 to 91 %)  1 of 2 (9 to 91 %)  0 of 0                1",
        "Looked at once, with these rules.",
    ] {
        assert!(first.contains(expected), "{first}");
    }
    workdir.write("c/rules.toml", RULES.replace("ruin* ... tram*", "ruin* ...3 tram*"));
    let known = rules(&[]);
    assert!(known.starts_with("On statements that the author of the rules had not seen, at first contact:\n  tram: 2 of 3 (21 to 94 %) found"), "{known}");
    assert!(known.contains("Looked at once, with earlier rules"), "{known}");
    let second = rules(&["--unseen"]);
    assert!(
        second.contains("Nothing is left for a first contact") && second.contains("On all 4 statements"),
        "{second}"
    );
    assert!(
        second.contains("Looked at 2 times; rules changed 1 time since the first look: only the first look"),
        "{second}"
    );
    let agree = fine(workdir.run(&["agree", "--between", "rules", "--corpus", "c"]));
    assert!(agree.starts_with("On statements that the author of the rules had not seen"), "{agree}");

    // What arrives later can still be met for the first time, unless a person reads it.
    let mut statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    statements += "z-5,2025-04-01,Ada,Build no zebra tram.,yes\nz-6,2025-04-02,Ada,Build a zebra tram.,yes\n";
    workdir.write("c/statements.csv", statements);
    let labels = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap() + "z-5,tram,-1\nz-6,tram,1\n";
    workdir.write("c/labels/me.csv", labels);
    fine(workdir.run(&["explain", "z-5", "--show-unseen", "--corpus", "c"]));
    fine(workdir.run(&["explain", "z-5", "--show-unseen", "--corpus", "c"]));
    let third = rules(&["--unseen"]);
    assert!(third.contains("tram   1 of 1 (21 to 100 %)  1 of 1 (21 to 100 %)"), "{third}");
    assert!(third.contains("1 statement set aside was read with --show-unseen."), "{third}");
    let log = String::from_utf8(workdir.read("c/unseen.csv")).unwrap();
    assert_eq!(log.lines().count(), 5, "{log}");
    let json: serde_json::Value = serde_json::from_str(&rules(&["--format", "json"])).unwrap();
    assert_eq!(
        (json["unseen"]["first_contact"][0]["look"].clone(), json["unseen"]["history"]["looks"].clone()),
        (4.into(), 3.into())
    );
    assert_eq!(json["unseen"]["first_contact"][0]["same_rules"], true);
    // A later look with the same rules adds to its figures.
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    workdir.write("c/statements.csv", statements + "z-7,2025-04-03,Ada,Build one zebra tram.,yes\n");
    let labels = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap();
    workdir.write("c/labels/me.csv", labels + "z-7,tram,1\n");
    rules(&["--unseen"]);
    let known = rules(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(known.contains("tram: 2 of 2") && known.contains("2 looks, the last 5, these rules"), "{known}");
    // Another scale is other rules.
    let up = "[[issue.level]]\nposition = 2\nwords = \"Now\"\ndefinition = \"n\"\n";
    workdir.write("c/codebook.toml", format!("{CODEBOOK}{up}[unseen]\ncolumn = \"aside\"\n"));
    assert!(rules(&[]).contains("earlier rules"), "{}", rules(&[]));
    // A draw that changes after a look is reported.
    workdir.write("c/codebook.toml", format!("{CODEBOOK}[unseen]\nids = [\"a-1\", \"z-2\"]\n"));
    assert!(rules(&[]).replace('\n', " ").contains("[unseen] in codebook.toml has changed since a look"));
}

/// What anyone could read when the figures were looked at is no first contact, however it is set aside later.
#[test]
fn what_could_be_read_at_a_look_is_never_met_for_the_first_time() {
    let workdir = with_zebras();
    let warning = |run: &Run| run.stdout.contains("could be read at an earlier look") && run.stdout.contains("`a-1`");
    fine(workdir.run(&["rules", "--unseen", "--corpus", "c"]));
    assert!(!warning(&workdir.run(&["check", "--corpus", "c"])));
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let aside: Vec<String> = statements
        .lines()
        .map(|line| {
            if line.starts_with("a-1,") {
                line.rsplit_once(',').unwrap().0.to_owned() + ",yes"
            } else {
                line.to_owned()
            }
        })
        .collect();
    workdir.write("c/statements.csv", aside.join("\n") + "\n");
    let check = workdir.run(&["check", "--corpus", "c"]);
    assert!(warning(&check), "{check:?}");
    let look = fine(workdir.run(&["rules", "--unseen", "--corpus", "c"]));
    assert!(look.contains("Nothing is left for a first contact"), "{look}");
}

/// How coders differ on a statement that is set aside is one of its labels.
#[test]
fn disputes_on_what_is_set_aside_are_counted() {
    let workdir = with_zebras();
    workdir.write("c/labels/you.csv", "statement_id,issue,position\na-1,tram,-1\nz-1,tram,-1\nz-2,tram,1\n");
    let run = workdir.run(&["check", "--corpus", "c"]);
    assert!(run.stdout.contains("coders differ on `tram` of `a-1`"), "{run:?}");
    assert!(!run.stdout.contains("z-1") && !run.stdout.contains("z-2"), "{run:?}");
    assert!(run.stdout.contains("coders differ on 2 labels of statements that are set aside"), "{run:?}");
}

#[test]
fn nothing_is_shown_that_could_not_be_recorded() {
    let workdir = with_zebras();
    fine(workdir.run(&["rules", "--unseen", "--corpus", "c"]));
    let log = workdir.path().join("c/unseen.csv");
    let before = fs::read(&log).unwrap();
    let mut rights = fs::metadata(&log).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&log, rights).unwrap();
    for args in [&["rules", "--unseen", "--corpus", "c"][..], &["explain", "z-1", "--show-unseen", "--corpus", "c"]] {
        let run = workdir.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("read-only"), "{}", run.stderr);
    }
    assert_eq!(fs::read(&log).unwrap(), before);
}

#[test]
fn a_look_needs_statements_set_aside_and_labels() {
    let workdir = with_zebras();
    workdir.write("c/labels/me.csv", "statement_id,issue,position\na-1,tram,1\n");
    let run = workdir.run(&["rules", "--unseen", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("nothing was recorded"), "{run:?}");
    workdir.write("c/codebook.toml", CODEBOOK);
    let run = workdir.run(&["rules", "--unseen", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("sets no statement aside"), "{run:?}");
    assert!(!workdir.path().join("c/unseen.csv").exists());
}

#[test]
fn a_share_must_be_between_0_and_1() {
    let workdir = Workdir::with_fixture("base");
    let base = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    for (share, what) in [
        ("0", "the share 0 is not between 0 and 1"),
        ("1.0", "the share 1 is not between 0 and 1"),
        ("-0.3", "the share -0.3 is not between 0 and 1"),
        ("nan", "the share NaN is not between 0 and 1"),
        ("inf", "the share inf is not between 0 and 1"),
        ("\"0.3\"", "expected a number"),
        ("[0.3]", "expected a number"),
    ] {
        workdir.write("c/codebook.toml", format!("{base}[unseen]\nshare = {share}\n"));
        let run = workdir.run(&["check", "--corpus", "c"]);
        assert!(run.code == 1 && run.stdout.contains(what) && run.stdout.contains("1 fault"), "{share}: {run:?}");
    }
    workdir.write("c/codebook.toml", format!("unseen = true\n{base}"));
    let run = workdir.run(&["check", "--corpus", "c"]);
    assert!(run.code == 1 && run.stdout.contains("expected a table"), "{run:?}");
}

#[test]
fn the_beginning_of_a_rule_passes_its_own_tests() {
    let workdir = with_zebras();
    let contexts = "[[context]]\nid = \"negated\"\neffect = \"drop\"\nbefore = [\"no\"]\nwindow = 3\n";
    workdir.write("c/rules.toml", format!("{contexts}{RULES}"));
    let labels = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap() + "n-1,tram,-1\nn-2,tram,1\n";
    workdir.write("c/labels/me.csv", labels);
    let mut statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    statements += "n-1,2025-05-01,Ada,\"No rails, \"\"never\"\" \\ and so on and on and on and on and on and on and on and on and on and on.\",no\nn-2,2025-05-02,Ada,Rails are good.,no\n";
    workdir.write("c/statements.csv", statements);
    let begun = fine(workdir.run(&["find", "rails", "--rule", "--corpus", "c"]));
    assert!(begun.contains("id       = \"tram-rails\"") && begun.contains("position = -1\n"), "{begun}");
    assert!(begun.contains("# Positions by hand on tram: +1 in 1, -1 in 3."), "{begun}");
    assert!(begun.contains("  \"The rails go through my garden.\",  # a-4\n"), "{begun}");
    assert!(begun.contains("#   \"Rails are good.\",  # +1, n-2\n"), "{begun}");
    assert!(
        begun.contains(
            "a rule context turns it, or the words do not name the issue:\n#   \"No rails, \\\"never\\\" \\\\ and so"
        ),
        "{begun}"
    );
    let mut rules = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    for _ in 0..2 {
        rules += &fine(workdir.run(&["find", "rails", "--rule", "--corpus", "c"]));
        workdir.write("c/rules.toml", &rules);
    }
    assert!(rules.contains("\"tram-rails-2\""), "{rules}");
    assert_eq!(fine(workdir.run(&["rules", "test", "--corpus", "c"])), "6 tests passed, 0 todo\n");
    // Without a position by hand there is nothing to write, and `check` says what is missing.
    let open = fine(workdir.run(&["find", "(soon|giraffe)", "--rule", "--corpus", "c", "--from", "2025-06-01"]));
    assert!(open.contains("# position = one of: -1 Do not, 0 Undecided, +1 Build"), "{open}");
}

/// A gap ends with the clause in the beginning of a rule too, sentences that were said twice are one test, and a pattern
/// without a word has a name.
#[test]
fn the_beginning_of_a_rule_reads_clauses_as_find_does() {
    let workdir = with_zebras();
    workdir.write("c/rules.toml", format!("[clauses]\nalways = [\"but\"]\n{RULES}"));
    let mut statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    statements += "n-1,2025-05-01,Ada,Rails are fine but slow.,no\nn-2,2025-05-02,Ada,Rails are slow in 2030.,no\n";
    statements += "n-3,2025-05-03,Ada,The rails go through our school.,no\nn-4,2025-05-04,Ada,The rails go through my garden.,no\n";
    workdir.write("c/statements.csv", statements);
    let labels = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap() + "n-3,tram,-1\nn-4,tram,-1\n";
    workdir.write("c/labels/me.csv", labels);
    let find = |more: &[&str]| fine(workdir.run(&[&["find", "--corpus", "c"], more].concat()));
    assert!(find(&["rails ... slow"]).contains("1 place in 1 statement;"), "{}", find(&["rails ... slow"]));
    let begun = find(&["rails ... slow", "--rule"]);
    assert!(begun.starts_with("# The pattern occurs in 1 statement that may be seen."), "{begun}");
    let begun = find(&["rails", "--rule"]);
    assert_eq!(begun.matches("\"The rails go through our school.\"").count(), 1, "{begun}");
    let second = "[[issue]]\nid = \"fares\"\nname = \"Fares\"\nquestion = \"Raise?\"\n[[issue.level]]\nposition = 1\nwords = \"Up\"\ndefinition = \"u\"\n[[issue.level]]\nposition = 0\nwords = \"Down\"\ndefinition = \"d\"\n";
    workdir.write("c/codebook.toml", format!("{CODEBOOK}{second}[unseen]\ncolumn = \"aside\"\n"));
    let begun = find(&["2030", "--rule"]);
    assert!(begun.contains("id       = \"rule\"\n"), "{begun}");
}

#[test]
fn what_no_rule_finds_is_grouped_by_shared_words() {
    let workdir = with_zebras();
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let missed = missed::missed(&corpus, &decisions);
    let [missed] = missed.as_slice() else { panic!("{missed:?}") };
    assert_eq!((missed.issue.as_str(), missed.count, missed.groups.len()), ("tram", 2, 1));
    assert_eq!(missed.groups[0].words, ["go", "rails", "through"]);
    let ids: Vec<&str> = missed.groups[0].statements.iter().map(|missed| missed.statement_id.as_str()).collect();
    assert_eq!(ids, ["a-4", "a-5"]);
}

#[test]
fn phrases_tell_levels_apart() {
    let workdir = with_zebras();
    let (mut statements, mut labels) = (String::from_utf8(workdir.read("c/statements.csv")).unwrap(), String::new());
    for n in 1..=6 {
        statements += &format!("p-{n},2025-05-0{n},Ada,\"I like the garden, no rails please.\",no\n");
        statements += &format!("q-{n},2025-06-0{n},Ada,Let it come today.,no\n");
        statements += &format!("z-1{n},2025-07-0{n},Ada,Zebra zebra.,yes\n");
        labels += &format!("p-{n},tram,-1\nq-{n},tram,1\nz-1{n},tram,0\n");
    }
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/me.csv", format!("statement_id,issue,position\n{labels}"));
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let phrases = phrases::phrases(&corpus);
    let rails = phrases.iter().find(|row| row.phrase == "no rails").unwrap();
    assert_eq!((rails.position, rails.here, rails.all_here, rails.elsewhere, rails.all_elsewhere), (-1, 6, 6, 0, 6));
    assert!(phrases.iter().any(|row| row.phrase == "come" && row.position == 1), "{phrases:?}");
    assert!(
        phrases.iter().all(|row| !row.phrase.contains("zebra") && row.position != 0 && row.z >= 1.0),
        "{phrases:?}"
    );
    let shown = fine(workdir.run(&["rules", "--suggest", "--corpus", "c"]));
    assert!(shown.starts_with("tram: +1 Build\n  Phrase") && shown.contains("tram: -1 Do not"), "{shown}");
}

#[test]
fn a_test_may_quote_what_is_seen_and_short_sentences() {
    let workdir = with_zebras();
    let quoting = |sentence: &str| {
        workdir.write("c/rules.toml", format!("{RULES}reject = [\"{sentence}\"]\n"));
        workdir.run(&["check", "--corpus", "c"])
    };
    // 4 words, a part of fewer than 8 words, and a sentence that only resembles one.
    for sentence in ["Build the zebra tram.", "zebra rails go through a", "The zebra rails go through a forest."] {
        assert_eq!(quoting(sentence).code, 0, "{sentence}");
    }
    for sentence in [
        "the Zebra rails — go through a park",
        "Yes. THE ZEBRA RAILS GO THROUGH A PARK!",
        "I say the zebra rails go through a park, do they not?",
    ] {
        let run = quoting(sentence);
        assert!(run.code == 1 && run.stdout.contains("quotes a statement that is set aside: `z-2`"), "{run:?}");
    }
    // What a seen statement says too is not given away.
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    workdir.write("c/statements.csv", statements + "a-9,2025-05-01,Ada,The zebra rails go through a park.,no\n");
    assert_eq!(quoting("The zebra rails go through a park.").code, 0);
    assert_eq!(quoting("I say the zebra rails go through a park, do they not?").code, 0);
    // A long part of a sentence is a quotation.
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let long = "z-9,2025-05-02,Ada,We say that one two three four five six seven eight is enough.,yes\n";
    workdir.write("c/statements.csv", statements + long);
    assert_eq!(quoting("one two three four five six seven eight").code, 1);
    assert_eq!(quoting("one two three four five six seven").code, 0);
}

/// Which of some statements are set aside, by id.
fn drawn(rows: &[(u16, u8)], seed: u64) -> Vec<(String, bool)> {
    let codebook = Document::new("codebook.toml", format!("{CODEBOOK}[unseen]\nshare = 0.4\nseed = {seed}\n"));
    let row = |(day, speaker): &(u16, u8)| {
        let date = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(u64::from(*day));
        format!("s-{day}-{speaker},{date},Speaker {speaker},text\n")
    };
    let mut text = "id,date,speaker,text\n".to_owned();
    rows.iter().for_each(|at| text += &row(at));
    let mut problems = Vec::new();
    let mut statements = Statements::parse(Path::new("statements.csv"), &text, &mut problems).unwrap();
    let parsed = Codebook::parse(&codebook, &mut problems).unwrap();
    unseen::set_aside(&mut statements, &parsed, &codebook, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    statements.rows.iter().map(|row| (row.id.clone(), row.unseen)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever is added, and wherever: no statement that was drawn, or not drawn, changes sides.
    #[test]
    fn adding_statements_changes_no_draw(
        rows in proptest::collection::btree_set((0u16..900, 0u8..4), 2..80), keep in any::<u64>(), seed in 0u64..1 << 62,
    ) {
        let all: Vec<(u16, u8)> = rows.into_iter().rev().collect();
        let old: Vec<(u16, u8)> = all.iter().enumerate().filter(|(i, _)| keep >> (i % 64) & 1 == 1).map(|(_, row)| *row).collect();
        let after = drawn(&all, seed);
        for before in drawn(&old, seed) {
            prop_assert!(after.contains(&before), "{before:?}");
        }
    }

    /// Rows that are added can be read back, and change no other byte, whatever the file looks like.
    #[test]
    fn looks_are_added_and_read_back(
        semicolon in any::<bool>(), crlf in any::<bool>(), mark in any::<bool>(), ended in any::<bool>(), counts in (0usize..9, 0usize..9),
    ) {
        let (a, b) = if semicolon { (';', ',') } else { (',', ';') };
        let header = "note,look,date,rules,drawn,issue,hand,found,exact,within_one,none,false_alarms,statements\n";
        let row = format!("\"x{a}y\",1,2026-01-02,0a0b0c0d,ids,tra{b}m,3,2,1,1,0,0,s00000001 s00000002\n");
        let row = if semicolon { row.replace(',', ";").replace("tra;m", "tra,m") } else { row };
        let mut text = header.replace(',', &a.to_string()) + &row;
        if !ended { text.pop(); }
        if crlf { text = text.replace('\n', "\r\n"); }
        if mark { text.insert(0, '\u{feff}'); }
        let mut problems = Vec::new();
        let looks = Looks::parse(Path::new("unseen.csv"), &text, &mut problems);
        prop_assert!(problems.is_empty(), "{problems:?} {text}");
        let looks = looks.unwrap();
        let found = Found { hand: counts.0 + counts.1, found: counts.0, exact: 0, within_one: 0, none: counts.1, false_alarms: 0 };
        let new = [
            LookRow { look: 2, date: chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap(), rules: "11111111".into(),
                drawn: "share 0.3 seed 1".into(), issue: Some("a;,\"b".into()), found: Some(found), statements: vec!["s00000003".into()], readable: Vec::new() },
            LookRow { look: 3, date: chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap(), rules: "22222222".into(),
                drawn: "ids".into(), issue: None, found: None, statements: vec!["s00000004".into()], readable: Vec::new() },
        ];
        let added = looks.with(&new);
        prop_assert!(added.starts_with(&text));
        let read = Looks::parse(Path::new("unseen.csv"), &added, &mut problems).unwrap();
        prop_assert!(problems.is_empty(), "{problems:?}");
        prop_assert_eq!(&read.rows[1..], &new[..]);
        prop_assert_eq!(&read.rows[..1], &looks.rows[..]);
        prop_assert_eq!(read.next(), 4);
    }
}
