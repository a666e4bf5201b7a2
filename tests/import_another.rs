//! Columns that are something else than they look like: another coder, another day, another text, another person.

use crate::support::{Run, Workdir, one_line, refused, sound, text};

/// A sheet of 12 rows with one quotation each. `cells` gives what else is in a row.
fn sheet(columns: &str, cells: impl Fn(usize) -> String) -> String {
    let mut text = format!("Quote,{columns}\n");
    for row in 0..12 {
        text += &format!("We say sentence number {row} of this debate here.,{}\n", cells(row));
    }
    text
}

fn day(row: usize) -> String {
    format!("2025-{:02}-12", row + 1)
}

fn import(workdir: &Workdir, sheet: &str, flags: &[&str]) -> Run {
    workdir.write("s.csv", sheet);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

/// On a scale from 1 on, too.
#[test]
fn two_coders_of_one_issue_are_asked_about_on_any_scale() {
    for (low, pair) in [
        (1, "tram_anna,tram_ben"),
        (1, "Tram (Anna),Tram (Ben)"),
        (1, "Tram 1,Tram 2"),
        (1, "label_anna,label_jo"),
        (1, "Stance v1,Stance v2"),
        (0, "Stance v1,Stance v2"),
        (-2, "tram_anna,tram_ben"),
    ] {
        let cells = |row: usize| {
            let level = low + (row % 5) as i32;
            format!("{},Ada Holm,{level},{}", day(row), if row % 6 == 5 { low + 2 } else { level })
        };
        let run = import(&Workdir::new(), &sheet(&format!("Date,Speaker,{pair}"), cells), &[]);
        refused(&run, &["read by several coders, or several issues", "@"]);
    }
    // Issues that differ are issues.
    for pair in [
        "Tram,Bus",
        "Rent cap,District heating",
        "Position (Tram),Position (Bus)",
        "support_tram,support_bus",
        "Ausbau Tram,Ausbau Bus",
        "Carbon Tax,Coal should be banned",
    ] {
        let cells = |row: usize| format!("{},Ada Holm,{},{}", day(row), 1 + row % 5, 1 + row * 7 % 4);
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet(&format!("Date,Speaker,{pair}"), cells), &[]));
        assert_eq!(text(&workdir, "c/codebook.toml").matches("[[issue]]").count(), 2, "{pair}");
    }
}

#[test]
fn a_companion_number_is_no_issue() {
    for other in ["Ward", "District", "Term", "Episode", "rent_conf", "Reliability", "Bezirk", "Kapitel"] {
        let cells = |row: usize| format!("{},Ada Holm,{},{}", day(row), 1 + row % 5, 1 + row * 7 % 4);
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet(&format!("Date,Speaker,Rent cap,{other}"), cells), &[]));
        let codebook = text(&workdir, "c/codebook.toml");
        assert_eq!(codebook.matches("[[issue]]").count(), 1, "{other}: {codebook}");
    }
}

#[test]
fn a_day_of_something_else_is_not_that_of_the_words() {
    for header in ["Date of birth", "Born", "Geburtsdatum", "Date de naissance", "Дата народження", "Deadline"]
    {
        let cells = |row: usize| format!("19{:02}-03-14,Ada Holm,{}", 50 + row, row as i32 % 3 - 1);
        let run = import(&Workdir::new(), &sheet(&format!("{header},Speaker,Rent cap"), cells), &[]);
        refused(&run, &[header, "is another day than that of the words", "--map \"COLUMN=date\""]);
    }
    // Beside the day of the words, it is only kept.
    let cells = |row: usize| format!("{},1962-03-14,Ada Holm,{}", day(row), row as i32 % 3 - 1);
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Said on,Born,Speaker,Rent cap", cells), &[]));
    assert!(text(&workdir, "c/statements.csv").contains(",2025-01-12,"), "{}", text(&workdir, "c/statements.csv"));
}

#[test]
fn others_are_not_the_speaker_and_other_texts_are_not_the_words() {
    for header in ["Opponent", "Asked by", "Addressee", "Target", "Uploaded by", "Gegner"] {
        let cells = |row: usize| format!("{},{},{}", day(row), ["Ada Holm", "Ben Ode"][row % 2], row as i32 % 3 - 1);
        let run = import(&Workdir::new(), &sheet(&format!("Date,{header},Rent cap"), cells), &[]);
        refused(&run, &["no column is recognised as who said it"]);
    }
    for header in ["Question", "Fact check", "Bio", "Frage"] {
        let cells = |row: usize| format!("{},Ada Holm,{}", day(row), row as i32 % 3 - 1);
        let table = sheet("Date,Speaker,Rent cap", cells).replacen("Quote", header, 1);
        refused(&import(&Workdir::new(), &table, &[]), &["no column is recognised as the quotations"]);
    }
}

#[test]
fn what_kind_of_words_they_are_is_seen_in_the_cells() {
    let kinds = |row: usize| if row.is_multiple_of(3) { "paraphrase" } else { "quote" };
    let cells = |row: usize| format!("{},Ada Holm,{},{}", day(row), row as i32 % 3 - 1, kinds(row));
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Date,Speaker,Rent cap,Type", cells), &[]));
    let statements = text(&workdir, "c/statements.csv");
    assert_eq!(statements.matches(",indirect,").count(), 4, "{statements}");
    let posts = |row: usize| format!("{},Ada Holm,{},{}", day(row), row as i32 % 3 - 1, ["post", "interview"][row % 2]);
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Date,Speaker,Rent cap,Type", posts), &[]));
}

/// What is read as one thing, or taken in spite of a doubt, is said.
#[test]
fn words_put_together_and_doubtful_days_are_told() {
    let levels = ["Totally against", "Strongly against", "Neutral", "Strongly for"];
    let cells = |row: usize| format!("{},Ada Holm,{}", day(row), levels[row % 4]);
    let run = import(&Workdir::new(), &sheet("Date,Speaker,Rent cap", cells), &[]);
    sound(&run);
    let told = one_line(&run.stdout);
    assert!(told.contains("“Strongly against”, “Totally against” are read as one level"), "{told}");
    // Forms of one word are one word.
    let levels = ["support", "supports", "oppose", "opposed"];
    let cells = |row: usize| format!("{},Ada Holm,{}", day(row), levels[row % 4]);
    let run = import(&Workdir::new(), &sheet("Date,Speaker,Rent cap", cells), &[]);
    assert!(run.code == 0 && !one_line(&run.stdout).contains("read as one level"), "{}", run.stdout);

    let doubt = |row: usize| if row == 4 { "4 May 2025?".to_owned() } else { day(row) };
    let cells = |row: usize| format!("{},Ada Holm,{}", doubt(row), row as i32 % 3 - 1);
    let run = import(&Workdir::new(), &sheet("Date,Speaker,Rent cap", cells), &[]);
    sound(&run);
    let told = one_line(&(run.stdout + &run.stderr));
    assert!(told.contains("1 date has a question mark"), "{told}");
}

#[test]
fn a_scale_that_the_header_names_has_room_for_all_its_numbers() {
    let cells = |row: usize| format!("{},Ada Holm,{}", day(row), if row > 9 { 10 } else { 1 + row % 5 });
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Date,Speaker,Runway (0-10)", cells), &[]));
    assert_eq!(text(&workdir, "c/codebook.toml").matches("[[issue.level]]").count(), 11);
}
