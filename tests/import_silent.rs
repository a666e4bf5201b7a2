//! What a sheet may do to quotations, ids and labels without a word: nothing.

use crate::support::{Run, Workdir, refused, sound, text};

fn import(workdir: &Workdir, name: &str, sheet: &str, flags: &[&str]) -> Run {
    workdir.write(name, sheet);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

/// The positions of a coder, in the order of the file.
fn labels(workdir: &Workdir, coder: &str) -> Vec<String> {
    let rows = text(workdir, &format!("c/labels/{coder}.csv"));
    rows.lines().skip(1).map(|row| row.split_once(',').unwrap().1.to_owned()).collect()
}

/// A sheet with a quotation in each row, and more columns beside it.
fn sheet(columns: &str, rows: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        text += &format!("2025-{:02}-12,Mara Lindqvist,We say sentence number {number} here.,{row}\n", 1 + number);
    }
    text
}

#[test]
fn a_separator_within_a_quotation_cuts_nothing() {
    for (header, rows) in [
        ("Date,Speaker,Tram,Quote", ["Ada Holm,2,Well, number 4.", "Ben Ode,-2,No."]),
        ("Date,Speaker,Tram,Quote,", ["Ada Holm,2,Well, number 4.", "Ben Ode,-2,No."]),
        ("Date,Speaker,Tram,Quote,Source", ["Ada Holm,2,Well, number 4.,Herald", "Ben Ode,-2,No.,Herald"]),
        ("Date,Speaker,Tram,Quote,Source", ["Ada Holm,2,Well, number 4.,", "Ben Ode,-2,No.,"]),
    ] {
        let table = format!("{header}\n2025-01-01,Cy Marr,1,Yes.\n2025-01-02,{}\n2025-01-03,{}\n", rows[0], rows[1]);
        let workdir = Workdir::new();
        refused(&import(&workdir, "s.csv", &table, &[]), &["s.csv:3:", "put the quotation between quotation marks"]);
        sound(&import(&workdir, "s.csv", &table, &["--partial"]));
        assert_eq!(text(&workdir, "c/statements.csv").lines().count(), 3, "{header}");
        // What is left waits for a person: as it is, it is refused again.
        let rest = text(&workdir, "c-rest.csv");
        refused(&import(&workdir, "rest.csv", &rest, &["--coder", "me"]), &["rest.csv:2:", "quotation marks"]);
    }
    // Programs that end each row with a separator cut nothing.
    let table = "Date,Speaker,Tram,Quote\n2025-01-01,Cy Marr,1,Yes.,\n2025-01-02,Ada Holm,2,\"Well, yes.\",\n";
    sound(&import(&Workdir::new(), "s.csv", table, &["--map", "Tram=position"]));
}

#[test]
fn a_quotation_mark_swallows_no_rows() {
    let table = "Date,Speaker,Quote,Tram\n2025-01-01,Ada Holm,We act.,2\n2025-01-03,Ada Holm,\"Unclosed here.,-1\n\
                 2025-01-04,Ben Ode,Swallowed row.,2\n2025-01-05,Ada Holm,So he said\",1\n2025-01-06,Ben Ode,No.,0\n";
    refused(&import(&Workdir::new(), "s.csv", table, &[]), &["s.csv:3:", "looks like a row of the table"]);
    let lines = "Date,Speaker,Quote,Tram\n2025-01-01,Ada Holm,\"We act,\nnow, and here,\nall of us.\",2\n";
    sound(&import(&Workdir::new(), "s.csv", lines, &["--map", "Tram=position"]));
}

#[test]
fn ids_of_another_file_move_no_label() {
    let first = "id,Date,Speaker,Quote,Tram\n1,2025-01-03,Ada Holm,We must act now.,-2\n2,2025-02-04,Ben Ode,I am against it.,-1\n";
    let other = "id,Date,Speaker,Quote,Tram\n1,2025-06-08,Ben Ode,I could be persuaded.,-2\n2,2025-07-09,Ada Holm,A firm yes.,-1\n";
    let anew =
        "id,Date,Speaker,Quote,Tram\n1,2025-02-04,Ben Ode,I am against it.,-1\n2,2025-03-05,Ada Holm,Wait and see.,0\n";
    for (next, statements) in [(other, 4), (anew, 3)] {
        let workdir = Workdir::new();
        sound(&import(&workdir, "s.csv", first, &[]));
        let before = text(&workdir, "c/statements.csv");
        refused(
            &import(&workdir, "s.csv", next, &[]),
            &["ids of 2 rows for other statements", "--map \"id=keep\"", "--corrected"],
        );
        assert_eq!(text(&workdir, "c/statements.csv"), before);
        sound(&import(&workdir, "s.csv", next, &["--map", "id=keep"]));
        assert_eq!(text(&workdir, "c/statements.csv").lines().count(), statements + 1);
        assert!(text(&workdir, "c/statements.csv").starts_with(before.lines().next().unwrap()));
    }
    // A corrected text, date or name is a correction.
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", first, &[]));
    let fixed = first.replace("act now", "act right now").replace("2025-02-04,Ben Ode", "2025-02-05,Ben Ode");
    let run = import(&workdir, "s.csv", &fixed, &[]);
    assert!(run.code == 0 && run.stdout.contains("2 statements changed"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_was_said_of_one_file_holds_for_no_other() {
    let of_one = "Date,Quote,Position\n2025-01-01,We must act now.,2\n2025-02-01,I am against it.,-2\n";
    let of_other = "Date,Quote,Position\n2025-01-01,From Ben: no.,-2\n2025-02-09,From Ben: yes.,2\n";
    let flags = ["--speaker", "Ada Holm", "--issue", "Tram", "--coder", "anna"];
    let workdir = Workdir::new();
    sound(&import(&workdir, "holm.csv", of_one, &flags));
    // The same file needs no flag, and it is said what it gets.
    let run = import(&workdir, "holm.csv", &format!("{of_one}2025-03-01,Not yet decided.,1\n"), &[]);
    sound(&run);
    assert!(run.stdout.contains("everything was said by Ada Holm, as import.toml says"), "{}", run.stdout);
    assert_eq!(labels(&workdir, "anna").len(), 3);
    refused(&import(&workdir, "ode.csv", of_other, &[]), &["--speaker"]);
    refused(
        &import(&workdir, "ode.csv", of_other, &["--speaker", "Ben Ode"]),
        &["who labelled", "--coder", "--issue", "Tram"],
    );
    sound(&import(&workdir, "ode.csv", of_other, &["--speaker", "Ben Ode", "--issue", "Bus", "--coder", "ben"]));
    let kept = text(&workdir, "c/import.toml");
    assert!(kept.contains("[files.\"holm.csv\"]") && kept.contains("speaker = \"Ben Ode\""), "{kept}");
    sound(&import(&workdir, "ode.csv", of_other, &[]));
}

#[test]
fn a_second_coder_is_no_correction_of_the_first() {
    let first = sheet("Tram", &["1", "-1", "0", "2"]);
    let other = sheet("Tram", &["1", "1", "0", "-2"]);
    let workdir = Workdir::new();
    sound(&import(&workdir, "first.csv", &first, &[]));
    refused(&import(&workdir, "second.csv", &other, &[]), &["2 labels are others", "--coder NAME", "--coder me"]);
    sound(&import(&workdir, "second.csv", &other, &["--coder", "ben"]));
    assert_eq!((labels(&workdir, "me").len(), labels(&workdir, "ben").len()), (4, 4));
    // The same file, corrected, is a correction.
    let run = import(&workdir, "first.csv", &other, &[]);
    assert!(run.code == 0 && run.stdout.contains("2 labels changed"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn files_of_one_name_in_2_folders_are_2_files() {
    let first = sheet("Tram", &["1", "-1", "0", "2"]);
    let other = sheet("Tram", &["1", "1", "0", "-2"]);
    let workdir = Workdir::new();
    sound(&import(&workdir, "anna/coding.csv", &first, &["--coder", "anna"]));
    let before = text(&workdir, "c/labels/anna.csv");
    refused(&import(&workdir, "ben/coding.csv", &other, &[]), &["who labelled", "--coder"]);
    assert_eq!(text(&workdir, "c/labels/anna.csv"), before);
    sound(&import(&workdir, "ben/coding.csv", &other, &["--coder", "ben"]));
    // The same file, corrected, needs no flag.
    let run = import(&workdir, "anna/coding.csv", &other, &[]);
    assert!(run.code == 0 && run.stdout.contains("2 labels changed"), "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir, "ben").len(), 4);
}

#[test]
fn separators_at_the_end_and_lines_of_a_quotation_are_no_faults() {
    let table = "Date,Speaker,Quote,Tram\n2025-01-01,Ada Holm,We act.,1\n2025-01-02,Ben Ode,We wait.,-1,,\n\
                 2025-01-03,Cy Marr,\"We were clear.\n3 May 2024, we said no.\",2\n";
    sound(&import(&Workdir::new(), "s.csv", table, &["--map", "Tram=position"]));
}

#[test]
fn a_name_of_nobody_is_told_once() {
    let table = "Date,Speaker,Quote,Tram\n2025-01-01,Ada Holm,We act.,1\n2025-01-02,Unknown,We wait.,-1\n\
                 2025-01-03,Unknown,We go.,2\n2025-01-04,S.O.,We stay.,-2\n";
    let run = import(&Workdir::new(), "s.csv", table, &["--map", "Tram=position"]);
    sound(&run);
    assert_eq!(run.stdout.matches("as if it were").count(), 1, "{}", run.stdout);
    let run = import(&Workdir::new(), "s.csv", &table.replace("Unknown", "-"), &["--map", "Tram=position"]);
    refused(&run, &["the speaker is empty"]);
    assert!(!run.stdout.contains("as if it were"), "{}", run.stdout);
}

#[test]
fn levels_that_are_numbers_keep_their_order() {
    let table = sheet("Tram", &["0", "0.5", "1", "0,5".replace(',', ".").as_str()]);
    let workdir = Workdir::new();
    refused(&import(&workdir, "s.csv", &table, &["--map", "Tram=position"]), &["--levels \"Tram=0,0.5,1\""]);
    sound(&import(&workdir, "s.csv", &table, &["--levels", "Tram=0,0.5,1"]));
    assert_eq!(labels(&workdir, "me"), ["tram,-1", "tram,0", "tram,1", "tram,0"]);
    // The next sheet is read in the same way, without the flag.
    let run = import(&workdir, "s.csv", &sheet("Tram", &["0", "0.5", "1", "0.50", "0", "1.0"]), &[]);
    sound(&run);
    assert_eq!(labels(&workdir, "me")[3..], ["tram,0", "tram,-1", "tram,1"]);
    refused(&import(&workdir, "s.csv", &sheet("Tram", &["0", "0.5", "1", "0.50", "0.7"]), &[]), &["`0.7`"]);
    // Dashes are levels if a person says so.
    let workdir = Workdir::new();
    let table = sheet("Tram", &["--", "-", "0", "+", "++", "-"]);
    sound(&import(&workdir, "s.csv", &table, &["--levels", "Tram=--,-,0,+,++"]));
    let signs = ["tram,-2", "tram,-1", "tram,0", "tram,1", "tram,2", "tram,-1"];
    assert_eq!(labels(&workdir, "me"), signs);
    let run = import(&workdir, "s.csv", &table, &[]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn codes_for_no_answer_and_mixed_scales_are_asked_about() {
    for (cells, code) in [
        (["1", "5", "3", "99", "2", "4"], "99"),
        (["1", "5", "3", "-99", "99", "4"], "-99,99"),
        (["1", "5", "3", "8", "9", "4"], "8,9"),
        (["1", "5", "3", "-1", "2", "4"], "-1"),
        (["-2", "2", "1", "0", "-99", "-1"], "-99"),
    ] {
        let workdir = Workdir::new();
        let table = sheet("Tram", &cells);
        let run = import(&workdir, "s.csv", &table, &["--map", "Tram=position"]);
        refused(&run, &[&format!("--no-position \"{code}\"")]);
        sound(&import(&workdir, "s.csv", &table, &["--map", "Tram=position", "--no-position", code]));
    }
    let mixed = sheet("Tram", &["4/5", "1/5", "3/4", "2/5"]);
    refused(&import(&Workdir::new(), "s.csv", &mixed, &["--map", "Tram=position"]), &["scales that end at 4, 5"]);
}

#[test]
fn columns_that_differ_by_a_name_are_asked_about() {
    // However their cells agree.
    let rows = ["2,-1", "-1,0", "0,2", "1,-2", "-2,1", "0,1"];
    for columns in [
        "Heat pumps (Anna),Heat pumps (Ben)",
        "Heat pumps - Anna,Heat pumps - Ben",
        "Heat pumps Anna,Heat pumps Ben",
        "Anna: Heat pumps,Ben: Heat pumps",
        "Anna Tram,Ben Tram",
        "Tram A,Tram B",
        "Tram 1,Tram 2",
        "tram1,tram2",
        "tram.anna,tram.ben",
        "Tram r1,Tram r2",
    ] {
        let run = import(&Workdir::new(), "s.csv", &sheet(columns, &rows), &[]);
        refused(&run, &["read by several coders, or several issues", "@", "=position\""]);
    }
    for columns in ["Heat pumps,Heat networks", "Tram,Bus", "Minimum wage,Minimum tax", "Q1,Q2"] {
        sound(&import(&Workdir::new(), "s.csv", &sheet(columns, &rows), &[]));
    }
    let merged = "Date,Speaker,Quote,Tram,,Bus,\n,,,anna,ben,anna,ben\n2025-01-01,Ada Holm,We act.,1,-1,0,1\n\
                  2025-01-02,Ada Holm,We wait.,-1,0,1,1\n2025-01-03,Ben Ode,We go.,0,1,-1,-1\n";
    refused(&import(&Workdir::new(), "s.csv", merged, &[]), &["`Tram anna`", "`Bus ben`", "@anna"]);
}

#[test]
fn what_stands_in_the_place_of_a_name_is_no_speaker() {
    let table = |name: &str| {
        format!(
            "Date,Speaker,Quote,Tram\n2025-01-01,Ada Holm,We act.,1\n2025-01-02,{name},We wait.,-1\n2025-01-03,Ada Holm,We go.,0\n"
        )
    };
    for mark in ["\"\"\"\"", "〃", "ditto", "''", "idem"] {
        refused(&import(&Workdir::new(), "s.csv", &table(mark), &[]), &["stands for the name in a row above"]);
    }
    for (name, words) in [
        ("unknown", "as if it were a name"),
        ("Ada Holm; Ben Ode", "may be several speakers"),
        ("A. Holm", "nearly the same name"),
        ("Ada Holm MP", "nearly the same name"),
    ] {
        let run = import(&Workdir::new(), "s.csv", &table(name), &[]);
        assert!(run.code == 0 && run.stdout.contains(words), "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn dates_of_other_things_are_not_taken_for_the_day() {
    let table = |header: &str| {
        format!("{header},Speaker,Quote,Tram\n2025-01-01,Ada Holm,We act.,1\n2025-01-02,Ben Ode,We wait.,-1\n")
    };
    for header in ["Coding date", "Date retrieved", "Last updated", "Date accessed", "Abrufdatum abgerufen"] {
        refused(&import(&Workdir::new(), "s.csv", &table(header), &[]), &[&format!("--map \"{header}=date\"")]);
        sound(&import(&Workdir::new(), "s.csv", &table(header), &["--map", &format!("{header}=date")]));
    }
    let run = import(&Workdir::new(), "s.csv", &table("Published"), &[]);
    assert!(run.code == 0 && run.stdout.contains("is taken as the day"), "{}{}", run.stdout, run.stderr);
    let cut = table("Date").replace("2025-01-01", "2025.1").replace("2025-01-02", "2025.11");
    let run = import(&Workdir::new(), "s.csv", &cut, &[]);
    assert!(run.stdout.contains("may be January or October"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn an_author_beside_another_name_is_asked_about() {
    let table = |columns: &str| {
        format!(
            "Date,{columns},Quote,Tram\n2025-01-01,Jo Porter,Ada Holm,We act.,1\n2025-01-02,Kim West,Ben Ode,We wait.,-1\n"
        )
    };
    refused(&import(&Workdir::new(), "s.csv", &table("Author,Source"), &[]), &["2 columns may be the speaker"]);
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &table("Autor,Akteur"), &[]));
    assert!(text(&workdir, "c/statements.csv").contains("2025-01-01,Ada Holm"));
    refused(&import(&Workdir::new(), "s.csv", &table("Journalist,Remarks"), &[]), &["who said it"]);
}

#[test]
fn corrected_words_take_the_place_of_the_old_ones_if_a_person_says_so() {
    let workdir = Workdir::new();
    let first = sheet("Tram", &["1", "-1", "0", "2"]);
    sound(&import(&workdir, "s.csv", &first, &[]));
    let fixed = first.replace("We say sentence number 1 here", "We say the sentence number 1 here");
    let run = import(&workdir, "s.csv", &fixed, &["--dry-run"]);
    assert!(run.stdout.contains("--corrected"), "{}", run.stdout);
    let run = import(&workdir, "s.csv", &fixed, &["--corrected"]);
    assert!(run.code == 0 && run.stdout.contains("1 statement changed"), "{}{}", run.stdout, run.stderr);
    let statements = text(&workdir, "c/statements.csv");
    assert!(statements.lines().count() == 5 && statements.contains("the sentence number 1"), "{statements}");
    assert_eq!(labels(&workdir, "me"), ["tram,1", "tram,-1", "tram,0", "tram,2"]);
    let run = import(&workdir, "s.csv", &fixed, &[]);
    assert!(run.stdout.contains("nothing new"), "{}", run.stdout);
}

#[test]
fn one_column_for_each_answer_is_named() {
    let table = sheet("For,Neutral,Against", &["x,,", ",,x", ",x,", "x,,"]);
    refused(&import(&Workdir::new(), "s.csv", &table, &[]), &["one column for each answer", "=IF(D2"]);
    let merged = "Respondent ID,Speaker,Date said,Quotation,Position on the charge,,\n,Open-Ended Response,Date,Open-Ended Response,Against,Undecided,For\n\
                  1,Ada Holm,2024-06-05,Nine is too many.,Against,,\n2,Ada Holm,2024-07-05,We go ahead.,,,For\n3,Ben Ode,2024-08-05,Perhaps.,,Undecided,\n";
    refused(&import(&Workdir::new(), "s.csv", merged, &[]), &["one column for each answer"]);
}

#[test]
fn a_code_keeps_its_sign_at_the_next_import() {
    let workdir = Workdir::new();
    let line = |text: &str, code: &str, month: u32| {
        format!(
            "{{\"text\":\"{text}\",\"label\":[\"{code}\"],\"date\":\"2025-{month:02}-03\",\"speaker\":\"Ada Holm\"}}\n"
        )
    };
    let file = line("We act on it now.", "tram: 2", 1) + &line("Never will we do it.", "tram: -2", 2);
    sound(&import(&workdir, "d.jsonl", &file, &[]));
    let first = labels(&workdir, "me");
    assert_eq!(first, ["tram,2", "tram,-2"]);
    let again = import(&workdir, "d.jsonl", &file, &[]);
    sound(&again);
    assert!(again.stdout.contains("nothing new"), "{}", again.stdout);
    assert_eq!(labels(&workdir, "me"), first);
    // As the hint writes it.
    let workdir = Workdir::new();
    let file = line("We act on it now.", "1", 1) + &line("Never will we do it.", "-1", 2);
    sound(&import(&workdir, "d.jsonl", &file, &["--code", "1=tram:1", "--code", "-1=tram:-1"]));
    assert_eq!(labels(&workdir, "me"), ["tram,1", "tram,-1"]);
    // Signs and pictures are codes, too.
    let workdir = Workdir::new();
    let file = line("We act on it now.", "👍", 1) + &line("Never will we do it.", "👎", 2);
    sound(&import(&workdir, "d.jsonl", &file, &["--code", "👍=tram:1", "--code", "👎=tram:-1"]));
    assert_eq!(labels(&workdir, "me"), ["tram,1", "tram,-1"]);
}

#[test]
fn columns_that_differ_in_a_number_or_are_filled_by_turns_are_issues() {
    for (columns, issues) in [
        ("Rent cap (2024),Rent cap (2025)", ["rent-cap-2024", "rent-cap-2025"]),
        ("EU Army,EU Tariffs", ["eu-army", "eu-tariffs"]),
    ] {
        let workdir = Workdir::new();
        let run = import(&workdir, "s.csv", &sheet(columns, &["2,", ",1", "-2,", ",-1", "1,", ",2"]), &[]);
        sound(&run);
        let codebook = text(&workdir, "c/codebook.toml");
        assert!(issues.iter().all(|issue| codebook.contains(&format!("id = \"{issue}\""))), "{codebook}");
    }
    // In the same rows, and much alike, they may be 2 people.
    let rows = ["2,2", "1,1", "-2,-2", "0,1", "1,1", "2,2"];
    refused(&import(&Workdir::new(), "s.csv", &sheet("Tram Anna,Tram Ben", &rows), &[]), &["read by several coders"]);
}

#[test]
fn a_task_without_an_answer_names_no_coder() {
    let task = |text: &str, accept: &str, answer: &str| {
        format!(
            "{{\"text\":\"{text}\",\"meta\":{{\"speaker\":\"Ada Holm\",\"date\":\"2025-02-01\"}},\"options\":[{{\"id\":\"for\",\
             \"text\":\"For\"}},{{\"id\":\"against\",\"text\":\"Against\"}}],\"accept\":[{accept}],\"answer\":\"{answer}\",\
             \"_annotator_id\":\"tram-anna\",\"_session_id\":\"tram-anna\"}}\n"
        )
    };
    let file = task("Build it.", "\"for\"", "accept")
        + &task("Not that.", "\"against\"", "accept")
        + &task("Well.", "", "ignore");
    let workdir = Workdir::new();
    sound(&import(&workdir, "p.jsonl", &file, &["--issue", "tram"]));
    let again = import(&workdir, "p.jsonl", &file, &[]);
    sound(&again);
    assert!(again.stdout.contains("nothing new"), "{}", again.stdout);
}
