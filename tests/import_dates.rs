//! Dates that a spreadsheet has changed, or that say 2 things; rows whose cells have changed places; what is hidden.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::{Run, Workdir, sound};

fn import(workdir: &Workdir, dates: &[&str], flags: &[&str]) -> Run {
    let mut text = "Date,Speaker,Quote,Ferry stance\n".to_owned();
    for (number, date) in dates.iter().enumerate() {
        text += &format!("\"{date}\",Mara Lindqvist,We say sentence number {number}.,{}\n", number as i32 % 3 - 1);
    }
    workdir.write("s.csv", text);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

/// The days of the corpus, in the order of the rows.
fn days(workdir: &Workdir) -> Vec<String> {
    let text = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    text.lines().skip(1).map(|row| row.split(',').nth(1).unwrap().to_owned()).collect()
}

const HALF: [&str; 5] = ["2024-09-01 00:00:00", "26/01/2024", "2024-12-02 00:00:00", "29/02/2024", "2024-03-04"];

#[test]
fn half_converted_dates_are_asked_about() {
    let run = import(&Workdir::new(), &HALF, &[]);
    let words = ["--true-dates kept", "--true-dates swapped", "1 September 2024", "9 January 2024"];
    assert!(run.code == 2 && words.iter().all(|word| run.stderr.contains(word)), "{}{}", run.stdout, run.stderr);
    for (how, wanted) in [
        ("kept", ["2024-09-01", "2024-01-26", "2024-12-02", "2024-02-29", "2024-03-04"]),
        ("swapped", ["2024-01-09", "2024-01-26", "2024-02-12", "2024-02-29", "2024-04-03"]),
    ] {
        let workdir = Workdir::new();
        sound(&import(&workdir, &HALF, &["--true-dates", how]));
        assert_eq!(days(&workdir), wanted, "{how}");
        // It is kept with the file.
        let run = import(&workdir, &HALF, &[]);
        assert!(run.code == 0 && run.stdout.contains("nothing new"), "{}{}", run.stdout, run.stderr);
        // A date that cannot be swapped would change all others.
        let longer = [&HALF[..], &["2024-05-20"]].concat();
        let run = import(&workdir, &longer, &[]);
        assert_eq!(run.code, if how == "kept" { 0 } else { 2 }, "{}{}", run.stdout, run.stderr);
    }
    for honest in [
        &["2024-09-01", "26/01/2024", "2024-12-20", "29/02/2024"][..],
        &["2024-09-01", "2024-01-02", "2024-12-02", "2024-02-09"],
        &["26/01/2024", "01/02/2024", "29/02/2024", "2024-03-04"],
    ] {
        sound(&import(&Workdir::new(), honest, &[]));
    }
}

#[test]
fn half_converted_dates_of_a_workbook_are_asked_about() {
    let workdir = Workdir::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["Date", "Speaker", "Quote", "Draft", "Ferry stance"]) {
        sheet.write(0, column, header).unwrap();
    }
    let format = Format::new().set_num_format("yyyy-mm-dd");
    for (row, date) in (1..).zip(HALF) {
        match date.get(..10).unwrap().split_once('-').map(|_| &date[..10]) {
            Some(day) => {
                sheet.write_with_format(row, 0, ExcelDateTime::parse_from_str(day).unwrap(), &format).unwrap();
            }
            None => drop(sheet.write(row, 0, date).unwrap()),
        }
        sheet.write(row, 1, "Mara Lindqvist").unwrap();
        sheet.write(row, 2, format!("We say sentence number {row}.")).unwrap();
        sheet.write(row, 3, -1).unwrap();
        sheet.write(row, 4, f64::from(row) - 3.0).unwrap();
    }
    sheet.set_column_hidden(3).unwrap();
    book.add_worksheet().set_name("Secret").unwrap().set_hidden(true).write(0, 0, "x").unwrap();
    book.save(workdir.path().join("s.xlsx")).unwrap();
    let run = workdir.run(&["import", "s.xlsx", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("--true-dates swapped"), "{}{}", run.stdout, run.stderr);
    let run = workdir.run(&["import", "s.xlsx", "--corpus", "c", "--true-dates", "swapped"]);
    sound(&run);
    assert_eq!(days(&workdir)[0], "2024-01-09");
    // What is hidden is named.
    for word in ["the column `Draft` is hidden", "Draft=ignore", "the hidden sheet `Secret` is left out"] {
        assert!(run.stdout.contains(word), "{word}: {}", run.stdout);
    }
}

#[test]
fn days_of_the_week_decide_and_are_compared() {
    let workdir = Workdir::new();
    sound(&import(&workdir, &["Tue 09/01/2024", "Fri 02/02/2024", "Fri 01/03/2024"], &[]));
    assert_eq!(days(&workdir), ["2024-01-09", "2024-02-02", "2024-03-01"]);
    let run = import(&Workdir::new(), &["Mon 9 Jan 2024", "Friday, 2 February 2024"], &[]);
    sound(&run);
    assert!(run.stdout.contains("`Mon 9 Jan 2024` (line 2) is a Tuesday"), "{}", run.stdout);
    assert!(!run.stdout.contains("2 February"), "{}", run.stdout);
}

#[test]
fn years_of_another_calendar_are_warned_about() {
    for (year, word) in
        [("1402", "add 621"), ("2567", "take 543 off"), ("1904", "without its date"), ("2092", "check the years")]
    {
        let dates = ["01-09", "02-10"].map(|day| format!("{year}-{day}"));
        let run = import(&Workdir::new(), &[&dates[0], &dates[1]], &[]);
        sound(&run);
        assert!(run.stdout.contains("2 dates are in a year before") && run.stdout.contains(word), "{}", run.stdout);
    }
    let run = import(&Workdir::new(), &["1962-10-22", "2024-01-09"], &[]);
    assert!(!run.stdout.contains("in a year before"), "{}", run.stdout);
}

#[test]
fn a_quotation_in_the_place_of_the_speaker_is_named() {
    let rows = "Date,Speaker,Quote,Ferry stance\n2025-01-02,Ada Holm,We build the ferry in this town.,1\n\
                2025-01-03,We shall not build it here or anywhere.,Ada Holm,-1\n2025-01-04,Ada Holm,We wait and see.,0\n";
    let workdir = Workdir::new();
    workdir.write("s.csv", rows);
    let run = workdir.run(&["import", "s.csv", "--corpus", "c"]);
    assert!(run.stdout.contains("`Ada Holm`, which is the name of a speaker"), "{}{}", run.stdout, run.stderr);
}
