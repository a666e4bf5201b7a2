//! From people's sheets to a corpus, and from the corpus to a chart, with no file edited.

use std::fs;

use proptest::prelude::*;
use stance::corpus::Corpus;
use stance::import::{ImportSettings, prepare};

use crate::support::{Run, Workdir, text};

/// Saves a sheet and imports it into the corpus `c`.
fn import(workdir: &Workdir, name: &str, sheet: impl AsRef<[u8]>, flags: &[&str]) -> Run {
    workdir.write(name, sheet);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

/// A sheet as a reporter keeps it: a title, free headers, dates in many ways, blank rows, a total.
const REPORTER: &str = "My notes on the mayor,,,,\n,,,,\nWhen,Who said it?,Exact quote,Link,Tram line\n\
    09/01/2024,Mara Lindqvist,“We will not build it.”,https://gazette.example/1,−2\n\
    18 January 2024,Mara  Lindqvist,“There is no money for rails.”,https://gazette.example/2,-2\n,,,,\n\
    2024-02-03,Mara Lindqvist,It may come one day,https://gazette.example/3,\n\
    March 2024,Mara Lindqvist,“Why not?” she asked,https://gazette.example/4, 1\n\
    29/04/2024,Mara Lindqvist,We build it,https://gazette.example/5,2.0\nTotal,,,,-1\n";

#[test]
fn a_sheet_becomes_a_corpus_and_a_chart_with_no_file_edited() {
    let workdir = Workdir::new();
    let run = import(&workdir, "notes.csv", REPORTER, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let statements = text(&workdir, "c/statements.csv");
    let rows: Vec<&str> = statements.lines().map(|row| row.split_once(',').unwrap().1).collect();
    assert_eq!(
        rows,
        [
            "date,date_precision,speaker,text,source_url",
            "2024-01-09,day,Mara Lindqvist,We will not build it.,https://gazette.example/1",
            "2024-01-18,day,Mara Lindqvist,There is no money for rails.,https://gazette.example/2",
            "2024-02-03,day,Mara Lindqvist,It may come one day,https://gazette.example/3",
            "2024-03-01,month,Mara Lindqvist,“Why not?” she asked,https://gazette.example/4",
            "2024-04-29,day,Mara Lindqvist,We build it,https://gazette.example/5",
        ]
    );
    let labels = text(&workdir, "c/labels/me.csv");
    let positions: Vec<&str> = labels.lines().skip(1).map(|row| row.split_once(',').unwrap().1).collect();
    assert_eq!(positions, ["tram-line,-2", "tram-line,-2", "tram-line,1", "tram-line,2"]);
    let check = workdir.run(&["check", "--corpus", "c"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    let chart = workdir.run(&["chart", "--corpus", "c"]);
    assert_eq!(chart.code, 0, "{}", chart.stderr);
    let drawn = text(&workdir, "charts/c/timeline-mara-lindqvist.csv");
    assert!(drawn.contains("There is no money for rails."), "{drawn}");
}

#[test]
fn the_same_sheet_again_adds_nothing_whatever_its_order() {
    let workdir = Workdir::new();
    import(&workdir, "notes.csv", REPORTER, &[]);
    let before =
        [text(&workdir, "c/statements.csv"), text(&workdir, "c/labels/me.csv"), text(&workdir, "c/import.toml")];
    let mut lines: Vec<&str> = REPORTER.lines().collect();
    lines[3..9].reverse();
    let run = import(&workdir, "notes.csv", lines.join("\n"), &[]);
    assert!(run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
    let after =
        [text(&workdir, "c/statements.csv"), text(&workdir, "c/labels/me.csv"), text(&workdir, "c/import.toml")];
    assert_eq!(before, after);
}

#[test]
fn the_next_sheet_adds_what_is_new_and_keeps_what_is_gone() {
    let workdir = Workdir::new();
    let first = "id,date,speaker,text,tram\na,2024-01-01,Ada Holm,We wait,-1\nb,2024-02-01,Ada Holm,We bild,1\n";
    import(&workdir, "s.csv", first, &[]);
    fs::write(
        workdir.path().join("c/codebook.toml"),
        text(&workdir, "c/codebook.toml").replace("lower numbers", "no tram"),
    )
    .unwrap();
    let next = "id,date,speaker,text,tram,bikes\nb,2024-02-01,Ada Holm,We build,0,-1\nc,2024-03-01,Ada Holm,We build now,1,1\n";
    let run = import(&workdir, "s.csv", next, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for said in [
        "1 new statement, 3 new labels, 1 statement changed, 1 label changed",
        "b: text: `We bild` is now `We build`",
        "b on tram by me: 1 is now 0",
        "1 statement of the corpus not in this sheet; kept",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert_eq!(
        text(&workdir, "c/statements.csv"),
        "id,date,speaker,text\na,2024-01-01,Ada Holm,We wait\nb,2024-02-01,Ada Holm,We build\nc,2024-03-01,Ada Holm,We build now\n"
    );
    let codebook = text(&workdir, "c/codebook.toml");
    assert!(codebook.contains("no tram") && codebook.contains("id = \"bikes\""), "{codebook}");
    assert_eq!(workdir.run(&["check", "--corpus", "c"]).code, 0);
}

#[test]
fn what_a_person_has_fixed_in_the_corpus_stays_if_the_sheet_has_no_ids() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,quote,tram\n2024-01-01,Ada Holm,We bild,-1\n2024-02-01,Ada Holm,We wait,1\n";
    import(&workdir, "s.csv", sheet, &[]);
    let fixed = text(&workdir, "c/statements.csv").replace("bild", "build");
    workdir.write("c/statements.csv", &fixed);
    let run = import(&workdir, "s.csv", sheet, &[]);
    assert!(run.stdout.contains("nothing new"), "{}", run.stdout);
    assert_eq!(text(&workdir, "c/statements.csv"), fixed);
}

#[test]
fn what_would_be_a_guess_names_its_flag() {
    let ambiguous = "date,speaker,quote,tram\n05/06/2018,Ada Holm,We wait,-1\n07/08/2018,Ada Holm,We build,1\n";
    let words = "date,speaker,quote,Stance\n2018-06-05,Ada Holm,We wait,Denies\n2018-06-06,Ada Holm,We build,Accepts\n";
    let two_dates = "day,date,speaker,quote,tram\n2018-06-05,2018-06-05,Ada Holm,We wait,-1\n";
    let nobody = "date,quote,tram\n2018-06-05,We wait for the region,-1\n";
    let no_issue = "date,speaker,quote\n2018-06-05,Ada Holm,We wait for the region\n";
    let form = "Timestamp,speaker,quote,tram\n2018-06-05,Ada Holm,We wait for the region,-1\n";
    let short = "date,speaker,quote,tram\n05/16/18,Ada Holm,We wait for the region,-1\n";
    for (sheet, says, flags) in [
        (ambiguous, "`05/06/2018` may be 5 June 2018 or 6 May 2018", &["--date-order", "mdy"][..]),
        (
            words,
            "the order of these levels of Stance is not known: `Accepts`, `Denies`",
            &["--levels", "Stance=Denies,Accepts"],
        ),
        (two_dates, "2 columns may be the day", &["--map", "day=keep"]),
        (nobody, "no column is recognised as who said it", &["--speaker", "Ada Holm"]),
        (no_issue, "no column is recognised as positions", &["--issue", "Tram"]),
        (form, "`Timestamp` is when a form was sent", &["--map", "Timestamp=date"]),
        (short, "has 2 digits", &["--date-order", "mdy"]),
    ] {
        let workdir = Workdir::new();
        let refused = import(&workdir, "s.csv", sheet, &[]);
        assert_eq!(refused.code, 2, "{says}");
        assert!(refused.stderr.contains(says) && refused.stderr.contains(flags[0]), "{says}\n{}", refused.stderr);
        assert!(!workdir.path().join("c").exists());
        let taken = import(&workdir, "s.csv", sheet, flags);
        assert_eq!(taken.code, 0, "{says}\n{}{}", taken.stdout, taken.stderr);
        let check = workdir.run(&["check", "--corpus", "c"]);
        assert_eq!(check.code, 0, "{says}\n{}", check.stdout);
    }
}

#[test]
fn a_column_whose_levels_are_in_order_holds_positions() {
    let sheet = "date,speaker,quote,tram,Fireworks\n2024-01-01,Ada Holm,We wait,-1,Keep as is\n\
                 2024-02-01,Ada Holm,We build,1,Ban\n2024-03-01,Ada Holm,We see,0,Undecided\n";
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", sheet, &["--levels", "Fireworks=Keep as is,Undecided,Ban"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("6 new labels"), "{}", run.stdout);
    assert!(text(&workdir, "c/codebook.toml").contains("Keep as is"));
}

#[test]
fn equal_faults_are_told_once() {
    let rows: String = (1..=40).map(|i| format!("soon {i},Ada Holm,We wait {i} days,-1\n")).collect();
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", format!("date,speaker,quote,tram\n{rows}"), &[]);
    assert_eq!(run.stderr.matches("hint").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("39 more of this kind: 3:1 `soon 2`, 4:1 `soon 3`"), "{}", run.stderr);
}

#[test]
fn labels_come_long_with_coders_and_missing_values() {
    let workdir = Workdir::new();
    let sheet = "\"unit\",\"date\",\"speaker\",\"text\",\"coder\",\"issue\",\"position\"\n\
        \"u1\",2024-01-01,\"Ada Holm\",\"We wait\",\"anna\",\"tram\",-1\n\"u1\",2024-01-01,\"Ada Holm\",\"We wait\",\"ben\",\"tram\",\"NA\"\n\
        \"u2\",2024-02-01,\"Ada Holm\",\"We build\",\"anna\",\"tram\",1.0\n\"u2\",2024-02-01,\"Ada Holm\",\"We build\",\"ben\",\"tram\",0\n";
    let run = import(&workdir, "s.csv", sheet, &["--map", "unit=id"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(text(&workdir, "c/labels/anna.csv"), "statement_id,issue,position\nu1,tram,-1\nu2,tram,1\n");
    assert_eq!(text(&workdir, "c/labels/ben.csv"), "statement_id,issue,position\nu2,tram,0\n");
    // The same value says something else if a person says so.
    let other = Workdir::new();
    import(&other, "s.csv", sheet, &["--map", "unit=id", "--no-position", "NA"]);
    assert_eq!(text(&other, "c/labels/ben.csv"), "statement_id,issue,position\nu1,tram,\nu2,tram,0\n");
}

#[test]
fn a_coding_sheet_comes_back_as_often_as_wanted() {
    let workdir = Workdir::new();
    import(
        &workdir,
        "s.csv",
        "id,date,speaker,text,tram\na,2024-01-01,Ada Holm,We wait,-1\nb,2024-02-01,Ada Holm,We build,1\n",
        &[],
    );
    let run =
        import(&workdir, "anna.csv", "id,text,tram,remark\nb,We build,+1,sure\na,We wait,,\n", &["--coder", "anna"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(text(&workdir, "c/labels/anna.csv"), "statement_id,issue,position\nb,tram,1\n");
    let run = import(&workdir, "anna.csv", "id,text,tram\nb,We build,0\na,We wait,-1\n", &["--coder", "anna"]);
    assert!(run.stdout.contains("1 new label, 1 label changed"), "{}", run.stdout);
    assert_eq!(text(&workdir, "c/labels/anna.csv"), "statement_id,issue,position\nb,tram,0\na,tram,-1\n");
    let unknown = import(&workdir, "anna.csv", "id,tram\nx,0\n", &["--coder", "anna"]);
    assert!(unknown.stderr.contains("there is no statement with the id `x`"), "{}", unknown.stderr);
    let level = import(&workdir, "anna.csv", "id,tram\na,7\n", &["--coder", "anna"]);
    assert!(level.stderr.contains("`7` is not a level of `tram`"), "{}", level.stderr);
}

#[test]
fn rows_that_cannot_be_read_wait_in_a_file_of_their_own() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,quote,tram\nsoon,Ada Holm,We wait,-1\n2024-02-01,Ada Holm,We build,1\n";
    let run = import(&workdir, "s.csv", sheet, &["--partial"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(text(&workdir, "c-rest.csv"), "\u{feff}date,speaker,quote,tram\nsoon,Ada Holm,We wait,-1\n");
    assert_eq!(text(&workdir, "c/statements.csv").lines().count(), 2);
    workdir.write("c-rest.csv", "date,speaker,quote,tram\n2024-01-05,Ada Holm,We wait,-1\n");
    let rest = workdir.run(&["import", "c-rest.csv", "--corpus", "c"]);
    assert!(rest.stdout.contains("1 new statement, 1 new label"), "{}{}", rest.stdout, rest.stderr);
}

#[test]
fn damage_is_reported_with_its_place() {
    let workdir = Workdir::new();
    let sheet = "id,date,speaker,quote,note,tram\n1.20454E+18,2024-01-01,Ada Holm,Itâ€™s late,#REF!,-1\nb,2024-01-02,Ada Holmm,We wait,,1\n\
        c,2024-01-03,Ada Holm,We build,,1\n";
    let run = import(&workdir, "s.csv", sheet, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for said in [
        "s.csv:2:1: warning: `1.20454E+18` is a long number that a spreadsheet has rounded",
        "s.csv:2:33: warning: `Itâ€™s late` has letters that were read in a wrong encoding",
        "`#REF!` is an error of a spreadsheet",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn coder_files_may_be_written_as_people_write_them() {
    let workdir = Workdir::new();
    import(
        &workdir,
        "s.csv",
        "id,date,speaker,text,tram\na,2024-01-01,Ada Holm,We wait,against\nb,2024-02-01,Ada Holm,We build,for\n",
        &[],
    );
    workdir.write("c/labels/ben.csv", "statement_id,text,issue,position\na,We wait,tram,-1.0\nb,We build,tram,For\n");
    workdir.write("c/labels/cleo.csv", "statement_id,issue,position\na,tram,NA\n");
    let check = workdir.run(&["check", "--corpus", "c"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    assert!(check.stdout.contains("tram: 1 by hand, 0 by rules alone, 1 in conflict"), "{}", check.stdout);
}

#[test]
fn a_corpus_may_begin_empty() {
    let workdir = Workdir::new();
    assert_eq!(workdir.run(&["init", "c", "--empty"]).code, 0);
    let run = import(
        &workdir,
        "s.csv",
        "id,date,speaker,text,issue,position\na,2024-01-01,Ada Holm,We wait,my-issue,-1\n",
        &[],
    );
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(text(&workdir, "c/statements.csv").starts_with("id,date,date_precision,speaker,role"));
}

/// A statement and its positions on 2 issues, as they stand in a sheet.
type SheetRow = (i32, usize, String, Option<i32>, Option<i32>);

fn rows() -> impl Strategy<Value = Vec<SheetRow>> {
    let words = "[A-Za-zäßïЖ“”\"',;\n=+ -]{1,30}";
    let position = || prop::option::of(-2..=2);
    prop::collection::vec((0..3_000, 0..3_usize, words, position(), position()), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// What a sheet says is in the corpus: every statement once, and every label.
    #[test]
    fn statements_and_labels_come_back_as_they_were(rows in rows(), separator in prop::sample::select(vec![b',', b';', b'\t'])) {
        let workdir = Workdir::new();
        let speakers = ["Ada Holm", "Tom Berg", "Zoë Kraft"];
        let day = |offset: i32| chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Duration::days(i64::from(offset));
        let shown = |position: Option<i32>| position.map_or(String::new(), |position| position.to_string());
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(["id", "date", "speaker", "text", "tram", "bikes"]).unwrap();
        let mut expected = Vec::new();
        for (number, (offset, speaker, text, tram, bikes)) in rows.iter().enumerate() {
            // Letters, so that it is not a missing value or a level.
            let text = format!("words {text} end");
            let (id, date) = (format!("s{number}"), day(*offset));
            writer.write_record([&id, &date.to_string(), speakers[*speaker], &text, &shown(*tram), &shown(*bikes)]).unwrap();
            expected.push((id, date, speakers[*speaker].to_owned(), text, *tram, *bikes));
        }
        workdir.write("s.csv", writer.into_inner().unwrap());
        let folder = workdir.path().join("c");
        let uses = ["tram", "bikes"].map(|issue| (issue.to_owned(), stance::import::ColumnUse::PositionOn(Some(issue.to_owned()))));
        let flags = ImportSettings { columns: uses.to_vec(), ..ImportSettings::default() };
        let import = prepare(&[workdir.path().join("s.csv")], &folder, flags).unwrap();
        prop_assert!(import.is_sound || rows.iter().all(|row| row.3.is_none() && row.4.is_none()), "{:?}", import.problems);
        if import.is_sound && rows.iter().any(|row| row.3.is_some()) && rows.iter().any(|row| row.4.is_some()) {
            import.write().unwrap();
            let corpus = Corpus::load(&folder).unwrap();
            let position = |id: &str, issue: &str| {
                let unit = (corpus.statements.find(id).unwrap(), corpus.codebook.find(issue).unwrap());
                corpus.coders[0].labels.iter().find(|label| label.unit == unit).and_then(|label| label.position).map(|position| position.0)
            };
            let found: Vec<_> = corpus.statements.rows.iter().map(|row| {
                (row.id.clone(), row.date.written, row.speaker.clone(), row.text.clone(), position(&row.id, "tram"), position(&row.id, "bikes"))
            }).collect();
            prop_assert_eq!(found, expected);
            // And again: nothing new.
            let again = prepare(&[workdir.path().join("s.csv")], &folder, ImportSettings::default()).unwrap();
            prop_assert!(again.additions.is_nothing() && again.file_names().is_empty(), "{:?}", again.additions);
        }
    }

    /// Bytes of any kind are read or rejected.
    #[test]
    fn no_file_makes_it_panic(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "(date|id|text|speaker|tram|issue|position|coder)([,;\t](date|id|text|speaker|tram|issue|position|coder|)){0,6}\n([^\n]{0,30}\n){0,6}".prop_map(String::into_bytes),
        "PK\u{3}\u{4}\\PC{0,60}".prop_map(String::into_bytes),
        "\\{\"(date|text|speaker|tram)\":(\"\\PC{0,9}\"|-?[0-9]{1,3}|null)\\}".prop_map(String::into_bytes),
    ]) {
        let workdir = Workdir::new();
        workdir.write("s.csv", bytes);
        let import = prepare(&[workdir.path().join("s.csv")], &workdir.path().join("c"), ImportSettings { partial: true, issue: Some("x".to_owned()), ..ImportSettings::default() });
        if let Ok(import) = import && import.is_sound {
            import.write().unwrap();
        }
    }
}

#[test]
fn files_of_no_table_are_refused_kindly() {
    let workdir = Workdir::new();
    for (name, bytes, says) in [
        ("a.csv", &b""[..], "the file is empty"),
        ("b.xlsx", b"PK\x03\x04nothing", "cannot be unpacked"),
        ("c.xls", b"\xD0\xCF\x11\xE0nothing", "the workbook cannot be read"),
        ("d.csv", b"%PDF-1.7", "the file is a PDF"),
        ("e.ndjson", b"{\"a\": 1}\n{\"a\": }\n", "e.ndjson:2:"),
        ("f.csv", b"date,speaker,quote\n\"never closed", "never closed"),
        ("g.parquet", b"PAR1nothing", "this is not a whole Parquet file"),
    ] {
        let run = import(&workdir, name, bytes, &[]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains(says), "{name}\n{}", run.stderr);
    }
}

#[test]
fn a_small_file_that_unpacks_to_very_much_is_refused() {
    use std::io::Write;
    let workdir = Workdir::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let zeros = vec![b' '; 1 << 20];
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..80 {
        archive.write_all(&zeros).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 3 << 20);
    let run = import(&workdir, "bomb.xlsx", bytes, &[]);
    assert!(run.stderr.contains("unpacks to more than 64 MiB"), "{}", run.stderr);
}
