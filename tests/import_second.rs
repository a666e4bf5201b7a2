//! A second column of positions beside one that is recognised: it is asked about or taken, and other columns are not.

use crate::support::{Run, Workdir, refused, sound, text};

fn import(workdir: &Workdir, sheet: &str, flags: &[&str]) -> Run {
    workdir.write("s.csv", sheet);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

/// A sheet with positions in its column `Buses`, and another column.
fn beside(header: &str, cells: &[&str], buses: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{header},Buses\n");
    for number in 0..24 {
        let (cell, bus) = (cells[number % cells.len()], buses[number * 7 % buses.len()]);
        let speaker = ["Ada Holm", "Ben Ode"][number % 2];
        let (month, day) = (1 + number / 2, 3 + number % 2);
        text += &format!("2025-{month:02}-{day:02},{speaker},We say sentence number {number} here.,{cell},{bus}\n");
    }
    text
}

const NUMBERS: [&str; 3] = ["1", "0", "-1"];
const WORDS: [&str; 3] = ["for", "against", "neutral"];

/// The different labels on an issue.
fn given(workdir: &Workdir, issue: &str) -> Vec<String> {
    let labels = text(workdir, "c/labels/me.csv");
    let mut given: Vec<String> =
        labels.lines().filter_map(|line| Some(line.split_once(&format!(",{issue},"))?.1.to_owned())).collect();
    given.sort();
    given.dedup();
    given
}

#[test]
fn a_second_column_that_may_hold_positions_is_asked_about() {
    for (cells, flags, labels) in [
        (&["1", "2", "99"][..], &["--map", "Depot=position", "--no-position", "99"][..], &["", "1", "2"][..]),
        (&["1", "4", "998"], &["--map", "Depot=position", "--no-position", "998"], &["", "1", "4"]),
        (&["1", "0.5", "-1"], &["--levels", "Depot=-1,0.5,1"], &["-1", "0", "1"]),
        (&["A", "B", "C"], &["--levels", "Depot=A,B,C"], &["-1", "0", "1"]),
        (&["d", "c", "b", "a"], &["--levels", "Depot=d,c,b,a"], &["-1", "-2", "1", "2"]),
        (&["yes", "no", ""], &["--map", "Depot=position"], &["-1", "1"]),
        (&["ja", "nein"], &["--map", "Depot=position"], &["-1", "1"]),
        (&["так", "ні"], &["--map", "Depot=position"], &["-1", "1"]),
        (&["TRUE", "FALSE"], &["--levels", "Depot=FALSE,TRUE"], &["-1", "1"]),
        (&["wahr", "falsch"], &["--levels", "Depot=falsch,wahr"], &["-1", "1"]),
        (&["++", "-", "+"], &["--levels", "Depot=-,+,++"], &["-1", "0", "1"]),
        (&["+", "-", "0"], &["--levels", "Depot=-,0,+"], &["-1", "0", "1"]),
        (&["high", "medium", "low"], &["--levels", "Depot=low,medium,high"], &["-1", "0", "1"]),
        (&["hoch", "niedrig"], &["--levels", "Depot=niedrig,hoch"], &["-1", "1"]),
        (
            &["gerade noch pro", "grundsätzlich contra", "grundsätzlich pro"],
            &["--levels", "Depot=grundsätzlich contra,gerade noch pro,grundsätzlich pro"],
            &["-1", "0", "1"],
        ),
    ] {
        for buses in [NUMBERS, WORDS] {
            let workdir = Workdir::new();
            let sheet = beside("Depot", cells, &buses);
            let asked = import(&workdir, &sheet, &[]);
            refused(&asked, &["s.csv:1:20: `Depot` has", "nothing says whether it is one", "--map \"Depot=keep\""]);
            // The flag that the hint names brings the column in.
            sound(&import(&workdir, &sheet, flags));
            assert_eq!(given(&workdir, "depot"), labels, "{cells:?}");
            sound(&import(&Workdir::new(), &sheet, &["--map", "Depot=keep"]));
        }
    }
}

#[test]
fn words_in_any_grade_are_taken() {
    for (cells, labels) in [
        (&["fermement contre", "contre", "neutre", "pour", "fermement pour"][..], &["-1", "-2", "0", "1", "2"][..]),
        (&["plutôt contre", "contre", "pour", "légèrement pour"], &["-1", "-2", "1", "2"]),
        (&["klar dagegen", "eher dagegen", "eher dafür", "deutlich dafür"], &["-1", "-2", "1", "2"]),
        (&["скоріше проти", "різко проти", "за"], &["-1", "-3", "2"]),
        (&["отчасти за", "резко против"], &["-2", "1"]),
        (&["claramente en contra", "ligeramente a favor"], &["-2", "1"]),
        (&["clearly against", "tentatively for"], &["-2", "1"]),
    ] {
        for buses in [NUMBERS, WORDS] {
            let workdir = Workdir::new();
            sound(&import(&workdir, &beside("Depot", cells, &buses), &[]));
            assert_eq!(given(&workdir, "depot"), labels, "{cells:?}");
        }
    }
}

#[test]
fn columns_that_say_what_a_row_is_like_are_not_asked_about() {
    for (header, cells) in [
        ("Gender", &["f", "m"][..]),
        ("Party", &["A", "B", "C"]),
        ("Channel", &["TV", "radio"]),
        ("Verified", &["yes", "no"]),
        ("Page", &["1", "2", "99"]),
        ("Week", &["1", "2", "3"]),
        ("Priority", &["1", "2", "3"]),
        ("Priority", &["A", "B", "C"]),
        ("Priorität", &["hoch", "mittel", "niedrig"]),
        ("Notes", &["+", "-"]),
        ("Translated", &["TRUE", "FALSE"]),
        ("Has video", &["yes", "no"]),
        ("Traduit", &["oui", "non"]),
        ("Надійність", &["А", "Б", "В"]),
        ("Перевірено", &["так", "ні"]),
        ("Length in hours", &["0.5", "1", "1.5"]),
        ("Media type", &["print", "online"]),
        ("Talk", &["opening", "closing", "questions"]),
        ("Town", &["Oslo", "Bergen"]),
        // What comes once, or always, is no answer of a scale.
        ("Depot", &["yes"]),
        ("Depot", &["+"]),
        ("Depot", &["B", "F", "T"]),
    ] {
        for buses in [NUMBERS, WORDS] {
            let workdir = Workdir::new();
            let run = import(&workdir, &beside(header, cells, &buses), &[]);
            assert_eq!(run.code, 0, "{header} {cells:?}: {}", run.stderr);
            assert_eq!(text(&workdir, "c/labels/me.csv").lines().count(), 25, "{header} {cells:?}");
        }
    }
}

#[test]
fn zero_below_one_to_five_is_asked_about() {
    let sheet = |header: &str, cells: &[&str]| beside(header, cells, &[""]).replace(",Buses\n", ",Remark\n");
    let workdir = Workdir::new();
    let cells = ["0", "1", "2", "3", "4", "5"];
    let asked = import(&workdir, &sheet("Depot", &cells), &["--map", "Depot=position"]);
    refused(&asked, &["may be no answer", "which are +1 to +5", "--no-position \"0\"", "--levels \"Depot=0,5\""]);
    sound(&import(&workdir, &sheet("Depot", &cells), &["--map", "Depot=position", "--no-position", "0"]));
    assert_eq!(given(&workdir, "depot"), ["", "1", "2", "3", "4", "5"]);
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Depot", &cells), &["--map", "Depot=position", "--levels", "Depot=0,5"]));
    assert_eq!(given(&workdir, "depot"), cells);
    // Nothing is asked if the header names the scale, or if nothing says that it begins at 1.
    sound(&import(&Workdir::new(), &sheet("Depot (0-5)", &cells), &["--map", "Depot (0-5)=position"]));
    sound(&import(&Workdir::new(), &sheet("Depot", &["0", "1", "2", "3", "4"]), &["--map", "Depot=position"]));
    sound(&import(&Workdir::new(), &sheet("Depot", &["0", "2", "5", "8", "10"]), &["--map", "Depot=position"]));
}

#[test]
fn cells_beyond_the_levels_that_a_person_names_are_a_fault() {
    let sheet = beside("Depot", &["-2", "-1", "0", "1", "2"], &[""]);
    let workdir = Workdir::new();
    let run = import(&workdir, &sheet, &["--levels", "Depot=-1,0,1"]);
    refused(&run, &["--levels names the levels -1 to +1 of Depot", "-2", "2", "--levels \"Depot=-2,2\""]);
    for levels in ["Depot=-2,2", "Depot=-3,3"] {
        sound(&import(&Workdir::new(), &sheet, &["--levels", levels]));
    }
    sound(&import(&workdir, &sheet, &["--levels", "Depot=-1,0,1", "--no-position", "-2", "--no-position", "2"]));
    assert_eq!(given(&workdir, "depot"), ["", "-1", "0", "1"]);
}

#[test]
fn signs_beside_a_number_are_named_as_levels() {
    let workdir = Workdir::new();
    let sheet = beside("Depot", &["++", "+", "0", "-", "--"], &[""]);
    refused(&import(&workdir, &sheet, &["--map", "Depot=position"]), &["--levels \"Depot=--,-,0,+,++\""]);
    sound(&import(&workdir, &sheet, &["--levels", "Depot=--,-,0,+,++"]));
    assert_eq!(given(&workdir, "depot"), ["-1", "-2", "0", "1", "2"]);
}
