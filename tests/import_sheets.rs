//! Sheets as other people keep them: what surrounds the positions, and how each coder and each month is written.

use crate::support::{Run, Workdir};

fn import(workdir: &Workdir, sheet: &str, flags: &[&str]) -> Run {
    workdir.write("sheet.csv", sheet);
    workdir.run(&[&["import", "sheet.csv", "--corpus", "c"], flags].concat())
}

/// The labels of a coder, without the ids of statements.
fn labels(workdir: &Workdir, coder: &str) -> Vec<String> {
    let text = String::from_utf8(workdir.read(&format!("c/labels/{coder}.csv"))).unwrap().replace("\r\n", "\n");
    text.lines().skip(1).map(|row| row.split_once(',').unwrap().1.to_owned()).collect()
}

/// A sheet with a column for each text, and more columns beside it.
fn sheet(columns: &str, rows: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        text += &format!("2025-0{}-12,Mara Lindqvist,We say sentence number {number}.,{row}\n", 1 + number);
    }
    text
}

#[test]
fn how_sure_a_coder_is_is_no_position() {
    let workdir = Workdir::new();
    let rows = ["-2,4,3", "1,5,7", "2,3,3", "-1,4,9"];
    let run = import(&workdir, &sheet("Tram,How sure are you? (1-5),p.", &rows), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "me"), ["tram,-2", "tram,1", "tram,2", "tram,-1"]);
}

#[test]
fn a_row_of_totals_hides_no_column_of_positions() {
    let workdir = Workdir::new();
    let rows = ["-2,2", "-1,1", "0,2", "1,1", "2,2"];
    let text = sheet("Tram,Fares", &rows) + "Total,,,5,13\n";
    let run = import(&workdir, &text, &[]);
    assert!(run.stderr.contains("`Fares` has whole numbers as the columns of positions have"), "{}", run.stderr);
    let run = import(&workdir, &text, &["--map", "Fares=keep"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "me"), ["tram,-2", "tram,-1", "tram,0", "tram,1", "tram,2"]);
}

#[test]
fn a_count_below_words_hides_no_words() {
    let workdir = Workdir::new();
    let rows = ["strongly against", "against", "neutral", "for", "For"];
    let run = import(&workdir, &(sheet("Tram", &rows) + "Total,,,5\n"), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "me"), ["tram,-2", "tram,-1", "tram,0", "tram,1", "tram,1"]);
}

#[test]
fn a_stranger_among_known_words_is_named_alone() {
    let workdir = Workdir::new();
    let text = sheet("Tram", &["against", "for", "NSP", "not mentioned", "strongly for", "against"]);
    let run = import(&workdir, &text, &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.contains("sheet.csv:4:") && run.stderr.contains("`NSP` is not among the words"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--no-position \"NSP\""), "{}", run.stderr);
    let run = import(&workdir, &text, &["--partial"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "me"), ["tram,-1", "tram,1", "tram,", "tram,2", "tram,-1"]);
}

#[test]
fn nothing_that_can_be_read_is_not_called_a_success() {
    let workdir = Workdir::new();
    let text = sheet("Tram", &["x", "y", "z"]);
    let run = import(&workdir, &text, &["--partial", "--map", "Tram=position"]);
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("nothing was written") && !workdir.path().join("c").exists(), "{}", run.stdout);
}

#[test]
fn each_coder_may_have_a_column() {
    let workdir = Workdir::new();
    let text = sheet("Anna,Ben", &["1,2", "-2,-2", "2,"]);
    let flags = ["--map", "Anna=position:tram@Anna", "--map", "Ben=position:tram@Ben"];
    let run = import(&workdir, &text, &flags);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "Anna"), ["tram,1", "tram,-2", "tram,2"]);
    assert_eq!(labels(&workdir, "Ben"), ["tram,2", "tram,-2"]);
    // The next sheet needs no flag.
    let run = import(&workdir, &sheet("Anna,Ben", &["1,2", "-2,-2", "2,1"]), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "Ben"), ["tram,2", "tram,-2", "tram,1"]);
}

#[test]
fn a_level_in_words_beside_its_number_is_no_second_position() {
    let workdir = Workdir::new();
    let text = sheet("Issue,Position,Level", &["tram,2,Build", "tram,-2,Never", "tram,,no position", "tram,2,Build"]);
    for _ in 0..2 {
        let run = import(&workdir, &text, &[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert_eq!(labels(&workdir, "me"), ["tram,2", "tram,-2", "tram,", "tram,2"]);
    }
}

#[test]
fn letters_that_the_header_explains_are_positions() {
    let workdir = Workdir::new();
    let text = sheet("\"NATO (A=leave, C=expand)\",page", &["A,1", "B,2", "C,3", "A,4"]);
    let run = import(&workdir, &text, &[]);
    assert!(run.stderr.contains("--levels \"NATO=") && !run.stderr.contains("page=position"), "{}", run.stderr);
    let run = import(&workdir, &text, &["--levels", "NATO=A,B,C"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "me"), ["nato,-1", "nato,0", "nato,1", "nato,-1"]);
}

#[test]
fn a_question_mark_says_that_nothing_is_decided_yet() {
    let workdir = Workdir::new();
    let run = import(&workdir, &sheet("Tram", &["1", "?", "-2", "2"]), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("1 cell of Tram says `?`: taken as not read"), "{}", run.stdout);
    assert_eq!(labels(&workdir, "me"), ["tram,1", "tram,-2", "tram,2"]);
}

#[test]
fn months_with_2_digits_are_read_if_the_column_decides() {
    let text = |dates: [&str; 4]| {
        let row = |date: &str| format!("{date},Mara Lindqvist,We speak of {date}.,1\n");
        "Date,Speaker,Quote,Tram stance\n".to_owned() + &dates.map(row).concat()
    };
    let workdir = Workdir::new();
    let run = import(&workdir, &text(["Nov-24", "Dec-24", "Jan-25", "Mar-25"]), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    assert!(statements.contains("2024-11-01,month") && statements.contains("2025-03-01,month"), "{statements}");
    let workdir = Workdir::new();
    let run = import(&workdir, &text(["Mar-03", "Mar-17", "Apr-25", "Jun-30"]), &[]);
    assert!(run.stderr.contains("may be a month with its year, or a day without one"), "{}", run.stderr);
}
