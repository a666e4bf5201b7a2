//! What was said of a file is kept for that file and its sheets: the same file again needs no flag, and changes nothing.

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::support::{Run, Workdir, refused, sound, text};

/// The files with labels, by their names without the ending.
fn coders(workdir: &Workdir) -> Vec<String> {
    let entries = std::fs::read_dir(workdir.path().join("c/labels")).unwrap().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().trim_end_matches(".csv").to_owned()).collect();
    names.sort();
    names
}

fn import(workdir: &Workdir, flags: &[&str]) -> Run {
    workdir.run(&[&["import"], flags, &["--corpus", "c"]].concat())
}

/// The same command without flags finds nothing new.
fn nothing_new(workdir: &Workdir, file: &str) {
    let run = import(workdir, &[file]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
}

/// A sheet whose first columns are called as those of a corpus.
fn sheet(columns: &str, rows: [&str; 3]) -> String {
    let mut text = format!("id,date,speaker,text,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        text += &format!("s{number},2025-0{}-12,Mara Lindqvist,We say sentence number {number}.,{row}\n", number + 1);
    }
    text
}

#[test]
fn what_was_said_of_columns_counts_whatever_their_names_are() {
    for (columns, rows, flags) in [
        ("said,ferry", ["2024-01-02,1", "2024-02-02,-1", "2024-03-02,2"], &["said=date", "date=ignore"][..]),
        ("who,ferry", ["ada,1", "ben,-1", "ada,2"], &["who=coder"]),
        ("code,score", ["1,3", "-1,2", "2,3"], &["code=position:ferry", "score=ignore"]),
        ("a_k,b_m", ["1,1", "-1,-1", "2,1"], &["a_k=position:ferry@k", "b_m=position:ferry@m"]),
        ("ferry", ["0", "0.5", "1"], &["ferry=position"]),
    ] {
        let workdir = Workdir::new();
        workdir.write("s.csv", sheet(columns, rows));
        let maps: Vec<&str> = flags.iter().flat_map(|flag| ["--map", flag]).collect();
        let levels: &[&str] = if columns == "ferry" { &["--levels", "ferry=0,0.5,1"] } else { &[] };
        sound(&import(&workdir, &[&["s.csv"], &maps[..], levels].concat()));
        let names = ["c/statements.csv", "c/codebook.toml"];
        let before = (names.map(|name| text(&workdir, name)), coders(&workdir));
        nothing_new(&workdir, "s.csv");
        assert_eq!((names.map(|name| text(&workdir, name)), coders(&workdir)), before, "{columns}");
    }
}

#[test]
fn a_correction_in_such_a_sheet_reaches_its_issue() {
    let workdir = Workdir::new();
    workdir.write("s.csv", sheet("code", ["1", "-1", "2"]));
    sound(&import(&workdir, &["s.csv", "--map", "code=position:ferry"]));
    workdir.write("s.csv", sheet("code", ["-2", "-1", "2"]));
    let run = import(&workdir, &["s.csv"]);
    assert!(run.stdout.contains("s0 on ferry by me: 1 is now -2"), "{}{}", run.stdout, run.stderr);
    assert_eq!(text(&workdir, "c/codebook.toml").matches("[[issue]]").count(), 1);
}

/// A sheet of one speaker, with so many rows.
fn of_speaker(name: &str, rows: u32) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    for (column, header) in (0..).zip(["Date", "Quote", "Ferry"]) {
        sheet.write(0, column, header).unwrap();
    }
    for row in 1..=rows {
        sheet.write(row, 0, format!("2025-0{row}-12")).unwrap();
        sheet.write(row, 1, format!("We of {name} say sentence {row}.")).unwrap();
        sheet.write(row, 2, f64::from(row % 3) - 1.0).unwrap();
    }
    sheet
}

fn book(workdir: &Workdir, sheets: &[(&str, u32)]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        book.push_worksheet(of_speaker(name, *rows));
    }
    book.save(workdir.path().join("s.xlsx")).unwrap();
}

#[test]
fn sheets_that_came_in_once_are_read_each_time() {
    let workdir = Workdir::new();
    book(&workdir, &[("Ada", 3), ("Ben", 3), ("Cy", 3)]);
    let run = import(&workdir, &["s.xlsx", "--sheet", "Ada", "--speaker", "Ada Holm"]);
    sound(&run);
    assert!(run.stdout.contains("2 other sheets are left out: `Ben`, `Cy`"), "{}", run.stdout);
    sound(&import(&workdir, &["s.xlsx", "--sheet", "Ben", "--speaker", "Ben Ode"]));
    nothing_new(&workdir, "s.xlsx");
    book(&workdir, &[("Ada", 4), ("Ben", 5), ("Cy", 3)]);
    let run = import(&workdir, &["s.xlsx"]);
    assert!(run.stdout.contains("3 new statements, 3 new labels"), "{}{}", run.stdout, run.stderr);
    let run = import(&workdir, &["s.xlsx", "--sheet", "Ada", "--sheet", "Ben"]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
    let statements = text(&workdir, "c/statements.csv");
    assert_eq!(["Ada Holm,We of Ada", "Ben Ode,We of Ben"].map(|own| statements.matches(own).count()), [4, 5]);
}

#[test]
fn the_name_of_a_sheet_may_be_that_of_its_speaker() {
    let workdir = Workdir::new();
    book(&workdir, &[("Ada", 3), ("Ben", 3)]);
    refused(&import(&workdir, &["s.xlsx"]), &["--map sheet=speaker"]);
    let both = ["s.xlsx", "--sheet", "Ada", "--sheet", "Ben"];
    refused(&import(&workdir, &[&both[..], &["--speaker", "Ada"]].concat()), &["--map sheet=speaker"]);
    sound(&import(&workdir, &[&both[..], &["--map", "sheet=speaker"]].concat()));
    let statements = text(&workdir, "c/statements.csv");
    assert_eq!(["Ada,We of Ada", "Ben,We of Ben"].map(|own| statements.matches(own).count()), [3, 3]);
    nothing_new(&workdir, "s.xlsx");
    book(&workdir, &[("Ada", 3), ("Ben", 3), ("Cy", 2)]);
    sound(&import(&workdir, &["s.xlsx", "--sheet", "Cy"]));
    assert!(text(&workdir, "c/statements.csv").contains("Cy,We of Cy"));
    refused(&import(&workdir, &["s.xlsx", "--map", "sheet=date"]), &["the name of a sheet cannot be `date`"]);
}

#[test]
fn the_coder_of_a_tools_file_is_kept_with_it() {
    let doccano = |position: &str| {
        format!(
            "{{\"text\":\"We say it.\",\"label\":[\"{position}\"],\"date\":\"2025-01-02\",\"speaker\":\"Ada Holm\"}}\n"
        )
    };
    let prodigy = |position: &str| {
        format!(
            "{{\"text\":\"We say it.\",\"meta\":{{\"date\":\"2025-01-02\",\"speaker\":\"Ada Holm\"}},\"_task_hash\":1,\
             \"options\":[{{\"id\":\"{position}\"}}],\"accept\":[\"{position}\"],\"answer\":\"accept\"}}\n"
        )
    };
    for write in [&doccano as &dyn Fn(&str) -> String, &prodigy] {
        let workdir = Workdir::new();
        workdir.write("a.jsonl", write("for"));
        workdir.write("b.jsonl", write("for"));
        sound(&import(&workdir, &["a.jsonl", "--issue", "ferry", "--coder", "ada"]));
        nothing_new(&workdir, "a.jsonl");
        refused(
            &import(&workdir, &["b.jsonl", "--issue", "ferry"]),
            &["nothing says who labelled `b.jsonl`", "--coder NAME"],
        );
        sound(&import(&workdir, &["b.jsonl", "--issue", "ferry", "--coder", "ben"]));
        assert_eq!(coders(&workdir), ["ada", "ben"]);
        // Several files at once are those of the coders whose names they have, together and alone.
        let workdir = Workdir::new();
        workdir.write("ada.jsonl", write("for"));
        workdir.write("ben.jsonl", write("against"));
        sound(&import(&workdir, &["ada.jsonl", "ben.jsonl", "--issue", "ferry"]));
        nothing_new(&workdir, "ada.jsonl");
        nothing_new(&workdir, "ben.jsonl");
        assert_eq!(coders(&workdir), ["ada", "ben"]);
    }
}

#[test]
fn files_may_be_named_after_their_coders() {
    let workdir = Workdir::new();
    workdir.write("ada.csv", sheet("ferry", ["1", "-1", "2"]));
    workdir.write("ben.csv", sheet("ferry", ["1", "1", "2"]));
    let both = ["ada.csv", "ben.csv"];
    refused(&import(&workdir, &both), &["--map file=coder", "--coder NAME"]);
    sound(&import(&workdir, &[&both[..], &["--map", "file=coder"]].concat()));
    assert_eq!(coders(&workdir), ["ada", "ben"]);
    nothing_new(&workdir, "ben.csv");
}
