//! Coders who differ, in `agree` and in `shifts`.

use crate::support::Workdir;

const CODEBOOK: &str = "title = \"Trams\"\nlow = \"no tram\"\nhigh = \"a tram\"\n[[issue]]\nid = \"tram\"\n\
    name = \"Tram\"\nquestion = \"Build a tram?\"\n";

/// A corpus with one statement a day. `given` says which level each coder gives on a day, if any.
fn corpus(days: usize, coders: &[&str], given: impl Fn(usize, usize) -> Option<i32>) -> Workdir {
    let workdir = Workdir::new();
    let mut codebook = CODEBOOK.to_owned();
    for level in (1..=5).rev() {
        codebook += &format!("[[issue.level]]\nposition = {level}\nwords = \"w{level}\"\ndefinition = \"d\"\n");
    }
    workdir.write("c/codebook.toml", codebook);
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    let mut statements = "id,date,speaker,text\n".to_owned();
    for day in 0..days {
        statements += &format!("s{day},{},Anna Example,We will see.\n", first + chrono::Days::new(3 * day as u64));
    }
    workdir.write("c/statements.csv", statements);
    for (place, coder) in coders.iter().enumerate() {
        let mut labels = "statement_id,issue,position\n".to_owned();
        for day in 0..days {
            if let Some(level) = given(place, day) {
                labels += &format!("s{day},tram,{level}\n");
            }
        }
        workdir.write(&format!("c/labels/{coder}.csv"), labels);
    }
    workdir
}

/// The level that the speaker takes: steady, with some spread.
fn steady(day: usize) -> i32 {
    [2, 3, 2, 4, 3, 3, 2, 3][day * 5 % 8]
}

fn printed(workdir: &Workdir, args: &[&str]) -> String {
    let run = workdir.run(args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ben codes a level higher, and codes what was said later.
#[test]
fn a_change_of_coder_that_looks_like_a_shift_is_named() {
    let workdir = corpus(60, &["anna", "ben"], |coder, day| match (coder, day % 5 == 0) {
        (0, shared) => (day < 30 || shared).then(|| steady(day)),
        (_, shared) => (day >= 30 || shared).then(|| steady(day) + 1),
    });
    // What both coded is in dispute, so it has no position: settle it as Anna coded it.
    let settled: String = (0..60).step_by(5).map(|day| format!("s{day},tram,{}\n", steady(day))).collect();
    workdir.write("c/labels/adjudicated.csv", format!("statement_id,issue,position\n{settled}"));
    let text = printed(&workdir, &["shifts", "--corpus", "c"]);
    for part in [
        "Coder and time coincide: before",
        "labels are by anna, from then on",
        "by ben. On the 12 statements to which both gave a position, ben is 1.0 levels higher (too few for an \
         interval), so how they compare is not clear.",
        "So few shared statements cannot tell the verdict from a change of coder.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = workdir.run(&["shifts", "--corpus", "c", "--format", "json"]).stdout;
    for part in ["\"handover\": {", "\"bias\": 1.0", "\"recoded\": {"] {
        assert!(json.contains(part), "{part}: {json}");
    }
    let csv = workdir.run(&["shifts", "--corpus", "c", "--format", "csv"]).stdout;
    assert!(csv.contains(",anna,ben,1.0,"), "{csv}");
}

#[test]
fn coders_who_share_nothing_cannot_be_compared() {
    let workdir = corpus(40, &["anna", "ben"], |coder, day| ((day >= 20) == (coder == 1)).then(|| steady(day)));
    let text = printed(&workdir, &["shifts", "--corpus", "c"]);
    assert!(text.contains("before 2 March 2025 20 of 20 labels are by anna, from then on 20 of 20 by ben"), "{text}");
    assert!(text.contains("nothing shows how they compare"), "{text}");
    assert!(text.contains("cannot be told from a change of coder"), "{text}");
    let run = workdir.run(&["agree", "--corpus", "c", "--between", "coders"]);
    assert!(
        run.stdout.contains("anna and ben gave no position to the same statement, so their bias is undefined"),
        "{}",
        run.stdout
    );
}

/// 20 statements that both read show how they compare. A third coder who shares none with them shows nothing.
#[test]
fn a_verdict_rests_on_what_coders_share() {
    let given = |coder: usize, day: usize| match (coder, day.is_multiple_of(3), day < 30) {
        (0, shared, early) => (early && day >= 6 || shared).then(|| steady(day)),
        (1, shared, early) => (!early || shared).then(|| steady(day)),
        _ => (day < 6 && !day.is_multiple_of(3)).then(|| steady(day)),
    };
    let two = printed(&corpus(60, &["anna", "ben"], given), &["shifts", "--corpus", "c"]);
    for part in [
        "On the 20 statements to which both gave a position, neither is higher (no labels differ)",
        "the verdict holds",
    ] {
        assert!(two.contains(part), "{part}: {two}");
    }
    let three = printed(&corpus(60, &["anna", "ben", "carl"], given), &["shifts", "--corpus", "c"]);
    assert!(three.contains("Some labels are by coders who share no statement with one of the two"), "{three}");
    let one = |coder: usize, day: usize| ((day >= 20) == (coder == 1) || day == 3).then(|| steady(day));
    let one = printed(&corpus(40, &["anna", "ben"], one), &["shifts", "--corpus", "c"]);
    assert!(one.contains("On the 1 statement to which both gave a position, neither is higher (too few"), "{one}");
    assert!(
        one.contains("So few shared statements cannot tell the verdict") && !one.contains("It withstands"),
        "{one}"
    );
}

#[test]
fn coders_mixed_in_time_bring_no_warning() {
    let workdir = corpus(60, &["anna", "ben"], |coder, day| (day % 2 == coder || day % 4 == 0).then(|| steady(day)));
    let text = printed(&workdir, &["shifts", "--corpus", "c"]);
    assert!(!text.contains("Coder and time coincide"), "{text}");
    assert!(text.contains("Coders differ on 0 % of 15 statements that 2 have read."), "{text}");
}

#[test]
fn of_one_coder_it_is_said_once_that_nothing_shows_the_difference() {
    let workdir = corpus(20, &["anna"], |_, day| Some(steady(day)));
    let text = printed(&workdir, &["shifts", "--corpus", "c"]);
    assert_eq!(text.matches("All labels by hand are by one coder, anna.").count(), 1, "{text}");
    assert!(!text.contains("Coders differ"), "{text}");
}

#[test]
fn who_codes_higher_is_printed_with_an_interval() {
    let workdir = corpus(60, &["anna", "ben"], |coder, day| Some(steady(day) + i32::from(coder == 1 && day % 2 == 0)));
    let run = workdir.run(&["agree", "--corpus", "c"]);
    assert!(run.stdout.contains("ben     0.50 (+0.37 to +0.63)  50 %"), "{}", run.stdout);
    let csv = workdir.run(&["agree", "--corpus", "c", "--format", "csv", "--table", "pairs"]).stdout;
    assert!(csv.starts_with("issue,first,second,read,both,bias,bias_low,bias_high,"), "{csv}");
    assert!(csv.contains("tram,anna,ben,60,60,0.5,0.36"), "{csv}");
    let csv = workdir.run(&["agree", "--corpus", "c", "--format", "csv", "--table", "months"]).stdout;
    assert!(csv.contains("tram,2025-01,anna,11,11\r\n"), "{csv}");
}

/// 1 or 2 statements have no interval, and say so.
#[test]
fn few_statements_have_no_interval() {
    let workdir = corpus(2, &["anna", "ben"], |coder, day| Some(steady(day) + i32::from(coder == 1 && day == 0)));
    let csv = workdir.run(&["agree", "--corpus", "c", "--format", "csv"]).stdout;
    assert!(csv.contains("too few for an interval,too few for an interval"), "{csv}");
}

#[test]
fn of_hundreds_of_coders_a_few_are_printed_and_the_rest_counted() {
    let names: Vec<String> = (0..150).map(|coder| format!("coder{coder}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let workdir = corpus(60, &names, |coder, day| (coder % 30 == day / 2).then(|| steady(day) + (coder % 2) as i32));
    let run = workdir.run(&["agree", "--corpus", "c", "--between", "coders"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.lines().count() < 100 && run.stdout.lines().all(|line| line.len() < 250), "{}", run.stdout);
    assert!(run.stdout.contains("and 142 more"), "{}", run.stdout);
    let shifts = workdir.run(&["shifts", "--corpus", "c"]);
    assert_eq!(shifts.code, 0, "{}", shifts.stderr);
}

/// A coder with 3 labels, and labels that are all at one end.
#[test]
fn a_coder_with_few_labels_and_a_flat_scale_are_no_error() {
    let workdir = corpus(30, &["anna", "ben"], |coder, day| (coder == 0 || day < 3).then_some(5));
    let run = workdir.run(&["agree", "--corpus", "c"]);
    assert!(run.stdout.contains("neither  0.00 (no labels differ)"), "{}", run.stdout);
    assert_eq!(workdir.run(&["shifts", "--corpus", "c"]).code, 0);
}
