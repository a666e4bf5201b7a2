//! A sheet or a workbook again: what was corrected or renamed in it, what a workbook cuts, and what is only carried along.

use rust_xlsxwriter::Workbook;

use crate::support::{Run, Workdir, sound, text};

fn import(workdir: &Workdir, name: &str, sheet: &str, flags: &[&str]) -> Run {
    workdir.write(name, sheet);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

/// Rows with a date, a speaker, a quotation and more.
fn sheet(header: &str, rows: &[(&str, &str, &str)]) -> String {
    let mut text = format!("{header}\n");
    for (number, (date, speaker, rest)) in rows.iter().enumerate() {
        text += &format!("{date},{speaker},We say sentence number {number} of the ferry.,{rest}\n");
    }
    text
}

const ROWS: [(&str, &str, &str); 5] = [
    ("2025-01-05", "Mara Lindqvist", "-1"),
    ("2025-02-05", "Mara Lindqvist", "0"),
    ("2025-03-05", "ole brandt", "1"),
    ("2025-04-05", "Ole Brandt", "1"),
    ("2025-05-05", "Ole Brandt", "0"),
];

#[test]
fn what_a_corpus_carries_along_is_no_position_in_its_export() {
    let workdir = Workdir::new();
    let rows = ROWS.map(|(date, speaker, rest)| (date, speaker, format!("{rest},{}", rest.replace('-', "2"))));
    let rows: Vec<(&str, &str, &str)> =
        rows.iter().map(|(date, speaker, rest)| (*date, *speaker, rest.as_str())).collect();
    sound(&import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Ferry,Raw code", &rows), &["--map", "Raw code=keep"]));
    sound(&workdir.run(&["export", "--corpus", "c", "-o", "e.xlsx"]));
    let run = workdir.run(&["import", "e.xlsx", "--corpus", "c"]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
    sound(&workdir.run(&["import", "e.xlsx", "--corpus", "d"]));
    let [old, new] = ["c", "d"].map(|corpus| text(&workdir, &format!("{corpus}/statements.csv")));
    assert!(new.contains("Raw code"), "{new}");
    assert_eq!(old.lines().count(), new.lines().count());
    assert!(!text(&workdir, "d/codebook.toml").contains("raw"));
}

#[test]
fn a_workbook_brings_its_issues_into_a_new_corpus_as_they_were() {
    let workdir = Workdir::new();
    sound(&import(
        &workdir,
        "s.csv",
        &sheet("Date,Speaker,Quote,Ferry_plan (0-10)", &ROWS.map(|(d, s, r)| (d, s, if r == "-1" { "7" } else { r }))),
        &[],
    ));
    let book = text(&workdir, "c/codebook.toml").replace("id = \"ferry-plan\"", "id = \"ferry_plan\"");
    let book =
        book.replace("words = \"3\"", "words = \"rather not\"").replace("question = \"\"", "question = \"The ferry?\"");
    workdir.write("c/codebook.toml", book);
    workdir.write("c/labels/me.csv", text(&workdir, "c/labels/me.csv").replace("ferry-plan", "ferry_plan"));
    sound(&workdir.run(&["export", "--corpus", "c", "-o", "e.xlsx"]));
    sound(&workdir.run(&["import", "e.xlsx", "--corpus", "d"]));
    let issues = |corpus: &str| {
        let book: toml::Table = text(&workdir, &format!("{corpus}/codebook.toml")).parse().unwrap();
        book["issue"].clone()
    };
    assert_eq!(issues("c"), issues("d"));
    assert_eq!(text(&workdir, "c/labels/me.csv"), text(&workdir, "d/labels/me.csv"));
}

/// The ids of the statements, in the order of the file.
fn ids(workdir: &Workdir) -> Vec<String> {
    let rows = text(workdir, "c/statements.csv");
    rows.lines().skip(1).map(|row| row.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn a_corrected_date_or_name_is_one_statement() {
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Ferry", &ROWS), &[]));
    let mut rows = ROWS;
    rows[1].0 = "2025-02-06";
    rows[2].1 = "Ole Brandt";
    let next = sheet("Date,Speaker,Quote,Ferry", &rows[..4]);
    let (before, labels) = (ids(&workdir), text(&workdir, "c/labels/me.csv"));
    let run = import(&workdir, "s.csv", &next, &[]);
    sound(&run);
    let speaker = format!("speaker: `{}` is now `Ole Brandt`", ROWS[2].1);
    for said in
        ["date: `2025-02-05` is now `2025-02-06`", &speaker, "1 statement of the corpus not in this sheet; kept: "]
    {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
    assert_eq!((ids(&workdir), text(&workdir, "c/labels/me.csv")), (before, labels));
    let run = import(&workdir, "s.csv", &next, &[]);
    assert!(run.stdout.contains("nothing new"), "{}", run.stdout);
    // A sheet of new rows alone cannot show that one of them is an old one.
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Ferry", &ROWS), &[]));
    let alone: String = [0, 2].map(|line| format!("{}\n", next.lines().nth(line).unwrap())).concat();
    let run = import(&workdir, "t.csv", &alone, &["--coder", "me", "--dry-run"]);
    let said = "the row may be a corrected form of `lindqvist-2025-02-05-";
    assert!(run.stdout.contains(said) && run.stdout.contains("--corrected"), "{}{}", run.stdout, run.stderr);
    sound(&import(&workdir, "t.csv", &alone, &["--coder", "me", "--corrected"]));
    assert_eq!(ids(&workdir).len(), ROWS.len());
    // The same words on another day are 2 statements if the sheet has both.
    let workdir = Workdir::new();
    let first = sheet("Date,Speaker,Quote,Ferry", &ROWS);
    sound(&import(&workdir, "s.csv", &first, &[]));
    let more = format!("{first}2025-06-05,Mara Lindqvist,We say sentence number 0 of the ferry.,1\n");
    let run = import(&workdir, "s.csv", &more, &[]);
    assert!(run.code == 0 && !run.stdout.contains("corrected"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn another_header_for_the_same_labels_is_told() {
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Ferry", &ROWS), &[]));
    let next = sheet("Date,Politician,Quotation,Ferry plan", &ROWS);
    let run = import(&workdir, "s.csv", &next, &["--dry-run"]);
    assert!(run.stdout.contains("`Ferry plan` has the labels that the corpus has on `ferry`"), "{}", run.stdout);
    assert!(run.stdout.contains("--map \"Ferry plan=position:ferry\""), "{}", run.stdout);
    let run = import(&workdir, "s.csv", &next, &["--map", "Ferry plan=position:ferry"]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
    // Other labels are another issue.
    let other = ROWS.map(|(date, speaker, rest)| (date, speaker, if rest == "1" { "-1" } else { "1" }));
    let run = import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Bridge", &other), &["--dry-run"]);
    assert!(!run.stdout.contains("has the labels"), "{}", run.stdout);
}

#[test]
fn a_text_that_a_workbook_has_cut_changes_nothing() {
    let workdir = Workdir::new();
    let long =
        |number: usize| format!("\"Sentence number {number} of the ferry {}\"", "goes on\nand on ".repeat(2_500));
    let rows: String = (0..4)
        .map(|number| format!("2025-0{}-05,Mara Lindqvist,{},{}\n", number + 1, long(number), number as i32 - 1))
        .collect();
    sound(&import(&workdir, "s.csv", &format!("Date,Speaker,Quote,Ferry\n{rows}"), &[]));
    let run = workdir.run(&["export", "--corpus", "c", "-o", "e.xlsx"]);
    assert!(format!("{}{}", run.stdout, run.stderr).contains("4 texts cut after 32,767 characters"), "{}", run.stdout);
    let run = workdir.run(&["import", "e.xlsx", "--corpus", "c"]);
    assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn rows_that_are_left_out_run_in_no_spreadsheet_and_come_back() {
    let workdir = Workdir::new();
    let rows = "2025-01-05,Mara Lindqvist,We build it.,-1\n2025-99-05,@mara,\"=HYPERLINK(\"\"x\"\")\",-1\n\
                2025-03-05,Mara Lindqvist,We will see.,1\n2025-99-06,Mara Lindqvist,- no -,-\n";
    let run = import(&workdir, "s.csv", &format!("Date,Speaker,Quote,Ferry\n{rows}"), &["--partial"]);
    sound(&run);
    let rest = text(&workdir, "c-rest.csv");
    assert_eq!(
        rest,
        "\u{feff}Date,Speaker,Quote,Ferry\n2025-99-05,'@mara,\"'=HYPERLINK(\"\"x\"\")\",-1\n2025-99-06,Mara Lindqvist,'- no -,'-\n"
    );
    workdir.write("c-rest.csv", rest.replace("-99-", "-09-"));
    let run = workdir.run(&["import", "c-rest.csv", "--corpus", "c"]);
    sound(&run);
    let statements = text(&workdir, "c/statements.csv");
    assert!(statements.contains(",@mara,\"=HYPERLINK(\"\"x\"\")\"") && statements.contains(",- no -"), "{statements}");
}

#[test]
fn one_name_in_several_ways_and_a_date_far_ahead_are_told() {
    let mut rows = ROWS;
    (rows[1].1, rows[2].1, rows[3].1) = ("\"Lindqvist, Mara\"", "Ms Mara Lindqvist", "Mara Lindqvist (Left)");
    rows[4].0 = "2052-05-05";
    let run = import(&Workdir::new(), "s.csv", &sheet("Date,Speaker,Quote,Ferry", &rows), &[]);
    sound(&run);
    for name in ["Lindqvist, Mara", "Ms Mara Lindqvist", "Mara Lindqvist (Left)"] {
        assert!(
            run.stdout.contains(&format!("nearly the same name: `{name}` with 1 statement")),
            "{name}: {}",
            run.stdout
        );
    }
    assert!(
        run.stdout.contains("2052-05-05 is more than 10 years after 2025-04-05, the last of the other dates"),
        "{}",
        run.stdout
    );
}

#[test]
fn hidden_rows_and_formulas_without_values_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["Date", "Speaker", "Quote", "Ferry", "Bridge"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, (date, speaker, position)) in (1..).zip(ROWS) {
        let said = format!("We say sentence number {row} of the ferry.");
        for (column, cell) in (0..).zip([date, speaker, said.as_str()]) {
            sheet.write_string(row, column, cell).unwrap();
        }
        sheet.write_number(row, 3, position.parse::<f64>().unwrap()).unwrap();
        sheet.write_formula(row, 4, rust_xlsxwriter::Formula::new("=D2").set_result("")).unwrap();
    }
    sheet.set_row_hidden(3).unwrap();
    let workdir = Workdir::new();
    workdir.write("s.xlsx", book.save_to_buffer().unwrap());
    let run = workdir.run(&["import", "s.xlsx", "--corpus", "c"]);
    sound(&run);
    assert!(run.stdout.contains("1 row is hidden, and is read like the others"), "{}", run.stdout);
}

#[test]
fn a_table_of_no_tool_is_told_if_one_is_named() {
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", &sheet("Date,Speaker,Quote,Ferry", &ROWS), &["--from", "dna"]);
    assert!(run.code == 2 && run.stderr.contains("not of the kind that --from dna reads"), "{}", run.stderr);
    // An event list with the names of its columns as R or a person writes them.
    let rows = "1,2025-01-05 00:00:00,Mara Lindqvist,Left,Ferry now,1,We build it.\n2,2025-02-05 00:00:00,Ole Brandt,Right,Ferry now,0,We wait.\n";
    let list = format!("Statement ID,Time,person,organization,concept,agreement,Text\n{rows}");
    sound(&import(&workdir, "e.csv", &list, &["--from", "dna"]));
    assert!(text(&workdir, "c/labels/me.csv").contains("ferry-now,1"));
}

#[test]
fn one_date_is_counted_as_one() {
    let rows = [
        ("45662", "Mara Lindqvist", "-1"),
        ("2025-02-05", "Mara Lindqvist", "0"),
        ("2025-03-05", "Mara Lindqvist", "1"),
    ];
    let run = import(&Workdir::new(), "s.csv", &sheet("Date,Speaker,Quote,Ferry", &rows), &[]);
    assert!(run.stdout.contains("1 date is a number of days"), "{}", run.stdout);
}
