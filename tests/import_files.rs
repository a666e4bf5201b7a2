//! Kinds of files: workbooks of every sort, and how a whole import is refused or written.

use std::fs;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use stance::corpus::Corpus;

use crate::support::{Run, Workdir, root, text};

fn import(workdir: &Workdir, name: &str, bytes: impl AsRef<[u8]>, flags: &[&str]) -> Run {
    workdir.write(name, bytes);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

/// The day, the words and the position of each label in a corpus.
fn labels(workdir: &Workdir) -> Vec<(String, String, Option<i32>)> {
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let labels = corpus.coders.iter().flat_map(|coder| &coder.labels);
    let said = |place: usize| &corpus.statements.rows[place];
    labels
        .map(|label| {
            let said = said(label.unit.0);
            (said.date.written.to_string(), said.text.clone(), label.position.map(|position| position.0))
        })
        .collect()
}

const ROWS: [(&str, &str, i32); 3] = [
    ("2024-01-09", "We will not build it.", -2),
    ("2024-02-03", "It may come one day.", 0),
    ("2024-04-29", "We build it.", 2),
];

fn expected() -> Vec<(String, String, Option<i32>)> {
    ROWS.map(|(day, words, position)| (day.to_owned(), words.to_owned(), Some(position))).to_vec()
}

/// A sheet with true dates.
fn sheet(book: &mut Workbook, name: &str, first: u32) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    let format = Format::new().set_num_format("dd/mm/yyyy");
    for (column, header) in (0..).zip(["Date", "Speaker", "Quote", "Tram"]) {
        sheet.write(first, column, header).unwrap();
    }
    for (row, (day, words, position)) in (first + 1..).zip(ROWS) {
        let day: chrono::NaiveDate = day.parse().unwrap();
        let serial = (day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
        sheet.write_with_format(row, 0, serial as f64, &format).unwrap();
        sheet.write(row, 1, "Mara Lindqvist").unwrap();
        sheet.write(row, 2, words).unwrap();
        sheet.write(row, 3, position).unwrap();
    }
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

#[test]
fn workbooks_of_other_programs_hold_the_same() {
    for name in ["old.xls", "libre.ods"] {
        let workdir = Workdir::new();
        let bytes = fs::read(root().join("tests/sheets").join(name)).unwrap();
        let run = import(&workdir, name, bytes, &[]);
        assert_eq!(run.code, 0, "{name}: {}{}", run.stdout, run.stderr);
        assert_eq!(labels(&workdir), expected(), "{name}");
    }
}

#[test]
fn a_workbook_with_several_sheets_asks_which_is_meant() {
    let mut book = Workbook::new();
    sheet(&mut book, "May", 0);
    sheet(&mut book, "June", 0);
    let bytes = saved(book);
    let workdir = Workdir::new();
    let refused = import(&workdir, "a.xlsx", &bytes, &[]);
    assert!(refused.stderr.contains("2 sheets with a table: `May`, `June`"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--sheet"), "{}", refused.stderr);
    let wrong = import(&workdir, "a.xlsx", &bytes, &["--sheet", "Juny"]);
    assert!(
        wrong.stderr.contains("no sheet `Juny`") && wrong.stderr.contains("did you mean `June`"),
        "{}",
        wrong.stderr
    );
    let run = import(&workdir, "a.xlsx", &bytes, &["--sheet", "June"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(labels(&workdir), expected());
}

#[test]
fn merged_cells_and_formulas_are_read_as_a_reader_sees_them() {
    let mut book = Workbook::new();
    sheet(&mut book, "Notes", 2);
    let notes = book.worksheet_from_index(0).unwrap();
    notes.merge_range(0, 0, 0, 3, "What the mayor said", &Format::new()).unwrap();
    // The speaker once for all rows, and a position that is calculated.
    notes.merge_range(3, 1, 5, 1, "Mara Lindqvist", &Format::new()).unwrap();
    notes.write_formula(5, 3, Formula::new("=1+1").set_result("2")).unwrap();
    let workdir = Workdir::new();
    let run = import(&workdir, "a.xlsx", saved(book), &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(labels(&workdir), expected());
}

#[test]
fn macros_are_not_read_and_named() {
    let mut book = Workbook::new();
    sheet(&mut book, "Notes", 0);
    let mut archive = zip::ZipArchive::new(Cursor::new(saved(book))).unwrap();
    let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        other.start_file(name, options).unwrap();
        other.write_all(&bytes).unwrap();
    }
    other.start_file("xl/vbaProject.bin", options).unwrap();
    other.write_all(b"not read").unwrap();
    let workdir = Workdir::new();
    let run = import(&workdir, "a.xlsm", other.finish().unwrap().into_inner(), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("it has macros, which are not read"), "{}", run.stdout);
    assert_eq!(labels(&workdir), expected());
}

#[test]
fn a_password_is_named_and_how_to_take_it_off() {
    let workdir = Workdir::new();
    let bytes = fs::read(root().join("tests/sheets/protected.xlsx")).unwrap();
    let run = import(&workdir, "a.xlsx", bytes, &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("protected with a password") && run.stderr.contains("Save as"), "{}", run.stderr);
    assert!(!workdir.path().join("c").exists());
}

#[test]
fn a_parquet_file_of_labels_comes_back() {
    let workdir = Workdir::new();
    let sheet = "id,date,speaker,text,tram\na,2024-01-01,Ada Holm,We wait,-1\nb,2024-02-01,Ada Holm,We build,1\n";
    import(&workdir, "s.csv", sheet, &["--coder", "anna"]);
    let run = workdir.run(&["label", "--corpus", "c", "-o", "labels.parquet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let back = workdir.run(&["import", "labels.parquet", "--corpus", "d", "--coder", "anna"]);
    assert_eq!(back.code, 0, "{}{}", back.stdout, back.stderr);
    let there = text(&workdir, "d/labels/anna.csv");
    for label in ["a,tram,-1", "b,tram,1"] {
        assert!(there.contains(label), "{there}\n{}", back.stdout);
    }
    assert!(text(&workdir, "d/statements.csv").contains("2024-01-01"), "{}", text(&workdir, "d/statements.csv"));
}

#[test]
fn files_that_are_cut_off_or_empty_say_so() {
    let workdir = Workdir::new();
    for (name, bytes, says) in [
        ("a.json", "[{\"date\":\"2025-01-01\",\"text\":\"We", "a.json:1:32: the file ends in the middle of a value"),
        ("a.ndjson", "{\"date\":\"2025-01-01\"}\n{\"date\":", "a.ndjson:2:"),
        ("b.csv", "", "the file is empty"),
        ("c.csv", "date,speaker,quote,tram\n", "no rows"),
        ("d.csv", "\n\n", "nothing but white space"),
        ("e.txt", "__label__a words\n", "fastText"),
        ("f.dta", "<stata_dta><header>", "a file of Stata"),
        ("g.sav", "$FL2@(#)", "a file of SPSS"),
    ] {
        let run = import(&workdir, name, bytes, &[]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains(says) && run.stderr.contains("hint"), "{name}\n{}", run.stderr);
    }
}

#[test]
fn two_columns_for_one_thing_and_names_of_no_column_are_faults() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,quote,words said,tram\n2024-01-01,Ada Holm,We wait here,We wait here,-1\n";
    let twice = import(&workdir, "s.csv", sheet, &["--map", "quote=text", "--map", "words said=text"]);
    assert!(twice.stderr.contains("2 columns are said to be `text`: `quote`, `words said`"), "{}", twice.stderr);
    let none = import(&workdir, "s.csv", sheet, &["--map", "quotes=text"]);
    assert!(
        none.stderr.contains("no column `quotes`") && none.stderr.contains("did you mean `quote`"),
        "{}",
        none.stderr
    );
    let code = import(&workdir, "s.csv", sheet, &["--code", "x=tram:1"]);
    assert!(code.stderr.contains("no code `x`"), "{}", code.stderr);
    assert!(!workdir.path().join("c").exists());
}

#[test]
fn an_import_changes_all_files_of_a_corpus_or_none() {
    let workdir = Workdir::new();
    let sheet = "id,date,speaker,text,tram\na,2024-01-01,Ada Holm,We wait,-1\nb,2024-02-01,Ada Holm,We build,1\n";
    import(&workdir, "s.csv", sheet, &[]);
    let files = ["c/statements.csv", "c/codebook.toml", "c/labels/me.csv", "c/import.toml"];
    let before: Vec<String> = files.iter().map(|file| text(&workdir, file)).collect();
    // A folder in the place of the file that a new coder would get: the last of the files cannot be written.
    fs::create_dir(workdir.path().join("c/labels/ben.csv")).unwrap();
    let next = "id,date,speaker,text,tram,bikes,coder\nb,2024-02-01,Ada Holm,We will build,0,1,me\nc,2024-03-01,Ada Holm,Now,1,-1,ben\n";
    let run = import(&workdir, "s.csv", next, &[]);
    assert_ne!(run.code, 0, "{}", run.stdout);
    let after: Vec<String> = files.iter().map(|file| text(&workdir, file)).collect();
    assert_eq!(before, after);
    fs::remove_dir(workdir.path().join("c/labels/ben.csv")).unwrap();
    assert_eq!(import(&workdir, "s.csv", next, &[]).code, 0);
    assert_eq!(workdir.run(&["check", "--corpus", "c"]).code, 0);
}

#[test]
fn an_edited_quotation_names_the_likely_old_one() {
    let workdir = Workdir::new();
    import(
        &workdir,
        "s.csv",
        "date,speaker,quote,tram\n2024-01-01,Ada Holm,We will bild the tram soon,1\n2024-01-02,Ada Holm,No,-1\n",
        &[],
    );
    let run = import(
        &workdir,
        "s.csv",
        "date,speaker,quote,tram\n2024-01-01,Ada Holm,We will build the tram soon,1\n2024-01-02,Ada Holm,No,-1\n",
        &[],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("may be an edited form of `We will bild the tram soon`"), "{}", run.stdout);
    // The warning has named it.
    assert!(!run.stdout.contains("of the corpus not in this sheet"), "{}", run.stdout);
}

#[test]
fn what_is_no_position_is_counted_or_refused() {
    let rows = |cells: &[&str]| {
        let rows = cells
            .iter()
            .enumerate()
            .map(|(day, cell)| format!("2024-01-{:02},Ada Holm,Words {day} here,{cell}\n", day + 1));
        format!("date,speaker,quote,Tram line\n{}", rows.collect::<String>())
    };
    let workdir = Workdir::new();
    let run = import(&workdir, "a.csv", rows(&["-2", "NaN", "1", "-", "2", "NaN"]), &[]);
    assert!(
        run.stdout.contains("3 cells of Tram line say `-`, `NaN`: taken as not read"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let odd = import(&Workdir::new(), "a.csv", rows(&["-2", "-1", "1", "2", "0", "2", "1", "?", "1.5"]), &[]);
    assert!(odd.stderr.contains("`1.5` is not a position on Tram line"), "{}{}", odd.stdout, odd.stderr);
    let far = import(&Workdir::new(), "a.csv", rows(&["-2", "-1", "1", "2", "0", "2", "1", "9", "-5"]), &[]);
    assert!(
        far.stderr.contains("`-5`, `9` in 2 cells are far from the other positions on Tram line"),
        "{}{}",
        far.stdout,
        far.stderr
    );
    let workdir = Workdir::new();
    let named = import(
        &workdir,
        "a.csv",
        rows(&["-2", "9", "2", "1", "0", "-1", "-2"]),
        &["--levels", "Tram line=-2,-1,0,1,2,9"],
    );
    assert_eq!(named.code, 0, "{}", named.stderr);
    assert!(text(&workdir, "c/codebook.toml").contains("position = 9"));
}

#[test]
fn the_most_frequent_spelling_names_a_level() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,quote,Tram\n2024-01-01,Ada Holm,One here,FOR\n2024-01-02,Ada Holm,Two here,For\n2024-01-03,Ada Holm,Three here,For\n2024-01-04,Ada Holm,Four here,against\n";
    let run = import(&workdir, "a.csv", sheet, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let book = text(&workdir, "c/codebook.toml");
    assert!(book.contains("words = \"For\"") && !book.contains("FOR"), "{book}");
}

#[test]
fn years_of_two_digits_are_read_if_the_column_decides() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,quote,Tram\n15/08/24,Ada Holm,One here,1\n03/09/24,Ada Holm,Two here,-1\n21/09/24,Ada Holm,Three here,1\n";
    let run = import(&workdir, "a.csv", sheet, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(text(&workdir, "c/statements.csv").contains("2024-09-03"), "{}", text(&workdir, "c/statements.csv"));
    assert!(run.stdout.contains("a year of 2 digits"), "{}", run.stdout);
}
